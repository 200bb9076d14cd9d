"""The functions made of patterns: loops only where a repetition may have to give something back."""

from __future__ import annotations

import pytest

from pylua.stdlib.pattern_code import FORMS, compile_search, search_source
from pylua.stdlib.pattern_prospects import beginning
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


@pytest.mark.parametrize(
    ("pattern", "place", "places", "text", "texts"),
    [
        ("%d+", 3, (3, 4), "12", ("12",)),
        ("(%a)(%d+)", 2, (2, 4, "b", "12"), "b", ("b", "12")),
        ("()%s", 5, (5, 5, 5), 5, (5,)),
        ("%f[%a]end", 6, (6, 8), "end", ("end",)),
        ("(%w+)%.", 6, (6, 9, "end"), "end", ("end",)),
        ("x", None, None, None, None),
    ],
)
def test_forms(pattern: str, place: object, places: object, text: object, texts: object) -> None:
    """What find and match give of a match in `ab12 end.`: the first value, or all of them."""
    items = parse_pattern(pattern)
    forms = [compile_search(items, False, form=form)("ab12 end.", 0) for form in list(FORMS)[1:]]
    assert forms == [place, places, text, texts]


@pytest.mark.parametrize(
    ("pattern", "decisive"),
    [("[ab]+", "[ab]"), ("%a%d*", "%a"), ("%d*", ""), ("%a+%s", "%a+%s"), ("(%a+)()", "(%a")],
)
def test_what_decides_where_a_match_begins(pattern: str, decisive: str) -> None:
    assert beginning(parse_pattern(pattern)) == parse_pattern(decisive)
