-- Names of handlers after a loop that closed a variable
--? program the frame below the main chunk belongs to the program
local H = function(m) return debug.traceback(m, 1) end
print(xpcall(function() local x = num6 % {1} return x end, H))
--> false	names_after_closing.lua:4: attempt to perform arithmetic on a nil value (global 'num6')
--> stack traceback:
--> 	names_after_closing.lua:3: in metamethod 'mod'
--> 	names_after_closing.lua:4: in function <names_after_closing.lua:4>
--> 	[C]: in function 'xpcall'
--> 	names_after_closing.lua:4: in main chunk
--> 	[C]: in ?
print(xpcall(function() local x = num6 % 5 return x end, H))
--> false	names_after_closing.lua:12: attempt to perform arithmetic on a nil value (global 'num6')
--> stack traceback:
--> 	names_after_closing.lua:3: in metamethod 'mod'
--> 	names_after_closing.lua:12: in function <names_after_closing.lua:12>
--> 	[C]: in function 'xpcall'
--> 	names_after_closing.lua:12: in main chunk
--> 	[C]: in ?
print(xpcall(function() local x = num6 + num7 return x end, H))
--> false	names_after_closing.lua:20: attempt to perform arithmetic on a nil value (global 'num6')
--> stack traceback:
--> 	names_after_closing.lua:3: in metamethod 'add'
--> 	names_after_closing.lua:20: in function <names_after_closing.lua:20>
--> 	[C]: in function 'xpcall'
--> 	names_after_closing.lua:20: in main chunk
--> 	[C]: in ?
print(xpcall(function() return pcall(math.fmod, num6 % {"" or 0, "a" or 0}) end, H))
--> false	names_after_closing.lua:28: attempt to perform arithmetic on a nil value (global 'num6')
--> stack traceback:
--> 	names_after_closing.lua:3: in metamethod 'mod'
--> 	names_after_closing.lua:28: in function <names_after_closing.lua:28>
--> 	[C]: in function 'xpcall'
--> 	names_after_closing.lua:28: in main chunk
--> 	[C]: in ?
print(xpcall(function() for a in function() end, 2, 0, setmetatable({}, {__close = function() end}) do end local x = num6 % 5 return x end, H))
--> false	names_after_closing.lua:36: attempt to perform arithmetic on a nil value (global 'num6')
--> stack traceback:
--> 	names_after_closing.lua:3: in metamethod 'mod'
--> 	names_after_closing.lua:36: in function <names_after_closing.lua:36>
--> 	[C]: in function 'xpcall'
--> 	names_after_closing.lua:36: in main chunk
--> 	[C]: in ?
print(xpcall(function() for a in function() end, 2, 0, setmetatable({}, {__close = function() end}) do end local x = num6.x return x end, H))
--> false	names_after_closing.lua:44: attempt to index a nil value (global 'num6')
--> stack traceback:
--> 	names_after_closing.lua:3: in metamethod 'index'
--> 	names_after_closing.lua:44: in function <names_after_closing.lua:44>
--> 	[C]: in function 'xpcall'
--> 	names_after_closing.lua:44: in main chunk
--> 	[C]: in ?
print(xpcall(function() for a in function() end, 2, 0, setmetatable({}, {__close = function() end}) do end local x = (num6 % {"" or 0, 255 or 0}) ~ num5  return x end, H))
--> false	names_after_closing.lua:52: attempt to perform arithmetic on a nil value (global 'num6')
--> stack traceback:
--> 	names_after_closing.lua:3: in metamethod 'mod'
--> 	names_after_closing.lua:52: in function <names_after_closing.lua:52>
--> 	[C]: in function 'xpcall'
--> 	names_after_closing.lua:52: in main chunk
--> 	[C]: in ?
