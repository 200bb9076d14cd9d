-- setmetatable in hot code: metatables that are plain, that are not, that change, and tables that have one
local function attach(t, m) local o = setmetatable(t, m) o.x = 1 o.y = 2 return o.x, o.y, o.z end
local Class = {} Class.__index = Class Class.z = "z"
for i = 1, 100 do attach({}, Class) end
print(attach({}, Class))  --> 1	2	z
print(attach({}, nil), attach(setmetatable({}, {}), Class))  --> 1	1	2	z
local log = {}
local watching = {__newindex = function(t, k, v) log[#log + 1] = k rawset(t, k, v) end}
for i = 1, 50 do attach({}, i % 2 == 0 and watching or Class) end
print(#log, attach({}, watching), #log)  --> 50	1	52
print(pcall(attach, setmetatable({}, {__metatable = "locked"}), Class))
--> false	fast_metatables.lua:2: cannot change a protected metatable
print(pcall(attach, {}, 5))
--> false	fast_metatables.lua:2: bad argument #2 to 'setmetatable' (nil or table expected, got number)
print(pcall(attach, 5, Class))
--> false	fast_metatables.lua:2: bad argument #1 to 'setmetatable' (table expected, got number)
local function make() local self = setmetatable({}, Class) self.a = 1 self.b = 2 return self end
for i = 1, 100 do make() end
Class.__newindex = function(t, k, v) rawset(t, k, v .. "!") end
local changed = make()
print(changed.a, changed.b)  --> 1!	2!
Class.__newindex = nil
local closed = 0
Class.__gc = function() closed = closed + 1 end
for i = 1, 20 do make() end
collectgarbage() collectgarbage()
print(closed >= 19)  --> true
Class.__gc = nil
local fresh = {}
for i = 1, 100 do fresh[i] = setmetatable({i = i}, {__index = function(_, k) return k .. i end}) end
print(fresh[1].i, fresh[1].k, fresh[100].k)  --> 1	k1	k100
local weak = {}
for i = 1, 60 do weak[i] = setmetatable({}, {__mode = "k"}) weak[i][{}] = i end
collectgarbage() collectgarbage()
local left = 0
for _, each in ipairs(weak) do if next(each) then left = left + 1 end end
print(left)  --> 0
local real = setmetatable
local function through(t) return setmetatable(t, Class) end
for i = 1, 100 do through({}) end
setmetatable = function(t) return "replaced" end
print(through({}))  --> replaced
setmetatable = real
local function statement(t) setmetatable(t, Class) t.x = 3 return t.x, t.z end
for i = 1, 100 do statement({}) end
print(statement({}))  --> 3	z
local function open(f) return setmetatable({}, f()) end
for i = 1, 100 do open(function() return Class end) end
print(open(function() return Class, 1 end).z, pcall(open, function() end))
--> z	false	fast_metatables.lua:47: bad argument #2 to 'setmetatable' (nil or table expected, got no value)

-- A metatable whose events come later is none with these events before
local finalized = {}
local function later(id)
  local meta = {}
  setmetatable({ id = id }, meta)
  meta.__gc = function(object) finalized[#finalized + 1] = object.id end
  setmetatable({ id = -id }, meta)
  local weak = {}
  local list = setmetatable({}, weak)
  list[1] = {}
  weak.__mode = "v"
  return list
end
for id = 1, 40 do
  later(id)
end
collectgarbage()
collectgarbage()
table.sort(finalized)
print(#finalized, finalized[1], finalized[40])  --> 40	-40	-1
