-- §2.1 Values and types
print(type(nil), type(true), type(1), type(1.5), type("x"), type(print), type({}), type(coroutine.create(print)), type(io.stdout))
--> nil	boolean	number	number	string	function	table	thread	userdata
print(math.type(1), math.type(1.0), math.type("1"), math.type(nil == nil and 2^53))
--> integer	float	nil	float
print(1 == 1.0, "1" == 1, 0 == -0, 0.0 == -0.0, 1/0 == 1/-0.0, nil == false)
--> true	false	true	true	false	false
print(true and 1 == true, 1 == true, 0 == false)  --> false	false	false
local nan = 0/0
print(nan == nan, nan ~= nan, nan < nan, nan >= nan)  --> false	true	false	false
print(math.maxinteger + 1 == math.mininteger, math.mininteger - 1 == math.maxinteger)  --> true	true
print(math.maxinteger * 2, math.mininteger * -1, -math.mininteger)
--> -2	-9223372036854775808	-9223372036854775808
print(math.maxinteger + 0.0 == 2^63, math.maxinteger + 0.0 == math.maxinteger, 2^53 == 2^53 + 1)
--> true	false	true
print((2^53 | 0) + 1, 2^63 == math.mininteger, -2^63 == math.mininteger)  --> 9007199254740993	false	true
local t = {}
t[1] = "int"; t[1.0] = "float"; t["1"] = "string"; t[true] = "bool"; t[2^53] = "big"
print(t[1], t["1"], t[true], t[2^53 | 0], #t)  --> float	string	bool	big	1
t[1] = nil
print(t[1.0], next({}), rawlen(t))  --> nil	nil	0
for key in pairs({ [1.0] = 1, [2.5] = 2 }) do if math.type(key) == "integer" then print(key) end end  --> 1
print({} == {}, t == t, print == print, "a" .. "b" == "ab")  --> false	true	true	true
t = { [-0.0] = "zero" }
print(t[0], t[0.0])  --> zero	zero
print(pcall(rawset, {}, nan, 1))  --> false	table index is NaN
print(pcall(rawset, {}, nil, 1))  --> false	table index is nil
t = {}
t[nil] = 1  --! attempt to index a nil value (global 't')
expect_error "local t = {} t[0/0] = 1"  --> error: table index is NaN
expect_error "local t = {} t[nil] = 1"  --> error: table index is nil
print(({})[nil], ({})[0/0])  --> nil	nil
print(1e15, 1e16, 1e100, 123456789012345678, 0.1, 1/3, 100.0, -0.0, 1e-5, 2^63, 3.14159265358979)
--> 1e+15	1e+16	1e+100	123456789012345678	0.1	0.33333333333333	100.0	-0.0	1e-05	9.2233720368548e+18	3.1415926535898
print(tostring(1e15), tostring(-1e15), 1e14, 123456.789e3)  --> 1e+15	-1e+15	1e+14	123456789.0
print(math.huge, -math.huge, tostring(nan):gsub("-", ""))  --> inf	-inf	nan	1
print(5 // 0.0, -5 // 0.0, 5 % math.huge, -5 % math.huge, 5.0 // 1, 0.0 / 1)  --> inf	-inf	5.0	inf	5.0	0.0
print(#"", #"\0\0", "a\0b" < "a\0c", "a" < "a\0", "" < "a", "Z" < "a", "\xff" > "a")
--> 0	2	true	true	true	true	true
