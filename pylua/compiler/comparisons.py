"""Comparisons: a test and a jump, with small numbers in the instruction (§3.4.4).

    a < b      LT a b; JMP           a > b    LT b a; JMP
    a < 3      LTI a 3; JMP          3 < a    GTI a 3; JMP
    a == "x"   EQK a K; JMP          a ~= b   EQ a b, wanting false; JMP

The result is a TEST: its value appears only where it is needed.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import MAX_C, OFFSET_SC, Op
from pylua.compiler.binary_operator import BinaryOperator, release_both
from pylua.compiler.constants import to_constant_or_register
from pylua.compiler.fetching import fetch
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import FLOAT, INTEGER, REGISTER, TEST, Operand
from pylua.compiler.placing import to_any_register
from pylua.hints import Final
from pylua.values.integers import float_to_integer
from pylua.values.records import record

__all__ = ["equality", "order", "prepare_equality", "prepare_order"]

_K: Final = 1 << 15
_EQ: Final = Op.EQ
_EQK: Final = Op.EQK
_EQI: Final = Op.EQI


def prepare_equality(function: FunctionBuilder, left: Operand) -> None:
    fetch(function, left)
    if not left.is_numeral:
        to_constant_or_register(function, left)


def prepare_order(function: FunctionBuilder, left: Operand) -> None:
    fetch(function, left)
    if _immediate(left) is None:
        to_any_register(function, left)


def _immediate(operand: Operand) -> int | None:
    """A number known now that fits an instruction's signed operand, shifted to its encoding."""
    kind = operand.kind
    if kind == INTEGER:
        value = operand.value
    elif kind == FLOAT:
        value = float_to_integer(operand.value)
        if value is None:
            return None
    else:
        return None
    if (
        operand.true_jumps is None
        and operand.false_jumps is None
        and -OFFSET_SC <= value <= MAX_C - OFFSET_SC
    ):
        return value + OFFSET_SC  # type: ignore[no-any-return]
    return None


def _is_integral_float(operand: Operand) -> bool:
    """Whether this is a float like 3.0. Comparisons note that in C, even where it is of no use."""
    return operand.kind == FLOAT and float_to_integer(operand.value) is not None


@record(frozen=True)
class _OrderOpcodes:
    """`over_registers`, and with an immediate as the right or as the left operand."""

    over_registers: int
    immediate_right: int
    immediate_left: int


_ORDER: Final = {
    "<": _OrderOpcodes(Op.LT, Op.LTI, Op.GTI),
    "<=": _OrderOpcodes(Op.LE, Op.LEI, Op.GEI),
}
_MIRRORED: Final = {">": "<", ">=": "<="}


def order(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """`<  <=`, and `a > b` as `b < a`."""
    fetch(function, right)
    symbol = operator.symbol
    if symbol in _MIRRORED:
        symbol = _MIRRORED[symbol]
        left, right = right, left
    opcodes = _ORDER[symbol]
    immediate = _immediate(right)
    was_float = _is_integral_float(right)
    if immediate is not None:
        first = to_any_register(function, left)
        word = opcodes.immediate_right | immediate << 16
        return _emit_test(function, left, right, word | first << 7 | was_float << 24 | _K)
    immediate = _immediate(left)
    was_float = was_float or _is_integral_float(left)
    if immediate is not None:
        first = to_any_register(function, right)
        word = opcodes.immediate_left | immediate << 16
    else:
        first = to_any_register(function, left)
        word = opcodes.over_registers | to_any_register(function, right) << 16
    return _emit_test(function, left, right, word | first << 7 | was_float << 24 | _K)


def equality(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """`==  ~=`: a constant on the left changes places."""
    fetch(function, right)
    if left.kind != REGISTER:
        left, right = right, left
    first = to_any_register(function, left)
    immediate = _immediate(right)
    was_float = _is_integral_float(right)
    if immediate is not None:
        word = _EQI | immediate << 16
    elif to_constant_or_register(function, right):
        word = _EQK | right.value << 16
    else:
        word = _EQ | to_any_register(function, right) << 16
    wanted = _K if operator.symbol == "==" else 0
    return _emit_test(function, left, right, word | first << 7 | was_float << 24 | wanted)


def _emit_test(function: FunctionBuilder, left: Operand, right: Operand, word: int) -> Operand:
    release_both(function, left, right)
    left.value = function.conditional_jump(word)
    left.kind = TEST
    return left
