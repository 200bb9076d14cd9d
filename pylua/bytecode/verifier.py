"""Checks that loaded code keeps the VM's promises: a Prototype in, MalformedCode or nothing out.

    verify(undump(bytes))      every function of the chunk, before any of it runs

The VM trusts its code: operands name registers, constants and upvalues that exist; jumps stay
inside; an instruction that takes a list's open end follows one that leaves it; FORLOOP meets
the state that FORPREP made, SETLIST a table. All that Lua's own compiler writes passes;
what would make the VM fail in its own way, and not in Lua's, does not.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import INSTRUCTIONS, METAMETHOD_OPS, Op
from pylua.bytecode.prototype import ABSOLUTE_LINE, LocalVariable, Prototype
from pylua.bytecode.register_states import check_register_states
from pylua.bytecode.words import MalformedCode, open_result, takes_open, targets
from pylua.hints import Final
from pylua.values.metamethods import EVENT_NUMBERS

__all__ = ["MalformedCode", "verify"]

# instructions | what their operands must be
#   rA rB rC  a register          uA uB  an upvalue          kB kBx  a constant
#   sB sC     a string constant   nB nC  a number constant   iC      an integer constant
#   xC        a register, or a constant if k is set          oC      the same, a string
#   pBx       a nested prototype  eC     an arithmetic event
_TABLE: Final = """
MOVE UNM BNOT NOT LEN TESTSET           | rA rB
LOADI LOADF LOADFALSE LFALSESKIP LOADTRUE LOADNIL LOADKX | rA
LOADK                                   | rA kBx
GETUPVAL SETUPVAL                       | rA uB
GETTABUP                                | rA uB sC
GETTABLE                                | rA rB rC
GETI ADDI SHRI SHLI                     | rA rB
GETFIELD                                | rA rB sC
SETTABUP                                | uA sB xC
SETTABLE                                | rA rB xC
SETI                                    | rA xC
SETFIELD                                | rA sB xC
NEWTABLE SETLIST CONCAT TBC TEST VARARG VARARGPREP CLOSE JMP EXTRAARG |
SELF                                    | rA rB oC
ADDK SUBK MULK MODK POWK DIVK IDIVK     | rA rB nC
BANDK BORK BXORK                        | rA rB iC
ADD SUB MUL MOD POW DIV IDIV BAND BOR BXOR SHL SHR | rA rB rC
MMBIN                                   | rA rB eC
MMBINI                                  | rA eC
MMBINK                                  | rA nB eC
EQ LT LE                                | rA rB
EQK                                     | rA kB
EQI LTI LEI GTI GEI                     | rA
CALL TAILCALL RETURN1                   | rA
RETURN RETURN0                          |
FORLOOP FORPREP TFORPREP TFORCALL TFORLOOP |
CLOSURE                                 | rA pBx
"""

_ARITHMETIC_EVENTS: Final = range(EVENT_NUMBERS["__add"], EVENT_NUMBERS["__shr"] + 1)
_ENDS: Final = frozenset({Op.RETURN, Op.RETURN0, Op.RETURN1})
_ARITHMETIC_OPS: Final = frozenset(range(Op.ADDI, Op.SHR + 1))
_CONTINUATIONS: Final = METAMETHOD_OPS | {Op.EXTRAARG, Op.TFORLOOP}
"""Second halves of an instruction: nothing jumps to them."""


def verify(function: Prototype) -> None:
    """Checks a function and all that are nested in it."""
    waiting = [function]
    while waiting:
        current = waiting.pop()
        _verify_function(current)
        waiting += current.prototypes


def _verify_function(function: Prototype) -> None:
    code = function.code
    if not code or code[-1] & 0x7F not in _ENDS:
        raise MalformedCode("code does not end with a return")
    if function.stack_size < max(function.parameter_count, 1):
        raise MalformedCode("too few registers for the parameters")
    for pc, word in enumerate(code):
        number = word & 0x7F
        if number >= len(INSTRUCTIONS):
            raise MalformedCode(f"invalid instruction at {pc + 1}")
        for check in _CHECKS[number]:
            if not check(function, pc, word):
                raise MalformedCode(f"invalid operand at {pc + 1}")
        if not _fits(function, pc, word):
            raise MalformedCode(f"misplaced {INSTRUCTIONS[number].name} at {pc + 1}")
    _verify_targets(function)
    _verify_upvalues(function)
    _verify_debug(function)
    check_register_states(function)


# --- operands -----------------------------------------------------------------------------

_Check = Callable[[Prototype, int, int], bool]


def _is_constant(kind: type | tuple[type, ...], function: Prototype, index: int) -> bool:
    constants = function.constants
    return index < len(constants) and isinstance(constants[index], kind)


def _register_or_constant(function: Prototype, word: int, kind: type | tuple[type, ...]) -> bool:
    if word >> 15 & 1:
        return _is_constant(kind, function, word >> 24)
    return word >> 24 < function.stack_size


_OPERAND_CHECKS: Final[dict[str, _Check]] = {
    "rA": lambda function, pc, word: (word >> 7 & 0xFF) < function.stack_size,
    "rB": lambda function, pc, word: (word >> 16 & 0xFF) < function.stack_size,
    "rC": lambda function, pc, word: word >> 24 < function.stack_size,
    "uA": lambda function, pc, word: (word >> 7 & 0xFF) < len(function.upvalues),
    "uB": lambda function, pc, word: (word >> 16 & 0xFF) < len(function.upvalues),
    "kB": lambda function, pc, word: (word >> 16 & 0xFF) < len(function.constants),
    "kBx": lambda function, pc, word: word >> 15 < len(function.constants),
    "sB": lambda function, pc, word: _is_constant(str, function, word >> 16 & 0xFF),
    "sC": lambda function, pc, word: _is_constant(str, function, word >> 24),
    "nB": lambda function, pc, word: _is_constant((int, float), function, word >> 16 & 0xFF),
    "nC": lambda function, pc, word: _is_constant((int, float), function, word >> 24),
    "iC": lambda function, pc, word: _is_constant(int, function, word >> 24),
    "xC": lambda function, pc, word: _register_or_constant(function, word, object),
    "oC": lambda function, pc, word: _register_or_constant(function, word, str),
    "pBx": lambda function, pc, word: word >> 15 < len(function.prototypes),
    "eC": lambda function, pc, word: word >> 24 in _ARITHMETIC_EVENTS,
}


def _read_table() -> tuple[tuple[_Check, ...], ...]:
    checks: dict[str, tuple[_Check, ...]] = {}
    for line in _TABLE.strip().splitlines():
        names, operands = line.split("|")
        for name in names.split():
            checks[name] = tuple(_OPERAND_CHECKS[operand] for operand in operands.split())
    return tuple(checks[row.name] for row in INSTRUCTIONS)


_CHECKS: Final = _read_table()


# --- neighbours and ranges ----------------------------------------------------------------


def _fits(function: Prototype, pc: int, word: int) -> bool:
    """Whether the instruction's ranges of registers exist and its neighbours are the right ones."""
    code = function.code
    number = word & 0x7F
    if takes_open(word) != (pc > 0 and open_result(code[pc - 1])):
        return False
    if INSTRUCTIONS[number].is_test and code[pc + 1] & 0x7F != Op.JMP:
        return False
    if number in _ARITHMETIC_OPS and code[pc + 1] & 0x7F not in METAMETHOD_OPS:
        return False
    rule = _RULES.get(number)
    return rule is None or rule(function, pc, word)


