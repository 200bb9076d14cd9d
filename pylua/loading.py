"""Source text or binary chunk in, LuaFunction out: what `load`, `loadfile` and every tool build on.

    load_chunk(state, "return 1", "=x")          ->  LuaFunction (its first upvalue: the globals)
    load_prototype("\\x1bLua…", "=x", mode="t")   ->  LuaSyntaxError: attempt to load a binary chunk …

Chunks are `str` with one character per byte. Refused chunks raise LuaSyntaxError, files that
cannot be read raise LuaError; both carry the message that Lua gives.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator

from pylua.bytecode.prototype import Prototype
from pylua.errors import LuaError, LuaSyntaxError
from pylua.hints import TYPE_CHECKING, Final
from pylua.syntax.prelude import strip_file_prelude
from pylua.values.contexts import contextmanager
from pylua.values.functions import ABSENT, LuaFunction, new_function, new_upvalue
from pylua.values.late import late_module
from pylua.values.types import LuaValue

if TYPE_CHECKING:
    from pylua.bytecode.store import ChunkStore
    from pylua.compiler import compile as compiling
    from pylua.syntax import parser
    from pylua.vm.state import State
else:  # 13 ms that chunks out of a store do not need
    compiling = late_module("pylua.compiler.compile")
    parser = late_module("pylua.syntax.parser")

__all__ = [
    "BINARY_MARK",
    "SCRIPT_LEVELS",
    "load_binary",
    "load_chunk",
    "load_file",
    "load_prototype",
    "load_text",
    "read_chunk_file",
    "system_error",
]

BINARY_MARK = "\x1b"
"""The first character of a binary chunk, and of no text."""
SCRIPT_LEVELS: Final = 1
"""C levels in use when `lua` loads a script: one for the program's own main function."""


def load_text(source: str, chunk_name: str, used_levels: int = SCRIPT_LEVELS) -> Prototype:
    """Compiles a source text; `used_levels` of the C levels that its nesting may take are taken.

    The reference reports whatever comes first in the text, an error of syntax or of meaning
    (an undefined label, too many locals); so before a syntax error is reported, what stands
    before it is compiled too.
    """
    with _cyclic_collector_paused():
        try:
            chunk = parser.parse(source, chunk_name, used_levels)
        except LuaSyntaxError as syntax_fault:
            raise _earlier_fault(syntax_fault, chunk_name) from None
        return compiling.compile_chunk(chunk, chunk_name)


def _earlier_fault(syntax_fault: LuaSyntaxError, chunk_name: str) -> LuaSyntaxError:
    """The error of meaning before `syntax_fault` if there is one, else `syntax_fault`."""
    prefix = getattr(syntax_fault, "prefix", None)
    if prefix is None:
        return syntax_fault
    try:
        compiling.compile_chunk(prefix, chunk_name)
    except LuaSyntaxError as fault:
        if getattr(fault, "position", 0) < getattr(syntax_fault, "position", 0):
            return fault
    return syntax_fault


@contextmanager
def _cyclic_collector_paused() -> Iterator[None]:
    """Half of the time of a parse would go to Python's cyclic collector, which finds nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def load_binary(chunk: str, chunk_name: str) -> Prototype:
    """Reads a binary chunk, as written by `string.dump` or luac, and verifies it."""
    from pylua.bytecode.dump import undump  # noqa: PLC0415 (most runs load no binary chunk)

    return undump(chunk.encode("latin-1"), chunk_name)


def load_prototype(
    chunk: str, chunk_name: str, mode: str = "bt", used_levels: int = SCRIPT_LEVELS
) -> Prototype:
    """The main function of a chunk of a kind that `mode` allows (§6.1 load)."""
    chunk_name = chunk_name.partition("\0")[0]
    if chunk.startswith(BINARY_MARK):
        _check_mode("binary", mode)
        return load_binary(chunk, chunk_name)
    _check_mode("text", mode)
    return load_text(chunk, chunk_name, used_levels)


def _load_kept(store: ChunkStore, source: str, chunk_name: str, used_levels: int) -> Prototype:
    """`load_text`, unless the store has what it gives."""
    key = store.key_of(source, chunk_name, str(used_levels))
    prototype = store.get(key, chunk_name)
    if prototype is None:
        prototype = load_text(source, chunk_name, used_levels)
        store.put(key, prototype)
    return prototype


def _check_mode(kind: str, mode: str) -> None:
    if kind[0] not in mode:
        raise LuaSyntaxError(f"attempt to load a {kind} chunk (mode is '{mode}')")


def load_chunk(
    state: State,
    chunk: str,
    chunk_name: str,
    mode: str = "bt",
    environment: LuaValue = ABSENT,
    is_kept: bool = False,
) -> LuaFunction:
    """The chunk as a function whose first upvalue is `environment`, by default the globals.

    `is_kept`: it may come from the state's store of compiled chunks, and is kept there.
    """
    levels = state.thread.c_levels
    if is_kept and state.chunk_store is not None and not chunk.startswith(BINARY_MARK):
        _check_mode("text", mode)
        prototype = _load_kept(state.chunk_store, chunk, chunk_name, levels)
    else:
        prototype = load_prototype(chunk, chunk_name, mode, levels)
    upvalues = [new_upvalue() for _ in prototype.upvalues]
    if upvalues:
        upvalues[0].value = state.globals if environment is ABSENT else environment
    return new_function(prototype, upvalues)


def load_file(
    state: State,
    path: str | None,
    mode: str = "bt",
    environment: LuaValue = ABSENT,
    read_standard_input: Callable[[], str] | None = None,
) -> LuaFunction:
    """The file (None: standard input) as a function; a `#` line and a UTF-8 mark are skipped."""
    if path is None:
        chunk = (read_standard_input or _read_standard_input)()
        chunk_name = "=stdin"
    else:
        chunk = read_chunk_file(path)
        chunk_name = "@" + path
    return load_chunk(state, _without_prelude(chunk), chunk_name, mode, environment, is_kept=path is not None)


def _without_prelude(chunk: str) -> str:
    chunk = strip_file_prelude(chunk)
    return chunk[1:] if chunk.startswith("\n" + BINARY_MARK) else chunk


def _read_standard_input() -> str:
    return sys.stdin.buffer.read().decode("latin-1")


def read_chunk_file(path: str) -> str:
    """The bytes of the file, or LuaError "cannot open …" or "cannot read …"."""
    name = path.encode("latin-1").partition(b"\0")[0]
    try:
        with open(name, "rb") as file:
            return file.read().decode("latin-1")
    except IsADirectoryError as fault:
        # C opens directories and only then fails to read them.
        raise LuaError(f"cannot read {path}: {system_error(fault)}") from None
    except OSError as fault:
        raise LuaError(f"cannot open {path}: {system_error(fault)}") from None


def system_error(fault: OSError) -> str:
    """The system's words for an error, as C's strerror gives them."""
    return os.strerror(fault.errno) if fault.errno else str(fault)
