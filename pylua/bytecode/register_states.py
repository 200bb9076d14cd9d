"""What registers surely hold, followed through a function's code along every way.

Two instructions trust the content of registers, because the compiler prepared it: FORLOOP
(the state made by FORPREP) and SETLIST (a table made by NEWTABLE). Code from outside could
overwrite it, or jump past the preparation:

    FORPREP 0 …    registers 0–2 are a loop's state
    LOADNIL 1 0    … not any more
    FORLOOP 0 …    MalformedCode

A state is three sets of registers as bit masks: `tables` hold a table; at `loops` a loop's state
begins; `captured` are those that closures share, and may overwrite at any time. Where ways meet,
only what all agree on stays, so that every state only ever loses what it promised, and a
promise that fails at any visit fails for good.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import INSTRUCTIONS, Op
from pylua.bytecode.prototype import Prototype
from pylua.bytecode.words import MalformedCode, may_jump, successors, targets
from pylua.hints import Final, TypeAlias

__all__ = ["check_register_states"]

_State: TypeAlias = tuple[int, int, int]

_TRUSTING: Final = frozenset({Op.FORLOOP, Op.SETLIST})

_NOTHING, _REGISTER, _REGISTER_AND_ABOVE, _OTHERWISE = range(4)


def _effect(number: int) -> int:
    """What an instruction assigns, if it then goes on with the next one; else _OTHERWISE."""
    special = {Op.SELF, Op.LOADNIL, Op.NEWTABLE, Op.CLOSURE, Op.CLOSE, Op.SETLIST, Op.TFORCALL}
    ends = {Op.RETURN, Op.RETURN0, Op.RETURN1}
    if number in special or number in ends or may_jump(number):
        return _OTHERWISE
    if number in (Op.CALL, Op.TAILCALL, Op.VARARG, Op.CONCAT):
        return _REGISTER_AND_ABOVE
    # a metamethod's result goes where the arithmetic before it has put its own
    return _REGISTER if INSTRUCTIONS[number].sets_a and not INSTRUCTIONS[number].metamethod else _NOTHING


_EFFECTS: Final = tuple(_effect(row.number) for row in INSTRUCTIONS)


def check_register_states(function: Prototype) -> None:
    """Raises MalformedCode if a FORLOOP or SETLIST may meet registers that were not prepared."""
    code = function.code
    if _TRUSTING.isdisjoint([word & 0x7F for word in code]):
        return
    meetings: dict[int, _State | None] = {
        target: None for pc, word in enumerate(code) for target in targets(pc, word)
    }
    waiting: list[tuple[int, _State]] = [(0, (0, 0, 0))]
    while waiting:
        _follow(function, *waiting.pop(), meetings, waiting)


def _follow(
    function: Prototype,
    pc: int,
    state: _State,
    meetings: dict[int, _State | None],
    waiting: list[tuple[int, _State]],
) -> None:
    """Goes on from `pc` until the way ends or nothing new is learnt; other ways are left `waiting`."""
    code = function.code
    tables, loops, captured = state
    while True:
        if pc in meetings:
            known = meetings[pc]
            if known is not None:
                tables, loops, captured = tables & known[0], loops & known[1], captured | known[2]
                if known == (tables, loops, captured):
                    return
            meetings[pc] = tables, loops, captured
        word = code[pc]
        effect = _EFFECTS[word & 0x7F]
        if effect == _OTHERWISE:
            ways = _steps(function, pc, word, (tables, loops, captured))
            if not ways:
                return
            pc, (tables, loops, captured) = ways[0]
            waiting += ways[1:]
            continue
        pc += 1
        if effect and (tables or loops):
            register = word >> 7 & 0xFF
            registers = 1 << register if effect == _REGISTER else -1 << register
            tables, loops = _written(tables, loops, registers)


def _written(tables: int, loops: int, registers: int) -> tuple[int, int]:
    """What is left after an assignment to the registers of a mask; a loop's state has three."""
    return tables & ~registers, loops & ~(registers | registers >> 1 | registers >> 2)


def _steps(function: Prototype, pc: int, word: int, state: _State) -> list[tuple[int, _State]]:
    """Where the instruction leads, and the state there."""
    number = word & 0x7F
    register = word >> 7 & 0xFF
    tables, loops, captured = state
    if number == Op.FORLOOP and not loops >> register & 1:
        raise MalformedCode(f"loop without preparation at {pc + 1}")
    if number == Op.SETLIST and not tables >> register & 1:
        raise MalformedCode(f"list stored in no table at {pc + 1}")
    if number == Op.FORPREP:
        tables, loops = _written(tables, loops, 0b1111 << register)
        running = loops if captured >> register & 0b111 else loops | 1 << register
        return [(pc + 1, (tables, running, captured)), (targets(pc, word)[0], (tables, loops, captured))]
    after = _after(function, word, state)
    return [(following, after) for following in successors(pc, word)]


def _after(function: Prototype, word: int, state: _State) -> _State:
    """The state behind an instruction that does more than to assign some registers."""
    number = word & 0x7F
    register = word >> 7 & 0xFF
    tables, loops, captured = state
    if number == Op.CLOSE:
        return tables, loops, captured & (1 << register) - 1
    tables, loops = _written(tables, loops, _written_registers(word))
    if number == Op.NEWTABLE and not captured >> register & 1:
        tables |= 1 << register
    if number == Op.CLOSURE:
        for upvalue in function.prototypes[word >> 15].upvalues:
            if upvalue.in_stack:
                captured |= 1 << upvalue.index
                tables, loops = _written(tables, loops, 1 << upvalue.index)
    return tables, loops, captured


def _written_registers(word: int) -> int:
    """The mask of the registers that the instruction may assign."""
    number = word & 0x7F
    register = word >> 7 & 0xFF
    if number == Op.LOADNIL:
        return ((2 << (word >> 16 & 0xFF)) - 1) << register
    if number == Op.SELF:
        return 0b11 << register
    if number == Op.TFORCALL:
        return -1 << register + 4
    if number == Op.TFORLOOP:
        return 1 << register + 2
    if number == Op.FORLOOP:
        return 1 << register + 3
    return 1 << register if INSTRUCTIONS[number].sets_a else 0
