"""Which Lua field names can be Python attributes, and which other values have an attribute of that name.

attribute_kind("balance")  ->  PLAIN       table.balance
attribute_kind("count")    ->  SHARED      str has one too: make sure that it is a table first
attribute_kind("class")    ->  NONE        not an attribute: table.hash_part["class"]
"""

from __future__ import annotations

import keyword
from functools import cache

from pylua.hints import Final
from pylua.values.functions import LuaFunction
from pylua.values.shapes import ShapedTable
from pylua.values.types import Boolean
from pylua.values.userdata import Userdata
from pylua.vm.thread import Thread
from pylua.vm.wrapping import WrapFunction

__all__ = ["NONE", "PLAIN", "SHARED", "attribute_kind", "may_have_place"]

NONE: Final = 0
PLAIN: Final = 1
SHARED: Final = 2

_RESERVED: Final = frozenset(dir(ShapedTable))
_OTHERS: Final = (int, float, str, type(None), Boolean, LuaFunction, WrapFunction, Userdata, Thread)


def attribute_kind(name: str) -> int:
    """PLAIN, SHARED or NONE."""
    if not name.isascii() or not name.isidentifier() or keyword.iskeyword(name):
        return NONE
    if name in _RESERVED or (name.startswith("__") and name.endswith("__")):
        return NONE
    return SHARED if name in _shared_names(_userdata_count()) else PLAIN


def may_have_place(name: str) -> bool:
    """Whether tables can have a slot for a field. Events have none: their keys say whether they are there."""
    return attribute_kind(name) != NONE and not name.startswith("__")


def _userdata_count() -> int:
    return len(Userdata.__subclasses__())


@cache
def _shared_names(_count: int) -> frozenset[str]:
    """Names of attributes that Lua values other than tables have; again when a kind of userdata is new."""
    kinds = [*_OTHERS, *Userdata.__subclasses__()]
    names = {name for kind in kinds for name in dir(kind)}
    return frozenset(names | set(getattr(Thread, "__annotations__", ())) | _instance_names())


def _instance_names() -> set[str]:
    return {"state", "frames", "status", "hook", "native", "start", "error", "resumer"}
