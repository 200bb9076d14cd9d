"""The same Lua source in pylua and in real Lua: what it returns as text, or its error message."""

from __future__ import annotations

from typing import Any

import lupa.lua54

from pylua.errors import LuaError
from pylua.jit import ENGINES, set_engine
from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State

__all__ = ["assert_same", "run_pylua", "run_reference"]

_WRAPPER = """
local chunk, name = ...
local f, message = load(chunk, name)
if not f then return message end
local results = table.pack(pcall(f))
for i = 1, results.n do results[i] = tostring(results[i]) end
return table.concat(results, "\\n")
"""


def run_pylua(source: str, name: str = "=chunk", engine: str = "vm") -> str:
    """What `source` gives in pylua: "true" and its results, or "false" and the message, in lines."""
    state = State()
    open_libraries(state)
    set_engine(state, engine)
    try:
        results = state.call(load_chunk(state, _WRAPPER, "=wrapper"), source, name)
    except LuaError as error:
        return f"uncaught: {error}"
    return str(results[0])


def run_reference(source: str, name: str = "=chunk") -> str:
    """What `source` gives in real Lua 5.4."""
    runtime: Any = lupa.lua54.LuaRuntime(encoding="latin-1", register_eval=False)
    wrapper = runtime.globals().load(_WRAPPER, "=wrapper")
    return str(wrapper(source.encode("latin-1"), name.encode("latin-1")))


def assert_same(source: str) -> None:
    """Fails if pylua, in any of its engines, and real Lua disagree on `source`."""
    expected = run_reference(source)
    for engine in ENGINES:
        actual = run_pylua(source, engine=engine)
        assert actual == expected, f"{engine}: {source}\n--- expected\n{expected}\n--- got\n{actual}"
