-- §3.2, §3.3.3 Variables and assignment
local a, b, c = 1, 2 print(a, b, c)  --> 1	2	nil
a, b = b, a print(a, b)  --> 2	1
local t = {} t[1], t[2], t.x = 10, 20 print(t[1], t[2], t.x)  --> 10	20	nil
local i = 3 i, t[i] = i + 1, 20 print(i, t[3], t[4])  --> 4	20	nil
local function pack2(...) return { n = select("#", ...), ... } end
x, y, z = (function() return 1, 2, 3 end)() print(x, y, z)  --> 1	2	3
x, y, z = 0, (function() return 1, 2 end)(), 5 print(x, y, z)  --> 0	1	5
x, y = nil print(x, y)  --> nil	nil
local log = {}
local proxy = setmetatable({}, { __newindex = function(_, k, v) log[#log + 1] = k .. "=" .. tostring(v) end })
proxy.a, proxy.b, proxy.c = 1, 2 print(table.concat(log, " "))  --> c=nil b=2 a=1
do local a = 5 do local a = 6 print(a) end print(a) end print(a)  --> 6
--> 5
--> 2
local n = 1 local n = n + 1 print(n)  --> 2
local f = function() return f end print(f())  --> nil
local function g() return g end print(g() == g)  --> true
_ENV.newglobal = 5
print(newglobal, _G.newglobal, rawget(_G, "newglobal"))  --> 5	5	5
do local _ENV = { print = print } unseen = 1 print(unseen, _ENV.unseen) end  --> 1	1
print(unseen)  --> nil
local function sandbox() local _ENV <const> = { x = 42 } return x end
print(sandbox())  --> 42
local env = setmetatable({}, { __index = _G }) load("v = 1; print(v, type)", "c", "t", env)()
--> 1	function: ADDRESS
print(v, env.v)  --> nil	1
local s = "abc"
print(s.len == string.len, ("x").rep == string.rep, s.missing)  --> true	true	nil
t = { inner = { } } t.inner.deep = t
print(t.inner.deep.inner.deep == t)  --> true
local a <const>, b <close> = 1, nil print(a, b)  --> 1	nil
local x <const> = 1; x = 2  --! attempt to assign to const variable 'x'
local x <close> = 1  --! variable 'x' got a non-closable value
local x <unknown> = 1  --! unknown attribute 'unknown'
local a <close>, b <close> = nil, nil  --! multiple to-be-closed variables in local list
local function f() local x <const> = 1; return function() x = 2 end end  --! attempt to assign to const variable 'x'
for i <const> = 1, 2 do end  --! '=' or 'in' expected near '<'
x = = 1  --! unexpected symbol near '='
local 1 = 2  --! <name> expected near '1'
local function = 1  --! <name> expected near '='
local a.b = 1  --! unexpected symbol near '.'
t[1 = 2  --! ']' expected near '='
nil = 1  --! unexpected symbol near 'nil'
a + 1 = 2  --! syntax error near '+'
"s".x = 1  --! unexpected symbol near '"s"'
undefined.x = 1  --! attempt to index a nil value (global 'undefined')
local t = {} t.x.y = 1  --! attempt to index a nil value (field 'x')
local s = "a" s.x = 1  --! attempt to index a string value (local 's')
local n = 5 n.x = 1  --! attempt to index a number value (local 'n')
