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


def test_no_two_codes_are_equal_though_others_go() -> None:
    lua = LuaRuntime(engine="jit")
    lua.execute("""
        function keep(first, last)
          for i = first, last do kept[i] = load("local x = 1 return x + 1") assert(kept[i]() == 2) end
        end
        kept = {} keep(1, 20)
        for i = 1, 10 do kept[i] = nil end""")
    gc.collect()
    lua.execute("keep(21, 30)")
    tier = lua._state.fast_tier
    names = [code.co_name for codes in tier._codes.values() for code in codes]
    assert len(names) == len(tier.translations)
    assert len(set(names)) == len(names) >= 20


def test_nothing_is_known_of_code_that_has_gone() -> None:
    lua = LuaRuntime(engine="jit")
    lua.execute("""
        function values(text)
          local make = load("return coroutine.wrap(function() coroutine.yield(1) " .. text .. " end)")
          local count = 0
          for _ = 1, 5 do
            local first = true
            for v in make() do
              count = count + v
              if not first then break end
              first = false
            end
          end
          return count
        end
        for i = 1, 50 do assert(values("") == 5) assert(values("return 2") == 15) end""")
    coroutines = lua._state.fast_tier.coroutines
    gc.collect()
    assert set(coroutines._gives) <= set(lua._state.fast_tier.translations)
