"""BinaryOperator: the row of one binary operator in the compiler's table."""

from __future__ import annotations

from collections.abc import Callable

from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import REGISTER, Operand
from pylua.values.records import record

__all__ = ["BinaryOperator", "Combine", "release_both"]

Combine = Callable[[FunctionBuilder, "BinaryOperator", Operand, Operand, int], Operand]


@record(frozen=True)
class BinaryOperator:
    """How one binary operator is compiled.

    `prepare(function, left)` runs when the operator has been read; `combine(function,
    operator, left, right, line)` gives the result. `event` is the metamethod of arithmetic
    and bitwise operators ("" for the others), `event_number` its number, and the opcodes are
    those over two registers and over a register and a constant (-1: there is none).
    """

    symbol: str
    prepare: Callable[[FunctionBuilder, Operand], None]
    combine: Combine
    event: str = ""
    event_number: int = -1
    register_op: int = -1
    constant_op: int = -1


def release_both(function: FunctionBuilder, left: Operand, right: Operand) -> None:
    """Gives back the registers of two operands, the higher one first."""
    first = left.value if left.kind == REGISTER else -1
    second = right.value if right.kind == REGISTER else -1
    function.release(max(first, second))
    function.release(min(first, second))
