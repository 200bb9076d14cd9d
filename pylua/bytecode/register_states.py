"""What registers surely hold, followed through a function's code along every way.

Two instructions trust the content of registers, because the compiler prepared it: FORLOOP
(the state made by FORPREP) and SETLIST (a table made by NEWTABLE). Code from outside could
overwrite it, or jump past the preparation:

    FORPREP 0 …    registers 0–2 are a loop's state
    LOADNIL 1 0    … not any more
    FORLOOP 0 …    MalformedCode

A state is three sets of registers as bit masks; where ways meet, only what all agree on stays.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pylua.bytecode.opcodes import INSTRUCTIONS, Op
from pylua.bytecode.prototype import Prototype
from pylua.bytecode.words import MalformedCode, successors

__all__ = ["check_register_states"]

_ALL: Final = (1 << 260) - 1
_SETS_A: Final = tuple(row.sets_a for row in INSTRUCTIONS)
_TRUSTING: Final = frozenset({Op.FORLOOP, Op.SETLIST})
_METAMETHOD_OPS: Final = frozenset({Op.MMBIN, Op.MMBINI, Op.MMBINK})


class _State(NamedTuple):
    """`tables`: registers with a table; `loops`: first registers of a loop's state;
    `captured`: registers that closures share, and may overwrite at any time."""

    tables: int
    loops: int
    captured: int

    def joined(self, other: _State) -> _State:
        return _State(self.tables & other.tables, self.loops & other.loops, self.captured | other.captured)

    def written(self, registers: int) -> _State:
        """After an assignment to the registers of a mask."""
        touched = registers | registers >> 1 | registers >> 2
        return self._replace(tables=self.tables & ~registers, loops=self.loops & ~touched)


def check_register_states(function: Prototype) -> None:
    """Raises MalformedCode if a FORLOOP or SETLIST may meet registers that were not prepared."""
    code = function.code
    if not any(word & 0x7F in _TRUSTING for word in code):
        return
    states: dict[int, _State] = {0: _State(0, 0, 0)}
    waiting = [0]
    while waiting:
        pc = waiting.pop()
        for following, after in _steps(function, pc, states[pc]):
            known = states.get(following)
            joined = after if known is None else known.joined(after)
            if joined != known:
                states[following] = joined
                waiting.append(following)
    for pc, state in states.items():
        _check(code[pc], pc, state)


def _check(word: int, pc: int, state: _State) -> None:
    register = word >> 7 & 0xFF
    if word & 0x7F == Op.FORLOOP and not state.loops >> register & 1:
        raise MalformedCode(f"loop without preparation at {pc + 1}")
    if word & 0x7F == Op.SETLIST and not state.tables >> register & 1:
        raise MalformedCode(f"list stored in no table at {pc + 1}")


def _steps(function: Prototype, pc: int, state: _State) -> list[tuple[int, _State]]:
    """Where the instruction leads, and the state there."""
    word = function.code[pc]
    number = word & 0x7F
    register = word >> 7 & 0xFF
    if number == Op.FORPREP:
        exhausted = state.written(0b1111 << register)
        running = exhausted
        if not state.captured >> register & 0b111:
            running = exhausted._replace(loops=exhausted.loops | 1 << register)
        return [(pc + 1, running), (successors(pc, word)[1], exhausted)]
    after = _after(function, pc, word, state)
    return [(following, after) for following in successors(pc, word)]


def _after(function: Prototype, pc: int, word: int, state: _State) -> _State:
    number = word & 0x7F
    register = word >> 7 & 0xFF
    if number == Op.NEWTABLE:
        after = state.written(1 << register)
        if state.captured >> register & 1:
            return after
        return after._replace(tables=after.tables | 1 << register)
    if number == Op.FORLOOP:
        return state.written(1 << register + 3)
    if number == Op.CLOSE:
        return state._replace(captured=state.captured & (1 << register) - 1)
    after = state.written(_written_registers(function, pc, word))
    if number == Op.CLOSURE:
        nested = function.prototypes[word >> 15]
        captured = 0
        for upvalue in nested.upvalues:
            if upvalue.in_stack:
                captured |= 1 << upvalue.index
        return after.written(captured)._replace(captured=after.captured | captured)
    return after


def _written_registers(function: Prototype, pc: int, word: int) -> int:
    """The mask of the registers that the instruction may assign."""
    number = word & 0x7F
    register = word >> 7 & 0xFF
    if number in _METAMETHOD_OPS:
        return 1 << (function.code[pc - 1] >> 7 & 0xFF)
    if number == Op.LOADNIL:
        return ((2 << (word >> 16 & 0xFF)) - 1) << register
    if number == Op.SELF:
        return 0b11 << register
    if number in (Op.CALL, Op.TAILCALL, Op.VARARG, Op.CONCAT):
        return _ALL << register & _ALL
    if number == Op.TFORCALL:
        return _ALL << register + 4 & _ALL
    if number == Op.TFORLOOP:
        return 1 << register + 2
    return 1 << register if _SETS_A[number] else 0
