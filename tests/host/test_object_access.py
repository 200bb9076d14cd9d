"""Python objects in hot Lua code: every engine reads, writes and calls them in the same way."""

from __future__ import annotations

from typing import Any

import pytest

from pylua import LuaRuntime, as_attrgetter

_ROUNDS = 60


class Counter:
    """Counts how often its property is read, and calls Lua from it."""

    def __init__(self, lua: LuaRuntime) -> None:
        self.reads = 0
        self.level: Any = None
        self.x = 1
        self.lua = lua

    @property
    def odd(self) -> int:
        """Fails at every third reading."""
        self.reads += 1
        if self.reads % 3 == 0:
            raise ValueError(f"reading {self.reads}")
        return self.reads

    @property
    def through(self) -> Any:
        """What the Lua function `f` gives."""
        return self.lua.globals().f()

    def method(self, *values: Any) -> str:
        """Its arguments, if the object is not one of them twice."""
        return "".join("self" if each is self else str(each) for each in values)

    def failing(self, value: Any) -> None:
        """Fails."""
        raise KeyError(value)


class Items:
    """Items that are counted."""

    def __init__(self) -> None:
        self.stored: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        return self.stored[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        if value == "bad":
            raise TypeError("bad value")
        self.stored[key] = value


_PROGRAMS = {
    "a property that fails is read once": """
        local log = {}
        for i = 1, n do
            local ok, value = pcall(function() local v = o.odd; return v end)
            log[i] = tostring(ok) .. ":" .. (ok and value or tostring(value))
        end
        return table.concat(log, " ") .. " " .. o.reads
    """,
    "the function that reads has a traceback": """
        local function read(what) local v = what.odd; return v end
        local log = {}
        for i = 1, n do
            local ok, text = xpcall(read, debug.traceback, o)
            log[i] = tostring(text)
        end
        return table.concat(log, "|")
    """,
    "methods": """
        local log = {}
        for i = 1, n do
            log[#log + 1] = o:method() .. o:method(i) .. o:method(i, "a") .. o:method(i, 1.5, true)
            log[#log + 1] = o.method(o, i) .. o.method(i) .. o:method(o) .. o:method(o, python.args{i})
            log[#log + 1] = o:method(python.args{i, o}) .. o:method({} == nil)
            local m = o.method
            log[#log + 1] = tostring(rawequal(identity(m), m)) .. m(2)
            log[#log + 1] = tostring(select(2, pcall(o.failing, o, i))) .. tostring(pcall(o.failing))
            local ok, value = pcall(function() return o:failing(i) end)
            log[#log + 1] = tostring(value)
        end
        return table.concat(log, " ")
    """,
    "writing": """
        local sum = 0
        for i = 1, n do
            o.x = i; o.y = o.x + 1; o["z"] = "text"; sum = sum + o.y + #o.z
            items[i] = i; items.k = 2.5; items[i] = items[i] + items.k; sum = sum + items[i]
            local ok, why = pcall(function() items[i] = "bad" end)
            sum = sum + (ok and 1000 or 0)
            ok, why = pcall(function() return items.missing end)
            sum = sum + #tostring(why)
            ok, why = pcall(function() local t = o; t[{}] = 1 end)
            sum = sum + #type(why)
        end
        return sum
    """,
    "handlers that change": """
        local log = {}
        local class = debug.getmetatable(o)
        local index, newindex, call = class.__index, class.__newindex, class.__call
        for i = 1, n do
            local function read() return o.x end
            log[#log + 1] = read()
            class.__index = function(_, key) return key .. i end
            log[#log + 1] = read()
            class.__index = {x = "table"}
            log[#log + 1] = read()
            class.__index = nil
            log[#log + 1] = tostring(select(2, pcall(read)))
            class.__index = rawequal
            log[#log + 1] = tostring(read())
            class.__index = index
            class.__call = function(self, a) return a end
            log[#log + 1] = tostring(o(i)) .. tostring(identity(i))
            class.__call = call
            log[#log + 1] = identity(i) .. identity("s")
        end
        return table.concat(log, " ")
    """,
    "Lua called from a property": """
        local function deep(k) if k == 0 then return o.through end return (deep(k - 1)) end
        local log = {}
        function f() return select(2, pcall(error, "in f", 2)) end
        for i = 1, n do log[#log + 1] = deep(3) end
        function f() local x = nil; return x.y end
        for i = 1, n do log[#log + 1] = tostring(select(2, pcall(deep, 3))) end
        function f() return debug.traceback("here") end
        for i = 1, n do log[#log + 1] = deep(2) end
        local index = debug.getmetatable(o).__index
        function f() return tostring(debug.getinfo(2, "n").name) .. tostring(debug.getinfo(2, "f").func == index) end
        for i = 1, n do log[#log + 1] = deep(2) end
        local depth = 0
        function f() depth = depth + 1; return o.through end
        log[#log + 1] = tostring(select(2, pcall(deep, 3))) .. depth
        return table.concat(log, "|")
    """,
    "coroutines cannot yield across": """
        function f() coroutine.yield(1) end
        local log = {}
        for i = 1, n do
            local co = coroutine.create(function() return o.through end)
            log[i] = tostring(select(2, coroutine.resume(co)))
        end
        return table.concat(log, "|")
    """,
}


@pytest.mark.parametrize("title", _PROGRAMS)
def test_engines_agree(title: str) -> None:
    """Results, errors, tracebacks and how often Python code runs."""
    found = []
    for engine in ("vm", "jit", "auto"):
        lua = LuaRuntime(engine=engine)
        names = lua.globals()
        names.o, names.items, names.identity = Counter(lua), Items(), lambda value: value
        run = lua.execute(f"local n = ... {_PROGRAMS[title]}", _ROUNDS, name="=program")
        found.append(run)
    assert found[0] == found[1] == found[2]


def test_attribute_hooks_keep_their_say() -> None:
    """Filters and handlers of attributes are asked in fast code too."""
    asked = []

    def keep(_obj: Any, name: Any, is_setting: bool) -> Any:
        asked.append((name, is_setting))
        if name == "hidden":
            raise AttributeError("hidden")
        return name

    lua = LuaRuntime(attribute_filter=keep)
    run = lua.eval("""function(o, n)
        local fails = 0
        for i = 1, n do
            o.x = o.x + 1
            if not pcall(function() return o.hidden end) then fails = fails + 1 end
        end
        return fails
    end""")
    counter = Counter(lua)
    assert run(counter, _ROUNDS) == _ROUNDS
    assert counter.x == 1 + _ROUNDS
    assert len(asked) == 3 * _ROUNDS


def test_items_and_attributes() -> None:
    lua = LuaRuntime()
    run = lua.eval("function(d, n) local s = 0; for i = 1, n do s = s + d.keys end return s end")
    assert run({"keys": 2}, _ROUNDS) == 2 * _ROUNDS
    run = lua.eval("function(d, n) local s; for i = 1, n do s = d.keys end return s end")
    keys = {"keys": 2}
    assert list(run(as_attrgetter(keys), _ROUNDS)()) == ["keys"]


def test_calls_with_many_arguments() -> None:
    lua = LuaRuntime()
    run = lua.execute(
        """
        local f, o = ...
        local function pass(...) return f(...) end
        return function(n)
            local s
            for i = 1, n do
                s = f(1, 2, 3, 4, 5) .. f(1, nil, 3, 4, 5, 6, nil) .. pass() .. pass(1, 2, 3, 4, 5, 6)
                s = s .. o:method(1, 2, 3, 4, 5, 6) .. o:method(1, 2, 3) .. (f(nil))
            end
            return s
        end
    """,
        lambda *values: repr(values),
        Counter(lua),
    )
    expected = "(1, 2, 3, 4, 5)(1, None, 3, 4, 5, 6, None)()(1, 2, 3, 4, 5, 6)123456123(None,)"
    for _ in range(5):
        assert run(_ROUNDS) == expected
