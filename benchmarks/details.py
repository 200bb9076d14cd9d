"""`python -m benchmarks.details`: the border to Python, coroutine switches, memory, and how costs grow.

    a Lua function called from Python      1170 ns     24.1 ×
    append t[#t + 1] = x         1.00        1.02       0.98      of n, 10 n, 100 n: per operation

Times are the smallest of five runs in this process, after enough calls to make code fast.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any, Final

from pylua import LuaRuntime

__all__ = ["main"]

_RUNS: Final = 15
_SIZES: Final = (1_000, 10_000, 100_000)
_GROWTH: Final = {
    "append t[#t + 1] = x": "local t = {} for i = 1, n do t[#t + 1] = i end",
    "table.insert(t, x)": "local t = {} for i = 1, n do table.insert(t, i) end",
    "table.remove(t)": "local t = {} for i = 1, n do t[i] = i end for i = 1, n do table.remove(t) end",
    "queue of two indices": (
        "local t, h = {}, 1 for i = 1, n do t[i] = i if i % 2 == 0 then t[h] = nil h = h + 1 end end"
    ),
    "next after removals": (
        "local t = {} for i = 1, n do t['k' .. i] = i end for i = 1, n do t[next(t)] = nil end"
    ),
    "s = s .. 'x'": "local s = '' for i = 1, n do s = s .. 'x' end",
    "table.concat": "local t = {} for i = 1, n do t[i] = 'x' end return #table.concat(t)",
}


def best(action: Callable[[], Any]) -> float:
    """The smallest number of seconds that `action` takes."""
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def calls(lua: LuaRuntime, count: int = 30_000) -> Iterator[str]:
    """Calls in both directions against plain Python calls."""

    def add(a: int, b: int) -> int:
        return a + b

    def repeat(function: Callable[[int, int], Any]) -> float:
        return best(lambda: [function(each, 1) for each in range(count)])

    lua.globals().add = add
    lua_add = lua.eval("function(a, b) return a + b end")
    empty = best(lambda: [each for each in range(count)])  # noqa: C416  a list as of results
    plain = repeat(add) - empty
    yield _ratio("a Lua function called from Python", repeat(lua_add) - empty, plain, count)
    many = lua.eval("function(n) local add = add for i = 1, n do add(i, 1) end end")
    none = lua.eval("function(n) for i = 1, n do end end")
    crossing = best(lambda: many(count)) - best(lambda: none(count))
    yield _ratio("a Python function called from Lua", crossing, plain, count)


def objects(lua: LuaRuntime, count: int = 30_000) -> Iterator[str]:
    """What Lua does with Python objects."""

    class Thing:
        x = 1

        def method(self, value: int) -> int:
            return value

    names = lua.globals()
    names["thing"], names["items"] = Thing(), [1, 2]
    none = lua.eval("function(n) for i = 1, n do end end")
    for title, body in (
        ("a Python method called from Lua", "o:method(i)"),
        ("an attribute read by Lua", "local x = o.x"),
        ("an attribute set by Lua", "o.x = i"),
        ("an item read by Lua", "local x = t[1]"),
    ):
        run = lua.eval(f"function(n) local o, t = thing, items for i = 1, n do {body} end end")
        seconds = best(lambda: run(count)) - best(lambda: none(count))  # noqa: B023  called at once
        yield f"{title:38} {seconds / count * 1e9:7.0f} ns"


def switches(lua: LuaRuntime, count: int = 100_000) -> Iterator[str]:
    """A producer and a consumer against a Python generator."""

    def produce(limit: int) -> Iterator[int]:
        for each in range(limit):  # noqa: UP028  as the Lua program does it
            yield each

    def plain() -> int:
        total = 0
        for each in produce(count):
            total += each
        return total

    consume = lua.eval("""function(n)
        local s = 0
        for x in coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) do s = s + x end
        return s
    end""")
    yield _ratio("a value by coroutine", best(lambda: consume(count)), best(plain), count)
    consume = lua.execute("""local yield, wrap = coroutine.yield, coroutine.wrap
    return function(n)
        local s = 0
        for x in wrap(function() for i = 1, n do yield(i) end end) do s = s + x end
        return s
    end""")
    yield _ratio("the same with local names", best(lambda: consume(count)), best(plain), count)


def _ratio(title: str, seconds: float, plain: float, count: int) -> str:
    return f"{title:38} {seconds / count * 1e9:7.0f} ns {seconds / plain:8.1f} ×"


def memory(lua: LuaRuntime) -> Iterator[str]:
    """Bytes of a large array, and of small tables against small objects."""

    class Point:
        def __init__(self, x: int, y: int, z: int) -> None:
            self.x, self.y, self.z = x, y, z

    fill = lua.eval("function(n) local t = {} for i = 1, n do t[i] = 7 end return t end")
    points = lua.eval(
        "function(n) local t = {} for i = 1, n do t[i] = {x = 1, y = 2, z = 3} end return t end"
    )
    fill(10), points(10)
    yield f"{'an element of a million':38} {_held(lambda: fill(1_000_000)) / 1e6:7.1f} bytes"
    objects = _held(lambda: [Point(1, 2, 3) for _ in range(100_000)]) / 1e5
    tables = _held(lambda: points(100_000)) / 1e5
    yield f"{'a table of three fields':38} {tables:7.0f} bytes {tables / objects:6.1f} × an object's"


def _held(make: Callable[[], Any]) -> int:
    """The bytes that what `make` gives takes."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    held = make()
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    del held
    return size


def growth(lua: LuaRuntime) -> Iterator[str]:
    """Cost of an operation among n, 10 n and 100 n, relative to the first."""
    for title, body in _GROWTH.items():
        run = lua.eval(f"function(n) {body} end")
        run(100)
        costs = [best(lambda: run(size)) / size for size in _SIZES]  # noqa: B023  called at once
        yield f"{title:28}" + "".join(f" {cost / costs[0]:9.2f}" for cost in costs)


def main() -> int:
    """Prints everything; exit code 0."""
    for part in (calls, objects, switches, memory, growth):
        for line in part(LuaRuntime(encoding="latin-1")):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
