"""string.pack, unpack and packsize (§6.4.2): a format and values come in, bytes go out, and back.

    pack_values(">i2 z", (258, "ab"))        ->  "\\1\\2ab\\0"
    unpack_values(">i2 z", "\\1\\2ab\\0", 0)   ->  (258, "ab", 6)
    packed_size(">!4 i2 i4")                 ->  8

A format is read once into options and kept. What is wrong with it is raised when its turn
comes, after the options before it were carried out.
"""

from __future__ import annotations

import struct
from math import copysign, inf

from pylua.errors import ArgumentError, LibraryError, NativeFault
from pylua.hints import Final, NoReturn
from pylua.stdlib.text_cache import TextCache
from pylua.values.records import record
from pylua.values.types import LuaValue
from pylua.vm.native import check_integer, check_number, check_string

__all__ = ["pack_values", "packed_size", "unpack_values"]

MAX_SIZE: Final = (1 << 31) - 1
"""The largest size of a packed string, C's INT_MAX."""

_MAX_INTEGER_SIZE: Final = 16
_NATIVE_ALIGNMENT: Final = 8
_MAX_RESULTS: Final = 999_990
"""More values than that do not fit the stack of PUC Lua (LUAI_MAXSTACK)."""

_TOO_SHORT: Final = "data string too short"

_FIXED_OPTIONS: Final = {
    "b": ("signed", 1),
    "B": ("unsigned", 1),
    "h": ("signed", 2),
    "H": ("unsigned", 2),
    "l": ("signed", 8),
    "L": ("unsigned", 8),
    "j": ("signed", 8),
    "J": ("unsigned", 8),
    "T": ("unsigned", 8),
    "f": ("float", 4),
    "n": ("float", 8),
    "d": ("float", 8),
    "z": ("zero-terminated", 0),
    "x": ("padding", 1),
    " ": ("nothing", 0),
}
"""Options without a number: what they stand for and their size."""

_SIZED_OPTIONS: Final = {"i": ("signed", 4), "I": ("unsigned", 4), "s": ("counted", 8)}
"""Options that may have a size, and their size without."""


@record(frozen=True)
class Option:
    """One item of a format.

    `kind`: "signed", "unsigned", "float", "fixed" (c), "counted" (s), "zero-terminated",
    "padding", "nothing" or "fault". `size` is that of the item (of its count, for "counted"),
    `alignment` 1 if it needs none, `order` "little" or "big", `fault` what is wrong.
    """

    kind: str
    size: int
    alignment: int
    order: str
    fault: NativeFault | None = None


def pack_values(template: str, arguments: tuple[LuaValue, ...]) -> str:
    """The bytes of `arguments` (the second and further ones of string.pack)."""
    layout = _STRUCTS[template]
    if layout is not None:
        try:
            return layout.pack(*arguments).decode("latin-1")
        except (struct.error, OverflowError):
            pass  # not the right number, kind or range of values: below is said which
    pieces: list[bytes] = []
    size = used = 0
    for option in _OPTIONS[template]:
        kind = option.kind
        if kind == "fault":
            _fail(option)
        gap = -size % option.alignment
        if gap:
            pieces.append(bytes(gap))
        if kind == "padding":
            piece = b"\0"
        elif kind == "nothing":
            piece = b""
        else:
            if used >= len(arguments):
                _missing(option, used + 2)
            piece = _packed(option, arguments[used], used + 2)
            used += 1
        pieces.append(piece)
        size += gap + len(piece)
    return b"".join(pieces).decode("latin-1")


def _read_struct(template: str) -> struct.Struct | None:
    """Python's equivalent of a format of plain numbers; None if there is none."""
    if any(option.alignment > 1 for option in _OPTIONS[template]):
        return None
    options = [option for option in _OPTIONS[template] if option.kind != "nothing"]
    codes = [_STRUCT_CODES.get((option.kind, option.size)) for option in options]
    orders = {option.order for option in options}
    if not options or None in codes or len(orders) > 1:
        return None
    return struct.Struct(("<" if orders == {"little"} else ">") + "".join(filter(None, codes)))


