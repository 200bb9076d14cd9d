-- Tables made with places for their fields: what is seen of them half-way, and of fields never set
local function keys(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local function point(a, b) return {x = a.n + b.n, y = a.n - b.n, kind = "point", none = nil} end
for i = 1, 100 do point({n = i}, {n = 1}) end
local p = point({n = 5}, {n = 2.5})
print(p.x, p.y, p.kind, p.none, keys(p))  --> 7.5	2.5	point	nil	3
print(point({n = math.maxinteger}, {n = 1}).x, pcall(point, {n = 1}, {}))
--> -9223372036854775808	false	fast_constructors.lua:3: attempt to perform arithmetic on a nil value (field 'n')
local adding = setmetatable({}, {__add = function(_, b) return "sum" end, __sub = function() error("no difference", 0) end})
print(pcall(point, {n = adding}, {n = 1}))  --> false	no difference
local seen
local function visit(v) seen = (seen or 0) + v return v end
local function nested(v) return {a = visit(v), b = {c = visit(v), d = {e = v, f = 1}}, g = visit(v), h = true} end
for i = 1, 100 do nested(i) end
local n = nested(7)
print(n.a, n.b.c, n.b.d.e, n.b.d.f, n.g, n.h, keys(n), keys(n.b), seen)  --> 7	7	7	1	7	true	4	2	15171
-- each table has fields of its own
local first, second = nested(1), nested(2)
first.h, first.b.d.f = false, "changed"
print(first.h, second.h, first.b.d.f, second.b.d.f, nested(3).h)  --> false	true	changed	1	true
-- a coroutine that stops in a constructor
local function slow(v) return {a = v, b = coroutine.yield(v), c = 3, d = coroutine.yield(v + 1)} end
for i = 1, 60 do local co = coroutine.wrap(slow) co(i) co(i) co(i) end
local co = coroutine.wrap(slow)
local one, two = co(10), co("b")
local made = co("d")
print(one, two, made.a, made.b, made.c, made.d, keys(made))  --> 10	11	10	b	3	d	4
-- fields set behind the constructor, or not
local Class = {} Class.__index = Class Class.size = "of the class" Class.other = "other"
local function new(n, wants)
  local self = setmetatable({}, Class)
  self.n = n
  if wants then self.size = n * 2 end
  self.items = {}
  self.name = n and "named"
  if n > 1000 then return nil, self end
  self.last = n
  return self
end
for i = 1, 100 do new(i, i % 2 == 0) end
local with, without = new(4, true), new(4, false)
print(with.size, without.size, rawget(without, "size"), keys(with), keys(without), without.other)
--> 8	of the class	nil	5	4	other
local _, partial = new(1001)
print(keys(partial), partial.last, partial.size, next({}, nil), rawlen(partial))  --> 3	nil	of the class	nil	0
partial[1] = "one" partial[2] = "two" partial.last = 1
print(#partial, keys(partial), partial.last)  --> 2	6	1
local order = {}
for key in pairs(with) do order[#order + 1] = key end
table.sort(order)
print(table.concat(order, " "))  --> items last n name size
-- metamethods of the class that come late see keys that are not there
local stored = {}
Class.__newindex = function(t, k, v) stored[#stored + 1] = k rawset(t, k, v) end
local late = new(5, true)
print(table.concat(stored, " "), late.n, late.size, late.last, keys(late))
--> n size items name last	5	10	5	5
Class.__newindex = nil
Class.__index = function(_, k) return "asked for " .. k end
local asking = new(6, false)
print(asking.size, asking.n, asking.last, asking.other)  --> asked for size	6	6	asked for other
Class.__index = Class
-- a method of the same name as a field that is set later
function Class.describe(self) return "described " .. tostring(self.n) end
local function build(n, own) local self = setmetatable({}, Class) self.n = n if own then self.describe = own end return self:describe() end
for i = 1, 100 do build(i) end
print(build(1), build(2, function(self) return "own " .. self.n end), build(3))
--> described 1	own 2	described 3
-- keys that are no Python names, twice the same key, values that are nil
local function odd(v) return {["class"] = v, ["a b"] = v, count = v, metatable = v, array_part = v, x = v, x = 2} end
for i = 1, 100 do odd(i) end
local o = odd("v")
print(o.class, o["a b"], o.count, o.metatable, o.array_part, o.x, keys(o))  --> v	v	v	v	v	2	6
local function twice(v) return {x = v, x = 1, y = 1, y = v} end
for i = 1, 100 do twice(i) end
print(twice(5).x, twice(5).y, keys(twice(nil)), twice(nil).x, twice(nil).y)  --> 1	5	1	1	nil
local function meta(index) return {__index = index, __call = nil, name = "meta", more = 1} end
for i = 1, 100 do meta({}) end
print(getmetatable(setmetatable({}, meta({k = 1}))).name, setmetatable({}, meta({k = 1})).k, keys(meta(nil)))
--> meta	1	2
-- captured: the closure has the same table
local function captured(v)
  local self = {v = v, w = 1}
  function self.get() return self.v, self.w, self.later end
  self.later = v
  return self
end
for i = 1, 100 do captured(i) end
print(captured(8).get())  --> 8	1	8
-- in loops, where the variable is a new table each time
local function many(n) local all = {} for i = 1, n do local t = {i = i, sq = i * i} t.next = all[i - 1] all[i] = t end return all end
for i = 1, 30 do many(10) end
local all = many(200)
print(all[200].next.next.sq, all[1].next, keys(all[1]), keys(all[2]))  --> 39204	nil	2	3
-- temporaries that debug sees, hooks, and a place that a traversal goes over
local function peek() local _, value = debug.getlocal(2, 1) return value end
local function looked(v) local t = v return {a = v, b = peek(), c = t} end
for i = 1, 100 do looked(i) end
print(looked(3).b, keys(looked(3)))  --> 3	3
