"""The interactive mode: reads a statement or an expression, runs it, prints its results.

    > 1 + 1, "x"            a line is tried as an expression first,
    2       x
    > for i = 1, 2 do       then as a statement, which may go on over several lines.
    >> print(i) end

Ctrl-C drops what was typed, or stops what runs; the end of the input ends the mode.
"""

from __future__ import annotations

import os
import sys

from pylua.errors import LuaError, LuaSyntaxError
from pylua.stdlib.files import StandardInput, StandardOutput, write_stdout
from pylua.tools.session import Session
from pylua.values.contexts import suppress
from pylua.values.types import LuaValue

__all__ = ["interact"]

_PROMPTS = {"_PROMPT": "> ", "_PROMPT2": ">> "}
_INCOMPLETE = "<eof>"
"""How the message of a syntax error ends when more input could mend it."""
_CHUNK_NAME = "=stdin"


def interact(session: Session) -> None:
    """Runs the interactive mode until the input ends."""
    program, session.program = session.program, None
    reader = _LineEditor() if sys.stdin.isatty() and sys.stdout.isatty() else _PlainReader()
    while True:
        try:
            function = _read_function(session, reader)
        except EOFError:
            break
        except KeyboardInterrupt:
            session.write("\n")
            continue
        except LuaSyntaxError as fault:
            session.report(fault)
            continue
        results = session.run(function)
        if results:
            _print(session, results)
    reader.close()
    session.write("\n")
    session.program = program


def _read_function(session: Session, reader: _PlainReader) -> LuaValue:
    line = reader.read(_prompt(session, "_PROMPT"))
    if line.startswith("="):
        line = "return " + line[1:]
    try:
        function = session.load_text(f"return {line};", _CHUNK_NAME)
    except LuaSyntaxError:
        return _read_statement(session, reader, line)
    reader.remember(line)
    return function


def _read_statement(session: Session, reader: _PlainReader, text: str) -> LuaValue:
    """Reads more lines while the text is the beginning of a statement."""
    while True:
        try:
            function = session.load_text(text, _CHUNK_NAME)
        except LuaSyntaxError as fault:
            if not str(fault).endswith(_INCOMPLETE):
                reader.remember(text)
                raise
            try:
                text += "\n" + reader.read(_prompt(session, "_PROMPT2"))
            except EOFError:
                raise fault from None
        else:
            reader.remember(text)
            return function


def _prompt(session: Session, name: str) -> str:
    prompt = session.state.globals.raw_get(name)
    return _PROMPTS[name] if prompt is None else session.state.to_text(prompt)


def _print(session: Session, results: list[LuaValue]) -> None:
    """Shows results through the global `print`, whatever that is now."""
    try:
        session.state.call(session.state.globals.raw_get("print"), *results)
    except LuaError as fault:
        session.report(LuaError(f"error calling 'print' ({fault.message})"))


class _PlainReader:
    """Lines from standard input, whatever it is; prompts go to standard output.

    Input that no terminal echoes is echoed here, so that a transcript reads like a session (as
    with lua's own readline).
    """

    def read(self, prompt: str) -> str:
        """The next line without its end, or EOFError."""
        write_stdout(prompt)
        StandardOutput("stdout").flush()
        line = StandardInput().read_line(False)
        if line is None:
            raise EOFError
        if not sys.stdin.isatty():
            write_stdout(line + "\n")
        return line

    def remember(self, text: str) -> None:
        """Keeps `text` for the history."""

    def close(self) -> None:
        """The interactive mode ends."""


class _LineEditor(_PlainReader):
    """Lines typed at a terminal, with editing and a history where Python has readline."""

    def __init__(self) -> None:
        self._history = os.path.expanduser("~/.pylua_history")
        try:
            import readline  # noqa: PLC0415 (not on every platform)
        except ImportError:
            self._readline = None
            return
        self._readline = readline
        readline.set_auto_history(False)
        with suppress(OSError):
            readline.read_history_file(self._history)

    def read(self, prompt: str) -> str:
        """The next line that is typed, or EOFError."""
        StandardOutput("stdout").flush()
        return os.fsencode(input(os.fsdecode(prompt.encode("latin-1")))).decode("latin-1")

    def remember(self, text: str) -> None:
        """Adds `text` to the history."""
        if self._readline is not None and text:
            self._readline.add_history(os.fsdecode(text.encode("latin-1")))

    def close(self) -> None:
        """Saves the history."""
        if self._readline is not None:
            with suppress(OSError):
                self._readline.write_history_file(self._history)
