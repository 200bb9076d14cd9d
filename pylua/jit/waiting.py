"""A frame that fast code has left waits for the call that its instruction has made, as the VM's frames do.

CALL 3 2 (r4) one result   ─▶   dest 3, wanted 1
ADD 2 0 1, MMBIN           ─▶   dest 2, wanted METAMETHOD, on behind the MMBIN
"""

from __future__ import annotations

from pylua.bytecode.opcodes import METAMETHOD_OPS, Op
from pylua.hints import Final
from pylua.vm.decoding import (
    CALL_OPEN,
    SELF_R,
    SETFIELD_K,
    SETI_K,
    SETTABLE_K,
    SETTABUP_K,
    TAILCALL_OPEN,
)
from pylua.vm.thread import CONCAT, METAMETHOD, NEWINDEX, OPEN, TEST, Frame

__all__ = ["CALLS", "PLAIN_CALLS", "STORES", "TAIL_CALLS", "wait"]

TAIL_CALLS: Final = frozenset({Op.TAILCALL, TAILCALL_OPEN})
PLAIN_CALLS: Final = TAIL_CALLS | {Op.CALL, CALL_OPEN}
CALLS: Final = PLAIN_CALLS | {Op.TFORCALL}
STORES: Final = frozenset(
    {
        Op.SETTABUP, Op.SETTABLE, Op.SETI, Op.SETFIELD, SETTABUP_K, SETTABLE_K, SETI_K, SETFIELD_K,
    }
)  # fmt: skip
_TESTS: Final = frozenset({Op.EQ, Op.LT, Op.LE, Op.LTI, Op.LEI, Op.GTI, Op.GEI})


def wait(frame: Frame, pc: int) -> None:
    """Lets `frame` wait for the call that its instruction has made."""
    op, a, b, c = frame.code[pc]
    frame.pc = pc + 1
    if op == Op.TFORCALL:
        frame.dest, frame.wanted = a + 4, c
    elif op in TAIL_CALLS:
        frame.dest, frame.wanted = a, OPEN
    elif op in (Op.CALL, CALL_OPEN):
        frame.dest, frame.wanted = a, c
    elif op in STORES:
        frame.dest, frame.wanted = 0, NEWINDEX
    elif op in _TESTS:
        frame.dest, frame.wanted = 0, TEST
    elif op == Op.CONCAT:
        frame.dest, frame.wanted, frame.top = a, CONCAT, a
    else:
        frame.dest, frame.wanted = a, METAMETHOD
        if frame.code[pc + 1][0] in METAMETHOD_OPS:
            frame.pc = pc + 2
        elif op in (Op.SELF, SELF_R):
            frame.registers[a + 1] = frame.registers[b]
