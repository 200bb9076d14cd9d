"""Coroutines of fast code at the limits of Python: what Lua code alone cannot bring about."""

from __future__ import annotations

from typing import Any

import pytest

from pylua import LuaError, LuaRuntime

RESUMERS = {
    "call": "return f()",
    "loop": "for x in f do return x end",
    "resume": "local ok, value = coroutine.resume(co) if not ok then error(value, 0) end return value",
    "nested VM": "local ok, value = pcall(f) if not ok then error(value, 0) end return value",
}

PROGRAM = """
local co
local function body() co = coroutine.running() for i = 1, 100 do coroutine.yield(i) end end
for i = 1, 20 do coroutine.wrap(body)() end
local f = coroutine.wrap(body)
local function step() RESUMER end
for i = 1, 40 do f() end
step() step() step() step()
return step, co
"""


@pytest.mark.parametrize("resumer", RESUMERS.values(), ids=RESUMERS)
def test_a_generator_that_python_had_no_room_for_is_an_overflow(resumer: str) -> None:
    runtime = LuaRuntime(engine="jit")
    step, coroutine = runtime.execute(PROGRAM.replace("RESUMER", resumer))
    thread: Any = coroutine.__lua_value__
    assert thread.generator is not None
    thread.generator.close()  # so Python leaves it when its stack is full as it is resumed
    with pytest.raises(LuaError, match="stack overflow"):
        step()
    assert thread.is_dead
    assert runtime._state.thread is runtime._state.main_thread
