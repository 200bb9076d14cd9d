"""What LuaRuntime adds to lupa's interface: error values, limits, engines, and the package's exports."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pylua
from pylua import LuaError, LuaLimitError, LuaRuntime, LuaSyntaxError


def test_error_values_reach_the_host() -> None:
    lua = LuaRuntime()
    with pytest.raises(LuaError) as caught:
        lua.execute("error({code = 42})")
    error = caught.value
    assert error.value.code == 42
    assert error.message == "(error object is a table value)"
    assert error.traceback == (
        "stack traceback:\n\t[C]: in function 'error'\n\t[string \"<python>\"]:1: in main chunk"
    )


def test_messages_come_without_the_traceback() -> None:
    with pytest.raises(LuaError) as caught:
        LuaRuntime().execute("error('é', 0)")
    assert caught.value.message == caught.value.value == "é"
    with pytest.raises(LuaSyntaxError) as refused:
        LuaRuntime().compile("x")
    assert refused.value.message == '[string "<python>"]:1: syntax error near <eof>'
    assert refused.value.traceback is None


def test_error_objects_with_text() -> None:
    source = "error(setmetatable({}, {__tostring = function() return 'as text' end}))"
    with pytest.raises(LuaError) as caught:
        LuaRuntime().execute(source)
    assert caught.value.message == "as text"


def test_errors_in_coroutines_reach_the_host() -> None:
    lua = LuaRuntime()
    thread = lua.eval("function() coroutine.yield(1); error({7}) end").coroutine()
    assert next(thread) == 1
    with pytest.raises(LuaError) as caught:
        next(thread)
    assert caught.value.value[1] == 7


SPINNERS = [
    "while true do end",
    "pcall(function() while true do end end) reached = true",
    "coroutine.wrap(function() while true do end end)() reached = true",
    "local t = setmetatable({}, {__index = function() while true do end end}) return t.x",
    "table.sort({1, 2, 3}, function() while true do end end) reached = true",
    "local x <close> = setmetatable({}, {__close = function() while true do end end})",
    "while true do pcall(error) end",
]


@pytest.mark.parametrize("source", SPINNERS)
def test_instruction_limits_stop_everything(source: str) -> None:
    lua = LuaRuntime(max_instructions=20_000)
    with pytest.raises(LuaLimitError) as caught:
        lua.execute(source)
    assert caught.value.limit == "instructions"
    assert lua.instructions_left == 0
    with pytest.raises(LuaLimitError):
        lua.execute("x = 1")
    lua.set_max_instructions(None)
    assert lua.eval("reached") is None


def test_instructions_are_counted_exactly() -> None:
    def cost(source: str) -> int:
        lua = LuaRuntime(max_instructions=1_000_000)
        lua.execute(source)
        assert lua.instructions_left is not None
        return 1_000_000 - lua.instructions_left

    # LOADI x 3, FORPREP, FORLOOP x n, RETURN; hooks do not see VARARGPREP, nor does the limit.
    assert cost("") == 1
    assert cost("for i = 1, 10 do end") == 15
    assert cost("for i = 1, 1000 do end") == 1005


def test_limit_errors_pass_python_callbacks() -> None:
    lua = LuaRuntime(max_instructions=10_000)
    spin = lua.eval("function() while true do end end")
    with pytest.raises(LuaLimitError):
        lua.execute("pcall(...)", lambda: [spin()])


def test_base_exceptions_cannot_be_caught() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    lua = LuaRuntime()
    with pytest.raises(KeyboardInterrupt):
        lua.execute("pcall(...)", stop)
    assert lua.eval("1 + 1") == 2


def test_engines() -> None:
    for engine in ("vm", "jit", "auto"):
        assert LuaRuntime(engine=engine).eval("1") == 1
    with pytest.raises(ValueError, match="engine must be one of"):
        LuaRuntime(engine="fast")


def test_memory_figures() -> None:
    assert LuaRuntime().get_max_memory() is None
    assert LuaRuntime().get_memory_used() is None
    with pytest.raises(RuntimeError):
        LuaRuntime().set_max_memory(1)
    lua = LuaRuntime(max_memory=0)
    assert lua.get_memory_used() == 0
    before = lua.get_memory_used(total=True)
    lua.execute("kept = string.rep('x', 100000)")
    used, total = lua.get_memory_used(), lua.get_memory_used(total=True)
    assert before is not None
    assert used is not None
    assert used >= 100_000
    assert total == before + used
    lua.set_max_memory(10)
    assert lua.get_max_memory() == 10
    assert lua.get_max_memory(total=True) == 10 + before


def test_exports() -> None:
    assert all(hasattr(pylua, name) for name in pylua.__all__)
    assert set(pylua.__all__) <= set(dir(pylua))
    assert pylua.LUA_VERSION == (5, 4)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        pylua.nothing  # noqa: B018


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, pylua; print([name for name in sys.modules if name.startswith('pylua.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
