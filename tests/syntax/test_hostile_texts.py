"""Texts made to break a parser: deep nesting is refused at real Lua's level, and nothing takes long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.syntax.oracle import meaning_is_wrong, refusal_here, refusal_there

NESTED: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "return " + "(" * n + "1" + ")" * n,
    "open parentheses": lambda n: "return " + "(" * n,
    "open parentheses before a wrong word": lambda n: "(" * n + "@",
    "open parentheses before a wrong end": lambda n: "(" * n + ")",
    "open calls before a wrong string": lambda n: "f(" * n + '"\\q',
    "do": lambda n: "do " * n + "end " * n,
    "do with an empty statement": lambda n: "do " * n + ";" + "end " * n,
    "do with a return": lambda n: "x = 1 do " * n + "return 1" + " end " * n,
    "do before a wrong word": lambda n: "do " * n + "x @",
    "if": lambda n: "if a then " * n + "x = 1 " + "end " * n,
    "elseif": lambda n: "if a then elseif a then " * n + "end " * n,
    "while": lambda n: "while a do " * n + "end " * n,
    "repeat": lambda n: "repeat " * n + "until not 1 " * n,
    "function statements": lambda n: "function f() " * n + "end " * n,
    "function values": lambda n: "x = " + "function() return " * n + "1 " + "end " * n,
    "local functions": lambda n: "local function f() " * n + "end " * n,
    "labels": lambda n: "".join(f"::a{i}:: ;" for i in range(n)),
    "labels apart": lambda n: "".join(f"::a{i}:: x = 1 " for i in range(n)),
    "targets": lambda n: "a" + ",a" * n + ",b[c[d]] = f(1)",
    "parenthesized targets": lambda n: "a" + ",a" * n + ",(b).x = 1",
    "empty tables": lambda n: "x = " + "{" * n + "}" * n,
    "table items": lambda n: "x = " + "{1; [2] = " * n + "1" + "}" * n,
    "table keys": lambda n: "x = " + "{[" * n + "1" + "] = 1}" * n,
    "named items": lambda n: "x = " + "{a = " * n + "1" + "}" * n,
    "indices": lambda n: "x = a" + "[a" * n + "]" * n,
    "calls": lambda n: "f(" * n + ")" * n,
    "arguments": lambda n: "f(1," * n + "1" + ")" * n,
    "method calls": lambda n: "a:f(" * n + ")" * n,
    "called tables": lambda n: "f{" * n + "}" * n,
    "concatenations": lambda n: "return a" + "..a" * n,
    "powers": lambda n: "return a" + "^a" * n,
    "sums": lambda n: "return a" + "+a" * n,
    "signs": lambda n: "return " + "- " * n + "1",
    "a misplaced vararg far inside": lambda n: "function f() " + "do " * n + "x = ... " + "end " * n + "end",
}


@pytest.mark.parametrize("kind", NESTED)
def test_nesting_ends_at_real_luas_level(kind: str) -> None:
    for depth in (*range(96, 100), *range(193, 200), 300):
        source = NESTED[kind](depth)
        there = refusal_there(source)
        if not meaning_is_wrong(there):
            assert refusal_here(source) == there, depth


LONG: dict[str, Callable[[int], str]] = {
    "zapped spaces": lambda n: '"\\z \\z' * n,
    "zapped spaces without end": lambda n: 'x = "' + "a\\z  " * n,
    "long brackets": lambda n: "[==[" * n,
    "long bracket levels": lambda n: "".join("[" + "=" * (i % 300) + "[" for i in range(n // 100)),
    "half brackets": lambda n: "[=" * n,
    "long comments": lambda n: "--[==[" * n,
    "almost closed": lambda n: "[====[" + "]===]" * n,
    "quotes": lambda n: '"' * n,
    "backslashes": lambda n: "\\" * n,
    "digits": lambda n: "x = " + "1" * n,
    "points": lambda n: "." * n,
    "hexadecimal prefixes": lambda n: "0x" * n,
    "spaces": lambda n: "x =" + " " * n,
    "line ends": lambda n: "\n\r" * n + ")",
    "letters": lambda n: "a" * n,
    "zeros in an escape": lambda n: 'x = "\\u{' + "0" * n + '41}" )',
}


@pytest.mark.parametrize("kind", [*NESTED, *LONG])
def test_a_hundred_thousand_of_them_take_no_time(kind: str) -> None:
    source = (NESTED | LONG)[kind](100_000)
    start = time.process_time()
    message = refusal_here(source)
    assert time.process_time() - start < 5
    if kind in LONG:
        assert message == refusal_there(source)


@pytest.mark.parametrize("kind", NESTED)
@pytest.mark.parametrize("calls", [100, 190, 195, 197])
def test_calls_of_c_functions_leave_fewer_levels(kind: str, calls: int) -> None:
    for depth in (1, 2, 3, 5, 8, 50, 90, 100):
        source = NESTED[kind](depth)
        there = refusal_there(source, calls=calls)
        if not meaning_is_wrong(there):
            assert refusal_here(source, calls=calls) == there, depth
