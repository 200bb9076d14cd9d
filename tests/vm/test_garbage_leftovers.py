"""Nothing that the VM has finished with keeps an object alive: each way of using one, then a collection."""

from __future__ import annotations

import pytest

from tests.vm.engines import assert_same

_PROLOGUE = """
local w = setmetatable({}, {__mode = "v"})
local function new() local x = setmetatable({}, getmetatable(w).meta); w[#w + 1] = x; return x end
local function left() collectgarbage(); local n = 0; for _ in pairs(w) do n = n + 1 end; return n end
local function ops(m) getmetatable(w).meta = m end
"""

SCRIPTS = {
    "an error caught": "pcall(function() local x = new(); error('e') end)",
    "an error value": "pcall(error, new())",
    "an error through a coroutine": "coroutine.wrap(function() pcall(error, new()) end)()",
    "a wrapped coroutine that failed": "pcall(coroutine.wrap(function() local x = new(); error(x) end))",
    "a resumed coroutine that failed": """
        local co = coroutine.create(function() local x = new(); error(x) end)
        coroutine.resume(co); co = nil""",
    "a suspended coroutine": """
        local co = coroutine.create(function() local x = new(); coroutine.yield(x); return x end)
        coroutine.resume(co); co = nil""",
    "yielded values": "coroutine.wrap(function() coroutine.yield(new()) end)()",
    "a closed coroutine": """
        local co = coroutine.create(function() local x <close> = new(); coroutine.yield() end)
        ops{__close = function() end}
        coroutine.resume(co); coroutine.close(co)""",
    "arguments": "(function(...) end)(new(), new())",
    "results": "(function() return new(), new() end)()",
    "a tail call": "local function f(n, x) if n > 0 then return f(n - 1, new()) end end f(3)",
    "varargs": "local function f(...) return select('#', ...) end f(new(), new())",
    "metamethods": """
        local function one() return 1 end
        ops{__index = one, __add = one, __call = one, __len = one, __eq = one, __concat = one, __lt = one,
            __newindex = one}
        local r = new().x; r = new() + 1; new()(); r = #new(); r = new() == new(); r = new() .. "x"
        r = new() < new(); new().y = new()""",
    "sorting": "local t = {new(), new(), new()} table.sort(t, function(a, b) return w[1] == a end) t = nil",
    "table functions": """
        local t = {new(), new()}
        table.insert(t, new()); table.remove(t); table.unpack(t); table.move(t, 1, 2, 3)
        t = table.pack(new()); t = nil""",
    "gsub": "string.gsub('abc', '%w', function(c) new() end) string.gsub('abc', '%w', {a = 'x', b = false})",
    "iteration": "for k, v in pairs{new(), x = new(), [new()] = 1} do local z = k, v end",
    "ipairs": "for i, v in ipairs{new(), new()} do local z = v end",
    "an iterator left early": "for k, v in next, {new(), new()} do if v then break end end",
    "next": "local t = {x = new(), y = new()}; next(t, next(t)); t = nil",
    "closures": "local function make() local x = new(); return function() return x end end; make()()",
    "closures that share": """
        local f, g
        do local x = new(); f = function() return x end; g = function() x = 1 end end
        g()""",
    "setmetatable": "setmetatable({}, new()); setmetatable(new(), {})",
    "rawset and rawget": "local t = {}; rawset(t, 'x', new()); rawget(t, 'x'); t = nil",
    "a hook": "debug.sethook(function() local x = new() end, 'c'); print = print; type(1); debug.sethook()",
    "debug functions": """
        local function f() local x = new(); debug.getlocal(1, 1); debug.getinfo(1, 'f'); x = nil end
        f(); debug.setmetatable(new(), nil)""",
    "load": "load('return ...', 'x', 't', {})(new())",
    "an environment": "load('x = 1', 'x', 't', new())()",
    "require-like": "package.loaded.x = new(); package.loaded.x = nil",
    "tostring": """
        ops{__tostring = function() return 'x' end}; tostring(new()); ops{__name = 'T'}; tostring(new())""",
    "a message handler": "xpcall(function() error(new()) end, function(m) return m end)",
    "a failed comparison": "pcall(function() return new() < 1 end)",
    "a failed call": "pcall(function() new()() end)",
    "a failed index": "pcall(function() return new().x.y end)",
    "stack overflow": "local function f(x) f(x); return 1 end; pcall(f, new())",
    "goto": "do local x = new(); goto done end ::done::",
    "an upvalue left by break": "while true do local x = new(); local f = function() return x end; break end",
    "to be closed": """
        ops{__close = function() end}
        do local x <close> = new() end
        pcall(function() local x <close> = new(); error('e') end)""",
    "select": "select(2, new(), new()); (select(-1, new()))",
    "assert": "assert(new(), new()); pcall(assert, false, new())",
    "many results thrown away": """
        local function f() return new(), new(), new() end
        local a = (f()) == nil; a = {f(), (f())}; a = nil""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_is_left(name: str) -> None:
    assert_same(_PROLOGUE + f"local function run() {SCRIPTS[name]}\nend run() return left()")


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_is_left_while_the_function_runs(name: str) -> None:
    assert_same(_PROLOGUE + f"do {SCRIPTS[name]}\nend return left()")
