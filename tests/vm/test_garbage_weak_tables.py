"""Weak tables (§2.5.4): which entries collections remove, compared with real Lua."""

from __future__ import annotations

import pytest

from tests.vm.engines import assert_same

SCRIPTS = {
    "weak keys": """
        local t, kept = setmetatable({}, {__mode = "k"}), {}
        t[{}] = 1; t[kept] = 2; t.name = {}; t[1] = {}
        collectgarbage()
        local n = 0
        for _ in pairs(t) do n = n + 1 end
        return n, t[kept], t.name ~= nil, t[1] ~= nil""",
    "weak values in both parts": """
        local kept = {}
        local t = setmetatable({{}, kept, {}}, {__mode = "v"})
        t.x = {}; t.y = kept; t.z = "text"
        collectgarbage()
        return t[1], t[2] == kept, t[3], #t, t.x, t.y == kept, t.z""",
    "strings, numbers and booleans are values": """
        local t = setmetatable({}, {__mode = "kv"})
        t[1] = "a" .. "b"; t["c" .. "d"] = 2.5; t[true] = false; t[3] = {}
        collectgarbage()
        return t[1], t.cd, t[true], t[3]""",
    "functions and threads are objects": """
        local t = setmetatable({}, {__mode = "k"})
        local up = 1
        t[function() return up end] = 1
        t[coroutine.create(print)] = 2
        t[coroutine.wrap(print)] = 3
        t[print] = 4
        collectgarbage()
        return t[print], next(t) == print, next(t, print)""",
    "a value that leads to its key": """
        local t = setmetatable({}, {__mode = "k"})
        do local key = {}; t[key] = {key} end
        collectgarbage()
        return next(t)""",
    "a chain of ephemerons": """
        local t = setmetatable({}, {__mode = "k"})
        local first = {}
        local key = first
        for i = 1, 50 do local value = {i}; t[key] = value; key = value end
        key = nil
        collectgarbage()
        local n, each = 0, first
        while t[each] do each = t[each]; n = n + 1 end
        first, each = nil
        collectgarbage()
        return n, next(t)""",
    "ephemerons over two tables": """
        local a, b = setmetatable({}, {__mode = "k"}), setmetatable({}, {__mode = "k"})
        do local x, y = {}, {}; a[x] = y; b[y] = x end
        local kept = {}
        do local z = {}; a[kept] = z; b[z] = {} end
        collectgarbage()
        local n = 0
        for _ in pairs(a) do n = n + 1 end
        for _ in pairs(b) do n = n + 1 end
        return n, b[a[kept]] ~= nil""",
    "a table that its own values keep": """
        local key, log = {}, {}
        do
            local cache = setmetatable({}, {__mode = "k"})
            cache[key] = setmetatable({cache}, {__gc = function() log[1] = "gone" end})
        end
        collectgarbage()
        return log[1]""",
    "a table that is used and that its values lead to": """
        local key = {}
        local cache = setmetatable({}, {__mode = "k"})
        cache[key] = {cache}
        collectgarbage()
        return cache[key][1] == cache""",
    "values go with their table": """
        local key, log = {}, {}
        do
            local a = setmetatable({}, {__mode = "k"})
            a.self = a
            a[key] = setmetatable({}, {__gc = function() log[1] = "gone" end})
        end
        collectgarbage()
        return log[1]""",
    "__mode set after setmetatable": """
        local m = {}
        local t = setmetatable({}, m)
        t[{}] = 1
        collectgarbage()
        local before = next(t) ~= nil
        m.__mode = "k"
        collectgarbage()
        return before, next(t)""",
    "__mode taken away": """
        local m = {__mode = "v"}
        local t = setmetatable({}, m)
        t.x = {}
        m.__mode = nil
        collectgarbage()
        local strong = t.x ~= nil
        m.__mode = "v"
        collectgarbage()
        return strong, t.x""",
    "a mode of any text": """
        local t = setmetatable({{}}, {__mode = "very weak"})
        local u = setmetatable({{}}, {__mode = 5})
        collectgarbage()
        return t[1], u[1] ~= nil""",
    "a weak metatable": """
        local m = setmetatable({}, {__mode = "v"})
        m.__index = function() return "found" end
        local t = setmetatable({}, m)
        local before = t.x
        collectgarbage()
        return before, t.x""",
    "a traversal during which entries die": """
        local t, kept = setmetatable({}, {__mode = "k"}), {}
        for i = 1, 20 do local key = {}; t[key] = i; if i % 2 == 0 then kept[i] = key end end
        local seen, n = {}, 0
        for key, value in pairs(t) do
            collectgarbage()
            seen[value] = (seen[value] or 0) + 1
        end
        for i = 2, 20, 2 do n = n + (seen[i] or 0) end
        return n""",
    "a traversal during which values die": """
        local t = setmetatable({}, {__mode = "v"})
        for i = 1, 10 do t["k" .. i] = i % 3 == 0 and {} or i end
        local n = 0
        for key, value in pairs(t) do
            collectgarbage()
            if type(value) == "number" then n = n + value end
        end
        return n""",
    "the border of a weak array": """
        local kept = {}
        local t = setmetatable({kept, {}, {}, {}}, {__mode = "v"})
        collectgarbage()
        t[#t + 1] = "next"
        return #t, t[2]""",
    "a variable out of its block is dead": """
        local t = setmetatable({}, {__mode = "v"})
        do local x = {}; t[1] = x end
        collectgarbage()
        return t[1]""",
    "arguments of a pending call are dead in the caller": """
        local t = setmetatable({}, {__mode = "v"})
        local function f(x) t[1] = x; x = nil; collectgarbage(); return t[1] end
        return f({})""",
    "registers of a suspended coroutine": """
        local t = setmetatable({}, {__mode = "v"})
        local co = coroutine.wrap(function()
            do local x = {}; t[1] = x end
            local y = {}; t[2] = y
            coroutine.yield()
            return y
        end)
        co()
        collectgarbage()
        return t[1], t[2] ~= nil""",
    "upvalues of a closure": """
        local t = setmetatable({}, {__mode = "v"})
        local function make() local x = {}; t[1] = x; return function() return x end end
        local f = make()
        collectgarbage()
        local before = t[1] ~= nil
        f = nil
        collectgarbage()
        return before, t[1]""",
    "a thread in a cycle with its own closure": """
        local t = setmetatable({}, {__mode = "v"})
        do
            local co
            co = coroutine.create(function() local own = co; coroutine.yield(); return own end)
            coroutine.resume(co)
            t[1] = co
        end
        collectgarbage()
        return t[1]""",
    "entries stay while the collector is not asked": """
        collectgarbage("stop")
        local t = setmetatable({}, {__mode = "v"})
        t[1] = {}
        for i = 1, 1000 do local _ = {} end
        return t[1] ~= nil""",
    "a loop that ends when the collector comes by itself": """
        local t = setmetatable({{}}, {__mode = "v"})
        local n = 0
        while t[1] do local _ = {}; n = n + 1 end
        return n > 0""",
    "such a loop over strings": """
        local t = setmetatable({{}}, {__mode = "v"})
        local n = 0
        while t[1] do n = n + 1; local _ = n .. n end
        return n > 0""",
    "such a loop over closures": """
        local t = setmetatable({{}}, {__mode = "v"})
        while t[1] do local f = function() return t end end
        return true""",
    "such a loop over results": """
        local t = setmetatable({{}}, {__mode = "v"})
        while t[1] do string.rep("x", 100) end
        return true""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_weak_tables_as_in_real_lua(name: str) -> None:
    assert_same(SCRIPTS[name])
