"""Where variables stand in lines of generated code."""

from __future__ import annotations

import pytest

from pylua.jit.occurrences import is_in, places, replaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("r1", [0]),
        ("r1.x = r12 + r1", [0, 13]),
        ("r0.r1 = a1_r1 + xr1", []),
        ("r1, r2 = (r1)", [0, 10]),
        ('f"{r1}" + "r1_"', [3]),
    ],
)
def test_places(text: str, expected: list[int]) -> None:
    assert list(places(text, "r1")) == expected
    assert is_in(text, "r1") == bool(expected)


def test_replaced() -> None:
    assert replaced("r1.x = r12 + r1", "r1", "v0") == "v0.x = r12 + v0"
    assert replaced("r2", "r1", "v0") == "r2"
