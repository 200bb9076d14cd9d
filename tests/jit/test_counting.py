"""Instructions counted in fast code: as many as real Lua runs, and a limit stops at the same one as in the VM."""

from __future__ import annotations

import re
import time

import pytest
from lupa import lua54

from pylua import LuaLimitError, LuaRuntime
from pylua.jit import ENGINES

FAST = [each for each in ENGINES if each != "vm"]
PROGRAMS = {
    "calls": "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end n = fib(12)",
    "tail calls": "local function f(n, s) if n == 0 then return s end return f(n - 1, s + n) end n = f(500, 0)",
    "numeric loops": "for i = 1, 30 do for j = i, 40 do n = n + j end for x = 1.5, 0, -0.25 do n = n + 1 end end",
    "loops left early": "for i = 1, 200 do for j = 1, i do if j * j > i then n = n + j break end end end",
    "loops never repeated": "for i = 1, 300 do for j = 1, 5000 do n = n + j break end end",
    "while and repeat": "while n < 400 do n = n + 1 repeat n = n + 1 until n % 5 == 0 end",
    "goto": "local i = 0 ::again:: i = i + 1 if i % 3 == 0 then goto again end n = i if i < 500 then goto again end",
    "branches": "for i = 1, 600 do if i % 2 == 0 then n = n + 1 elseif i % 3 == 0 then n = n - i else n = i end end",
    "unusual branches": "for i = 1, 600 do if i == 599 then n = n + 1 local a = n * 2 n = a end end",
    "pairs": "local t = {} for i = 1, 90 do t[i] = i t['k' .. i] = i end for k, v in pairs(t) do n = n + v end",
    "ipairs": "local t = {} for i = 1, 400 do t[#t + 1] = i end for r = 1, 3 do for k, v in ipairs(t) do n = n + v end end",
    "closures as iterators": """
        local function upto(m) local i = 0 return function() i = i + 1 if i <= m then return i end end end
        for r = 1, 20 do for i in upto(20) do n = n + i end end""",
    "matches": "for w in ('ab cd '):rep(80):gmatch('%a+') do n = n + #w end",
    "metamethods": """
        local mt = {} mt.__index = mt
        mt.__add = function(a, b) return setmetatable({x = a.x + b.x}, mt) end
        mt.__lt = function(a, b) return a.x < b.x end
        mt.__concat = function(a, b) return 'c' end
        local p, q = setmetatable({x = 1}, mt), setmetatable({x = 2}, mt)
        for i = 1, 200 do p = p + q if p < q then n = 1 end n = n + #(p .. q) end
        n = n + p.x + ('10' + 1)""",
    "varargs": """
        local function f(...) return select('#', ...) + select(1, ...) end
        for i = 1, 200 do n = n + f(i, i) + math.max(f(1), i) end""",
    "natives that call Lua": """
        local t = {} for i = 1, 60 do t[i] = (i * 37) % 61 end
        table.sort(t, function(a, b) return a > b end)
        for i = 1, 60 do n = n + t[i] + #('abc'):gsub('.', function(c) return c .. c end) end""",
    "errors": """
        for i = 1, 100 do
          local ok = pcall(function() for j = 1, 1000 do if j == i then error('x') end end end)
          if not ok then n = n + 1 end
        end
        local ok = pcall(function() local t for i = 1, 9 do t = t.x end end)""",
    "coroutines": """
        local function walk(k) for i = 1, k do coroutine.yield(i) end end
        for r = 1, 8 do
          local next_ = coroutine.wrap(function() walk(20) walk(3) end)
          for i = 1, 10 do n = n + next_() end
          for x in coroutine.wrap(function() walk(30) end) do n = n + x end
        end""",
    "overflow": "local i = math.maxinteger - 200 for k = 1, 400 do i = i + 1 if i < 0 then n = n + 1 end end",
    "filled lists": """
        for r = 1, 40 do
          local t, u = {}, {}
          for i = 1, 15 do t[i] = r end
          for i = 1, 15 do t[i] = i end
          for i = 1, 15 do u[i] = t[i] end
          n = n + #u
        end""",
    "to-be-closed": """
        for i = 1, 50 do
          local x <close> = setmetatable({}, {__close = function() n = n + 1 end})
          n = n + i
        end""",
}  # fmt: skip

PYLUA = """
n = 0
local function body() BODY end
local before = left()
body()
return before - left()
"""
REAL_LUA = """
n = 0
local function body() BODY end
local count = 0
debug.sethook(function() count = count + 1 end, "", 1)
body()
debug.sethook()
return count
"""


