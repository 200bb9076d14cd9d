"""What `io` functions and file methods do with files: check, read, write, close (§6.8).

    read_values(stream, ("l", "n"), 2) -> ("first line", 42)      failure(error, "x") -> (nil, "x: …", 2)

Failures of the system come back as (nil, message, errno); misuse raises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import copysign
from os import strerror

from pylua.errors import ArgumentError, LibraryError
from pylua.hints import Final, TypeAlias
from pylua.stdlib.files import File, StandardInput, StandardOutput
from pylua.stdlib.streams import Stream
from pylua.values.functions import NativeFunction
from pylua.values.types import TRUE, LuaValue
from pylua.vm.native import check_integer, check_string, type_error

__all__ = [
    "close_file",
    "failure",
    "file_argument",
    "flush_stream",
    "line_iterator",
    "open_file_argument",
    "read_values",
    "reason",
    "stream_of",
    "write_values",
]

_MOST_FORMATS: Final = 250

Results: TypeAlias = tuple[LuaValue, ...]


def failure(error: OSError, name: str | None = None) -> Results:
    """A failure of the system as functions return it: nil, "name: message", errno."""
    return None, reason(error) if name is None else f"{name}: {reason(error)}", error.errno or 0


def reason(error: OSError) -> str:
    """What the C library says about the error."""
    return strerror(error.errno) if error.errno else "(no extra info)"


def file_argument(value: LuaValue) -> File:
    """The first argument, which must be a file."""
    if not isinstance(value, File):
        type_error(value, 1, "FILE*")
    return value


def open_file_argument(value: LuaValue) -> File:
    """The first argument, which must be an open file."""
    if type(value) is not File:
        file_argument(value)
    if value.value is None:
        raise LibraryError("attempt to use a closed file")
    return value  # type: ignore[no-any-return]


def stream_of(value: LuaValue) -> Stream:
    """The stream of the first argument, which must be an open file."""
    stream: Stream = open_file_argument(value).value
    return stream


def close_file(file: File) -> Results:
    """Closes an open file; standard files refuse and stay open."""
    stream: Stream = file.value
    try:
        results = stream.close()
    except OSError as error:
        results = failure(error)
    if not isinstance(stream, StandardInput | StandardOutput):
        file.value = None
    return results


def flush_stream(stream: Stream) -> LuaValue:
    """The result of `flush`."""
    try:
        stream.flush()
    except OSError as error:
        return failure(error)
    return TRUE


def write_values(file: File, values: Sequence[LuaValue], first_argument: int) -> LuaValue:
    """Writes strings and numbers; the file, or the failure."""
    stream: Stream = file.value
    pieces: list[str] = []
    try:
        for value in values:
            kind = type(value)
            if kind is str:
                pieces.append(value)
            elif kind is int:
                pieces.append(str(value))
            elif kind is float:
                pieces.append(_float_text(value))
            else:
                check_string(value, first_argument + len(pieces))
    except ArgumentError:  # the values before the wrong one are written
        stream.write("".join(pieces))
        raise
    try:
        stream.write("".join(pieces))
    except OSError as error:
        return failure(error)
    return file


def _float_text(value: float) -> str:
    """A float as C's "%.14g" writes it: unlike `tostring`, without ".0"."""
    if value != value:
        return "-nan" if copysign(1.0, value) < 0.0 else "nan"
    return f"{value:.14g}"


def read_values(stream: Stream, formats: Sequence[LuaValue], first_argument: int) -> LuaValue:
    """Reads one value for each format, up to the first that fails (nil); a line without formats."""
    try:
        if not formats:
            return stream.read_line(False)
        values: list[LuaValue] = []
        for argument, wanted in enumerate(formats, first_argument):
            if type(wanted) is str:
                value = _reader(wanted, argument)(stream)
            else:
                value = _read_other(stream, wanted, argument)
            values.append(value)
            if value is None:
                break
    except OSError as error:
        return failure(error)
    return tuple(values)


def _read_other(stream: Stream, wanted: LuaValue, argument: int) -> LuaValue:
    if type(wanted) is int or type(wanted) is float:
        return stream.read_some(check_integer(wanted, argument))
    check_string(wanted, argument)
    raise ArgumentError(argument, "invalid format")


_READERS: Final[dict[str, Callable[[Stream], LuaValue]]] = {
    "n": Stream.read_number,
    "l": lambda stream: stream.read_line(False),
    "L": lambda stream: stream.read_line(True),
    "a": Stream.read_all,
}


def _reader(wanted: str, argument: int) -> Callable[[Stream], LuaValue]:
    """The reader of a format: its first letter counts, after an optional asterisk."""
    letter = wanted[1:2] if wanted[:1] == "*" else wanted[:1]
    reader = _READERS.get(letter)
    if reader is None:
        raise ArgumentError(argument, "invalid format")
    return reader


def line_iterator(file: File, formats: tuple[LuaValue, ...], closes: bool) -> NativeFunction:
    """The iterator of `lines`: each call reads by `formats`; at the end it may close the file."""
    if len(formats) > _MOST_FORMATS:
        raise ArgumentError(_MOST_FORMATS + 2, "too many arguments")

    return NativeFunction(_Lines(file, formats, closes).next_line, "for iterator")


class _Lines:
    """What the iterator of `lines` needs to know."""

    __slots__ = ("closes", "file", "formats")

    def __init__(self, file: File, formats: tuple[LuaValue, ...], closes: bool) -> None:
        self.file = file
        self.formats = formats
        self.closes = closes

    def next_line(self, *_: LuaValue) -> LuaValue:
        """The next values, nothing at the end."""
        stream: Stream | None = self.file.value
        if stream is None:
            raise LibraryError("file is already closed")
        results = read_values(stream, self.formats, first_argument=2)
        first = results[0] if type(results) is tuple else results
        if first is not None:
            return results
        if type(results) is tuple and len(results) > 1:
            raise LibraryError(results[1])
        if self.closes:
            close_file(self.file)
        return ()
