"""Raw arithmetic, bitwise operations and comparisons on numbers, without coercion of strings.

    OPERATIONS["__add"](2**63 - 1, 1)  ->  -2**63        (integers wrap around)
    OPERATIONS["__idiv"](7, 0.0)       ->  inf           (floats follow IEEE 754)
    OPERATIONS["__band"](3, 1.5)       ->  OperationError: number has no integer representation

Used where an operation is not the VM's inline path: constant folding, metamethod fallbacks,
the C face. Arguments are ints or floats; anything else is a caller's fault.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from pylua.errors import OperationError
from pylua.hints import Final, TypeAlias
from pylua.values.integers import float_to_integer, wrap

__all__ = [
    "OPERATIONS",
    "Number",
    "add",
    "bitwise_and",
    "bitwise_not",
    "bitwise_or",
    "bitwise_xor",
    "divide",
    "floor_divide",
    "modulo",
    "multiply",
    "negate",
    "power",
    "shift_left",
    "shift_right",
    "subtract",
    "to_integer",
]

Number: TypeAlias = int | float


def add(left: Number, right: Number) -> Number:
    """left + right."""
    result = left + right
    return wrap(result) if type(result) is int else result


def subtract(left: Number, right: Number) -> Number:
    """left - right."""
    result = left - right
    return wrap(result) if type(result) is int else result


def multiply(left: Number, right: Number) -> Number:
    """left * right."""
    result = left * right
    return wrap(result) if type(result) is int else result


def modulo(left: Number, right: Number) -> Number:
    """left % right; the result has the sign of `right` (§3.4.1)."""
    if type(left) is int and type(right) is int:
        if right == 0:
            raise OperationError("attempt to perform 'n%0'")
        return left % right
    return float_modulo(float(left), float(right))


def float_modulo(left: float, right: float) -> float:
    """Float `%`: C's fmod, moved into the sign of `right`."""
    if left != left or right != right:
        return left if left != left else right  # NaN keeps its sign
    if right == 0.0 or left in (math.inf, -math.inf):
        return -math.nan
    if right in (math.inf, -math.inf):
        return left if left == 0.0 or (left > 0.0) == (right > 0.0) else right
    rest = math.fmod(left, right)
    return rest + right if rest != 0.0 and (rest < 0.0) != (right < 0.0) else rest


def divide(left: Number, right: Number) -> float:
    """left / right, always a float."""
    dividend, divisor = float(left), float(right)
    if divisor != 0.0:
        return dividend / divisor
    if dividend == 0.0 or dividend != dividend:
        return dividend if dividend != dividend else -math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)


def floor_divide(left: Number, right: Number) -> Number:
    """left // right, rounded towards minus infinity."""
    if type(left) is int and type(right) is int:
        if right == 0:
            raise OperationError("attempt to divide by zero")
        return wrap(left // right)
    quotient = divide(left, right)
    return float(math.floor(quotient)) if _has_fraction(quotient) else quotient


def _has_fraction(value: float) -> bool:
    return math.isfinite(value) and not value.is_integer()


def power(left: Number, right: Number) -> float:
    """left ^ right, always a float (C's pow)."""
    base, exponent = float(left), float(right)
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        if base == 0.0:
            odd = exponent.is_integer() and exponent % 2 == 1
            return math.copysign(math.inf, base) if odd else math.inf
        return -math.nan


def negate(operand: Number, _unused: Number = 0) -> Number:
    """-operand."""
    return wrap(-operand) if type(operand) is int else -operand


def to_integer(value: Number) -> int:
    """`value` as an integer for a bitwise operation."""
    if type(value) is int:
        return value
    converted = float_to_integer(float(value))
    if converted is None:
        raise OperationError("number has no integer representation")
    return converted


def bitwise_and(left: Number, right: Number) -> int:
    """left & right."""
    return to_integer(left) & to_integer(right)


def bitwise_or(left: Number, right: Number) -> int:
    """left | right."""
    return to_integer(left) | to_integer(right)


def bitwise_xor(left: Number, right: Number) -> int:
    """left ~ right."""
    return to_integer(left) ^ to_integer(right)


def bitwise_not(operand: Number, _unused: Number = 0) -> int:
    """~operand."""
    return ~to_integer(operand)


def shift_left(left: Number, right: Number) -> int:
    """left << right, filling with zeros; a negative `right` shifts the other way."""
    return _shift(to_integer(left), to_integer(right))


def shift_right(left: Number, right: Number) -> int:
    """left >> right, filling with zeros (a logical shift)."""
    return _shift(to_integer(left), -to_integer(right))


def _shift(value: int, distance: int) -> int:
    if distance <= -64 or distance >= 64:
        return 0
    bits = value & 0xFFFFFFFFFFFFFFFF
    return wrap(bits << distance if distance >= 0 else bits >> -distance)


OPERATIONS: Final[dict[str, Callable[[Number, Number], Number]]] = {
    "__add": add,
    "__sub": subtract,
    "__mul": multiply,
    "__mod": modulo,
    "__pow": power,
    "__div": divide,
    "__idiv": floor_divide,
    "__band": bitwise_and,
    "__bor": bitwise_or,
    "__bxor": bitwise_xor,
    "__shl": shift_left,
    "__shr": shift_right,
    "__unm": negate,
    "__bnot": bitwise_not,
}
"""The raw operation of each arithmetic and bitwise event."""
