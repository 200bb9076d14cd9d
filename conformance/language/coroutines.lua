-- §2.6, §6.2 Coroutines
local co = coroutine.create(function(a, b) print("start", a, b) local c = coroutine.yield(a + b) print("got", c) local d, e = coroutine.yield(c * 2) return d, e, "end" end)
print(coroutine.status(co), coroutine.resume(co, 1, 2))  --> start	1	2
--> suspended	true	3
print(coroutine.status(co))  --> suspended
print(coroutine.resume(co, 10))  --> got	10
--> true	20
print(coroutine.resume(co, "x", "y"))  --> true	x	y	end
print(coroutine.status(co))  --> dead
print(coroutine.resume(co))  --> false	cannot resume dead coroutine
print(type(co), coroutine.isyieldable(), coroutine.running())  --> thread	false	thread: ADDRESS	true
local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
print(gen(), gen(), gen(), gen())  --> 1	2	3
print(pcall(gen))  --> false	cannot resume dead coroutine
print(coroutine.resume(coroutine.create(function() error("msg") end)))  --> false	coroutines.lua:15: msg
print(coroutine.resume(coroutine.create(function() error({ code = 1 }) end)))  --> false	table: ADDRESS
print(coroutine.resume(coroutine.create(function() error() end)))  --> false	nil
print(pcall(coroutine.wrap(function() error("wrapped") end)))  --> false	coroutines.lua:18: wrapped
print(pcall(coroutine.wrap(function() error({}) end)))  --> false	table: ADDRESS
co = coroutine.create(function() print(coroutine.status(co), coroutine.isyieldable(), coroutine.running() == co, coroutine.resume(co)) print(coroutine.resume(coroutine.create(function() return coroutine.status(co) end))) end)
coroutine.resume(co)  --> running	true	true	false	cannot resume non-suspended coroutine
--> true	normal
co = coroutine.wrap(function() return pcall(function() local x = coroutine.yield("in pcall") error("after " .. x, 0) end) end)
print(co())  --> in pcall
print(co("resume"))  --> false	after resume
co = coroutine.wrap(function() return xpcall(function() coroutine.yield(1) error("E", 0) end, function(m) return "handled " .. m end) end)
print(co())  --> 1
print(co())  --> false	handled E
co = coroutine.wrap(function() return pcall(pcall, pcall, coroutine.yield, "deep") end)
print(co())  --> deep
print(co("back"))  --> true	true	true	back
co = coroutine.wrap(function(...) print(select("#", ...)) local n = select("#", coroutine.yield()) print(n) return end) co() co(nil, nil)
--> 0
--> 2
print(pcall(co))  --> false	cannot resume dead coroutine
print(select("#", coroutine.resume(coroutine.create(function() return nil, nil end))))  --> 3
co = coroutine.create(function() coroutine.yield() end)
coroutine.resume(co)
print(coroutine.close(co), coroutine.status(co), coroutine.resume(co))
--> true	dead	false	cannot resume dead coroutine
print(coroutine.close(co))  --> true
print(coroutine.close(coroutine.create(print)))  --> true
co = coroutine.create(function() error({}) end)
coroutine.resume(co)
print(type(select(2, coroutine.close(co))), coroutine.close(co))  --> table	true
co = coroutine.create(function() error("x", 0) end)
coroutine.resume(co)
print(coroutine.close(co))  --> false	x
print(coroutine.close(co))  --> true
print(pcall(coroutine.close, coroutine.running())) co = coroutine.create(function() return pcall(coroutine.close, co) end)
--> false	cannot close a running coroutine
print(coroutine.resume(co))  --> true	false	cannot close a running coroutine
print(pcall(coroutine.yield, 1))  --> false	attempt to yield from outside a coroutine
print(pcall(coroutine.resume, 1))
--> false	bad argument #1 to 'coroutine.resume' (thread expected, got number)
print(pcall(coroutine.create, 1))
--> false	bad argument #1 to 'coroutine.create' (function expected, got number)
print(pcall(coroutine.wrap))  --> false	bad argument #1 to 'coroutine.wrap' (function expected, got no value)
print(pcall(coroutine.status, {}))
--> false	bad argument #1 to 'coroutine.status' (thread expected, got table)
print(coroutine.isyieldable(coroutine.create(print)), pcall(coroutine.isyieldable, 1))
--> true	false	bad argument #1 to 'coroutine.isyieldable' (thread expected, got number)
local function permute(a, n) n = n or #a if n <= 1 then coroutine.yield(table.concat(a)) else for i = 1, n do a[n], a[i] = a[i], a[n] permute(a, n - 1) a[n], a[i] = a[i], a[n] end end end
local all = {}
for p in coroutine.wrap(function() permute { "a", "b", "c" } end) do all[#all + 1] = p end
print(table.concat(all, " "))  --> bca cba cab acb bac abc
co = coroutine.wrap(function() local t = setmetatable({}, { __index = function(_, k) return coroutine.yield(k) end }) return t.x .. t.y end)
print(co())  --> x
print(co("1"))  --> y
print(co("2"))  --> 12
co = coroutine.wrap(function() for k in function() return coroutine.yield("iter") end do return k end end)
print(co())  --> iter
print(co("K"))  --> K
print(coroutine.resume(coroutine.create(function() table.sort({ 3, 2, 1 }, function(a, b) coroutine.yield() return a < b end) end)))
--> false	attempt to yield across a C-call boundary
print(coroutine.resume(coroutine.create(function() return (("x"):gsub("x", function() coroutine.yield() end)) end)))
--> false	attempt to yield across a C-call boundary
co = coroutine.wrap(function() return load(function() coroutine.yield() return nil end) end)
print(co())  --> nil	attempt to yield across a C-call boundary
local co1, co2 co1 = coroutine.create(function() return coroutine.resume(co2) end) co2 = coroutine.create(function() return coroutine.resume(co1) end)
print(coroutine.resume(co1))  --> true	true	false	cannot resume non-suspended coroutine
co = coroutine.wrap(function() return coroutine.wrap(function() coroutine.yield("inner") return "inner end" end) end)()
print(co(), co())  --> inner	inner end
do local n = 0 local function chain(k) if k == 0 then coroutine.yield("bottom") return 0 end return 1 + chain(k - 1) end local c = coroutine.create(chain) print(coroutine.resume(c, 1000)) print(coroutine.resume(c)) end
--> true	bottom
--> true	1000
co = coroutine.create(function(...) while true do local x = coroutine.yield(...) if x == "stop" then return "stopped" end end end)
for _, v in ipairs { 1, 2, "stop", 3 } do print(coroutine.resume(co, v)) end  --> true	1
--> true	1
--> true	stopped
--> false	cannot resume dead coroutine
print(coroutine.resume(coroutine.create(function() local a <close> = setmetatable({}, { __close = function(_, e) print("closing", e) end }) error("boom", 0) end)))
--> false	boom
print(coroutine.wrap(function() return coroutine.isyieldable() end)(), select("#", coroutine.running()), select(2, coroutine.running()))
--> true	2	true
coroutine.resume(coroutine.wrap(print))  --! bad argument #1 to 'resume' (thread expected, got function)
coroutine.wrap(function() error("in wrap") end)()  --! line:1: in wrap
coroutine.wrap(function() local x = nil; x() end)()  --! line:1: attempt to call a nil value (local 'x')
coroutine.yield()  --! attempt to yield from outside a coroutine
