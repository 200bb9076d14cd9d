-- §6.1 Basic functions: assert, error, pcall, select, tonumber, tostring, type, raw access, pairs, next
print(assert(1, 2, 3))  --> 1	2	3
print(pcall(assert, false))  --> false	assertion failed!
print(pcall(assert, nil, "msg"))  --> false	msg
print(pcall(assert, false, { 1 } ~= nil))  --> false	true
print(pcall(assert))  --> false	bad argument #1 to 'assert' (value expected)
print(select("#", pcall(assert, false, nil)))  --> 2
print(pcall(error))  --> false	nil
print(pcall(error, nil))  --> false	nil
print(pcall(error, "m"))  --> false	m
print(pcall(error, "m", 0))  --> false	m
print(pcall(error, "m", 1))  --> false	m
print(pcall(error, "m", 2))  --> false	basic.lua:13: m
print(pcall(error, 42))  --> false	42
print(type(select(2, pcall(error, {}))))  --> table
local function lvl(n) error("level", n) end
local function caller(n) lvl(n) end
print(pcall(caller, 0))  --> false	level
print(pcall(caller, 1))  --> false	basic.lua:16: level
print(pcall(caller, 2))  --> false	basic.lua:17: level
print(pcall(caller, 3))  --> false	level
print(pcall(caller, 100))  --> false	level
print(pcall(caller, -1))  --> false	level
print(pcall(function(...) return select("#", ...), ... end, 1, nil, nil))  --> true	3	1	nil	nil
print(pcall(pcall))  --> false	bad argument #1 to 'pcall' (value expected)
print(pcall(pcall))  --> false	bad argument #1 to 'pcall' (value expected)
print(pcall(pcall, error))  --> true	false	nil
print(pcall(nil))  --> false	attempt to call a nil value
print(pcall(1, 2))  --> false	attempt to call a number value
print(pcall(pcall, pcall, error, "e"))  --> true	true	false	e
print(xpcall(function(a, b) return a + b end, print, 1, 2))  --> true	3
print(xpcall(error, function(m) return "<" .. m .. ">" end, "E", 0))  --> false	<E>
print(pcall(xpcall))  --> false	bad argument #2 to 'xpcall' (function expected, got no value)
print(pcall(xpcall, print))  --> false	bad argument #2 to 'xpcall' (function expected, got no value)
print(pcall(xpcall, print, nil, "arg"))  --> false	bad argument #2 to 'xpcall' (function expected, got nil)
print(xpcall(error, function(m) error(m) end, "E"))  --> false	error in error handling
print(pcall(xpcall, error, 42, "E"))  --> false	bad argument #2 to 'xpcall' (function expected, got number)
print(xpcall(function() local x = nil; x() end, function(m) return (m:gsub("^.-:%d+: ", "")) end))
--> false	attempt to call a nil value (local 'x')
print(select("#", xpcall(error, function() return 1, 2, 3 end)))  --> 2
print(select(1, "a", "b"))  --> a	b
print(select(-1, "a", "b"))  --> b
print(select(-2, "a", "b"))  --> a	b
print(select(3, "a", "b"))  -->
print(select("#"))  --> 0
print(pcall(select, 0))  --> false	bad argument #1 to 'select' (index out of range)
print(pcall(select, -3, 1, 2))  --> false	bad argument #1 to 'select' (index out of range)
print(pcall(select))  --> false	bad argument #1 to 'select' (number expected, got no value)
print(pcall(select, "x"))  --> false	bad argument #1 to 'select' (number expected, got string)
print(pcall(select, 1.5))  --> false	bad argument #1 to 'select' (number has no integer representation)
print(select("2", "a", "b"))  --> b
print(tonumber("10"), tonumber("0x1F"), tonumber("  12  "), tonumber("1e1"), tonumber("abc"), tonumber(""), tonumber(nil), tonumber({}), tonumber(true), tonumber(5.5))
--> 10	31	12	10.0	nil	nil	nil	nil	nil	5.5
print(tonumber("10", 2), tonumber("ff", 16), tonumber("FF", 16), tonumber("zz", 36), tonumber("8", 8), tonumber("-7", 8), tonumber(" 11 ", 2), tonumber("1.0", 10), tonumber("", 10), tonumber("7fffffffffffffff", 16), tonumber("ffffffffffffffff", 16), tonumber("1ffffffffffffffff", 16))
--> 2	255	255	1295	nil	-7	3	nil	nil	9223372036854775807	-1	-1
print(pcall(tonumber))  --> false	bad argument #1 to 'tonumber' (value expected)
print(pcall(tonumber, "1", 1))  --> false	bad argument #2 to 'tonumber' (base out of range)
print(pcall(tonumber, "1", 37))  --> false	bad argument #2 to 'tonumber' (base out of range)
print(pcall(tonumber, 1, 10))  --> false	bad argument #1 to 'tonumber' (string expected, got number)
print(pcall(tonumber, {}, 10))  --> false	bad argument #1 to 'tonumber' (string expected, got table)
print(pcall(tonumber, "1", "x"))  --> false	bad argument #2 to 'tonumber' (number expected, got string)
print(tonumber("1", "10"), tonumber("1e1", 16), tonumber("- 1", 10), tonumber("--1", 10), tonumber("1 1", 10))
--> 1	481	nil	nil	nil
print(tostring(nil), tostring(true), tostring(12), tostring(1.5), tostring("s"), tostring(-0.0), tostring(1e100), tostring(2^63), tostring(1/0), tostring(-1/0))
--> nil	true	12	1.5	s	-0.0	1e+100	9.2233720368548e+18	inf	-inf
print(pcall(tostring))  --> false	bad argument #1 to 'tostring' (value expected)
print((tostring(print):gsub("0x%x+", "PTR")))  --> function: PTR
print((tostring({}):gsub("0x%x+", "PTR")))  --> table: PTR
print(type(1), type(nil), pcall(type))  --> number	nil	false	bad argument #1 to 'type' (value expected)
print(rawequal(1, 1.0), rawequal("a", "a"), rawequal({}, {}), pcall(rawequal, 1))
--> true	true	false	false	bad argument #2 to 'rawequal' (value expected)
print(rawlen({ 1, 2 }), rawlen("abc"))  --> 2	3
print(pcall(rawlen, 5))  --> false	bad argument #1 to 'rawlen' (table or string expected, got number)
print(pcall(rawlen))  --> false	bad argument #1 to 'rawlen' (table or string expected, got no value)
print(rawget({ x = 1 }, "x"), pcall(rawget, 1, 2))
--> 1	false	bad argument #1 to 'rawget' (table expected, got number)
print(pcall(rawget, {}))  --> false	bad argument #2 to 'rawget' (value expected)
print(rawset({}, "k", "v").k, pcall(rawset, {}, 1))  --> v	false	bad argument #3 to 'rawset' (value expected)
print(pcall(rawset, 1, 2, 3))  --> false	bad argument #1 to 'rawset' (table expected, got number)
print(getmetatable({}), getmetatable("").__name, pcall(getmetatable))
--> nil	nil	false	bad argument #1 to 'getmetatable' (value expected)
print(setmetatable({}, nil) ~= nil, pcall(setmetatable, {}))
--> true	false	bad argument #2 to 'setmetatable' (nil or table expected, got no value)
print(pcall(setmetatable, {}, 1))
--> false	bad argument #2 to 'setmetatable' (nil or table expected, got number)
print(next({}), next({ 5 }), next({ 5 }, 1))  --> nil	1	nil
print(pcall(next, {}, 1))  --> false	invalid key to 'next'
print(pcall(next, {}, "nokey"))  --> false	invalid key to 'next'
print(pcall(next))  --> false	bad argument #1 to 'next' (table expected, got no value)
print(pcall(next, 1))  --> false	bad argument #1 to 'next' (table expected, got number)
print(type(next), select("#", next({})))  --> function	1
print(pcall(next, { 1 }, 2))  --> false	invalid key to 'next'
print(pcall(ipairs))  --> false	bad argument #1 to 'ipairs' (value expected)
print(select("#", ipairs({})), select(3, ipairs({})))  --> 3	0
print(ipairs({}) == ipairs({}), pcall(ipairs, nil))  --> true	true	function: ADDRESS	nil	0
print(pcall(pairs))  --> false	bad argument #1 to 'pairs' (value expected)
print(pcall(pairs, nil))  --> true	function: ADDRESS	nil	nil
print(select("#", pairs({})), pairs({}) == next, select(3, pairs({})))  --> 3	true	nil
print(pairs(setmetatable({}, { __pairs = function(t) return 1, 2, 3, 4 end })))  --> 1	2	3
print(select("#", pairs(setmetatable({}, { __pairs = function() end }))))  --> 3
print(_VERSION, _G._G == _G, print == _G.print)  --> Lua 5.4	true	true
print()  -->
print(nil, false, 1, 1.0, "a\0b" == "a\0b")  --> nil	false	1	1.0	true
print(1, nil)  --> 1	nil
print((print("inner")))  --> inner
--> nil
print(select("#", print()))  -->
--> 0
print(tostring(setmetatable({}, { __tostring = function() return "custom" end })), setmetatable({}, { __tostring = function() return "via print" end }))
--> custom	via print
print(pcall(print, setmetatable({}, { __tostring = function() return 1 end })))  --> 1
--> true
print(pcall(print, setmetatable({}, { __tostring = function() error("in tostring", 0) end })))
--> false	in tostring
print(pcall(tostring, setmetatable({}, { __tostring = true })))  --> false	attempt to call a boolean value
warn("@off")
warn("not", " shown")
print(pcall(warn))  --> false	bad argument #1 to 'warn' (string expected, got no value)
print(pcall(warn, 1, {}))  --> false	bad argument #2 to 'warn' (string expected, got table)
print(pcall(warn, nil))  --> false	bad argument #1 to 'warn' (string expected, got nil)
print(select("#", warn("@off")))  --> 0
print(collectgarbage("count") > 0, collectgarbage("isrunning"))  --> true	true
print(rawequal(getmetatable("a").__index, string), #_VERSION, pcall(load, nil))
--> true	7	false	bad argument #1 to 'load' (function expected, got nil)
