-- §3.4.4 Relational operators
print(1 < 2, 2 <= 2, 3 > 4, 4 >= 5, 1 == 2, 1 ~= 2)  --> true	true	false	false	false	true
print("a" < "b", "a" <= "a", "abc" < "abd", "abc" < "ab", "" <= "", "a\0b" > "a\0a")
--> true	true	true	false	true	true
print(1 < 1.1, 1.0 <= 1, -1 < 0.0, 1 > 0.9, math.huge > math.maxinteger, -math.huge < math.mininteger)
--> true	true	true	true	true	true
local nan = 0/0
print(1 < nan, 1 > nan, 1 <= nan, nan == nan, nan ~= nan, nan < math.huge)
--> false	false	false	false	true	false
print(nil == nil, nil ~= false, {} ~= {}, print == print, "1" == 1)  --> true	true	true	true	false
print(not (1 > 2), not nil == true, not (nil == true), 1 < 2 == true)  --> true	true	true	true
print(math.maxinteger < 2^63, math.maxinteger <= 2^63, math.maxinteger == 2^63, math.maxinteger > 2^63 - 1024)
--> true	true	false	true
print(2^53 + 1 == 2^53, (1 << 53) + 1 == 2^53, (1 << 53) + 1 > 2^53, (1 << 53) + 1 <= 2^53)
--> true	false	true	false
print(5 < 5.5, 5 <= 5.5, 6 < 5.5, -5 > -5.5, -6 > -5.5)  --> true	true	false	true	false
local big = { 10 }
for i = 1, 300 do if i < 127 then big[i] = i elseif i >= -128 then big[i] = -i end end
print(big[126], big[127], big[300])  --> 126	-127	-300
local x = 5
print(x < 10, x > 10, x <= 5, x >= 5, 10 < x, 10 > x, 5 <= x, 5 >= x, x == 5, x ~= 5, x < 5.5, x > 4.5, 1000000 > x, x < 1e10)
--> true	false	true	true	false	true	true	true	true	false	true	true	true	true
local y = 5.5
print(y < 10, y > 10, y <= 5, y >= 5, 10 < y, 5 <= y, y == 5, y == 5.5, y ~= 5.5)
--> true	false	false	true	false	true	false	true	false
return 1 < "2"  --! attempt to compare number with string
return "a" < 1  --! attempt to compare string with number
return {} < {}  --! attempt to compare two table values
return {} < 1  --! attempt to compare table with number
return nil > 1  --! attempt to compare number with nil
return print <= print  --! attempt to compare two function values
return true < false  --! attempt to compare two boolean values
return 1 >= {}  --! attempt to compare table with number
return "a" >= {}  --! attempt to compare table with string
return io.stdout < io.stdout  --! attempt to compare two FILE* values
return setmetatable({}, {__name = "Mine"}) < 1  --! attempt to compare Mine with number
