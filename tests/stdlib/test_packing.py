"""string.pack, packsize and unpack against real Lua."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stdlib.calls import CALLS

_options = st.one_of(
    st.sampled_from([*"bBhHlLjJTfndz"]),
    st.builds(
        "{}{}".format,
        st.sampled_from("iIs!"),
        st.sampled_from(["", "1", "2", "3", "4", "7", "8", "9", "12", "16", "17", "0", "08"]),
    ),
    st.builds("c{}".format, st.sampled_from(["0", "1", "3", "10", ""])),
    st.sampled_from(
        [
            *"xX<>= ",
            "Xi4",
            "Xb",
            "Xs2",
            "Xc1",
            "X<",
            "q",
            "\0",
            "XX",
            "Xi3",
            "!4",
            "!8",
            "!16",
            "!8xXi8",
            "!2xXi2",
        ]
    ),
)
_formats = st.lists(_options, min_size=1, max_size=7).map("".join)
_integers = st.one_of(
    st.sampled_from([0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 65535, 1 << 31, (1 << 63) - 1]),
    st.integers(-(1 << 63), (1 << 63) - 1),
)
_floats = st.sampled_from([1.5, 2.0, -0.1, 1e300, -1e300, 1e-50, math.inf, -math.inf, 3.4028235677973366e38])
_texts = st.sampled_from(["", "a", "abc", "abc\0", "x" * 300, "12", "1.5"])
_values = st.one_of(_integers, _floats, _texts, st.none())


@st.composite
def _formats_with_values(draw: st.DrawFn) -> tuple[str, list[object]]:
    """A format, and values that mostly fit it."""
    template = draw(_formats)
    kinds = {"f": _floats, "n": _floats, "d": _floats, "z": _texts, "c": _texts, "s": _texts}
    wanted = [kinds.get(letter, _integers) for letter in template if letter.isalpha() and letter not in "xX"]
    values = [draw(st.one_of(kind, kind, kind, _values)) for kind in wanted]
    return template, values[: draw(st.integers(0, len(values)))] if draw(st.integers(0, 9)) == 0 else values


@given(_formats_with_values())
def test_pack(template_and_values: tuple[str, list[object]]) -> None:
    template, values = template_and_values
    CALLS.assert_same("string", "pack", template, *values)


@given(_formats)
def test_packsize(template: str) -> None:
    CALLS.assert_same("string", "packsize", template)


@given(_formats, st.text("\0\1\x7f\x80\xffab", max_size=40), st.one_of(st.none(), st.integers(-20, 50)))
def test_unpack(template: str, data: str, position: int | None) -> None:
    CALLS.assert_same("string", "unpack", template, data, position)


@given(_formats_with_values())
def test_round_trip(template_and_values: tuple[str, list[object]]) -> None:
    template, values = template_and_values
    script = "local p = string.pack(...) return string.unpack((...), p)"
    CALLS.assert_same_result("script_with", script, template, *values)


_SCRIPTS = """
return string.packsize(("c268435456"):rep(8))
return string.packsize(("c268435456"):rep(7) .. "c268435455")
return string.packsize("c1" .. ("0"):rep(40))
return string.packsize("!8 b Xh i4 i8 c1 Xi8"), string.packsize("<! c3"), string.packsize("!xXi16")
return string.pack("i0", 0)
return string.pack("i17", 0)
return string.pack("!17", 0)
return string.pack("i3r", 0)
return string.pack("c", "")
return string.pack("!4i3", 0)
return string.pack("z", "a\\0")
return string.pack("s1", ("x"):rep(300))
return string.pack("i1", 128)
return string.pack("I1", -1)
return string.pack("i")
return string.pack("s")
return string.pack("i", "x")
return string.pack("i", 1.5)
return string.pack("z", {})
return string.pack("i1 i1", 1)
return string.pack("j j i16", 2^53, "0x10", -2):byte(1, -1)
return string.unpack("zc10000000", "alo")
return string.unpack("i16", ("\\3"):rep(16))
return string.unpack("<i16", ("\\255"):rep(16)), string.unpack("<I16", ("\\255"):rep(8) .. ("\\0"):rep(8))
return string.unpack("c0", "abc", 4), pcall(string.unpack, "c0", "abc", 5)
return string.unpack("i4", "abc")
return string.unpack("s", "\\200\\0\\0\\0\\0\\0\\0\\0abc")
return string.unpack("z", "abc")
return string.unpack("X", "")
return string.unpack("<d", string.pack("<d", -0.0))
return string.unpack(" < i2 > i2 = i2", "\\1\\0\\0\\1\\1\\0")
return string.unpack("!8 xXi8", "0123456701234567")
return string.pack("!4 i1 Xi4", 1), string.pack("!4 i1 i4", 1, 2)
return string.packsize("s")
return string.packsize("z")
return string.packsize()
""".strip().splitlines()


@pytest.mark.parametrize("script", _SCRIPTS)
def test_scripts(script: str) -> None:
    CALLS.assert_same_result("script", script)
