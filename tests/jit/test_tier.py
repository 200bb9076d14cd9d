"""The fast tier's own books: what it keeps of functions, and for how long."""

from __future__ import annotations

import gc

from pylua import LuaRuntime

SOURCE = """
function run(i)
  return load("local x = 0 for i = 1, 3 do x = x + i end return x + " .. i)()
end
"""


def test_code_goes_with_its_function() -> None:
    lua = LuaRuntime(engine="jit")
    lua.execute(SOURCE)
    lua.execute("for i = 1, 5 do run(i) end")
    tier = lua._state.fast_tier
    gc.collect()
    held = len(tier.translations)
    lua.execute("for i = 1, 200 do assert(run(i) == 6 + i) end")
    gc.collect()
    assert len(tier.translations) < held + 10
