"""`pyluac`: compiles Lua files to one binary chunk, and lists what is in it; luac's options.

pyluac -o out.luac a.lua b.lua      a chunk that runs a.lua, then b.lua
pyluac -l -l -p a.lua               the full listing, nothing written
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from pylua.bytecode.disassembler import disassemble
from pylua.bytecode.dump import dump
from pylua.bytecode.prototype import Prototype
from pylua.errors import LuaError
from pylua.hints import Final
from pylua.loading import load_prototype, load_text, read_chunk_file, system_error
from pylua.syntax.prelude import strip_file_prelude
from pylua.values.records import field, record

__all__ = ["main"]

_PROGRAM: Final = "pyluac"
_OUTPUT: Final = "luac.out"
_COPYRIGHT: Final = "Lua 5.4.8  Copyright (C) 1994-2025 Lua.org, PUC-Rio"
_USAGE: Final = f"""\
usage: {_PROGRAM} [options] [filenames]
Available options are:
  -l       list (use -l -l for full listing)
  -o name  output to file 'name' (default is "{_OUTPUT}")
  -p       parse only
  -s       strip debug information
  -v       show version information
  --       stop handling options
  -        stop handling options and process stdin
"""
_COMBINED_NAME: Final = "=(luac)"
_CALL_PLACEHOLDER: Final = "(function()end)();"


class _Failure(Exception):
    """What goes to standard error before the program ends with status 1."""


@record
class _Options:
    listings: int = 0
    output: str | None = _OUTPUT
    """None is standard output."""
    dumping: bool = True
    stripping: bool = False
    versions: int = 0
    files: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program with `arguments` (by default the process's own); returns its exit status."""
    words = [_as_bytes_text(word) for word in (sys.argv[1:] if arguments is None else arguments)]
    try:
        options = _read_options(words)
        if options.versions:
            _write(_COPYRIGHT + "\n")
            if options.versions == len(words):
                return 0
        if not options.files:
            raise _usage("no input files given")
        _run(options)
    except (_Failure, LuaError) as failure:
        sys.stdout.flush()
        sys.stderr.buffer.write(f"{_PROGRAM}: {failure}\n".encode("latin-1"))
        sys.stderr.flush()
        return 1
    except BrokenPipeError:
        # the reader of a listing went away; what is left in the buffer must not be tried again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _as_bytes_text(word: str) -> str:
    """An argument as the system gave it, one character per byte."""
    return word.encode(sys.getfilesystemencoding(), "surrogateescape").decode("latin-1")


# --- options ------------------------------------------------------------------------------


def _read_options(words: list[str]) -> _Options:
    options = _Options()
    index = 0
    while index < len(words) and words[index].startswith("-") and words[index] != "-":
        word = words[index]
        index += 1
        if word == "--":
            options.versions += options.versions > 0
            break
        if word == "-o":
            options.output = _output_name(words[index : index + 1])
            index += 1
        else:
            _set_option(options, word)
    options.files = words[index:]
    if not options.files and (options.listings or not options.dumping):
        options.dumping = False
        options.files = [_OUTPUT if options.output is None else options.output]
    return options


def _output_name(words: list[str]) -> str | None:
    if not words or not words[0] or (words[0].startswith("-") and words[0] != "-"):
        raise _usage("'-o' needs argument")
    return None if words[0] == "-" else words[0]


def _set_option(options: _Options, word: str) -> None:
    if word == "-l":
        options.listings += 1
    elif word == "-p":
        options.dumping = False
    elif word == "-s":
        options.stripping = True
    elif word == "-v":
        options.versions += 1
    else:
        raise _usage(f"unrecognized option '{word}'")


def _usage(message: str) -> _Failure:
    return _Failure(f"{message}\n{_USAGE.removesuffix(chr(10))}")


# --- work ---------------------------------------------------------------------------------


def _run(options: _Options) -> None:
    prototype = _combine([_load(name) for name in options.files])
    if options.listings:
        _write(disassemble(prototype, options.listings > 1))
    if options.dumping:
        _save(dump(prototype, options.stripping), options.output)


def _load(name: str) -> Prototype:
    if name == "-":
        chunk, chunk_name = sys.stdin.buffer.read().decode("latin-1"), "=stdin"
    else:
        chunk, chunk_name = read_chunk_file(name), "@" + name
    chunk = strip_file_prelude(chunk)
    return load_prototype(chunk.removeprefix("\n") if chunk.startswith("\n\x1b") else chunk, chunk_name)


def _combine(prototypes: list[Prototype]) -> Prototype:
    """One function that calls them all in order; a single one is taken as it is."""
    if len(prototypes) == 1:
        return prototypes[0]
    combined = load_text(_CALL_PLACEHOLDER * len(prototypes), _COMBINED_NAME)
    combined.prototypes = prototypes
    for prototype in prototypes:
        if prototype.upvalues:
            prototype.upvalues[0].in_stack = False
    combined.line_deltas = []
    combined.lines = []
    return combined


def _save(chunk: bytes, output: str | None) -> None:
    if output is None:
        sys.stdout.buffer.write(chunk)
        sys.stdout.flush()
        return
    try:
        file = open(output.encode("latin-1"), "wb")  # noqa: SIM115 (opening and writing fail differently)
    except OSError as fault:
        raise _Failure(f"cannot open {output}: {system_error(fault)}") from None
    try:
        with file:
            file.write(chunk)
    except OSError as fault:
        raise _Failure(f"cannot write {output}: {system_error(fault)}") from None


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("latin-1"))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
