"""Generated programs behave as in real Lua: results, output and error messages.

The big run is a command: `python -m tests.differential --count 20000 --seed 1`.
"""

from __future__ import annotations

import pytest

from tests.differential import difference, report, run_both
from tests.strategies.behaviour import generate

GROUPS, GROUP_SIZE = 10, 30


@pytest.mark.parametrize("group", range(GROUPS))
def test_generated_programs_behave_as_in_lua(group: int) -> None:
    for seed in range(group * GROUP_SIZE, (group + 1) * GROUP_SIZE):
        assert difference(str(generate(seed))) is None, report(seed)


def test_both_outcomes_show_results_errors_and_masked_addresses() -> None:
    ours, theirs = run_both("return 1 // 0")
    assert ours == theirs
    assert "attempt to divide by zero" in ours.text
    assert run_both("return tostring({})")[0].text == "table: ADDRESS"
    assert run_both("x = = 1")[0] == run_both("x = = 1")[1]


def test_the_same_seed_gives_the_same_program() -> None:
    assert str(generate(5)) == str(generate(5))
    assert str(generate(5)) != str(generate(6))
