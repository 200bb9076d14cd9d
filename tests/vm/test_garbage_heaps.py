"""Random heaps: what dies, in which order, and what finalizers see, as in real Lua."""

from __future__ import annotations

from hypothesis import given, settings

from pylua.vm.state import State
from tests.strategies.heaps import heap_programs
from tests.vm.engines import assert_same

State()  # raises Python's recursion limit, which Hypothesis does not want to see changed in a test


@settings(max_examples=60, deadline=None)
@given(heap_programs)
def test_collections_leave_what_real_lua_leaves(program: str) -> None:
    assert_same(program)