def _registers(function: Prototype, word: int, count: int) -> bool:
    """Whether `count` registers from A on exist."""
    return (word >> 7 & 0xFF) + count <= function.stack_size


def _fits_metamethod(function: Prototype, pc: int, word: int) -> bool:
    return pc > 0 and function.code[pc - 1] & 0x7F in _ARITHMETIC_OPS


def _fits_loadkx(function: Prototype, pc: int, word: int) -> bool:
    extra = function.code[pc + 1]
    return extra & 0x7F == Op.EXTRAARG and extra >> 7 < len(function.constants)


def _fits_extra(function: Prototype, pc: int, word: int) -> bool:
    """EXTRAARG belongs to the instruction before."""
    before = function.code[pc - 1] if pc else Op.MOVE
    number = before & 0x7F
    return number in (Op.LOADKX, Op.NEWTABLE) or (number == Op.SETLIST and before >> 15 & 1 == 1)


def _fits_newtable(function: Prototype, pc: int, word: int) -> bool:
    return function.code[pc + 1] & 0x7F == Op.EXTRAARG and _registers(function, word, 1)


def _fits_setlist(function: Prototype, pc: int, word: int) -> bool:
    has_extra = function.code[pc + 1] & 0x7F == Op.EXTRAARG
    return has_extra == bool(word >> 15 & 1) and _registers(function, word, 1 + (word >> 16 & 0xFF))


def _fits_call(function: Prototype, pc: int, word: int) -> bool:
    arguments, results = word >> 16 & 0xFF, word >> 24
    if word & 0x7F == Op.TAILCALL:
        if not _fits_frame(function, word):
            return False
        results = 0
    return _registers(function, word, max(arguments, results - 1, 1))


