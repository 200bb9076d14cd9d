"""Operators: the table of the binary ones; logic, concatenation and the unary ones (§3.4).

    x and y         jump if x is false; y, with x's jump in its list
    x .. y .. z     CONCAT x 3: one instruction for the whole chain
    not (a < b)     LT with the other outcome wanted

`prepare` runs between the operands, `combine` after both.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import OPCODES, Op
from pylua.compiler import arithmetic, comparisons
from pylua.compiler.binary_operator import BinaryOperator, Combine
from pylua.compiler.conditions import invert, join, jump_if_false, jump_if_true
from pylua.compiler.fetching import fetch
from pylua.compiler.folding import fold_operands
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import INTEGER, PENDING, Operand
from pylua.compiler.placing import to_any_register, to_next_register
from pylua.hints import Final
from pylua.values.metamethods import EVENT_NUMBERS

__all__ = ["BINARY_OPERATORS", "apply_unary"]

_CONCAT: Final = Op.CONCAT


# --- logic and concatenation --------------------------------------------------------------


def _conjunction(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    fetch(function, right)
    right.false_jumps = join(right.false_jumps, left.false_jumps)
    return right


def _disjunction(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    fetch(function, right)
    right.true_jumps = join(right.true_jumps, left.true_jumps)
    return right


def _concatenation(
    function: FunctionBuilder, operator: BinaryOperator, left: Operand, right: Operand, line: int
) -> Operand:
    """Extends the CONCAT of the right operand to the left if there is one."""
    to_next_register(function, right)
    word = function.last_mergeable()
    if word & 0x7F == _CONCAT:
        count = word >> 16 & 0xFF
        function.release(right.value)
        function.code[-1] = _CONCAT | left.value << 7 | (count + 1) << 16
    else:
        function.emit_at(_CONCAT | left.value << 7 | 2 << 16, line)
        function.release(right.value)
    return left


# --- the table ----------------------------------------------------------------------------


def _arithmetic_row(symbol: str, event: str, combine: Combine) -> BinaryOperator:
    name = event.removeprefix("__").upper()
    return BinaryOperator(
        symbol,
        arithmetic.prepare_arithmetic,
        combine,
        event,
        EVENT_NUMBERS[event],
        OPCODES[name],
        OPCODES.get(name + "K", -1),
    )


_ROWS: Final = (
    _arithmetic_row("+", "__add", arithmetic.commutative),
    _arithmetic_row("-", "__sub", arithmetic.subtraction),
    _arithmetic_row("*", "__mul", arithmetic.commutative),
    _arithmetic_row("%", "__mod", arithmetic.arithmetic),
    _arithmetic_row("^", "__pow", arithmetic.arithmetic),
    _arithmetic_row("/", "__div", arithmetic.arithmetic),
    _arithmetic_row("//", "__idiv", arithmetic.arithmetic),
    _arithmetic_row("&", "__band", arithmetic.bitwise),
    _arithmetic_row("|", "__bor", arithmetic.bitwise),
    _arithmetic_row("~", "__bxor", arithmetic.bitwise),
    _arithmetic_row("<<", "__shl", arithmetic.shift_left),
    _arithmetic_row(">>", "__shr", arithmetic.shift_right),
    BinaryOperator("..", to_next_register, _concatenation),
    BinaryOperator("==", comparisons.prepare_equality, comparisons.equality),
    BinaryOperator("~=", comparisons.prepare_equality, comparisons.equality),
    BinaryOperator("<", comparisons.prepare_order, comparisons.order),
    BinaryOperator("<=", comparisons.prepare_order, comparisons.order),
    BinaryOperator(">", comparisons.prepare_order, comparisons.order),
    BinaryOperator(">=", comparisons.prepare_order, comparisons.order),
    BinaryOperator("and", jump_if_false, _conjunction),
    BinaryOperator("or", jump_if_true, _disjunction),
)

BINARY_OPERATORS: Final = {row.symbol: row for row in _ROWS}
"""The rows by the operator as written."""

_UNARY: Final = {"-": (Op.UNM, "__unm"), "~": (Op.BNOT, "__bnot"), "#": (Op.LEN, "")}


def apply_unary(function: FunctionBuilder, symbol: str, operand: Operand, line: int) -> None:
    """Makes the operand the result of a unary operator."""
    fetch(function, operand)
    if symbol == "not":
        invert(function, operand)
        return
    opcode, event = _UNARY[symbol]
    if event and fold_operands(event, operand, Operand(INTEGER, 0)):
        return
    register = to_any_register(function, operand)
    function.release(register)
    operand.value = function.emit_at(opcode | register << 16, line)
    operand.kind = PENDING
