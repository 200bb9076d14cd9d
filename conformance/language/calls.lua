-- §3.4.10–3.4.12 Calls, functions, varargs, adjustment
local function f(a, b, c) return a, b, c end
print(f()) print(f(1)) print(f(1, 2, 3, 4)) print((f(1, 2, 3)))  --> nil	nil	nil
--> 1	nil	nil
--> 1	2	3
--> 1
print(f(f(1, 2)), (f(f(7))), f(10, f(1, 2, 3)))  --> 1	7	10	1	2
local t = { name = "obj" }
function t:who(x) return self.name, x end
function t.plain(x) return x end
print(t:who(1), t.who(t, 2), t.plain(3), t.who({ name = "other" }))  --> obj	obj	3	other	nil
print(("x"):rep(3), ("%d"):format(5), #("abc"):upper(), ("a"):byte())  --> xxx	5	3	97
print(type "literal", type {}, #{ f { 1 } }, f [[long]], f "a" == "a")  --> string	table	1	long	true
local function va(...) local a, b = ... return select("#", ...), a, b, ... end
print(va()) print(va(nil)) print(va(1, 2, 3)) print((va(1)))  --> 0	nil	nil
--> 1	nil	nil	nil
--> 3	1	2	1	2	3
--> 1
print(select(2, "a", "b", "c"), select(-1, "a", "b", "c"), select("#"), select("#", nil, nil))  --> b	c	0	2
local function v2(...) return (...) end
print(v2(1, 2), v2(), (v2(3, 4)))  --> 1	nil	3
local function v3(...) local t = { ... } t[#t + 1] = ... return #t end
print(v3(1, 2), v3())  --> 3	0
local function count(n) if n == 0 then return "bottom" end return count(n - 1) end
print(count(100000))  --> bottom
local a, b, c = (function() return 1, 2, 3 end)() print(a, b, c)  --> 1	2	3
a, b, c = (function() return 1, 2, 3 end)(), 10 print(a, b, c)  --> 1	10	nil
a, b, c = 0, (function() return 1, 2, 3 end)() print(a, b, c)  --> 0	1	2
a, b = 1 print(a, b) a, b = 1, 2, 3 print(a, b)  --> 1	nil
--> 1	2
local i = 1
local arr = {} i, arr[i] = i + 1, 20
print(i, arr[1], arr[2])  --> 2	20	nil
a, b = 1, 2 a, b = b, a print(a, b)  --> 2	1
local x <const> = 10 print(x)  --> 10
local function default(a, b) b = b == nil and "default" or b return a, b end
print(default(1), default(1, false))  --> 1	1	false
local fib fib = function(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end
print(fib(15))  --> 610
local callable = setmetatable({}, { __call = function(self, ...) return select("#", ...), ... end })
print(callable(1, nil, 3), callable())  --> 3	0
print(pcall(callable, 1), select("#", callable:x == nil))  --! function arguments expected near '=='
print((function(...) return select("#", ...) end)(table.unpack({}, 1, 200)))  --> 200
print(#{ table.unpack({}, 1, 100) }, select("#", table.unpack({}, 1, 250)))  --> 0	250
print(string.format("%s %s", (function() return "one", "two" end)()))  --> one two
local s = "method"
print(s:len(), s:upper():lower(), ("%s"):rep(2, ","))  --> 6	method	%s,%s
do local function loop(...) if select("#", ...) > 5 then return ... end return loop(1, ...) end print(loop()) end
--> 1	1	1	1	1	1
local deep = { a = { b = { c = function(self) return self ~= nil end } } }
print(deep.a.b:c(), deep.a.b.c())  --> true	false
print(f(1, 2, 3), nil) print(f(1, 2, 3), (f(4, 5, 6)))  --> 1	nil
--> 1	4
f()  --! attempt to call a nil value (global 'f')
local f = 1 f()  --! attempt to call a number value (local 'f')
t.x()  --! attempt to index a nil value (global 't')
local t = {} t.x()  --! attempt to call a nil value (field 'x')
local t = {} t:method()  --! attempt to call a nil value (method 'method')
local t = {} t.a.b()  --! attempt to index a nil value (field 'a')
("x")()  --! attempt to call a string value (constant 'x')
(1)()  --! attempt to call a number value
local s = "x" s:nomethod()  --! attempt to call a nil value (method 'nomethod')
return ...  , 1 2  --! <eof> expected near '2'
f(  --! unexpected symbol near <eof>
f(1,)  --! unexpected symbol near ')'
function f(a, ..., b) end  --! ')' expected near ','
function f(1) end  --! <name> or '...' expected near '1'
return function() return ... end  --! cannot use '...' outside a vararg function near '...'
local function f() end f:  --! <name> expected near <eof>
a.b:c = 1  --! function arguments expected near '='
f() = 1  --! syntax error near '='
(a) = 1  --! syntax error near '='
a, f() = 1, 2  --! syntax error near '='
1 = 2  --! unexpected symbol near '1'
a  --! syntax error near <eof>
a.b  --! syntax error near <eof>
