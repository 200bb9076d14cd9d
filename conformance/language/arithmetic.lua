-- §3.4.1 Arithmetic operators
print(1 + 2, 1 + 2.0, 1.5 + 1.5, 10 - 3, 10 - 3.0, 4 * 5, 4 * 5.0)  --> 3	3.0	3.0	7	7.0	20	20.0
print(7 / 2, 6 / 2, 7 // 2, 7.0 // 2, -7 // 2, 7 // -2, -7 // -2, -7.5 // 2)  --> 3.5	3.0	3	3.0	-4	-4	3	-4.0
print(7 % 3, -7 % 3, 7 % -3, -7 % -3, 7.5 % 2, -7.5 % 2, 7.5 % -2, -7.5 % -2)  --> 1	2	-2	-1	1.5	0.5	-0.5	-1.5
print(5 % 0.5, 5.5 % 5, 1e308 % 3, -1 % 1e308, 3 % -math.huge, -3 % math.huge, 0.0 % 1, -0.0 % 1)
--> 0.0	0.5	2.0	1e+308	-inf	inf	0.0	-0.0
print(2 ^ 10, 2 ^ 0.5, (-2) ^ 2, -2 ^ 2, 2 ^ 3 ^ 2, 0 ^ 0, (-8) ^ (1/3) ~= (-8) ^ (1/3))
--> 1024.0	1.4142135623731	4.0	-4.0	512.0	1.0	true
print(1 // 0.0, -1 // 0.0, 0.0 // 0.0 ~= 0.0 // 0.0, 1 / 0, -1 / 0, 1 % math.huge)
--> inf	-inf	true	inf	-inf	1.0
print(math.mininteger // -1, math.mininteger % -1, math.maxinteger // -1, math.mininteger // 1)
--> -9223372036854775808	0	-9223372036854775807	-9223372036854775808
print(math.maxinteger + 1, math.mininteger - 1, math.maxinteger * math.maxinteger, math.mininteger * math.mininteger)
--> -9223372036854775808	9223372036854775807	1	0
print(-math.mininteger, - -3, -0.0, -(0), 0 * -1, 0.0 * -1)  --> -9223372036854775808	3	-0.0	0	0	-0.0
print(3 | 0, 3.0 + 0, 1e15 + 0.5, 2^53 + 1, 2^31 * 2^31)
--> 3	3.0	1e+15	9.007199254741e+15	4.6116860184274e+18
print("10" + 5, "0x10" * 2, "1e1" - 1, " 7 " // 2, "3" ^ 2, -"2", -"2.0", "10" / "2", "7" % "4")
--> 15	32	9.0	3	9.0	-2	-2.0	5.0	3
print("9223372036854775807" + 1, "9223372036854775808" + 0, "1" + "1")
--> -9223372036854775808	9.2233720368548e+18	2
print(math.type("1" + "1"), math.type("1" + 1.0), math.type("1.0" + 1), math.type("0x1p0" + 1))
--> integer	float	float	float
print(1 // 1, 1.0 // 1, 0 // -1, 0.0 // -1, 5 // 3.0, -5 // 3.0)  --> 1	1.0	0	-0.0	1.0	-2.0
print(1e308 + 1e308, -1e308 - 1e308, 1e-320 / 1e10, 5e-324)  --> inf	-inf	0.0	4.9406564584125e-324
local i, f = 7, 7.0
i = i + 1; f = f + 1; print(i, f)  --> 8	8.0
i = i // 3; f = f // 3; print(i, f)  --> 2	2.0
print(i - 0.5, f | 0, i ^ 2, f ^ 2)  --> 1.5	2	4.0	4.0
print(100000000000000 * 100000, 3037000500 * 3037000500)  --> -8446744073709551616	-9223372036709301616
return 1 // 0  --! attempt to divide by zero
return 1 % 0  --! attempt to perform 'n%0'
return "abc" + 1  --! attempt to add a 'string' with a 'number'
return {} + 1  --! attempt to perform arithmetic on a table value
return 1 + nil  --! attempt to perform arithmetic on a nil value
local a = "x" return -a  --! attempt to unm a 'string' with a 'string'
return 2 ^ {}  --! attempt to perform arithmetic on a table value
return 10 // {}  --! attempt to perform arithmetic on a table value
return true + 1  --! attempt to perform arithmetic on a boolean value
local t = {} return t.x.y + 1  --! attempt to index a nil value (field 'x')
local t = {} return t.x + 1  --! attempt to perform arithmetic on a nil value (field 'x')
return undefinedglobal * 2  --! attempt to perform arithmetic on a nil value (global 'undefinedglobal')
local s = "10" return s + {}  --! attempt to add a 'string' with a 'table'
local f = function() end return 1 - f  --! attempt to perform arithmetic on a function value (local 'f')
return "10a" + 1  --! attempt to add a 'string' with a 'number'
return "" + 1  --! attempt to add a 'string' with a 'number'
return "0x" + 1  --! attempt to add a 'string' with a 'number'
return 1 + "1e"  --! attempt to add a 'number' with a 'string'
