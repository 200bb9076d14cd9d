-- §2.3 Error handling: pcall, xpcall, error values, levels, nesting
local function thrower(v, l) error(v, l) end
for _, v in ipairs { "text", 42, 4.5, true } do print(pcall(thrower, v)) end  --> false	handling.lua:2: text
--> false	42
--> false	4.5
--> false	true
print(pcall(thrower, nil))  --> false	nil
print(pcall(thrower, "no position", 0))  --> false	no position
print(pcall(thrower, "level 2", 2))  --> false	level 2
local e = {}
print(select(2, pcall(thrower, e)) == e)  --> true
print(pcall(pcall, error, "x"))  --> true	false	x
print(pcall(function() return pcall(error, "inner", 0) end))  --> true	false	inner
print(pcall(function() local ok, m = pcall(error, "inner", 0) error("outer " .. m, 0) end))
--> false	outer inner
print(xpcall(thrower, function(m) return "H(" .. tostring(m) .. ")" end, "v", 0))  --> false	H(v)
print(xpcall(thrower, function(m) return m, "second" end, "v", 0))  --> false	v
print(xpcall(function() xpcall(thrower, function(m) print("inner handler", m) end, "first", 0) error("second", 0) end, function(m) print("outer handler", m) return "done" end))
--> inner handler	first
--> outer handler	second
--> false	done
print(xpcall(thrower, function(m) error("in handler", 0) end, "v", 0))  --> false	error in error handling
local depth = 0
print(xpcall(thrower, function(m) depth = depth + 1 if depth < 5 then error("again " .. depth, 0) end return "stopped at " .. depth .. " with " .. tostring(m) end, "v", 0))
--> false	stopped at 5 with again 4
local function overflow() return overflow() + 1 end
local ok, m = pcall(overflow)
print(ok, (m:gsub("^.-:%d+: ", ""):gsub("%s.*", "")))  --> false	stack
print(select(2, pcall(string.rep, "x", -1)), pcall(string.rep))
--> 	false	bad argument #1 to 'string.rep' (string expected, got no value)
print((select(2, xpcall(overflow, function(m) return #m > 0 end))))  --> true
print(pcall(function() local a <close> = setmetatable({}, { __close = function(_, e) print("closing with", e) end }) error("E", 0) end))
--> closing with	E
--> false	E
print(pcall(function() for i = 1, 3 do if i == 2 then error("loop " .. i, 0) end end end))  --> false	loop 2
print(select("#", pcall(error)))  --> 2
print(pcall(error, setmetatable({}, { __tostring = function() return "obj" end })) == false)  --> true
print(tostring(select(2, pcall(error, setmetatable({}, { __tostring = function() return "obj" end })))))
--> obj
local function a() error("from a") end
local function b() a() end
local function c() b() end
print(pcall(c))  --> false	handling.lua:40: from a
print(xpcall(c, function(m) local levels = 0 for i = 1, 20 do if debug.getinfo(i, "f") then levels = i end end return levels > 5 end))
--> false	true
local co = coroutine.create(c)
print(coroutine.resume(co))  --> false	handling.lua:40: from a
print(coroutine.status(co))  --> dead
print(pcall(coroutine.wrap(c)))  --> false	handling.lua:40: from a
print(pcall(load, "x"))  --> true	nil	[string "x"]:1: syntax error near <eof>
print(pcall(load("error('from chunk', 1)", "=chunk")))  --> false	chunk:1: from chunk
print(pcall(load("error('from chunk', 2)", "=chunk")))  --> false	from chunk
print(pcall(load("local function f() error('two', 2) end f()", "=chunk")))  --> false	chunk:1: two
print(pcall(string.gsub, "x", "x", function() error("in callback", 0) end))  --> false	in callback
print(pcall(table.sort, { 2, 1 }, function() error({ code = 7 }) end))  --> false	table: ADDRESS
print(pcall(next, {}, 1))  --> false	invalid key to 'next'
print(pcall(setmetatable({}, { __call = function(_, x) error("callable " .. x, 0) end }), "arg"))
--> false	callable arg
print(pcall(function() return 1 + setmetatable({}, { __add = function() error("in add", 0) end }) end))
--> false	in add
print(pcall(function() return setmetatable({}, { __eq = function() error("in eq", 0) end }) == setmetatable({}, {}) end))
--> false	in eq
print(pcall(tostring, setmetatable({}, { __tostring = function() error("in tostring", 0) end })))
--> false	in tostring
print(pcall(function() local x <close> = setmetatable({}, { __close = function() error("in close", 0) end }) end))
--> false	in close
for i = 1, 1000 do pcall(error, i) end
print "a thousand errors"  --> a thousand errors
local count = 0
local function nest(n) if n == 0 then error("bottom", 0) end local ok, m = pcall(nest, n - 1) count = count + 1 error(m, 0) end
print(pcall(nest, 100))  --> false	bottom
print(count)  --> 100
print(pcall(pcall, nest, 10))  --> true	false	bottom
print(select(2, pcall(assert, false, e)) == e, pcall(assert, nil), select("#", pcall(assert, 1, 2, 3)))
--> true	false	4
