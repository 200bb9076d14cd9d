"""The library `table` (§6.6): lists in tables, or in whatever behaves like a table.

    table.insert(t, 1, "a")      table.concat({1, 2}, ",") -> "1,2"      table.unpack({1, 2}) -> 1, 2

Each function has two ways: a plain table (no metatable, no weak entries) is worked on as
Python lists; anything else goes element by element through the operations with metamethods.
"""

from __future__ import annotations

from pylua.errors import ArgumentError, LibraryError
from pylua.hints import TYPE_CHECKING, Final
from pylua.stdlib.library import Library, lua_function
from pylua.values.functions import ABSENT
from pylua.values.integers import MAX_INTEGER, wrap
from pylua.values.late import late_module
from pylua.values.numerals import write_number
from pylua.values.table import Table, new_table
from pylua.values.types import FALSE, TRUE, LuaValue, type_name
from pylua.vm.native import check_integer, is_function, opt_integer, opt_string, to_integer, type_error
from pylua.vm.state import Repeated

if TYPE_CHECKING:
    from collections.abc import Callable

    from pylua.stdlib import sorting
    from pylua.stdlib.sorting import Items
else:
    sorting = late_module("pylua.stdlib.sorting")

__all__ = ["TableLibrary"]

_MAX_RESULTS: Final = 999_980
"""How many values fit on a stack of a million beside its callers (999,982 at 5.4.8' top level)."""
_ORDERED: Final = frozenset({int, float, str})
_MAX_SORTED: Final = (1 << 31) - 1
_UNSIGNED: Final = 1 << 64
"""Positions and lengths are compared modulo this: `__len` may give a negative length."""


