"""Lua functions that only compute: hot or not, they give what they gave the first time."""

from __future__ import annotations

from typing import Any

import pytest

from pylua import LuaError, LuaLimitError, LuaRuntime
from pylua.jit import ENGINES

FORMULAS = [
    "a + b",
    "a - b * 2",
    "a // b, a % b, a / b",
    "-a ^ 2",
    "a * a * b + 0.5",
    "a & b | 3 ~ a",
    "a << 3, a >> b",
    "a < b and a + 1 or b - 1",
    "a + b > 3",
    "not (a - b == 0)",
]
ARGUMENTS: list[tuple[Any, ...]] = [
    (3, 4), (-7, 2), (7, -2), (2.5, -1), (0.0, -0.0), (1 << 30, (1 << 30) - 1), ((1 << 63) - 1, 1),
    (-(1 << 63), -1), (5, 0), (5.0, 0), (1e308, 10), ("10", 3), (True, 1), (None, 1), ([1], 1), (1 << 64, 1), (1,),
    (1, 2, 3), (1, 2, 1 << 64), ("a", "b"),
]  # fmt: skip


@pytest.fixture(params=ENGINES)
def lua(request: pytest.FixtureRequest) -> LuaRuntime:
    return LuaRuntime(engine=request.param)


def outcome(function: Any, arguments: tuple[Any, ...]) -> str:
    try:
        return repr(function(*arguments))
    except (LuaError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("formula", FORMULAS)
def test_hot_formulas_give_what_cold_ones_do(lua: LuaRuntime, formula: str) -> None:
    code = f"function(a, b) return {formula} end"
    function = lua.eval(code)
    for number in range(100):
        function(number, 3)
    for arguments in ARGUMENTS:
        cold = outcome(LuaRuntime(engine="vm").eval(code), arguments)
        assert outcome(function, arguments) == cold, arguments
    assert function(3, 4) == LuaRuntime(engine="vm").eval(code)(3, 4)


def test_branches_without_a_result_give_none(lua: LuaRuntime) -> None:
    function = lua.eval("function(x) if x > 0 then return x * 2 end end")
    assert [function(number % 3 - 1) for number in range(120)][-3:] == [None, None, 2]


def test_formulas_may_assign_parameters(lua: LuaRuntime) -> None:
    function = lua.eval("function(x, y) x = x + 1 if x > y then x = x - y end return x end")
    assert [function(number, 10) for number in range(120)][-1] == 110
    assert function(1.5, 10) == 2.5


def test_limits_count_formulas() -> None:
    lua = LuaRuntime()
    function = lua.eval("function(a, b) return a + b end")
    for number in range(100):
        function(number, 1)
    lua.set_max_instructions(1000)
    function(1, 2)
    assert lua.instructions_left is not None
    spent = 1000 - lua.instructions_left
    assert spent > 0
    with pytest.raises(LuaLimitError):
        for number in range(1000):
            function(number, 1)
    lua.set_max_instructions(None)
    assert function(1, 2) == 3


def test_hooks_see_formulas(lua: LuaRuntime) -> None:
    function = lua.eval("function(a, b) return a + b end")
    for number in range(100):
        function(number, 1)
    lua.execute("calls = 0 debug.sethook(function() calls = calls + 1 end, 'c')")
    before = lua.globals().calls
    function(1, 2)
    assert lua.globals().calls > before
    lua.execute("debug.sethook()")
    assert function(1, 2) == 3


def test_formulas_are_called_within_lua(lua: LuaRuntime) -> None:
    function = lua.eval("function(a, b) return a + b end")

    def call(a: int, b: int) -> Any:
        return function(a, b)

    lua.globals().call = call
    run = lua.eval("function(n) local s = 0 for i = 1, n do s = call(s, i) end return s end")
    assert [run(100) for _ in range(5)][-1] == 5050
    assert function(1, 2) == 3


def test_wrappers_do_not_keep_functions_alive(lua: LuaRuntime) -> None:
    lua.execute("weak = setmetatable({}, {__mode = 'v'}) weak[1] = function(a) return a * 2 end")
    lua.execute("kept = weak[1]")
    function = lua.globals().kept
    assert [function(number) for number in range(100)][-1] == 198
    lua.execute("kept = nil")
    del function
    lua.gccollect()
    assert lua.eval("weak[1]") is None
