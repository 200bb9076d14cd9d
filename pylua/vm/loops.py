"""The numerical `for` (§3.3.5): the four registers of a loop, made ready for FORLOOP.

    for i = first, limit, step      R[a] first, R[a+1] limit, R[a+2] step, R[a+3] i

With integers, R[a+1] becomes the number of iterations still to go, so that the loop cannot
overflow; with floats it stays the limit.
"""

from __future__ import annotations

import math

from pylua.errors import OperationError
from pylua.hints import TYPE_CHECKING
from pylua.values.integers import MAX_INTEGER, MIN_INTEGER
from pylua.values.late import late_module
from pylua.values.numerals import read_numeral
from pylua.values.types import LuaValue

if TYPE_CHECKING:
    from pylua.vm import faults
    from pylua.vm.thread import Frame
else:
    faults = late_module("pylua.vm.faults")

__all__ = ["clip_limit", "prepare_loop"]


def prepare_loop(frame: Frame, registers: list[LuaValue], a: int) -> bool:
    """Checks and prepares a loop; False if it does not run at all."""
    first, limit, step = registers[a : a + 3]
    if type(first) is int and type(step) is int:
        return _prepare_integers(frame, registers, a, first, limit, step)
    last = float(_number(limit, "limit"))
    stride = float(_number(step, "step"))
    start = float(_number(first, "initial value"))
    if stride == 0.0:
        raise OperationError("'for' step is zero")
    registers[a : a + 4] = [start, last, stride, start]
    return not (last < start if stride > 0.0 else start < last)  # a loop to NaN runs once


def _number(value: LuaValue, what: str) -> int | float:
    """A number, or the number that a string reads as."""
    number = read_numeral(value) if type(value) is str else value
    if type(number) is not int and type(number) is not float:
        raise OperationError(faults.for_fault(value, what))
    return number


def _prepare_integers(
    frame: Frame, registers: list[LuaValue], a: int, first: int, limit: LuaValue, step: int
) -> bool:
    if step == 0:
        raise OperationError("'for' step is zero")
    if type(limit) is not int:
        limit = clip_limit(limit, step)
        if limit is None:
            return False
    if first > limit if step > 0 else first < limit:
        return False
    registers[a + 1] = (limit - first) // step if step > 0 else (first - limit) // -step
    registers[a + 3] = first
    return True


def clip_limit(limit: LuaValue, step: int) -> int | None:
    """A float limit as an integer one; None if the loop does not run."""
    bound = _number(limit, "limit")
    if type(bound) is int:
        return bound
    if bound >= 2.0**63:
        return MAX_INTEGER if step > 0 else None
    if bound < -(2.0**63) or bound != bound:
        return None if step > 0 else MIN_INTEGER
    return math.floor(bound) if step > 0 else math.ceil(bound)
