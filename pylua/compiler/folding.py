"""Constant folding: an operation on two numbers known now becomes a number (§3.4).

    2^53 + 1  →  9007199254740992.0 + 1  →  9007199254740993.0        5 // 0  stays code
    fold("__shl", 1, 4)  →  16           fold("__div", 0, 5)  →  None (0.0 is left to run time)

Not folded: what may raise an error, not-a-numbers, and zero floats (for the sign of -0.0).
"""

from __future__ import annotations

from pylua.compiler.operands import FLOAT, INTEGER, Operand
from pylua.hints import Final
from pylua.values.arithmetic import OPERATIONS, Number
from pylua.values.integers import float_to_integer

__all__ = ["fold", "fold_operands"]

_NEEDS_INTEGERS: Final = frozenset({"__band", "__bor", "__bxor", "__shl", "__shr", "__bnot"})
_NEEDS_DIVISOR: Final = frozenset({"__div", "__idiv", "__mod"})


def fold(event: str, left: Number, right: Number) -> Number | None:
    """The result of the operation, or None if it must happen at run time."""
    if event in _NEEDS_INTEGERS:
        if not (_is_integral(left) and _is_integral(right)):
            return None
    elif event in _NEEDS_DIVISOR and right == 0:
        return None
    result = OPERATIONS[event](left, right)
    if type(result) is float and (result == 0.0 or result != result):
        return None
    return result


def _is_integral(value: Number) -> bool:
    return type(value) is int or float_to_integer(float(value)) is not None


def fold_operands(event: str, left: Operand, right: Operand) -> bool:
    """Folds the operation into `left` if both operands are numerals and the result is allowed."""
    if not (left.is_numeral and right.is_numeral):
        return False
    result = fold(event, left.value, right.value)
    if result is None:
        return False
    left.kind = INTEGER if type(result) is int else FLOAT
    left.value = result
    return True
