"""What a Lua value is in Python, and the names of Lua's types.

    nil       None                          string    str, each character one byte (0–255)
    boolean   TRUE or FALSE (never bool)    table     Table (and its subclasses)
    integer   int, kept in 64 bits          function  LuaFunction, NativeFunction
    float     float                         userdata  Userdata;  thread  vm.thread.Thread

Python's own bool never is a Lua value: `True == 1` and `hash(True) == hash(1)` would make
`t[1]` and `t[true]` one entry, and `True + 1` is 2. The two Boolean objects are equal to
nothing but themselves, so tables, `==` and arithmetic need no check for them.

Classes of Lua objects carry their type's name in the class attribute `lua_type`.
"""

from __future__ import annotations

from pylua.hints import Any, Final, TypeAlias

__all__ = ["FALSE", "TRUE", "Boolean", "LuaValue", "is_truthy", "lua_boolean", "type_name"]

LuaValue: TypeAlias = Any
"""None, Boolean, int, float, str, Table, LuaFunction, NativeFunction, Userdata or Thread."""


class Boolean:
    """The type of `true` and `false`; its only instances are TRUE and FALSE."""

    __slots__ = ("name",)
    lua_type = "boolean"

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name.upper()

    def __bool__(self) -> bool:
        raise TypeError("compare Lua values with `is FALSE` or is_truthy()")

    def __reduce__(self) -> str:
        return self.name.upper()


TRUE: Final = Boolean("true")
FALSE: Final = Boolean("false")

_NAMES: dict[type, str] = {
    type(None): "nil",
    Boolean: "boolean",
    int: "number",
    float: "number",
    str: "string",
}


def lua_boolean(condition: object) -> Boolean:
    """TRUE if Python holds `condition` true, else FALSE."""
    return TRUE if condition else FALSE


def is_truthy(value: LuaValue) -> bool:
    """Whether Lua counts `value` as true: everything but nil and false (§3.3.4)."""
    return value is not None and value is not FALSE


def type_name(value: LuaValue) -> str:
    """The name that Lua's `type` gives: "nil", "boolean", "number", … (§2.1)."""
    name = _NAMES.get(type(value))
    return type(value).lua_type if name is None else name
