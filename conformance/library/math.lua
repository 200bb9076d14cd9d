-- §6.7 Mathematical functions
print(math.abs(-5), math.abs(5.5), math.abs(-0.0), math.abs(math.mininteger), math.abs("-3"))
--> 5	5.5	0.0	-9223372036854775808	3.0
print(pcall(math.abs))  --> false	bad argument #1 to 'math.abs' (number expected, got no value)
print(pcall(math.abs, "x"))  --> false	bad argument #1 to 'math.abs' (number expected, got string)
print(pcall(math.abs, {}))  --> false	bad argument #1 to 'math.abs' (number expected, got table)
print(math.ceil(1.5), math.ceil(-1.5), math.ceil(5), math.ceil(1e100), math.ceil(2^62), math.ceil(-0.5), math.ceil("1.2"))
--> 2	-1	5	1e+100	4611686018427387904	0	2
print(math.floor(1.5), math.floor(-1.5), math.floor(5), math.floor(1e100), math.floor(-2^63), math.floor(2^63), math.floor(-0.0))
--> 1	-2	5	1e+100	-9223372036854775808	9.2233720368548e+18	0
print(math.type(math.floor(1.0)), math.type(math.floor(1e100)), pcall(math.floor, nil))
--> integer	float	false	bad argument #1 to 'math.floor' (number expected, got nil)
print(math.floor(1/0), math.ceil(-1/0))  --> inf	-inf
print(math.max(1, 2.5, -1), math.min(1, 2.5, -1), math.max(3), math.max(1, 1.0), math.max(1.0, 1), math.min(-0.0, 0.0))
--> 2.5	-1	3	1	1.0	-0.0
print(pcall(math.max))  --> false	bad argument #1 to 'math.max' (value expected)
print(pcall(math.min, 1, "x"))  --> false	attempt to compare string with number
print(math.max(2^53, 2^53 | 0), pcall(math.max, "10", 9))
--> 9.007199254741e+15	false	attempt to compare string with number
print(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(7.5, 2), math.fmod(-7.5, 2), math.fmod(1, 1/0), math.fmod(math.mininteger, -1), math.fmod(5, 5.0))
--> 1	-1	1	1.5	-1.5	1.0	0	0.0
print(pcall(math.fmod, 1, 0))  --> false	bad argument #2 to 'math.fmod' (zero)
print(math.fmod(1, 0.0) ~= math.fmod(1, 0.0), pcall(math.fmod, 1))
--> true	false	bad argument #2 to 'math.fmod' (number expected, got no value)
print(math.modf(3.7), math.modf(-3.7), math.modf(5), math.modf(1/0), math.modf(-1/0))  --> 3	-3	5	inf	-inf	0.0
print(math.modf(3.0), select(2, math.modf(0/0)) ~= 0)  --> 3	true
print(math.sqrt(16), math.sqrt(2), math.sqrt(-1) ~= math.sqrt(-1), math.exp(0), math.exp(1), math.log(1), math.log(8, 2), math.log(100, 10), math.log(27, 3), math.log(0), math.log(1024, 2.0), math.log(2, 1/0))
--> 4.0	1.4142135623731	true	1.0	2.718281828459	0.0	3.0	2.0	3.0	-inf	10.0	0.0
print(pcall(math.log))  --> false	bad argument #1 to 'math.log' (number expected, got no value)
print(pcall(math.sqrt, "x"))  --> false	bad argument #1 to 'math.sqrt' (number expected, got string)
print(math.log(2, 0), math.log(-1) ~= math.log(-1), math.log(10, 10), math.log(1e300, 10))
--> -0.0	true	1.0	300.0
print(math.sin(0), math.cos(0), math.tan(0), math.asin(1), math.acos(1), math.atan(1), math.atan(1, 2), math.atan(-1, -1), math.atan(0, -1), math.atan(-0.0, -1), math.atan(1, 0))
--> 0.0	1.0	0.0	1.5707963267949	0.0	0.78539816339745	0.46364760900081	-2.3561944901923	3.1415926535898	-3.1415926535898	1.5707963267949
print(string.format("%.14f %.14f %.14f", math.sin(1), math.cos(1), math.tan(1)), math.rad(180), math.deg(math.pi), math.pi, math.rad(1), math.deg(1))
--> 0.84147098480790 0.54030230586814 1.55740772465490	3.1415926535898	180.0	3.1415926535898	0.017453292519943	57.295779513082
print(math.sin(1e22), math.cos(math.pi), math.asin(2) ~= math.asin(2))  --> -0.85220084976719	-1.0	true
print(pcall(math.sin))  --> false	bad argument #1 to 'math.sin' (number expected, got no value)
print(pcall(math.atan, 1, {}))  --> false	bad argument #2 to 'math.atan' (number expected, got table)
print(math.huge, -math.huge, math.pi, math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger)
--> inf	-inf	3.1415926535898	9223372036854775807	-9223372036854775808	true
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.tointeger("0x10"), math.tointeger("abc"), math.tointeger(2^63), math.tointeger(-2^63), math.tointeger({}), math.tointeger(1/0))
--> 3	nil	8	16	nil	nil	-9223372036854775808	nil	nil
print(pcall(math.tointeger))  --> false	bad argument #1 to 'math.tointeger' (value expected)
print(math.type(1), math.type(1.0), math.type("1"), math.type(nil), pcall(math.type))
--> integer	float	nil	nil	false	bad argument #1 to 'math.type' (value expected)
print(math.ult(1, 2), math.ult(-1, 1), math.ult(1, -1), math.ult(-2, -1), math.ult(0, 0))
--> true	false	true	true	false
print(pcall(math.ult, 1))  --> false	bad argument #2 to 'math.ult' (number expected, got no value)
print(pcall(math.ult, 1.5, 2))  --> false	bad argument #1 to 'math.ult' (number has no integer representation)
math.randomseed(42)
print(math.random(1, 100), math.random(1, 100), math.random(10), math.random(), math.random(0))
--> 50	76	6	0.61731763595847	177101407732369983
math.randomseed(42)
print(math.random(1, 100))  --> 50
math.randomseed(123, 456)
print(math.random(math.mininteger, math.maxinteger), math.random(3, 3), math.random(-10, -5))
--> 1741105992444908205	3	-8
math.randomseed(1.5 // 1)
print(math.random(1 << 40))  --> 1042781277598
math.randomseed(42)
print(math.random())  --> 0.93081217803957
print(math.random(5.0), pcall(math.random, 1.5))
--> 2	false	bad argument #1 to 'math.random' (number has no integer representation)
print(select("#", math.randomseed(7)), math.random(0))  --> 2	-4077065267748579521
print(select("#", math.randomseed()))  --> 2
print(pcall(math.randomseed, 2^70))
--> false	bad argument #1 to 'math.randomseed' (number has no integer representation)
print(pcall(math.random, 0, -1))  --> false	bad argument #1 to 'math.random' (interval is empty)
print(pcall(math.random, 2, 1))  --> false	bad argument #1 to 'math.random' (interval is empty)
print(pcall(math.random, -5))  --> false	bad argument #1 to 'math.random' (interval is empty)
print(pcall(math.random, 1, 2, 3))  --> false	wrong number of arguments
print(pcall(math.random, "x"))  --> false	bad argument #1 to 'math.random' (number expected, got string)
print(pcall(math.randomseed, "x"))
--> false	bad argument #1 to 'math.randomseed' (number expected, got string)
print(math.random(1) == 1, math.random(5, 5))  --> true	5
local r = math.random()
print(r >= 0 and r < 1)  --> true
for i = 1, 100 do local v = math.random(3) assert(v >= 1 and v <= 3) end
print(pcall(math.random, math.mininteger, math.maxinteger) == true)  --> true
math.randomseed(2024, 7)
local seq = {}
for i = 1, 8 do seq[i] = math.random(1000) end
print(table.concat(seq, " "))  --> 861 1 847 445 560 725 582 11
for i = 1, 3 do print(string.format("%.17g", math.random())) end  --> 0.97803752071731509
--> 0.46060189471066537
--> 0.99284670717722878
print(math.random(0), math.random(0) , math.random(1, 2^53 | 0))
--> 8279443955589849537	-7557762768743092209	5196571811073757
