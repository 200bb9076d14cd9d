"""The library `math` (§6.7): integers stay integers, floats follow C's libm on IEEE doubles.

    math.floor(3.7) -> 3        math.fmod(-6, 4) -> -2        math.sqrt(-1) -> -nan

Python's `math` raises where C gives inf or NaN; `_total` turns those cases back.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from pylua.errors import ArgumentError, LibraryError
from pylua.hints import TYPE_CHECKING, Final
from pylua.stdlib.library import Library, lua_function
from pylua.stdlib.random_source import RandomSource
from pylua.values.arithmetic import divide
from pylua.values.functions import ABSENT
from pylua.values.integers import MAX_INTEGER, MIN_INTEGER, wrap
from pylua.values.table import Table
from pylua.values.types import LuaValue, lua_boolean
from pylua.vm.native import check_any, check_integer, check_number, opt_integer, opt_number, to_integer

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["MathLibrary"]

_UNSIGNED: Final = (1 << 64) - 1
_INVALID: Final = -math.nan
"""What glibc on x86-64 gives for most invalid operands; `print` shows it as "-nan"."""
_DEGREES: Final = 180.0 / math.pi
_RADIANS: Final = math.pi / 180.0


class MathLibrary(Library):
    """The functions of `math`; each runtime has a random sequence of its own."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.random_source = RandomSource()
        self._seed_randomly()

    def install(self, table: Table | None = None) -> Table:
        """Adds the constants to the functions."""
        table = super().install(table)
        table.raw_set("pi", math.pi)
        table.raw_set("huge", math.inf)
        table.raw_set("maxinteger", MAX_INTEGER)
        table.raw_set("mininteger", MIN_INTEGER)
        return table

    # --- integers and rounding ----------------------------------------------------------

    @lua_function
    def abs(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.abs (x); of mininteger it is mininteger"""
        if type(x) is int:
            return x if x >= 0 else wrap(-x)
        return abs(float(check_number(x, 1)))

    @lua_function
    def ceil(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.ceil (x)"""
        if type(x) is int:
            return x
        number = x if type(x) is float else float(check_number(x, 1))
        try:
            return _integral(math.ceil(number), number)
        except (OverflowError, ValueError):
            return number

    @lua_function
    def floor(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.floor (x)"""
        if type(x) is int:
            return x
        number = x if type(x) is float else float(check_number(x, 1))
        try:
            return _integral(math.floor(number), number)
        except (OverflowError, ValueError):
            return number

    @lua_function
    def fmod(self, x: LuaValue = ABSENT, y: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.fmod (x, y): the remainder with the sign of x"""
        if type(x) is int and type(y) is int:
            if y == 0:
                raise ArgumentError(2, "zero")
            rest = abs(x) % abs(y)
            return rest if x >= 0 else -rest
        divisor = check_number(y, 2)  # PUC Lua looks at the second argument first
        try:
            return math.fmod(check_number(x, 1), divisor)
        except ValueError:
            return _INVALID

    @lua_function
    def modf(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.modf (x): integral part, fractional part"""
        if type(x) is int:
            return x, 0.0
        number = float(check_number(x, 1))
        if not math.isfinite(number):
            return number, (number if number != number else 0.0)
        whole = math.trunc(number)
        return _integral(whole, number), number - whole or 0.0

    @lua_function
    def tointeger(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.tointeger (x)"""
        return to_integer(check_any(x, 1))

    @lua_function("type")
    def number_type(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.type (x)"""
        if type(x) is int:
            return "integer"
        if type(x) is float:
            return "float"
        check_any(x, 1)
        return None

    @lua_function
    def ult(self, m: LuaValue = ABSENT, n: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.ult (m, n): m < n as unsigned integers"""
        return lua_boolean(check_integer(m, 1) & _UNSIGNED < check_integer(n, 2) & _UNSIGNED)

    # --- comparison ---------------------------------------------------------------------

    @lua_function
    def max(self, *numbers: LuaValue) -> LuaValue:
        """math.max (x, ···): by the operator <"""
        if len(numbers) == 2:
            x, y = numbers
            if type(x) is type(y) and (type(x) is int or type(x) is float):
                return y if x < y else x
        largest = self._first(numbers)
        for number in numbers[1:]:
            if self.state.less_than(largest, number):
                largest = number
        return largest

    @lua_function
    def min(self, *numbers: LuaValue) -> LuaValue:
        """math.min (x, ···): by the operator <"""
        if len(numbers) == 2:
            x, y = numbers
            if type(x) is type(y) and (type(x) is int or type(x) is float):
                return y if y < x else x
        smallest = self._first(numbers)
        for number in numbers[1:]:
            if self.state.less_than(number, smallest):
                smallest = number
        return smallest

    def _first(self, numbers: tuple[LuaValue, ...]) -> LuaValue:
        if not numbers:
            raise ArgumentError(1, "value expected")
        return numbers[0]

    # --- powers, logarithms, angles -----------------------------------------------------

    @lua_function
    def acos(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.acos (x)"""
        return _total(math.acos, check_number(x, 1), math.nan)

    @lua_function
    def asin(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.asin (x)"""
        return _total(math.asin, check_number(x, 1), math.nan)

    @lua_function
    def atan(self, y: LuaValue = ABSENT, x: LuaValue = None, *_: LuaValue) -> LuaValue:
        """math.atan (y [, x])"""
        y, x = check_number(y, 1), opt_number(x, 2, 1.0)
        angle = math.atan2(y, x)
        return angle if angle == angle else float(y + x)

    @lua_function
    def cos(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.cos (x)"""
        return _total(math.cos, check_number(x, 1))

    @lua_function
    def deg(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.deg (x)"""
        return check_number(x, 1) * _DEGREES

    @lua_function
    def exp(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.exp (x)"""
        return _total(math.exp, check_number(x, 1))

    @lua_function
    def log(self, x: LuaValue = ABSENT, base: LuaValue = None, *_: LuaValue) -> LuaValue:
        """math.log (x [, base]); bases 2 and 10 are exact for their powers"""
        number = float(check_number(x, 1))
        if base is None:
            return _logarithm(math.log, number)
        base = float(check_number(base, 2))
        if base == 2.0:
            return _logarithm(math.log2, number)
        if base == 10.0:
            return _logarithm(math.log10, number, math.nan)
        return divide(_logarithm(math.log, number), _logarithm(math.log, base))

    @lua_function
    def rad(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.rad (x)"""
        return check_number(x, 1) * _RADIANS

    @lua_function
    def sin(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.sin (x)"""
        return _total(math.sin, check_number(x, 1))

    @lua_function
    def sqrt(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.sqrt (x)"""
        return _total(math.sqrt, check_number(x, 1))

    @lua_function
    def tan(self, x: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """math.tan (x)"""
        return _total(math.tan, check_number(x, 1))

    # --- random numbers -----------------------------------------------------------------

    @lua_function
    def random(self, m: LuaValue = ABSENT, n: LuaValue = ABSENT, *others: LuaValue) -> LuaValue:
        """math.random ([m [, n]])"""
        source = self.random_source
        if m is ABSENT:
            return source.next_float()
        bits = source.next_bits()
        if n is ABSENT:
            low, high = 1, (m if type(m) is int else check_integer(m, 1))
            if high == 0:
                return wrap(bits)
        elif not others:
            low, high = check_integer(m, 1), check_integer(n, 2)
        else:
            raise LibraryError("wrong number of arguments")
        if low > high:
            raise ArgumentError(1, "interval is empty")
        return low + source.project(bits, high - low)

    @lua_function
    def randomseed(self, first: LuaValue = ABSENT, second: LuaValue = None, *_: LuaValue) -> LuaValue:
        """math.randomseed ([x [, y]]): returns the two integers it used"""
        if first is ABSENT:
            return self._seed_randomly()
        first, second = check_integer(first, 1), opt_integer(second, 2, 0)
        self.random_source.seed(first, second)
        return first, second

    def _seed_randomly(self) -> tuple[int, int]:
        seeds = wrap(time.time_ns()), id(self)
        self.random_source.seed(*seeds)
        return seeds


def _integral(rounded: int, number: float) -> int | float:
    """A rounded float as an integer if it fits; else it was integral before."""
    return rounded if MIN_INTEGER <= rounded <= MAX_INTEGER else number


def _total(function: Callable[[float], float], number: float, invalid: float = _INVALID) -> float:
    """`function(number)`, or C's results where Python raises: overflow and invalid operands."""
    try:
        return function(number)
    except OverflowError:
        return math.inf
    except ValueError:
        return invalid


def _logarithm(function: Callable[[float], float], number: float, invalid: float = _INVALID) -> float:
    return -math.inf if number == 0.0 else _total(function, number, invalid)
