"""Patterns: find, match, gmatch and gsub against real Lua, and both matchers against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pylua.errors import LibraryError
from pylua.stdlib.pattern_code import compile_search
from pylua.stdlib.pattern_interpreter import search
from pylua.stdlib.pattern_syntax import parse_pattern
from pylua.stdlib.patterns import PATTERNS, UNANCHORED_PATTERNS
from tests.stdlib.calls import CALLS

_SINGLES = [
    *"abc01x...$^-]",
    *("%a", "%d", "%s", "%w", "%W", "%S", "%D", "%x", "%p", "%l", "%u", "%c", "%g", "%z", "%.", "%%"),
    *(" ", "\0", "é", "[abc]", "[^a]", "[a-c%d]", "[]]", "[^]b]", "[a-]", "[%a_]", "[%-x]", "[a-%%]"),
    *("[\0-\x10]", "[\x80-\xff]", "[^%s]", "[%W]", "[b-a]"),
]
_SPECIALS = [
    *("()", "(", "(", ")", ")", "(a)", "(.)", "(%w+)", "(.-)", "(.*)", "(a*)", "%1", "%2", "%0"),
    *("%b()", "%bab", "%baa"),
    *("%f[%w]", "%f[a]", "%f[^%w]", "%f[%z]", "%f[\0a]"),
]
_FAULTS = ["%", "[", "[a", "[^", "[a%", "%f", "%b", "%bx", "%fa", "%9", "[]", "[%", ")"]

_items = st.one_of(
    st.tuples(st.sampled_from(_SINGLES), st.sampled_from(["", "", "", "*", "+", "-", "?"])).map("".join),
    st.tuples(st.sampled_from(_SINGLES), st.sampled_from(["", "", "", "*", "+", "-", "?"])).map("".join),
    st.sampled_from(_SPECIALS),
)
patterns = st.builds(
    lambda caret, items, fault, dollar: caret + "".join(items) + fault + dollar,
    st.sampled_from(["", "", "", "^"]),
    st.lists(_items, min_size=1, max_size=7),
    st.sampled_from([""] * 30 + _FAULTS),
    st.sampled_from(["", "", "", "$"]),
)
subjects = st.one_of(
    *(st.text(alphabet, max_size=20) for alphabet in ("ab", "abc01 ", "ab()", "aA0 ._-$^%]\0\x01é", "a"))
)
positions = st.one_of(st.none(), st.integers(-12, 12), st.sampled_from([1 << 62, -(1 << 63)]))


@pytest.fixture(params=["compiled", "interpreted", "bound"], scope="module", autouse=True)
def _matcher(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything passes with every kind of matcher."""
    PATTERNS.clear()
    UNANCHORED_PATTERNS.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pylua.stdlib.patterns._REHEARSALS", 1 << 30 if request.param == "interpreted" else 0)
        patch.setattr("pylua.stdlib.patterns._SHORT", 1 << 30)
        for user in ("substitution", "all_matches"):
            patch.setattr(f"pylua.stdlib.{user}.MANY_MATCHES", 1 if request.param == "bound" else 1 << 30)
        yield
    PATTERNS.clear()
    UNANCHORED_PATTERNS.clear()


@given(subjects, patterns, positions)
def test_find_and_match(subject: str, pattern: str, init: int | None) -> None:
    CALLS.assert_same("string", "find", subject, pattern, init)
    CALLS.assert_same("string", "match", subject, pattern, init)


@given(subjects, patterns, positions)
def test_gmatch(subject: str, pattern: str, init: int | None) -> None:
    CALLS.assert_same_result("iterate", "string", "gmatch", subject, pattern, init)


@given(
    subjects,
    patterns,
    st.sampled_from(["x", "", "<%0>", "%1", "%2", "%%", "%", "a%x", "%1-%0", 5, 1.5]),
    st.one_of(st.none(), st.integers(-1, 4)),
)
def test_gsub_with_templates(subject: str, pattern: str, template: str | float, limit: int | None) -> None:
    CALLS.assert_same("string", "gsub", subject, pattern, template, limit)


