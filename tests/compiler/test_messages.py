"""Errors that the grammar does not know: real Lua's words, line and nearest token; and its limits."""

from __future__ import annotations

import pytest

from pylua.errors import LuaSyntaxError
from pylua.loading import load_text
from tests.compiler.oracle import assert_same_chunk, compile_here, compile_there

# source --! message (`|` stands for a line break)
MESSAGES = """
goto a                                          --! x:1: no visible label 'a' for <goto> at line 1
do goto a end|do ::a:: end                      --! x:2: no visible label 'a' for <goto> at line 1
break                                           --! x:1: break outside loop at line 1
while a do|function f() break end|end           --! x:3: break outside loop at line 2
do goto l|local a, b|::l:: f() end              --! x:3: <goto l> at line 1 jumps into the scope of local 'a'
repeat goto l local z ::l:: until z             --! x:1: <goto l> at line 1 jumps into the scope of local 'z'
::a::|do ::a:: end                              --! x:2: label 'a' already defined on line 1
::a::|;|::a:: f()                               --! x:3: label 'a' already defined on line 3
local x <const> = 1|x = 2                       --! x:2: attempt to assign to const variable 'x'
local x <close> = f()|x = 2                     --! x:2: attempt to assign to const variable 'x'
local x <const> = {}|function x() end           --! x:2: attempt to assign to const variable 'x'
local x <const> = 1 function f() x = 1 end      --! x:1: attempt to assign to const variable 'x'
local x <const> = f() function f() x = 1 end    --! x:1: attempt to assign to const variable 'x'
local a, x <const> = 1, 2 a, x = 3              --! x:1: attempt to assign to const variable 'x'
local x <static> = 1                            --! x:1: unknown attribute 'static'
local a <close>, b <close> = 1                  --! x:1: multiple to-be-closed variables in local list
function f() return ... end                     --! x:1: cannot use '...' outside a vararg function near '...'
"""


def cases() -> list[tuple[str, str]]:
    pairs = [line.split("--!") for line in MESSAGES.strip().splitlines()]
    return [(source.strip().replace("|", "\n"), message.strip()) for source, message in pairs]


@pytest.mark.parametrize(("source", "message"), cases())
def test_messages(source: str, message: str) -> None:
    assert compile_here(source) == message
    assert compile_there(source) == message


@pytest.mark.parametrize(
    "source",
    [
        "local x <const> = 1\nx = 2\ny = ?",
        "goto a\nx = '\\q'",
        "break x =",
        "x = = local y <const> = 1 y = 2",
    ],
)
def test_the_first_error_in_the_text_wins(source: str) -> None:
    assert_same_chunk(source)


def nested_upvalues(count: int) -> str:
    """A function that uses `count` variables of the two functions around it."""
    names = [f"v{i}" for i in range(count)]
    outer, inner = names[:190], names[190:]
    return (
        f"local {', '.join(outer)}\nlocal function f()\nlocal {', '.join(inner)}\n"
        f"return function()\nreturn {' + '.join(names)},\nzz\nend end"
    )


LIMITS = {
    "locals": "local a\n" * 201,
    "200 locals": "local a\n" * 200,
    "locals of a function": "function f()\n" + "local a\n" * 201 + "end",
    "locals in one list": "local " + ", ".join(f"a{i}" for i in range(201)),
    "parameters": "function f(" + ", ".join(f"a{i}" for i in range(201)) + ") end",
    "state of a loop": "local a " * 197 + "for i = 1, 2 do end",
    "state of a generic loop": "local a " * 196 + "for i in x do end",
    "room for a loop": "local a " * 196 + "for i = 1, 2 do end",
    "upvalues": nested_upvalues(255),
    "254 upvalues and _ENV": nested_upvalues(254),
    "arguments": "f(" + ", ".join(["1"] * 260) + ")",
    "250 arguments": "f(" + ", ".join(["1"] * 250) + ")",
    "values": "x = " + ", ".join(["nil"] * 260),
    "long numeric loop": "for i = 1, 2 do " + "x = 1 " * 131500 + "\nend",
    "long generic loop": "for i in f do " + "x = 1 " * 131500 + "\nend",
    "long loop": "while a do " + "x = 1 " * 131500 + "\nend",
    "labels": "".join(f"::l{i}:: " for i in range(300)) + "goto l150",
}


@pytest.mark.parametrize("source", LIMITS.values(), ids=LIMITS.keys())
def test_limits(source: str) -> None:
    assert_same_chunk(source)


def test_tables_of_debug_information_are_limited() -> None:
    assert isinstance(compile_here("do local a end " * 32767), tuple)
    assert compile_here("do local a end " * 32768) == "too many local variables (limit is 32767)"


NESTED = {
    "parentheses": ("(", "a", ")"),
    "tables": ("{", "a", "}"),
    "unary operators": ("- ", "a", ""),
    "powers": ("a ^ ", "a", ""),
    "functions": ("function() return ", "a", " end"),
    "calls": ("f(", "a", ")"),
    "indices": ("a[", "a", "]"),
}


@pytest.mark.parametrize(("before", "middle", "after"), NESTED.values(), ids=NESTED.keys())
def test_nesting(before: str, middle: str, after: str) -> None:
    """As deep as real Lua allows and beyond; never Python's RecursionError."""
    for depth in (50, 90, 150, 190, 194, 195, 196, 197, 198, 199, 200, 201, 250, 1000):
        assert_same_chunk("return " + before * depth + middle + after * depth)


@pytest.mark.parametrize("words", ["do ", "while a do ", "if a then ", "for i = 1, 2 do ", "function f() "])
def test_nested_blocks(words: str) -> None:
    for depth in (50, 97, 98, 99, 100, 180, 190, 195, 198, 199, 200, 201, 400):
        assert_same_chunk(words * depth + "end " * depth)


def test_errors_know_their_token() -> None:
    with pytest.raises(LuaSyntaxError) as caught:
        load_text("local x <const> = 1; x = 2", "=x")
    assert caught.value.position == 9  # type: ignore[attr-defined]
