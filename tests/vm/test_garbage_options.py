"""`collectgarbage` (§6.1): options, modes, parameters and figures."""

from __future__ import annotations

import pytest

from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State
from tests.vm.engines import assert_same

SAME = {
    "results": """
        return collectgarbage(), collectgarbage("collect"), collectgarbage("stop"),
            collectgarbage("isrunning"), collectgarbage("restart"), collectgarbage("isrunning"),
            collectgarbage(nil)""",
    "modes": """
        return collectgarbage("incremental"), collectgarbage("generational"), collectgarbage("generational"),
            collectgarbage("incremental"), collectgarbage("incremental")""",
    "mode parameters": """
        collectgarbage("incremental", 400, 300, 10)
        collectgarbage("incremental", 0, 0, 0)
        collectgarbage("generational", 30, 200)
        return collectgarbage("setpause", 200), collectgarbage("setstepmul", 100)""",
    "stored parameters": """
        local list = {}
        for _, value in ipairs{0, 1, 4, 5, 201, 1000, 1001, 1023, 1024, 5000, -1, -400, 1 << 31} do
            collectgarbage("setpause", value)
            collectgarbage("setstepmul", value)
            list[#list + 1] = collectgarbage("setpause", 200)
            list[#list + 1] = collectgarbage("setstepmul", 100)
        end
        return table.concat(list, " ")""",
    "a large step completes a collection": """
        collectgarbage()
        return collectgarbage("step", 20000), collectgarbage("step", 20000)""",
    "steps end": """
        local n = 0
        collectgarbage("stop")
        repeat n = n + 1 until collectgarbage("step")
        return n > 0, collectgarbage("isrunning")""",
    "steps in generational mode tell nothing": """
        collectgarbage("generational")
        local t = setmetatable({{}}, {__mode = "v"})
        return collectgarbage("step"), t[1], collectgarbage("step", 100)""",
    "invalid option": 'collectgarbage("foo")',
    "invalid type of option": "collectgarbage({})",
    "invalid number": 'collectgarbage("step", "x")',
    "protected": 'return pcall(collectgarbage), pcall(collectgarbage, "collect"), pcall(collectgarbage, "x")',
    "as a metamethod": """
        local t = setmetatable({}, {__index = collectgarbage, __call = collectgarbage})
        return select("#", pcall(function() return t.x end)), pcall(t)""",
    "as a closing method": """
        local m = {__close = function(...) collectgarbage() end}
        do local x <close> = setmetatable({}, m) end
        return "closed" """,
    "by other native functions": """
        local ok, message = pcall(table.sort, {3, 2, 1}, collectgarbage)
        local text = string.gsub("collect", "%w+", collectgarbage)
        local co = coroutine.wrap(collectgarbage)
        return ok, text, co()""",
    "as a message handler": "return xpcall(error, collectgarbage)",
}


@pytest.mark.parametrize("name", SAME)
def test_as_in_real_lua(name: str) -> None:
    assert_same(SAME[name])


def _numbers(source: str) -> list[float]:
    state = State()
    open_libraries(state)
    prologue = 'local function count() return collectgarbage("count") end\n'
    return state.call(load_chunk(state, prologue + source, "=chunk"))


def test_memory_grows_with_live_objects_and_shrinks_when_they_die() -> None:
    before, full, empty = _numbers(
        """
        collectgarbage()
        local before = count()
        local t = {}
        for i = 1, 1000 do t[i] = {i} end
        local full = count()
        t = nil
        collectgarbage()
        return before, full, count()
        """
    )
    assert full - before > 100
    assert empty < before + 2


def test_long_strings_count() -> None:
    before, one, none = _numbers(
        """
        local before = count()
        local s = ("x"):rep(1 << 20)
        local one = count()
        s = nil
        collectgarbage()
        return before, one, count()
        """
    )
    assert 1024 <= one - before < 1040
    assert none < before + 2


def test_arrays_of_numbers_count() -> None:
    before, after = _numbers(
        "local before = count() local t = {} for i = 1, 10000 do t[i] = i + 0.5 end return before, count(), t"
    )[:2]
    assert after - before > 10000 * (8 + 24) / 1024


def test_garbage_counts_until_it_is_collected() -> None:
    before, dirty, clean = _numbers(
        """
        collectgarbage("stop")
        collectgarbage()
        local before = count()
        for i = 1, 1000 do local _ = {} end
        local dirty = count()
        collectgarbage()
        return before, dirty, count()
        """
    )
    assert dirty - before > 50
    assert clean < before + 2


def test_garbage_counts_before_anyone_asked() -> None:
    dirty, clean = _numbers(
        """
        collectgarbage("stop")
        collectgarbage()
        local t = {}
        for i = 1, 300 do t[i] = {{}}; local _ = {} end
        local dirty = count()
        repeat until collectgarbage("step", 1000)
        return dirty, count()
        """
    )
    assert clean < dirty


def test_every_collection_leaves_the_same_figure() -> None:
    figures = _numbers(
        """
        local t = {}
        for i = 1, 5 do collectgarbage() t[i] = 0 end
        for i = 1, 5 do collectgarbage() t[i] = count() end
        return table.unpack(t)
        """
    )
    assert max(figures) - min(figures) < 1
