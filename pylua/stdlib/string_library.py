"""The library string (§6.4), and the metatable of strings with its arithmetic.

    string.rep("ab", 2, "-")  ->  "ab-ab"        ("x"):upper()  ->  "X"        "10" + 1  ->  11

The engines stand in patterns.py, substitution.py, formatting.py and packing.py; here are the
functions that Lua sees: they check arguments and translate positions.
"""

from __future__ import annotations

import sys
from functools import partial

from pylua.bytecode.prototype import LONGEST_SHORT_STRING
from pylua.errors import ArgumentError, LibraryError, LuaMemoryError
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.stdlib.library import Library, lua_function
from pylua.stdlib.string_arithmetic import arithmetic_metamethods
from pylua.values.functions import ABSENT, LuaFunction, NativeFunction
from pylua.values.late import late_module
from pylua.values.table import Table, new_table
from pylua.values.types import FALSE, LuaValue, is_truthy, type_name
from pylua.vm.native import check_integer, check_string, is_function, opt_integer, type_error
from pylua.vm.operators import address

if TYPE_CHECKING:
    from pylua.bytecode import dump
    from pylua.stdlib import all_matches, formatting, packing, patterns, prepared_searches, replacements
else:
    all_matches = late_module("pylua.stdlib.all_matches")
    formatting = late_module("pylua.stdlib.formatting")
    packing = late_module("pylua.stdlib.packing")
    patterns = late_module("pylua.stdlib.patterns")
    prepared_searches = late_module("pylua.stdlib.prepared_searches")
    replacements = late_module("pylua.stdlib.replacements")
    dump = late_module("pylua.bytecode.dump")

__all__ = ["StringLibrary"]

_MAX_SIZE: Final = (1 << 31) - 1
"""What a string made by `rep` may have, C's INT_MAX."""

_MAX_RESULTS: Final = 999_980
"""More values than that do not fit the stack of PUC Lua."""


def _first_position(position: int, size: int) -> int:
    """A start position, from 1; negative ones count from the end, those before the start are 1."""
    if position > 0:
        return position
    return max(size + position + 1, 1) if position < 0 else 1


def _last_position(position: int, size: int) -> int:
    """An end position, at most `size`; negative ones count from the end, at least 0."""
    return min(position, size) if position >= 0 else max(size + position + 1, 0)


def _prepare(name: str, *given: Any) -> Any:
    """NativeFunction.prepare of the function `name`."""
    return getattr(prepared_searches, f"prepare_{name}")(*given)


