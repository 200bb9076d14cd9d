"""The texts of floats that Python's own formatting does not give: C's hexadecimal form, signed NaNs.

hexadecimal_text(-0.1, 3, False)  ->  (True, "1.99ap-4")      C: %.3a prints -0x1.99ap-4
decimal_text(-nan)                ->  "-nan"
"""

from __future__ import annotations

from math import copysign, frexp, ldexp

from pylua.hints import Final

__all__ = ["decimal_text", "hexadecimal_text"]

_FRACTION_BITS: Final = 52
_FRACTION_DIGITS: Final = 13
_MIN_EXPONENT: Final = -1022


def decimal_text(value: float) -> str:
    """An infinity or a NaN as C prints it."""
    text = str(value)
    return "-nan" if value != value and copysign(1.0, value) < 0.0 else text


def hexadecimal_text(value: float, precision: int | None, keep_point: bool) -> tuple[bool, str]:
    """Whether a finite `value` is negative, and its digits and exponent as C's `%a` has them.

    The digit before the point is 1 (0 for zero and subnormal numbers) but for numbers that
    are rounded up to 2. Without a precision there are as many digits as needed.
    """
    negative = copysign(1.0, value) < 0.0
    significand, exponent = _parts(abs(value))
    if precision is None:
        fraction = f"{significand & ((1 << _FRACTION_BITS) - 1):0{_FRACTION_DIGITS}x}".rstrip("0")
        lead = significand >> _FRACTION_BITS
    else:
        lead, fraction = _rounded(significand, precision)
    point = "." if fraction or keep_point else ""
    return negative, f"{lead:x}{point}{fraction}p{exponent:+d}"


def _parts(value: float) -> tuple[int, int]:
    """The 53-bit significand and the exponent: value = significand · 2^(exponent - 52)."""
    if value == 0.0:
        return 0, 0
    exponent = max(frexp(value)[1] - 1, _MIN_EXPONENT)
    return int(ldexp(value, _FRACTION_BITS - exponent)), exponent


def _rounded(significand: int, precision: int) -> tuple[int, str]:
    """The lead digit and `precision` digits after the point, rounded half to even."""
    dropped = 4 * (_FRACTION_DIGITS - precision)
    if dropped <= 0:
        fraction = significand & ((1 << _FRACTION_BITS) - 1)
        return significand >> _FRACTION_BITS, f"{fraction:0{_FRACTION_DIGITS}x}".ljust(precision, "0")
    kept, rest = significand >> dropped, significand & ((1 << dropped) - 1)
    half = 1 << (dropped - 1)
    if rest > half or (rest == half and kept & 1):
        kept += 1
    lead, fraction = divmod(kept, 1 << (4 * precision))
    return lead, f"{fraction:0{precision}x}" if precision else ""
