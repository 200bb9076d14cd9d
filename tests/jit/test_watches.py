"""Watches: they end by stores of their own State alone, and go with the code that relies on them."""

from __future__ import annotations

import gc

from pylua import LuaRuntime
from pylua.values.watching import TELLING, Watch

SOURCE = """
    Shape = {} Shape.__index = Shape
    function Shape:unheard_of() return self.x end
    function Shape.new(x) return setmetatable({x = x}, Shape) end
    local shape = Shape.new(2)
    function total() local sum = 0 for i = 1, 50 do sum = sum + shape:unheard_of() end return sum end
    for i = 1, 30 do total() end
    return total()"""


def watches(name: str) -> list[Watch]:
    return [watch for known in TELLING.get(name, ()) if (watch := known()) is not None]


def test_another_state_ends_none() -> None:
    first, second = LuaRuntime(), LuaRuntime()
    assert first.execute(SOURCE) == second.execute(SOURCE) == 100
    assert [watch.is_over for watch in watches("unheard_of")] == [False, False]
    second.execute("function Shape:unheard_of() return 0 end")
    assert sorted(watch.is_over for watch in watches("unheard_of")) in ([False], [False, True])
    assert (first.eval("total()"), second.eval("total()")) == (100, 0)


def test_they_go_with_the_state() -> None:
    runtime = LuaRuntime()
    runtime.execute(SOURCE)
    assert watches("unheard_of")
    del runtime
    gc.collect()
    assert watches("unheard_of") == []


def test_objects_may_be_where_the_collector_does_not_look() -> None:
    runtime = LuaRuntime()
    runtime.execute(
        "Shape = {} Shape.__index = Shape own = setmetatable({get = function() return 5 end}, Shape)"
    )
    gc.freeze()
    try:
        assert (
            runtime.execute("""
            function Shape:get() return 1 end
            local function run(o) local sum = 0 for i = 1, 40 do sum = sum + o:get() end return sum end
            for i = 1, 30 do run(setmetatable({}, Shape)) end
            return run(setmetatable({}, Shape)) + run(own)""")
            == 240
        )
    finally:
        gc.unfreeze()


def test_the_host_stores_too() -> None:
    runtime = LuaRuntime()
    runtime.execute(SOURCE)
    runtime.globals().Shape.unheard_of = runtime.eval("function() return 7 end")
    assert runtime.eval("total()") == 350