def _fits_return(function: Prototype, pc: int, word: int) -> bool:
    count = word >> 16 & 0xFF
    return _registers(function, word, count - 1 if count else 0) and _fits_frame(function, word)


def _fits_frame(function: Prototype, word: int) -> bool:
    """Operand C of a return tells vararg functions how many parameters they have."""
    return word >> 24 in (0, function.parameter_count + 1 if function.is_vararg else 0)


def _fits_vararg(function: Prototype, pc: int, word: int) -> bool:
    count = word >> 24
    return function.is_vararg and _registers(function, word, count - 1 if count else 1)


def _fits_varargprep(function: Prototype, pc: int, word: int) -> bool:
    return pc == 0 and function.is_vararg and word >> 7 & 0xFF == function.parameter_count


def _fits_tforcall(function: Prototype, pc: int, word: int) -> bool:
    following = function.code[pc + 1]
    return following & 0x7F == Op.TFORLOOP and _registers(function, word, 4 + max(word >> 24, 3))


def _fits_tforloop(function: Prototype, pc: int, word: int) -> bool:
    """TFORLOOP goes on where TFORCALL stopped, with the same registers."""
    before = function.code[pc - 1] if pc else Op.MOVE
    return before & 0x7F == Op.TFORCALL and before >> 7 & 0xFF == word >> 7 & 0xFF


_RULES: Final[dict[int, _Check]] = {
    Op.LOADNIL: lambda function, pc, word: _registers(function, word, 1 + (word >> 16 & 0xFF)),
    Op.SELF: lambda function, pc, word: _registers(function, word, 2),
    Op.CONCAT: lambda function, pc, word: (
        (word >> 16 & 0xFF) >= 2 and _registers(function, word, word >> 16 & 0xFF)
    ),
    Op.CLOSE: lambda function, pc, word: _registers(function, word, 0),
    Op.TBC: lambda function, pc, word: _registers(function, word, 1),
    Op.TEST: lambda function, pc, word: _registers(function, word, 1),
    Op.MMBIN: _fits_metamethod,
    Op.MMBINI: _fits_metamethod,
    Op.MMBINK: _fits_metamethod,
    Op.LOADKX: _fits_loadkx,
    Op.EXTRAARG: _fits_extra,
    Op.NEWTABLE: _fits_newtable,
    Op.SETLIST: _fits_setlist,
    Op.CALL: _fits_call,
    Op.TAILCALL: _fits_call,
    Op.RETURN: _fits_return,
    Op.VARARG: _fits_vararg,
    Op.VARARGPREP: _fits_varargprep,
    Op.FORPREP: lambda function, pc, word: _registers(function, word, 4),
    Op.FORLOOP: lambda function, pc, word: _registers(function, word, 4),
    Op.TFORPREP: lambda function, pc, word: _registers(function, word, 4),
    Op.TFORCALL: _fits_tforcall,
    Op.TFORLOOP: _fits_tforloop,
}


# --- the function as a whole --------------------------------------------------------------


def _verify_targets(function: Prototype) -> None:
    """Every way from an instruction leads to one that may begin there."""
    code = function.code
    for pc, word in enumerate(code):
        for target in targets(pc, word):
            if not 0 <= target < len(code) or not _may_be_target(code[target]):
                raise MalformedCode(f"invalid jump at {pc + 1}")


def _may_be_target(word: int) -> bool:
    number = word & 0x7F
    return number not in _CONTINUATIONS and not takes_open(word)


def _verify_upvalues(function: Prototype) -> None:
    """Nested functions capture registers and upvalues that exist."""
    for nested in function.prototypes:
        for upvalue in nested.upvalues:
            limit = function.stack_size if upvalue.in_stack else len(function.upvalues)
            if upvalue.index >= limit:
                raise MalformedCode("invalid upvalue of a nested function")


def _verify_debug(function: Prototype) -> None:
    """Debug information is absent or covers the code."""
    deltas = function.line_deltas
    if deltas:
        if len(deltas) != len(function.code):
            raise MalformedCode("line information does not cover the code")
        anchors = dict(function.absolute_lines)
        if any(delta == ABSOLUTE_LINE and pc not in anchors for pc, delta in enumerate(deltas)):
            raise MalformedCode("missing absolute line information")
    if any(_is_odd(variable, len(function.code)) for variable in function.local_variables):
        raise MalformedCode("invalid local variable information")


def _is_odd(variable: LocalVariable, end: int) -> bool:
    return variable.name is None or variable.start_pc > end or variable.end_pc > end
