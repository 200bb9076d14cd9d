-- §6.4 String manipulation: byte, char, len, lower, upper, rep, reverse, sub
print(("hello"):byte())  --> 104
print(("hello"):byte(2))  --> 101
print(("hello"):byte(1, -1))  --> 104	101	108	108	111
print(("hello"):byte(-1))  --> 111
print(("hello"):byte(10))  -->
print(("hello"):byte(0))  -->
print(("hello"):byte(-10, 2))  --> 104	101
print(("hello"):byte(3, 2))  -->
print(("\0\255"):byte(1, 2))  --> 0	255
print(pcall(string.byte))  --> false	bad argument #1 to 'string.byte' (string expected, got no value)
print(pcall(string.byte, {}))  --> false	bad argument #1 to 'string.byte' (string expected, got table)
print(pcall(string.byte, "x", {}))  --> false	bad argument #2 to 'string.byte' (number expected, got table)
print(string.byte(123, 1, 3))  --> 49	50	51
print(("hello"):byte(math.mininteger, math.maxinteger))  --> 104	101	108	108	111
print(string.char(), string.char(72, 105), #string.char(0, 255), string.char("65"))  --> 	Hi	2	A
print(pcall(string.char, 256))  --> false	bad argument #1 to 'string.char' (value out of range)
print(pcall(string.char, -1))  --> false	bad argument #1 to 'string.char' (value out of range)
print(pcall(string.char, 1, "x"))  --> false	bad argument #2 to 'string.char' (number expected, got string)
print(pcall(string.char, 65.5))
--> false	bad argument #1 to 'string.char' (number has no integer representation)
print(("abc"):len(), string.len(""), string.len("\0\0"), string.len(12345))  --> 3	0	2	5
print(pcall(string.len))  --> false	bad argument #1 to 'string.len' (string expected, got no value)
print(pcall(string.len, nil))  --> false	bad argument #1 to 'string.len' (string expected, got nil)
print(("Hello World"):lower(), ("Hello"):upper(), ("\xC0\xE9"):lower() == "\xC0\xE9", ("123"):upper())
--> hello world	HELLO	true	123
print(pcall(string.upper))  --> false	bad argument #1 to 'string.upper' (string expected, got no value)
print(string.lower(12))  --> 12
print(("ab"):rep(3), ("ab"):rep(0), ("ab"):rep(-1), ("ab"):rep(3, ","), ("ab"):rep(1, ","), (""):rep(1000000), ("x"):rep(2, ""))
--> ababab			ab,ab,ab	ab		xx
print(pcall(string.rep, "x"))  --> false	bad argument #2 to 'string.rep' (number expected, got no value)
print(pcall(string.rep, "x", 1 << 40))  --> false	resulting string too large
print(pcall(string.rep, "xx", math.maxinteger))  --> false	resulting string too large
print(pcall(string.rep, "", math.maxinteger, "ab"))  --> false	resulting string too large
print(#("x"):rep(1000, "yy"))  --> 2998
print(pcall(string.rep, {}, 1))  --> false	bad argument #1 to 'string.rep' (string expected, got table)
print(("x"):rep(2.0))  --> xx
print(("hello"):reverse(), (""):reverse(), ("a\0b"):reverse() == "b\0a", string.reverse(123))
--> olleh		true	321
print(("hello"):sub(2), ("hello"):sub(2, 3), ("hello"):sub(-3), ("hello"):sub(-3, -2), ("hello"):sub(0), ("hello"):sub(10), ("hello"):sub(3, 2), ("hello"):sub(-100, 100), ("hello"):sub(2, -2))
--> ello	el	llo	ll	hello			hello	ell
print(("hello"):sub(math.mininteger, math.maxinteger), ("hello"):sub(math.maxinteger), ("hello"):sub(1, math.mininteger))
--> hello
print(pcall(string.sub, "x"))  --> false	bad argument #2 to 'string.sub' (number expected, got no value)
print(pcall(string.sub, "x", 1.5))
--> false	bad argument #2 to 'string.sub' (number has no integer representation)
print(pcall(string.sub, "x", "a"))  --> false	bad argument #2 to 'string.sub' (number expected, got string)
print(("12345"):sub("2", 3.0))  --> 23
print(("x"):len(), ("%d"):format(3), #"abc" == ("abc"):len(), ("a,b"):find(",", 1, true))  --> 1	3	true	2	2
print(("x").y, ("x").len == string.len)  --> nil	true
print(string.len == ("").len, getmetatable("").__index == string)  --> true	true
print(pcall(function() return ("x"):bad() end))
--> false	string_basic.lua:52: attempt to call a nil value (method 'bad')
print(pcall(function() ("x").y = 1 end))
--> false	string_basic.lua:54: attempt to index a string value (constant 'x')
for _, name in ipairs { "__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm", "__idiv" } do print(name, type(getmetatable("")[name])) end
--> __add	function
--> __sub	function
--> __mul	function
--> __div	function
--> __mod	function
--> __pow	function
--> __unm	function
--> __idiv	function
print("10" + 1, "3" * "4", -"2", "7" // 2, "2" ^ 2, "7" % 4, "1" - 1, "1" / 2)  --> 11	12	-2	3	4.0	3	0	0.5
print(pcall(function() return "a" + 1 end))
--> false	string_basic.lua:66: attempt to add a 'string' with a 'number'
print(pcall(function() return 1 + "a" end))
--> false	string_basic.lua:68: attempt to add a 'number' with a 'string'
print(pcall(function() return "1" + {} end))
--> false	string_basic.lua:70: attempt to add a 'string' with a 'table'
print(pcall(function() return {} + "1" end))
--> false	string_basic.lua:72: attempt to add a 'table' with a 'string'
print(pcall(getmetatable("").__add, "1", 2))  --> true	3
print(pcall(getmetatable("").__unm, "x"))  --> false	attempt to unm a 'string' with a 'nil'
print(setmetatable({}, { __add = function(a, b) return "meta " .. tostring(b) end }) + "x", "10" + setmetatable({}, { __add = function(a) return "meta " .. a end }))
--> meta x	meta 10