class TableLibrary(Library):
    """The functions of `table`."""

    @lua_function
    def concat(
        self,
        table: LuaValue = ABSENT,
        separator: LuaValue = None,
        first: LuaValue = None,
        last: LuaValue = None,
        *_: LuaValue,
    ) -> LuaValue:
        """table.concat (list [, sep [, i [, j]]])"""
        length = self._length(table, "__index")
        separator = opt_string(separator, 2, "")
        first = opt_integer(first, 3, 1)
        last = opt_integer(last, 4, length)
        is_bare = isinstance(table, Table) and table.metatable is None
        if is_bare and first > 0 and last < len(table.array_part):
            values = table.array_part[first : last + 1] if first <= last else []
        else:
            values = self._pieces(table, first, last)
        try:
            return separator.join(values)
        except TypeError:
            return separator.join(
                [
                    value if type(value) is str else str(value) if type(value) is int else _piece(value, key)
                    for key, value in enumerate(values, first)
                ]
            )

    def _pieces(self, table: LuaValue, first: int, last: int) -> list[str]:
        index = self.state.index
        return [_piece(index(table, key), key) for key in range(first, last + 1)]

    @lua_function
    def insert(self, table: LuaValue = ABSENT, *arguments: LuaValue) -> LuaValue:
        """table.insert (list, [pos,] value)"""
        if isinstance(table, Table) and table.metatable is None:
            end = len(table.array_part)
        else:
            end = wrap(self._length(table, "__index", "__newindex") + 1)
        if len(arguments) == 1:
            position, value = end, arguments[0]
        elif len(arguments) == 2:
            position, value = check_integer(arguments[0], 2), arguments[1]
            if not (0 < position <= end or (position - 1) % _UNSIGNED < end % _UNSIGNED):
                raise ArgumentError(2, "position out of bounds")
        else:
            raise LibraryError("wrong number of arguments to 'insert'")
        if isinstance(table, Table) and table.metatable is None:
            table.raw_insert(position, value)
            return ()
        index, set_index = self.state.index, self.state.set_index
        for key in range(end, position, -1):
            set_index(table, key, index(table, key - 1))
        set_index(table, position, value)
        return ()

    @lua_function
    def move(
        self,
        source: LuaValue = ABSENT,
        first: LuaValue = ABSENT,
        last: LuaValue = ABSENT,
        target: LuaValue = ABSENT,
        destination: LuaValue = None,
        *_: LuaValue,
    ) -> LuaValue:
        """table.move (a1, f, e, t [,a2])"""
        first = check_integer(first, 2)
        last = check_integer(last, 3)
        target = check_integer(target, 4)
        self._check_list(source, 1, "__index")
        if destination is None:
            destination = source
            self._check_list(destination, 1, "__newindex")
        else:
            self._check_list(destination, 5, "__newindex")
        if last >= first:
            if first <= 0 and last >= MAX_INTEGER + first:
                raise ArgumentError(3, "too many elements to move")
            if target > MAX_INTEGER - (last - first):
                raise ArgumentError(4, "destination wrap around")
            self._copy(source, first, last, target, destination)
        return destination

    def _copy(self, source: LuaValue, first: int, last: int, target: int, destination: LuaValue) -> None:
        """destination[target …] = source[first … last]; overlapping ranges are copied whole."""
        if (
            isinstance(source, Table)
            and isinstance(destination, Table)
            and source.metatable is destination.metatable is None
            and first > 0
            and last < len(source.array_part)
        ):
            destination.raw_extend(target, source.array_part[first : last + 1])
            return
        index, set_index = self.state.index, self.state.set_index
        upwards = target > last or target <= first
        if upwards or not (destination is source or self.state.equals(source, destination)):
            keys = range(first, last + 1)
        else:
            keys = range(last, first - 1, -1)
        distance = target - first
        for key in keys:
            set_index(destination, key + distance, index(source, key))

    @lua_function
    def pack(self, *values: LuaValue) -> LuaValue:
        """table.pack (···)"""
        table = new_table()
        if values and values[-1] is not None:
            table.array_part = [None, *values]
        else:
            table.raw_extend(1, list(values))
        table.hash_part["n"] = len(values)
        return table

    @lua_function
    def remove(self, table: LuaValue = ABSENT, position: LuaValue = None, *_: LuaValue) -> LuaValue:
        """table.remove (list [, pos])"""
        plain = isinstance(table, Table) and table.metatable is None
        size = len(table.array_part) - 1 if plain else self._length(table, "__index", "__newindex")
        position = opt_integer(position, 2, size)
        if not (0 < position <= size or position == size or (position - 1) % _UNSIGNED <= size % _UNSIGNED):
            raise ArgumentError(2, "position out of bounds")
        if plain and 0 < position <= size:
            return table.raw_remove(position)
        index, set_index = self.state.index, self.state.set_index
        value = index(table, position)
        for key in range(position, size):
            set_index(table, key, index(table, key + 1))
        set_index(table, max(position, size), None)
        return value

    @lua_function
    def sort(self, table: LuaValue = ABSENT, order: LuaValue = None, *_: LuaValue) -> LuaValue:
        """table.sort (list [, comp])"""
        size = self._length(table, "__index", "__newindex")
        if size < 2:
            return ()
        if size >= _MAX_SORTED:
            raise ArgumentError(1, "array too big")
        if order is not None and not is_function(order):
            type_error(order, 2, "function")
        if _is_dense(table, size):
            self._sort_dense(table, size, order)
        else:
            view: Items = sorting.TableView(table, self.state.index, self.state.set_index)
            self._sort_items(view, size, order)
        return ()

    def _sort_dense(self, table: Table, size: int, order: LuaValue) -> None:
        """Sorts a copy of the array part and stores it, also when the order function failed."""
        items = table.array_part[: size + 1]
        if order is None and sorting.natural_order(items):
            table.array_part[1 : size + 1] = items[1:]
            return
        try:
            self._sort_items(items, size, order)
        finally:
            table.raw_extend(1, items[1:])

    def _sort_items(self, items: Items, size: int, order: LuaValue) -> None:
        if order is None:
            sorting.sort_items(items, size, Repeated(_Natural(self.state.less_than)))
            return
        with self.state.repeated_calls(order, 2) as repeated:
            sorting.sort_items(items, size, repeated)

    @lua_function
    def unpack(
        self, table: LuaValue = None, first: LuaValue = None, last: LuaValue = None, *_: LuaValue
    ) -> LuaValue:
        """table.unpack (list [, i [, j]])"""
        first = 1 if first is None else check_integer(first, 2)
        last = self._any_length(table) if last is None else check_integer(last, 3)
        if first > last:
            return ()
        if last - first >= _MAX_RESULTS:
            raise LibraryError("too many results to unpack")
        if isinstance(table, Table) and table.metatable is None and first > 0:
            values = table.array_part[first : last + 1]
            if last < len(table.array_part):
                return tuple(values)
            missing = range(first + len(values), last + 1)
            if not table.hash_part:
                return (*values, *([None] * len(missing)))
            return (*values, *map(table.hash_part.get, missing))
        index = self.state.index
        return tuple([index(table, key) for key in range(first, last + 1)])

    # --- what a list is -----------------------------------------------------------------

    def _check_list(self, value: LuaValue, argument: int, *events: str) -> None:
        """Raises unless `value` is a table or has the metamethods that make it behave like one."""
        if not isinstance(value, Table) and any(
            self.state.metafield(value, event) is None for event in events
        ):
            type_error(value, argument, "table")

    def _length(self, table: LuaValue, *events: str) -> int:
        """`#table` of the first argument, which must be a list with those metamethods and `__len`."""
        if isinstance(table, Table) and table.metatable is None:
            return len(table.array_part) - 1
        self._check_list(table, 1, *events, "__len")
        return self._any_length(table)

    def _any_length(self, value: LuaValue) -> int:
        if isinstance(value, Table) and value.metatable is None:
            return len(value.array_part) - 1
        length = to_integer(self.state.length(value))
        if length is None:
            raise LibraryError("object length is not an integer")
        return length


def _piece(value: LuaValue, key: int) -> str:
    """A value that `concat` accepts, as text."""
    if type(value) is str:
        return value
    if type(value) is float or type(value) is int:
        return write_number(value)
    raise LibraryError(f"invalid value ({type_name(value)}) at index {key} in table for 'concat'")


def _is_dense(table: LuaValue, size: int) -> bool:
    """Whether no access to 1 … size can reach a metamethod, so that the array part can be used as a list."""
    return isinstance(table, Table) and (
        len(table.array_part) == size + 1
        if table.metatable is None
        else len(table.array_part) > size and None not in table.array_part[1 : size + 1]
    )


class _Natural:
    """The order of `<`, asked like a Lua function."""

    __slots__ = ("less_than",)

    def __init__(self, less_than: Callable[[LuaValue, LuaValue], bool]) -> None:
        self.less_than = less_than

    def many(self, left: LuaValue, right: LuaValue) -> LuaValue:
        """`left < right`."""
        if left.__class__ is right.__class__ and left.__class__ in _ORDERED:
            return TRUE if left < right else FALSE
        return TRUE if self.less_than(left, right) else FALSE
