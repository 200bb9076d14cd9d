"""Loops that do nothing but set one element after the other → one assignment of a slice.

    for i = 1, n do t[i] = true end       for r3 in filled(i0, r4, TRUE): …
    for i = 1, n do t[i] = i end    ->    for r3 in filled(i0, r4): …
    for i = 1, n do t[i] = u[i] end       for r3 in copied(i0, r4, r5): …

Lua has no other way to make an array of a size. The functions do the whole work and leave no rounds to
the loop; where a table is not as simple as that (it has a metatable, its list is shorter, a value is
nil), they do nothing and leave all rounds.
"""

from __future__ import annotations

from collections.abc import Iterable

from pylua.bytecode.opcodes import Op
from pylua.hints import Any, Final
from pylua.jit import notes
from pylua.jit.lowering import Lowering
from pylua.values.table import NOTHING, Table
from pylua.vm.decoding import SETTABLE_K

__all__ = ["copied", "filled", "filling"]

_FEW: Final = 10
"""Rounds that take no longer than the call."""
_MOST: Final = 1 << 16
"""Elements set at once; so many bytes are never a question of memory."""
_NOTHING_LEFT: Final[tuple[int, ...]] = ()


def filling(code: Lowering, prep: int) -> str | None:
    """What the loop prepared by the FORPREP at `prep` goes through, if all it does is to fill a list."""
    base = code.code[prep][1]
    fill = _fill(code, prep, f"i{base}")
    return fill and f"{fill} if {code.register(base + 1)} > {_FEW} else i{base}"


def _fill(code: Lowering, prep: int, rounds: str) -> str | None:
    _, base, exit_, _ = code.code[prep]
    *before, (op, table, key, value) = code.code[prep + 1 : exit_ - 1] or [(0, 0, 0, 0)]
    if op not in (Op.SETTABLE, SETTABLE_K) or code.notes.counts_allocations:
        return None
    if key != base + 3 or key in code.captured or code.notes.level.get(exit_ - 2, 0) > 0:
        return None
    place = code.register(table)
    if op == SETTABLE_K:
        return None if before or value is None else f"filled({rounds}, {place}, {code.constant(value)})"
    if not before:
        given = "" if value == key else f", {code.register(value)}"
        return f"filled({rounds}, {place}{given})"
    read, dest, source, index = before[0]
    if len(before) > 1 or read != Op.GETTABLE or dest != value or index != key or dest in (table, source):
        return None
    is_simple = dest not in code.captured and not code.notes.seen.get(prep + 1, 0) & notes.METAMETHODS
    return f"copied({rounds}, {place}, {code.register(source)})" if is_simple else None


def filled(rounds: Any, table: Any, *value: Any) -> Iterable[int]:
    """Sets the elements with the numbers `rounds` to `value`, or to their own numbers; the rounds left."""
    if not _is_list(rounds, table) or (value and value[0] is None):
        return rounds  # type: ignore[no-any-return]
    _set(table, rounds, list(value) * len(rounds) if value else rounds)
    return _NOTHING_LEFT


def copied(rounds: Any, table: Any, source: Any) -> Iterable[int]:
    """Sets the elements with the numbers `rounds` to those of `source`; the rounds left."""
    if not _is_list(rounds, table) or not isinstance(source, Table):
        return rounds  # type: ignore[no-any-return]
    values = source.array_part[rounds.start : rounds.stop : rounds.step]
    if len(values) < len(rounds) or None in values:
        return rounds  # type: ignore[no-any-return]
    _set(table, rounds, values)
    return _NOTHING_LEFT


def _is_list(rounds: Any, table: Any) -> bool:
    """Whether the numbers are those of elements that a table's list has, or may get next."""
    if (
        rounds.__class__ is not range
        or not _FEW <= len(rounds) < _MOST
        or not isinstance(table, Table)
        or table.metatable is not None
    ):
        return False
    first, size = rounds.start, len(table.array_part)
    if rounds[-1] < size:
        return first > 0 and rounds.step > 0
    return rounds.step == 1 and 0 < first <= size and not table.hash_part


def _set(table: Table, rounds: range, values: Any) -> None:
    if table.array_part is NOTHING:
        table.array_part = [None, *values]
    else:
        table.array_part[rounds.start : rounds.stop : rounds.step] = values
