"""The coroutine library: each script gives the same results or error message as real Lua."""

from __future__ import annotations

import pytest

from tests.vm.engines import assert_same

EXPRESSIONS = """
coroutine.create()
coroutine.create(1)
type(coroutine.create(print))
coroutine.resume()
coroutine.resume(1)
coroutine.resume(coroutine.running())
coroutine.resume(coroutine.create(function(...) return ... end), 1, nil, 3, nil)
coroutine.resume(coroutine.create(error), "e")
coroutine.resume(coroutine.create(error), nil)
coroutine.wrap()
coroutine.wrap(1)
coroutine.wrap(function(...) return select("#", ...) end)(nil, nil)
coroutine.wrap(error)("e")
coroutine.wrap(error)({} and 5)
pcall(coroutine.wrap(function() error({}) end)) == nil
coroutine.yield()
coroutine.isyieldable()
coroutine.isyieldable(coroutine.create(print))
coroutine.isyieldable(1)
coroutine.wrap(function() return coroutine.isyieldable() end)()
select(2, coroutine.running())
select(2, coroutine.wrap(function() return coroutine.running() end)())
coroutine.status()
coroutine.status(1)
coroutine.status(coroutine.running())
coroutine.status(coroutine.create(print))
coroutine.close()
coroutine.close(1)
coroutine.close(coroutine.running())
coroutine.close(coroutine.create(print))
""".strip().splitlines()

SCRIPTS = {
    "a generator": """
        local list = {}
        local function squares() for i = 1, 5 do coroutine.yield(i * i) end end
        for v in coroutine.wrap(squares) do list[#list + 1] = v end
        return table.concat(list, " ")""",
    "values pass both ways": """
        local co = coroutine.create(function(a, b)
            local c, d = coroutine.yield(a + b, a * b)
            local e = coroutine.yield(c .. d)
            return e, "end"
        end)
        local function show(...) return table.concat({tostring((...)), select(2, ...)}, ",") end
        return show(coroutine.resume(co, 3, 4)), show(coroutine.resume(co, "x", "y")),
            show(coroutine.resume(co, "z")), show(coroutine.resume(co)), coroutine.status(co)""",
    "dead coroutines": """
        local co = coroutine.create(print and function() end)
        coroutine.resume(co)
        local wrapped = coroutine.wrap(function() end)
        wrapped()
        return coroutine.status(co), select(2, coroutine.resume(co)), select(2, pcall(wrapped))""",
    "wrap's errors have positions": """
        local inner = coroutine.wrap(function() error("deep") end)
        local outer = coroutine.wrap(function()
            inner()
        end)
        return pcall(function() outer() end)""",
    "wrap's dead error": """
        local f = coroutine.wrap(function() return 1 end)
        f()
        return pcall(function()
            f()
        end)""",
    "status from within": """
        local outer, inner
        outer = coroutine.create(function()
            inner = coroutine.create(function() return coroutine.status(outer), coroutine.status(inner) end)
            return coroutine.resume(inner)
        end)
        return coroutine.resume(outer)""",
    "resuming a normal coroutine": """
        local outer
        outer = coroutine.create(function()
            return coroutine.wrap(function() return coroutine.resume(outer) end)()
        end)
        return coroutine.resume(outer)""",
    "a wrapped coroutine that calls itself": """
        local f
        f = coroutine.wrap(function() return f() end)
        return pcall(f)""",
    "closing runs to-be-closed variables": """
        local log = {}
        local function closer(name)
            return setmetatable({}, {__close = function(_, e) log[#log + 1] = name .. tostring(e) end})
        end
        local co = coroutine.create(function()
            local a <close> = closer("a")
            local b <close> = closer("b")
            coroutine.yield()
        end)
        coroutine.resume(co)
        local closed = coroutine.close(co)
        return closed, table.concat(log, " "), coroutine.status(co)""",
    "errors while closing": """
        local co = coroutine.create(function()
            local a <close> = setmetatable({}, {__close = function(_, e) error(tostring(e) .. "2", 0) end})
            local b <close> = setmetatable({}, {__close = function() error("1", 0) end})
            coroutine.yield()
        end)
        coroutine.resume(co)
        local ok, message = coroutine.close(co)
        return ok, message, coroutine.close(co)""",
    "closing a failed coroutine": """
        local co = coroutine.create(function() error("e", 0) end)
        coroutine.resume(co)
        local ok, message = coroutine.close(co)
        return ok, message, coroutine.close(co)""",
    "closing from within": """
        local co
        co = coroutine.create(function() return pcall(coroutine.close, co) end)
        return coroutine.resume(co)""",
    "wrap closes variables on errors": """
        local log = {}
        local f = coroutine.wrap(function()
            local x <close> = setmetatable({}, {__close = function(_, e) log[1] = tostring(e) end})
            error("e", 0)
        end)
        local ok, message = pcall(f)
        return ok, message, log[1]""",
    "yield across a native function": """
        local co = coroutine.create(function()
            return pcall(table.sort, {3, 2, 1}, function(a, b) coroutine.yield() end)
        end)
        return coroutine.resume(co)""",
    "yield in metamethods": """
        local mt = {}
        for _, event in ipairs{"add", "index", "call", "concat", "eq", "lt", "le", "len", "unm", "close"} do
            mt["__" .. event] = function(...) return coroutine.yield(event, select("#", ...)) end
        end
        local a, b = setmetatable({}, mt), setmetatable({}, mt)
        local co = coroutine.wrap(function()
            local list = {a + b, a.x, a(1), a .. b, a == b, a < b, a <= b, #a, -a, "x" .. a}
            do local c <close> = a end
            return table.unpack(list, 1, 10)
        end)
        local seen, results = {}, table.pack(co())
        while results.n == 2 do
            seen[#seen + 1] = results[1] .. results[2]
            results = table.pack(co(#seen))
        end
        for i = 1, results.n do results[i] = tostring(results[i]) end
        return table.concat(seen, " "), table.concat(results, " ")""",
    "yield in an iterator": """
        local co = coroutine.wrap(function()
            local sum = 0
            for i in function(_, i) return coroutine.yield(i) end do sum = sum + i end
            return sum
        end)
        co()
        co(1)
        co(2)
        return co(nil)""",
    "many coroutines": """
        local function chain(n) if n == 0 then return 0 end
            return coroutine.wrap(function() return 1 + chain(n - 1) end)() end
        return chain(100)""",
    "too many nested coroutines": """
        local function nest() return coroutine.wrap(nest)() end
        local ok, message = pcall(nest)
        return ok, (message:gsub("^.*: ", ""))""",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression: str) -> None:
    assert_same(f"return {expression}")


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_script(script: str) -> None:
    assert_same(script)
