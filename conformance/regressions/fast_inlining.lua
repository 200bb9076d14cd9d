-- Small functions whose code stands in the code of hot callers: errors, frames, other callees, yields
local function clean(message) return (tostring(message):gsub("^.-:(%d+):", "%1:")) end

local function half(n) if n % 2 == 1 then error("odd: " .. n) end return n // 2 end
local function quarter(n) local h = half(n) return half(h) end
for i = 1, 100 do quarter(i * 4) end
print(quarter(12), clean(select(2, pcall(quarter, 6))), clean(select(2, pcall(quarter, 5))))
--> 3	4: odd: 3	4: odd: 5
print(clean(select(2, pcall(quarter, "x"))), quarter("8"), quarter(8.0))
--> 4: attempt to mod a 'string' with a 'number'	2	2.0

-- What the frames are, from within and from a message handler
local function where(level)
  local info = debug.getinfo(level, "Sln")
  return tostring(info.name) .. ":" .. info.currentline
end
local look = false
local function inner(x) local y = x + 1 if look then return where(2) .. " " .. where(3) .. " " .. where(4) end return y end
local function middle(x)
  local r = inner(x)
  return r
end
local function outer(x)
  local r = middle(x)
  return r
end
for i = 1, 100 do outer(i) end
look = true
print(outer(1))  --> inner:18 middle:20 outer:24
print(outer(1))  --> inner:18 middle:20 outer:24
look = false
local function locals_of(level)
  local out = {}
  for i = 1, 5 do
    local name, value = debug.getlocal(level, i)
    if not name then break end
    out[#out + 1] = name .. "=" .. tostring(value)
  end
  return table.concat(out, " ")
end
local show = false
local function callee(a, b) local c = a .. b if show then return locals_of(3) .. " | " .. locals_of(4) end return c end
local function caller(p) local q = p * 2 local r = callee(p, q) return r end
for i = 1, 100 do caller(i) end
show = true
print(caller(7))
--> p=7 q=14 | clean=function: ADDRESS half=function: ADDRESS quarter=function: ADDRESS where=function: ADDRESS look=false
show = false
print((select(2, xpcall(quarter, function(m) return clean(m) .. " " .. select(2, debug.traceback():gsub("in upvalue", "")) end, 6))))
--> 4: odd: 3 0

-- A callee that is replaced, a polymorphic call, missing and extra arguments
local pick = function(a) return a end
local function use(a, b) local r = pick(a, b) return r end
for i = 1, 100 do use(i) end
pick = function(a, b) return b end
print(use(1, 2), use(1))  --> 2	nil
pick = setmetatable({}, { __call = function(_, a) return "called " .. a end })
print(use(3))  --> called 3
pick = print
use("a native", 2)  --> a native	2
pick = nil
print(clean(select(2, pcall(use, 1))))  --> 54: attempt to call a nil value (upvalue 'pick')

local Shape = {} Shape.__index = Shape
function Shape:area() return self.w * self.h end
function Shape:double() local a = self:area() return a + a end
local Circle = setmetatable({}, { __index = Shape }) Circle.__index = Circle
function Circle:area() return self.r * self.r * 3 end
local square, circle = setmetatable({ w = 2, h = 3 }, Shape), setmetatable({ r = 2 }, Circle)
for _ = 1, 100 do square:double() end
print(square:double(), circle:double(), clean(select(2, pcall(Shape.double, setmetatable({ w = 1 }, Shape)))))
--> 12	24	66: attempt to perform arithmetic on a nil value (field 'h')

-- Results: none, several, tail calls, early returns
local function none() end
local function several(a) if a > 2 then return a, a + 1 end return a end
local function early(a) if a then return "yes" end if a == nil then return "nil" end return "no" end
local function tail(a) return several(a) end
local function results(a)
  local x = none() local y, z = several(a) local e = early(a > 3) .. early(nil)
  return x, y, z, e, (tail(a)), tail(a)
end
for i = 1, 100 do results(i % 6) end
print(results(1)) print(results(5))  --> nil	1	nil	nonil	1	1
--> nil	5	6	yesnil	5	5	6
local function statement(a) several(a) none() return a end
for i = 1, 100 do statement(i) end
print(statement(4))  --> 4

-- Loops in the callee, upvalues that change, yields
local function total(t) local s = 0 for _, v in ipairs(t) do s = s + v end return s end
local function twice(t) return total(t) * 2, total({ 1, 2 }) end
for _ = 1, 100 do twice({ 1, 2, 3 }) end
print(twice({ 4, 5 }), clean(select(2, pcall(twice, { 1, {} }))))
--> 18	92: attempt to perform arithmetic on a table value (local 'v')
local count = 0
local function bump(n) count = count + n return count end
local function bumps() bump(1) local now = bump(2) return now end
for _ = 1, 100 do bumps() end
print(bumps(), count)  --> 303	303
local function give(x) if x > 3 then coroutine.yield(x) end return x end
local function gives(n) for i = 1, n do give(i) end return "end" end
for _ = 1, 60 do gives(3) end
local co = coroutine.wrap(gives)
print(co(5), co(), co())  --> 4	5	end

-- Recursion through inlined functions, to the end of the stack
local down
local function step(n) return down(n - 1) + 1 end
function down(n) if n == 0 then return 0 end local r = step(n) return r end
for _ = 1, 50 do down(5) end
print(down(3000), clean(select(2, pcall(down, -1))):match("stack overflow"))  --> 3000	stack overflow

-- Integers that leave 64 bits, strings as numbers, within the callee
local function product(a, b) return a * b end
local function products(a, b) local p = product(a, b) return p, product(b, a) + 0 end
for i = 1, 100 do products(i, 3) end
print(products(1 << 62, 4), products("10", 2), products(0.5, 4), products(3037000500, 3037000500))
--> 0	20	2.0	-9223372036709301616	-9223372036709301616

-- A function within itself: tracebacks, variables, errors, closures that are not the same
local function depth(n, limit)
  local here = n * 2
  if n == 0 then return limit and debug.traceback("at " .. n, 1) or 0 end
  local below = depth(n - 1, limit)
  if limit then return below end
  return below + here - n * 2 + 1
end
for i = 1, 60 do depth(i % 7) end
print(depth(6), (select(2, depth(5, true):gsub("in upvalue", "in upvalue"))))  --> 6	5
local function look(n)
  local mine = "v" .. n
  if n == 0 then
    local found = {}
    for level = 1, 4 do found[level] = select(2, debug.getlocal(level, 2)) end
    return table.concat(found, " ")
  end
  local result = look(n - 1)
  return result
end
for i = 1, 60 do look(i % 5 + 4) end
print(look(6))  --> v0 v1 v2 v3
local function halves(x)
  if x < 1 then return x.field end
  return halves(x / 2) + halves(x / 2)
end
local function sums(x) if x < 1 then return x end return sums(x / 2) + sums(x / 2) end
for i = 1, 60 do sums(i) pcall(halves, i) end
print(sums(5), clean(select(2, pcall(halves, 5))))  --> 5.0	145: attempt to index a number value (local 'x')
local function make(step)
  local function walk(n, other)
    if n <= 0 then return step end
    return (other or walk)(n - step, walk) * 3 + step
  end
  return walk
end
local one, two = make(1), make(2)
for i = 1, 60 do one(i % 6) two(i % 6) one(i % 6, two) end
print(one(6), two(6), one(6, two), two(5, one))  --> 1093	80	151	50
local function grows(n, text) if n == 0 then return text end return grows(n - 1, text .. n) end
for _ = 1, 60 do grows(5, "") end
print(grows(7, ""), clean(select(2, pcall(grows, 7, nil))))
--> 7654321	161: attempt to concatenate a nil value (local 'text')
local function passes(n) if n > 2 then coroutine.yield(n) end if n > 0 then passes(n - 1) end return "end" end
for _ = 1, 60 do passes(2) end
local steps = coroutine.wrap(passes)
print(steps(4), steps(), steps())  --> 4	3	end
local function tree(low, high, wrong)
  if low > high then return wrong and wrong.x end
  local mid = (low + high) // 2
  return { key = mid, left = tree(low, mid - 1, wrong), right = tree(mid + 1, high, wrong) }
end
local function leaves(node, found)
  if not node then return found end
  leaves(node.left, found) found[#found + 1] = node.key
  return leaves(node.right, found)
end
for _ = 1, 40 do leaves(tree(1, 7), {}) end
print(table.concat(leaves(tree(1, 10), {}), " "), clean(select(2, pcall(tree, 1, 3, 4))))
--> 1 2 3 4 5 6 7 8 9 10	170: attempt to index a number value (local 'wrong')

-- Callees that return out of loops, callees of any number of arguments
local function find(rows, wanted)
  for y, row in ipairs(rows) do
    for x = 1, #row do
      if row[x] == wanted then return y * 10 + x end
      if row[x] == "stop" then break end
    end
    local i = 0
    while i < 3 do i = i + 1 if row[i] == nil and wanted == nil then return "nil" end end
  end
  for key, value in pairs(rows) do if key == wanted then return value end end
end
local function finds(rows, ...)
  local first = find(rows, (...))
  local second = find(rows, select(2, ...)) or "nothing"
  return first, second
end
local rows = { { 1, 2, 3 }, { 4, "stop", 5 }, name = "rows" }
for i = 1, 100 do finds(rows, i % 6, "name") end
print(finds(rows, 3, 4))  --> 13	21
print(finds(rows, 5, "name"))  --> nil	rows
print(finds({ { 1 } }, nil, 1))  --> nil	11
local function arguments(a, ...) return select("#", ...), a, (...) end
local function number(...) return select("#", ...) end
local function passed(...)
  local n, a, b = arguments(...)
  local m = arguments(1, 2, nil)
  return n, a, b, m, number(...), number(), number(nil, nil)
end
for i = 1, 100 do passed(i, i) end
print(passed())  --> 0	nil	nil	2	0	0	2
print(passed(1, nil, nil))  --> 2	1	nil	2	3	0	2
print(passed(1, 2, 3, 4))  --> 3	1	2	2	4	0	2
local function failing(...) local t = { ... } return t[#t].x end
local function fails(...) local x = failing(1, ...) return x end
for i = 1, 100 do fails({ x = i }) end
print(fails({}, { x = 5 }), clean(select(2, pcall(fails, {}, 7))))
--> 5	216: attempt to index a number value (field '?')
local function look_at(...)
  if (...) == "look" then
    local name, value = debug.getlocal(1, -2)
    return name, value, (debug.traceback("", 1):gsub("[^\n]*/", ""):gsub("\n.-\n", "\n", 1):match("^%s*(.-)\n"))
  end
  return ...
end
local function looks(...) local a, b, c = look_at(...) return a, b, c end
for i = 1, 100 do looks(i, i) end
print(looks("look", 2))  --> (vararg)	2	fast_inlining.lua:224: in upvalue 'look_at'
