"""Python functions that hot Lua code calls, and the other way round: once each, with the same errors and tracebacks."""

from __future__ import annotations

from typing import Any

import pytest

from pylua import LuaError, LuaRuntime
from pylua.jit import ENGINES


@pytest.fixture(params=ENGINES)
def lua(request: pytest.FixtureRequest) -> LuaRuntime:
    return LuaRuntime(engine=request.param)


def test_numbers_go_in_and_out(lua: LuaRuntime) -> None:
    given: list[Any] = []

    def double(value: Any) -> Any:
        given.append(value)
        return None if value is None else value * 2

    lua.globals().double = double
    total = lua.eval("function(n) local s = 0 for i = 1, n do s = s + double(i) end return s end")
    assert total(300) == 90300
    assert given == list(range(1, 301))
    both = lua.eval("function(x) return double(x), double(nil), double('ab') end")
    assert [both(2.5) for _ in range(60)][-1] == (5.0, None, "abab")


def test_what_fails_is_called_once(lua: LuaRuntime) -> None:
    calls: list[int] = []

    def fail(value: int) -> int:
        calls.append(value)
        if value == 50:
            raise ValueError("fifty")
        return value

    lua.globals().fail = fail
    run = lua.eval("function(n) local s = 0 for i = 1, n do s = s + fail(i) end return s end")
    assert run(49) == 1225
    calls.clear()
    with pytest.raises(ValueError, match="fifty"):
        run(60)
    assert calls == list(range(1, 51))
    caught = lua.eval("function(x) local ok, e = pcall(fail, x) return ok, tostring(e) end")
    assert [caught(50) for _ in range(60)][-1] == (False, "fifty")


def test_tracebacks_show_who_called_python(lua: LuaRuntime) -> None:
    inner = lua.eval("function() return debug.traceback('here') end")
    lua.globals().ask = lambda _: inner()
    outer = lua.eval("function(n) local t for i = 1, n do t = ask(i) end return t end")
    assert outer(60).splitlines()[1:] == [
        "stack traceback:",
        '\t[string "<python>"]:1: in function <[string "<python>"]:1>',
        "\t[C]: in global 'ask'",
        '\t[string "<python>"]:1: in function <[string "<python>"]:1>',
    ]


def test_lua_functions_called_often(lua: LuaRuntime) -> None:
    add = lua.eval("function(a, b) return a + b end")
    assert [add(i, 0.5) for i in range(200)][-1] == 199.5
    assert lua.eval("function(...) return select('#', ...), ... end")(1, None) == (2, 1, None)
    several = lua.eval("function(n) if n > 0 then return n, -n end end")
    assert [several(i % 2) for i in range(100)][-2:] == [None, (1, -1)]
    counter = lua.eval("(function() local n = 0 return function() n = n + 1 return n end end)()")
    assert [counter() for _ in range(100)][-1] == 100


def test_handlers_of_errors_in_functions_that_python_calls(lua: LuaRuntime) -> None:
    run = lua.eval("""function()
        return xpcall(function() return nothing.x end, function(m) return 'handled ' .. m end)
    end""")
    for _ in range(60):
        ok, message = run()
        assert (ok, message[:8]) == (False, "handled ")
        assert "global 'nothing'" in message


def test_an_overflow_that_nobody_catches_leaves_nothing_behind(
    lua: LuaRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("pylua.vm.calls", "pylua.jit.handover"):
        monkeypatch.setattr(f"{module}.MAX_STACK", 20_000)  # a full stack in a fiftieth of the time
    forever = lua.eval("function() local function f(n) return 1 + f(n + 1) end return f(1) end")
    for _ in range(2):
        with pytest.raises(LuaError, match="stack overflow"):
            forever()
    assert not lua._state.handling_overflow
