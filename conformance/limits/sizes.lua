-- Limits of values: integers, strings, tables, concatenation
print(math.maxinteger, math.mininteger, math.maxinteger // 1 | 0, #tostring(math.mininteger))
--> 9223372036854775807	-9223372036854775808	9223372036854775807	20
print(9223372036854775807 + 1 == math.mininteger, 0x8000000000000000 == math.mininteger, -9223372036854775808, 9223372036854775808)
--> true	true	-9.2233720368548e+18	9.2233720368548e+18
for i = math.maxinteger - 2, math.maxinteger do print(i) end  --> 9223372036854775805
--> 9223372036854775806
--> 9223372036854775807
for i = math.mininteger + 1, math.mininteger, -1 do print(i) end  --> -9223372036854775807
--> -9223372036854775808
local n = 0
for i = math.maxinteger, math.mininteger, math.mininteger do n = n + 1 end
print(n)  --> 2
for i = 1, 3, math.maxinteger do print(i) end  --> 1
for i = 3, 1, math.mininteger do print(i) end  --> 3
for i = 0.1, 0.35, 0.1 do print(i) end  --> 0.1
--> 0.2
--> 0.3
local big = ("x"):rep(1 << 20)
print(#big, #(big .. big), big == ("x"):rep(1 << 20), big < big .. "a")  --> 1048576	2097152	true	true
print(pcall(string.rep, "x", 1 << 62))  --> false	resulting string too large
print(pcall(string.rep, "abc", 1 << 61, "d"))  --> false	resulting string too large
print(pcall(function() return big:rep(1 << 45) end))  --> false	sizes.lua:23: resulting string too large
local parts = {}
for i = 1, 10000 do parts[i] = i end
print(#table.concat(parts), #table.concat(parts, ", "))  --> 38894	58892
local t = {}
for i = 1, 100000 do t[i] = i end
print(#t)  --> 100000
for i = 100000, 1, -1 do t[i] = nil end
print(#t, next(t)) t[1 << 40] = "far" t[-5] = "negative" t[math.maxinteger] = "max" t[math.mininteger] = "min"
--> 0	nil
print(t[1 << 40], t[-5], t[math.maxinteger], t[math.mininteger], #t) t = {}  --> far	negative	max	min	0
for i = 1, 1000 do t["k" .. i] = i end
local c = 0
for _ in pairs(t) do c = c + 1 end
print(c)  --> 1000
for i = 1, 1000 do t["k" .. i] = nil end
print(next(t)) t = { n = 1 }  --> nil
for i = 10, 1, -1 do t[i] = i end
print(#t) t = table.pack(table.unpack({}, 1, 200))  --> 10
print(t.n, #t)  --> 200	0
local s = ""
for i = 1, 2000 do s = s .. "y" end
print(#s) s = ("a"):rep(100)  --> 2000
print(#(s .. s .. s .. s .. s .. s .. s .. s .. s .. s))  --> 1000
print(#load("return '" .. ("z"):rep(100000) .. "'")())  --> 100000
print(#load("return [[" .. ("\n"):rep(70000) .. "]]")())  --> 69999
print(debug.getinfo(load(("\n"):rep(70000) .. "return function() end")(), "S").linedefined)  --> 70001
print(tostring(2^1023 * 2), 2^1023, -2^1023 * 2, 5e-324, 5e-324 / 2, 2^-1074)
--> inf	8.9884656743116e+307	-inf	4.9406564584125e-324	0.0	4.9406564584125e-324
print(string.format("%.0f", 2^1000):len(), string.format("%d", math.maxinteger))  --> 302	9223372036854775807
print(1e308 + 1e308 == math.huge, math.huge - math.huge ~= math.huge - math.huge)  --> true	true
print(tonumber(("9"):rep(400)), tonumber("0x" .. ("f"):rep(400)), tonumber("1e" .. ("9"):rep(30)), tonumber("0." .. ("0"):rep(400) .. "1e400"))
--> inf	-1	inf	0.1
print(pcall(table.concat, { [1] = "x" }, "", 1, 2))
--> false	invalid value (nil) at index 2 in table for 'concat'
print(#string.format("%s%s", big, big))  --> 2097152
print(pcall(table.insert, setmetatable({}, { __len = function() return math.maxinteger end }), 1))  --> true
print(string.rep("ab", 3, ("-"):rep(3)))  --> ab---ab---ab