@given(
    st.text("ab,]", max_size=12),
    st.sampled_from(["a", "ab", "ba", "aa", "]", ",", "abc"]),
    st.sampled_from(["", "x", "xy", "a", "ab", "abc"]),
)
def test_gsub_with_plain_texts(subject: str, text: str, replacement: str) -> None:
    CALLS.assert_same("string", "gsub", subject, text, replacement)


@given(st.sampled_from(["table", "function"]), subjects, patterns, st.one_of(st.none(), st.integers(0, 4)))
def test_gsub_with_tables_and_functions(kind: str, subject: str, pattern: str, limit: int | None) -> None:
    CALLS.assert_same_result("replace", kind, subject, pattern, limit)


@given(subjects, st.text("ab.%(", min_size=0, max_size=3), positions)
def test_plain_find(subject: str, text: str, init: int | None) -> None:
    CALLS.assert_same("string", "find", subject, text, init, True)


@given(patterns, subjects)
def test_the_matchers_agree(pattern: str, subject: str) -> None:
    anchored = pattern.startswith("^")
    items = parse_pattern(pattern[anchored:])
    compiled = compile_search(items, anchored)
    assert compiled is not None
    bound = PATTERNS[pattern].search_bound(subject)
    for start in range(len(subject) + 1):
        expected = _outcome(lambda: search(items, anchored, subject, start))  # noqa: B023
        assert _outcome(lambda: compiled(subject, start)) == expected  # noqa: B023
        assert _outcome(lambda: bound(subject, start)) == expected  # noqa: B023


def _outcome(action: Any) -> Any:
    try:
        return action()
    except LibraryError as error:
        return error.message


@pytest.mark.parametrize("item", ["a?", "a*", "a-", "(a?)"])
@pytest.mark.parametrize("count", [15, 31, 32, 33, 98, 99, 100, 101, 198, 199, 200, 201, 400])
@pytest.mark.parametrize("tail", ["", "()", "b*"])
def test_depth_and_capture_limits(item: str, count: int, tail: str) -> None:
    """'pattern too complex' comes at PUC's depth; items that match nothing do not nest."""
    pattern = item * count + tail
    for subject in ("", "a" * 5, "a" * (count - 1), "a" * count, "a" * (count + 3)):
        CALLS.assert_same("string", "find", subject, "^" + pattern)


def test_long_subjects_and_patterns() -> None:
    """No limit of Python's shows, and what is linear in PUC Lua is linear here."""
    many = "a" * 100_000
    for pattern in ("^a*.?$", "^a*.?b$", "^a-.?$", "^(a*)(a-)$", "^[^b]*b", "^.-b", "()a*()"):
        CALLS.assert_same("string", "find", many, pattern)
    CALLS.assert_same("string", "find", "x" * 50_000 + "y", "x" * 50_000 + ".")
    CALLS.assert_same("string", "find", "", "a?" * 20_000 + "$")
    CALLS.assert_same("string", "gsub", "ab " * 20_000, "%w+%s", "<%0>")
    CALLS.assert_same("string", "gsub", "(" * 100 + ")" * 100, "%b()", "")
    CALLS.assert_same("string", "find", "a" * 20_000 + "b" * 20_000, "b+$")


_FAULTY = [
    ("a", "(.", "unfinished capture"),
    ("a", ".)", "invalid pattern capture"),
    ("a", "%", "malformed pattern (ends with '%')"),
    ("a", "[a", "malformed pattern (missing ']')"),
    ("a", "%b", "malformed pattern (missing arguments to '%b')"),
    ("a", "%f", "missing '[' after '%f' in pattern"),
    ("a", "(%1)", "invalid capture index %1"),
    ("a", "()" * 33, "too many captures"),
]


@pytest.mark.parametrize(("subject", "pattern", "message"), _FAULTY)
def test_faults(subject: str, pattern: str, message: str) -> None:
    CALLS.assert_same("string", "find", subject, pattern)
    assert message in CALLS.actual("call", "string", "find", subject, pattern)


