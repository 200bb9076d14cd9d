-- §3.4.3 Coercions and conversions
print(1 .. "", 1.0 .. "", -0.0 .. "", 2^63 .. "", 1e100 .. "", 10 .. 20)
--> 1	1.0	-0.0	9.2233720368548e+18	1e+100	1020
print("10" + 1, "0x1p4" + 0, "  5  " * "2", "5." + 0, ".5" + 0, "1e2" + 0, "0x.8" + 0)
--> 11	16.0	10	5.0	0.5	100.0	0.5
print(tonumber("0x"), tonumber("1e"), tonumber("1 2"), tonumber(""), tonumber(" "), tonumber("1_000"), tonumber("inf"), tonumber("nan"))
--> nil	nil	nil	nil	nil	nil	nil	nil
print(tonumber("0x1p-1074"), tonumber("1e-400"), tonumber("1e400"), tonumber("-0x10"), tonumber("- 1"), tonumber("--1"))
--> 4.9406564584125e-324	0.0	inf	-16	nil	nil
print(tonumber("\t\n 12 \v\f\r"), tonumber("12\0"), tonumber("1e+5"), tonumber("1e+"), tonumber("0x1P+2"), tonumber("+1"), tonumber("+-1"))
--> 12	nil	100000.0	nil	4.0	1	nil
print(tonumber("9223372036854775807"), tonumber("9223372036854775808"), tonumber("-9223372036854775808"), tonumber("-9223372036854775809"))
--> 9223372036854775807	9.2233720368548e+18	-9223372036854775808	-9.2233720368548e+18
print(tonumber("0xffffffffffffffffff"), tonumber("0x8000000000000000"), tonumber(("1"):rep(30)), tonumber("0." .. ("0"):rep(30) .. "1"))
--> -1	-9223372036854775808	1.1111111111111e+29	1e-31
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.tointeger("x"), math.tointeger({}), math.tointeger(2^63))
--> 3	nil	8	nil	nil	nil
print(string.rep("x", 3.0), ("x"):rep("2"), #string.rep("ab", 2^2))  --> xxx	xx	8
print(({ "a", "b", "c" })[2.0], select(2.0, "a", "b"), ("abc"):sub(2.0, "3"))  --> b	b	bc
for i = 1, 3.9 do print(i) end  --> 1
--> 2
--> 3
for i = 1.0, 3 do print(i) end  --> 1.0
--> 2.0
--> 3.0
print(1 < 1.5, 1 == 1.0, math.maxinteger < math.maxinteger + 0.0, math.maxinteger + 1.0 > math.maxinteger, 2^53 == 2^53 | 0)
--> true	true	true	true	true
print(math.mininteger <= -2^63, math.mininteger < -2^63, math.maxinteger >= 2^63, -2^63 - 1025 < math.mininteger)
--> true	false	false	true
print("a" < "b", "10" < "9", pcall(function() return 1 < "2" end))
--> true	true	false	coercions.lua:30: attempt to compare number with string
print(string.format("%d", 3.0), string.format("%d", "10"), pcall(string.format, "%d", 3.5))
--> 3	10	false	bad argument #2 to 'string.format' (number has no integer representation)
print(pcall(string.rep, "x", 1.5))
--> false	bad argument #2 to 'string.rep' (number has no integer representation)
print(pcall(string.rep, "x", "1.5"))
--> false	bad argument #2 to 'string.rep' (number has no integer representation)
print(pcall(string.char, "65", 66.0))  --> true	AB
print(#tostring(12345.678), tostring(1e15), tostring(1e14), 2^24, 1e3)  --> 9	1e+15	1e+14	16777216.0	1000.0
print(0x7fffffffffffffff + 0.0, 0x7ffffffffffffc00 + 0.0 == 0x7ffffffffffffc00)  --> 9.2233720368548e+18	true
print(1e308 * 10 == math.huge, -1e308 * 10, tostring(3) == "3", 3 | 0 == 3.0)  --> true	-inf	true	true