_STRUCT_CODES: Final = {
    ("signed", 1): "b",
    ("unsigned", 1): "B",
    ("signed", 2): "h",
    ("unsigned", 2): "H",
    ("signed", 4): "i",
    ("unsigned", 4): "I",
    ("signed", 8): "q",
    ("unsigned", 8): "q",
    ("float", 4): "f",
    ("float", 8): "d",
    ("padding", 1): "x",
}
"""Lua's unsigned integers of 8 bytes are signed ones, too."""


def _missing(option: Option, index: int) -> NoReturn:
    expected = "number" if option.kind in ("signed", "unsigned", "float") else "string"
    raise ArgumentError(index, f"{expected} expected, got nil")  # as PUC Lua says it


def _packed(option: Option, value: LuaValue, index: int) -> bytes:
    """The bytes of one value, argument number `index`."""
    kind, size = option.kind, option.size
    if kind in ("signed", "unsigned"):
        return _packed_integer(option, check_integer(value, index), index)
    if kind == "float":
        return _packed_float(option, float(check_number(value, index)))
    text = check_string(value, index)
    if kind == "zero-terminated":
        if "\0" in text:
            raise ArgumentError(index, "string contains zeros")
        return text.encode("latin-1") + b"\0"
    if kind == "counted":
        if size < 8 and len(text) >> (8 * size):
            raise ArgumentError(index, "string length does not fit in given size")
        return len(text).to_bytes(size, option.order) + text.encode("latin-1")  # type: ignore[arg-type]
    if len(text) > size:
        raise ArgumentError(index, "string longer than given size")
    return text.encode("latin-1").ljust(size, b"\0")


def _packed_integer(option: Option, value: int, index: int) -> bytes:
    size = option.size
    if size >= 8:
        if value < 0 and option.kind == "unsigned":
            value += 1 << 64
    elif option.kind == "signed":
        if not -(1 << (8 * size - 1)) <= value < 1 << (8 * size - 1):
            raise ArgumentError(index, "integer overflow")
    elif not 0 <= value < 1 << (8 * size):
        raise ArgumentError(index, "unsigned overflow")
    return value.to_bytes(size, option.order, signed=value < 0)  # type: ignore[arg-type]


def _packed_float(option: Option, value: float) -> bytes:
    layout = ("<" if option.order == "little" else ">") + ("f" if option.size == 4 else "d")
    try:
        return struct.pack(layout, value)
    except OverflowError:
        return struct.pack(layout, copysign(inf, value))


def packed_size(template: str) -> int:
    """How many bytes a format without strings of variable length takes."""
    total = 0
    for option in _OPTIONS[template]:
        if option.kind == "fault":
            _fail(option)
        if option.kind in ("counted", "zero-terminated"):
            raise ArgumentError(1, "variable-length format")
        total += -total % option.alignment + option.size
        if total > MAX_SIZE:
            raise ArgumentError(1, "format result too large")
    return total


def unpack_values(template: str, data: str, place: int) -> tuple[LuaValue, ...]:
    """The values packed in `data` from `place` (from 0), then the position after them (from 1)."""
    end = len(data)
    layout = _STRUCTS[template]
    if layout is not None and place + layout.size <= end:
        after = place + layout.size
        return *layout.unpack(data[place:after].encode("latin-1")), after + 1
    results: list[LuaValue] = []
    for option in _OPTIONS[template]:
        if option.kind == "fault":
            _fail(option)
        gap = -place % option.alignment
        if gap + option.size > end - place:
            raise ArgumentError(2, _TOO_SHORT)
        if len(results) >= _MAX_RESULTS:
            raise LibraryError("stack overflow (too many results)")
        place += gap
        if option.kind in ("padding", "nothing"):
            place += option.size
        else:
            value, place = _unpack_item(option, data, place)
            results.append(value)
    results.append(place + 1)
    return tuple(results)


def _unpack_item(option: Option, data: str, place: int) -> tuple[LuaValue, int]:
    """The value at `place`, and the place after it."""
    after = place + option.size
    if option.kind == "counted":
        length = int.from_bytes(data[place:after].encode("latin-1"), option.order)  # type: ignore[arg-type]
        _check_fits(option, length)
        if length > len(data) - after:
            raise ArgumentError(2, _TOO_SHORT)
        return data[after : after + length], after + length
    if option.kind == "zero-terminated":
        zero = data.find("\0", place)
        if zero < 0:
            raise ArgumentError(2, "unfinished string for format 'z'")
        return data[place:zero], zero + 1
    return _unpacked(option, data[place:after]), after


