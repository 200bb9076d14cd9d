-- §6.10 The debug library
local function info(f, what) local i = debug.getinfo(f, what) local keys = {} for k in pairs(i) do keys[#keys + 1] = k end table.sort(keys) return table.concat(keys, " ") end
print(info(1))
--> currentline ftransfer func istailcall isvararg lastlinedefined linedefined name namewhat nparams ntransfer nups short_src source what
print(info(type, "n"), info(type, "S"), info(1, "l"), info(1, "u"), info(1, "t"), info(1, "f"), info(1, "L"), info(1, "r"), info(1, ""))
--> namewhat	lastlinedefined linedefined short_src source what	currentline	isvararg nparams nups	istailcall	func	activelines	ftransfer ntransfer
local function sample(a, b, ...) local i = debug.getinfo(1, "nSlutfr") return i.name, i.namewhat, i.what, i.short_src, i.source, i.linedefined, i.lastlinedefined, i.currentline, i.nups, i.nparams, i.isvararg, i.istailcall, i.func == sample, i.ftransfer, i.ntransfer end
print(sample(1))  --> sample	local	Lua	debug.lua	@debug.lua	7	7	7	2	2	true	false	true	0	0
local i = debug.getinfo(type)
print(i.what, i.short_src, i.source, i.linedefined, i.lastlinedefined, i.currentline, i.nups >= 0, i.nparams, i.isvararg, i.name) i = debug.getinfo(1, "S")
--> C	[C]	=[C]	-1	-1	-1	true	0	true	nil
print(i.what, i.linedefined, i.lastlinedefined)  --> main	0	0
print(debug.getinfo(100))  --> nil
print(pcall(debug.getinfo))  --> false	bad argument #1 to 'debug.getinfo' (number expected, got no value)
print(pcall(debug.getinfo, 1, "x"))  --> false	bad argument #2 to 'debug.getinfo' (invalid option)
print(pcall(debug.getinfo, 1, ">S"))  --> false	bad argument #2 to 'debug.getinfo' (invalid option '>')
print(pcall(debug.getinfo, {}))  --> false	bad argument #1 to 'debug.getinfo' (number expected, got table)
print(pcall(debug.getinfo, "x"))  --> false	bad argument #1 to 'debug.getinfo' (number expected, got string)
print(debug.getinfo(-1))  --> nil
print(debug.getinfo(0, "n").name, debug.getinfo(0, "S").what)  --> getinfo	C
local function two_lines()
  local x = 1
  return x
end
local lines = {}
for l in pairs(debug.getinfo(two_lines, "L").activelines) do lines[#lines + 1] = l - debug.getinfo(two_lines, "S").linedefined end
table.sort(lines)
print(table.concat(lines, " "))  --> 1 2 3
print(debug.getinfo(type, "L").activelines)  --> nil
local t = { m = function() return debug.getinfo(1, "n") end }
local n = t.m()
print(n.name, n.namewhat) n = t:m()  --> m	field
print(n.name, n.namewhat)  --> m	method
function gfun() return debug.getinfo(1, "n") end n = gfun()
print(n.name, n.namewhat) n = (function() local r = debug.getinfo(1, "n") return r end)()  --> gfun	global
print(n.name, n.namewhat)  --> nil
local up = function() local r = debug.getinfo(1, "n") return r end
local function useup() local r = up() return r end n = useup()
print(n.name, n.namewhat) n = setmetatable({}, { __index = function() local r = debug.getinfo(1, "n") return r end }).x
--> up	upvalue
print(n.name, n.namewhat) n = setmetatable({}, { __add = function() local r = debug.getinfo(1, "n") return r end }) + 1
--> index	metamethod
print(n.name, n.namewhat)  --> add	metamethod
for r in function(_, c) if not c then return debug.getinfo(1, "n") end end do print(r.name, r.namewhat) end
--> for iterator	for iterator
local function tail() return debug.getinfo(1, "nt") end
local function calls_tail() return tail() end n = calls_tail()
print(n.name, n.namewhat, n.istailcall)  --> nil		true
local function locals(a, b, ...) local c = 3 do local hidden = 4 end local names = {} for k = 1, 10 do local name, v = debug.getlocal(1, k) if not name then break end names[#names + 1] = name .. "=" .. type(v) end names[#names + 1] = tostring(debug.getlocal(1, -1)) .. tostring(select(2, debug.getlocal(1, -2))) return table.concat(names, " ") end
print(locals(1, 2, "v1", "v2"))
--> a=number b=number c=number names=table (for state)=number (for state)=number (for state)=number k=number (vararg)v2
print(debug.getlocal(locals, 1), debug.getlocal(locals, 2), debug.getlocal(locals, 3), debug.getlocal(type, 1))
--> a	b	nil	nil
print(pcall(debug.getlocal, 100, 1))  --> false	bad argument #1 to 'debug.getlocal' (level out of range)
print(pcall(debug.getlocal))  --> false	bad argument #2 to 'debug.getlocal' (number expected, got no value)
print(pcall(debug.getlocal, 1, "x"))
--> false	bad argument #2 to 'debug.getlocal' (number expected, got string)
local function setl() local v = 1 print(debug.setlocal(1, 1, 99), v) print(debug.setlocal(1, 50, 1)) end setl()
--> v	99
--> nil
print(pcall(debug.setlocal, 100, 1, 1))  --> false	bad argument #1 to 'debug.setlocal' (level out of range)
local function setva(...) debug.setlocal(1, -1, "new") return ... end
print(setva("old", "b"))  --> new	b
local u1, u2 = 10, 20
local function ups() return u1, u2, type end
print(debug.getupvalue(ups, 1))  --> u1	10
print(debug.getupvalue(ups, 2))  --> u2	20
print(debug.getupvalue(ups, 3))  --> _ENV	table: ADDRESS
print(debug.getupvalue(ups, 4))  -->
print(debug.setupvalue(ups, 1, 11), u1, debug.setupvalue(ups, 9, 1))  --> u1	11
print(pcall(debug.getupvalue, 1, 1))
--> false	bad argument #1 to 'debug.getupvalue' (function expected, got number)
print(debug.getupvalue(string.gmatch("x", "x"), 1))  --> 	x
local function ups2() return u2 end
print(debug.upvalueid(ups, 2) == debug.upvalueid(ups2, 1), debug.upvalueid(ups, 1) == debug.upvalueid(ups, 2), type(debug.upvalueid(ups, 1)), debug.upvalueid(ups, 9))
--> true	false	userdata	nil
debug.upvaluejoin(ups, 1, ups2, 1)
print((ups()))  --> 20
print(pcall(debug.upvaluejoin, ups, 9, ups2, 1))
--> false	bad argument #2 to 'debug.upvaluejoin' (invalid upvalue index)
print(pcall(debug.upvaluejoin, type, 1, ups2, 1))
--> false	bad argument #2 to 'debug.upvaluejoin' (invalid upvalue index)
print(pcall(debug.upvalueid, 5, 1))
--> false	bad argument #1 to 'debug.upvalueid' (function expected, got number)
print(pcall(debug.setupvalue, type, 1))  --> false	bad argument #3 to 'debug.setupvalue' (value expected)
print(debug.upvalueid(type, 1))  --> nil
print(type(debug.getregistry()), debug.getregistry()[1] == coroutine.running(), debug.getregistry()[2] == _G, type(debug.getregistry()._LOADED))
--> table	true	true	table
print(debug.getmetatable("").__index == string, debug.getmetatable(1), pcall(debug.getmetatable))
--> true	nil	false	bad argument #1 to 'debug.getmetatable' (value expected)
print(debug.setmetatable(1, { __index = { half = function(x) return x / 2 end } }), (5):half(), debug.setmetatable(1, nil))
--> 1	2.5	1
print(debug.setmetatable(nil, { __index = function() return "nil index" end }) == nil, (nil).x, debug.setmetatable(nil, nil))
--> true	nil index	nil
debug.setmetatable(type, { __concat = function() return "fn concat" end })
print(type .. "x")  --> fn concat
debug.setmetatable(type, nil)
debug.setmetatable(true, { __tostring = function(b) return "B" end })
print(tostring(true))  --> B
debug.setmetatable(true, nil)
print(pcall(debug.setmetatable, {}, 5))
--> false	bad argument #2 to 'debug.setmetatable' (nil or table expected, got number)
print(pcall(debug.setmetatable, {}))
--> false	bad argument #2 to 'debug.setmetatable' (nil or table expected, got no value)
print(debug.getuservalue(io.stdout, 1), debug.getuservalue(1), debug.getuservalue({}, 1))  --> nil	nil	nil
print(pcall(debug.setuservalue, {}, 1))
--> false	bad argument #1 to 'debug.setuservalue' (userdata expected, got table)
print(debug.setuservalue(io.stdout, 1, 1))  --> nil
print(debug.setcstacklimit(200))  --> 200
print(pcall(debug.setcstacklimit))
--> false	bad argument #1 to 'debug.setcstacklimit' (number expected, got no value)
local log = {}
local function hook(event, line) log[#log + 1] = event .. (line and ":" .. (line - debug.getinfo(1, "S").linedefined) or "") end
debug.sethook(hook, "l")
local x = 1
local y = 2
debug.sethook()
print(table.concat(log, " ")) log = {}  --> line:2 line:3 line:4
local function callee() return 1 end
local function caller() return callee() end
debug.sethook(function(e) local i = debug.getinfo(2, "n") log[#log + 1] = e .. " " .. tostring(i.name) end, "cr") caller()
debug.sethook()
print(table.concat(log, ", "))  --> return sethook, call caller, tail call nil, return nil, call sethook
local count = 0
debug.sethook(function() count = count + 1 end, "", 100)
for k = 1, 10000 do end
debug.sethook()
print(count >= 99, count <= 110)  --> true	true
print(debug.gethook())  --> nil
debug.sethook(hook, "crl", 5)
print(select(2, debug.gethook()), select(3, debug.gethook()), debug.gethook() == hook)  --> crl	5	true
debug.sethook()
print(pcall(debug.sethook, 1, "l"))
--> false	bad argument #1 to 'debug.sethook' (function expected, got number)
print(pcall(debug.sethook, type))
--> false	bad argument #2 to 'debug.sethook' (string expected, got no value)
local co = coroutine.create(function() local a = 1 coroutine.yield() local b = 2 end) log = {}
debug.sethook(co, hook, "l")
coroutine.resume(co)
print(#log > 0, debug.gethook(co) == hook, debug.gethook())  --> true	true	nil
debug.sethook(co)
