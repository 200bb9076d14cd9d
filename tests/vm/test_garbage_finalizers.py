"""Finalizers (§2.5.3): when, in which order and how often they run, compared with real Lua."""

from __future__ import annotations

import gc
import weakref

import pytest

from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State
from tests.vm.engines import assert_same

_LOG = "local log = {} local function gc(o) log[#log + 1] = o.id end\n"

SCRIPTS = {
    "in reverse order of marking": """
        for i = 1, 5 do setmetatable({id = i}, {__gc = gc}) end
        collectgarbage()
        return table.concat(log, " ")""",
    "objects that lead to each other": """
        local a = setmetatable({id = "a"}, {__gc = gc})
        local b = setmetatable({id = "b", a}, {__gc = gc})
        a[1] = b
        a, b = nil
        collectgarbage()
        return table.concat(log, " ")""",
    "an object that leads to one marked before it": """
        do
            local inner = setmetatable({id = "inner"}, {__gc = gc})
            setmetatable({id = "outer", inner}, {__gc = gc})
        end
        collectgarbage()
        return table.concat(log, " ")""",
    "marked only if __gc is there": """
        local m = {}
        setmetatable({id = 1}, m)
        m.__gc = gc
        setmetatable({id = 2}, m)
        collectgarbage()
        return table.concat(log, " ")""",
    "__gc may change after marking": """
        local m = {__gc = true}
        setmetatable({id = 1}, m)
        m.__gc = gc
        collectgarbage()
        return table.concat(log, " ")""",
    "__gc may be taken away": """
        local m = {__gc = gc}
        setmetatable({id = 1}, m)
        m.__gc = nil
        collectgarbage()
        return #log""",
    "marking twice changes nothing": """
        local m = {__gc = gc}
        local a = setmetatable({id = 1}, m)
        setmetatable({id = 2}, m)
        setmetatable(a, m)
        a = nil
        collectgarbage()
        return table.concat(log, " ")""",
    "once only": """
        setmetatable({id = 1}, {__gc = gc})
        for i = 1, 3 do collectgarbage() end
        return #log""",
    "resurrection": """
        local saved
        setmetatable({id = 1}, {__gc = function(o) gc(o); saved = o end})
        collectgarbage()
        local id = saved.id
        saved = nil
        collectgarbage()
        return id, #log""",
    "marked again in its finalizer": """
        local m = {}
        m.__gc = function(o) gc(o); if #log < 3 then setmetatable(o, m) end end
        setmetatable({id = "x"}, m)
        for i = 1, 5 do collectgarbage() end
        return table.concat(log, " ")""",
    "collectgarbage answers nil within": """
        local answers = {}
        setmetatable({}, {__gc = function()
            local options = {"collect", "count", "step", "isrunning", "stop", "incremental", "setpause"}
            for _, option in ipairs(options) do
                answers[#answers + 1] = tostring(collectgarbage(option))
            end
        end})
        collectgarbage()
        return table.concat(answers, " "), collectgarbage("isrunning")""",
    "no yield within": """
        local result
        setmetatable({}, {__gc = function() result = select(2, pcall(coroutine.yield)) end})
        coroutine.wrap(function() collectgarbage() end)()
        return result""",
    "what debug says": """
        local found
        setmetatable({}, {__gc = function()
            local own, below = debug.getinfo(1, "nS"), debug.getinfo(2, "nS")
            found = {own.namewhat, own.name, below.what, below.name}
        end})
        collectgarbage()
        return table.unpack(found)""",
    "it runs in the running coroutine": """
        local ran_in
        local co = coroutine.create(function()
            setmetatable({}, {__gc = function() ran_in = coroutine.running() end})
            collectgarbage()
        end)
        coroutine.resume(co)
        return ran_in == co""",
    "cycles through threads and open upvalues": """
        do
            local function f(own)
                (function()
                    own = {own, f}
                    setmetatable(own, {__gc = function() log[1] = "gone" end})
                    coroutine.yield()
                end)()
            end
            local co = coroutine.create(f)
            coroutine.resume(co, co)
        end
        collectgarbage()
        return log[1]""",
    "weak values are gone before, weak keys after": """
        local values, keys = setmetatable({}, {__mode = "v"}), setmetatable({}, {__mode = "k"})
        setmetatable({id = 1}, {__gc = function(o) log[1] = values[1] == nil; log[2] = keys[o] end})
        do
            local o = setmetatable({}, {__gc = function(o) log[1] = values[1] == nil; log[2] = keys[o] end})
            values[1], keys[o] = o, "kept"
        end
        collectgarbage()
        local before = next(keys) ~= nil
        collectgarbage()
        return log[1], log[2], before, next(keys)""",
    "no hook within": """
        local events = 0
        setmetatable({}, {__gc = function() local x = 1; x = x + 1 end})
        debug.sethook(function(_, line) if line == 0 then return end events = events + 1 end, "l")
        collectgarbage()
        debug.sethook()
        return events""",
    "the collector stopped, but asked": """
        collectgarbage("stop")
        setmetatable({id = 1}, {__gc = gc})
        for i = 1, 3000 do local _ = {} end
        local before = #log
        collectgarbage()
        return before, #log""",
    "a loop that ends when the collector comes by itself": """
        local finished
        local u = setmetatable({}, {__gc = function() finished = true end})
        repeat u = {} until finished
        return finished""",
    "such a loop with the object in a cycle": """
        local finished
        do
            local u = setmetatable({}, {__gc = function() finished = true end})
            u.self = u
        end
        repeat local a = {} until finished
        return finished""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_finalizers_as_in_real_lua(name: str) -> None:
    assert_same(_LOG + SCRIPTS[name])


def _run(source: str) -> tuple[list[str], State]:
    """Runs `source` in a new state; its warnings, and the state."""
    state = State()
    open_libraries(state)
    warnings: list[str] = []
    state.warn_handler = lambda text, to_continue: warnings.append(text)
    state.call(load_chunk(state, source, "=chunk"))
    return warnings, state


@pytest.mark.parametrize(
    ("handler", "message"),
    [
        ("function() error('oops', 0) end", "oops"),
        ("function() error('oops') end", "chunk:1: oops"),
        ("function() error{} end", "error object is not a string"),
        ("true", "attempt to call a boolean value"),
    ],
)
def test_errors_are_warnings(handler: str, message: str) -> None:
    warnings, _ = _run(f"setmetatable({{}}, {{__gc = {handler}}}) collectgarbage()")
    assert "".join(warnings) == f"error in __gc ({message})"


def test_an_error_does_not_stop_other_finalizers() -> None:
    warnings, _ = _run(
        """
        for i = 1, 3 do setmetatable({}, {__gc = function() error(i, 0) end}) end
        setmetatable({}, {__gc = function() error("last", 0) end})
        collectgarbage()
        """
    )
    assert len(warnings) == 4
    assert warnings[0] == "error in __gc (last)"


def test_closing_the_state_finalizes_all_in_reverse_order() -> None:
    warnings, state = _run(
        """
        for i = 1, 3 do _G["x" .. i] = setmetatable({}, {__gc = function(o)
            warn(i)
            setmetatable({}, getmetatable(o))   -- too late to be finalized
            warn(tostring(collectgarbage("count")))
        end}) end
        """
    )
    state.close()
    assert warnings == ["3", "nil", "2", "nil", "1", "nil"]
    state.close()
    assert len(warnings) == 6


def test_a_state_that_nobody_refers_to_is_closed() -> None:
    warnings, state = _run(
        "for i = 1, 2 do _G['x' .. i] = setmetatable({}, {__gc = function() warn(i) end}) end"
    )
    del state
    gc.collect()
    assert warnings == ["2", "1"]


def test_a_state_without_references_goes_away() -> None:
    _, state = _run("x = setmetatable({}, {__gc = function() end}) y = setmetatable({}, {__mode = 'k'})")
    table = weakref.ref(state.globals)
    del state
    gc.collect()
    assert table() is None
