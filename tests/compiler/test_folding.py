"""Constant folding gives what the operation would give at run time, and leaves the rest to it."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pylua.compiler.folding import fold
from tests.compiler.oracle import assert_same_chunk

INTEGERS = st.one_of(
    st.integers(-10, 300),
    st.sampled_from([2**31, 2**53, 2**53 + 1, 2**63 - 1, -(2**63), 2**62, 63, 64, 65]),
    st.integers(-(2**63), 2**63 - 1),
)
FLOATS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 0.5, 1.0, 1.5, 2.0, 2.0**53, 2.0**63, 1e300, 1e-300]),
)
OPERATORS = ("+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<<", ">>")


def spelled(value: int | float) -> str:
    if isinstance(value, int):
        return f"0x{value & 0xFFFFFFFFFFFFFFFF:x}"
    return value.hex().removeprefix("-") if value >= 0 else f"(-{(-value).hex()})"


@given(st.one_of(INTEGERS, FLOATS), st.sampled_from(OPERATORS), st.one_of(INTEGERS, FLOATS))
@settings(max_examples=300, deadline=None)
def test_binary(left: int | float, operator: str, right: int | float) -> None:
    assert_same_chunk(f"return {spelled(left)} {operator} {spelled(right)}")


@given(st.sampled_from(["-", "~", "- -", "~ ~", "-~"]), st.one_of(INTEGERS, FLOATS))
@settings(max_examples=60, deadline=None)
def test_unary(operators: str, operand: int | float) -> None:
    assert_same_chunk(f"return {operators} {spelled(operand)}")


@pytest.mark.parametrize(
    ("event", "left", "right", "result"),
    [
        ("__add", 2**63 - 1, 1, -(2**63)),
        ("__div", 1, 2, 0.5),
        ("__pow", 2, 0.5, 2**0.5),
        ("__mul", 1e308, 10.0, inf),
        ("__idiv", -(2**63), -1, -(2**63)),
        ("__band", 6.0, 3, 2),
        ("__shl", 1, 63, -(2**63)),
        ("__mod", 5, 0, None),
        ("__idiv", 5.0, 0, None),
        ("__div", 0, 5, None),
        ("__mul", 0.0, -1, None),
        ("__band", 1.5, 1, None),
        ("__bor", 2.0**63, 1, None),
        ("__pow", -8.0, 1 / 3, None),
    ],
)
def test_fold(event: str, left: int | float, right: int | float, result: int | float | None) -> None:
    folded = fold(event, left, right)
    assert folded == result
    assert type(folded) is type(result)
