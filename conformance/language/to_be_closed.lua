-- §3.3.8 To-be-closed variables
local function closer(name, fail)
  return setmetatable({}, { __name = "closer", __close = function(_, e)
    print("close " .. name, e)
    if fail then error(fail, 0) end
  end })
end
do local a <close> = closer "a" local b <close> = closer "b" print "body" end  --> body
--> close b	nil
--> close a	nil
do local a <close> = nil local b <close> = false print "nothing to close" end  --> nothing to close
local function f() local x <close> = closer "x" return "result", 2 end
print(f())  --> close x	nil
--> result	2
local function tail() local x <close> = closer "not tail" return f() end
print(tail())  --> close x	nil
--> close not tail	nil
--> result	2
print(pcall(function() local x <close> = closer "on error" error("the error", 0) end))
--> close on error	the error
--> false	the error
print(pcall(function() local x <close> = closer("first", "second error") local y <close> = closer("second", "first error") error("body", 0) end))
--> close second	body
--> close first	first error
--> false	second error
print(pcall(function() local x <close> = closer("only", "from close") return 1 end))  --> close only	nil
--> false	from close
for i = 1, 2 do local x <close> = closer(i) if i == 2 then break end end  --> close 1	nil
--> close 2	nil
do local i = 1 ::again:: do local x <close> = closer("goto " .. i) i = i + 1 if i <= 2 then goto again end end end
--> close goto 1	nil
--> close goto 2	nil
while true do local x <close> = closer "while" do break end end  --> close while	nil
repeat local x <close> = closer "repeat" until x  --> close repeat	nil
local co = coroutine.create(function() local x <close> = closer "co" coroutine.yield(1) print "resumed" end)
print(coroutine.resume(co)) print(coroutine.resume(co))  --> true	1
--> resumed
--> close co	nil
--> true
co = coroutine.create(function() local x <close> = closer "closed co" coroutine.yield() end)
coroutine.resume(co) print(coroutine.close(co), coroutine.status(co))  --> close closed co	nil
--> true	dead
co = coroutine.create(function() local x <close> = closer("bad", "close failed") coroutine.yield() end)
coroutine.resume(co)
print(coroutine.close(co))  --> close bad	nil
--> false	close failed
print(coroutine.close(co))  --> true
co = coroutine.wrap(function() local x <close> = setmetatable({}, { __close = function() coroutine.yield("yield in close") end }) return "end" end)
print(co()) print(co())  --> yield in close
--> end
do local x <close> = closer "reassigned metatable" setmetatable(x, { __close = function() print "new close" end }) end
--> new close
print(pcall(function() local x <close> = closer "xx" setmetatable(x, nil) end))
--> false	to_be_closed.lua:53: attempt to call a nil value (metamethod 'close')
print(pcall(function() local x <close> = setmetatable({}, { __close = 42 }) end))
--> false	to_be_closed.lua:55: attempt to call a number value (metamethod 'close')
print(pcall(function() local x <close> = setmetatable({}, { __close = setmetatable({}, { __call = function(_, v, e) print("callable close", v ~= nil, e) end }) }) error("E", 0) end))
--> callable close	true	E
--> false	E
print(select("#", (function() local x <close> = closer "many" return table.unpack({}, 1, 50) end)()))
--> close many	nil
--> 50
do local t = {} local x <close> = closer "captured" t.f = function() return x end print(t.f() == x) end
--> true
--> close captured	nil
local function nested() local a <close> = closer "outer" local function inner() local b <close> = closer "inner" error("deep", 0) end inner() end
print(pcall(nested))  --> close inner	deep
--> close outer	deep
--> false	deep
print(xpcall(function() local x <close> = closer "x" error("msg", 0) end, function(m) print("handler", m) return m .. "!" end))
--> handler	msg
--> close x	msg!
--> false	msg!
local x <close> = 42  --! variable 'x' got a non-closable value
local x <close> = {}  --! variable 'x' got a non-closable value
local x <close> = "string"  --! variable 'x' got a non-closable value
local mine <close> = print  --! variable 'mine' got a non-closable value
