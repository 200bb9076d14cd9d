"""Words of the language: what literals denote, lines of tokens, the beginning of files."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pylua.syntax.generated_parser import PATTERNS
from pylua.syntax.lexer import _BEGINNINGS
from pylua.syntax.parser import ParseError, parse
from pylua.syntax.prelude import strip_file_prelude
from tests.syntax.oracle import lua_runtime


def _value_here(literal: str) -> object:
    node: Any = parse("return " + literal, "=x").body.statements[0]
    return node.values[0].value


def _value_there(literal: str) -> object:
    return lua_runtime().execute("return " + literal)


STRINGS = [
    *(
        '""',
        "''",
        "'\"'",
        '"\\a\\b\\f\\n\\r\\t\\v\\\\\\"\\\'"',
        '"\\65\\066\\1234\\0"',
        '"\\x41\\xfF"',
        '"a\\\nb"',
    ),
    *('"\\u{41}\\u{e9}\\u{20AC}\\u{1F600}\\u{7FFFFFFF}\\u{3ffffff}\\u{0000000000000041}\\u{D800}"',),
    *('"a\\z \n\t\v\f\r b"', '"\\z"', '"\\\r\nx"', '"\\\n\rx"', '"\\\rx"', '"\xe9\x01\x00"', "'\\z  \\z  a'"),
    *(
        "[[]]",
        "[[\n]]",
        "[[\n\nx]]",
        "[[\r\nx\r\n]]",
        "[[\rx\n\r]]",
        "[==[]]]=]]==]",
        "[===[\n]==]]===]",
        "[[\\n]]",
    ),
    *("[[a\rb\nc]]", "[=[[[x]]]=]", "[====[ ]===] ]====]", '"[[x]]"', "'--'", "[[--]]"),
]


@pytest.mark.parametrize("literal", STRINGS, ids=ascii)
def test_strings(literal: str) -> None:
    assert _value_here(literal) == _value_there(literal)


@given(
    st.text("abz019xu{}\\\"'\n \r[]=e", max_size=12), st.sampled_from(["'{}'", '"{}"', "[[{}]]", "[=[{}]=]"])
)
def test_any_string(body: str, frame: str) -> None:
    literal = frame.replace("{}", body)
    try:
        value = _value_here(literal)
    except (ParseError, AttributeError):  # wrong ones are compared by test_syntax_errors
        return
    if len(parse("return " + literal, "=x").tokens.texts) == len(["return", literal, ""]):
        assert value == _value_there(literal)


NUMERALS = [
    *(
        "0",
        "3",
        "345",
        "0xff",
        "0XA",
        "3.0",
        "3.1416",
        "314.16e-2",
        "0.31416E1",
        "34e1",
        "0x0.1E",
        "0xA23p-4",
    ),
    *("0X1.921FB54442D18P+1", "9223372036854775807", "9223372036854775808", "0xffffffffffffffff", "1e400"),
    *(".5", "5.", "0xep1", "0x.8", "1E+2"),
]


@pytest.mark.parametrize("literal", NUMERALS)
def test_numerals(literal: str) -> None:
    assert repr(_value_here(literal)) == repr(_value_there(literal))


def test_texts_and_lines_of_tokens() -> None:
    tokens = parse('local x --c\n= [[\na\n]]\r\n--[[\n\n]] .. "b"\n', "=x").tokens
    assert tokens.texts == ["local", "x", "=", "[[\na\n]]", "..", '"b"', ""]
    assert tokens.lines == [1, 1, 2, 4, 7, 7, 8]


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("x = 1", "x = 1"),
        ("#!/usr/bin/lua\nx = 1", "\nx = 1"),
        ("# no line end", "\n"),
        ("\xef\xbb\xbfx", "x"),
        ("\xef\xbb\xbf#!\nx", "\nx"),
        ("\n#x", "\n#x"),
        ("\xef\xbbx", "\xef\xbbx"),
    ],
)
def test_the_beginning_of_files(text: str, stripped: str) -> None:
    assert strip_file_prelude(text) == stripped


@given(st.data())
@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - {"NAME"}))
def test_words_begin_as_the_lexer_expects(name: str, data: st.DataObject) -> None:
    word = data.draw(st.from_regex(re.compile(PATTERNS[name].replace("*+", "*")), fullmatch=True))
    assert word[0] in _BEGINNINGS[name]
