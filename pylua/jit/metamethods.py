"""Which metamethod an instruction is about to call: a frame of the VM comes in, a table's handler goes out.

ADD 2 0 1, MMBIN 0 1 __add     r0 = setmetatable({}, {__add = f})     ->   f
EQ 0 1                         r0, r1 the same table                  ->   None
"""

from __future__ import annotations

from pylua.bytecode.opcodes import METAMETHOD_OPS, Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.waiting import PLAIN_CALLS, STORES
from pylua.values.metamethods import EVENTS
from pylua.values.table import Table
from pylua.values.types import LuaValue
from pylua.vm import decoding

if TYPE_CHECKING:
    from pylua.vm.thread import Frame

__all__ = ["COMPARISONS", "called_at", "metamethod_at"]

_UNARY: Final = {Op.UNM: "__unm", Op.LEN: "__len", Op.BNOT: "__bnot"}
COMPARISONS: Final = {Op.EQ: "__eq", Op.LT: "__lt", Op.LE: "__le"}
_READS: Final = frozenset({Op.GETFIELD, Op.GETTABLE, Op.GETI})
_STORES: Final = STORES - {Op.SETTABUP, decoding.SETTABUP_K}


def called_at(frame: Frame, pc: int) -> Any:
    """What the instruction at `pc` is to call, perhaps a metamethod."""
    op, a, _, _ = frame.code[pc]
    if op not in PLAIN_CALLS:
        return metamethod_at(frame, pc)
    callee = frame.registers[a]
    return _handler("__call", callee) if isinstance(callee, Table) else callee


def metamethod_at(frame: Frame, pc: int) -> LuaValue:
    """What the instruction at `pc`, which is no call, is to call, if its operands are tables."""
    op, a, b, c = frame.code[pc]
    registers = frame.registers
    if op in _UNARY:
        return _handler(_UNARY[op], registers[b])
    if op in COMPARISONS:
        is_same = op == Op.EQ and registers[a] is registers[b]
        return None if is_same else _handler(COMPARISONS[op], registers[a], registers[b])
    if op == Op.CONCAT:
        return _handler("__concat", *registers[a + b - 2 : a + b])
    if op in _READS:
        return _unless_there(registers[b], registers[c] if op == Op.GETTABLE else c, "__index")
    if op in _STORES:
        key = registers[b] if op in (Op.SETTABLE, decoding.SETTABLE_K) else b
        return _unless_there(registers[a], key, "__newindex")
    op, a, b, event = frame.code[pc + 1]
    if op not in METAMETHOD_OPS:
        return None
    return _handler(EVENTS[event], registers[a], registers[b] if op == Op.MMBIN else None)


def _handler(event: str, *operands: LuaValue) -> LuaValue:
    for operand in operands:
        if isinstance(operand, Table) and operand.metatable is not None:
            handler = operand.metatable.hash_part.get(event)
            if handler is not None:
                return handler
    return None


def _unless_there(table: LuaValue, key: LuaValue, event: str) -> LuaValue:
    if not isinstance(table, Table) or table.raw_get(key) is not None:
        return None
    return _handler(event, table)
