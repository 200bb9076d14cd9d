"""The library utf8 (§6.5): strings of bytes seen as UTF-8 text.

    utf8.char(72, 228)  ->  "H\\xC3\\xA4"          utf8.len("H\\xC3\\xA4")  ->  2

UTF-8 here is the original one: up to six bytes for values below 2^31. Unless asked to be
lax, functions that decode take only Unicode's code points, without surrogates.
"""

from __future__ import annotations

from pylua.errors import ArgumentError, LibraryError
from pylua.hints import Final
from pylua.stdlib.library import Library, lua_function
from pylua.values.functions import ABSENT, NativeFunction
from pylua.values.table import Table
from pylua.values.types import LuaValue, is_truthy
from pylua.values.utf8_encoding import encode_utf8
from pylua.vm.native import check_integer, check_string, opt_integer, to_integer

__all__ = ["Utf8Library", "decode_character"]

_MAX_VALUE: Final = 0x7FFFFFFF
_MAX_UNICODE: Final = 0x10FFFF
_CONTINUATION: Final = frozenset(map(chr, range(0x80, 0xC0)))
_INVALID: Final = "invalid UTF-8 code"
_MAX_RESULTS: Final = 999_980

_SMALLEST: Final = (0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000)
"""The smallest value that needs so many continuation bytes."""


def decode_character(text: str, place: int, lax: bool) -> tuple[int, int] | None:
    """The value of the character at `place` (from 0) and the place after it; None if malformed."""
    first = ord(text[place])
    if first < 0x80:
        return first, place + 1
    count = 7 - (first ^ 0xFF).bit_length()  # leading ones without the first
    if not 1 <= count <= 5:
        return None
    value = first & (0x3F >> count)
    end = place + 1 + count
    following = text[place + 1 : end]
    if len(following) < count or not _CONTINUATION.issuperset(following):
        return None
    for character in following:
        value = value << 6 | ord(character) & 0x3F
    if value < _SMALLEST[count]:
        return None
    if not lax and (value > _MAX_UNICODE or 0xD800 <= value <= 0xDFFF):
        return None
    return value, end


def _is_continuation(text: str, place: int) -> bool:
    return text[place : place + 1] in _CONTINUATION


def _absolute(position: int, size: int) -> int:
    """A position with negative ones counted from the end; 0 if that is before the start."""
    return position if position >= 0 else max(size + position + 1, 0)


