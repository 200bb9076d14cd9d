-- §3.4.2 Bitwise operators
print(0xF0 & 0x3C, 0xF0 | 0x0F, 0xFF ~ 0x0F, ~0, ~5, 1 << 4, 256 >> 4)  --> 48	255	240	-1	-6	16	16
print(-1 >> 1, -1 >> 63, -1 << 63, 1 << 63, 1 << 64, 1 >> 64, -1 >> 64, 1 << -1, 2 >> -1, 1 << 100, -1 << -64)
--> 9223372036854775807	1	-9223372036854775808	-9223372036854775808	0	0	0	0	4	0	0
print(3.0 & 1, 2^53 | 0, 1 | 2.0, ~3.0)  --> 1	9007199254740992	3	-4
print(1 << 62, 1 << 63 == math.mininteger, math.mininteger >> 63, math.maxinteger << 1)
--> 4611686018427387904	true	1	-2
print(5 & 3 | 8 ~ 1, 1 | 2 & 3, 1 << 2 + 1, ~1 + 1, 2 ~ 3 | 4)  --> 9	3	8	-1	5
print(0xffffffffffffffff & 0xff, math.mininteger | math.maxinteger, -1 ~ -1)  --> 255	-1	0
return 1.5 & 1  --! number has no integer representation
return 2^63 | 0  --! number has no integer representation
return "1.5" | 0  --! attempt to perform bitwise operation on a string value (constant '1.5')
return "abc" | 0  --! attempt to perform bitwise operation on a string value (constant 'abc')
return {} | 0  --! attempt to perform bitwise operation on a table value
return 1 ~ nil  --! attempt to perform bitwise operation on a nil value
return ~{}  --! attempt to perform bitwise operation on a table value
return 1 << 1.5  --! number has no integer representation
return (0/0) | 0  --! number has no integer representation
return math.huge >> 1  --! number (field 'huge') has no integer representation
local a = 1.5 return a & 1  --! number (local 'a') has no integer representation
local t = {x = 1.5} return t.x & 1  --! number (field 'x') has no integer representation
return "9223372036854775808" | 0  --! attempt to perform bitwise operation on a string value (constant '9223372036854775808')
return 1 & "x"  --! attempt to perform bitwise operation on a string value (constant 'x')
return "3" & 1  --! attempt to perform bitwise operation on a string value (constant '3')
return 1 | "0xff"  --! attempt to perform bitwise operation on a string value (constant '0xff')
return ~"1"  --! attempt to perform bitwise operation on a string value (constant '1')
local s = "2" return s << s  --! attempt to perform bitwise operation on a string value (local 's')
