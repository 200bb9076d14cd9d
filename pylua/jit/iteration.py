"""What the loops of generated code go through: numbers, the entries of tables, the results of calls.

loop_range(1, 10, 2)              ->   range(1, 11, 2)
entries(next, {x = 1}, nil)       ->   ("x", 1), live, at the speed of zip and map
elements(step, {"a", "b"}, 0)     ->   (1, "a"), (2, "b")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from pylua.errors import HandOver
from pylua.hints import Any, Final
from pylua.values.functions import NativeFunction
from pylua.values.table import Table
from pylua.vm.loops import clip_limit

__all__ = ["adjust", "elements", "entries", "float_range", "iterate", "loop_range", "results_of"]

_NUMERIC: Any = (int, float)
_LARGE: Final = 1000
"""So many keys are listed before a traversal begins: looking at the first ones must not cost more."""


def loop_range(first: Any, limit: Any, step: Any) -> Iterable[Any]:
    """The values of a numeric loop (§3.3.5)."""
    if first.__class__ is int and step.__class__ is int:
        if limit.__class__ not in _NUMERIC or not step:
            raise HandOver
        bound = clip_limit(limit, step)
        return () if bound is None else range(first, bound + (1 if step > 0 else -1), step)
    if not (
        first.__class__ in _NUMERIC and limit.__class__ in _NUMERIC and step.__class__ in _NUMERIC and step
    ):
        raise HandOver
    return float_range(float(first), float(limit), float(step))


def float_range(value: float, limit: float, step: float) -> Iterator[float]:
    """The values of a loop over floats."""
    if limit < value if step > 0.0 else value < limit:
        return
    while True:  # a loop to NaN runs once
        yield value
        value += step
        if not (value <= limit if step > 0.0 else limit <= value):
            return


def iterate(function: Any, subject: Any, control: Any, wanted: int) -> Iterable[Any]:
    """The values that a generic loop over a native function goes through (§3.3.5)."""
    if isinstance(subject, Table) and type(function) is NativeFunction and wanted <= 2:
        if function.name == "next" and control is None:
            return subject.raw_keys() if wanted == 1 else subject.raw_items()
        if function.name == "ipairs_iterator" and control == 0 and subject.metatable is None:
            return _keys_of(subject) if wanted == 1 else _elements(subject)
    return _calls(function, subject, control, wanted)


def elements(function: Any, subject: Any, control: Any) -> Iterable[tuple[int, Any]]:
    """What ipairs goes through: up to the first nil, or to the end of the array part."""
    if (
        not isinstance(subject, Table)
        or subject.metatable is not None
        or control.__class__ is not int
        or control < 0
        or function.__class__ is not NativeFunction
        or function.name != "ipairs_iterator"
    ):
        raise HandOver
    rest = enumerate(subject.array_part)
    next(rest)
    return islice(rest, control, None) if control else rest


def entries(function: Any, subject: Any, control: Any) -> Iterable[tuple[Any, Any]]:
    """What pairs goes through, live; values that are nil by the time they are reached are None."""
    if not isinstance(subject, Table) or function.__class__ is not NativeFunction or function.name != "next":
        raise HandOver
    if control is not None:
        return _entries_after(subject, control)
    array, fields = subject.array_part, subject.hash_part
    if len(array) > 1:  # the VM may have to go on behind a key that is beyond the list by then
        traversal = subject.traversed()
        traversal.former = max(traversal.former, len(array))
    if len(fields) > _LARGE:
        return subject.raw_items()
    keys = subject.keys_to_visit() if fields else ()
    # `strict=False` would be a third of what this costs.
    if len(array) == 1:
        return zip(keys, map(fields.get, keys))  # noqa: B905
    values = zip(range(len(array)), array)  # noqa: B905 (index 0 holds no value, and is passed over)
    return chain(values, zip(keys, map(fields.get, keys))) if keys else values  # noqa: B905


def _entries_after(table: Table, key: Any) -> Iterator[tuple[Any, Any]]:
    """The rest of a traversal that has come to `key`."""
    while (entry := table.raw_next(key)) is not None:
        key = entry[0]
        yield entry


def _elements(table: Table) -> Iterator[tuple[int, Any]]:
    """What ipairs gives, as long as the table gets no metatable."""
    key = 1
    array = table.array_part
    while key < len(array):
        value = array[key]
        if value is None:
            break
        yield key, value
        key += 1
    while (value := table.raw_get(key)) is not None:
        yield key, value
        key += 1
    if table.metatable is not None:
        raise HandOver


def _keys_of(table: Table) -> Iterator[int]:
    for key, _ in _elements(table):
        yield key


def results_of(function: Any) -> Iterator[Any]:
    """What a native function that has a source of results gives, one call each."""
    if function.__class__ is not NativeFunction or function.source is None:
        raise HandOver
    return function.source.results  # type: ignore[no-any-return]


def _calls(function: Any, subject: Any, control: Any, wanted: int) -> Iterator[Any]:
    call = function.many
    while True:
        results = call(subject, control)
        if results.__class__ is tuple:
            control = results[0] if results else None
            if control is None:
                return
            yield control if wanted == 1 else adjust(results, wanted)
        elif results is None:
            return
        else:
            control = results
            yield results if wanted == 1 else adjust(results, wanted)


def adjust(results: Any, wanted: int) -> tuple[Any, ...]:
    """Results of a call (one value or a tuple) as exactly `wanted` values."""
    if results.__class__ is not tuple:
        return (results,) + (None,) * (wanted - 1)
    count = len(results)
    if count == wanted:
        return results
    return results[:wanted] if count > wanted else results + (None,) * (wanted - count)
