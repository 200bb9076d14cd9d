"""Debug hooks fire when, and show what, they do in real Lua: whole logs of events compared."""

from __future__ import annotations

import re
from random import Random

import lupa.lua54
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State
from tests.strategies.programs import write_program
from tests.vm.engines import assert_same

WORK = """
local function va(...) return ... end
local function fixed(a, b) return b, a end
local function tail(a) return fixed(a, a) end
local function vtail(...) return va(...) end
local function ctail(x) return tostring(x) end
local mt = {
  __add = function(a, b) return 1 end, __index = function(t, k) return k end,
  __call = function(self, a) return a end, __close = function() end, __lt = function() return true end,
  __concat = function(a, b) return "c" end, __eq = function() return true end,
  __len = function() return 3 end, __newindex = function() end, __unm = function(x) return x end}
local obj, obj2 = setmetatable({}, mt), setmetatable({}, mt)
local function closing() local x <close> = obj; local y = 1; return y end
local function loop()
  for i = 1, 3 do local z = i end
  local n = 0
  while n < 2 do n = n + 1 end
  repeat n = n + 1 until n > 4
  for k, v in pairs{1, 2} do local q = v end goto done
  do local unused end
  ::done::
end
local function work()
  va(1, 2, 3); fixed(1); tail(1); vtail(1, 2); ctail(12)
  local a = obj + 1; a = obj.x; a = obj(3); a = obj < obj2; a = obj .. "x"
  a = "x" .. obj .. "y"; a = #obj; a = obj == obj2; obj.y = 3; a = -obj
  closing()
  loop()
  pcall(error, "x")
  pcall(function() local x = nil; x() end)
  pcall(fixed, 1, 2)
  xpcall(function() error("a") end, function(m) return m end)
  local co = coroutine.wrap(function(a) local b = coroutine.yield(a) return b end)
  co(1); co(2)
  pcall(coroutine.wrap(function() error("in it") end))
  coroutine.resume(coroutine.create(function() error("in it") end))
  select('#', va())
  string.gsub("abc", "%w", function(c) return c:upper() end)
  table.sort({3, 1, 2}, function(a, b) return a < b end)
  for w in string.gmatch("a b", "%a") do local x = w end
  load("local a = 1\\nlocal b = 2\\nreturn a")()
  tostring(setmetatable({}, {__tostring = function() return "x" end}))
  local t = {va(1, 2, 3)}
end
"""

LOGGED = """
local log = {}
local function hook(event, line)
  local i = debug.getinfo(2, "nSlrtu")
  log[#log + 1] = table.concat({event, tostring(line), tostring(i.name), i.namewhat, i.what, i.currentline,
    i.linedefined, i.what == "Lua" and i.ftransfer or "", i.ntransfer, tostring(i.istailcall)}, " ")
end
debug.sethook(hook, %s)
work()
debug.sethook()
return table.concat(log, "\\n")
"""


@pytest.mark.parametrize(
    "events", ['"c"', '"r"', '"l"', '"crl"', '"", 1', '"", 2', '"", 7', '"", 50', '"crl", 3']
)
def test_events_of_a_program_of_everything(events):
    assert_same(WORK + LOGGED % events)


