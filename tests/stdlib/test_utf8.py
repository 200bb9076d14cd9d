"""The library utf8 against real Lua: well-formed and broken texts, strict and lax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stdlib.calls import CALLS

_pieces = st.sampled_from(
    [
        *("a", "\0", "é", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"),
        *("\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "\xff", "\xfe\x80"),
        *("\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xfd\xbf\xbf\xbf\xbf\xbf"),
    ]
)
_texts = st.lists(_pieces, max_size=6).map("".join)
_positions = st.one_of(st.none(), st.integers(-9, 9), st.sampled_from([1 << 62, -(1 << 63), "2", 1.0, 1.5]))
_lax = st.sampled_from([None, False, True])


@given(_texts, _positions, _positions, _lax)
def test_len_and_codepoint(text: str, first: object, last: object, lax: bool | None) -> None:
    CALLS.assert_same("utf8", "len", text, first, last, lax)
    CALLS.assert_same("utf8", "codepoint", text, first, last, lax)


@given(_texts, st.integers(-7, 7), _positions)
def test_offset(text: str, count: int, position: object) -> None:
    CALLS.assert_same("utf8", "offset", text, count, position)


@given(_texts, _lax)
def test_codes(text: str, lax: bool | None) -> None:
    CALLS.assert_same_result("iterate", "utf8", "codes", text, lax)


@given(st.lists(st.one_of(st.integers(-1, 1 << 31), st.sampled_from(["65", 65.0, 6.5, "x"])), max_size=3))
def test_char(codes: list[object]) -> None:
    CALLS.assert_same("utf8", "char", *codes)


_SCRIPTS = """
return utf8.charpattern
return utf8.codes("\\x80")
return utf8.codes()
local f, s, i = utf8.codes("ab") return f(s, i), f(s, 1), f(s, 2), f(s, -1), f(s, "1"), f(s)
local f = utf8.codes("ab") return f == utf8.codes("x"), f == utf8.codes("x", true)
return utf8.len(123), utf8.len({})
return utf8.offset("abc")
return utf8.char(), utf8.char(0x7FFFFFFF), #utf8.char(0x10FFFF)
return utf8.codepoint("abc", 1, -1)
for p, c in utf8.codes("a\\xff") do end
for c in ("a\\u{e9}\\u{20ac}"):gmatch(utf8.charpattern) do if #c == 3 then return c end end
""".strip().splitlines()


@pytest.mark.parametrize("script", _SCRIPTS)
def test_scripts(script: str) -> None:
    CALLS.assert_same_result("script", script)
