-- §3.5 Visibility rules: closures and upvalues
local function counter() local n = 0 return function() n = n + 1 return n end, function() return n end end
local inc, get = counter() inc() inc() print(get(), inc(), get())  --> 2	3	3
local inc2, get2 = counter() print(get2(), get())  --> 0	3
local fs = {}
for i = 1, 3 do local j = i * 10 fs[i] = function(d) j = j + (d or 0) return i, j end end
print(fs[1](5))  --> 1	15
print(fs[1]())  --> 1	15
print(fs[3]())  --> 3	30
local function deep() local a = 1 return function() local b = 2 return function() local c = 3 return function() a, b, c = a + 1, b + 1, c + 1 return a, b, c end end end end
local d = deep()()() print(d()) print(d())  --> 2	3	4
--> 3	4	5
local function shared() local v = 0 local function set(x) v = x end local function get() return v end return set, get end
local s, g = shared() s(5)
print(g())  --> 5
local function recursive(n) if n == 0 then return 0 end return 1 + recursive(n - 1) end
print(recursive(100))  --> 100
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(10), odd(7))  --> true	true
do local x = 1 local function f() return x end x = 2 print(f()) local x = 3 print(f(), x) end  --> 2
--> 2	3
local function loop() local out = {} local i = 0 repeat local k = i out[#out + 1] = function() return k end i = i + 1 until k >= 2 return out end
local l = loop()
print(l[1](), l[2](), l[3]())  --> 0	1	2
local a = {}
for i = 1, 2 do for j = 1, 2 do a[#a + 1] = function() return i, j end end end
print(a[1]())  --> 1	1
print(a[4]())  --> 2	2
local co = {}
for i = 1, 2 do co[i] = coroutine.wrap(function() local k = i while true do coroutine.yield(k) k = k * 10 end end) end
print(co[1](), co[2](), co[1](), co[2]())  --> 1	2	10	20
local function va(...) local t = { ... } return function() return table.unpack(t) end end
print(va(1, 2, 3)())  --> 1	2	3
local function params(a, b) return function() a = a + 1 return a + b end end
local p = params(1, 2)
print(p(), p())  --> 4	5
print((function(x) return (function(y) return x + y end) end)(1)(2))  --> 3
local function self() return debug.getinfo(1, "f").func end
print(self() == self)  --> true
local fact = (function(f) return function(n) return f(f, n) end end)(function(f, n) return n <= 1 and 1 or n * f(f, n - 1) end)
print(fact(10))  --> 3628800
local up = 1
local function outer() local function inner() up = up + 1 return up end return inner() + inner() end
print(outer(), up)  --> 5	3
local fns = {}
do local v = "alive" fns[1] = function() return v end v = "changed" end
collectgarbage()
print(fns[1]())  --> changed
local function same(f, g) return f == g end
print(same(print, print), same(function() end, function() end))  --> true	false
function undefinedt.b.c() end  --! attempt to index a nil value (global 'undefinedt')
local t = {} function t:m() return self end print(t:m() == t, t.m(5))  --> true	5
function globalfn(a) return a end
print(globalfn(1), _G.globalfn == globalfn)  --> 1	true
