-- Fields that are nil in an object: what its class, its class's class, or nothing has.

local Base = { size = 1 }
Base.__index = Base
local Derived = setmetatable({}, Base)
Derived.__index = Derived
local function left(node) return node.left end
local function link(node, other) node.left = other return node.left end
local function walk(node) local n = 0 while node do n = n + node.size node = node.left end return n end
local function new(class, left) return setmetatable({ size = 2, left = left }, class) end
for _ = 1, 60 do
  left(new(Base)) walk(new(Base, new(Base))) left(new(Base, new(Base))) link(new(Base, new(Base)), nil)
end
print(left(new(Base)), walk(new(Base, new(Base, new(Base)))), left({}), link(new(Base), nil))
--> nil	6	nil	nil
Base.left = "class"
print(left(new(Base)), left(new(Derived)), link(new(Base), nil), link(new(Base), 1))  --> class	class	class	1
Base.left = nil
print(left(new(Base)), left(new(Derived)))  --> nil	nil
Derived.left = "derived"
print(left(new(Base)), left(new(Derived)))  --> nil	derived
print(left(setmetatable({ left = nil }, { __index = function(_, k) return k .. "?" end })), left(setmetatable({}, {})))
--> left?	nil
print(left(setmetatable({}, { __index = "text" })), left(setmetatable({}, { __index = { left = false } })))
--> nil	false
print(left(setmetatable({}, { __index = setmetatable({}, { __index = function() return "deep" end }) })))
--> deep
print(pcall(left, nil))  --> false	fast_classes.lua:7: attempt to index a nil value (local 'node')
print(pcall(left, setmetatable({}, { __index = 5 })))
--> false	fast_classes.lua:7: attempt to index a number value
setmetatable(Base, { __index = { left = "late" } })
print(left(new(Base)), left(new(Derived)), left(setmetatable({ left = 7 }, Base)))  --> late	derived	7
local function made() return setmetatable({}, { __index = {} }) end
for _ = 1, 60 do left(made()) end
print(left(made()))  --> nil

-- Variables of a frame two calls below hot code: seen by debug, by closures, after errors
local shared, count = 1, 0
local function bump() shared = shared + 1 return shared end
local function look()
  local level = 2
  while debug.getinfo(level, "S").what ~= "main" do level = level + 1 end
  for number = 1, 50 do
    local name, value = debug.getlocal(level, number)
    if name == "shared" then return value end
  end
end
local function run(n, action)
  for i = 1, n do
    bump()
    table.sort({ 3, 1, 2 }, function(a, b) count = count + 1 return a < b end)
    if i == n and action then return action(i) end
  end
  return shared
end
print(run(300), shared, count > 300)  --> 301	301	true
print(run(5, function() shared = "set" return shared end), shared)  --> set	set
shared = 10
print(pcall(run, 100, function() shared = 77 error("x", 0) end), shared)  --> false	77
print(run(200, look), shared, bump(), shared)  --> 277	277	278	278

-- Minus by metamethods of one and two parameters, of none, and other operands
local Number = {}
local function number(n) return setmetatable({ n = n }, Number) end
Number.__unm = function(a) return number(-a.n) end
local function minus(x) local y = -x return y end
for i = 1, 60 do minus(number(i)) end
print(minus(number(5)).n, minus(5), minus(-0.5), minus("3"), minus(math.mininteger))
--> -5	-5	0.5	-3	-9223372036854775808
Number.__unm = function(a, b) return rawequal(a, b) and a.n or "?" end
print(minus(number(6)))  --> 6
Number.__unm = function() return "none" end
print(minus(number(7)))  --> none
Number.__unm = function(...) return select("#", ...) end
print(minus(number(7)))  --> 2
Number.__unm = function(a) return a.n.n.n end
print(select(2, pcall(minus, number(7))))
--> fast_classes.lua:76: attempt to index a number value (field 'n')
Number.__unm = nil
print(select(2, pcall(minus, number(7))))
--> fast_classes.lua:66: attempt to perform arithmetic on a table value (local 'x')
print(select(2, pcall(minus, {})))
--> fast_classes.lua:66: attempt to perform arithmetic on a table value (local 'x')
Number.__unm = function(a) return coroutine.yield(a.n) end
print(coroutine.wrap(function() return minus(number(8)) end)())  --> 8
local depth = 0
Number.__unm = function(a) depth = depth + 1 return -a end
print(pcall(minus, number(1)) == false, depth > 150)  --> true	true
