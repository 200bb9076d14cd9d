"""Threads of the host that share a runtime, and calls that come in again."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pylua import LuaError, LuaRuntime

_ROUNDS = 3000
_WAIT = 20


@pytest.fixture
def eager_switches() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def run_all(*bodies: Callable[[], Any]) -> None:
    """Runs each in a thread of its own; fails where one fails, or never ends."""
    failures: list[BaseException] = []

    def guarded(body: Callable[[], Any]) -> None:
        try:
            body()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(body,), daemon=True) for body in bodies]
    for each in threads:
        each.start()
    for each in threads:
        each.join(_WAIT)
        assert not each.is_alive()
    assert not failures, failures


@pytest.mark.usefixtures("eager_switches")
def test_threads_take_turns() -> None:
    """Fast calls, calls that come in again, accesses, and errors: nobody is in at the same time."""
    lua = LuaRuntime()
    inside: list[int] = []

    def look() -> None:
        inside.append(1)
        assert len(inside) == 1
        lua.eval("nil")
        bump(0)
        assert inside.pop() == 1

    bump = lua.execute("n = 0; return function(by) n = n + by; return n end")
    through = lua.eval("function(look) look() end")
    table = lua.eval("{x = 1}")
    failing = lua.eval("function(x) return x.y.z end")

    def count() -> None:
        for _ in range(_ROUNDS):
            bump(1)

    def come_again() -> None:
        for _ in range(_ROUNDS // 10):
            through(look)

    def others() -> None:
        for _ in range(_ROUNDS // 10):
            table["x"] = table["x"] + 1
            with pytest.raises(LuaError):
                failing(5)

    run_all(count, come_again, count, others, count)
    assert lua.eval("n") == 3 * _ROUNDS
    assert table["x"] == 1 + _ROUNDS // 10


def test_waiting_thread_comes_in_after_the_call() -> None:
    """Who waits gets in once the thread that is in leaves, though that calls on and on."""
    lua = LuaRuntime()
    entered, order = threading.Event(), []
    bump = lua.eval("function(x) return x end")
    for _ in range(100):
        bump(1)

    def look() -> None:
        entered.set()
        for _ in range(100):
            assert bump(2) == 2  # comes in again while the other thread waits
        order.append("first")

    through = lua.eval("function(look) look() end")

    def first() -> None:
        through(look)
        while len(order) < 2:
            bump(1)

    def second() -> None:
        assert entered.wait(_WAIT)
        assert bump(3) == 3
        order.append("second")

    for _ in range(60):
        through(lambda: None)
    run_all(first, second)
    assert order == ["first", "second"]


def test_two_runtimes_within_each_other() -> None:
    one, two = LuaRuntime(), LuaRuntime()
    times = 60

    def inner(depth: int) -> int:
        return (
            depth
            if depth > 3
            else int(call_two(inner, depth + 1))
            if depth % 2
            else call_one(inner, depth + 1)
        )

    call_one, call_two = (each.eval("function(f, x) return f(x) end") for each in (one, two))
    assert [inner(0) for _ in range(times)] == [4] * times


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs timers that send signals")
def test_handlers_of_signals_may_call_lua() -> None:
    """Between and within calls of fast code, wherever it has come to at the gate."""
    lua = LuaRuntime()
    bump = lua.execute("n = 0; return function(by) n = n + by; return n end")
    table = lua.eval("{x = 1}")
    for _ in range(200):
        bump(1)
    calls = []
    before = signal.signal(signal.SIGALRM, lambda *_: calls.append((bump(0), table["x"])))
    try:
        while len(calls) < 100:
            number = len(calls)
            signal.setitimer(signal.ITIMER_REAL, 0.0001 + number % 10 * 1e-5)
            while len(calls) == number:
                bump(1)
                table["x"] = 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert calls == sorted(calls)


def test_level_of_nested_calls_is_that_of_a_call() -> None:
    """A fast call from Python nests as deep as one that the VM runs, before and after errors."""
    lua = LuaRuntime()
    depth = lua.eval("""function(fail)
        local n = 0
        local t = setmetatable({}, {__index = function(t, k) n = n + 1; return t[k + 1] end})
        local ok, why = pcall(function() return t[1] end)
        if fail then error("as wanted") end
        return n
    end""")
    first = depth(False)
    for _ in range(60):
        assert depth(False) == first
        with pytest.raises(LuaError, match="as wanted"):
            depth(True)
    assert depth(False) == first
    with pytest.raises(LuaError):
        lua.eval("nil + 1")
    assert depth(False) == first
