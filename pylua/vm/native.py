"""Argument checks for native functions: Lua values in, checked values out, or ArgumentError.

    check_integer("10", 1)   ->  10
    check_integer(1.5, 2)    ->  ArgumentError: number has no integer representation

Messages are those of the manual's auxiliary library (§5.1); the VM adds "bad argument #n to
'name'" and the position.
"""

from __future__ import annotations

from collections.abc import Collection

from pylua.errors import ArgumentError
from pylua.hints import NoReturn
from pylua.values.functions import ABSENT, LuaFunction, NativeFunction
from pylua.values.integers import float_to_integer
from pylua.values.numerals import read_numeral, write_number
from pylua.values.table import Table
from pylua.values.types import LuaValue, type_name

__all__ = [
    "check_any",
    "check_integer",
    "check_number",
    "check_option",
    "check_string",
    "check_table",
    "is_function",
    "opt_integer",
    "opt_number",
    "opt_string",
    "to_integer",
    "to_number",
    "type_error",
    "type_name_for_message",
]


def type_name_for_message(value: LuaValue) -> str:
    """The type as messages name it: the metatable's string `__name`, "light userdata", or the type."""
    metatable = getattr(value, "metatable", None)
    if metatable is not None:
        name = metatable.raw_get("__name")
        if type(name) is str:
            return name
    return "no value" if value is ABSENT else type_name(value)


def type_error(value: LuaValue, index: int, expected: str) -> NoReturn:
    """Raises `… expected, got …` for argument `index` (luaL_typeerror)."""
    raise ArgumentError(index, f"{expected} expected, got {type_name_for_message(value)}")


def to_number(value: LuaValue) -> int | float | None:
    """`value` as a number if it is one, or is a string that reads as one (§3.4.3)."""
    if type(value) is int or type(value) is float:
        return value
    return read_numeral(value) if type(value) is str else None


def to_integer(value: LuaValue) -> int | None:
    """`value` as an integer if it is one or converts to one exactly (§3.4.3)."""
    if type(value) is int:
        return value
    number = to_number(value)
    return float_to_integer(number) if type(number) is float else number  # type: ignore[return-value]


def check_any(value: LuaValue, index: int) -> LuaValue:
    """Raises unless the argument was given (nil counts as given)."""
    if value is ABSENT:
        raise ArgumentError(index, "value expected")
    return value


def check_integer(value: LuaValue, index: int) -> int:
    """The argument as an integer."""
    if type(value) is int:
        return value
    integer = to_integer(value)
    if integer is None:
        if to_number(value) is not None:
            raise ArgumentError(index, "number has no integer representation")
        type_error(value, index, "number")
    return integer


def check_number(value: LuaValue, index: int) -> int | float:
    """The argument as a number."""
    if type(value) is float or type(value) is int:
        return value
    number = to_number(value)
    if number is None:
        type_error(value, index, "number")
    return number


def check_string(value: LuaValue, index: int) -> str:
    """The argument as a string; numbers are converted."""
    if type(value) is str:
        return value
    if type(value) is int or type(value) is float:
        return write_number(value)
    type_error(value, index, "string")


def check_table(value: LuaValue, index: int) -> Table:
    """The argument, which must be a table."""
    if isinstance(value, Table):
        return value
    type_error(value, index, "table")


def opt_integer(value: LuaValue, index: int, default: int) -> int:
    """The argument as an integer, `default` if it is absent or nil."""
    return default if value is None or value is ABSENT else check_integer(value, index)


def opt_number(value: LuaValue, index: int, default: float) -> int | float:
    """The argument as a number, `default` if it is absent or nil."""
    return default if value is None or value is ABSENT else check_number(value, index)


def opt_string(value: LuaValue, index: int, default: str) -> str:
    """The argument as a string, `default` if it is absent or nil."""
    return default if value is None or value is ABSENT else check_string(value, index)


def check_option(value: LuaValue, index: int, default: str | None, options: Collection[str]) -> str:
    """The argument, which must be one of `options`; `default`, if there is one, when absent or nil."""
    if default is None:
        option = check_string(value, index)
    else:
        option = opt_string(value, index, default)
    if option not in options:
        raise ArgumentError(index, f"invalid option '{option}'")
    return option


def is_function(value: LuaValue) -> bool:
    """Whether `value` is a Lua or a native function."""
    return isinstance(value, (LuaFunction, NativeFunction))
