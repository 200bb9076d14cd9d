"""Prototype → the VM's own form of its code: one tuple `(op, a, b, c)` per instruction.

The program counter stays that of the instructions proper; only the operands are made ready:

    GETFIELD 2 0 1        ->  (GETFIELD, 2, 0, "name")            constants in place
    LT 0 1 k=1; JMP 5     ->  (LT, 0, 1, (pc + 2, pc + 7))        where to go if false, if true
    FORLOOP 1 4           ->  (FORLOOP, 1, pc - 3, 0)             targets absolute
    SETFIELD 0 1 2 k=1    ->  (SETFIELD_K, 0, "name", "value")    RK operands as two opcodes

Numbers from 83 on are these internal opcodes; PUC's `k` bit never is tested at run time.
"""

from __future__ import annotations

import sys
from _weakref import ref
from collections.abc import Callable

from pylua.bytecode.opcodes import OFFSET_SBX, OFFSET_SC, OFFSET_SJ, OPCODES, Op
from pylua.bytecode.prototype import LONGEST_SHORT_STRING, Prototype
from pylua.hints import Any, Final, TypeAlias

__all__ = [
    "CALL_OPEN",
    "RETURN_CLOSE",
    "SELF_R",
    "SETFIELD_K",
    "SETI_K",
    "SETTABLE_K",
    "SETTABUP_K",
    "TAILCALL_OPEN",
    "VARARG_OPEN",
    "Decoded",
    "decode",
]

Decoded: TypeAlias = tuple[int, Any, Any, Any]

SETTABUP_K: Final = 83
SETTABLE_K: Final = 84
SETI_K: Final = 85
SETFIELD_K: Final = 86
CALL_OPEN: Final = 87
TAILCALL_OPEN: Final = 88
VARARG_OPEN: Final = 89
SELF_R: Final = 90
RETURN_CLOSE: Final = 91
_INTERNAL_K: Final = {
    Op.SETTABUP: SETTABUP_K,
    Op.SETTABLE: SETTABLE_K,
    Op.SETI: SETI_K,
    Op.SETFIELD: SETFIELD_K,
}


def decode(prototype: Prototype) -> list[Decoded]:
    """The decoded code of `prototype`, made once and kept there."""
    if prototype.decoded is None:
        _intern(prototype.constants)
        prototype.decoded = [
            _DECODERS[word & 0x7F](prototype, pc, word) for pc, word in enumerate(prototype.code)
        ]
    decoded: list[Decoded] = prototype.decoded
    return decoded


def _intern(constants: list[Any]) -> None:
    """Makes short strings the same objects everywhere: only then is a field read as an attribute quickly.

    CPython's caches compare a key's identity; with equal ones they are looked up, in 20 ns more.
    """
    for index, value in enumerate(constants):
        if type(value) is str and len(value) <= LONGEST_SHORT_STRING:
            constants[index] = sys.intern(value)


_Decoder: TypeAlias = Callable[[Prototype, int, int], Decoded]


def _abc(word: int) -> tuple[int, int, int, int]:
    return word >> 7 & 0xFF, word >> 16 & 0xFF, word >> 24, word >> 15 & 1