def counted(engine: str, body: str) -> int:
    lua = LuaRuntime(engine=engine, max_instructions=10**9)
    lua.globals().left = lambda: lua.instructions_left
    return int(lua.execute(PYLUA.replace("BODY", body)))


def counted_by_real_lua(body: str) -> int:
    return int(lua54.LuaRuntime().execute(REAL_LUA.replace("BODY", body)))


@pytest.mark.parametrize("name", [each for each in PROGRAMS if each != "coroutines"])  # hooks are a thread's
@pytest.mark.parametrize("engine", ENGINES)
def test_as_many_as_in_real_lua(engine: str, name: str) -> None:
    body = PROGRAMS[name]
    assert counted(engine, body) - counted(engine, "") == counted_by_real_lua(body) - counted_by_real_lua("")


def stopped(engine: str, body: str, limit: int) -> tuple[object, int | None]:
    """`n` where the limit stops the script."""
    lua = LuaRuntime(engine=engine, max_instructions=limit)
    with pytest.raises(LuaLimitError):
        lua.execute("n = 0 " + body)
    return lua.globals().n, lua.instructions_left


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("engine", FAST)
def test_a_limit_stops_where_the_vm_stops(engine: str, name: str) -> None:
    body = PROGRAMS[name]
    lua = LuaRuntime(engine="vm", max_instructions=10**9)
    lua.execute("n = 0 " + body)
    assert lua.instructions_left is not None
    needed = 10**9 - lua.instructions_left
    for part in range(1, 8):
        limit = needed * part // 8
        assert stopped(engine, body, limit) == stopped("vm", body, limit)
    assert stopped(engine, body, needed - 1) == stopped("vm", body, needed - 1)


def what_python_reads(engine: str) -> list[int | None]:
    lua = LuaRuntime(engine=engine, max_instructions=10**6)
    left: list[int | None] = []
    lua.globals().note = lambda: left.append(lua.instructions_left)
    lua.execute("""
        local function f(n) if n > 0 then f(n - 1) end note() end
        for i = 1, 40 do f(i % 3) for j = 1, 5 do note() end end""")
    return left


@pytest.mark.parametrize("engine", FAST)
def test_what_python_reads_is_exact(engine: str) -> None:
    assert what_python_reads(engine) == what_python_reads("vm")


def test_a_huge_loop_does_not_keep_to_the_vm() -> None:
    body = "for i = 1, 1 << 30 do n = n + 1 end"
    assert stopped("auto", body, 10**6) == stopped("vm", body, 10**6)
    start = time.process_time()
    stopped("auto", body, 10**7)
    quick = time.process_time() - start
    start = time.process_time()
    stopped("vm", body, 10**6)
    assert quick < 5 * (time.process_time() - start)  # ten times the instructions


def test_limits_set_later_and_taken_away() -> None:
    lua = LuaRuntime()
    spin = lua.eval("function(n) local s = 0 for i = 1, n do s = s + i end return s end")
    assert [spin(100) for _ in range(50)][-1] == 5050
    lua.set_max_instructions(1000)
    assert spin(100) == 5050
    assert lua.instructions_left == 1000 - 206
    with pytest.raises(LuaLimitError):
        spin(1000)
    lua.set_max_instructions(None)
    assert spin(10_000) == 50_005_000
    assert lua.instructions_left is None


def test_prices_are_in_the_generated_code() -> None:
    lua = LuaRuntime(engine="jit", max_instructions=10**6)
    lua.execute("function f(a) if a then return 1 end return 2 end f(1)")
    sources = [each.source for each in lua._state.fast_tier.translations.values()]
    assert any(re.search(r"for q in fuel\.f\d+: break", source) for source in sources)


def test_coroutines_go_on_in_the_vm_when_few_instructions_are_left() -> None:
    lua = LuaRuntime(max_instructions=10**6)
    numbers = lua.execute("""
        local function producer() return coroutine.wrap(function() for i = 1, 1000 do coroutine.yield(i) end end) end
        for round = 1, 9 do local n = 0 for x in producer() do n = n + x end end
        local next_ = producer()
        return function(n) local x for i = 1, n do x = next_() end return x end""")
    assert numbers(100) == 100
    lua.set_max_instructions(2000)
    assert [numbers(1), numbers(3)] == [101, 104]
    assert lua.instructions_left is not None
    assert lua.instructions_left > 1900
