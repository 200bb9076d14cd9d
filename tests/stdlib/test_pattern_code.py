"""The functions made of patterns: loops only where a repetition may have to give something back."""

from __future__ import annotations

import pytest

from pylua.stdlib.pattern_code import compile_search, search_source
from pylua.stdlib.pattern_syntax import parse_pattern


def _loops(pattern: str) -> int:
    source = search_source(parse_pattern(pattern), True)
    assert source is not None
    return source.count("while True:") + source.count("for ")


@pytest.mark.parametrize(
    ("pattern", "loops"),
    [
        ("(%w+)=(%w+)", 0),  # "=" is no letter or digit
        ("%s*$", 0),  # at the end there is nothing to give back
        ("%d*%.?%d*", 0),  # nothing after it can fail
        ('"[^"]-"', 0),  # the shortest is the only one
        ("%a*%w", 1),
        (".-x", 1),
        ("a?ab", 1),
        ("(.*)/(.*)%.", 2),
    ],
)
def test_loops(pattern: str, loops: int) -> None:
    assert _loops(pattern) == loops


def test_large_patterns_have_no_function() -> None:
    assert compile_search(parse_pattern("a*a" * 16 + "b"), False) is None
    assert compile_search(parse_pattern("a?" * 500), False) is None


def test_the_example_of_the_module() -> None:
    search = compile_search(parse_pattern("(%a+)="), False)
    assert search("x, key=1", 0) == (3, 7, ("key",))
    assert search("x, key=1", 4) == (4, 7, ("ey",))
    assert search("x, key", 0) is None
