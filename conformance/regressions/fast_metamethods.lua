-- metamethods whose code stands in that of operations: errors, names, depths, yields, changes, all kinds
local V = {} V.__index = V
local function new(x, y) return setmetatable({x = x, y = y}, V) end
V.__add = function(a, b) return new(a.x + b.x, a.y + b.y) end
V.__sub = function(a, b) return new(a.x - b.x, a.y - b.y) end
V.__mul = function(a, b)
  if type(a) == "number" then return new(a * b.x, a * b.y) end
  return new(a.x * b, a.y * b)
end
V.__unm = function(a) return new(-a.x, -a.y) end
V.__div = function(a, k) return new(a.x / k, a.y / k) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y end
V.__lt = function(a, b) return a.x < b.x end
V.__le = function(a, b) return a.x <= b.x end
V.__len = function(a) return a.x end
V.__concat = function(a, b)
  if type(a) == "string" then return a .. b.x end
  return a.x .. "|" .. (type(b) == "table" and b.x or b)
end
V.__call = function(self, k, ...) return self.x + k, select("#", ...) end
local function step(a, b) return (a + b * 2 - -a) / 2 end
for i = 1, 100 do step(new(1.5, 2.5), new(3.5, i + 0.5)) end
local s = step(new(1, 2), new(3, 4))
print(s.x, s.y)  --> 4.0	6.0
local function twice(a) return 2 * a end
for i = 1, 100 do twice(new(i, i)) end
print(twice(new(math.maxinteger, 3)).x, twice(21), twice(new(0.5, 1)).x)  --> -2	42	1.0
-- errors within: position, names, traceback
print(pcall(step, new(1.5, 2.5), new(1.5, {})))
--> false	fast_metamethods.lua:8: attempt to perform arithmetic on a table value (field 'y')
print(pcall(step, new(1.5, 2.5), {x = 1.5}))
--> false	fast_metamethods.lua:21: attempt to perform arithmetic on a table value (local 'b')
print(pcall(step, new(1.5, 2.5), 7))
--> false	fast_metamethods.lua:4: attempt to index a number value (local 'b')
print(pcall(twice, {}))
--> false	fast_metamethods.lua:25: attempt to perform arithmetic on a table value (local 'a')
local function traced(a, b) local r = a + b return r end
for i = 1, 100 do traced(new(i, 0.5), new(0.5, 0.5)) end
print((select(2, xpcall(traced, debug.traceback, new(1, 0.5), new(1))):gsub("\n%s*%[C%].*", "")))
--> fast_metamethods.lua:4: attempt to perform arithmetic on a nil value (field 'y')
--> stack traceback:
--> 	fast_metamethods.lua:4: in metamethod 'add'
--> 	fast_metamethods.lua:37: in function <fast_metamethods.lua:37>
-- comparisons
local function compare(a, b) return a < b, a <= b, a == b, a ~= b, a > b, not (a >= b) end
for i = 1, 100 do compare(new(i, 1), new(50, 1)) end
print(compare(new(1, 2), new(1, 2)))  --> false	true	true	false	false	false
print(compare(new(1, 2), new(1.5, 2)))  --> true	true	false	true	false	true
print(pcall(compare, new(1, 2), new({}, 2)))
--> false	fast_metamethods.lua:13: attempt to compare number with table
print(pcall(compare, new(1, 2), 5))
--> false	fast_metamethods.lua:13: attempt to index a number value (local 'b')
print(compare(1, 2))  --> true	true	false	true	false	true
local same = new(1, 2)
local function equal(a, b) if a == b then return "equal" end return "different" end
for i = 1, 100 do equal(same, new(i % 2, 2)) end
print(equal(same, same), equal(same, new(1, 2)), equal(same, 1), equal(same, {}), equal({}, same), equal("a", "a"))
--> equal	equal	different	different	different	equal
local loose = {__eq = function() return 0 end, __lt = function() return nil end, __le = function() return "yes" end}
local function loosely(a, b) return a == b, a < b, a <= b end
for i = 1, 100 do loosely(setmetatable({}, loose), setmetatable({}, loose)) end
print(loosely(setmetatable({}, loose), setmetatable({}, loose)))  --> true	false	true
-- lengths, concatenation, calls
local function length(a) return #a end
for i = 1, 100 do length(new(i, 1)) end
print(length(new("long", 1)), length({1, 2, 3}), length("four"), pcall(length, 5))
--> long	3	4	false	fast_metamethods.lua:64: attempt to get length of a number value (local 'a')
local function join(a, b) return a .. b end
for i = 1, 100 do join(new(i, 1), "x") end
print(join(new(1, 1), "x"), join(new(1, 1), new(2, 2)), join("x", new(3, 1)), join("a", 2), pcall(join, {}, "x"))
--> 1|x	1|2	x3	a2	false	fast_metamethods.lua:68: attempt to concatenate a table value (local 'a')
local function prefix(a) return "<" .. a end
for i = 1, 100 do prefix(new(i, 1)) end
print(prefix(new(7, 1)), prefix("b"), pcall(prefix, {}))
--> <7	<b	false	fast_metamethods.lua:72: attempt to concatenate a table value (local 'a')
local function around(a) return "<" .. a .. ">" end
for i = 1, 100 do around(new(i, 1)) end
print(around(new(7, 1)))  --> <7|>
getmetatable("").__concat = function(a, b) return "strings first" end
print(prefix(new(7, 1)), "x" .. "y")  --> strings first	xy
getmetatable("").__concat = nil
local function call(f, k) local a, b = f(k, k) return a, b end
for i = 1, 100 do call(new(i, 1), 2) end
print(call(new(40, 1), 2), call(function(...) return ... end, 3), pcall(call, {}, 3))
--> 42	3	false	fast_metamethods.lua:82: attempt to call a table value (local 'f')
local function last(f) return f(1) end
for i = 1, 100 do last(new(i, 1)) end
print(last(new(1, 1)), last(tostring), pcall(last, nil))
--> 2	1	false	fast_metamethods.lua:86: attempt to call a nil value (local 'f')
-- a number's own metatable comes first
debug.setmetatable(0, {__mul = function(a, b) return "of numbers" end})
print(twice(new(1, 1)))  --> of numbers
debug.setmetatable(0, nil)
print(twice(new(1, 1)).x)  --> 2
-- changes
local old = V.__add
V.__add = function(a, b) return "changed" end
print(traced(new(1, 1), new(2, 2)))  --> changed
V.__add = nil
print(pcall(traced, new(1, 1), new(2, 2)))
--> false	fast_metamethods.lua:37: attempt to perform arithmetic on a table value (local 'a')
V.__add = setmetatable({}, {__call = function(_, a, b) return "called " .. a.x + b.x end})
print(traced(new(1, 1), new(2, 2)))  --> called 3
V.__add = math.max
print(pcall(traced, new(1, 1), new(2, 2)))  --> true	table: ADDRESS
V.__add = old
print(traced(new(1, 1), new(2, 2)).x)  --> 3
-- names and places, as seen from within
local W = {}
W.__add = function(a, b)
  if a.looks then
    local info = debug.getinfo(1, "nSl")
    return info.namewhat .. " " .. info.name .. " " .. info.currentline .. " " .. debug.getinfo(2, "l").currentline
  end
  return a.n + b
