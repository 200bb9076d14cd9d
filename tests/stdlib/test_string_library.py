"""The plain functions of string, and the arithmetic of strings, against real Lua."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stdlib.calls import CALLS

_texts = st.text(st.characters(max_codepoint=255), max_size=8)
_subjects = st.one_of(_texts, st.integers(-99, 99), st.floats(-9, 9), st.booleans(), st.none())
_positions = st.one_of(
    st.none(), st.integers(-9, 9), st.sampled_from([(1 << 63) - 1, -(1 << 63), "2", 1.0, 1.5, "x"])
)


@given(_subjects, _positions, _positions)
def test_parts(subject: object, first: object, last: object) -> None:
    CALLS.assert_same("string", "sub", subject, first, last)
    CALLS.assert_same("string", "byte", subject, first, last)


@given(_subjects)
def test_one_argument(subject: object) -> None:
    for name in ("len", "reverse", "lower", "upper"):
        CALLS.assert_same("string", name, subject)


@given(_texts, st.one_of(st.integers(-2, 5), st.sampled_from([1 << 40, 1 << 62, "3", 2.0, 2.5])), _texts)
def test_rep(text: str, count: object, separator: str) -> None:
    if count not in (1 << 40, 1 << 62) or text or separator:
        CALLS.assert_same("string", "rep", text, count, separator)


@given(st.lists(st.one_of(st.integers(-1, 256), st.sampled_from(["66", 65.0, 65.5, "x", True])), max_size=4))
def test_char(codes: list[object]) -> None:
    CALLS.assert_same("string", "char", *codes)


_operands = st.sampled_from(
    [
        "10",
        "0x10",
        " 3 ",
        "1e1",
        "-7",
        "0",
        "2.5",
        "abc",
        "",
        "9223372036854775807",
        3,
        2.5,
        -1,
        0,
        True,
        None,
    ]
)


@given(_operands, _operands, st.sampled_from("+-*/%^&|~<>"))
def test_arithmetic(left: object, right: object, operator: str) -> None:
    operator = {"<": "<<", ">": ">>", "/": "//"}.get(operator, operator)
    CALLS.assert_same_result("script_with", f"local a, b = ... return a {operator} b", left, right)
    CALLS.assert_same_result("script_with", "return -(...)", left)


_SCRIPTS = """
return "10" + 1, "0x10" + 0, "10" * "2", "7" // 2, "7" / 2, -"2", - "-0x10", "2" ^ 2, "7" % "4", "1e1" + 0
return "a" + 1
return 1 + "a"
return "10" + {}
return {} + "10"
return "a" + nil
return -"x"
return getmetatable("").__unm("x")
return getmetatable("").__add()
return "10" // 0
return "10" % 0
return "10" + setmetatable({}, {__add = function (a, b) return type(a) .. type(b) end})
return "x" .. 1 .. 2.0, "1" & 3, "x" & 1
return "1.5" & 1
return #"abc", ("x"):rep(3, ", "), ("abc"):upper():lower():len(), ("%d"):format(7)
return getmetatable("").__index == string, getmetatable("").__name, ("x").y
local t = {} for k in pairs(getmetatable("")) do t[#t + 1] = k end table.sort(t) return table.concat(t, " ")
return string.rep("ab", 1 << 30)
return string.rep("a", 1 << 30, ",")
return string.rep("", 1 << 62, "aa")
return string.rep()
return string.rep("x")
return string.sub("x")
return string.sub()
return string.char(256)
return string.char(-1)
return string.char("x")
return string.byte("abc", 1, -1)
return select("#", string.byte("abc", 4)), select("#", string.byte(""))
return string.byte(("x"):rep(1000000), 1, -1)
return string.len()
return ("x"):bad()
return string.upper({})
return ("x").upper()
return string.dump(print)
return string.dump(1)
return load(string.dump(function (a) return a * 2 end))(21)
return string.dump(load("return 1", "=x"), true) == string.dump(load("return 1", "=y"), true)
return ("\\xe4\\xc4a"):upper():byte(1, -1), ("\\xe4\\xc4A\\xb5\\xff"):lower():byte(1, -1)
""".strip().splitlines()


@pytest.mark.parametrize("script", _SCRIPTS)
def test_scripts(script: str) -> None:
    CALLS.assert_same_result("script", script)
