"""The reader of numerals against real Lua's `tonumber`."""

from __future__ import annotations

from functools import cache
from typing import Any

import lupa.lua54
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pylua.values.numerals import read_numeral


@cache
def _tonumber() -> Any:
    runtime = lupa.lua54.LuaRuntime(encoding="latin-1", unpack_returned_tuples=True)
    return runtime.eval("""function(text) local n = tonumber(text) return n, math.type(n or 0) end""")


def _assert_same(text: str) -> None:
    expected, kind = _tonumber()(text)
    value = read_numeral(text)
    assert repr(value) == repr(expected)
    if value is not None:
        assert {int: "integer", float: "float"}[type(value)] == kind


EDGES = [
    *(
        "0",
        "-0",
        "+5",
        "--1",
        "+-1",
        "- 1",
        "",
        " ",
        "-",
        ".",
        "1.",
        ".1",
        "-.5",
        "..1",
        "1..2",
        "5e",
        "5e+",
        ".e1",
    ),
    *(
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "1e308",
        "1e309",
    ),
    *(
        "0x",
        "0X10",
        "-0x10",
        "0x7fffffffffffffff",
        "0x8000000000000000",
        "0xffffffffffffffff",
        "0x1ffffffffffffffff",
    ),
    *(
        "-0xffffffffffffffff",
        "0x.8",
        "0x8.",
        "0x.",
        "0x.p1",
        "0x1p",
        "0x1p4",
        "0xA.8p-1",
        "0x1p99999",
        "-0x1p-99999",
    ),
    *(
        "0x1p99999999999999999999",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "0xep1",
        "0x1e+1",
        "1e+1",
    ),
    *(
        "inf",
        "-inf",
        "nan",
        "NAN",
        "infinity",
        "0xinf",
        "1_0",
        "1 2",
        "1\0",
        "\0",
        "\x0b1\x0c",
        "\xa01",
        "1\x85",
    ),
    *(
        "\xb2",
        "1\xb2",
        "\t\n\r 12 \v",
        "1e1.5",
        "0b1",
        "1d",
        "1f",
        "0x1g",
        "1e1e1",
        "5e-324",
        "4.9e-324",
        "2.4e-324",
    ),
    *("0" * 5000 + "7", "1" * 5000, "0x" + "1" * 5000, "0." + "0" * 5000 + "1", "0x." + "1" * 500 + "p8"),
    *("179769313486231580793728971405301e276", "0x1.fffffffffffff8p1023", "0x1.fffffffffffff7p1023"),
]


@pytest.mark.parametrize("text", EDGES, ids=lambda text: ascii(text)[:30])
def test_edges(text: str) -> None:
    _assert_same(text)


@given(st.text("0123456789abcdefxXpPeE.+- \t_in", max_size=9))
def test_short_texts_of_the_right_letters(text: str) -> None:
    _assert_same(text)


@given(st.text("0123456789abcdef.p-", max_size=30))
def test_hexadecimal_texts(text: str) -> None:
    _assert_same("0x" + text)


@given(st.from_regex(r"-?[0-9]{0,25}(\.[0-9]{0,25})?(e-?[0-9]{1,3})?", fullmatch=True))
def test_decimal_texts(text: str) -> None:
    _assert_same(text)