def test_faults_are_met_only_where_a_match_gets() -> None:
    for pattern in ("b(", "b%", "b[", "bb)", "a*[", "x-%f", "^b%1", "[b", "()b%b"):
        CALLS.assert_same("string", "find", "a", pattern)
        CALLS.assert_same("string", "gsub", "aab", pattern, "-")


_SCRIPTS = """
return string.gsub("hello world", "o", {o = "0"})
return string.gsub("abc", "%w", "%1%0%%")
return string.gsub("abc", "b", {b = {}})
return string.gsub("abc", "b", function () return print end)
return string.gsub("abc", "b", true)
return string.gsub("abc", "b")
return string.gsub("abc", "(", "x")
return string.gsub("abc", "(", {})
return string.gsub("abc", "(b", "%1")
return string.gsub("abc", "b", function (...) return select("#", ...) end)
return string.gsub("abc", "", "-")
return string.gsub("abc", "^", "-")
return string.gsub("abc", "$", "-")
return string.gsub("a b cd", " *", "-")
return string.gsub("abcabc", "abc", "%0%0", 1)
return string.gsub("a.b.c", ".", "-", 2)
return string.gsub("a)b", ")", "-")
return string.gsub("x", "x", 12), string.gsub("x", "x", 1.0)
return string.gsub("x", "x", "%")
return string.find("a\\0b", "%z"), string.find("a\\0b", "\\0")
return string.find("abc", "b", 10), string.find("abc", "", 4), string.find("abc", "", 5)
return string.find("a+b", "+", 1, true), string.find("a+b", "+", 1, false)
return string.find("abc", "b", 1.5)
return string.find("abc", "b", "x")
return string.find("abc")
return string.find(nil, "a")
return ("x"):find({})
return string.match(1234.5, "%d+", 2), string.match("  x", "^%s*()")
return string.gmatch("abc", "b", {})
local it = string.gmatch("abc", "%w"); return it(), it("ignored"), it(), it(), it()
local it = string.gmatch("a1", "(%a)(%d)"); return it()
local t = {} for k in string.gmatch("^a^a", "^a") do t[#t + 1] = k end return #t
return pcall(string.gsub, "abc", "b", function () error("inside", 0) end)
return pcall(string.gsub, "abc", "b", setmetatable({}, {__index = function () error({}) end}) == nil)
return string.gsub("abc", "b", coroutine.wrap(function (x) return coroutine.yield(x) end))
""".strip().splitlines()


@pytest.mark.parametrize("script", _SCRIPTS)
def test_scripts(script: str) -> None:
    CALLS.assert_same_result("script", script)


@given(patterns, subjects)
def test_charging_changes_nothing(pattern: str, subject: str) -> None:
    compiled = PATTERNS[pattern]
    steps: list[int] = []
    charged = _outcome(lambda: compiled.search_charged(subject, 0, steps.append))
    assert charged == _outcome(lambda: compiled.search(subject, 0))
    assert all(step >= 0 for step in steps)


@pytest.mark.parametrize("pattern", ["a-a-a-a-a-a-b", "a*a*a*a*a*b", "a?" * 30 + "b", "(.-).-.-.-%1b"])
def test_a_limit_on_steps_stops_a_search(pattern: str) -> None:
    """Without the limit these take longer than anybody waits."""
    left = 100_000

    def charge(steps: int) -> None:
        nonlocal left
        left -= steps
        if left < 0:
            raise TimeoutError

    subject = "a" * 20_000
    with pytest.raises(TimeoutError):
        PATTERNS[pattern].search_charged(subject, 0, charge)


_PIECES = [
    "%a+",
    "[^,]+",
    "(%w+)",
    "%S+",
    "[ab ]+",
    "([^,]*),",
    "(.-),",
    "(.-)a",
    "([^a]*)a",
    "(%a+)()",
    "[^%z]+",
    ".+",
]


@given(st.text("ab, \n\t\x85\xa0\0é", max_size=20), st.sampled_from(_PIECES), st.integers(-5, 8))
def test_all_pieces_at_once(subject: str, pattern: str, first: int) -> None:
    CALLS.assert_same_result("iterate", "string", "gmatch", subject, pattern, first)
