-- objects that fast code does without: what sees them after all, and code that goes on with them
local V = {} V.__index = V
local function new(x, y) return setmetatable({x = x, y = y, kind = "vector"}, V) end
V.__add = function(a, b) return new(a.x + b.x, a.y + b.y) end
V.__sub = function(a, b) return new(a.x - b.x, a.y - b.y) end
V.__mul = function(a, k) return new(a.x * k, a.y * k) end
V.__unm = function(a) return new(-a.x, -a.y) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y end
function V.dot(a, b) return a.x * b.x + a.y * b.y end
function V.show(a) return ("%s (%s, %s)"):format(a.kind, a.x, a.y) end
local function chain(a, b, k) local c = a + b * k - -b return c end
for i = 1, 100 do chain(new(0.5, 1.5), new(i + 0.5, 2.5), 0.25) end
print(chain(new(0.5, 1.5), new(2.5, 4.5), 0.25):show())  --> vector (3.625, 7.125)
print(chain(new(1, 1.5), new(2, 4.5), 3):show(), chain(new(math.maxinteger, 0), new(1, 1), 1):show())
--> vector (9, 19.5)	vector (-9223372036854775807, 2)
print(pcall(chain, new(0.5, 1.5), new(2.5, {}), 0.25))
--> false	fast_objects.lua:6: attempt to perform arithmetic on a table value (field 'y')
print(pcall(chain, new(0.5, 1.5), new(0.5), 0.25))
--> false	fast_objects.lua:6: attempt to perform arithmetic on a nil value (field 'y')
print(pcall(chain, new(0.5, {}), new(0.5, 0.5), 0.25))
--> false	fast_objects.lua:4: attempt to perform arithmetic on a table value (field 'y')
print(pcall(chain, new("a", 1.5), new(2.5, 1.5), 0.25))
--> false	fast_objects.lua:4: attempt to add a 'string' with a 'number'
-- named, in scope when something fails, read and changed by the debug library
local function distance(a, b, c)
  local between = a - b
  local square = between:dot(between)
  local along = between:dot(c)
  return square + along / c.x
end
for i = 1, 100 do distance(new(i + 0.5, 1.5), new(0.5, 0.5), new(1.5, 1.5)) end
print(distance(new(3.5, 1.5), new(0.5, 0.5), new(2.0, 1.0)), distance(new(3, 1), new(0, 0), new(2, 1)))
--> 13.5	13.5
local function look(message)
  local found = {}
  for i = 1, 5 do
    local name, value = debug.getlocal(2, i)
    found[i] = tostring(name) .. "=" .. (type(value) == "table" and V.show(value) or tostring(value))
  end
  local _, value = debug.getlocal(2, 4)
  return message .. " " .. table.concat(found, " ") .. " " .. tostring(getmetatable(value) == V)
end
print(select(2, xpcall(distance, look, new(3.5, 1.5), new(0.5, 0.5), setmetatable({x = 0.5}, V))))
--> fast_objects.lua:9: attempt to perform arithmetic on a nil value (field 'y') a=vector (3.0, 1.0) b=nil (0.5, nil) (temporary)=1.5 (temporary)=1.0 (temporary)=nil false
local function rated(a, b, c)
  local between = a - b
  local length = between:dot(between)
  local rate = length / c
  return between.x + rate, between.y
