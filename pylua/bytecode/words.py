"""Facts about single instruction words that several checks need.

takes_open(RETURN 1 0)   →  True: it returns all values up to the open end of a list
targets(4, JMP +2)       →  (7,)
"""

from __future__ import annotations

from pylua.bytecode.opcodes import INSTRUCTIONS, OFFSET_SJ, Op
from pylua.hints import Final

__all__ = ["MalformedCode", "leaves", "may_jump", "open_result", "successors", "takes_open", "targets"]

_USES_TOP: Final = tuple(row.uses_top for row in INSTRUCTIONS)
_SETS_TOP: Final = tuple(row.sets_top for row in INSTRUCTIONS)
_IS_TEST: Final = tuple(row.is_test for row in INSTRUCTIONS)
_LEAVES: Final = frozenset({Op.RETURN, Op.RETURN0, Op.RETURN1})
_JUMPS: Final = frozenset({Op.JMP, Op.FORPREP, Op.FORLOOP, Op.TFORLOOP, Op.TFORPREP, Op.LFALSESKIP})
_ALWAYS_JUMPS: Final = frozenset({Op.JMP, Op.TFORPREP, Op.LFALSESKIP})


class MalformedCode(Exception):
    """Code that breaks a rule the VM relies on; the text says which."""


def takes_open(word: int) -> bool:
    """Whether the instruction takes values up to the open end left by the one before."""
    number = word & 0x7F
    return _USES_TOP[number] and word >> 16 & 0xFF == 0 and number != Op.VARARGPREP


def open_result(word: int) -> bool:
    """Whether the instruction leaves the end of its list of values open."""
    number = word & 0x7F
    return number == Op.TAILCALL or (_SETS_TOP[number] and word >> 24 == 0)


def leaves(word: int) -> bool:
    """Whether the function ends here."""
    return word & 0x7F in _LEAVES


def may_jump(number: int) -> bool:
    """Whether instructions of that number have `targets`."""
    return number in _JUMPS or _IS_TEST[number]


def targets(pc: int, word: int) -> tuple[int, ...]:
    """The pcs to which the instruction may jump or skip."""
    number = word & 0x7F
    distance = word >> 15
    if number == Op.JMP:
        return (pc + 1 + (word >> 7) - OFFSET_SJ,)
    if number == Op.FORPREP:
        return (pc + 2 + distance,)
    if number in (Op.FORLOOP, Op.TFORLOOP):
        return (pc + 1 - distance,)
    if number == Op.TFORPREP:
        return (pc + 1 + distance,)
    if number == Op.LFALSESKIP or _IS_TEST[number]:
        return (pc + 2,)
    return ()


def successors(pc: int, word: int) -> tuple[int, ...]:
    """The pcs that may be executed next."""
    if leaves(word):
        return ()
    jumps = targets(pc, word)
    return jumps if word & 0x7F in _ALWAYS_JUMPS else (pc + 1, *jumps)
