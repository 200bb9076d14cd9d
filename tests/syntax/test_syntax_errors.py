"""Messages about refused texts: a table by message, and real Lua on the same and on mutated texts."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pylua.syntax.parser import ParseError, parse
from tests.strategies.mutations import damage
from tests.strategies.programs import programs
from tests.syntax.oracle import meaning_is_wrong, refusal_here, refusal_there
from tests.syntax.sources import EVERY_ALTERNATIVE, SCRIPTS, script_text

MESSAGES = {
    "unexpected symbol": ("\x00",),
    "unexpected symbol near": (
        "a, b ,", "a, b, c = = 1", "x = ", "x = )", "f(", "f(1,", "{", "x = {", "x = {1,", "x = {,}",
        "return return", "return )", "a, 1", "a, ", "for i = do", "for a in do", "while do", "x = = 1",
        "x = 1 2", "local x = 1 )", "f() 1", "@", "!", "x = @", "x = 1 @", "$", "\x01", "\xe9", "x = \x7f",
        "x = {[", "x = a[", "- 1", "(", "()", "f(]", "::a:: )", "goto a )", "break )", "x = not", "x = 1 +",
        "repeat until", "x = a.b = 1", "x = f() = 1", "if",
    ),
    "syntax error near": (
        "x.1", "x \\ 1", "x", "x y", "a.b", "a[1]", "(a)", "(a) = 1", "f() = 1", "f(), a = 1", "a, f() = 1",
        "a, (b) = 1", "a:b() = 1", "a 1", "x until", "a, f() 1", "(f())", "x;", "x.y end", "f'' = 1",
        "x local", "do x end",
    ),
    "'=' expected near": ("a, b", "a, b c", "x = {[1] 2}", "a.b, c.d e"),
    "'=' or 'in' expected near": ("for i", "for i do", "for i 1"),
    "'in' expected near": ("for i, j", "for i, j = 1", "for a, b, c do"),
    "<name> expected near": (
        "local x < 1", "local", "local 1", "local x, 1", "goto", "goto 1", "goto end", "::", "::1", "x.end",
        "x:1", "for 1", "function", "function 1", "function f:1()", "local function", "local function 1",
        "local x <1>", "x = a.and", "local end = 1",
    ),
    "<name> or '...' expected": (
        "function f(1", "function f(a,", "function f(a, )", "function f(", "x = function(end",
    ),
    "'(' expected near": (
        "local function f.g()", "function f.1()", "function f", "function f 1", "x = function",
        "x = function f()", "function f.g:h.i()",
    ),
    "function arguments expected near": ("a:b", "a:b 1", "a:b = 1", "x = a:b.c"),
    "')' expected near": (
        "f(1", "f(1 2", "(1", "(1 2)", "function f(a", "function f(a b)", "function f(..., a)",
    ),
    "')' expected (to close '(' at line 1) near": ("f(\n1", "f(1,\n2 3)", "(\n1 2)", "a:b(\n1", "x = (1\n"),
    "']' expected near": ("x[1", "x[1 2]", "x = {[1", "x = a[1)"),
    "'}' expected near": ("x = {1", "x = {1 2}", "x = {a b}", "x = {a = 1 b = 2}", "f{1"),
    "'}' expected (to close '{' at line 1) near": ("x = {\n1", "x = {1,\n2 3}", "f{1;\n2"),
    "'then' expected near": ("if x", "if x do", "if x y", "if x then elseif y do", "if 1 else"),
    "'do' expected near": (
        "while x", "while x then", "for i = 1, 2", "for i = 1, 2, 3 4", "for a in b", "for a, b in c d",
    ),
    "',' expected near": ("for i = 1", "for i = 1 do", "for i = f(x)"),
    "'end' expected near": (
        "if x then", "while x do", "do", "function f()", "for i = 1, 2 do", "x = function()",
        "if x then else", "do until", "do return 1 x", "if x then until", "if x then else elseif",
        "local function f() x = 1", "while x do break else", "do return; x", "do return f() x end",
    ),
    "'end' expected (to close 'if' at line 1) near": (
        "if x then\n", "if x then else\n", "if x then elseif y then\n x = 1",
    ),
    "'end' expected (to close 'while' at line 2) near": ("\nwhile x do\n",),
    "'end' expected (to close 'do' at line 1) near": (
        "do\n", "do if x then\n end until", "do while x do end\n",
    ),
    "'end' expected (to close 'for' at line 1) near": (
        "for i = 1, 2 do\n", "for a in b do\n", "for i = 1,\n2 do\n",
    ),
    "'end' expected (to close 'function' at line 1) near": (
        "function f()\n", "function f.g:h(\n)\n", "local function f()\n",
    ),
    "'end' expected (to close 'function' at line 2) near": (
        "local function f\n()\n", "x = function\n()\n", "\nfunction\nf()\n",
    ),
    "'until' expected near": ("repeat", "repeat end", "repeat x = 1 else"),
    "'until' expected (to close 'repeat' at line 1) near": ("repeat\n", "repeat local x\n end"),
    "<eof> expected near": (
        "end end", "until 1", "elseif x", "else", "x = 1 end", "end", "return 1 2", "return 1; 2",
        "f() until", "return else", "x = 1 elseif", "return; ;",
    ),
    "'::' expected near": ("::a", "::a :", "::a b::"),
    "'>' expected near": ("local x <const", "local x <const 1", "local x <const>= 1", "local x <close y"),
    "cannot use '...' outside a vararg function near '...'": (
        "function f() return ... end", "function f(a) x = {...} end",
        "function f(...) function g() f(...) end end", "function f() local x = ... x x",
        "function f() do x = ... end end y y", "x = function() x(...) end x = = 1",
        "function f() x(...) ; (function() y(...) end)() end",
    ),
    "unfinished string near": (
        'x = "abc', "x = 'abc\n'", '"', 'x = "abc\\', 'x = "a\\z\n  ', 'x = "a\\\nb', 'x = "\\65\\n\n"',
    ),
    "unfinished long string (starting at line 1) near <eof>": (
        "x = [[", "x = [==[ ]=] ]]", "[[\n\n", "f[=[a]]",
    ),
    "unfinished long comment (starting at line 2) near <eof>": ("\n--[[", "x = 1\n--[==[ ]] ]=]\n"),
    "invalid long string delimiter near '[": ("x = [=", "x = [==a", "x[=1]", "[=]"),
    "malformed number near": (
        "x = 3..2", "x = 0x", "x = 1e", "x = 1e+", "x = 3x", "x = 0x1p", "x = 1.2.3", "x = 0xp1", "x = .1.",
        "x = 12_", "3a = 1", "x = 1..2",
    ),
    "invalid escape sequence": (
        'x = "\\q"', "x = '\\ '", 'x = "a\\65\\n\\q', 'x = "\\z \\-"', 'x = "\\\xe9"',
    ),
    "hexadecimal digit expected": (
        'x = "\\x"', 'x = "\\xg1"', 'x = "\\x1', 'x = "\\x1g"', 'x = "\\u{}"', 'x = "\\u{g}"', 'x = "\\x\n',
    ),
    "missing '{'": ('x = "\\u"', 'x = "\\u41"', 'x = "\\u'),
    "missing '}'": ('x = "\\u{41"', 'x = "\\u{41', 'x = "\\u{7fffffff"', 'x = "\\u{00000000041 }"'),
    "UTF-8 value too large": ('x = "\\u{80000000}"', 'x = "\\u{110000000}"', 'x = "\\u{0fffffffff}"'),
    "decimal escape too large": ('x = "\\256"', 'x = "\\999', 'x = "a\\3001"'),
    "C stack overflow": (
        "(" * 300, "x = " + "{" * 300, "do " * 300, "x = " + "- " * 300 + "1", "x = a" + "..a" * 300,
    ),
}  # fmt: skip
"""Part of a message → texts that are refused with it."""


@pytest.mark.parametrize(
    ("part", "source"), [(part, source) for part, all_ in MESSAGES.items() for source in all_]
)
def test_the_message_is_real_luas(part: str, source: str) -> None:
    message = refusal_here(source)
    assert message == refusal_there(source)
    assert message is not None
    assert part in message


def _assert_same_verdict(source: str) -> None:
    there = refusal_there(source)
    if not meaning_is_wrong(there):
        assert refusal_here(source) == there


@pytest.mark.parametrize("seed", range(10))
def test_mutations_of_every_construct_get_real_luas_verdict(seed: int) -> None:
    random = Random(seed)
    for _ in range(60):
        _assert_same_verdict(damage(EVERY_ALTERNATIVE, random))


@pytest.mark.parametrize("name", SCRIPTS)
def test_mutations_of_scripts_get_real_luas_verdict(name: str) -> None:
    random = Random(name)
    source = script_text(name)
    for _ in range(6):
        _assert_same_verdict(damage(source, random))


@settings(max_examples=60, deadline=None)
@given(programs(60), st.randoms(use_true_random=False))
def test_mutated_programs_get_real_luas_verdict(source: str, random: Random) -> None:
    _assert_same_verdict(damage(source, random))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(max_codepoint=255), max_size=40))
def test_any_bytes_get_real_luas_verdict(source: str) -> None:
    _assert_same_verdict(" " + source)  # the space: what begins with an escape byte is a binary chunk


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\n\r"])
def test_all_line_ends_count_as_one_line(end: str) -> None:
    for text in (
        "x = 1NN)",
        'x = "\\N" )',
        "x = [[NaNN]] )",
        "--[[NN]] )",
        'x = "\\zN N" )',
        'x = "aN',
        'x = "\\xN',
    ):
        _assert_same_verdict(text.replace("N", end))


def test_the_chunk_name_is_shortened_in_messages() -> None:
    for name in ("=stdin", "@file.lua", "x = = 1", "a\nb", "=" + "n" * 80, "@" + "d/" * 60, "s" * 60):
        assert refusal_here("x = = 1", name) == refusal_there("x = = 1", name)


@pytest.mark.parametrize("source", [source for sources in MESSAGES.values() for source in sources])
def test_a_refusal_carries_a_program_of_the_right_beginning(source: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(source, "=x")
    prefix = caught.value.prefix
    right = caught.value.position - 1
    assert prefix.body.end > right
    assert len(prefix.tokens.texts) == len(prefix.tokens.lines) > right
