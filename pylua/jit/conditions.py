"""Comparisons and tests as Python conditions.

LT 1 2       ->   "r1 < r2", "not r1 < r2"
TEST 3       ->   "r3 is not None and r3 is not FALSE", "r3 is None or r3 is FALSE"
EQK 1 nil    ->   "r1 is None", "r1 is not None"
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import Final
from pylua.jit import kinds, notes
from pylua.jit.lowering import Lowering
from pylua.jit.metamethod_code import calls_metamethod, write_comparison
from pylua.values.types import FALSE, TRUE

__all__ = ["condition"]

_COMPARISONS: Final = {
    Op.LT: "<",
    Op.LE: "<=",
    Op.LTI: "<",
    Op.LEI: "<=",
    Op.GTI: ">",
    Op.GEI: ">=",
}
_CLASSES: Final = {notes.INT: "int", notes.STRING: "str", notes.FLOAT: "float"}
_PRIMITIVE: Final = kinds.TYPES ^ kinds.TABLE ^ kinds.OTHER


def condition(code: Lowering, pc: int) -> tuple[str, str]:
    """The condition that the instruction at `pc` asks, and its opposite, as Python expressions.

    Lines that are to stand before it are emitted.
    """
    place = code.register
    op, a, b, c = code.code[pc]
    if op == Op.TEST:
        return _truth(code, a)
    if op == Op.TESTSET:
        true, false = _truth(code, b)
        return (true, false) if c[0] else (false, true)
    if op in (Op.EQK, Op.EQI):
        constant = code.constant(b)
        if b is None or b is TRUE or b is FALSE:
            return f"{place(a)} is {constant}", f"{place(a)} is not {constant}"
        return f"{place(a)} == {constant}", f"{place(a)} != {constant}"
    if calls_metamethod(code, pc):
        return write_comparison(code, a, b, op)
    if op == Op.EQ:
        return _equality(code, a, b)
    right = place(b) if op in (Op.LT, Op.LE) else code.constant(b)
    if code.level() > 0:
        return _compared_by_call(op, place(a), right)
    comparison = f"{place(a)} {_COMPARISONS[op]} {right}"
    return comparison, f"not {comparison}"


def _equality(code: Lowering, a: int, b: int) -> tuple[str, str]:
    left, right = code.register(a), code.register(b)
    if not (code.knows(a)[0] & ~_PRIMITIVE and code.knows(b)[0] & ~_PRIMITIVE):
        return f"{left} == {right}", f"{left} != {right}"
    kind = _CLASSES.get(notes.kinds_of(code.seen())[0])
    quick = "" if kind is None else f"{left}.__class__ is not {kind} and "
    ask = "equal" if code.level() > 0 else "same"
    equal = f"{left} == {right} or {quick}{left}.__class__ not in PRIMITIVE and {ask}({left}, {right})"
    seen = notes.kinds_of(code.seen())
    if seen[0] & notes.TABLE:
        are_tables = seen == (notes.TABLE, notes.TABLE) and code.level() == 0
        is_plain = _are_plain_tables(left, right, are_tables)
        equal = f"({left} is {right} if {is_plain} else {equal})"
    return equal, f"not ({equal})"


def _are_plain_tables(left: str, right: str, are_tables: bool) -> str:
    """Whether two objects are tables of one kind, which has no `__eq`; fails if `are_tables` is wrong."""
    both = "" if are_tables else f"isinstance({left}, Table) and isinstance({right}, Table) and "
    is_one_kind = f"(n := {left}.metatable) is {right}.metatable"
    return f"{both}{is_one_kind} and (n is None or '__eq' not in n.hash_part)"


def _compared_by_call(op: int, left: str, right: str) -> tuple[str, str]:
    if op in (Op.GTI, Op.GEI):
        left, right = right, left
    event = "__lt" if op in (Op.LT, Op.LTI, Op.GTI) else "__le"
    comparison = f"less({left}, {right}, {event!r})"
    return comparison, f"not {comparison}"


def _truth(code: Lowering, register: int) -> tuple[str, str]:
    value = code.register(register)
    mask = code.knows(register)[0]
    if mask == kinds.BOOLEAN:
        return f"{value} is TRUE", f"{value} is FALSE"
    if not mask & kinds.BOOLEAN:
        return f"{value} is not None", f"{value} is None"
    if not mask & kinds.NIL:
        return f"{value} is not FALSE", f"{value} is FALSE"
    return f"{value} is not None and {value} is not FALSE", f"{value} is None or {value} is FALSE"
