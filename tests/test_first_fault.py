"""Of several faults in a text, real Lua reports the one it meets first, of syntax or of meaning."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pylua.errors import LuaError
from pylua.loading import load_text
from tests.strategies.programs import programs
from tests.syntax.oracle import ORACLE_LEVELS, refusal_there

CONSTANT = "local x <const> = 1; "
MANY_LOCALS = "local " + ", ".join(f"a{i}" for i in range(200))

TEXTS = [
    # a constant is assigned to, then or before something is wrong
    *(
        CONSTANT + rest
        for rest in ("x y", "x = y z z", "a, x", "a, x c", "x\n= 1 )", "x, y", "x[1], x = )", "(x) = 1")
    ),
    *(
        CONSTANT + rest
        for rest in ("function x() end )", "function x() )", "x = 1 x, = ", "x = 1 " + "(" * 250)
    ),
    "(" * 250 + CONSTANT + "x = 1",
    # attributes
    *("local x <foo> y = = 1", "local x <foo", "local x <foo>", "local x <close>, y <close> = = 1"),
    *("local x <close>, y <close>", "local x <close>, y <close", "local x <close> = 1 local y <close> = = 1"),
    # breaks and gotos are known to be wrong only at the end of their function
    *(
        "break )",
        "break",
        "do break end )",
        "goto x end",
        "function f() goto x end )",
        "function f() goto x )",
    ),
    *(
        "function f() break end @",
        'function f() break end "\\q',
        'function f() break "\\q',
        "break return 1; x",
    ),
    *("break return 1 x", "x = function() goto l end return = 1", "do " * 250 + "break"),
    # jumps into the scope of a local are known at the label, if that is not the last of its block
    *(
        "goto l local a ::l:: )",
        "do goto l local a ::l:: end )",
        "do goto l local a ::l:: ) end",
        "do goto l local a ::l:: @",
    ),
    *(
        "do goto l local a ::l:: until",
        "do goto l local a ::l:: ; ; )",
        "if x then goto l end local b ::l:: ) ",
    ),
    *("repeat goto c local x ::c:: until x )", "repeat goto c local x ::c:: )"),
    *("::a:: ::a:: )", "::a:: ::a", "::a:: ::a::", "::a::\n::a::\n@", "::a::\n;\n::a::\n;"),
    # limits
    *(
        MANY_LOCALS + rest
        for rest in (", b )", ",", " x )", " local b", " local b @", " for i", " for i do", " for i =")
    ),
    *(
        MANY_LOCALS + rest
        for rest in (" for i, j", " function f(a", " local function f", ' local function "\\q')
    ),
]


def _refusal_here(source: str) -> str | None:
    try:
        load_text(source, "=x", ORACLE_LEVELS)
    except LuaError as refusal:
        return refusal.message
    return None


@pytest.mark.parametrize("source", TEXTS)
def test_the_first_fault_counts(source: str) -> None:
    assert _refusal_here(source) == refusal_there(source)


@settings(max_examples=80, deadline=None)
@given(programs(100, faulty=True), st.randoms(use_true_random=False))
def test_the_first_fault_of_faulty_programs_counts(source: str, random: Random) -> None:
    at = random.randrange(len(source) + 1)
    word = random.choice(
        ("", "end", "do", "=", ")", "::", "a", "local", "goto", "break", "until", "return", "@", '"\\q')
    )
    source = f"{source[:at]} {word} {source[at + random.randrange(6) :]}"
    assert _refusal_here(source) == refusal_there(source)