SCRIPTS = {
    "a hook counts instructions within itself too": """
        local count = 0
        debug.sethook(function() count = count + 1; for i = 1, 5 do local x = i end end, "l", 3)
        work()
        debug.sethook()
        return count""",
    "a hook that sets another hook": """
        local log = {}
        debug.sethook(function(e)
          log[#log + 1] = e
          debug.sethook(function(e, l)
            log[#log + 1] = e .. l
            log[#log + 1] = debug.getinfo(2, "l").currentline
            debug.sethook()
          end, "l")
        end, "c")
        tostring(1)
        local x = 1
        local y = 2
        return table.concat(log, " "), debug.gethook()""",
    "an error in a hook": """
        local function run()
          debug.sethook(function(e, l) debug.sethook(); error("at " .. tostring(l)) end, "l")
          local x = 1
        end
        local ok, message = pcall(run)
        local _, traced = xpcall(run, debug.traceback)
        return ok, message, traced:match("^.-in function <chunk")""",
    "hooks stay on the thread they were set on": """
        local log = {}
        local co = coroutine.create(function(a) local b = a; coroutine.yield(b); return b end)
        debug.sethook(co, function(e, l) log[#log + 1] = e .. tostring(l) end, "crl")
        coroutine.resume(co, 1); work(); coroutine.resume(co)
        local f, mask, count = debug.gethook(co)
        return table.concat(log, " "), mask, count, type(f), debug.gethook()""",
    "no yield out of a hook": """
        local co = coroutine.create(function() local x = 1; return x end)
        debug.sethook(co, function() coroutine.yield() end, "l")
        return coroutine.resume(co)""",
    "locals and transferred values of native functions": """
        local log = {}
        debug.sethook(function(event)
          local info = debug.getinfo(2, "rS")
          if info.what ~= "C" then return end
          if event == "call" then
            for i = info.ftransfer, info.ftransfer + info.ntransfer - 1 do
              log[#log + 1] = table.concat({event, debug.getlocal(2, i)}, " ")
            end
          else
            log[#log + 1] = event .. info.ntransfer
          end
        end, "cr")
        math.max(1, 2, 3); select(2, "a", "b", "c"); string.rep("x", 3)
        debug.sethook()
        return table.concat(log, "\\n")""",
    "a return from a tail call of a native function": """
        local log = {}
        local function f(a)
          return tostring(
            a, a,
            a
          )
        end
        debug.sethook(function(e) log[#log + 1] = debug.getinfo(2, "l").currentline end, "r")
        f(1); work()
        debug.sethook()
        return table.concat(log, " ")""",
    "masks and counts as gethook gives them": """
        local out, nothing = {}, function() end
        for _, mask in ipairs{"", "c", "lrc", "x", "l\\0c"} do
          for _, count in ipairs{0, -1, 5} do
            debug.sethook(nothing, mask, count)
            local f, m, c = debug.gethook()
            debug.sethook()
            out[#out + 1] = tostring(f == nothing) .. tostring(m) .. tostring(c)
          end
        end
        return table.concat(out, " ")""",
    "lines of a chunk without debug information": """
        local log = {}
        local f = load(string.dump(load("local a = 1\\nlocal b = 2\\nfor i = 1, 2 do a = i end"), true))
        debug.sethook(function(e, l) log[#log + 1] = tostring(l) end, "l")
        f()
        debug.sethook()
        return table.concat(log, " ")""",
    "a hook that changes a local": """
        local function f() local a = 1
          return a end
        debug.sethook(function(e, l)
          if debug.getlocal(2, 1) == "a" then debug.setlocal(2, 1, "changed") end
        end, "l")
        local result = f()
        debug.sethook()
        return result""",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_scripts(script):
    assert_same(WORK + script)


# --- random programs ------------------------------------------------------------------------------

RANDOM_RUN = r"""
local source, mask, count, limit = ...
local T = setmetatable({1, 2, 3, x = 1, a = {b = 2}}, {
  __index = function(t, k) if k == "x" then return 5 end end, __add = function(a, b) return 7 end,
  __call = function(self, a, ...) return a, ... end, __concat = function() return "cc" end,
  __lt = function() return true end, __close = function() end, __unm = function(a) return a end})
local env = {a = 1, b = "5", c = T, x = 2.5, i = 3, f = function(...) return ... end,
  t = {name = 1, n = {}}, print = function(...) return select("#", ...) end, n1 = "str", self = T}
env._ENV = env
local f = load(source, "=chunk", "t", env)
if not f then return "refused" end
local log, n = {}, 0
local function note_locals(first, step)
  while true do
    local name, value = debug.getlocal(3, first)
    if not name then break end
    log[#log + 1] = name .. (name == "(temporary)" and "" or "=" .. type(value))
    first = first + step
  end
end
local function hook(event, line)
  n = n + 1
  local i = debug.getinfo(2, "nSltr")
  log[#log + 1] = table.concat({event, tostring(line), tostring(i.name), i.namewhat, i.currentline, i.what,
    tostring(i.istailcall), i.what == "C" and "" or i.ftransfer, i.ntransfer}, " ")
  if n % 7 == 0 and i.what ~= "C" then note_locals(1, 1); note_locals(-1, -1) end
  if n > limit then debug.sethook(); error("stop") end
end
local co = coroutine.create(f)
debug.sethook(co, hook, mask, count)
local results = table.pack(coroutine.resume(co))
for k = 1, results.n do
  log[#log + 1] = type(results[k]) == "string" and results[k] or type(results[k])
end
log[#log + 1] = debug.traceback(co)
return table.concat(log, "\n")
"""


def comparable(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x", text).replace('[string "<python>"]', "harness")


@pytest.fixture(scope="module")
def engines():
    state = State()
    open_libraries(state)
    ours = load_chunk(state, RANDOM_RUN, "=harness")
    runtime = lupa.lua54.LuaRuntime(encoding="latin-1", register_eval=False, max_memory=200 << 20)
    theirs = runtime.compile(RANDOM_RUN)
    return theirs, (lambda *arguments: state.call(ours, *arguments)[0])


@settings(max_examples=100, deadline=None)
@given(
    seed=st.integers(0, 1 << 32),
    mask=st.sampled_from(["", "l", "cr", "crl"]),
    count=st.sampled_from([1, 2, 5]),
    limit=st.sampled_from([20, 60]),
)
def test_random_programs_under_hooks(engines, seed, mask, count, limit):
    reference, pylua = engines
    source = write_program(Random(seed))
    try:
        expected = str(reference(source.encode("latin-1"), mask.encode(), count, limit))
    except lupa.lua54.LuaMemoryError:
        return
    assert comparable(pylua(source, mask, count, limit)) == comparable(expected)
