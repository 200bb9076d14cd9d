"""Python functions that hot Lua code calls, and the other way round: once each, with the same errors."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from pylua import LuaError, LuaLimitError, LuaRuntime
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


@pytest.mark.parametrize("code", ["a", "a, b", "a, b, c", "a, b, c, d", "a, b, c, d, e", "..."])
def test_prepared_calls_pass_all_values(lua: LuaRuntime, code: str) -> None:
    echo = lua.eval(f"function({code}) return {code} end")
    given = (1, "x", 2.5, None, True)
    count = 5 if code == "..." else code.count(",") + 1
    for _ in range(40):
        expected = given[:count]
        assert echo(*given) == (expected if count > 1 else expected[0])
    assert echo() is None if code in ("...", "a") else echo() == (None,) * count
    assert echo(2**62) == (2**62 if count == 1 or code == "..." else (2**62, *(None,) * (count - 1)))
    assert echo("é") == ("é" if count == 1 or code == "..." else ("é", *(None,) * (count - 1)))
    with pytest.raises(OverflowError):
        echo(1, 2, 3, 4, 5, 2**63)
    with pytest.raises(TypeError):
        echo(a=1)
    assert str(inspect.signature(echo)) == "(*arguments)"


def test_errors_leave_prepared_calls_once(lua: LuaRuntime) -> None:
    fail = lua.eval("function(e) error(e) end")
    for _ in range(40):
        with pytest.raises(LuaError) as caught:
            fail(lua.table(7))
        assert caught.value.value[1] == 7
        with pytest.raises(ZeroDivisionError):
            fail(ZeroDivisionError())
    assert lua.eval("coroutine.isyieldable()") is False


def test_hot_code_calls_python_functions(lua: LuaRuntime) -> None:
    run = lua.execute(
        """
        local f, len, upper = ...
        return function(n)
            local s = ""
            for i = 1, n do
                s = f() .. f(i) .. f("é", true) .. f(nil, 1.5) .. f(1, 2, 3) .. len("abc") .. upper("x")
            end
            return s
        end
    """,
        lambda *values: repr(values),
        len,
        str.upper,
    )
    assert run(200) == "()(200,)('é', True)(None, 1.5)(1, 2, 3)3X"


def test_limits_pass_protected_calls_and_leave_nothing(lua: LuaRuntime) -> None:
    run = lua.execute("""
        local function endless() while true do end end
        return function() for i = 1, 100 do pcall(endless) end end
    """)
    for _ in range(250):
        lua.set_max_instructions(2_000)
        with pytest.raises(LuaLimitError):
            run()
    lua.set_max_instructions(None)
    nest = lua.eval(
        "function(f, n) if n == 0 then return 0 end local ok, v = pcall(f, f, n - 1) return ok and v + 1 end"
    )
    assert [nest(nest, 150) for _ in range(30)] == [150] * 30


def test_hooks_see_calls_of_hot_functions(lua: LuaRuntime) -> None:
    """A hook of the main thread keeps what Python calls to the VM, until it goes."""
    add = lua.execute("hits = 0; return function(a, b) return a + b end")
    watch = lua.eval("function(on) debug.sethook(on and function() hits = hits + 1 end or nil, 'c') end")
    for _ in range(60):
        assert add(1, 2) == 3
    watch(True)
    before = lua.eval("hits")
    add(1, 2)
    after = lua.eval("hits")
    watch(False)
    assert after - before == 2
    seen = lua.eval("hits")
    add(1, 2)
    assert lua.eval("hits") == seen


def test_python_eval_in_hot_code_sees_the_hosts_variables() -> None:
    """Its caller is who called Lua, not what this package puts between."""
    secret = 7
    run = LuaRuntime(encoding="latin-1").eval("function() return python.eval('secret') end")
    for _ in range(60):
        assert run() == secret


def test_too_many_arguments_are_converted_too(lua: LuaRuntime) -> None:
    first = lua.eval("function(a) return a end")
    for _ in range(60):
        assert first("x", 2, None) == "x"
    with pytest.raises(OverflowError):
        first(1, 1 << 70)
    with pytest.raises(LuaError):
        first(1, LuaRuntime().table())
    assert first(3) == 3


def test_loops_call_python_functions_with_what_is_known(lua: LuaRuntime) -> None:
    given: list[Any] = []

    def take(*values: Any) -> Any:
        given.append(values)
        return given[-1][-1] if len(given) % 3 else None

    lua.globals().take = take
    run = lua.eval("""function(n, o)
        local take, last = take, nil
        for i = 1, n do
            take(i, 1.5, 'x')
            last = take(i / 2) or last
            take(o, i)
        end
        return last
    end""")
    for other in (None, True, 1 << 40, "ä", [1]):
        given.clear()
        last = run(100, other)
        assert last == (None if last is None else 50.0)
        assert given[-3:] == [(100, 1.5, "x"), (50.0,), (other, 100)]
        assert len(given) == 300


def test_results_of_python_functions_are_converted_in_loops(lua: LuaRuntime) -> None:
    results: list[Any] = [1, 2.5, True, False, None, "ü", b"b", -(1 << 63), [1], (1, 2)]
    lua.globals().result = lambda number: results[number % len(results)]
    run = lua.eval("function(n) local t = {} for i = 0, n do t[i] = result(i) end return t end")
    table = run(99)
    assert [table[i] for i in range(90, 100)] == [
        1,
        2.5,
        True,
        False,
        None,
        "ü",
        "b",
        -(1 << 63),
        [1],
        (1, 2),
    ]


@pytest.mark.parametrize("code", ["large(i)", "local x = large(i)"])
def test_results_that_are_too_large_are_errors_in_loops(lua: LuaRuntime, code: str) -> None:
    lua.globals().large = lambda number: 1 << 70 if number == 150 else number
    run = lua.eval(f"function(n) for i = 1, n do {code} end return n end")
    assert run(149) == 149
    with pytest.raises(OverflowError):
        run(200)
    lua.set_overflow_handler(lambda value: 7)
    assert run(200) == 200


def test_what_loops_call_may_become_something_else(lua: LuaRuntime) -> None:
    lua.globals().double = lambda value: value * 2
    run = lua.eval("function(f, n) local s = 0 for i = 1, n do s = s + f(i) end return s end")
    double = lua.globals().double
    assert [run(double, 100) for _ in range(5)][-1] == 10100
    assert run(lambda value: value, 100) == 5050
    assert run(lua.eval("function(x) return 3 * x end"), 100) == 15150
    assert run(lua.eval("setmetatable({target = 1}, {__call = function(self, x) return x end})"), 100) == 5050
    assert run(double, 100) == 10100
    with pytest.raises(TypeError, match="not callable"):
        run([1], 100)
    changed = lua.eval("""function(f, n)
        local s, old = 0, getmetatable(f) and debug.getmetatable(f).__call
        for i = 1, n do
            if i == 51 then debug.getmetatable(f).__call = function(_, x) return -x end end
            s = s + f(i)
        end
        debug.getmetatable(f).__call = old
        return s
    end""")
    assert changed(double, 50) == 2550
    assert lua.eval("function(f) return debug.getmetatable(f).__call ~= nil end")(lambda: 1)


def test_errors_in_loops_name_the_line_and_can_be_caught(lua: LuaRuntime) -> None:
    calls: list[int] = []

    def fail(number: int) -> int:
        calls.append(number)
        if number % 100 == 0:
            raise KeyError(number)
        return number

    lua.globals().fail = fail
    caught = lua.eval("""function(n)
        local errors = {}
        for i = 1, n do
            local ok, e = pcall(function() local x = 0 for j = i, i do x = x + fail(j) end return x end)
            if not ok then errors[#errors + 1] = e end
        end
        return #errors, errors[1]
    end""")
    number, error = caught(300)
    assert number == 3
    assert isinstance(error, KeyError)
    assert calls == list(range(1, 301))
    limited = lua.eval("function(n) local s = 0 for i = 1, n do s = s + fail(i) end return s end")
    with pytest.raises(KeyError):
        limited(100)
    lua.globals().stop = lambda _: lua.execute("while true do end")
    lua.set_max_instructions(5000)
    with pytest.raises(LuaLimitError):
        lua.eval("function(n) for i = 1, n do stop(i) end end")(50)
