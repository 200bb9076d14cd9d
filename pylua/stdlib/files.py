"""File objects as Lua holds them, and the standard streams (§6.8).

    write_stdout("text\\n")           what `print` and io.write share: they never overtake each other
    File(stream, metatable)          the userdata; its `value` is None once it is closed

The standard streams are looked up in `sys` at every use, so that redirected ones (tests,
notebooks, Pyodide) are the ones that are used.
"""

from __future__ import annotations

import errno
import io
import sys

from pylua.hints import Any, Final
from pylua.stdlib.streams import Binary, Stream, system_error
from pylua.values.table import Table
from pylua.values.types import LuaValue
from pylua.values.userdata import Userdata

__all__ = [
    "File",
    "StandardInput",
    "StandardOutput",
    "flush_stdout",
    "read_line",
    "read_standard_input",
    "standard_input",
    "write_stderr",
    "write_stdout",
]

_UTF8: Final = frozenset({"utf-8", "utf8"})


class File(Userdata):
    """A file object; `value` is its Stream, None when closed."""

    __slots__ = ()

    def __init__(self, stream: Stream, metatable: Table) -> None:
        super().__init__(stream, metatable)


def write_stdout(text: str) -> None:
    """Writes a Lua string to the standard output. Raises OSError."""
    out = sys.stdout
    if text.isascii() and out is not None:
        try:
            out.write(text)
        except ValueError:  # closed
            raise system_error(errno.EBADF) from None
    else:
        _write_bytes(out, text)


def write_stderr(text: str) -> None:
    """Writes a Lua string to the standard error stream at once. Raises OSError."""
    _write_bytes(sys.stderr, text)
    if sys.stderr is not None:
        sys.stderr.flush()


def flush_stdout() -> None:
    """Hands what was written to the standard output to the system. Raises OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _write_bytes(out: Any, text: str) -> None:
    """Writes bytes to a text stream: as text if that gives the same bytes, else past its text layer."""
    if out is None:
        return
    data = text.encode("latin-1")
    buffer = getattr(out, "buffer", None)
    try:
        if buffer is None or (getattr(out, "encoding", None) or "").lower() in _UTF8:
            out.write(data.decode("utf-8"))
            return
    except UnicodeDecodeError:
        if buffer is None:
            out.write(text)
            return
    except ValueError:
        raise system_error(errno.EBADF) from None
    if hasattr(out, "reconfigure"):
        if not out.write_through:  # from now on the text layer holds nothing back
            out.reconfigure(write_through=True)
    else:
        out.flush()
    buffer.write(data)
    if getattr(out, "line_buffering", False):
        buffer.flush()


class _Standard(Stream):
    """A standard stream: open for good."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.appends = self.moved = False
        self.flush_after = None

    @property
    def text_file(self) -> Any:
        """The stream of `sys`."""
        file = getattr(sys, self.name)
        if file is None:
            raise system_error(errno.EBADF)
        return file

    @property
    def file(self) -> Binary:
        """The binary file below the stream of `sys`."""
        file = getattr(self.text_file, "buffer", None)
        if file is None:
            raise system_error(errno.ESPIPE)
        return file

    def close(self) -> tuple[LuaValue, ...]:
        """Standard files stay open."""
        return None, "cannot close standard file"

    def identity(self) -> int:
        """A number that differs between streams."""
        return id(self)

    def __del__(self) -> None:
        """Nothing to close."""


class StandardOutput(_Standard):
    """`sys.stdout` or `sys.stderr`."""

    def reader(self) -> Binary:
        """It cannot be read."""
        raise system_error(errno.EBADF)

    def write(self, text: str) -> None:
        """Writes like `print`; standard error is not buffered."""
        if self.name == "stdout":
            write_stdout(text)
            if self.flush_after is not None and self.flush_after in text.encode("latin-1"):
                self.flush()
        else:
            write_stderr(text)

    def flush(self) -> None:
        """Hands what is buffered to the system."""
        try:
            self.text_file.flush()
        except ValueError:
            raise system_error(errno.EBADF) from None

    def seek(self, offset: int, whence: int) -> int:
        """Moves in the file to which the stream is redirected."""
        self.flush()
        return super().seek(offset, whence)


class StandardInput(_Standard):
    """`sys.stdin`."""

    def __init__(self) -> None:
        super().__init__("stdin")
        self._wrapped: tuple[Any, Binary] | None = None
        """A stream of `sys` that cannot look ahead, with a reader that can."""

    def reader(self) -> Binary:
        """The binary file below; a prompt that waits in a terminal's buffer is shown first."""
        if getattr(sys.stdout, "line_buffering", False):
            sys.stdout.flush()
        text_file = self.text_file
        file = getattr(text_file, "buffer", None)
        if hasattr(file, "peek"):
            return file
        if self._wrapped is None or self._wrapped[0] is not text_file:
            self._wrapped = (text_file, io.BufferedReader(file or _TextSource(text_file)))
        return self._wrapped[1]

    def write(self, text: str) -> None:
        """It cannot be written."""
        raise system_error(errno.EBADF)

    def flush(self) -> None:
        """Nothing to do."""


standard_input: Final = StandardInput()
"""The one reader of `sys.stdin`: io.stdin, and whoever reads a script or a line from it."""


def read_line() -> str:
    """The next line of the standard input with its newline; "" at the end."""
    return standard_input.read_line(True) or ""


def read_standard_input() -> str:
    """All the rest of the standard input."""
    return standard_input.read_all()


class _TextSource(io.RawIOBase):
    """The bytes of a text stream that has no binary file below (StringIO, a browser's prompt)."""

    def __init__(self, text_file: Any) -> None:
        self.text_file = text_file
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self.rest:
            self.rest = self.text_file.readline().encode("utf-8", "surrogateescape")
        portion = self.rest[: len(buffer)]
        self.rest = self.rest[len(portion) :]
        buffer[: len(portion)] = portion
        return len(portion)
