-- §6.10 debug.traceback
--? program the frame below the main chunk belongs to the program
local co
print(debug.traceback("msg", 1))  --> msg
--> stack traceback:
--> 	debug_traceback.lua:4: in main chunk
--> 	[C]: in ?
print(type(debug.traceback({})), type(debug.traceback()), debug.traceback(5))  --> table	string	5
--> stack traceback:
--> 	debug_traceback.lua:8: in main chunk
--> 	[C]: in ?
local function level3() print(debug.traceback("deep")) end
local function level2() level3() end
local function level1() level2() end level1() co = coroutine.create(function() local inner = function() coroutine.yield() end inner() end)
--> deep
--> stack traceback:
--> 	debug_traceback.lua:12: in upvalue 'level3'
--> 	debug_traceback.lua:13: in upvalue 'level2'
--> 	debug_traceback.lua:14: in local 'level1'
--> 	debug_traceback.lua:14: in main chunk
--> 	[C]: in ?
coroutine.resume(co)
print(debug.traceback(co))  --> stack traceback:
--> 	[C]: in function 'coroutine.yield'
--> 	debug_traceback.lua:14: in local 'inner'
--> 	debug_traceback.lua:14: in function <debug_traceback.lua:14>
print(debug.traceback(co, "with message"))  --> with message
--> stack traceback:
--> 	[C]: in function 'coroutine.yield'
--> 	debug_traceback.lua:14: in local 'inner'
--> 	debug_traceback.lua:14: in function <debug_traceback.lua:14>
print(debug.traceback(co, nil, 1))  --> stack traceback:
--> 	debug_traceback.lua:14: in local 'inner'
--> 	debug_traceback.lua:14: in function <debug_traceback.lua:14>
print(debug.traceback("level 0", 0))  --> level 0
--> stack traceback:
--> 	[C]: in function 'debug.traceback'
--> 	debug_traceback.lua:35: in main chunk
--> 	[C]: in ?
local function rec(n) if n == 0 then return debug.traceback("long") end local r = rec(n - 1) return r end
print((rec(30)))  --> long
--> stack traceback:
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	...	(skipping 11 levels)
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in upvalue 'rec'
--> 	debug_traceback.lua:40: in local 'rec'
--> 	debug_traceback.lua:41: in main chunk
--> 	[C]: in ?
print(debug.getlocal(co, 1, 1))  --> nil
print(debug.getinfo(co, 1, "l").currentline > 0, debug.getinfo(co, 0, "S").what, debug.getinfo(co, 5))
--> true	C	nil
print(pcall(debug.traceback, co, "m", "x"))
--> false	bad argument #3 to 'debug.traceback' (number expected, got string)
print(debug.traceback(setmetatable({}, { __tostring = function() return "T" end })) ~= nil)  --> true
local tb = function() local s = debug.traceback("tail") return s end
local function tailer() return tb() end
print(tailer())  --> tail
--> stack traceback:
--> 	debug_traceback.lua:71: in function <debug_traceback.lua:71>
--> 	(...tail calls...)
--> 	debug_traceback.lua:73: in main chunk
--> 	[C]: in ?
print(xpcall(function() local z = nil; z() end, debug.traceback))
--> false	debug_traceback.lua:79: attempt to call a nil value (local 'z')
--> stack traceback:
--> 	debug_traceback.lua:79: in function <debug_traceback.lua:79>
--> 	[C]: in function 'xpcall'
--> 	debug_traceback.lua:79: in main chunk
--> 	[C]: in ?
print(xpcall(error, debug.traceback, "as handler"))  --> false	as handler
--> stack traceback:
--> 	[C]: in function 'error'
--> 	[C]: in function 'xpcall'
--> 	debug_traceback.lua:86: in main chunk
--> 	[C]: in ?
print(select("#", debug.traceback("a", 1)))  --> 1
