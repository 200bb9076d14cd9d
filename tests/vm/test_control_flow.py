"""Random programs about errors, coroutines, closing and metamethods end as in real Lua."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies.control_flow import control_flow_program
from tests.vm.engines import assert_same, run_pylua

run_pylua("")  # the first State raises Python's recursion limit, which must not happen within a test


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_control_flow(seed: int) -> None:
    assert_same(control_flow_program(Random(seed)))