def _unpacked(option: Option, piece: str) -> LuaValue:
    """The value of an item of fixed size."""
    if option.kind == "fixed":
        return piece
    raw = piece.encode("latin-1")
    if option.kind == "float":
        layout = ("<" if option.order == "little" else ">") + ("f" if option.size == 4 else "d")
        return struct.unpack(layout, raw)[0]
    signed = option.kind == "signed"
    value = int.from_bytes(raw, option.order, signed=signed)  # type: ignore[arg-type]
    _check_fits(option, value)
    return value - (1 << 64) if value >= 1 << 63 else value


def _check_fits(option: Option, value: int) -> None:
    """Raises if the unsigned or signed `value` of an integer wider than Lua's has too many bits."""
    least, most = (-1 << 63, (1 << 63) - 1) if option.kind == "signed" else (0, (1 << 64) - 1)
    if not least <= value <= most:
        raise LibraryError(f"{option.size}-byte integer does not fit into Lua Integer")


def _fail(option: Option) -> NoReturn:
    fault = option.fault
    if isinstance(fault, ArgumentError):
        raise ArgumentError(fault.index, fault.message)
    assert fault is not None
    raise LibraryError(fault.message)


# --- reading a format -------------------------------------------------------------------------


def _read_options(template: str) -> tuple[Option, ...]:
    """The options of a format, which ends at its first `\\0`; a Fault option ends it too."""
    return tuple(_FormatReader(template.partition("\0")[0]).read())


class _FormatReader:
    """Reads one format; `order` and `largest` alignment hold for the options that follow."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.order = "little"
        self.largest = 1

    def read(self) -> list[Option]:
        options: list[Option] = []
        try:
            while self.place < len(self.text):
                options.append(self._option())
        except NativeFault as fault:
            options.append(Option("fault", 0, 1, self.order, fault))
        return options

    def _option(self) -> Option:
        kind, size = self._kind_and_size()
        alignment = size
        if kind == "alignment":
            kind, size = "nothing", 0
            following, alignment = self._kind_and_size() if self.place < len(self.text) else ("", 0)
            if following == "fixed" or alignment == 0:
                raise ArgumentError(1, "invalid next option for option 'X'")
        if alignment <= 1 or kind == "fixed":
            return Option(kind, size, 1, self.order)
        alignment = min(alignment, self.largest)
        if alignment & (alignment - 1):
            raise ArgumentError(1, "format asks for alignment not power of 2")
        return Option(kind, size, alignment, self.order)

    def _kind_and_size(self) -> tuple[str, int]:
        letter = self.text[self.place]
        self.place += 1
        if letter in _FIXED_OPTIONS:
            return _FIXED_OPTIONS[letter]
        if letter in _SIZED_OPTIONS:
            kind, size = _SIZED_OPTIONS[letter]
            return kind, self._limited_number(size)
        if letter == "c":
            size = self._number(-1)
            if size < 0:
                raise LibraryError("missing size for format option 'c'")
            return "fixed", size
        if letter == "X":
            return "alignment", 0
        if letter == "!":
            self.largest = self._limited_number(_NATIVE_ALIGNMENT)
        elif letter in "<>=":
            self.order = "big" if letter == ">" else "little"
        else:
            raise LibraryError(f"invalid format option '{letter}'")
        return "nothing", 0

    def _number(self, default: int) -> int:
        """The decimal number at the present place; one that grows too large ends early."""
        begin = self.place
        number = 0
        while self.text[self.place : self.place + 1] in _DIGITS:
            if number > (MAX_SIZE - 9) // 10:
                break
            number = number * 10 + int(self.text[self.place])
            self.place += 1
        return number if self.place > begin else default

    def _limited_number(self, default: int) -> int:
        number = self._number(default)
        if not 1 <= number <= _MAX_INTEGER_SIZE:
            raise LibraryError(f"integral size ({number}) out of limits [1,{_MAX_INTEGER_SIZE}]")
        return number


_DIGITS: Final = frozenset("0123456789")

_OPTIONS: Final = TextCache(_read_options)
_STRUCTS: Final = TextCache(_read_struct)
