"""Whole scripts through the VM, compared with real Lua: control flow, calls, coroutines, closing, limits."""

from __future__ import annotations

import pytest

from pylua.errors import LuaLimitError
from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State
from tests.vm.engines import assert_same

SCRIPTS = {
    "integer and float loops": """
        local out = {}
        for i = 3, 1, -1 do out[#out + 1] = i end
        for i = 1.0, 2, 0.5 do out[#out + 1] = i end
        for i = math.maxinteger - 1, math.maxinteger do out[#out + 1] = i end
        for i = 1, 0 do out[#out + 1] = "never" end
        for i = 1, math.huge do out[#out + 1] = i; if i > 2 then break end end
        for i = "10", "1", "-4" do out[#out + 1] = i end
        return table.concat(out, " ")""",
    "loop faults": """
        local out = {}
        local function try(f, ...) out[#out + 1] = select(2, pcall(f, ...)) end
        try(function() for i = 1, 10, 0 do end end)
        try(function() for i = 1.0, 10, 0 do end end)
        try(function() for i = {}, 10 do end end)
        try(function() for i = 1, "x" do end end)
        try(function() for i = 1, 2, print do end end)
        return table.concat(out, "\\n")""",
    "metamethods of every operation": """
        local log = {}
        local mt = {}
        for event in ("add sub mul mod pow div idiv band bor bxor shl shr unm bnot concat len"):gmatch("%a+") do
          mt["__" .. event] = function(a, b) log[#log + 1] = event; return event end
        end
        mt.__index = function(t, k) return k .. "!" end
        mt.__newindex = function(t, k, v) log[#log + 1] = "set " .. k end
        mt.__call = function(self, ...) return select("#", ...) end
        mt.__eq = function() return 1 end
        mt.__lt = function() return nil end
        mt.__le = function() return "yes" end
        local a, b = setmetatable({}, mt), setmetatable({}, mt)
        local r = {a + 1, 1 - a, a * b, a % 2, 2 ^ a, a / a, a // 1, a & 1, 1 | a, a ~ a, a << 1, 1 >> a,
                   -a, ~a, a .. "x", "x" .. a, 1 .. a .. 2, #a, a.name, a(1, nil, 3)}
        a.key = 1
        log[#log + 1] = tostring(a == b) .. tostring(a ~= b) .. tostring(a < b) .. tostring(a <= b)
        log[#log + 1] = tostring(a > 1) .. tostring(1 >= a) .. tostring(a < 1.5) .. tostring(not (a <= 3))
        return table.concat(r, " "), table.concat(log, " ")""",
    "concatenation with metamethods in the middle": """
        local mt = {__concat = function(a, b)
          return (type(a) == "table" and "T" or a) .. "|" .. (type(b) == "table" and "T" or b) end}
        local t = setmetatable({}, mt)
        return "a" .. "b" .. t .. "c" .. 1 .. 2, t .. t .. t, 1 .. t .. 2.5 .. "" """,
    "goto and repeat scopes": """
        local out = {}
        for i = 1, 3 do
          for j = 1, 3 do
            if j == 2 then goto continue end
            if i == 3 then goto done end
            out[#out + 1] = i .. ":" .. j
            ::continue::
          end
        end
        ::done::
        local closures = {}
        local n = 0
        repeat local k = n; closures[#closures + 1] = function() k = k + 1; return k end; n = n + 1 until k >= 2
        for _, f in ipairs(closures) do out[#out + 1] = f() + f() end
        return table.concat(out, " ")""",
    "tail calls do not grow the stack": """
        local function loop(n, acc) if n == 0 then return acc end return loop(n - 1, acc + 1) end
        local function varargs(n, ...) if n == 0 then return ... end return varargs(n - 1, ...) end
        return loop(300000, 0), varargs(100000, 1, 2)""",
    "deep recursion": """
        local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
        return depth(150000), pcall(function() local function f() return 1 + f() end return f() end)""",
    "recursion through natives and metamethods ends": """
        local function through_pcall(n) local ok, v = pcall(through_pcall_global, n + 1) return ok and v or n end
        through_pcall_global = through_pcall
        local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end})
        local ok, message = pcall(function() return t[1] end)
        local s = setmetatable({}, {__index = function(t, k) return string.gsub(k, ".", function() return t[k] end) end})
        local ok2, message2 = pcall(function() return s.x end)
        return through_pcall(1) > 100, ok, message:match("C stack overflow"), ok2,
          message2:match("C stack overflow")""",
    "message handlers": """
        local function thrower() error({1}) end
        local out = {xpcall(thrower, function(e) return type(e) end)}
        out[#out + 1] = select(2, xpcall(function() local x = nil; x() end, function(m) return "<" .. m .. ">" end))
        out[#out + 1] = select(2, xpcall(error, error))
        out[#out + 1] = tostring(select(2, xpcall(function() error() end, function(e) return tostring(e) end)))
        local function loop() return 1 + loop() end
        out[#out + 1] = tostring(select(2, xpcall(loop, loop)))
        for i = 1, #out do out[i] = tostring(out[i]) end
        return table.concat(out, "\\n")""",
    "to-be-closed variables": """
        local log = {}
        local function closable(name, fails)
          return setmetatable({}, {__close = function(_, e)
            log[#log + 1] = name .. "(" .. tostring(e) .. ")"
            if fails then error(name, 0) end
          end})
        end
        local function run(f, ...) log[#log + 1] = table.concat({tostring(pcall(f, ...)), select(2, pcall(f, ...))}, ",") end
        run(function() local a <close> = closable "a"; local b <close> = closable "b"; return 1 end)
        run(function() local a <close> = closable("a", true); local b <close> = closable("b", true); error("x", 0) end)
        run(function() for i = 1, 2 do local c <close> = closable("c" .. i); if i == 2 then break end end return "" end)
        run(function() goto out; do end ::out:: local n <close> = nil; local f <close> = false; return "n" end)
        local co = coroutine.wrap(function()
          local a <close> = closable "co"
          coroutine.yield(1)
          error("in co", 0)
        end)
        log[#log + 1] = tostring(co()) .. tostring(select(2, pcall(co)))
        local c2 = coroutine.create(function() local a <close> = closable("c2", true); coroutine.yield() end)
        coroutine.resume(c2)
        log[#log + 1] = tostring(coroutine.close(c2)) .. coroutine.status(c2)
        for k in (function() return nil end), nil, nil, closable "iterator" do end
        return table.concat(log, " ")""",
    "yields everywhere": """
        local yield = coroutine.yield
        local mt = {__add = function(a, b) return yield("add") end, __index = function(t, k) return yield("index") end,
          __lt = function() return yield("lt") end, __concat = function() return yield("concat") end,
          __close = function() yield("close") end, __call = function(_, x) return yield("call" .. x) end,
          __eq = function() return yield("eq") end, __newindex = function() yield("newindex") end,
          __len = function() return yield("len") end, __unm = function() return yield("unm") end,
          __pairs = function() return function(_, i) return yield("iterator") end end}
        local a, b = setmetatable({}, mt), setmetatable({}, mt)
        local co = coroutine.wrap(function()
          local r = {a + 1, a.x, a < b, "x" .. a .. "y", a == b, #a, -a, a(7)}
          a.x = 1
          for k in pairs(a) do r[#r + 1] = k; break end
          r[#r + 1] = tostring(select(2, pcall(function() yield("in pcall"); error("E", 0) end)))
          r[#r + 1] = tostring(xpcall(function() return yield("in xpcall") end, print))
          do local c <close> = a end
          for i = 1, #r do r[i] = tostring(r[i]) end
          return table.concat(r, ",")
        end)
        local out = {}
        local value = co()
        for i = 1, 40 do
          out[#out + 1] = value
          if value:find(",") then break end
          value = co(i)
        end
        return table.concat(out, " ")""",
    "yields that cannot be": """
        local out = {}
        local co = coroutine.create(function() table.sort({3, 2, 1}, function(a, b) coroutine.yield() end) end)
        out[#out + 1] = select(2, coroutine.resume(co))
        co = coroutine.create(function() return ("x"):gsub(".", function() coroutine.yield() end) end)
        out[#out + 1] = select(2, coroutine.resume(co))
        out[#out + 1] = select(2, coroutine.resume(coroutine.running()))
        local wrapped
        wrapped = coroutine.wrap(function() return pcall(wrapped) end)
        out[#out + 1] = select(2, wrapped())
        out[#out + 1] = select(2, pcall(wrapped))
        return table.concat(out, "\\n")""",
    "status of coroutines": """
        local out = {}
        local outer
        outer = coroutine.create(function()
          local inner = coroutine.create(function() out[#out + 1] = coroutine.status(outer); coroutine.yield() end)
          coroutine.resume(inner)
          out[#out + 1] = coroutine.status(inner) .. coroutine.status(outer)
          coroutine.resume(inner)
          out[#out + 1] = coroutine.status(inner) .. tostring(coroutine.isyieldable())
        end)
        out[#out + 1] = coroutine.status(outer)
        coroutine.resume(outer)
        out[#out + 1] = coroutine.status(outer) .. tostring(coroutine.isyieldable())
        return table.concat(out, " ")""",
    "varargs": """
        local function f(...) local a, b, c = ...; return select("#", ...), a, b, c, (...), ... end
        local function g(a, ...) return a, ... end
        local t = {f(1, nil), f(nil, nil), (f(5))}
        return #t, f(), f(1, 2, 3, 4), g(), (g(1, 2)), table.unpack({g(1, 2, 3)}, 1, 3)""",
    "multiple assignment order": """
        local t, i = {}, 1
        i, t[i] = i + 1, 20
        local a, b, c = (function() return 1, 2 end)()
        t.x, t.y = 1, 2, 3
        return i, t[1], t[2], a, b, c, t.x, t.y""",
    "integer division and modulo": """
        local out = {}
        for _, a in ipairs{7, -7, 7.5, -7.5, math.mininteger, math.maxinteger, 1/0} do
          for _, b in ipairs{2, -2, 2.5, -1, -1/0} do
            out[#out + 1] = tostring(a // b) .. " " .. tostring(a % b) .. " " .. tostring(a / b)
          end
        end
        return table.concat(out, "\\n")""",
    "wrap-around": """
        local m = math.maxinteger
        local x = 3
        for i = 1, 100 do x = x * x + 1 end
        return m + 1, m * 2, -math.mininteger, math.mininteger // -1, m << 1, 1 << 63, 1 << 64, -1 >> 1, x""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_same_as_real_lua(name: str) -> None:
    assert_same(SCRIPTS[name])


COUNTED = {
    "loop": "for i = 1, 10 do local x = i * 2 end",
    "pairs": "for k, v in pairs{1, 2, 3, x = 1} do local y = v end",
    "iterator in Lua": "local function it(s, i) if i < 3 then return i + 1 end end for i in it, nil, 0 do end",
    "conditions": "local a = 1; if a == 1 and a < 2 or a > 5 then a = 2 else a = 3 end",
    "closing": "local mt = {__close = function() local z = 1 end}; "
    "local x <close> = setmetatable({}, mt); local y <close> = setmetatable({}, mt); return 1, 2",
    "closing in a loop": "for i = 1, 3 do local x <close> = setmetatable({}, {__close = function() end}) end",
    "metamethods": "local t = setmetatable({}, {__add = function() return 1 end, __lt = function() return true end, "
    "__index = function(t, k) return k end}); return t + 1, t < t, t.foo",
    "tail calls": "local function f(n) if n == 0 then return 0 end return f(n - 1) end return f(10)",
    "native tail call": "return select('#', 1, 2)",
    "error": "local x = nil; return x.y",
    "coroutine": "local c = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) c() c() c()",
    "concatenation": "local s = '' for i = 1, 5 do s = s .. i .. ',' end",
    "goto": "local i = 0 ::top:: i = i + 1 if i < 5 then goto top end",
    "constructor": "local t = {1, 2, 3, a = 1, [10] = 5, f = function() end, ...} return #t, not t, -1",
}

COUNTING = """
local n = 0
local f = load([==[BODY]==])
debug.sethook(function() n = n + 1 end, "", 1)
pcall(f)
debug.sethook()
return n"""


@pytest.mark.parametrize("name", COUNTED)
def test_counts_the_instructions_that_real_lua_counts(name: str) -> None:
    assert_same(COUNTING.replace("BODY", COUNTED[name]))


def run_limited(source: str, limit: int) -> list[object]:
    state = State()
    open_libraries(state)
    function = load_chunk(state, source, "=limited")
    state.limit_instructions(limit)
    return state.call(function)


def test_limit_is_exact() -> None:
    source = "local n = 0 for i = 1, 10 do n = n + i end return n"
    needed = next(limit for limit in range(200) if _is_enough(source, limit))
    assert run_limited(source, needed) == [55]
    assert not _is_enough(source, needed - 1)


def _is_enough(source: str, limit: int) -> bool:
    try:
        run_limited(source, limit)
    except LuaLimitError as error:
        assert error.limit == "instructions"
        return False
    return True


@pytest.mark.parametrize(
    "source",
    [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(error, function() while true do end end) end",
        "while true do pcall(coroutine.wrap(function() while true do end end)) end",
        "local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end",
        "table.sort({3, 2, 1}, function() while true do end end)",
        "debug.sethook() while true do end",
        "local function b(n) if n > 0 then b(n - 1) b(n - 1) end end b(100)",
        "string.gsub('x', '.', function() while true do end end)",
        "return setmetatable({}, {__index = function() while true do end end}).x",
    ],
)
def test_no_script_survives_its_limit(source: str) -> None:
    with pytest.raises(LuaLimitError):
        run_limited(source, 20_000)