class Utf8Library(Library):
    """The functions of `utf8`."""

    def install(self, table: Table | None = None) -> Table:
        table = super().install(table)
        table.raw_set("charpattern", "[\0-\x7f\xc2-\xfd][\x80-\xbf]*")
        return table

    @lua_function
    def offset(
        self, s: LuaValue = ABSENT, n: LuaValue = ABSENT, i: LuaValue = None, *_: LuaValue
    ) -> int | None:
        """The position where the n-th character from position `i` starts."""
        text = check_string(s, 1)
        count = check_integer(n, 2)
        size = len(text)
        place = _absolute(opt_integer(i, 3, 1 if count >= 0 else size + 1), size) - 1
        if not 0 <= place <= size:
            raise ArgumentError(3, "position out of bounds")
        if count == 0:
            while place > 0 and _is_continuation(text, place):
                place -= 1
            return place + 1
        if _is_continuation(text, place):
            raise LibraryError("initial position is a continuation byte")
        found = _back(text, place, -count) if count < 0 else _forward(text, place, count - 1)
        return None if found is None else found + 1

    @lua_function
    def codepoint(
        self,
        s: LuaValue = ABSENT,
        i: LuaValue = None,
        j: LuaValue = None,
        lax: LuaValue = None,
        *_: LuaValue,
    ) -> LuaValue:
        """The values of all characters that start between two positions."""
        text = check_string(s, 1)
        size = len(text)
        first = _absolute(opt_integer(i, 2, 1), size)
        last = _absolute(opt_integer(j, 3, first), size)
        if first < 1:
            raise ArgumentError(2, "out of bounds")
        if last > size:
            raise ArgumentError(3, "out of bounds")
        if last - first >= _MAX_RESULTS:
            raise LibraryError("stack overflow (string slice too long)")
        values = []
        place = first - 1
        is_lax = is_truthy(lax)
        while place < last:
            decoded = decode_character(text, place, is_lax)
            if decoded is None:
                raise LibraryError(_INVALID)
            value, place = decoded
            values.append(value)
        return tuple(values)

    @lua_function
    def char(self, *codes: LuaValue) -> str:
        """The characters of the given values, one after the other."""
        pieces = []
        for index, code in enumerate(codes, 1):
            value = check_integer(code, index)
            if not 0 <= value <= _MAX_VALUE:
                raise ArgumentError(index, "value out of range")
            pieces.append(encode_utf8(value))
        return "".join(pieces)

    @lua_function
    def len(
        self,
        s: LuaValue = ABSENT,
        i: LuaValue = None,
        j: LuaValue = None,
        lax: LuaValue = None,
        *_: LuaValue,
    ) -> LuaValue:
        """How many characters start between two positions; nil and the place of the first bad byte."""
        text = check_string(s, 1)
        size = len(text)
        place = _absolute(opt_integer(i, 2, 1), size) - 1
        last = _absolute(opt_integer(j, 3, -1), size) - 1
        if not 0 <= place <= size:
            raise ArgumentError(2, "initial position out of bounds")
        if last >= size:
            raise ArgumentError(3, "final position out of bounds")
        is_lax = is_truthy(lax)
        if place == 0 and last == size - 1 and not is_lax:
            characters = _count_strict(text)
            if characters is not None:
                return characters
        count = 0
        while place <= last:
            decoded = decode_character(text, place, is_lax)
            if decoded is None:
                return None, place + 1
            place = decoded[1]
            count += 1
        return count

    @lua_function
    def codes(self, s: LuaValue = ABSENT, lax: LuaValue = None, *_: LuaValue) -> LuaValue:
        """The iterator over positions and values of all characters."""
        text = check_string(s, 1)
        if _is_continuation(text, 0):
            raise ArgumentError(1, _INVALID)
        return (_NEXT_LAX if is_truthy(lax) else _NEXT_STRICT), text, 0


def _count_strict(text: str) -> int | None:
    """How many characters well-formed UTF-8 has, None if it is not: Python is as strict as Lua."""
    try:
        return len(text) if text.isascii() else len(text.encode("latin-1").decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _back(text: str, place: int, count: int) -> int | None:
    """The start of the character `count` characters before `place`."""
    while count > 0 and place > 0:
        place -= 1
        while place > 0 and _is_continuation(text, place):
            place -= 1
        count -= 1
    return place if count == 0 else None


def _forward(text: str, place: int, count: int) -> int | None:
    """The start of the character `count` characters after the one at `place`."""
    while count > 0 and place < len(text):
        place += 1
        while _is_continuation(text, place):
            place += 1
        count -= 1
    return place if count == 0 else None


def _next_character(s: LuaValue, position: LuaValue, lax: bool) -> LuaValue:
    """Position and value of the character after the one at `position` (0 to begin)."""
    text = check_string(s, 1)
    place = to_integer(position) or 0
    size = len(text)
    if 0 <= place < size:
        while _is_continuation(text, place):
            place += 1
    if not 0 <= place < size:
        return ()
    decoded = decode_character(text, place, lax)
    if decoded is None or _is_continuation(text, decoded[1]):
        raise LibraryError(_INVALID)
    return place + 1, decoded[0]


def _next_strict(s: LuaValue = ABSENT, position: LuaValue = None, *_: LuaValue) -> LuaValue:
    return _next_character(s, position, False)


def _next_lax(s: LuaValue = ABSENT, position: LuaValue = None, *_: LuaValue) -> LuaValue:
    return _next_character(s, position, True)


_NEXT_STRICT: Final = NativeFunction(_next_strict, "codes iterator")
_NEXT_LAX: Final = NativeFunction(_next_lax, "codes iterator")
