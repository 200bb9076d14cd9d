-- Coroutines that run as Python generators, and what ends that
local function prod(n) return coroutine.wrap(function() for i=1,n do coroutine.yield(i, i*2) end return "done" end) end
local function filt(src) return coroutine.wrap(function() while true do local a,b = src() if a == "done" then return "fin" end local got = coroutine.yield(a+b) assert(got == nil) end end) end
local function drain(n) local s=0 local f=filt(prod(n)) while true do local v=f() if v=="fin" then return s end s=s+v end end
for i=1,12 do print(drain(i*10)) end  --> 165
--> 630
--> 1395
--> 2460
--> 3825
--> 5490
--> 7455
--> 9720
--> 12285
--> 15150
--> 18315
--> 21780
local co = coroutine.create(function(a) for i=1,100 do a = a + coroutine.yield(a) end return a end)
print(coroutine.close(co), coroutine.status(co))  --> true	dead
for r=1,6 do
local c = coroutine.wrap(function() for i=1,5 do coroutine.yield(i) end error("oops") end)
local t={} for i=1,5 do t[i]=c() end print(table.concat(t,","), pcall(c))
--> 1,2,3,4,5	false	fast_coroutines.lua:20: oops
--> 1,2,3,4,5	false	fast_coroutines.lua:20: oops
--> 1,2,3,4,5	false	fast_coroutines.lua:20: oops
--> 1,2,3,4,5	false	fast_coroutines.lua:20: oops
--> 1,2,3,4,5	false	fast_coroutines.lua:20: oops
--> 1,2,3,4,5	false	fast_coroutines.lua:20: oops
end
for r=1,6 do
local c = coroutine.wrap(function() for i=1,5 do if i==3 then pcall(function() coroutine.yield("in") end) end coroutine.yield(i) end end)
local t={} for i=1,6 do t[i]=c() end print(table.concat(t,","), c(), pcall(c))
--> 1,2,in,3,4,5	nil	false	cannot resume dead coroutine
--> 1,2,in,3,4,5	nil	false	cannot resume dead coroutine
--> 1,2,in,3,4,5	nil	false	cannot resume dead coroutine
--> 1,2,in,3,4,5	nil	false	cannot resume dead coroutine
--> 1,2,in,3,4,5	nil	false	cannot resume dead coroutine
--> 1,2,in,3,4,5	nil	false	cannot resume dead coroutine
end
local function walk(t) if t then walk(t.left) coroutine.yield(t.key) walk(t.right) end end
local function tree(low, high) if low <= high then local mid = (low + high) // 2 return {key = mid, left = tree(low, mid - 1), right = tree(mid + 1, high)} end end
local function keys(t) return coroutine.wrap(function() walk(t) return nil end) end
for r = 1, 12 do
  local s = 0 for k in keys(tree(1, 31)) do s = s * 3 % 1009 + k end
  if r % 4 == 0 then print(s) end
  --> 230
  --> 230
  --> 230
end
local co = coroutine.create(function() walk(tree(1, 7)) error("end of walk") end)
for i = 1, 4 do coroutine.resume(co) end
print(coroutine.status(co), (select(2, debug.traceback(co):gsub("in upvalue", ""))), coroutine.resume(co))
--> suspended	1	true	5
for i = 6, 7 do coroutine.resume(co) end
print(coroutine.resume(co))  --> false	fast_coroutines.lua:49: end of walk
local function guarded(t) local ok, e = pcall(walk, t) coroutine.yield(ok) return "end" end
local c = coroutine.wrap(function() return guarded(tree(1, 3)) end)
print(c(), c(), c(), c(), c())  --> 1	2	3	true	end
local function tail(n) if n == 0 then return coroutine.yield("deep") end return tail(n - 1) end
for r = 1, 8 do local c = coroutine.wrap(function() return tail(50) end) c() if r == 8 then print(c("back")) end end  --> back
