"""The library `math` against real Lua. Signs of NaN differ between C libraries: NaN is NaN here."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stdlib.calls import CALLS

SAME = """
local function show(...)
  local texts = table.pack(...)
  for i = 1, texts.n do
    local value = texts[i]
    if value ~= value then texts[i] = "nan"
    elseif math.type(value) == "float" then texts[i] = string.format("float %%a", value)
    else texts[i] = math.type(value) and "integer " .. value or tostring(value) end
  end
  return table.concat(texts, ", ")
end
return show(pcall(%s))
"""


def assert_same(call: str) -> None:
    """Compares `pcall(call)`."""
    CALLS.assert_same_result("script", SAME % call)


ONE_ARGUMENT = [
    "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "log", "max", "min", "modf",
    "rad", "sin", "sqrt", "tan", "tointeger", "type",
]  # fmt: skip
TWO_ARGUMENTS = ["atan", "fmod", "log", "max", "min", "ult"]

CALLS_WITH_ODD_ARGUMENTS = """
math.max
math.min, {}, 1
math.max, "10", 9
math.max, "a", "b"
math.max, nil
math.max, 1, nil
math.max, 1, 2.0, 2
math.min, 2.0, 2
math.min, 3, 2.5, -1, 7
math.floor, {}
math.floor
math.abs, "-5"
math.abs, "x"
math.fmod, 7
math.fmod
math.fmod, 1, 0
math.fmod, 5, "0"
math.fmod, "7", 4
math.fmod, math.mininteger, -1
math.log, 8, nil
math.log, 8, {}
math.log, 1024, "2"
math.atan, 1, "x"
math.tointeger
math.tointeger, {}
math.tointeger, "3.0"
math.tointeger, " 0x10 "
math.tointeger, 2^63
math.type
math.type, "1"
math.ult, 1.5, 2
math.ult, 1
math.random, 2, 1
math.random, 1, 2, 3
math.random, 1.5
math.random, "x"
math.random, -5
math.random, 7, 7
math.randomseed, 42
math.randomseed, 1.5
math.randomseed, 2.0, "7"
math.randomseed, nil
math.randomseed, "x"
math.randomseed, 1, {}
"""


@pytest.mark.parametrize("call", CALLS_WITH_ODD_ARGUMENTS.strip().splitlines())
def test_odd_arguments(call: str) -> None:
    assert_same(call)


NUMBERS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.integers(-10, 10),
    st.floats(),
    st.integers(-60, 60).map(lambda exponent: 2.0**exponent),
    st.floats(-20, 20),
)


def literal(number: int | float) -> str:
    """A Lua expression for `number`."""
    if number != number:
        return "0/0"
    if isinstance(number, float):
        return {"inf": "math.huge", "-inf": "-math.huge"}.get(str(number), number.hex())
    return "math.mininteger" if number == -(2**63) else str(number)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ONE_ARGUMENT), NUMBERS)
def test_functions_of_one_number(name: str, number: int | float) -> None:
    assert_same(f"math.{name}, {literal(number)}")
    assert_same(f"math.{name}, '{number!r}'")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(TWO_ARGUMENTS), NUMBERS, NUMBERS)
def test_functions_of_two_numbers(name: str, left: int | float, right: int | float) -> None:
    assert_same(f"math.{name}, {literal(left)}, {literal(right)}")


@pytest.mark.parametrize("base", [2, 10])
def test_logarithms_of_powers_are_whole(base: int) -> None:
    for exponent in range(-20, 20):
        assert_same(f"math.log, {float(base**exponent)!r}, {base}")


def test_constants() -> None:
    for name in ("pi", "huge", "maxinteger", "mininteger"):
        CALLS.assert_same_result("script", f"return math.{name}")


def test_signs_of_nan_are_those_of_glibc() -> None:
    script = """return tostring(math.sqrt(-1)), tostring(math.fmod(1, 0.0)), tostring(math.sin(math.huge)),
    tostring(math.acos(2)), tostring(math.log(-1)), tostring(math.atan(0/0, 1)), tostring(math.abs(0/0))"""
    assert CALLS.actual("script", script).split("\n")[1:] == [
        f'string "{text}"' for text in ("-nan", "-nan", "-nan", "nan", "-nan", "-nan", "nan")
    ]


# --- random numbers --------------------------------------------------------------------------


def test_known_sequence() -> None:
    """The numbers that Lua 5.4 gives after math.randomseed(42)."""
    script = """
    math.randomseed(42)
    return math.random(0), math.random(), math.random(10), math.random(-3, 7)  --> as below
    """
    kinds_and_texts = CALLS.actual("script", script).split("\n")[1:]
    assert kinds_and_texts[0] == "integer -1276290044721465627"
    assert math.isclose(float.fromhex(kinds_and_texts[1].removeprefix("float ")), 0.45178389935924)
    assert kinds_and_texts[2:] == ["integer 6", "integer 2"]


INTEGERS = st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-100, 100))


@settings(max_examples=100, deadline=None)
@given(INTEGERS, INTEGERS, st.lists(st.tuples(INTEGERS, INTEGERS), max_size=10))
def test_sequences_are_real_luas(first: int, second: int, intervals: list[tuple[int, int]]) -> None:
    draws = ["math.random()", "math.random(0)", "math.random(7)", "math.random(1 << 40)"]
    draws += [f"math.random({literal(min(pair))}, {literal(max(pair))})" for pair in intervals]
    script = f"math.randomseed({literal(first)}, {literal(second)}) return {', '.join(draws)}"
    CALLS.assert_same_result("script", script)


def test_a_random_seed_can_be_used_again() -> None:
    script = """
    local x, y = math.randomseed()
    local number = math.random(0)
    math.randomseed(x, y)
    return math.random(0) == number, math.type(x), math.type(y)
    """
    assert CALLS.actual("script", script).split("\n") == [
        "boolean true", "boolean true", 'string "integer"', 'string "integer"',
    ]  # fmt: skip
