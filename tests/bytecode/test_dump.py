"""Binary chunks: those of real Lua survive a round trip, and damaged ones are refused in its words."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from pylua.bytecode.dump import dump, undump
from pylua.errors import LuaSyntaxError
from pylua.loading import load_text
from tests.compiler.oracle import compile_here, compile_there
from tests.strategies.programs import programs

SOURCE = """
local a <const>, b = 1, "text" .. x
local function f(n, ...) local t = {n, 2^53, 1.5, nil, true, false, ...} return t, b end
return f(0x7fffffffffffffff, -1e300, "a longer text, more than forty characters long")
"""


def chunks() -> tuple[bytes, bytes]:
    compiled = compile_there(SOURCE, "@source.lua")
    assert isinstance(compiled, tuple)
    return compiled


def message_of(chunk: bytes, name: str = "=chunk") -> str:
    with pytest.raises(LuaSyntaxError) as caught:
        undump(chunk, name)
    return str(caught.value)


@given(programs(100))
@settings(max_examples=40, deadline=None)
def test_round_trip(source: str) -> None:
    compiled = compile_here(source)
    if isinstance(compiled, str):
        return
    full, stripped = compiled
    assert dump(undump(full, "=x"), strip=False) == full
    assert dump(undump(full, "=x"), strip=True) == stripped
    assert dump(undump(stripped, "=x"), strip=True) == stripped


def test_chunks_of_real_lua_are_read() -> None:
    full, stripped = chunks()
    function = undump(full, "=x")
    assert function.source == "@source.lua"
    assert function.prototypes[0].source == "@source.lua"
    assert [variable.name for variable in function.local_variables] == ["a", "b", "f"]
    assert [function.line_of(pc) for pc in range(3)] == [1, 2, 2]
    bare = undump(stripped, "=x")
    assert bare.source is None
    assert bare.line_of(0) == -1
    assert bare.upvalues[0].name is None


def test_every_prefix_is_truncated() -> None:
    for chunk in chunks():
        for end in range(len(chunk)):
            assert message_of(chunk[:end]) == "chunk: bad binary format (truncated chunk)"


HEADER = [
    *(["not a binary chunk"] * 4),
    "version mismatch",
    "format mismatch",
    *(["corrupted chunk"] * 6),
    "Instruction size mismatch",
    "lua_Integer size mismatch",
    "lua_Number size mismatch",
    *(["integer format mismatch"] * 8),
    *(["float format mismatch"] * 8),
]


@pytest.mark.parametrize("position", range(len(HEADER)))
def test_every_byte_of_the_header_counts(position: int) -> None:
    damaged = bytearray(chunks()[0])
    damaged[position] ^= 0x40
    assert message_of(bytes(damaged)) == f"chunk: bad binary format ({HEADER[position]})"


def test_names_in_messages() -> None:
    assert message_of(b"\x1bLua", "@a.luac").startswith("a.luac: bad")
    assert message_of(b"\x1bLua", "=x").startswith("x: bad")
    assert message_of(b"\x1bLua", "\x1bLua").startswith("binary string: bad")
    assert message_of(b"\x1bLua", "x").startswith("x: bad")


def test_sizes_are_checked_before_anything_is_read() -> None:
    header = chunks()[0][:32]
    huge = b"\x7f\x7f\x7f\x7f\xff"
    assert message_of(header + huge * 3) == "chunk: bad binary format (truncated chunk)"
    overflowing = b"\x80\x80" + b"\x01" + b"\x7f" * 5 + b"\xff"
    assert message_of(header + overflowing) == "chunk: bad binary format (integer overflow)"


def test_what_follows_a_chunk_is_not_read() -> None:
    full, _ = chunks()
    assert dump(undump(full + b"more", "=x"), strip=False) == full


def test_functions_nested_too_deeply_are_refused() -> None:
    function = load_text("", "=x")
    for _ in range(250):
        outer = load_text("", "=x")
        outer.prototypes = [function]
        function = outer
    assert "nested too deeply" in message_of(dump(function, strip=True))


def test_damaged_chunks_never_raise_anything_else() -> None:
    random = Random(7)
    for chunk in chunks():
        for _ in range(1500):
            damaged = bytearray(chunk)
            for _ in range(random.choice((1, 1, 2, 5))):
                damaged[random.randrange(32, len(damaged))] = random.randrange(256)
            try:
                undump(bytes(damaged), "=x")
            except LuaSyntaxError as error:
                assert str(error).startswith("x: bad binary format (")
