-- Orders that programs depend on although the manual leaves some open: they are part of the bytecode
local log = {}
local function v(x) log[#log + 1] = tostring(x) return x end
local function flush() local s = table.concat(log, " ") log = {} return s end
local t = setmetatable({}, { __newindex = function(_, k, x) v("set " .. tostring(k)) end, __index = function(_, k) return v("get " .. tostring(k)) end })
t[v(1)], t[v(2)] = v(3), v(4)
print(flush())  --> 1 2 3 4 set 2 set 1
local a = v(1) + v(2) * v(3)
print(flush())  --> 1 2 3
local b = v(1) .. v(2) .. v(3)
print(flush())  --> 1 2 3
local c = { v(1), [v("k")] = v(2), v(3) }
print(flush())  --> 1 k 2 3
print(select("#", v(1), v(2), v(3)), flush()) t.x = t.y  --> 3	1 2 3
print(flush()) t.a, t.b = t.c, t.d  --> get y set x
print(flush())  --> get c get d set b set a
local x <const> = v(1) < v(2)
print(flush())  --> 1 2
local y = v(2) > v(1)
print(flush())  --> 2 1
local z = v(1) == v(2) or v(3)
print(flush())  --> 1 2 3
local f = function(...) return ... end f(v(1), v(2))
print(flush())  --> 1 2
