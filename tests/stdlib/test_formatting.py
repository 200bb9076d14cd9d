"""string.format against real Lua: every conversion, flag and kind of value, and every complaint."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.stdlib.calls import CALLS

_integers = st.one_of(st.integers(-300, 300), st.integers(-(1 << 63), (1 << 63) - 1))
_any_floats = st.binary(min_size=8, max_size=8).map(lambda raw: struct.unpack("<d", raw)[0])
_floats = st.one_of(
    st.floats(-1000, 1000), _any_floats, st.sampled_from([5e-324, 1e15, 0.5, 2.5, -0.0, 1e100])
)
_texts = st.one_of(
    st.text(st.characters(max_codepoint=255), max_size=8),
    st.sampled_from(["10", " 0x1f ", "1e2", "x" * 120, "a\0b", '"q"\n\\\r\t\x01', "\x7f9\x0001\xff"]),
)
_values = st.one_of(_integers, _floats, _texts, st.booleans(), st.none())

_specifications = st.builds(
    lambda flags, width, precision, letter: "%" + "".join(flags) + width + precision + letter,
    st.lists(st.sampled_from("-+#0 "), max_size=3),
    st.sampled_from(["", "", "", "0", "1", "5", "20", "99", "100"]),
    st.sampled_from(["", "", "", ".", ".0", ".1", ".3", ".20", ".99", ".100", ".05"]),
    st.sampled_from([*"diuoxXcaAeEfgGqs" * 3, *"Fptn%l\0"]),
)
_formats = st.lists(st.one_of(st.sampled_from(["", "abc", "%%", "\0"]), _specifications), max_size=4).map(
    "".join
)


@given(_formats, st.lists(_values, max_size=4))
@example("%5.2f|%-10s|%05d", [1.5, "abc", 42])
def test_formats(template: str, values: list[object]) -> None:
    if "p" in template:
        values = [value for value in values if type(value) is not str]  # strings have addresses
    if values and values[-1] is None:
        values.append(1)  # lupa drops nothing, but be plain about how many there are
    CALLS.assert_same("string", "format", template, *values)


@given(_values)
def test_literals(value: object) -> None:
    CALLS.assert_same("string", "format", "%q", value)


@given(_floats, st.sampled_from(["", "-", "+", "#", "0", " "]), st.integers(0, 20))
@example(1.9999999999999998, "", 0)
@example(math.inf, "0", 12)
@example(-math.nan, "+", 12)
def test_hexadecimal_floats(value: float, flag: str, precision: int) -> None:
    for letter in "aA":
        CALLS.assert_same("string", "format", f"%{flag}25{letter}", value)
        CALLS.assert_same("string", "format", f"%{flag}.{precision}{letter}", value)


@given(_any_floats)
def test_tostring_of_floats(value: float) -> None:
    CALLS.assert_same("_G", "tostring", value)


_SCRIPTS = """
return string.format("%d", 3.0), string.format("%d", "10"), string.format("%x", -1)
return string.format("%d", 3.5)
return string.format("%d", "3.5")
return string.format("%d", "x")
return string.format("%d", {})
return string.format("%d")
return string.format("%s")
return string.format("%s %s", 1)
return string.format("%5")
return string.format("%5", 1)
return string.format("%", 1)
return string.format("%y", 1)
return string.format("%100d", 1)
return string.format("%.100d", 1)
return string.format("%0000000000000000000000d", 1)
return string.format("%10q", "x")
return string.format("%0s", "x")
return string.format("%-0d|%0d|%-05d|%0.1f", 1, 2, 3, 4.0)
return string.format("%q", {})
return string.format("%q", print)
return string.format("%F", 1)
return string.format("%lld", 1)
return string.format("%s", setmetatable({}, {__tostring = function () return "me" end}))
return string.format("%s", setmetatable({}, {__tostring = function () return {} end}))
return string.format("%.3s|%10s|%-10s|", "abcdef", "abc", "abc")
return string.format("%5s", "a\\0b")
return string.format("%.20s", setmetatable({}, {__tostring = function () return "long text" end}))
return (string.format("%s", setmetatable({}, {__name = "My.Type"})):gsub("0x%x+", "ADDRESS"))
return string.format("%c%c%c", 76, 117, 97), string.format("%5c|%-5c|", 65, 66), string.format("%c", 0)
return string.format("%p", 1), string.format("%10p", nil), string.format("%-10p|", true)
return #string.format("%90p", {}), string.format("%p", "abc") == string.format("%p", "ab" .. "c")
local t, f = {}, string.format return f("%p", t) == f("%p", t), f("%p", t) ~= f("%p", {})
return string.format("%i", -7), string.format("%u", -1), string.format("%.u", 0)
return string.format("%q %q %q %q", 1/0, -1/0, 0/0, math.mininteger)
return string.format("%-5d|%+d|% d|%05d|%5.3d|%.0d|", 3, 3, 3, 3, 3, 0)
return string.format("%#x|%#X|%#o|%#.0f|%#g", 255, 255, 8, 3, 3)
return string.format(nil)
return string.format({})
return string.format(12)
return ("%d items"):format(3)
""".strip().splitlines()


@pytest.mark.parametrize("script", _SCRIPTS)
def test_scripts(script: str) -> None:
    CALLS.assert_same_result("script", script)
