"""pylua: Lua 5.4 in plain Python.

    from pylua import LuaRuntime
    LuaRuntime().eval("'Lua ' .. 5.4")   ->  'Lua 5.4'

Names are loaded when they are first used, so that the command line starts without the
embedding, and a host that only wants to catch LuaError loads little.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in hints.py, which is not worth loading for this
if TYPE_CHECKING:
    from typing import Any

    from pylua.errors import LuaError, LuaLimitError, LuaMemoryError, LuaSyntaxError
    from pylua.host.protocols import as_attrgetter, as_itemgetter
    from pylua.host.runtime import LuaRuntime, unpacks_lua_table, unpacks_lua_table_method
    from pylua.host.wrappers import lua_type

__version__ = "0.1.0"

__all__ = [
    "LUA_MAXINTEGER",
    "LUA_MININTEGER",
    "LUA_VERSION",
    "LuaError",
    "LuaLimitError",
    "LuaMemoryError",
    "LuaRuntime",
    "LuaSyntaxError",
    "as_attrgetter",
    "as_itemgetter",
    "lua_type",
    "unpacks_lua_table",
    "unpacks_lua_table_method",
]

LUA_VERSION = (5, 4)
LUA_MAXINTEGER = (1 << 63) - 1
LUA_MININTEGER = -(1 << 63)

_HOMES = {
    "LuaError": "errors",
    "LuaLimitError": "errors",
    "LuaMemoryError": "errors",
    "LuaSyntaxError": "errors",
    "LuaRuntime": "host.runtime",
    "as_attrgetter": "host.protocols",
    "as_itemgetter": "host.protocols",
    "lua_type": "host.wrappers",
    "unpacks_lua_table": "host.runtime",
    "unpacks_lua_table_method": "host.runtime",
}
"""The module of each name that is loaded on demand."""


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = f"{__name__}.{home}"
    __import__(module)
    value = globals()[name] = getattr(sys.modules[module], name)
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
