"""What a decoded instruction reads and writes: register numbers in and out.

    (ADD, 2, 0, 1)   ->  reads {0, 1}, writes {2}
    (CALL, 3, 5, 1)  ->  reads {3, 4}, writes {3, 4, …}: all above the function are lost

An open list of values (behind a call or `...`) ends no one knows where: reading one means
reading every register from its start on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pylua.bytecode.opcodes import INSTRUCTIONS, Op
from pylua.hints import Any, Final
from pylua.vm import decoding
from pylua.vm.decoding import Decoded

__all__ = ["ARITHMETIC", "reads", "writes"]

_TOP: Final = 256

ARITHMETIC: Final = frozenset(
    {
        Op.ADD, Op.SUB, Op.MUL, Op.MOD, Op.POW, Op.DIV, Op.IDIV,
        Op.BAND, Op.BOR, Op.BXOR, Op.SHL, Op.SHR,
    }
)  # fmt: skip
"""Instructions with two registers as operands, followed by an MMBIN."""

_READS_B: Final = frozenset(
    {
        Op.MOVE, Op.GETI, Op.GETFIELD, Op.SELF, Op.ADDI, Op.ADDK, Op.SUBK, Op.MULK, Op.MODK, Op.POWK,
        Op.DIVK, Op.IDIVK, Op.BANDK, Op.BORK, Op.BXORK, Op.SHRI, Op.SHLI, Op.UNM, Op.BNOT, Op.NOT,
        Op.LEN, Op.TESTSET,
    }
)  # fmt: skip
_READS_A: Final = frozenset(
    {
        Op.SETUPVAL, decoding.SETFIELD_K, decoding.SETI_K, Op.TBC, Op.EQK, Op.EQI, Op.LTI, Op.LEI,
        Op.GTI, Op.GEI, Op.TEST, Op.RETURN1,
    }
)  # fmt: skip


def reads(instruction: Decoded) -> Iterable[int]:
    """The registers that the instruction reads."""
    op, a, b, c = instruction
    if op in ARITHMETIC or op in (Op.GETTABLE, decoding.SELF_R):
        return (b, c)
    if op in _READS_B:
        return (b,)
    if op in _READS_A:
        return (a,)
    special = _READS.get(op)
    return () if special is None else special(a, b, c)


_READS: Final[dict[int, Callable[[Any, Any, Any], Iterable[int]]]] = {
    Op.SETTABUP: lambda a, b, c: (c,),
    Op.SETTABLE: lambda a, b, c: (a, b, c),
    decoding.SETTABLE_K: lambda a, b, c: (a, b),
    Op.SETI: lambda a, b, c: (a, c),
    Op.SETFIELD: lambda a, b, c: (a, c),
    Op.EQ: lambda a, b, c: (a, b),
    Op.LT: lambda a, b, c: (a, b),
    Op.LE: lambda a, b, c: (a, b),
    Op.CONCAT: lambda a, b, c: range(a, a + b),
    Op.CALL: lambda a, b, c: range(a, b),
    Op.TAILCALL: lambda a, b, c: range(a, b),
    decoding.CALL_OPEN: lambda a, b, c: range(a, _TOP),
    decoding.TAILCALL_OPEN: lambda a, b, c: range(a, _TOP),
    Op.RETURN: lambda a, b, c: range(a, _TOP if b is None else b),
    decoding.RETURN_CLOSE: lambda a, b, c: range(a, _TOP if b is None else b),
    Op.FORPREP: lambda a, b, c: range(a, a + 3),
    Op.FORLOOP: lambda a, b, c: range(a, a + 3),
    Op.TFORPREP: lambda a, b, c: range(a, a + 4),
    Op.TFORCALL: lambda a, b, c: range(a, a + 3),
    Op.TFORLOOP: lambda a, b, c: (a + 4,),
    Op.SETLIST: lambda a, b, c: range(a, _TOP if b is None else b),
    Op.CLOSURE: lambda a, b, c: [each.index for each in b.upvalues if each.in_stack],
    Op.CLOSE: lambda a, b, c: range(a, _TOP),
}


def writes(instruction: Decoded) -> Iterable[int]:
    """The registers whose values the instruction changes or makes worthless."""
    op, a, b, c = instruction
    special = _WRITES.get(op)
    if special is not None:
        return special(a, b, c)
    return (a,) if op < len(INSTRUCTIONS) and INSTRUCTIONS[op].sets_a else ()


_WRITES: Final[dict[int, Callable[[Any, Any, Any], Iterable[int]]]] = {
    Op.LOADNIL: lambda a, b, c: range(a, a + b + 1),
    Op.SELF: lambda a, b, c: (a, a + 1),
    decoding.SELF_R: lambda a, b, c: (a, a + 1),
    Op.CALL: lambda a, b, c: range(a, _TOP),
    decoding.CALL_OPEN: lambda a, b, c: range(a, _TOP),
    Op.TAILCALL: lambda a, b, c: range(a, _TOP),
    decoding.TAILCALL_OPEN: lambda a, b, c: range(a, _TOP),
    Op.VARARG: lambda a, b, c: range(a, a + b),
    decoding.VARARG_OPEN: lambda a, b, c: range(a, _TOP),
    Op.VARARGPREP: lambda a, b, c: (),
    Op.CONCAT: lambda a, b, c: range(a, a + b),
    Op.FORPREP: lambda a, b, c: range(a, a + 4),
    Op.FORLOOP: lambda a, b, c: (a, a + 1, a + 3),
    Op.TFORCALL: lambda a, b, c: range(a + 4, _TOP),
    Op.TFORLOOP: lambda a, b, c: (a + 2,),
}
