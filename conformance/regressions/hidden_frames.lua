-- Fast code that calls what only the VM runs: frames that it hides appear when somebody looks
local function bad(x) if x > 5 then error("big "..x) end return x end
local function try(x) local ok, m = pcall(bad, x) return ok, m end
local function loop() local n = 0 for i=1,10 do local ok, m = try(i) if not ok then n = n + 1; print(m) end end return n end
for i=1,3 do print(loop()) end  --> hidden_frames.lua:2: big 6
--> hidden_frames.lua:2: big 7
--> hidden_frames.lua:2: big 8
--> hidden_frames.lua:2: big 9
--> hidden_frames.lua:2: big 10
--> 5
--> hidden_frames.lua:2: big 6
--> hidden_frames.lua:2: big 7
--> hidden_frames.lua:2: big 8
--> hidden_frames.lua:2: big 9
--> hidden_frames.lua:2: big 10
--> 5
--> hidden_frames.lua:2: big 6
--> hidden_frames.lua:2: big 7
--> hidden_frames.lua:2: big 8
--> hidden_frames.lua:2: big 9
--> hidden_frames.lua:2: big 10
--> 5
local co = coroutine.wrap(function() local function y(i) coroutine.yield(i) end for i=1,5 do pcall(y, i) end end)
local function drain() local t = {} for v in co do t[#t+1] = v end return table.concat(t, ",") end
print(drain())  --> 1,2,3,4,5
local function gen() return coroutine.wrap(function() for i=1,3 do coroutine.yield(i) end end) end
local function sum() local s = 0 for v in gen() do s = s + v end return s end
for i=1,3 do print(sum()) end  --> 6
--> 6
--> 6

local proxy = setmetatable({}, {__index = function(_, k) error("no " .. tostring(k), 2) end})
local function read(t, k) return t[k] end
local function try(f, ...) local ok, value = pcall(f, ...) if not ok then print("failed", value) end return value end
local function body(a) local got = try(read, proxy, 1) print("resumed", coroutine.yield(a)) return "end" end
for i = 1, 4 do local co = coroutine.create(body) print(coroutine.resume(co, i)) print(coroutine.resume(co, i * 2)) end
--> failed	hidden_frames.lua:33: no 1
--> true	1
--> resumed	2
--> true	end
--> failed	hidden_frames.lua:33: no 1
--> true	2
--> resumed	4
--> true	end
--> failed	hidden_frames.lua:33: no 1
--> true	3
--> resumed	6
--> true	end
--> failed	hidden_frames.lua:33: no 1
--> true	4
--> resumed	8
--> true	end
-- Native functions that fast code calls, and that call Lua code
local function lines(text) local found = {} for line in text:gmatch("hidden_frames.lua:(%d+)") do found[#found + 1] = line end return table.concat(found, " ") end
local text
local function order(a, b) if a == b then text = debug.traceback("t", 1) error("equal") end return a < b end
local function sorts(t) table.sort(t, order) return #t end
local function outer(t) local n = sorts(t) return n + 1 end
for i = 1, 60 do outer({3, 2, i + 5}) end
print(pcall(outer, {1, 1}))  --> false	hidden_frames.lua:56: equal
print(lines(text), text:find("'sort'", 1, true) ~= nil, text:find("'outer'", 1, true) ~= nil)  --> 56 56 57 58 58 60	false	false
local shown
local O = setmetatable({}, {__tostring = function(o) if shown then shown = debug.traceback("t", 1) end return "an O" end})
local function say(o) local s = tostring(o) return s .. "!" end
local function saying(o) local s = say(o) return s end
for i = 1, 60 do saying(O) end
shown = "now"
print(saying(O), lines(shown))  --> an O!	63 63 64 65 68
local function level(s) return (s:gsub("%w", function(c) local i = debug.getinfo(3, "l") return c == "x" and i.currentline or nil end)) end
local function level_of(s) local r = level(s) return r end
for i = 1, 60 do level_of("abc") end
print(level_of("axb"))  --> a69b
local function yields(s) return (s:gsub("y", function() coroutine.yield(1) end)) end
for i = 1, 60 do yields("abc") end
print(coroutine.resume(coroutine.create(function() return yields("xyz") end)))  --> false	attempt to yield across a C-call boundary
print(select(2, pcall(string.gsub, "y", "y", function() error("in gsub") end)))  --> hidden_frames.lua:76: in gsub
local function bad() return tostring(setmetatable({}, {__tostring = function() return {} end})) end
for i = 1, 60 do pcall(bad) end
print(pcall(bad))  --> false	hidden_frames.lua:77: '__tostring' must return a string
local function mutual(n) if n == 0 then return "bottom" end return (("x"):gsub("x", function() return mutual(n - 1) end)) end
for i = 1, 60 do mutual(3) end
print(mutual(30), pcall(mutual, 300))  --> bottom	false	C stack overflow
local function tail(t) return sorts(t) end
print(pcall(tail, {1, 1}))  --> false	hidden_frames.lua:56: equal
print(lines(text))  --> 56 56 57 57 84
