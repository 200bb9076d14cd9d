"""Fields may have any name: those of attributes of Python's and the engine's own classes mean nothing else."""

import pytest

from pylua.values.functions import LuaFunction, NativeFunction
from pylua.values.shapes import ShapedTable
from pylua.values.types import Boolean
from pylua.values.userdata import Userdata
from pylua.vm.thread import Thread
from tests.vm.engines import assert_same

CLASSES = (ShapedTable, LuaFunction, NativeFunction, Userdata, Thread, Boolean, str, int, float)
NAMES = sorted(
    {name for each in CLASSES for name in dir(each)} | {"field_0", "t", "me", "top", "r0", "class"}
)

SCRIPT = """
local lines = {}
local function note(...)
  local values = table.pack(...)
  for i = 1, values.n do values[i] = tostring(values[i]) end
  lines[#lines + 1] = table.concat(values, " ")
end
local function new(value) return {NAME = value, other = 1} end
local function read(t) return t.NAME end
local class = {NAME = 10}
class.__index = class
function class:set(value) self.NAME = value; return self end
local total = 0
for i = 1, 60 do
  local t = new(i)
  total = total + t.NAME + read(t)
  t.NAME = t.NAME + 1
  t = setmetatable({other = i}, class)
  total = total + t.NAME + t:set(i).NAME + read(t)
  t = {}
  t.NAME, t[1], t[2] = i, i, i
  local key = "NA" .. "ME"
  t[key] = 2 * t.NAME
  total = total + t.NAME + #t + (rawget(t, key) or 0)
  t.NAME = nil
  if i % 20 == 0 then
    t = new(i)
    for key, value in pairs(t) do t[key] = value + 1 end
    table.insert(t, i); table.sort(t)
    note(rawlen(t), rawget(t, "NAME"), next(t) ~= nil, type(t), table.concat(t), select("#", table.unpack(t)))
    table.remove(t)
    t = setmetatable({}, {__index = t, __newindex = t, __call = function(self, x) return self.NAME + x end})
    t.NAME = i
    total = total + t(1)
    rawset(t, "NAME", nil)
  end
end
local function fails(value) return value.NAME.NAME end
for _, value in ipairs {1, 2.5, true, print, coroutine.create(print)} do note(pcall(read, value)) end
note(total, pcall(fails, {}), pcall(fails, {NAME = {NAME = 1}}), type(read("text")))
NAME = lines
collectgarbage()
return table.concat(NAME, "\\n")
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_field_may_have_this_name(name: str) -> None:
    assert_same(SCRIPT.replace("NAME", name).replace('"NA" .. "ME"', f'"{name[:2]}" .. "{name[2:]}"'))
