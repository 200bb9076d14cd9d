-- Limits of the stacks: recursion in Lua, C levels, handlers, coroutines
--? timeout 120
local function recurse(n) if n == 0 then return 0 end return 1 + recurse(n - 1) end
print(recurse(150000))  --> 150000
local function forever(n) return 1 + forever(n + 1) end
local ok, message = pcall(forever, 1)
print(ok, message:match("stack overflow"))  --> false	stack overflow
print(select(2, pcall(forever, 1)):match("^[^\n]*"):gsub("%d+", "N"))  --> stack.lua:N: stack overflow	1
local function tail(n) if n == 0 then return "tail" end return tail(n - 1) end
print(tail(1000000))  --> tail
local depth = 0
local function count() depth = depth + 1 return 1 + count() end pcall(count)
print(depth > 150000, depth < 200000)  --> true	false
print(pcall(string.gsub, "x", "x", function() return (("x"):gsub("x", "y")) end))  --> true	y	1
local function nested(n) return (string.gsub("x", "x", function() if n > 0 then return nested(n - 1) end end)) end
print(nested(100))  --> x
print((select(2, pcall(nested, 250)):gsub("^.-: ", "")))  --> C stack overflow
local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) if k == 0 then return 0 end return t[k - 1] end
print(t[100])  --> 0
print((select(2, pcall(function() return t[250] end)):gsub("^.-: ", "")))  --> C stack overflow
local chain = {}
for i = 1, 1990 do chain = setmetatable({}, { __index = chain }) end
print(chain.x)  --> nil
for i = 1, 20 do chain = setmetatable({}, { __index = chain }) end
print((select(2, pcall(function() return chain.x end)):gsub("^.-: ", "")))
--> '__index' chain too long; possible loop
local loop = {}
setmetatable(loop, { __index = loop })
print((select(2, pcall(function() return loop.x end)):gsub("^.-: ", "")))
--> '__index' chain too long; possible loop
setmetatable(loop, { __newindex = loop })
print((select(2, pcall(function() loop.x = 1 end)):gsub("^.-: ", "")))
--> '__newindex' chain too long; possible loop
print(xpcall(forever, function(m) return (m:match "stack overflow") end, 1))  --> false	stack overflow
print((select(2, xpcall(forever, function(m) return forever(1) end, 1))))  --> error in error handling
local function co_chain(n) if n == 0 then return "inner" end return coroutine.wrap(co_chain)(n - 1) end
print(co_chain(100))  --> inner
print((select(2, pcall(co_chain, 250)):match("C stack overflow")))  --> C stack overflow
local co = coroutine.create(function() return recurse(50000) end)
print(coroutine.resume(co)) co = coroutine.create(forever)  --> true	50000
print(coroutine.resume(co, 1) == false, coroutine.status(co))  --> true	dead
local function args(...) return select("#", ...) end
print(args(table.unpack({}, 1, 100000)))  --> 100000
print(pcall(table.unpack, {}, 1, 1000000))  --> false	too many results to unpack
print(pcall(string.byte, ("x"):rep(1000000), 1, -1))  --> false	stack overflow (string slice too long)
print(select("#", string.byte(("x"):rep(10000), 1, -1)))  --> 10000
local load_directly = load
local function load(...) return select(2, pcall(load_directly, ...)) end
local s = "return " .. ("("):rep(150) .. "1" .. (")"):rep(150)
print(load(s)()) s = "return " .. ("("):rep(250) .. "1" .. (")"):rep(250)  --> 1
print(load(s, "=s"))  --> nil	C stack overflow
print(load("return " .. ("{"):rep(250) .. ("}"):rep(250), "=s"))  --> nil	C stack overflow
print(load(("do "):rep(250) .. ("end "):rep(250), "=s"))  --> nil	C stack overflow
print(load("return " .. ("-"):rep(250, " ") .. "1", "=s"))  --> nil	C stack overflow
print(load("return " .. ("not "):rep(250) .. "1", "=s"))  --> nil	C stack overflow
print(load("return " .. ("1 .. "):rep(250) .. "1", "=s"))  --> nil	C stack overflow
print(load("return " .. ("2 ^ "):rep(250) .. "1", "=s"))  --> nil	C stack overflow
print(load("return " .. ("function() return "):rep(250) .. ("end "):rep(250), "=s"))  --> nil	C stack overflow
print(#load("return " .. ("'a' .. "):rep(150) .. "'b'")())  --> 151
print(load("x = " .. ("a."):rep(10000) .. "b") ~= nil, load("x = " .. ("f()"):rep(1) .. ("()"):rep(5000)) ~= nil, load("return " .. ("1 + "):rep(10000) .. "1")())
--> true	true	10001
print(load(("a, "):rep(250) .. "a = 1", "=s"))  --> nil	C stack overflow