end
for i = 1, 100 do rated(new(i + 0.5, 1.5), new(0.5, 0.5), 2.0) end
local number = setmetatable({}, {__div = function(l)
  local name, value = debug.getlocal(2, 4)
  local _, again = debug.getlocal(2, 4)
  local result = name .. " " .. value:show() .. " " .. tostring(rawequal(value, again))
  print(result) value.x = 100.0 debug.setlocal(2, 5, 7)
  return 1000.0
end, __rdiv = 1})
print(rated(new(3.5, 1.5), new(0.5, 0.5), setmetatable({}, getmetatable(number))))
--> between vector (3.0, 1.0) true
--> 1100.0	1.0
-- needed after all
local kept = {}
local function rarely(a, b, keep)
  local sum = a + b
  if keep then kept[#kept + 1] = sum end
  return sum.x + sum.y
end
for i = 1, 100 do rarely(new(i + 0.5, 1.5), new(0.5, 0.5)) end
print(rarely(new(1.5, 1.5), new(0.5, 0.5), true), kept[1]:show(), kept[1] == new(2.0, 2.0), rawequal(kept[1], kept[1]))
--> 4.0	vector (2.0, 2.0)	true	true
local function moving(n)
  local p, last = new(0.0, 0.0), nil
  for i = 1, n do
    local step = new(0.5, i + 0.5) * 0.5
    if i % 50 == 0 then last = step end
    p = p + step - (last or step) * 0.25
    if i % 60 == 0 then step = -step p = p + step end
  end
  return p:show(), last and last:show()
end
print(moving(40)) print(moving(250))  --> vector (7.5, 315.0)	nil
--> vector (45.875, 12124.0)	vector (0.25, 125.25)
local function looping(n)
  local v, sum = new(0.5, 0.5), 0
  local i = 0
  while i < n do
    i = i + 1
    local w = v * 2.0
    if i % 7 == 0 then goto continue end
    if i == n - 1 then v = w break end
    sum = sum + w.x
    v = w * 0.5
    ::continue::
  end
  return sum, v:show()
end
print(looping(30)) print(looping(200))  --> 24.0	vector (1.0, 1.0)
--> 170.0	vector (1.0, 1.0)
-- metatables and functions that change
local function total(a, b) local d = a - b return d.x + d.y, d.kind end
for i = 1, 100 do total(new(i + 0.5, 1.5), new(0.5, 0.5)) end
print(total(new(3.5, 1.5), new(0.5, 0.5)))  --> 4.0	vector
V.__newindex = function() end
print(total(new(3.5, 1.5), new(0.5, 0.5)))  --> 4.0	vector
V.__newindex = nil
local real, made = setmetatable, 0
setmetatable = function(t, m) made = made + 1 t.kind = "changed" return real(t, m) end
print(total(new(3.5, 1.5), new(0.5, 0.5)), made)  --> 4.0	3
setmetatable = real
local old = V.__sub
V.__sub = function(a, b) return {x = 1, y = 2, kind = "other"} end
print(total(new(3.5, 1.5), new(0.5, 0.5)))  --> 3	other
V.__sub = function(a, b) return nil end
print(pcall(total, new(3.5, 1.5), new(0.5, 0.5)))
--> false	fast_objects.lua:101: attempt to index a nil value (local 'd')
V.__sub = old
for i = 1, 20 do total(new(3.5, 1.5), new(0.5, 0.5)) end
print(total(new(3.5, 1.5), new(0.5, 0.5)))  --> 4.0	vector
local function fields(a, b) local d = a - b return d.x, d.missing, d.dot == V.dot, rawget(d, "y") end
for i = 1, 100 do fields(new(i + 0.5, 1.5), new(0.5, 0.5)) end
print(fields(new(3.5, 1.5), new(0.5, 0.5)))  --> 3.0	nil	true	1.0
local function stored(a, b) local d = a - b d.x = d.x + 1 return d.x, d.y end
for i = 1, 100 do stored(new(i + 0.5, 1.5), new(0.5, 0.5)) end
print(stored(new(3.5, 1.5), new(0.5, 0.5)))  --> 4.0	1.0
-- finalizers count, coroutines stop within
local finished = 0
V.__gc = function() finished = finished + 1 end
for i = 1, 50 do total(new(3.5, 1.5), new(0.5, 0.5)) end
collectgarbage() collectgarbage()
print(finished >= 149)  --> true
V.__gc = nil
local Y = {__mul = function(a, b) return coroutine.yield(a.n) + b end}
local co = coroutine.wrap(function(y)
  local sum = 0.0
  for i = 1, 80 do
    local d = new(i + 0.5, 0.5) - new(0.5, 0.5)
    if i % 20 == 0 then sum = sum + y * 2.0 end
    sum = sum + d.x + d.y
  end
  return sum
end)
print(co(setmetatable({n = "one"}, Y)), co(1.0), co(2.0), co(3.0), co(4.0))  --> one	one	one	one	3258.0
-- floats known from checks before, and what is no float any more
local function mixed(t, u, n)
  local x = t.x * u.x
  local y = x * u.y + x
  local z = t.y
  if n > 2 then x = t.n * n else x = y - z end
  local w = x * t.n
  for i = 1, 3 do
    y = x * x
    x = i * t.n
    z = x * u.n
  end
  return x, y, z, w, math.type(w), math.type(z)
end
for i = 1, 100 do mixed({x = 0.5, y = 1.5, n = 2.0}, {x = i + 0.5, y = 0.5, n = 0.25}, i % 5) end
print(mixed({x = 0.5, y = 1.5, n = 2.0}, {x = 0.5, y = 0.5, n = 0.25}, 3))  --> 6.0	16.0	1.5	12.0	float	float
print(mixed({x = 0.5, y = 1.5, n = 1 << 40}, {x = 0.5, y = 0.5, n = 1 << 40}, 3))
--> 3298534883328	0	0	0	integer	integer
print(mixed({x = 1 << 40, y = 3, n = 1 << 40}, {x = 1 << 40, y = 5, n = 2}, 1))
--> 3298534883328	0	6597069766656	-3298534883328	integer	integer
print(pcall(mixed, {x = 0.5, y = 1.5, n = "2"}, {x = 0.5, y = "0.5", n = 0.25}, 3))
--> true	6	16	1.5	12	integer	float
