"""The instruction set of Lua 5.4: one table that everything else derives from.

An instruction is 32 bits. Five formats share the opcode in the lowest seven:

    iABC   op 7 | A 8 | k 1 | B 8 | C 8        sB, sC: B or C minus 127
    iABx   op 7 | A 8 | Bx 17
    iAsBx  op 7 | A 8 | sBx 17 (Bx minus 65535)
    iAx    op 7 | Ax 25
    isJ    op 7 | sJ 25 (minus 16777215)

In effects, R is a register, K a constant, U an upvalue, P a nested prototype; `k` the one-bit
operand; RK(C) is K[C] if k else R[C]. In returns, C is the number of parameters + 1 if the
function is vararg.
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.records import record

__all__ = [
    "INSTRUCTIONS",
    "MAX_A",
    "MAX_AX",
    "MAX_B",
    "MAX_BX",
    "MAX_C",
    "MAX_SJ",
    "METAMETHOD_OPS",
    "OFFSET_SBX",
    "OFFSET_SC",
    "OFFSET_SJ",
    "OPCODES",
    "Instruction",
    "Op",
    "encode_abc",
    "encode_abx",
    "encode_asbx",
    "encode_ax",
    "encode_sj",
]

MAX_A: Final = 0xFF
MAX_B: Final = 0xFF
MAX_C: Final = 0xFF
MAX_BX: Final = (1 << 17) - 1
MAX_AX: Final = (1 << 25) - 1
MAX_SJ: Final = (1 << 25) - 1
OFFSET_SBX: Final = MAX_BX >> 1
OFFSET_SC: Final = MAX_C >> 1
OFFSET_SJ: Final = MAX_SJ >> 1


@record(frozen=True)
class Instruction:
    """One row of the instruction table.

    `format` is iABC … as above. `sets_a`: the instruction writes register A. `is_test`: the
    next instruction is a jump. `uses_top`/`sets_top`: the open end of a value list is taken
    from, or left to, the instruction beside it (when B, or C, is 0). `metamethod`: it
    follows an arithmetic instruction and is skipped if that one succeeded.
    """

    number: int
    name: str
    format: str
    operands: tuple[str, ...]
    effect: str
    sets_a: bool = False
    is_test: bool = False
    uses_top: bool = False
    sets_top: bool = False
    metamethod: bool = False


_FLAGS: Final = "atiom"
"""The flags in the order of their fields."""

# name | format | flags (a: sets A, t: test, i: uses top, o: sets top, m: metamethod) | operands | effect
_TABLE: Final = """
MOVE       | iABC  | a  | dest, source            | R[A] := R[B]
LOADI      | iAsBx | a  | dest, integer           | R[A] := sBx
LOADF      | iAsBx | a  | dest, number            | R[A] := (float) sBx
LOADK      | iABx  | a  | dest, constant          | R[A] := K[Bx]
LOADKX     | iABx  | a  | dest                    | R[A] := K[extra arg]
LOADFALSE  | iABC  | a  | dest                    | R[A] := false
LFALSESKIP | iABC  | a  | dest                    | R[A] := false; pc++
LOADTRUE   | iABC  | a  | dest                    | R[A] := true
LOADNIL    | iABC  | a  | dest, extra             | R[A], …, R[A+B] := nil
GETUPVAL   | iABC  | a  | dest, upvalue           | R[A] := U[B]
SETUPVAL   | iABC  |    | source, upvalue         | U[B] := R[A]
GETTABUP   | iABC  | a  | dest, upvalue, key      | R[A] := U[B][K[C]: short string]
GETTABLE   | iABC  | a  | dest, table, key        | R[A] := R[B][R[C]]
GETI       | iABC  | a  | dest, table, integer    | R[A] := R[B][C]
GETFIELD   | iABC  | a  | dest, table, key        | R[A] := R[B][K[C]: short string]
SETTABUP   | iABC  |    | upvalue, key, value     | U[A][K[B]: short string] := RK(C)
SETTABLE   | iABC  |    | table, key, value       | R[A][R[B]] := RK(C)
SETI       | iABC  |    | table, integer, value   | R[A][B] := RK(C)
SETFIELD   | iABC  |    | table, key, value       | R[A][K[B]: short string] := RK(C)
NEWTABLE   | iABC  | a  | dest, hash, array       | R[A] := {} (B: log2 of hash size + 1, C: array size)
SELF       | iABC  | a  | dest, object, key       | R[A+1] := R[B]; R[A] := R[B][RK(C): string]
ADDI       | iABC  | a  | dest, left, immediate   | R[A] := R[B] + sC
ADDK       | iABC  | a  | dest, left, constant    | R[A] := R[B] + K[C]: number
SUBK       | iABC  | a  | dest, left, constant    | R[A] := R[B] - K[C]: number
MULK       | iABC  | a  | dest, left, constant    | R[A] := R[B] * K[C]: number
MODK       | iABC  | a  | dest, left, constant    | R[A] := R[B] % K[C]: number
POWK       | iABC  | a  | dest, left, constant    | R[A] := R[B] ^ K[C]: number
DIVK       | iABC  | a  | dest, left, constant    | R[A] := R[B] / K[C]: number
IDIVK      | iABC  | a  | dest, left, constant    | R[A] := R[B] // K[C]: number
BANDK      | iABC  | a  | dest, left, constant    | R[A] := R[B] & K[C]: integer
BORK       | iABC  | a  | dest, left, constant    | R[A] := R[B] | K[C]: integer
BXORK      | iABC  | a  | dest, left, constant    | R[A] := R[B] ~ K[C]: integer
SHRI       | iABC  | a  | dest, left, immediate   | R[A] := R[B] >> sC
SHLI       | iABC  | a  | dest, right, immediate  | R[A] := sC << R[B]
ADD        | iABC  | a  | dest, left, right       | R[A] := R[B] + R[C]
SUB        | iABC  | a  | dest, left, right       | R[A] := R[B] - R[C]
MUL        | iABC  | a  | dest, left, right       | R[A] := R[B] * R[C]
MOD        | iABC  | a  | dest, left, right       | R[A] := R[B] % R[C]
POW        | iABC  | a  | dest, left, right       | R[A] := R[B] ^ R[C]
DIV        | iABC  | a  | dest, left, right       | R[A] := R[B] / R[C]
IDIV       | iABC  | a  | dest, left, right       | R[A] := R[B] // R[C]
BAND       | iABC  | a  | dest, left, right       | R[A] := R[B] & R[C]
BOR        | iABC  | a  | dest, left, right       | R[A] := R[B] | R[C]
BXOR       | iABC  | a  | dest, left, right       | R[A] := R[B] ~ R[C]
SHL        | iABC  | a  | dest, left, right       | R[A] := R[B] << R[C]
SHR        | iABC  | a  | dest, left, right       | R[A] := R[B] >> R[C]
MMBIN      | iABC  | m  | left, right, event      | metamethod C over R[A] and R[B], into A of the one before
MMBINI     | iABC  | m  | left, immediate, event  | metamethod C over R[A] and sB (swapped if k)
MMBINK     | iABC  | m  | left, constant, event   | metamethod C over R[A] and K[B] (swapped if k)
UNM        | iABC  | a  | dest, operand           | R[A] := -R[B]
BNOT       | iABC  | a  | dest, operand           | R[A] := ~R[B]
NOT        | iABC  | a  | dest, operand           | R[A] := not R[B]
LEN        | iABC  | a  | dest, operand           | R[A] := #R[B]
CONCAT     | iABC  | a  | dest, count             | R[A] := R[A] .. … .. R[A+B-1]
CLOSE      | iABC  |    | first                   | close all variables >= R[A]
TBC        | iABC  |    | variable                | mark R[A] as to be closed
JMP        | isJ   |    | offset                  | pc += sJ
EQ         | iABC  | t  | left, right, wanted     | if (R[A] == R[B]) ~= k then pc++
LT         | iABC  | t  | left, right, wanted     | if (R[A] < R[B]) ~= k then pc++
LE         | iABC  | t  | left, right, wanted     | if (R[A] <= R[B]) ~= k then pc++
EQK        | iABC  | t  | left, constant, wanted  | if (R[A] == K[B]) ~= k then pc++
EQI        | iABC  | t  | left, immediate, wanted | if (R[A] == sB) ~= k then pc++
LTI        | iABC  | t  | left, immediate, wanted | if (R[A] < sB) ~= k then pc++ (C: sB was a float)
LEI        | iABC  | t  | left, immediate, wanted | if (R[A] <= sB) ~= k then pc++ (C: sB was a float)
GTI        | iABC  | t  | left, immediate, wanted | if (R[A] > sB) ~= k then pc++ (C: sB was a float)
GEI        | iABC  | t  | left, immediate, wanted | if (R[A] >= sB) ~= k then pc++ (C: sB was a float)
TEST       | iABC  | t  | value, wanted           | if truthy(R[A]) ~= k then pc++
TESTSET    | iABC  | at | dest, value, wanted     | if truthy(R[B]) ~= k then pc++ else R[A] := R[B]
CALL       | iABC  | aio | function, arguments, results | R[A], …, R[A+C-2] := R[A](R[A+1], …, R[A+B-1])
TAILCALL   | iABC  | aio | function, arguments, parameters | return R[A](R[A+1], …, R[A+B-1]) (C, k: RETURN)
RETURN     | iABC  | i  | first, count, parameters | return R[A], …, R[A+B-2] (k: close)
RETURN0    | iABC  |    |                         | return
RETURN1    | iABC  |    | value                   | return R[A]
FORLOOP    | iABx  | a  | control, distance       | update counters; if the loop continues then pc -= Bx
FORPREP    | iABx  | a  | control, distance       | prepare counters; if not to run then pc += Bx + 1
TFORPREP   | iABx  |    | control, distance       | mark R[A+3] as to be closed; pc += Bx
TFORCALL   | iABC  |    | control, results        | R[A+4], …, R[A+3+C] := R[A](R[A+1], R[A+2])
TFORLOOP   | iABx  | a  | control, distance       | if R[A+4] ~= nil then { R[A+2] := R[A+4]; pc -= Bx }
SETLIST    | iABC  | i  | table, count, offset    | R[A][C+i] := R[A+i], 1 <= i <= B (k: extra arg adds to C)
CLOSURE    | iABx  | a  | dest, prototype         | R[A] := closure(P[Bx])
VARARG     | iABC  | ao | dest, count             | R[A], …, R[A+C-2] := varargs
VARARGPREP | iABC  | ia | parameters              | set the varargs aside
EXTRAARG   | iAx   |    | argument                | larger argument of the instruction before
"""


def _read_table() -> tuple[Instruction, ...]:
    rows = []
    for number, line in enumerate(_TABLE.strip().splitlines()):
        name, layout, flags, operands, effect = map(str.strip, line.split("|", 4))
        names = tuple(operands.split(", ")) if operands else ()
        rows.append(Instruction(number, name, layout, names, effect, *[flag in flags for flag in _FLAGS]))
    return tuple(rows)


_NAMES: Final = [line.partition("|")[0].rstrip() for line in _TABLE.strip().splitlines()]

OPCODES: Final = {name: number for number, name in enumerate(_NAMES)}
"""Opcode numbers by name, in their order."""

if TYPE_CHECKING:
    INSTRUCTIONS: Final[tuple[Instruction, ...]] = ()
    """The rows, by opcode number; read when they are first asked for, as most scripts do without."""


def __getattr__(name: str) -> Any:
    if name != "INSTRUCTIONS":
        raise AttributeError(f"module {__name__} has no attribute {name}")
    rows = globals()[name] = _read_table()
    return rows


class _OpcodeNumbers(type):
    def __getattr__(cls, name: str) -> int:
        raise AttributeError(f"there is no instruction {name}")


class Op(metaclass=_OpcodeNumbers):
    """The opcode numbers as plain ints: `Op.MOVE` … `Op.EXTRAARG`.

    Bind them to names before a loop: comparing with a plain int is free of any look-up.
    """


for _name, _number in OPCODES.items():
    setattr(Op, _name, _number)


METAMETHOD_OPS: Final = frozenset({Op.MMBIN, Op.MMBINI, Op.MMBINK})
"""What stands behind arithmetic, and calls a metamethod if that could not be done."""


def encode_abc(op: int, a: int, b: int, c: int, k: int = 0) -> int:
    """The instruction word of format iABC."""
    return op | a << 7 | k << 15 | b << 16 | c << 24


def encode_abx(op: int, a: int, bx: int) -> int:
    """The instruction word of format iABx."""
    return op | a << 7 | bx << 15


def encode_asbx(op: int, a: int, sbx: int) -> int:
    """The instruction word of format iAsBx."""
    return op | a << 7 | (sbx + OFFSET_SBX) << 15


def encode_ax(op: int, ax: int) -> int:
    """The instruction word of format iAx."""
    return op | ax << 7


def encode_sj(op: int, offset: int) -> int:
    """The instruction word of format isJ."""
    return op | (offset + OFFSET_SJ) << 7
