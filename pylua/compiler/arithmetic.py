"""Arithmetic and bitwise operators: folds, or chooses the instruction and its metamethod's (§3.4.1, §3.4.2).

    x + 1       ADDI x 1; MMBINI          small integers stand in the instruction
    1 + x       ADDI x 1; MMBINI swapped
    x - 1       ADDI x -1; MMBINI 1
    x * 2.5     MULK x K; MMBINK          other numbers are constants
    x * y       MUL x y; MMBIN

Every instruction is followed by the one that calls its metamethod; the VM skips that when it
found numbers.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import MAX_C, OFFSET_SC, Op
from pylua.compiler.binary_operator import BinaryOperator, release_both
from pylua.compiler.constants import small_integer, to_constant
from pylua.compiler.fetching import fetch
from pylua.compiler.folding import fold_operands
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import INTEGER, PENDING, Operand
from pylua.compiler.placing import to_any_register
from pylua.hints import Final

__all__ = [
    "arithmetic",
    "bitwise",
    "commutative",
    "prepare_arithmetic",
    "shift_left",
    "shift_right",
    "subtraction",
]

_K: Final = 1 << 15
_ADDI: Final = Op.ADDI
_SHRI: Final = Op.SHRI
_SHLI: Final = Op.SHLI
_MMBIN: Final = Op.MMBIN
_MMBINI: Final = Op.MMBINI
_MMBINK: Final = Op.MMBINK


def prepare_arithmetic(function: FunctionBuilder, left: Operand) -> None:
    """Keeps a numeral, which may be folded; puts anything else into a register."""
    fetch(function, left)
    if not left.is_numeral:
        to_any_register(function, left)


def arithmetic(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """`-  /  //  %  ^`."""
    fetch(function, right)
    if fold_operands(operator.event, left, right):
        return left
    return _with_constant_or_registers(function, operator, left, right, False, line)


def subtraction(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """`x - 1` is done as `x + -1`."""
    fetch(function, right)
    if fold_operands(operator.event, left, right):
        return left
    if _negatable(right):
        return _with_negated(function, operator, _ADDI, left, right, line)
    return _with_constant_or_registers(function, operator, left, right, False, line)


def commutative(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """`+  *`: a numeral on the left changes places."""
    fetch(function, right)
    if fold_operands(operator.event, left, right):
        return left
    swapped = left.is_numeral
    if swapped:
        left, right = right, left
    if operator.symbol == "+" and small_integer(right):
        return _with_immediate(function, operator, _ADDI, left, right, swapped, line)
    return _with_constant_or_registers(function, operator, left, right, swapped, line)


def bitwise(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """`&  |  ~`: an integer on the left changes places."""
    fetch(function, right)
    if fold_operands(operator.event, left, right):
        return left
    swapped = left.kind == INTEGER
    if swapped:
        left, right = right, left
    if right.kind == INTEGER and to_constant(function, right):
        return _with_constant(function, operator, left, right, swapped, line)
    if swapped:
        left, right = right, left
    return _with_registers(function, operator, left, right, line)


def shift_left(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """`x << 1` is done as `x >> -1`."""
    fetch(function, right)
    if fold_operands(operator.event, left, right):
        return left
    if small_integer(left):
        return _with_immediate(function, operator, _SHLI, right, left, True, line)
    if _negatable(right):
        return _with_negated(function, operator, _SHRI, left, right, line)
    return _with_registers(function, operator, left, right, line)


def shift_right(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    fetch(function, right)
    if fold_operands(operator.event, left, right):
        return left
    if small_integer(right):
        return _with_immediate(function, operator, _SHRI, left, right, False, line)
    return _with_registers(function, operator, left, right, line)


def _with_constant_or_registers(
    function: FunctionBuilder,
    operator: BinaryOperator,
    left: Operand,
    right: Operand,
    swapped: bool,
    line: int,
) -> Operand:
    if right.is_numeral and to_constant(function, right):
        return _with_constant(function, operator, left, right, swapped, line)
    if swapped:
        left, right = right, left
    return _with_registers(function, operator, left, right, line)


def _with_registers(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    second = to_any_register(function, right)
    companion = _MMBIN | second << 16 | operator.event_number << 24
    return _emit_pair(function, left, right, operator.register_op | second << 24, companion, line)


def _with_constant(
    function: FunctionBuilder,
    operator: BinaryOperator,
    left: Operand,
    right: Operand,
    swapped: bool,
    line: int,
) -> Operand:
    index = right.value
    companion = _MMBINK | index << 16 | operator.event_number << 24 | (_K if swapped else 0)
    return _emit_pair(function, left, right, operator.constant_op | index << 24, companion, line)


def _with_immediate(
    function: FunctionBuilder,
    operator: BinaryOperator,
    opcode: int,
    left: Operand,
    right: Operand,
    swapped: bool,
    line: int,
) -> Operand:
    immediate = right.value + OFFSET_SC
    companion = _MMBINI | immediate << 16 | operator.event_number << 24 | (_K if swapped else 0)
    return _emit_pair(function, left, right, opcode | immediate << 24, companion, line)


def _with_negated(
    function: FunctionBuilder,
    operator: BinaryOperator,
    opcode: int,
    left: Operand,
    right: Operand,
    line: int,
) -> Operand:
    """The instruction gets the negated integer, the metamethod the original."""
    value = right.value
    companion = _MMBINI | (value + OFFSET_SC) << 16 | operator.event_number << 24
    return _emit_pair(function, left, right, opcode | (OFFSET_SC - value) << 24, companion, line)


def _negatable(operand: Operand) -> bool:
    """Whether the integer fits the instruction's operand, and its negation too."""
    return small_integer(operand) and -operand.value <= MAX_C - OFFSET_SC and -operand.value >= -OFFSET_SC


def _emit_pair(
    function: FunctionBuilder, left: Operand, right: Operand, word: int, companion: int, line: int
) -> Operand:
    """Adds an instruction over `left` and the one that calls its metamethod."""
    first = to_any_register(function, left)
    pc = function.emit_at(word | first << 16, line)
    release_both(function, left, right)
    left.kind = PENDING
    left.value = pc
    function.emit_at(companion | first << 7, line)
    return left
