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