class StringLibrary(Library):
    """The functions of `string`; installing it gives strings their metatable."""

    def install(self, table: Table | None = None) -> Table:
        table = super().install(table)
        metatable = new_table()
        metatable.raw_set("__index", table)
        for event, handler in arithmetic_metamethods(self.state).items():
            metatable.raw_set(event, handler)
        self.state.type_metatables["string"] = metatable
        for name, *given in (("find",), ("gmatch",), ("gsub", self.state), ("match",)):
            table.raw_get(name).prepare = partial(_prepare, name, *given)
        return table

    # --- length, parts, characters --------------------------------------------------------

    @lua_function
    def len(self, s: LuaValue = ABSENT, *_: LuaValue) -> int:
        """The number of bytes."""
        return len(s if type(s) is str else check_string(s, 1))

    @lua_function
    def sub(self, s: LuaValue = ABSENT, i: LuaValue = ABSENT, j: LuaValue = None, *_: LuaValue) -> str:
        """The part between two positions."""
        text = s if type(s) is str else check_string(s, 1)
        first = i if type(i) is int else check_integer(i, 2)
        last = -1 if j is None else j if type(j) is int else check_integer(j, 3)
        if first > 0 and last == -1:
            return text[first - 1 :]
        if 0 < first <= last:
            return text[first - 1 : last]
        size = len(text)
        first, last = _first_position(first, size), _last_position(last, size)
        return text[first - 1 : last] if first <= last else ""

    @lua_function
    def byte(self, s: LuaValue = ABSENT, i: LuaValue = None, j: LuaValue = None, *_: LuaValue) -> LuaValue:
        """The values of the bytes between two positions."""
        text = s if type(s) is str else check_string(s, 1)
        position = 1 if i is None else i if type(i) is int else check_integer(i, 2)
        if j is None and 0 < position <= len(text):
            return ord(text[position - 1])
        size = len(text)
        first = _first_position(position, size)
        last = _last_position(opt_integer(j, 3, position), size)
        if first > last:
            return ()
        if last - first >= _MAX_RESULTS:
            raise LibraryError("stack overflow (string slice too long)")
        return tuple(map(ord, text[first - 1 : last]))

    @lua_function
    def char(self, *codes: LuaValue) -> str:
        """The string of the bytes with the given values."""
        try:
            return bytes(codes).decode("latin-1")
        except (TypeError, ValueError):
            return "".join(_character(code, index) for index, code in enumerate(codes, 1))

    @lua_function
    def rep(self, s: LuaValue = ABSENT, n: LuaValue = ABSENT, sep: LuaValue = None, *_: LuaValue) -> str:
        """`n` copies of a string, with `sep` between them."""
        text = s if type(s) is str else check_string(s, 1)
        count = n if type(n) is int else check_integer(n, 2)
        separator = "" if sep is None else check_string(sep, 3)
        if count <= 0:
            return ""
        if len(text) + len(separator) > _MAX_SIZE // count:
            raise LibraryError("resulting string too large")
        try:
            return (text + separator) * (count - 1) + text if separator else text * count
        except MemoryError:
            raise LuaMemoryError("not enough memory") from None

    @lua_function
    def reverse(self, s: LuaValue = ABSENT, *_: LuaValue) -> str:
        """The bytes in reverse order."""
        return check_string(s, 1)[::-1]

    @lua_function
    def lower(self, s: LuaValue = ABSENT, *_: LuaValue) -> str:
        """A to Z made small; other bytes stay, as in the C locale."""
        text = check_string(s, 1)
        return text.lower() if text.isascii() else text.encode("latin-1").lower().decode("latin-1")

    @lua_function
    def upper(self, s: LuaValue = ABSENT, *_: LuaValue) -> str:
        """a to z made capital; other bytes stay, as in the C locale."""
        text = check_string(s, 1)
        return text.upper() if text.isascii() else text.encode("latin-1").upper().decode("latin-1")

    # --- patterns -------------------------------------------------------------------------

    @lua_function
    def find(
        self,
        s: LuaValue = ABSENT,
        pattern: LuaValue = ABSENT,
        init: LuaValue = None,
        plain: LuaValue = None,
        *_: LuaValue,
    ) -> LuaValue:
        """Start and end of the first match, and its captures; nil if there is none."""
        subject = s if type(s) is str else check_string(s, 1)
        text = pattern if type(pattern) is str else check_string(pattern, 2)
        place = 0
        if init is not None:
            place = _first_position(init if type(init) is int else check_integer(init, 3), len(subject)) - 1
            if place > len(subject):
                return None
        is_plain = plain is not None and plain is not FALSE
        if is_plain or (compiled := patterns.PATTERNS[text]).is_plain:
            start = subject.find(text, place)
            return None if start < 0 else (start + 1, start + len(text))
        match = compiled.search(subject, place)
        if match is None:
            return None
        start, end, captures = match
        if captures is None:
            return start + 1, end
        return start + 1, end, *all_matches.checked(compiled, captures)

    @lua_function
    def match(
        self, s: LuaValue = ABSENT, pattern: LuaValue = ABSENT, init: LuaValue = None, *_: LuaValue
    ) -> LuaValue:
        """The captures of the first match (or all of it); nil if there is none."""
        subject = s if type(s) is str else check_string(s, 1)
        text = pattern if type(pattern) is str else check_string(pattern, 2)
        place = 0
        if init is not None:
            place = _first_position(init if type(init) is int else check_integer(init, 3), len(subject)) - 1
            if place > len(subject):
                return None
        compiled = patterns.PATTERNS[text]
        match = compiled.search(subject, place)
        if match is None:
            return None
        start, end, captures = match
        if captures is None:
            return subject[start:end]
        return all_matches.checked(compiled, captures)

    @lua_function
    def gmatch(
        self, s: LuaValue = ABSENT, pattern: LuaValue = ABSENT, init: LuaValue = None, *_: LuaValue
    ) -> NativeFunction:
        """An iterator over all matches; here `^` is an ordinary character."""
        subject = s if type(s) is str else check_string(s, 1)
        compiled = patterns.UNANCHORED_PATTERNS[pattern if type(pattern) is str else check_string(pattern, 2)]
        place = 0 if init is None else _first_position(check_integer(init, 3), len(subject)) - 1
        return all_matches.iterator_over(subject, compiled, place)

    @lua_function
    def gsub(
        self,
        s: LuaValue = ABSENT,
        pattern: LuaValue = ABSENT,
        repl: LuaValue = ABSENT,
        n: LuaValue = None,
        *_: LuaValue,
    ) -> tuple[str, int]:
        """The string with matches replaced, and how many there were."""
        subject = s if type(s) is str else check_string(s, 1)
        compiled = patterns.PATTERNS[pattern if type(pattern) is str else check_string(pattern, 2)]
        limit = None if n is None else check_integer(n, 4)
        return replacements.replace(self.state, subject, compiled, repl, limit)

    # --- formats --------------------------------------------------------------------------

    @lua_function
    def format(self, formatstring: LuaValue = ABSENT, *arguments: LuaValue) -> str:
        """The arguments in the form that the format string describes."""
        text = formatstring if type(formatstring) is str else check_string(formatstring, 1)
        return formatting.format_text(formatting.FORMATS[text], arguments, self.state.to_text, _address)

    @lua_function
    def pack(self, fmt: LuaValue = ABSENT, *arguments: LuaValue) -> str:
        """The arguments in binary form."""
        return packing.pack_values(check_string(fmt, 1), arguments)

    @lua_function
    def packsize(self, fmt: LuaValue = ABSENT, *_: LuaValue) -> int:
        """How long a string packed so is."""
        return packing.packed_size(check_string(fmt, 1))

    @lua_function
    def unpack(
        self, fmt: LuaValue = ABSENT, s: LuaValue = ABSENT, pos: LuaValue = None, *_: LuaValue
    ) -> tuple[LuaValue, ...]:
        """The values packed in a string, and the position after them."""
        template, data = check_string(fmt, 1), check_string(s, 2)
        place = _first_position(opt_integer(pos, 3, 1), len(data)) - 1
        if place > len(data):
            raise ArgumentError(3, "initial position out of string")
        return packing.unpack_values(template, data, place)

    @lua_function
    def dump(self, function: LuaValue = ABSENT, strip: LuaValue = None, *_: LuaValue) -> str:
        """The function as a binary chunk."""
        if not is_function(function):
            type_error(function, 1, "function")
        if not isinstance(function, LuaFunction):
            raise LibraryError("unable to dump given function")
        return dump.dump(function.prototype, is_truthy(strip)).decode("latin-1")


def _character(code: LuaValue, index: int) -> str:
    value = check_integer(code, index)
    if not 0 <= value <= 0xFF:
        raise ArgumentError(index, "value out of range")
    return chr(value)


def _address(value: LuaValue) -> str | None:
    """What `%p` shows; strings have addresses too, equal for equal short ones."""
    if type(value) is str:
        return address(sys.intern(value) if len(value) <= LONGEST_SHORT_STRING else value)
    return address(value) if hasattr(value, "lua_type") and type_name(value) != "boolean" else None
