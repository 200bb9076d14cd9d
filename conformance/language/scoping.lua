-- §2.2 Environments and the global environment
print(_G._G == _G, _ENV == _G, rawequal(_G, _ENV))  --> true	true	true
x = 1 print(_G.x, _ENV.x) _G["y z"] = 2 print(_G["y z"])  --> 1	1
--> 2
local function with_env(_ENV) return a, b end
print(with_env { a = 1, b = 2 })  --> 1	2
do local _ENV = setmetatable({}, { __index = _G }) g = 5 print(g, _G.g) end  --> 5	nil
print(g)  --> nil
local f = load("return x", "chunk", "t", { x = "from env" })
print(f())  --> from env
local env = {} f = load("function set(v) value = v end return _ENV", "c", "t", env)
print(f() == env) env.set(9)  --> true
print(env.value)  --> 9
setmetatable(_G, { __index = function(_, name) return "missing " .. name end, __newindex = function(t, k, v) rawset(t, k, v) end })
print(undefined_thing)  --> missing undefined_thing
setmetatable(_G, nil)
print(undefined_thing)  --> nil
setmetatable(_G, { __newindex = function(_, k) error("global " .. k .. " is not declared", 2) end, __index = function(_, k) error("global " .. k .. " is not defined", 2) end })
print(pcall(function() typo = 1 end))  --> false	scoping.lua:19: global typo is not declared
print(pcall(function() return typo end))  --> false	scoping.lua:20: global typo is not defined
setmetatable(_G, nil)
local upvalued = debug.setupvalue and load("return z")
debug.setupvalue(upvalued, 1, { z = "new env" })
print(upvalued())  --> new env
local function shadow(print) print = print or tostring return print(5) end
print(shadow())  --> 5
local a = 1
do local a = a + 1 do local a = a + 1 print(a) end print(a) end  --> 3
--> 2
print(a)  --> 1
local function outer() local v = "outer" local function inner() v = "changed" end inner() return v end
print(outer())  --> changed
for i = 1, 1 do local i = "shadow" print(i) end  --> shadow
print(type(_VERSION), _VERSION)  --> string	Lua 5.4
local _ENV = { print = print, tostring = tostring }
print(tostring(string), x)  --> nil	nil
_ENV = { print = print } print(tostring)  --> nil
