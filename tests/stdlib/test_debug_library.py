"""The debug library compared with real Lua: levels, locals, upvalues, user values, messages."""

from __future__ import annotations

import io
import re

import pytest

from tests.vm.engines import assert_same, run_pylua, run_reference

SCRIPTS = {
    "every field of getinfo for functions": """
        local out = {}
        local function fields(f, options)
          local info = options and debug.getinfo(f, options) or debug.getinfo(f)
          local names = {}
          for name, value in pairs(info) do
            local is_object = type(value) == "function" or type(value) == "table"
            names[#names + 1] = name .. "=" .. (is_object and type(value) or tostring(value))
          end
          table.sort(names)
          out[#out + 1] = table.concat(names, " ")
        end
        local function f(a, b, ...) return f, a end
        for _, function_ in ipairs{f, print, string.gmatch("", ""), load("return 1", "@file.lua"), load("",
          "=")} do
          fields(function_)
          for option in ("SlnrutLf"):gmatch(".") do fields(function_, option) end
        end
        fields(1); fields(0); fields(f, ""); fields(print, "Sn\\0X")
        return table.concat(out, "\\n")""",
    "names of functions by the way they are called": """
        local out = {}
        local function note() local i = debug.getinfo(2, "nt");
        out[#out + 1] = tostring(i.name) .. ":" .. i.namewhat end
        local function named() note() end
        local t = {field = named, [1] = named, ["a b"] = {c = named}}
        global = named
        local key = "field"
        named(); t.field(); t[1](); t["a b"].c(); global(); t:field(); t[key](); (named)(); ({named})[1]()
        for _ in named do end
        local _ = setmetatable({}, {__index = function() note() end})[1]
        local meta = setmetatable({}, {__newindex = function() note() end, __call = function() note() end,
          __len = function() note() return 1 end, __eq = function() note() end, __lt = function() note() end,
          __le = function() note() end, __concat = function() note() end, __unm = function() note() end,
          __idiv = function() note() end, __shl = function() note() end, __close = function() note() end})
        meta.x = 1; meta(); _ = #meta; _ = meta == setmetatable({}, getmetatable(meta)); _ = meta < 1;
        _ = 1 <= meta
        _ = meta .. "x"; _ = -meta; _ = meta // 1; _ = 2 << meta
        do local c <close> = meta end
        local function closing() local c <close> = meta return 1 end
        closing(); pcall(named); pcall(pcall, named); table.sort({1, 2}, function() note() end)
        string.gsub("a", "a", function() note() end); coroutine.wrap(named)(); select(1, named())
        local function tail() return named() end
        tail(); (function() return note() end)()
        return table.concat(out, " ")""",
    "invalid options and levels": """
        local out = {}
        local function try(f, ...) out[#out + 1] = table.concat({tostring((pcall(f, ...))),
          tostring((select(2, pcall(f, ...))))}, " ") end
        try(debug.getinfo, 1, "X"); try(debug.getinfo, 1, ">"); try(debug.getinfo, 1, "S>");
        try(debug.getinfo, "a")
        try(debug.getinfo, {}); try(debug.getinfo); try(debug.getinfo, 1.5); try(debug.getinfo, 1, {})
        try(debug.getinfo, 1000); try(debug.getinfo, -1); try(debug.getinfo, 2^53); try(debug.getinfo, 1000,
          "X")
        try(debug.getinfo, coroutine.create(print)); try(debug.getinfo, coroutine.create(print), 0)
        try(debug.getinfo, coroutine.create(print), 0, {})
        try(debug.getlocal, 1); try(debug.getlocal, 1000, 1); try(debug.getlocal, print, 1);
        try(debug.getlocal, nil, 1)
        try(debug.setlocal, 1, 1); try(debug.setlocal, 1000, 1); try(debug.setlocal, 1, 1000, 1)
        try(debug.getupvalue, 1, 1); try(debug.getupvalue, print); try(debug.getupvalue, print, 1)
        try(debug.setupvalue, print, 1); try(debug.setupvalue, print, 1, 1); try(debug.setupvalue, 1, 1, 1)
        try(debug.upvalueid, 1, 1); try(debug.upvalueid, print, 1); try(debug.upvalueid, print)
        try(debug.upvaluejoin, print, 1); try(debug.upvaluejoin); try(debug.upvaluejoin, try, 1, print, 1)
        try(debug.upvaluejoin, try, 1, string.gmatch("a", "a"), 1); try(debug.upvaluejoin, try, 99, try, 1)
        try(debug.upvaluejoin, string.gmatch("a", "a"), 1, try, 1); try(debug.upvaluejoin, try, 1, try, 0)
        try(debug.setmetatable, 1); try(debug.setmetatable, 1, 1); try(debug.getmetatable)
        try(debug.sethook, 1); try(debug.sethook, 1, "c"); try(debug.sethook, print, "c", "x");
        try(debug.sethook, nil, {})
        try(debug.gethook, 1, 2); try(debug.setuservalue, 1); try(debug.setuservalue, io.stdout)
        try(debug.setuservalue, io.stdout, 1); try(debug.setuservalue, debug.upvalueid(try, 1), 1)
        try(debug.setuservalue, io.stdout, 1, 0); try(debug.getuservalue, io.stdout);
        try(debug.getuservalue, 1)
        try(debug.getuservalue); try(debug.getuservalue, io.stdout, 1.5); try(debug.traceback, "a", "x")
        try(debug.traceback, true); try(debug.setcstacklimit, 1000); try(debug.setcstacklimit);
        try(debug.setcstacklimit, {})
        return table.concat(out, "\\n")""",
    "locals of active functions": """
        local out = {}
        local function note(level)
          local i = 1
          while true do
            local name, value = debug.getlocal(level + 1, i)
            if not name then break end
            out[#out + 1] = name .. (name:sub(1, 1) == "(" and "" or "=" .. type(value))
            i = i + 1
          end
          i = -1
          while true do
            local name, value = debug.getlocal(level + 1, i)
            if not name then break end
            out[#out + 1] = name .. "=" .. tostring(value)
            i = i - 1
          end
          out[#out + 1] = "|"
        end
        local function f(a, b, ...)
          local c = 1; note(1); note(2)
          do local d, e = 2; note(1) end
          for i = 1, 1 do note(1) end
          for k, v in pairs{1} do local w; note(1) end
          local g <const>, h <close> = 1; note(1)
          return 1 + #{a, b, note(1)}
        end
        f(1, "x"); f(1, 2, 3, 4); f()
        local function vararg(...) note(1); note(2) end
        vararg(1, 2, nil)
        local function caller(a) return (a + 1) * vararg(a, vararg(5)) end
        local ok = pcall(caller, 1)
        return table.concat(out, " ")""",
    "setting locals, varargs and temporaries": """
        local function set() return debug.setlocal(2, 1, "first"), debug.setlocal(2, -1, "extra"),
          debug.setlocal(2, -2, "none"), debug.setlocal(2, 99, 1) end
        local function f(a, ...)
          local names = table.pack(set())
          return a, ..., table.unpack(names, 1, 4)
        end
        local function temporary() debug.setlocal(2, 3, 10) return 20 end
        local function g(a, b) return (a + 1) + temporary() end
        local co = coroutine.create(function(x) local y = 2; coroutine.yield(); return x, y end)
        coroutine.resume(co, 1)
        return f(1, 2), g(0, 0), debug.setlocal(co, 1, 1, "set"), debug.setlocal(co, 1, 2, "too"),
          debug.setlocal(co, 1, 9, 1), select(2, coroutine.resume(co))""",
    "names of parameters": """
        local function f(a, b, ...) local c end
        function method(self_) end
        local t = {}
        function t:m(x) end
        return debug.getlocal(f, 1), debug.getlocal(f, 2), debug.getlocal(f, 3), debug.getlocal(f, 0),
          debug.getlocal(t.m, 1), debug.getlocal(t.m, 2), debug.getlocal(f, -1), debug.getlocal(print, 1)""",
    "locals of stripped code": """
        local f = load(string.dump(load[[
          local a, b = 1, 2
          local name, value = debug.getlocal(1, 1)
          local function g() return a end
          local up, held = debug.getupvalue(g, 1)
          return name, value, up, held, debug.getinfo(1, "Sl").currentline, debug.getinfo(1, "S").source]],
            true))
        return f()""",
    "upvalues": """
        local a, b = 1, 2
        local function f() return a, b end
        local function g() return b, a end
        local out = {debug.getupvalue(f, 1)}
        out[#out + 1] = tostring(debug.upvalueid(f, 1) == debug.upvalueid(g, 2))
        out[#out + 1] = tostring(debug.upvalueid(f, 1) == debug.upvalueid(g, 1))
        out[#out + 1] = tostring(debug.upvalueid(f, 3)) .. type(debug.upvalueid(f, 1))
        out[#out + 1] = debug.setupvalue(f, 1, "changed") .. a .. tostring(debug.setupvalue(f, 9, 1))
        debug.upvaluejoin(f, 1, f, 2)
        out[#out + 1] = table.concat({f()}, ",") .. a
        local function h() local x = 0; return function() x = x + 1; return x end, function() return x end end
        local i1, r1 = h()
        local i2, r2 = h()
        debug.upvaluejoin(r1, 1, i2, 1)
        i2()
        out[#out + 1] = r1() .. "," .. r2() .. select("#", debug.getupvalue(f, 9)) .. select("#",
          debug.setupvalue(f, 9, 1))
        return table.unpack(out)""",
    "metatables of every type": """
        local out = {}
        for _, value in ipairs{1, true, print, coroutine.create(print), "s", {}} do
          local mt = {__index = function(v, k) return type(v) .. k end}
          local old = debug.getmetatable(value)
          out[#out + 1] = tostring(debug.setmetatable(value, mt) == value)
          out[#out + 1] = value.field
          out[#out + 1] = tostring(debug.getmetatable(value) == mt)
          debug.setmetatable(value, old)
        end
        debug.setmetatable(nil, {__index = function() return "of nil" end,
          __call = function() return "called" end})
        out[#out + 1] = (nil).x .. (nil)()
        debug.setmetatable(nil, nil)
        out[#out + 1] = tostring(pcall(function() return (nil).x end))
        local protected = setmetatable({}, {__metatable = "no"})
        out[#out + 1] = type(debug.getmetatable(protected))
        debug.setmetatable(protected, nil)
        out[#out + 1] = tostring(getmetatable(protected))
        return table.concat(out, " ")""",
    "the registry": """
        local r = debug.getregistry()
        return type(r[1]), r[2] == _G, r._LOADED == package.loaded, type(r._PRELOAD),
          (function() debug.sethook(print, "", 2^30); debug.sethook();
          return getmetatable(r._HOOKKEY).__mode end)()""",
    "numbers of levels are cut to 32 bits": """
        return debug.getinfo(2^32 + 1, "l").currentline, debug.getinfo(-2^32 + 1, "l").currentline,
          pcall(debug.getinfo, 2^31, "l")""",
    "levels seen from within a callback": """
        local out = {}
        local function note()
          for level = 0, 20 do
            local i = debug.getinfo(level, "Sn")
            if not i then break end
            out[#out + 1] = i.what .. ":" .. tostring(i.name)
          end
          out[#out + 1] = "|"
        end
        table.sort({2, 1}, function(a, b) note() return a < b end)
        pcall(string.gsub, "x", "x", function() note() end)
        coroutine.wrap(function() note() end)()
        local text = tostring(setmetatable({}, {__tostring = function() note() return "" end}))
        return (table.concat(out, " "):gsub(" C:nil main:nil.-|", " |"))""",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_scripts(script):
    expected, actual = run_reference(script), run_pylua(script)
    assert without_addresses(actual) == without_addresses(expected), script


def without_addresses(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x", text)


def test_an_upvalue_keeps_its_identity_while_it_lives():
    assert_same("""
        local x = 1
        local function f() return x end
        local seen = {[debug.upvalueid(f, 1)] = true}
        collectgarbage()
        return seen[debug.upvalueid(f, 1)], tostring(debug.upvalueid(f,
          1)):match("^userdata: 0x%x+$") ~= nil""")


def test_active_lines():
    assert_same("""
        local function lines(f)
          local list = {}
          for line in pairs(debug.getinfo(f, "L").activelines) do list[#list + 1] = line end
          table.sort(list)
          return table.concat(list, ",")
        end
        return lines(load("local a\\n\\nlocal b = a\\nreturn b")),
          lines(load("return function(a)\\n\\nend")()),
          lines(load("")), lines(load(string.dump(load("return 1"), true)))""")


def test_the_prompt_runs_lines_until_cont(monkeypatch, capfd):
    commands = b"""x = 1
x =
error("thrown")
error({})
shown = debug.traceback("t")
error(setmetatable({}, mt))
cont
rest"""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(commands)))
    shown = run_pylua("""
        mt = {__tostring = function() return "as text" end}
        local function handler() return "handled" end
        return xpcall(function() debug.debug(); return x, shown, io.read() end, handler)""")
    assert shown.split("\n")[:3] == ["true", "true", "1"]
    assert shown.split("\n")[4:7] == [
        "stack traceback:",
        "\t(debug command):1: in main chunk",
        "\t[C]: in function 'debug.debug'",
    ]
    assert shown.endswith("rest")
    assert without_addresses(capfd.readouterr().err).splitlines() == [
        "lua_debug> lua_debug> (debug command):2: unexpected symbol near <eof>",
        "lua_debug> (debug command):1: thrown",
        "lua_debug> table: 0x",
        "lua_debug> lua_debug> as text",
        "lua_debug> ",
    ]
