"""Generated code's constants: the objects that its source names, unless they belong to a state."""

from __future__ import annotations

import gc
import warnings
from typing import Any
from weakref import ref

from pylua import LuaRuntime
from pylua.jit.constants import function_of
from pylua.values.types import FALSE

SOURCE = """
local Point = {}
Point.__index = Point
function Point:move(n) self.x = self.x + n return self end
local limit = 10
local function step(point, n) if n > limit then return false end return point:move(n) end
local point = setmetatable({ x = 1 }, Point)
for i = 1, 400 do step(point, i % 12) end
local box = 0
local function count() box = box + 1 return box, point end
for _ = 1, 400 do count() end
"""


def made(source: str, **names: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return function_of(source, "f", "<test>", names)


def test_names_become_constants() -> None:
    function = made(
        "def f(r0):\n if r0 is FALSE: return len('FALSE len(')\n return FALSE\n", FALSE=FALSE, len=len
    )
    assert FALSE in function.__code__.co_consts
    assert len in function.__code__.co_consts
    assert function.__code__.co_names == ()
    assert (function(FALSE), function(1)) == (10, FALSE)


def test_fields_and_unknown_names_stay() -> None:
    function = made("def f(r0): return r0.FALSE, K0, {'FALSE': (FALSE, FALSE)}\n", FALSE=FALSE, K0=[])
    assert function.__code__.co_names == ("FALSE", "K0")
    assert function(type("Holder", (), {"FALSE": 1})) == (1, [], {"FALSE": (FALSE, FALSE)})


def test_generated_code_keeps_no_state_alive() -> None:
    runtime = LuaRuntime()
    runtime.execute(SOURCE)
    state = runtime._state
    codes = [each().__code__ for each in state.fast_tier._functions.values()]  # type: ignore[union-attr]
    assert len(codes) > 3
    assert len({hash(code) for code in codes}) > 3
    held = ref(state.fast_tier), ref(next(iter(state.fast_tier.known_prototypes())))  # type: ignore[union-attr]
    del runtime, state, codes
    gc.collect()
    assert [each() for each in held] == [None, None]
