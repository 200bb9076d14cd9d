-- What is loaded when it is first asked for, asked for in narrow places: deep in calls, in metamethods, in
-- hooks, in coroutines.

-- Faults and names of variables, with the stack nearly full.
local function deep(n)
  if n == 0 then return nothing.x end
  return deep(n - 1) + 1
end
print(pcall(deep, 15000))  --> false	late_parts.lua:6: attempt to index a nil value (global 'nothing')

local nested = setmetatable({}, {})
local depth = 0
getmetatable(nested).__index = function(t, k)
  depth = depth + 1
  if depth < 150 then return t[k .. "x"] end
  return #nil + 1
end
print(pcall(function() return nested.a end))
--> false	late_parts.lua:16: attempt to get length of a nil value
print(depth)  --> 150

-- The string library's engines, first called in a hook, a metamethod and a coroutine.
local seen = 0
debug.sethook(function(event)
  seen = seen + (string.find(event, "^[cr]") or 0)
end, "cr")
local sum = math.abs(-3)
debug.sethook()
print(sum, seen > 0)  --> 3	true

local greeting = setmetatable({}, {__concat = function(_, text)
  return (text:gsub("%w+", string.upper))
end})
print(greeting .. "one two")  --> ONE TWO

local words = coroutine.wrap(function(text)
  for word in text:gmatch("%a+") do coroutine.yield(string.format("%5s|", word)) end
end)
print(words("a bc"), words())  -->     a|	   bc|

-- Levels, local variables and tracebacks.
local function inner(...)
  local here = "value"
  local name, value = debug.getlocal(1, 1)
  return name, value, debug.getinfo(1, "S").short_src == debug.getinfo(2, "S").short_src,
    debug.getlocal(1, -1)
end
print(inner("first"))  --> here	value	true	(vararg)	first
print((debug.traceback("t", 1):gsub("\n.*", "")))  --> t
local function pair() local a = 1 return function() return a end, function() return a end end
local f, g = pair()
print(debug.upvalueid(f, 1) == debug.upvalueid(g, 1), debug.upvalueid(f, 1) == nil)  --> true	false

-- Messages with positions, at level 2.
local function checked(x) if x == nil then error("no x", 2) end end
print(pcall(function() checked() end))  --> false	late_parts.lua:56: no x
print(pcall(string.rep))  --> false	bad argument #1 to 'string.rep' (string expected, got no value)
print(pcall(io.open, "", "rx"))  --> false	bad argument #2 to 'io.open' (invalid mode)
print(select(2, pcall(error, setmetatable({}, {__tostring = function() return "shown" end}))) ~= nil)
--> true