end
W.__lt = function(a, b) return a.looks and error("lost " .. debug.getinfo(1, "n").name) or a.n < b.n end
local function look(a) local r = a + 1 return r end
local function order(a, b) if a < b then return 1 end return 2 end
for i = 1, 100 do look(setmetatable({n = i}, W)) order(setmetatable({n = i}, W), setmetatable({n = 50}, W)) end
print(look(setmetatable({looks = true}, W)))  --> metamethod add 112 118
print(pcall(order, setmetatable({looks = true}, W), {}))  --> false	fast_metamethods.lua:117: lost lt
-- how deep they may nest
local depth
local D = {}
D.__add = function(a, b) depth = depth + 1 return a + b end
D.__unm = function(a) return a.n end
D.__len = function(a) depth = depth + 1 return a.n > 0 and #setmetatable({n = a.n - 1}, D) or 0 end
local function dive(a) return a + a end
local function measure(a) return #a end
local deep = setmetatable({n = 1}, D)
depth = 0
for i = 1, 30 do pcall(dive, deep) end
print(select(2, pcall(dive, deep)):match("stack overflow"))  --> stack overflow
local function levels(a, n) if n == 0 then return -a end return select(2, pcall(levels, a, n - 1)) end
for i = 1, 100 do levels(deep, 3) measure(setmetatable({n = 3}, D)) end
local most = 0
for n = 150, 210 do if levels(deep, n) == 1 then most = n end end
depth = 0
local is_fine = pcall(measure, setmetatable({n = 1000}, D))
print(most == depth, is_fine)  --> true	false
-- yields within
local Y = {}
Y.__add = function(a, b) return a.n + (b == 7 and coroutine.yield(a.n) or b) end
Y.__lt = function(a, b) return coroutine.yield("lt") end
local function summing(a) local sum = 0 for i = 1, 10 do sum = sum + (a + i) end return sum, a < a end
local thread = coroutine.wrap(summing)
print(thread(setmetatable({n = 5}, Y)))  --> 5
print(thread(100))  --> lt
print(thread(1))  --> 198	true
-- hooks see each of them
local calls = 0
for i = 1, 100 do traced(new(i, 0.5), new(0.5, 0.5)) end
debug.sethook(function(event) calls = calls + 1 end, "c")
traced(new(1, 2), new(3, 4))
debug.sethook()
print(calls)  --> 9
-- metamethods within metamethods, at the limit
local E = {}
E.__unm = function(a) return a.n end
E.__add = function(a, b) return -a + b end
local function nested(a, n) if n == 0 then return a + 1 end return select(2, pcall(nested, a, n - 1)) end
local function single(a, n) if n == 0 then return -a end return select(2, pcall(single, a, n - 1)) end
local inner = setmetatable({n = 1}, E)
for i = 1, 100 do nested(inner, 3) single(inner, 3) end
local once, both = 0, 0
for n = 150, 210 do
  if single(inner, n) == 1 then once = n end
  if nested(inner, n) == 2 then both = n end
end
print(once - both)  --> 1
