-- §3.4.8 Precedence
print(1 + 2 * 3, (1 + 2) * 3, 2 * 3 + 1, 7 - 2 - 1, 2 ^ 3 ^ 2, -2 ^ 2, not 1 == 2, 2 ^ -1)
--> 7	9	7	4	512.0	-4.0	false	0.5
print(1 .. 2 .. 3, 1 + 1 .. 2 + 2, "a" .. "b" == "ab", 1 < 2 == true, "x" < "y" .. "z")
--> 123	24	true	true	true
print(1 << 1 + 1, 1 + 1 << 1, 6 & 3 << 1, 1 | 2 ~ 3 & 4, 5 // 2 * 2, 7 % 4 ^ 2)  --> 4	4	6	3	4	7.0
print(true or false and false, (true or false) and false, not true or true, nil and nil or 1)
--> true	false	true	1
print(- - 2, ~ -1, - ~1, not not true, -#"abc", (#"abc") ^ 2, -3 % 5, (-3) % 5, -(3 % 5))
--> 2	0	2	true	-3	9.0	2	2	-3
print(2 * 3 % 4, 2 + 3 .. "", "5" * 2 .. "", 1 == 1 ~= false, 1 ~ 2 == 3)  --> 2	5	10	true	true
print(1 + 1 == 2 and 2 + 2 == 4, 1 < 2 and 2 < 3, 3 - -3, 3 - - -3, 2 ^ 2 * 3, 2 * 2 ^ 3)
--> true	true	6	0	12.0	16.0
print(1 .. -1, -1 .. 1, 2 ^ 63 == 1 << 63, 0xF ~ 1 << 2, 8 // 3 // 2, 2 / 2 / 2, 100 / 10 * 10)
--> 1-1	-11	false	11	1	0.5	100.0
