"""Sorting for `table.sort`: items and an order in, items permuted in place.

    sort_items([None, 3, 1, 2], 3, repeated)     -> [None, 1, 2, 3]      (index 0 is not used)

The order function is any Lua function: it may contradict itself, fail, or look at the table.
`sort_items` therefore asks for the same comparisons in the same sequence as PUC Lua does
(quicksort with the median of three, §6.6), so that ties end in the same order and "invalid
order function for sorting" is raised in the same cases.
"""

from __future__ import annotations

from collections.abc import Callable
from math import copysign

from pylua.errors import LibraryError
from pylua.hints import TYPE_CHECKING, Any, Final, Protocol
from pylua.values.types import FALSE, TRUE, LuaValue

if TYPE_CHECKING:
    from pylua.vm.state import Repeated

__all__ = ["Items", "TableView", "natural_order", "sort_items"]

_LARGE: Final = 100
"""Partitions above this size no longer take their middle as pivot once one was badly unbalanced."""
_UNBALANCED: Final = 128
_SCATTER: Final = (1 << 32) - 1
"""The pivot's place then; PUC Lua takes a random number here, a fixed one keeps runs repeatable."""


class Items(Protocol):
    """What can be sorted: a list whose items start at index 1, or a TableView."""

    def __getitem__(self, position: int, /) -> LuaValue: ...
    def __setitem__(self, position: int, value: LuaValue, /) -> None: ...


def _is_less(order: Repeated, left: LuaValue, right: LuaValue) -> bool:
    """Whether `left` comes before `right`."""
    try:
        verdict = order.target.many(left, right)
    except BaseException as fault:
        verdict = order.recover(fault)
    return verdict is TRUE or (verdict is not FALSE and _is_true(verdict))


def _is_true(verdict: Any) -> bool:
    if type(verdict) is tuple or type(verdict) is list:
        verdict = verdict[0] if verdict else None
    return verdict is not None and verdict is not FALSE


class TableView:
    """A table, or an object that behaves like one, with every access through its metamethods."""

    __slots__ = ("_index", "_set_index", "_table")

    def __init__(self, table: LuaValue, index: Callable[..., Any], set_index: Callable[..., Any]) -> None:
        self._table = table
        self._index = index
        self._set_index = set_index

    def __getitem__(self, position: int, /) -> LuaValue:
        return self._index(self._table, position)

    def __setitem__(self, position: int, value: LuaValue, /) -> None:
        self._set_index(self._table, position, value)


def natural_order(items: list[LuaValue]) -> bool:
    """Sorts items[1:] with Python's sort if that cannot differ from Lua's; says whether it did.

    That holds for values of one type whose equal values are indistinguishable: integers,
    strings (Lua's "C" order of bytes), floats without NaN and without zeros of both signs.
    """
    values = items[1:]
    kinds = set(map(type, values))
    if len(kinds) != 1:
        return False
    kind = kinds.pop()
    if kind is float:
        total = sum(values)
        if total != total or (0.0 in values and _has_both_zeros(values)):
            return False
    elif kind is not int and kind is not str:
        return False
    values.sort()
    items[1:] = values
    return True


def _has_both_zeros(values: list[Any]) -> bool:
    return len({copysign(1.0, value) for value in values if value == 0.0}) == 2


def sort_items(items: Items, size: int, order: Repeated) -> None:
    """Sorts items[1] … items[size]. `order` calls what tells whether its first argument comes first."""
    _sort_range(items, 1, size, order, scatter=0)


def _sort_range(items: Items, low: int, high: int, order: Repeated, scatter: int) -> None:
    """Sorts items[low … high]: the smaller part by recursion, the larger by going round the loop."""
    while low < high:
        first, last = items[low], items[high]
        if _is_less(order, last, first):
            items[low], items[high] = last, first
        if high - low == 1:
            return
        middle = _pivot_place(low, high, scatter)
        _order_middle(items, low, middle, high, order)
        if high - low == 2:
            return
        pivot = items[middle]
        items[middle], items[high - 1] = items[high - 1], pivot
        border = _partition(items, low, high, pivot, order)
        if border - low < high - border:
            _sort_range(items, low, border - 1, order, scatter)
            smaller = border - low
            low = border + 1
        else:
            _sort_range(items, border + 1, high, order, scatter)
            smaller = high - border
            high = border - 1
        if (high - low) // _UNBALANCED > smaller:
            scatter = _SCATTER


def _pivot_place(low: int, high: int, scatter: int) -> int:
    if high - low < _LARGE or scatter == 0:
        return (low + high) // 2
    quarter = (high - low) // 4
    return scatter % (quarter * 2) + low + quarter


def _order_middle(items: Items, low: int, middle: int, high: int, order: Repeated) -> None:
    """Puts the median of the three at `middle`, given items[low] <= items[high]."""
    candidate, lowest = items[middle], items[low]
    if _is_less(order, candidate, lowest):
        items[middle], items[low] = lowest, candidate
    else:
        highest = items[high]
        if _is_less(order, highest, candidate):
            items[middle], items[high] = highest, candidate


def _partition(items: Items, low: int, high: int, pivot: LuaValue, order: Repeated) -> int:
    """Brings what is less than `pivot` before it and the rest behind; returns the pivot's place.

    On entry items[low] <= pivot == items[high - 1] <= items[high], so both scans stop
    before they leave the range, unless the order function contradicts itself.
    """
    # The comparisons are written out: calling `_is_less` for each would take as long as what it calls.
    target = order.target
    left, right = low, high - 1
    while True:
        while True:
            left += 1
            from_left = items[left]
            try:
                verdict = target.many(from_left, pivot)
            except BaseException as fault:
                verdict = order.recover(fault)
            if verdict is FALSE or (verdict is not TRUE and not _is_true(verdict)):
                break
            if left == high - 1:
                raise LibraryError("invalid order function for sorting")
        while True:
            right -= 1
            from_right = items[right]
            try:
                verdict = target.many(pivot, from_right)
            except BaseException as fault:
                verdict = order.recover(fault)
            if verdict is FALSE or (verdict is not TRUE and not _is_true(verdict)):
                break
            if right < left:
                raise LibraryError("invalid order function for sorting")
        if right < left:
            items[high - 1], items[left] = from_left, pivot
            return left
        items[left], items[right] = from_right, from_left
