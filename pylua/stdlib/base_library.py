"""The basic functions of §6.1 and the global variables `_G` and `_VERSION`.

`pcall`, `xpcall`, `pairs` and `dofile` steer the VM, so that coroutines can yield through
them; the rest are plain functions.
"""

from __future__ import annotations

from pylua.errors import ArgumentError, LibraryError, LuaError, LuaLimitError, OperationError
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.loading import load_chunk, load_file
from pylua.stdlib.files import StandardInput, write_stdout
from pylua.stdlib.library import Library, control_function, lua_function
from pylua.stdlib.warning_output import WarningOutput
from pylua.values.contexts import suppress
from pylua.values.functions import ABSENT, NativeFunction
from pylua.values.integers import wrap
from pylua.values.numerals import read_numeral
from pylua.values.table import Table
from pylua.values.types import FALSE, TRUE, LuaValue, lua_boolean, type_name
from pylua.vm.calls import AfterUnwinding
from pylua.vm.control import Call
from pylua.vm.native import (
    check_any,
    check_integer,
    check_string,
    check_table,
    is_function,
    opt_integer,
    opt_string,
    type_error,
)
from pylua.vm.thread import NativeFrame, Thread

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["BaseLibrary"]

_IMMEDIATE: Final = frozenset({"count", "stop", "restart", "isrunning", "setpause", "setstepmul"})
"""Options of `collectgarbage` that collect nothing."""
_SPACES: Final = " \f\n\r\t\v"
_DIGITS: Final = {
    character: value
    for value, digit in enumerate("0123456789abcdefghijklmnopqrstuvwxyz")
    for character in (digit, digit.upper())
}
_MAX_BASE: Final = 36


