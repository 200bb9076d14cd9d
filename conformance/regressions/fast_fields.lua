-- Fields that are nil and keep their place, metatables that change late, natives done in place
local Class = {} Class.__index = Class  Class.inherited = "from class"
local function make(a) return setmetatable({a = a, inherited = nil}, Class) end
local function read(o) return o.a, o.inherited end
for i = 1, 60 do read(make(i)) end
print(read(make(nil)))  --> nil	from class
local function clear(o) o.a = nil o.inherited = nil return o.a, o.inherited, next(o) end
for i = 1, 60 do clear(make(i)) end
print(clear(make(1)))  --> nil	from class	nil
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local function uncount(t) t.x = nil t.y = nil return count(t) end
for i = 1, 60 do uncount({x = i, y = i, z = i}) end
print(uncount({x = 1, y = 2, z = 3, 4}), next({x = nil}), #{n = nil})  --> 2	nil	0
local function set(o, v) o.field = v return rawget(o, "field") end
for i = 1, 60 do set(make(i), i) end
local late = setmetatable({}, Class)
print(set(late, nil), set(late, 5))  --> nil	5
Class.__newindex = function(t, k, v) rawset(t, k, v and v * 100) end
print(set(late, 6), set(late, nil), set(late, 7), set(make(1), 8))  --> 6	nil	700	800
Class.__newindex = nil
print(set(make(1), 9))  --> 9
local copied = {}
local function copy(from, to) for k, v in pairs(from) do to[k] = v end end
for i = 1, 60 do copy({a = i, b = i}, {}) end
local guarded = setmetatable({}, copied)
copy({__newindex = function(t, k, v) rawset(t, k, "guarded") end}, copied)
print(set(guarded, 1))  --> guarded
local function index(t, k) return t[k] end
for i = 1, 60 do index({a = 1}, "a") index({}, "b") index({nil, 2}, 2) end
print(index({3}, 1), index({3}, 1.0), index(setmetatable({}, {__index = {q = 1}}), "q"), index({a = 1}, "z"))
--> 3	3	1	nil
local function natives(s, i, x, y)
  return s:byte(i), s:sub(i), s:sub(i, -2), s:sub(-2), math.max(x, y), math.min(x, y), math.floor(x), math.abs(y),
    type(s), tostring(x), #s, string.char(i + 64), math.sqrt(y * y)
end
for i = 1, 60 do natives("abc", 1, i, 2) end
print(natives("hello", 2, 7, 3))  --> 101	ello	ell	lo	7	3	7	3	string	7	5	B	3.0
print(natives("hello", 9, 7.5, -3.25))  --> nil			lo	7.5	-3.25	7	3.25	string	7.5	5	I	3.25
print(natives("", 1, -0.0, 0))  --> nil				-0.0	-0.0	0	0	string	-0.0	0	A	0.0
print(natives("12", 1, math.mininteger, math.mininteger))
--> 49	12	1	12	-9223372036854775808	-9223372036854775808	-9223372036854775808	-9223372036854775808	string	-9223372036854775808	2	A	0.0
print(pcall(natives, "x", {}, 1, 1))  --> false	fast_fields.lua:33: bad argument #1 to 'byte' (number expected, got table)
print(pcall(natives, "x", 1, "10", "9"))  --> true	120	x		x	9	10	10	9.0	string	10	1	A	9.0
local function insert(t, v) table.insert(t, v) return #t end
for i = 1, 60 do insert({}, i) end
print(insert({1, 2}, 3), insert({1, n = 2}, 4), insert(setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v) end}), 1))
--> 3	2	1
local function checked(v, m) assert(v, m) return assert(v) end
for i = 1, 60 do checked(i) end
print(checked("yes"), pcall(checked, false, "no"), pcall(checked, nil))  --> yes	false	false	nil
local max = math.max
math.max = function(a, b) return "mine" end
print((select(5, natives("abc", 1, 1, 2))))  --> mine
math.max = max
local function loop(t) local s = 0 for k, v in pairs(t) do s = s + v end for i, v in ipairs(t) do s = s * v end return s end
for i = 1, 60 do loop({i, 1}) end
print(loop({2, 3, x = 4}), loop(setmetatable({5}, {__pairs = function() return next, {7} end})), pcall(loop))
--> 54	35	false	fast_fields.lua:55: bad argument #1 to 'for iterator' (table expected, got nil)
local V = {} V.__index = V
V.__add = function(a, b) return setmetatable({x = a.x + b.x}, V) end
local function add(a, b) return (a + b).x end
local v = setmetatable({x = 1}, V)
for i = 1, 60 do add(v, v) end
print(add(v, v), pcall(add, 1, v), pcall(add, v, {}))
--> 2	false	false	fast_fields.lua:60: attempt to perform arithmetic on a nil value (field 'x')
V.__add = function(a) return {x = "one parameter"} end
print(add(v, v))  --> one parameter
V.__add = function(a, b) return add(a, b) end
print(pcall(add, v, v))  --> false	fast_fields.lua:61: C stack overflow
local Queue = {} Queue.__index = Queue
function Queue.new() local q = setmetatable({}, Queue) q.line, q.head, q.tail = {}, 1, 0 return q end
function Queue:put(c) self.tail = self.tail + 1 self.line[self.tail] = c end
function Queue:get() if self.head > self.tail then return nil end local c = self.line[self.head] self.line[self.head] = nil self.head = self.head + 1 return c end
local total = 0
for r = 1, 60 do local q = Queue.new() for i = 1, 9 do q:put(i) if i % 3 == 0 then total = total + q:get() end end for i = 1, 7 do total = total + (q:get() or 100) end end
print(total)  --> 8700
local function metas(t, m) t.a = 1 t[1] = 2 setmetatable(t, m) t.b = 3 t[2] = 4 return rawget(t, "b"), rawget(t, 2), t.c end
for i = 1, 60 do metas({}, {}) end
print(metas({}, {__newindex = function() end, __index = {c = 5}}))  --> nil	nil	5
local function at(t, i) return t[i] end
for i = 1, 60 do at({1, 2, 3}, i % 3 + 1) end
print(at({[0] = "zero", "one"}, 0), at({[-1] = "below"}, -1), at({[-1] = "below"}, -1.0), at({}, 0), at({5}, 1.0))
--> zero	below	below	nil	5
local drained = {} for i = 1, 60 do drained["k" .. i] = i end
drained.field = 1 drained.other = 2 drained.field = nil
for i = 1, 40 do drained[next(drained)] = nil end
drained.field = "again"
local seen, left = 0, false
for k, v in next, drained do seen = seen + 1 left = left or k == "field" end
print(seen, left)  --> 22	true
while next(drained) do drained[next(drained)] = nil if seen > 0 then drained["new" .. seen] = seen seen = seen - 1 end end
print(next(drained))  --> nil
local function differs(value) return value ~= value end
for _ = 1, 60 do differs({}) end
print(differs(0 / 0), differs({}), differs("x"), differs(nil))  --> true	false	false	false
