"""64-bit integers: wrap-around and the conversions between integers and floats (§3.4.3)."""

from __future__ import annotations

from math import floor, isfinite

from pylua.hints import Final

__all__ = ["MAX_INTEGER", "MIN_INTEGER", "SMALL_INTEGER", "float_to_integer", "floor_to_integer", "wrap"]

MAX_INTEGER: Final = (1 << 63) - 1
MIN_INTEGER: Final = -(1 << 63)
SMALL_INTEGER: Final = (1 << 30) - 1
"""CPython compares and adds integers up to it in 6 ns, larger ones, of two digits, in 20."""
_MASK: Final = (1 << 64) - 1
_SIGN: Final = 1 << 63


def wrap(value: int) -> int:
    """`value` modulo 2^64 as a signed 64-bit integer."""
    return ((value + _SIGN) & _MASK) - _SIGN


def float_to_integer(value: float) -> int | None:
    """The integer equal to `value`, or None if it has a fraction or does not fit 64 bits."""
    if value.is_integer() and -9223372036854775808.0 <= value < 9223372036854775808.0:
        return int(value)
    return None


def floor_to_integer(value: float) -> int | None:
    """The largest integer not above `value`, or None if it does not fit 64 bits."""
    if not isfinite(value):
        return None
    rounded = floor(value)
    return rounded if MIN_INTEGER <= rounded <= MAX_INTEGER else None
