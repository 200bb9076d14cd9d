"""Byte streams that behave like C's: what io's file objects read from and write to (§6.8).

    stream = open_file("notes.txt", "r+")
    stream.read_line(False) -> "first line"     stream.write("…")     stream.seek(0, os.SEEK_SET) -> 0

Texts are Lua strings (code points 0–255). Every failure is an OSError with its errno.
"""

from __future__ import annotations

import atexit
import errno
import io
import os
import sys
from _weakref import ref

from pylua.errors import LuaMemoryError
from pylua.hints import Any, Final, TypeAlias
from pylua.stdlib.numeral_reader import NumeralReader
from pylua.values.contexts import suppress
from pylua.values.types import TRUE, LuaValue

__all__ = [
    "Binary",
    "ProcessStream",
    "Stream",
    "exit_results",
    "flush_everything",
    "host_path",
    "make_temporary",
    "open_file",
    "open_temporary",
    "system_error",
]

_PORTION: Final = 1 << 20
"""Reads larger than this come in portions: a script may ask for more than the file has."""
_ADDRESS_SPACE: Final = 1 << 46

Binary: TypeAlias = Any
"""A binary file object of Python: BufferedReader, BufferedWriter, BufferedRandom."""


_open_streams: dict[ref[Stream], None] = {}


def system_error(code: int) -> OSError:
    """The OSError that the C library would report as `errno`."""
    return OSError(code, os.strerror(code))


class Stream:
    """An open stream over a buffered binary file."""

    def __init__(self, file: Binary, appends: bool = False) -> None:
        self.file = file
        self.can_read: bool = file.readable()
        self.can_write: bool = file.writable()
        self.appends = appends
        self.moved = appends and self.can_read
        """Whether the position may not be the end of the file (matters if the stream appends)."""
        self.flush_after: bytes | None = None
        """Flush after every write that contains this; None: when the buffer is full."""
        _open_streams[ref(self, _open_streams.pop)] = None

    # --- reading ------------------------------------------------------------------------

    def reader(self) -> Binary:
        """The file, if it can be read."""
        if not self.can_read:
            raise system_error(errno.EBADF)
        self.moved = True
        return self.file

    def read_line(self, keep_end: bool) -> str | None:
        """The next line, with its newline if `keep_end`; None at the end."""
        line: bytes = self.reader().readline()
        if line:
            text = line.decode("latin-1")
            return text[:-1] if not keep_end and text[-1] == "\n" else text
        return None

    def read_all(self) -> str:
        """Everything up to the end."""
        data: bytes = self.reader().read()
        return data.decode("latin-1")

    def read_some(self, count: int) -> str | None:
        """The next `count` bytes, fewer if the stream ends; None at the end. 0 tells whether it is."""
        file = self.reader()
        if count == 0:
            return "" if file.peek(1) else None
        if 0 < count <= _PORTION:
            data = file.read(count)
        elif 0 < count < _ADDRESS_SPACE:
            data = _read_portions(file, count)
        else:
            raise LuaMemoryError("not enough memory")
        return data.decode("latin-1") if data else None

    def read_number(self) -> int | float | None:
        """The longest prefix that may begin a numeral is consumed; None if it is none."""
        return NumeralReader(self.reader()).read()

    # --- writing ------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Writes `text` where the stream stands, or at its end if it was opened to append."""
        if not text:
            return
        if not self.can_write:
            raise system_error(errno.EBADF)
        if self.moved and self.appends:
            self.file.seek(0, os.SEEK_END)
            self.moved = False
        data = text.encode("latin-1")
        try:
            self.file.write(data)
            if self.flush_after is not None and self.flush_after in data:
                self.file.flush()
        except OSError:
            self._discard()
            raise

    def flush(self) -> None:
        """Hands what is buffered to the system."""
        try:
            self.file.flush()
        except OSError:
            self._discard()
            raise

    def _discard(self) -> None:
        """Forgets what could not be written, as C does: else closing would fail again."""
        raw = getattr(self.file, "raw", None)
        if isinstance(raw, _Device):
            raw.discarding = True
            self.file.flush()
            raw.discarding = False

    # --- the rest -----------------------------------------------------------------------

    def seek(self, offset: int, whence: int) -> int:
        """Moves, and returns the new position from the start."""
        self.moved = True
        try:
            if offset == 0 and whence == os.SEEK_CUR:
                position: int = self.file.tell()
            else:
                position = self.file.seek(offset, whence)
        except io.UnsupportedOperation:
            raise system_error(errno.ESPIPE) from None
        except (ValueError, OverflowError):
            raise system_error(errno.EINVAL) from None
        return position

    def set_buffering(self, mode: str) -> None:
        """ "no", "line" or "full"."""
        self.flush_after = {"no": b"", "line": b"\n", "full": None}[mode]

    def close(self) -> tuple[LuaValue, ...]:
        """Flushes and closes; returns what Lua's `close` returns."""
        _open_streams.pop(ref(self), None)
        try:
            self.flush()
        finally:
            self.file.close()
        return (TRUE,)

    def identity(self) -> int:
        """A number that differs between streams."""
        return id(self.file)

    def __del__(self) -> None:
        file = getattr(self, "file", None)
        if file is not None and not file.closed:
            with suppress(OSError, ValueError):
                self.close()