class BaseLibrary(Library):
    """The functions that live in the globals."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self._step = NativeFunction(self._ipairs_step, "ipairs_iterator")
        self._next: NativeFunction | None = None

    def install(self, table: Table | None = None) -> Table:
        """Puts the functions, `_G` and `_VERSION` into `table` (by default the globals)."""
        table = super().install(self.state.globals if table is None else table)
        self._next = table.raw_get("next")
        self.state.warn_handler = WarningOutput().take
        table.raw_set("_G", table)
        table.raw_set("_VERSION", "Lua 5.4")
        return table

    # --- errors and protected calls -------------------------------------------------------

    @lua_function("assert")
    def assert_(self, *arguments: LuaValue) -> Any:
        if arguments and arguments[0] is not None and arguments[0] is not FALSE:
            return arguments
        if not arguments:
            raise ArgumentError(1, "value expected")
        message = arguments[1] if len(arguments) > 1 else "assertion failed!"
        return self.error(message)

    @lua_function
    def error(self, value: LuaValue = None, level: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        depth = opt_integer(level, 2, 1)
        if type(value) is str and depth > 0:
            value = self.state.where(depth) + value
        raise LuaError(value)

    @control_function
    def pcall(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        if not arguments:
            raise ArgumentError(1, "value expected")
        return Call(arguments[0], arguments[1:], then=_succeeded, recover=_failed)

    @control_function
    def xpcall(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        handler = arguments[1] if len(arguments) > 1 else ABSENT
        if not is_function(handler):
            type_error(handler, 2, "function")
        return Call(arguments[0], arguments[2:], then=_succeeded, recover=_failed, handler=handler)

    @lua_function
    def warn(self, *parts: LuaValue) -> LuaValue:
        texts = [check_string(part, index) for index, part in enumerate(parts or (ABSENT,), 1)]
        for text in texts[:-1]:
            self.state.warn(text, True)
        self.state.warn(texts[-1], False)
        return ()

    # --- chunks ---------------------------------------------------------------------------

    @control_function
    def dofile(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        name = _file_name(arguments[0] if arguments else None)
        function = load_file(self.state, name, read_standard_input=StandardInput().read_all)
        return Call(function, [], then=_pass_on)

    @lua_function
    def loadfile(
        self,
        name: LuaValue = None,
        mode: LuaValue = None,
        environment: LuaValue = ABSENT,
        *_: LuaValue,
    ) -> LuaValue:
        path = _file_name(name)
        allowed = opt_string(mode, 2, "bt")
        try:
            return load_file(self.state, path, allowed, environment, StandardInput().read_all)
        except LuaLimitError:
            raise
        except LuaError as fault:
            return None, fault.value

    @lua_function
    def load(
        self,
        chunk: LuaValue = ABSENT,
        name: LuaValue = None,
        mode: LuaValue = None,
        environment: LuaValue = ABSENT,
        *_: LuaValue,
    ) -> LuaValue:
        allowed = opt_string(mode, 3, "bt")
        is_text = type(chunk) in (str, int, float)
        text = check_string(chunk, 1) if is_text else "=(load)"
        chunk_name = opt_string(name, 2, text)
        if not is_text and not is_function(chunk):
            type_error(chunk, 1, "function")
        try:
            if not is_text:
                text = self._read_pieces(chunk)
            return load_chunk(self.state, text, chunk_name, allowed, environment)
        except LuaLimitError:
            raise
        except LuaError as fault:
            return None, fault.value

    def _read_pieces(self, reader: LuaValue) -> str:
        """Everything that calls of `reader` give, up to nil or an empty string."""
        pieces: list[str] = []
        while True:
            results = self.state.call(reader)
            piece = results[0] if results else None
            if piece is None or piece == "":
                return "".join(pieces)
            if type(piece) not in (str, int, float):
                raise LuaError(self.state.where(1) + "reader function must return a string")
            pieces.append(check_string(piece, 1))

    # --- iteration ------------------------------------------------------------------------

    @lua_function
    def next(self, table: LuaValue = ABSENT, key: LuaValue = None, *_: LuaValue) -> LuaValue:
        check_table(table, 1)
        try:
            return table.raw_next(key)
        except KeyError:
            raise OperationError("invalid key to 'next'") from None

    @control_function
    def pairs(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        subject = check_any(arguments[0] if arguments else ABSENT, 1)
        handler = self.state.metafield(subject, "__pairs")
        if handler is None:
            return self._next, subject, None
        return Call(handler, [subject], then=_three_values)

    @lua_function
    def ipairs(self, subject: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return self._step, check_any(subject, 1), 0

    def _ipairs_step(self, subject: LuaValue = None, index: LuaValue = None, *_: LuaValue) -> LuaValue:
        index = index + 1 if type(index) is int else check_integer(index, 2) + 1
        if isinstance(subject, Table) and 0 < index < len(subject.array_part):
            value = subject.array_part[index]
            if value is not None:
                return index, value
        index = wrap(index)
        value = self.state.index(subject, index)
        return None if value is None else (index, value)

    # --- raw access and metatables --------------------------------------------------------

    @lua_function
    def rawequal(self, left: LuaValue = ABSENT, right: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return lua_boolean(check_any(left, 1) == check_any(right, 2))

    @lua_function
    def rawget(self, table: LuaValue = ABSENT, key: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return check_table(table, 1).raw_get(check_any(key, 2))

    @lua_function
    def rawlen(self, value: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        if isinstance(value, Table):
            return value.raw_length()
        if type(value) is str:
            return len(value)
        return type_error(value, 1, "table or string")

    @lua_function
    def rawset(
        self, table: LuaValue = ABSENT, key: LuaValue = ABSENT, value: LuaValue = ABSENT, *_: LuaValue
    ) -> LuaValue:
        check_table(table, 1).raw_set(check_any(key, 2), check_any(value, 3))
        return table

    @lua_function
    def getmetatable(self, value: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        metatable = self.state.metatable_of(check_any(value, 1))
        if metatable is None:
            return None
        shown = metatable.raw_get("__metatable")
        return metatable if shown is None else shown

    @lua_function
    def setmetatable(self, table: LuaValue = ABSENT, metatable: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        check_table(table, 1)
        if metatable is not None and not isinstance(metatable, Table):
            type_error(metatable, 2, "nil or table")
        if table.metatable is not None and table.metatable.raw_get("__metatable") is not None:
            raise LibraryError("cannot change a protected metatable")
        self.state.set_metatable(table, metatable)
        return table

    # --- values ---------------------------------------------------------------------------

    @lua_function
    def type(self, value: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return type_name(check_any(value, 1))

    @lua_function
    def tostring(self, value: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return self.state.to_text(check_any(value, 1))

    @lua_function
    def tonumber(self, value: LuaValue = ABSENT, base: LuaValue = None, *_: LuaValue) -> LuaValue:
        if base is None:
            if type(value) is int or type(value) is float:
                return value
            return read_numeral(value) if type(value) is str else _not_a_number(value)
        radix = check_integer(base, 2)
        if type(value) is not str:
            type_error(value, 1, "string")
        if not 2 <= radix <= _MAX_BASE:
            raise ArgumentError(2, "base out of range")
        return read_in_base(value, radix)

    @lua_function
    def select(self, position: LuaValue = ABSENT, *values: LuaValue) -> LuaValue:
        if type(position) is str and position.startswith("#"):
            return len(values)
        start = check_integer(position, 1)
        if start < 0:
            start += len(values) + 1
        if start < 1:
            raise ArgumentError(1, "index out of range")
        return values[start - 1 :]

    @lua_function("print")
    def print_(self, *values: LuaValue) -> LuaValue:
        to_text = self.state.to_text
        texts = [value if type(value) is str else to_text(value) for value in values]
        with suppress(OSError):
            write_stdout("\t".join(texts) + "\n")
        return ()

    # --- memory ---------------------------------------------------------------------------

    @lua_function
    def collectgarbage(self, option: LuaValue = None, *arguments: LuaValue) -> LuaValue:
        if option in _IMMEDIATE:
            return self.state.collect_garbage(option, arguments)
        raise AfterUnwinding(lambda: self.state.collect_garbage(option, arguments))


def _succeeded(_thread: Thread, _frame: NativeFrame, results: list[LuaValue]) -> Any:
    return [TRUE, *results]


def _failed(_thread: Thread, _frame: NativeFrame, error: LuaValue) -> Any:
    return [FALSE, error]


def _pass_on(_thread: Thread, _frame: NativeFrame, results: list[LuaValue]) -> Any:
    return results


def _three_values(_thread: Thread, _frame: NativeFrame, results: list[LuaValue]) -> Any:
    return [*results, None, None, None][:3]


def _file_name(name: LuaValue) -> str | None:
    return None if name is None or name is ABSENT else check_string(name, 1)


def _not_a_number(value: LuaValue) -> None:
    check_any(value, 1)


def read_in_base(text: str, base: int) -> int | None:
    """The integer that `text` spells in `base`, wrapped to 64 bits; None if it spells none."""
    digits = text.strip(_SPACES)
    is_negative = digits.startswith("-")
    if digits[:1] in ("-", "+"):
        digits = digits[1:]
    value = 0
    for character in digits:
        digit = _DIGITS.get(character, base)
        if digit >= base:
            return None
        value = (value * base + digit) & 0xFFFFFFFFFFFFFFFF
    if not digits:
        return None
    return wrap(-value if is_negative else value)