def _plain(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, c, _ = _abc(word)
    return word & 0x7F, a, b, c


def _immediate_load(prototype: Prototype, pc: int, word: int) -> Decoded:
    value = (word >> 15) - OFFSET_SBX
    return Op.LOADK, word >> 7 & 0xFF, value if word & 0x7F == Op.LOADI else float(value), None


def _constant_load(prototype: Prototype, pc: int, word: int) -> Decoded:
    return Op.LOADK, word >> 7 & 0xFF, prototype.constants[word >> 15], None


def _constant_load_extra(prototype: Prototype, pc: int, word: int) -> Decoded:
    return Op.LOADKX, word >> 7 & 0xFF, prototype.constants[prototype.code[pc + 1] >> 7], None


def _key_c(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, c, _ = _abc(word)
    return word & 0x7F, a, b, prototype.constants[c]


def _self(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, c, k = _abc(word)
    return (Op.SELF, a, b, prototype.constants[c]) if k else (SELF_R, a, b, c)


def _store(prototype: Prototype, pc: int, word: int) -> Decoded:
    op = word & 0x7F
    a, b, c, k = _abc(word)
    key = prototype.constants[b] if op in (Op.SETTABUP, Op.SETFIELD) else b
    return (_INTERNAL_K[op], a, key, prototype.constants[c]) if k else (op, a, key, c)


def _immediate_c(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, c, _ = _abc(word)
    return word & 0x7F, a, b, c - OFFSET_SC


def _new_table(prototype: Prototype, pc: int, word: int) -> Decoded:
    return Op.NEWTABLE, word >> 7 & 0xFF, None, None


def _metamethod(prototype: Prototype, pc: int, word: int) -> Decoded:
    """MMBIN…: `b` is (left is register A, second operand's kind and value, swapped), `c` the event."""
    op = word & 0x7F
    a, b, c, k = _abc(word)
    if op == Op.MMBINI:
        return op, a, (b - OFFSET_SC, bool(k)), c
    if op == Op.MMBINK:
        return op, a, (prototype.constants[b], bool(k)), c
    return op, a, b, c


def _jump(prototype: Prototype, pc: int, word: int) -> Decoded:
    return Op.JMP, pc + 1 + (word >> 7) - OFFSET_SJ, None, None


def _branches(prototype: Prototype, pc: int, wanted: int) -> tuple[int, int]:
    """Where a test at `pc` goes if its condition is false, and if it is true.

    The jump behind a test is part of it: it is neither fetched nor counted (§ as in PUC).
    """
    jump = prototype.code[pc + 1]
    target = pc + 2 + (jump >> 7) - OFFSET_SJ
    return (pc + 2, target) if wanted else (target, pc + 2)


def _test(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, _, k = _abc(word)
    return word & 0x7F, a, b, _branches(prototype, pc, k)


def _test_constant(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, _, k = _abc(word)
    return word & 0x7F, a, prototype.constants[b], _branches(prototype, pc, k)


def _test_immediate(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, _, k = _abc(word)
    return word & 0x7F, a, b - OFFSET_SC, _branches(prototype, pc, k)


def _test_and_set(prototype: Prototype, pc: int, word: int) -> Decoded:
    """`c` is (the truth that sets the register and jumps, the jump's target)."""
    a, b, _, k = _abc(word)
    return Op.TESTSET, a, b, (bool(k), _branches(prototype, pc, k)[k])


def _call(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, c, _ = _abc(word)
    return (Op.CALL, a, a + b, c - 1) if b else (CALL_OPEN, a, None, c - 1)


def _tail_call(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, _, k = _abc(word)
    return (Op.TAILCALL, a, a + b, k) if b else (TAILCALL_OPEN, a, None, k)


def _return(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, _, k = _abc(word)
    end = a + b - 1 if b else None
    return (RETURN_CLOSE if k else Op.RETURN), a, end, None


def _loop_back(prototype: Prototype, pc: int, word: int) -> Decoded:
    return word & 0x7F, word >> 7 & 0xFF, pc + 1 - (word >> 15), None


def _loop_start(prototype: Prototype, pc: int, word: int) -> Decoded:
    extra = 2 if word & 0x7F == Op.FORPREP else 1
    return word & 0x7F, word >> 7 & 0xFF, pc + extra + (word >> 15), None


def _set_list(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, b, c, k = _abc(word)
    offset = c + ((prototype.code[pc + 1] >> 7) << 8) if k else c
    return Op.SETLIST, a, a + 1 + b if b else None, (offset + 1, pc + 1 + k)


def _closure(prototype: Prototype, pc: int, word: int) -> Decoded:
    nested = prototype.prototypes[word >> 15]
    nested.parent = ref(prototype)
    return Op.CLOSURE, word >> 7 & 0xFF, nested, None


def _vararg(prototype: Prototype, pc: int, word: int) -> Decoded:
    a, _, c, _ = _abc(word)
    return (Op.VARARG, a, c - 1, None) if c else (VARARG_OPEN, a, None, None)


def _extra(prototype: Prototype, pc: int, word: int) -> Decoded:
    return Op.EXTRAARG, word >> 7, None, None


_SPECIAL: Final[dict[str, _Decoder]] = {
    "LOADI": _immediate_load,
    "LOADF": _immediate_load,
    "LOADK": _constant_load,
    "LOADKX": _constant_load_extra,
    "GETTABUP": _key_c,
    "GETFIELD": _key_c,
    "SETTABUP": _store,
    "SETTABLE": _store,
    "SETI": _store,
    "SETFIELD": _store,
    "NEWTABLE": _new_table,
    "SELF": _self,
    "ADDI": _immediate_c,
    "SHRI": _immediate_c,
    "SHLI": _immediate_c,
    "ADDK": _key_c,
    "SUBK": _key_c,
    "MULK": _key_c,
    "MODK": _key_c,
    "POWK": _key_c,
    "DIVK": _key_c,
    "IDIVK": _key_c,
    "BANDK": _key_c,
    "BORK": _key_c,
    "BXORK": _key_c,
    "MMBIN": _metamethod,
    "MMBINI": _metamethod,
    "MMBINK": _metamethod,
    "JMP": _jump,
    "EQ": _test,
    "LT": _test,
    "LE": _test,
    "EQK": _test_constant,
    "EQI": _test_immediate,
    "LTI": _test_immediate,
    "LEI": _test_immediate,
    "GTI": _test_immediate,
    "GEI": _test_immediate,
    "TEST": _test,
    "TESTSET": _test_and_set,
    "CALL": _call,
    "TAILCALL": _tail_call,
    "RETURN": _return,
    "FORLOOP": _loop_back,
    "FORPREP": _loop_start,
    "TFORPREP": _loop_start,
    "TFORLOOP": _loop_back,
    "SETLIST": _set_list,
    "CLOSURE": _closure,
    "VARARG": _vararg,
    "EXTRAARG": _extra,
}
_DECODERS: Final = [_SPECIAL.get(name, _plain) for name in OPCODES]
