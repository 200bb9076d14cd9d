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
    names = [function().__name__ for function in tier._functions.values()]
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


def test_one_text_serves_both_forms_if_it_can() -> None:
    lua = LuaRuntime(engine="jit")
    lua.execute("""
        function plain(x) return x + 1 end
        function several(x) return x, x end
        for i = 1, 5 do local a = plain(i); a = several(i); assert(select("#", several(i)) == 2) end""")
    plain, several = (lua._state.globals.raw_get(name).prototype for name in ("plain", "several"))
    assert plain.fast_class.one is plain.fast_class.many
    assert several.fast_class.one is not several.fast_class.many


def test_what_is_learnt_in_a_loop_leaves_other_loops_their_code() -> None:
    lua = LuaRuntime()
    lua.execute("""
        function run(values)
          local sum = 0
          for i = 1, 400 do sum = sum + i end
          for i = 1, #values do sum = sum + values[i] end
          return sum
        end
        numbers, mixed = {}, {}
        for i = 1, 400 do numbers[i] = i; mixed[i] = i < 390 and i or "7" end
        assert(run(numbers) == run(numbers))""")
    notes = lua._state.globals.raw_get("run").prototype.notes
    first, second = sorted(notes.loops, key=lambda head: head[1])
    kept, dropped = notes.loops[first], notes.loops[second]
    lua.execute("assert(run(mixed) == run(numbers) - 11 * 395 + 77)")
    assert notes.loops.get(first) is kept
    assert notes.loops.get(second) is not dropped
