"""Python's collections as new Lua tables: what LuaRuntime.table and table_from build.

fill(bridge, [[10, 20], {"x": 1}])                 ->  {10, 20, x = 1}
fill(bridge, [{"a": [1, 2]}], recursive=True)      ->  {a = {1, 2}}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pylua.hints import Any
from pylua.host.bridge import Bridge
from pylua.host.wrappers import _LuaTable, table_of
from pylua.values.table import Table, new_table
from pylua.values.types import LuaValue

__all__ = ["fill"]


def fill(bridge: Bridge, parts: Iterable[Any], recursive: bool = False) -> Table:
    """A table of all `parts`: mappings and tables by their keys, items of others in order."""
    return _Filler(bridge, recursive).fill(parts)


class _Filler:
    """One conversion; `made` maps identities of collections to their tables, for shared ones and cycles."""

    def __init__(self, bridge: Bridge, recursive: bool) -> None:
        self.bridge = bridge
        self.recursive = recursive
        self.made: dict[int, Table] = {}

    def fill(self, parts: Iterable[Any]) -> Table:
        table = new_table()
        position = 0
        for part in parts:
            if self.recursive:
                known = self.made.get(id(part))
                if known is not None:
                    return known
                self.made[id(part)] = table
            if isinstance(part, _LuaTable):
                _copy(self.bridge, part, table)
            elif isinstance(part, Mapping):
                for key in part:
                    table.raw_set(self._convert(key, True), self._convert(part[key]))
            else:
                for item in part:
                    position += 1
                    table.raw_set(position, self._convert(item))
        return table

    def _convert(self, value: Any, is_key: bool = False) -> LuaValue:
        if self.recursive and isinstance(value, (Sequence, Mapping)) and not isinstance(value, (str, bytes)):
            return self.fill([value])
        return self.bridge.to_lua(value, is_key)


def _copy(bridge: Bridge, source: _LuaTable, table: Table) -> None:
    entry = table_of(source).raw_next(None)
    while entry is not None:
        key, value = entry
        bridge.state.set_index(table, key, value)
        entry = table_of(source).raw_next(key)
