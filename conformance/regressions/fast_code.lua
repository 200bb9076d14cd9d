-- What the fast tier once got wrong: varargs in loops, registers set by tests, deep recursion, constructors
local function last(...) return {["1"] = "a", ["k z"] = (select(-1, ...))} end
for i = 1, 3 do print(pcall(last), last(i)["k z"]) end  --> false	1
--> false	2
--> false	3
local function twice(f, ...) for i = 1, 2 do print(pcall(f, ...)) end end
twice(function(...) return select("#", ...) end)  --> true	0
--> true	0
twice(function(...) return ... end, 1, nil, 3)  --> true	1	nil	3
--> true	1	nil	3
local function pick(c) local x = c and 5 or "five" return x .. "!" end
for i = 1, 30 do pick(i % 2 == 0) end
print(pick(true), pick(false))  --> 5!	five!
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(depth(10), depth(3000), depth(9000))  --> 10	3000	9000
local function tail(n) if n == 0 then return "done" end return tail(n - 1) end
print(tail(100000))  --> done
local function make(a, b) return {x = a, y = b, z = a and b, 1, a, b} end
for i = 1, 30 do make(i, i) end
local t = make(nil, 2)
print(t.x, t.y, t.z, #t >= 1, t[3], next(make(nil, nil), 1))  --> nil	2	nil	true	2	nil
local function fields(t) t.x = nil t.y = t.y and t.y + 1 return t.x, t.y end
for i = 1, 30 do fields({x = 1, y = i}) end
print(fields({x = 1}), fields({}))  --> nil	nil	nil
local log = {}
local guarded = setmetatable({}, {__newindex = function(t, k, v) log[#log + 1] = k rawset(t, k, v) end})
local function set(t, v) t.field = v end
for i = 1, 30 do set({}, i) end
set(guarded, 1) set(guarded, 2)
print(#log, log[1], guarded.field)  --> 1	field	2
local function sum(n) local s = 0 for i = n, 1, -1 do s = s + i end return s end
for i = 1, 30 do sum(i) end
print(sum(10), sum(10.5), sum(0), pcall(sum, "x"))
--> 55	60.0	0	false	fast_code.lua:31: bad 'for' initial value (number expected, got string)
local function wraps(h, c) return h * 31 + c end
for i = 1, 30 do wraps(i, i) end
print(wraps(math.maxinteger, 1), wraps(1.5, 2), pcall(wraps, {}, 1))
--> 9223372036854775778	48.5	false	fast_code.lua:35: attempt to perform arithmetic on a table value (local 'h')
local function removes(t) local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end return n, next(t) end
for i = 1, 30 do removes({a = 1, b = 2, 3}) end
print(removes({a = 1, b = 2, c = 3, 4, 5}))  --> 5	nil
local function grows(t) local n = 0 for i, v in ipairs(t) do n = n + v if i < 5 then t[i + 1] = v end end return n end
for i = 1, 30 do grows({1}) end
print(grows({2}), grows({}), grows(setmetatable({}, {__index = function(_, i) if i < 4 then return i end end})))
--> 10	0	5
local count = 0
local function iterator() local i = 0 return function() i = i + 1 if i <= 3 then return i end end end
for r = 1, 30 do for v in iterator() do count = count + v end end
print(count)  --> 180
local V = {} V.__index = V
V.__add = function(a, b) return setmetatable({v = a.v + b.v}, V) end
V.__eq = function(a, b) return a.v == b.v end
V.__lt = function(a, b) return a.v < b.v end
V.__len = function(a) return a.v end
V.__call = function(self, x) return self.v + x end
local function ops(a, b) local c = a + b return c.v, a == b, a < b, #c, c(1) end
local one, two = setmetatable({v = 1}, V), setmetatable({v = 2}, V)
for i = 1, 30 do ops(one, two) end
print(ops(one, two)) print(ops(two, setmetatable({v = 2}, V)))  --> 3	false	true	3	4
--> 4	true	false	4	5
local sorted = {}
for i = 1, 50 do sorted[i] = (i * 37) % 50 end
table.sort(sorted, function(a, b) return a > b end)
print(sorted[1], sorted[50], pcall(table.sort, {3, 2, 1}, function(a, b) error("in order") end))
--> 49	0	false	fast_code.lua:64: in order
local a1, a2 do local shared = 1 a1 = function() shared = shared + 1 return shared end a2 = function() return shared end end
for i = 1, 30 do a1() end
print(a2(), debug.setlocal and select(2, debug.getupvalue(a2, 1)))  --> 31	31
local name = os.tmpname()
local file = io.open(name, "w") for i = 1, 100 do file:write(i, "\n") end file:close()
local function total() local s = 0 for line in io.lines(name) do s = s + tonumber(line) end return s end
for i = 1, 3 do total() end
print(total(), os.remove(name))  --> 5050	true
