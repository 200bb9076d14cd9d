"""Constants as operands of instructions, and values known at compile time.

t.x = 5          SETFIELD with constant 5: INTEGER 5 → CONSTANT 1, if the index fits
local n <const> = 5        known_value(INTEGER 5) → (5,)
"""

from __future__ import annotations

from pylua.bytecode.opcodes import MAX_B, MAX_C, OFFSET_SC
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import (
    CONSTANT,
    FALSE_VALUE,
    FLOAT,
    INTEGER,
    NAMED_CONSTANT,
    NIL,
    STRING,
    TRUE_VALUE,
    Operand,
)
from pylua.compiler.placing import to_any_register
from pylua.hints import Any, Final
from pylua.values.types import FALSE, TRUE

__all__ = ["MAX_K_OPERAND", "known_value", "small_integer", "to_constant", "to_constant_or_register"]

MAX_K_OPERAND: Final = MAX_B
"""The largest index of a constant that fits an instruction's operand."""

_SINGLE_VALUES: Final[dict[int, Any]] = {NIL: None, TRUE_VALUE: TRUE, FALSE_VALUE: FALSE}


def to_constant(function: FunctionBuilder, operand: Operand) -> bool:
    """Makes a constant's operand an index that fits an instruction, if it is one and it fits."""
    if operand.true_jumps is not None or operand.false_jumps is not None:
        return False
    index = _constant_index(function, operand)
    if index is None or index > MAX_K_OPERAND:
        return False
    operand.kind = CONSTANT
    operand.value = index
    return True


def _constant_index(function: FunctionBuilder, operand: Operand) -> int | None:
    kind = operand.kind
    if kind in (STRING, INTEGER):
        return function.constant(operand.value)
    if kind == FLOAT:
        return function.float_constant(operand.value)
    if kind == CONSTANT:
        return operand.value  # type: ignore[no-any-return]
    if kind in _SINGLE_VALUES:
        return function.constant(_SINGLE_VALUES[kind])
    return None


def to_constant_or_register(function: FunctionBuilder, operand: Operand) -> bool:
    """Makes the value an operand of an instruction; True if that is a constant's index."""
    if operand.kind <= CONSTANT and to_constant(function, operand):
        return True
    to_any_register(function, operand)
    return False


def known_value(operand: Operand) -> tuple[Any] | None:
    """The value in a tuple if it is known at compile time (for `local x <const>`), else None."""
    kind = operand.kind
    if operand.true_jumps is not None or operand.false_jumps is not None:
        return None
    if kind in (INTEGER, FLOAT, STRING):
        return (operand.value,)
    if kind == NAMED_CONSTANT:
        return (operand.value.value,)
    if kind in _SINGLE_VALUES:
        return (_SINGLE_VALUES[kind],)
    return None


def small_integer(operand: Operand) -> bool:
    """Whether this is an integer known now that fits the signed operand of an instruction."""
    return (
        operand.kind == INTEGER
        and -OFFSET_SC <= operand.value <= MAX_C - OFFSET_SC
        and operand.true_jumps is None
        and operand.false_jumps is None
    )
