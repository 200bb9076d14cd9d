"""Tracebacks, compared with real Lua: names of functions, tail calls, long stacks, coroutines."""

from __future__ import annotations

import pytest

from tests.vm.engines import assert_same

NAMES = """
local traces = {}
local function trace(...) traces[#traces + 1] = debug.traceback(...) end
local function note() trace("m", 2) end
local function all() return table.concat(traces, "\\n") end
"""

SCRIPTS = {
    "names by call": """
        local t = {f = function() note() end, deeper = {}}
        t.deeper.f = t.f
        function global() note() end
        local up = t.f
        local function through_upvalue() up() end
        local obj = setmetatable({}, {__index = function() note() end, __add = t.f, __call = t.f,
          __close = t.f})
        t.f(); t:f(); t.deeper.f(); global(); up(); through_upvalue(); (function() note() end)()
        local _ = obj.x; _ = obj + 1; obj()
        do local c <close> = obj end
        for _ in t.f do end
        string.gsub("x", "x", t.f); table.sort({1, 2, 3}, function() note() return false end)
        load("return ...", "=loaded")(t.f)
        load("(...)()", "=loaded")(t.f)
        pcall(t.f); xpcall(t.f, print)
        return all()""",
    "functions of loaded modules have their full name": """
        package.loaded.mine = {inner = function() note() end, [1] = function() note() end}
        package.loaded.single = function() note() end
        _G.global_function = function() note() end
        local held = package.loaded.mine.inner
        held(); package.loaded.mine[1](); package.loaded.single(); global_function()
        package.loaded.mine = nil
        held()
        return all()""",
    "tail calls": """
        local function last() trace("tail") return 1 end
        local function middle() return last() end
        local function first() return middle() end
        local x = first()
        local function native_tail() return trace("native") end
        native_tail()
        return all()""",
    "tail calls through __call": """
        local t = {}
        local function countdown(self, n) if n == 0 then trace("x") return 1 end return t(n - 1) end
        setmetatable(t, {__call = countdown})
        local u = setmetatable({}, {__call = t})
        local x = t(100)
        x = (function(...) return t(...) end)(3)
        return all(), pcall(function() return u(3) end), pcall(function() local y = {} return y(3) end)""",
    "long stacks are cut": """
        local function deep(n, level)
          if n == 0 then trace("deep", level) return 1 end
          return deep(n - 1, level) + 1
        end
        for _, n in ipairs{5, 17, 18, 19, 20, 21, 22, 23, 24, 30, 100} do
          coroutine.wrap(function() for level = 0, n // 2 do deep(n, level) end end)()
        end
        return all()""",
    "levels and messages": """
        trace(); trace("message"); trace("with level", 0); trace("far", 1000); trace("negative", -1);
        trace(12)
        trace(nil, 1); trace("zero\\0byte")
        return all(), debug.traceback(true), debug.traceback(print, 1) == print""",
    "coroutines": """
        local function out(...) traces[#traces + 1] = debug.traceback(...) end
        local function body(n) if n == 0 then coroutine.yield() else body(n - 1) end end
        local co = coroutine.create(body)
        out(co); coroutine.resume(co, 2); out(co); out(co, "m"); out(co, nil, 1); out(co, "m", 3); out(co,
          "m", 9)
        coroutine.resume(co); out(co)
        local bad = coroutine.create(function() local x = nil; body(x) end)
        coroutine.resume(bad); out(bad)
        local thrown = coroutine.create(function() error({}) end)
        coroutine.resume(thrown); out(thrown)
        local called = coroutine.create(function() table.sort({1, 2}, function() error("in sort") end) end)
        coroutine.resume(called); out(called)
        local closing = coroutine.create(function() local c <close> = setmetatable({},
          {__close = function() end}); error("x") end)
        coroutine.resume(closing); out(closing); coroutine.close(closing); out(closing)
        local outer
        outer = coroutine.create(function()
          coroutine.wrap(function() out(outer, "normal"); trace("inner") end)()
        end)
        coroutine.resume(outer)
        return all()""",
    "in message handlers": """
        local function handler(m) trace(m) return m end
        local function fail() local x = nil; x.y = 1 end
        xpcall(fail, handler)
        xpcall(error, handler, "thrown")
        xpcall(string.rep, handler)
        xpcall(function() string.rep() end, handler)
        xpcall(function() table.sort({1, "x"}) end, handler)
        xpcall(function() local _ = {} < {} end, handler)
        xpcall(function() setmetatable({}, {__index = function(t, k) error("in index") end}).x() end, handler)
        xpcall(function() ("x")() end, handler)
        xpcall(coroutine.wrap(function() error("in it") end), handler)
        return all()""",
    "in finalizers and hooks": """
        debug.sethook(function() debug.sethook(); note() end, "l")
        local x = 1
        setmetatable({}, {__gc = function() trace("collected") end})
        collectgarbage()
        return all()""",
    "stripped code": """
        local f = load(string.dump(load("local trace = ...; local function inner() trace('s') end inner()"),
          true))
        f(trace)
        return all()""",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_scripts(script):
    assert_same(NAMES + script)
