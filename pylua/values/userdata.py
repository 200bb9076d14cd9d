"""Userdata: objects of the host language that Lua code holds without seeing into them (§2.1).

    Userdata(value=any Python object, metatable=Table or None, user_values=[nil, nil])

Libraries subclass it (io's files) where the object has more to carry than one value.
"""

from __future__ import annotations

from pylua.hints import Any
from pylua.values.table import Table
from pylua.values.types import LuaValue

__all__ = ["Userdata"]


class Userdata:
    """A full userdata: identity, a Python `value`, a metatable of its own and user values."""

    __slots__ = ("__weakref__", "attached", "metatable", "user_values", "value")
    lua_type = "userdata"

    def __init__(self, value: Any = None, metatable: Table | None = None, user_values: int = 0) -> None:
        self.value = value
        self.metatable = metatable
        self.user_values: list[LuaValue] = [None] * user_values

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.value!r}>"