class ProcessStream(Stream):
    """The standard output ("r") or input ("w") of a command run by the shell."""

    def __init__(self, command: str, mode: str) -> None:
        import subprocess  # noqa: PLC0415 - takes longer to import than many a script to run

        flush_everything()
        read_end, write_end = os.pipe()
        ours, theirs = (read_end, write_end) if mode == "r" else (write_end, read_end)
        super().__init__(_buffered(_Device(ours, mode), mode))
        try:
            self.process = subprocess.Popen(
                host_path(command),
                shell=True,
                stdin=theirs if mode == "w" else None,
                stdout=theirs if mode == "r" else None,
            )
        finally:
            os.close(theirs)

    def close(self) -> tuple[LuaValue, ...]:
        """Closes the pipe, waits for the command and tells how it ended."""
        with suppress(OSError):  # it may have left before it read everything: its status tells
            super().close()
        if not hasattr(self, "process"):  # it never started
            return ()
        return exit_results(self.process.wait())


def exit_results(code: int) -> tuple[LuaValue, ...]:
    """How a process ended, as os.execute tells it; a negative `code` is the signal that killed it."""
    if code < 0:
        return None, "signal", -code
    return (TRUE if code == 0 else None), "exit", code


def flush_everything() -> None:
    """Flushes standard output and every open stream, so that others see what was written so far."""
    _flush_streams()
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def _flush_streams() -> None:
    for reference in list(_open_streams):
        stream = reference()
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()


atexit.register(_flush_streams)


# --- opening -------------------------------------------------------------------------------


class _Device(io.FileIO):
    """A raw file that can be told to swallow what a buffer still wants to write.

    It is closed by its buffer, never by itself: Python finalizes the objects of a cycle in
    any order, and the buffer may have something to write yet.
    """

    discarding = False

    def __del__(self) -> None:
        """Nothing."""

    def _dealloc_warn(self, _source: Any, /) -> None:
        """Scripts may leave files open; no ResourceWarning."""

    def write(self, data: Any, /) -> int:
        return len(data) if self.discarding else super().write(data)


class _Directory(io.RawIOBase):
    """A directory opened for reading: C opens it, and fails when it reads."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, _buffer: Any, /) -> int:
        raise system_error(errno.EISDIR)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return (1 << 63) - 1 if whence == os.SEEK_END else offset

    def tell(self) -> int:
        return 0


def host_path(name: str) -> bytes:
    """A Lua string as C sees a path or command: bytes up to the first zero."""
    return name.partition("\0")[0].encode("latin-1")


def open_file(name: str, mode: str) -> Stream:
    """Opens a file; `mode` is one that C's fopen takes."""
    path = host_path(name)
    mode = mode.replace("b", "")
    if mode == "r" and os.path.isdir(path):
        return Stream(io.BufferedReader(_Directory()))
    raw = _Device(os.fsdecode(path) if os.name == "nt" else path, mode)
    return Stream(_buffered(raw, mode), appends=mode[0] == "a")


def _buffered(raw: _Device, mode: str) -> Binary:
    if "+" in mode and raw.seekable():
        file: Binary = io.BufferedRandom(raw)
        file.seek(0)
        return file
    if "+" in mode:
        return io.BufferedRWPair(raw, raw)
    return io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)


def make_temporary() -> tuple[int, bytes]:
    """Creates a file with a name of its own; returns its descriptor, open to read and write, and path."""
    folder = b"/tmp" if os.path.isdir("/tmp") else os.fsencode(os.environ.get("TEMP", "."))
    for _ in range(100):
        path = os.path.join(folder, b"lua_" + os.urandom(3).hex().encode())
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), path
        except FileExistsError:
            continue
    raise system_error(errno.EEXIST)


def open_temporary() -> Stream:
    """A new file without a name, removed when it is closed."""
    descriptor, path = make_temporary()
    if os.name != "nt":  # an open file cannot be removed there
        os.unlink(path)
    return Stream(io.BufferedRandom(_Device(descriptor, "r+")))


def _read_portions(file: Binary, count: int) -> bytes:
    portions = []
    while count > 0:
        portion = file.read(min(count, _PORTION))
        if not portion:
            break
        portions.append(portion)
        count -= len(portion)
    return b"".join(portions)
