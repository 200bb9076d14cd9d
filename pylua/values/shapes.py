"""Tables that keep their fields as Python objects keep theirs, without a dict, until somebody asks for it.

    S = shape_of(("x", "y"))           t = S()
                                       t.array_part, t.metatable = NOTHING, None
                                       t.x = 1; t.y = 2           (136 bytes; with a dict 288)
    t.hash_part                  ->    {"x": 1, "y": 2}, and t is like every other table from then on

Generated code makes the tables of a constructor so. Each shape is a class whose names stand for slots: to
make a table with three fields takes half as long, to read `t.x` no longer than of a Table. The dict of a
table comes of its slots when `hash_part` is asked for; then its class has these names no more:

    Table ── slots for 2 fields ──┬── ShapedTable of x, y     before
                                  └── opened                  behind (CPython changes between these two)

So `type(t) is Table` says that the dict is there, and `isinstance(t, Table)` that a value is a table.
Fields that a shape has no slot for are in `__dict__` until then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pylua.hints import Any, Final
from pylua.values.table import Table
from pylua.values.types import LuaValue

__all__ = ["ShapedTable", "shape_of"]


_OFTEN: Final = 200
"""So many tables given their dicts cost as much more as `_opener` takes."""


def _open(table: Any) -> dict[LuaValue, LuaValue]:
    """Gives a table its dict."""
    shape = type(table)
    shape.__opened__[1] += 1
    if shape.__opened__[1] == _OFTEN:
        shape.hash_part = property(_opener(shape))
    names: tuple[str, ...] = shape.__match_args__  # one is not there if a constructor was left half-way
    entries: dict[LuaValue, LuaValue] = {name: getattr(table, name) for name in names if hasattr(table, name)}
    for name in entries:
        delattr(table, name)
    if table.__dict__:
        entries |= table.__dict__
    table.__class__ = shape.__opened__[0]
    table.hash_part = table.__dict__ = entries
    return entries


def _opener(shape: Any) -> Callable[[Any], dict[LuaValue, LuaValue]]:
    """`_open` for the tables of one shape, written out: two fifths of the time, but 0.2 ms to be compiled."""
    names: tuple[str, ...] = shape.__match_args__
    lines = [
        "def open_(table):",
        f" try: entries = {{{', '.join(f'{name!r}: table.{name}' for name in names)}}}",
        " except AttributeError: return open_any(table)",
        *(f" del table.{name}" for name in names),
        " if table.__dict__: entries |= table.__dict__",
        " table.__class__ = opened",
        " table.hash_part = table.__dict__ = entries",
        " return entries",
    ]
    scope: dict[str, Any] = {"open_any": _open, "opened": shape.__opened__[0]}
    exec("\n".join(lines), scope)
    return scope["open_"]  # type: ignore[no-any-return]


class ShapedTable(Table):
    """A table whose fields are attributes: no integers, no events and no names that mean something else."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()
    """The names that have slots."""
    __opened__: Final[list[Any]] = [Table, 0]
    """The class of such tables that have a dict, and how many these are."""
    hash_part = property(_open)

    def raw_get(self, key: LuaValue) -> LuaValue:
        """The value at `key`, as of every table; no dict is made for it."""
        if type(key) is str:
            return None if key in _RESERVED else getattr(self, key, None)
        if type(key) is float and key == key // 1 and abs(key) < 2.0**53:
            key = int(key)
        if type(key) is int and 0 < key < len(self.array_part):
            return self.array_part[key]
        return None

    def has_place(self, name: str) -> bool:
        """As of every table."""
        return name not in _RESERVED and hasattr(self, name)


_RESERVED: Final = frozenset(dir(ShapedTable))


@cache
def _layout(count: int) -> tuple[list[Any], type[Table], type[Table]]:
    """For tables of so many fields: the slots, the class of those with a dict, and the base of shapes."""
    names = [f"field_{number}" for number in range(count)]
    base: Any = type("TableWithSlots", (Table,), {"__slots__": names})
    slots = [vars(base)[name] for name in names]
    for name in names:  # a table may have a field of this name
        delattr(base, name)
    return slots, type("OpenedTable", (base,), {"__slots__": ()}), base


def shape_of(names: tuple[str, ...]) -> type[ShapedTable]:
    """A class for tables with fields of these names, which must be possible as attributes."""
    slots, opened, base = _layout(len(names))
    members: dict[str, Any] = {"__slots__": (), "__match_args__": names, "__opened__": [opened, 0]}
    members |= zip(names, slots, strict=True)
    return type("ShapedTable", (ShapedTable, base), members)
