"""Chunks become functions: kinds and modes, files, and which of several errors is reported."""

from __future__ import annotations

import gc
from contextlib import suppress
from pathlib import Path

import pytest

from pylua.errors import LuaError, LuaSyntaxError
from pylua.loading import load_chunk, load_file, load_prototype
from pylua.values.table import new_table
from pylua.vm.state import State
from tests.vm.engines import assert_same

TWO_ERRORS = """
goto x; local a = +
local x <const> = 1; x = 2; +
break; +
do break end +
::a:: ::a:: +
for i=1,2 do goto continue; local x; ::continue:: print(x) end +
local x <foo> = 1 +
local x <close>, y <close> = 1; +
function f() return ... end +
while true do goto no end end
do goto no end
local a <const> = 5; do a = 1 end end
local function f() goto out end ::out:: (
return 1 +; goto x
""".strip().splitlines()


@pytest.mark.parametrize("source", TWO_ERRORS)
def test_the_earlier_error_wins(source: str) -> None:
    assert_same(f'return select(2, load([==[{source}]==], "=c"))')


@pytest.mark.parametrize("depth", [180, 196, 197, 198, 250])
def test_nesting_counts_with_the_levels_in_use(depth: int) -> None:
    source = f'load("return " .. string.rep("(", {depth}) .. "1" .. string.rep(")", {depth}))'
    assert_same(f"return select(2, {source})")
    assert_same(f"return string.gsub('x', 'x', function() return (select(2, {source})) end)")


def test_modes() -> None:
    binary = "\x1bLuaT"
    with pytest.raises(LuaSyntaxError, match=r"attempt to load a text chunk \(mode is 'b'\)"):
        load_prototype("return", "=x", "b")
    with pytest.raises(LuaSyntaxError, match=r"attempt to load a binary chunk \(mode is 't'\)"):
        load_prototype(binary, "=x", "t")
    with pytest.raises(LuaSyntaxError, match=r"^x: bad binary format \(truncated chunk\)$"):
        load_prototype(binary[:3], "=x")


def test_the_first_upvalue_is_the_environment() -> None:
    state = State()
    state.globals.raw_set("x", 1)
    assert state.call(load_chunk(state, "return x", "=x")) == [1]
    environment = new_table()
    environment.raw_set("x", 2)
    assert state.call(load_chunk(state, "return x", "=x", "bt", environment)) == [2]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (b"return 1", 1),
        (b"\xef\xbb\xbfreturn 1", 1),
        (b"# comment\nreturn 1", 1),
        (b"\xef\xbb\xbf#!/bin/lua\nreturn 1", 1),
        (b"# only a comment", None),
        (b"", None),
        (b"return '\xff'", "\xff"),
    ],
)
def test_files(tmp_path: Path, text: bytes, result: object) -> None:
    path = tmp_path / "chunk"
    path.write_bytes(text)
    state = State()
    results = state.call(load_file(state, str(path)))
    assert (results[0] if results else None) == result


def test_lines_count_from_a_skipped_first_line(tmp_path: Path) -> None:
    path = tmp_path / "chunk"
    path.write_bytes(b"# comment\n\nx x")
    with pytest.raises(LuaSyntaxError, match=r":3: syntax error near 'x'$"):
        load_file(State(), str(path))


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(LuaError, match=rf"^cannot open {tmp_path}/none: No such file or directory$"):
        load_file(State(), f"{tmp_path}/none")
    with pytest.raises(LuaError, match=rf"^cannot read {tmp_path}: Is a directory$"):
        load_file(State(), str(tmp_path))
    assert load_file(State(), None, read_standard_input=lambda: "return 1").prototype.source == "=stdin"


def test_the_collector_of_python_is_left_as_it_was() -> None:
    for source in ("return 1", "return +"):
        with suppress(LuaSyntaxError):
            load_prototype(source, "=x")
        assert gc.isenabled()
    gc.disable()
    try:
        load_prototype("return 1", "=x")
        assert not gc.isenabled()
    finally:
        gc.enable()
