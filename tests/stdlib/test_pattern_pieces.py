"""Texts divided at all matches at once, as one match after the other divides them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pylua.stdlib.pattern_pieces import find_split
from pylua.stdlib.pattern_syntax import parse_pattern
from pylua.stdlib.patterns import PATTERNS
from pylua.stdlib.substitution import put_between, substitute


@pytest.mark.parametrize(
    ("pattern", "between", "matches"),
    [
        ("b", ["a", "", "c;"], ["b", "b"]),
        ("[b;]", ["a", "", "c", ""], "bb;"),
        ("(%a)", ["", "", "", "", ";"], "abbc"),
        ("%a+", ["", ";"], ["abbc"]),
        ("b+", ["a", "c;"], ["bb"]),
        ("bc", ["ab", ";"], ["bc"]),
        ("%d", None, ""),
    ],
)
def test_splits(pattern: str, between: list[str] | None, matches: str | list[str]) -> None:
    split = find_split(parse_pattern(pattern))
    assert split is not None
    assert split.between("abbc;") == between
    assert split.matches("abbc;") == matches


@pytest.mark.parametrize(
    "pattern", ["", "%a*", "%a-", "()a", "a$", "%ab?", "(a)b", ".+", "[a", "(a", "%f[a]a"]
)
def test_other_patterns(pattern: str) -> None:
    assert find_split(parse_pattern(pattern)) is None


@given(st.sampled_from(["a", "[ab]", "(%a+)", "%s+", "aa", "ab", ".", "[^a]+", "\0"]), st.text("ab \0\xff"))
def test_the_same_as_one_by_one(pattern: str, subject: str) -> None:
    split = find_split(parse_pattern(pattern))
    assert split is not None
    between = split.between(subject)
    marked = [f"<{match}>" for match in split.matches(subject)]
    text, count = substitute(subject, PATTERNS[pattern], lambda match, _: f"<{match}>", len(subject) + 1)
    assert ((subject if between is None else "".join(put_between(between, marked))), len(marked)) == (
        text,
        count,
    )
