"""The basic functions: each line of Lua gives the same results or error message as real Lua."""

from __future__ import annotations

import pytest

from tests.vm.engines import assert_same

EXPRESSIONS = """
assert(1, 2, 3)
assert()
assert(false)
assert(nil, "message")
assert(nil, nil)
assert(false, {1} and 7)
select("#")
select("#", nil, nil)
select(2, "a", "b", "c")
select(-1, "a", "b", "c")
select(-4, "a", "b", "c")
select(0)
select(5, 1)
select("x")
select(1.5)
select("2", "a", "b")
type(nil)
type()
type(type)
tostring(nil)
tostring(1e15)
tostring(-0.0)
tostring()
tostring(setmetatable({}, {__tostring = function() return "text" end}))
pcall(tostring, setmetatable({}, {__tostring = function() return {} end}))
tostring(setmetatable({}, {__tostring = function() return 12 end}))
(tostring(setmetatable({}, {__name = "Kind"})):gsub("0x%x+", "address"))
tonumber("0x1p4")
tonumber("  10  ")
tonumber("10a")
tonumber("")
tonumber("1e1", 16)
tonumber("ff", 16)
tonumber("-FF", 16)
tonumber("+zz", 36)
tonumber(" - 1", 10)
tonumber("7fffffffffffffff", 16)
tonumber("ffffffffffffffffff", 16)
tonumber("8", 8)
tonumber("1", 1)
tonumber("1", 37)
tonumber(10, 16)
tonumber("10", 2.5)
tonumber()
tonumber(nil)
tonumber({})
tonumber("1\\0")
tonumber("1 1", 10)
rawequal(1, 1.0)
rawequal("a", "a")
rawequal({}, {})
rawequal(1)
rawlen({1, 2, nil, 4})
rawlen("abc")
rawlen(5)
rawget(setmetatable({}, {__index = function() return 1 end}), "x")
rawget({5}, 1.0)
rawget(1)
rawget({})
rawset({}, nil, 1)
rawset({}, 0/0, 1)
rawset({}, 1)
rawset({}, "x", 1).x
getmetatable("").__index == string
getmetatable({})
getmetatable(setmetatable({}, {__metatable = "locked"}))
getmetatable()
setmetatable(setmetatable({}, {__metatable = 1}), {})
setmetatable({}, 1)
setmetatable({})
setmetatable(1, {})
next({})
next({10})
next({10}, 1)
next({}, "nothing")
next(1)
next()
#{next({a = 1})}
pairs()
pairs(nil) == next
pairs(setmetatable({}, {__pairs = function(t) return 1, 2, 3, 4 end}))
pairs(setmetatable({}, {__pairs = function(t) return 1 end}))
select("#", pairs(setmetatable({}, {__pairs = function(t) end})))
ipairs()
select("#", ipairs(nil))
ipairs({}) == ipairs({})
ipairs({10, 20})({10, 20}, 1)
ipairs({})({}, math.maxinteger)
ipairs({})({}, "1")
ipairs({})({}, {})
ipairs({})(nil, 1)
pcall()
pcall(error)
pcall(error, nil)
pcall(error, "message", 0)
pcall(error, "message", 1)
pcall(error, "message", 2)
pcall(error, "message", "x")
pcall(pcall)
pcall(pcall, error, "e")
pcall(1)
pcall(select, "#", 1, 2)
xpcall()
xpcall(error)
xpcall(error, 1)
xpcall(error, function(...) return select("#", ...), ... end, "e", 0)
xpcall(select, print, "#", 1, 2, 3)
xpcall(error, function(m) error("again") end, "e")
xpcall(1, function(m) return m end)
type(load("return ..."))
load("return 1")()
load("x =")
load("return 1", "=name", "b")
load("return 1", "@file.lua", "t")()
load("x x", "@file.lua")
load("x x", "=name")
load("x x", "first line\\nsecond")
load("return x", "c", "t", {x = 5})()
type(load("return x", "c", "t", nil))
pcall(load("return x", "c", "t", nil))
load(string.dump(load("return 7")), "c", "b")()
load(string.dump(load("return 7")), "c", "t")
load("\\27Lua")
load("\\27Lua", "=name")
load(12)
load(nil)
load({})
type(load(function() return nil end))
load(function() return {} end)
load(function() error("inside") end)
load(function() error({}) end) == nil
load(coroutine.wrap(function() for _, p in ipairs{"ret", "urn", " 4", "2"} do coroutine.yield(p) end end))()
load(coroutine.wrap(function() coroutine.yield("return 1") coroutine.yield("") coroutine.yield("x") end))()
load(function() return true end)
loadfile("no/such/file")
loadfile(".")
loadfile("no/such/file", "q")
loadfile({})
pcall(dofile, "no/such/file")
warn()
warn(1)
warn("a", {})
_VERSION
_G._G == _G
collectgarbage("nonsense")
collectgarbage({})
""".strip().splitlines()

SCRIPTS = {
    "error levels": """
        local function thrower(level) error("message", level) end
        local function caller(level) thrower(level) end
        local results = {}
        for level = 0, 4 do results[#results + 1] = select(2, pcall(caller, level)) end
        return table.unpack(results)""",
    "errors of any type": """
        local marker = {}
        local function try(value) return select(2, pcall(error, value)) == value end
        return try(marker), try(1), try(print), try(coroutine.create(print)), try(nil), try(true)""",
    "handlers see the stack": """
        local function f() local inner = 1; error("x") end
        return select(2, xpcall(f, function(m) return m .. debug.getinfo(3, "l").currentline end))""",
    "nested handlers": """
        return xpcall(function()
            return xpcall(function() error("a", 0) end, function(m) return m .. "b" end)
        end, function(m) return m .. "c" end)""",
    "pairs and yields": """
        local t = setmetatable({}, {__pairs = function() return coroutine.yield("asked") end})
        local co = coroutine.wrap(function() return pairs(t) end)
        return co(), co(1, 2, 3, 4)""",
    "pcall and yields": """
        local co = coroutine.create(function(...)
            local ok, value = pcall(function(...) error(coroutine.yield(...), 0) end, ...)
            return ok, value, coroutine.yield("between")
        end)
        local function step(...) return select("#", ...), ... end
        local a = {step(coroutine.resume(co, 1, 2))}
        local b = {step(coroutine.resume(co, "thrown"))}
        local c = {step(coroutine.resume(co, "last"))}
        return a[1], a[2], a[3], a[4], b[1], b[2], b[3], c[1], c[2], c[3], c[4], c[5]""",
    "xpcall and yields": """
        local co = coroutine.wrap(function()
            return xpcall(function() coroutine.yield(1); error("e", 0) end, function(m) return m .. "!" end)
        end)
        return co(), co()""",
    "ipairs respects __index": """
        local t = setmetatable({}, {__index = function(_, i) if i < 4 then return i * i end end})
        local sum = 0
        for i, v in ipairs(t) do sum = sum + i * v end
        return sum""",
    "clearing fields during a traversal": """
        local t = {}
        for i = 1, 50 do t[i] = i; t["k" .. i] = i end
        local count = 0
        for k in pairs(t) do t[k] = nil; count = count + 1 end
        return count, next(t)""",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression: str) -> None:
    assert_same(f"return {expression}")


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_script(script: str) -> None:
    assert_same(script)
