-- §3.3.4 Control structures, goto (§3.3.4), §3.3.1 blocks
if nil then print(1) elseif false then print(2) elseif 0 then print(3) else print(4) end  --> 3
local i = 0
while true do i = i + 1 if i > 3 then break end end
print(i)  --> 4
repeat local inside = i; i = i - 1 until inside <= 2 print(i)  --> 1
for i = 1, 3 do print(i) end  --> 1
--> 2
--> 3
for i = 3, 1, -1 do print(i) end  --> 3
--> 2
--> 1
for i = 1, 0 do print "never" end
for i = 1, 2, 0.5 do print(i) end  --> 1.0
--> 1.5
--> 2.0
for i = 1.0, 2 do print(i) end  --> 1.0
--> 2.0
for i = 10, 1 do print "never" end
for i = math.maxinteger - 1, math.maxinteger do print(i) end  --> 9223372036854775806
--> 9223372036854775807
for i = math.mininteger, math.mininteger + 2, 2 do print(i) end  --> -9223372036854775808
--> -9223372036854775806
for i = 1, math.huge do if i > 2 then break end print(i) end  --> 1
--> 2
for i = 1, -math.huge do print "never" end
for i = 3, 2.9 do print "never" end
for i = -1, -3.5, -1 do print(i) end  --> -1
--> -2
--> -3
for i = 1, "3" do end  --! none
for i = "1", 3 do end  --! none
for i = 1, 3, "1" do end  --! none
for i = 1, 10, 0 do end  --! 'for' step is zero
for i = 1.5, 10, 0 do end  --! 'for' step is zero
for i = nil, 10 do end  --! bad 'for' initial value (number expected, got nil)
for i = 1, {} do end  --! bad 'for' limit (number expected, got table)
do local n = 0 for i = math.mininteger, math.maxinteger, math.maxinteger do n = n + 1 end print(n) end  --> 3
do local k = 0 for i = 1, 3 do local i = i * 2 k = k + i end print(k) end  --> 12
do local fs = {} for i = 1, 3 do fs[i] = function() i = i + 1 return i end end print(fs[1](), fs[1](), fs[2]()) end
--> 2	3	3
do local fs = {} local j = 0 while j < 3 do j = j + 1 local k = j fs[j] = function() k = k + 10 return k end end print(fs[1](), fs[1](), fs[3]()) end
--> 11	21	13
do local i = 1 ::top:: if i <= 3 then print("goto", i) i = i + 1 goto top end end  --> goto	1
--> goto	2
--> goto	3
for i = 1, 3 do for j = 1, 3 do if j == 2 then goto continue end print(i, j) ::continue:: end end  --> 1	1
--> 1	3
--> 2	1
--> 2	3
--> 3	1
--> 3	3
do goto skip; local x; ::skip:: end
print "a label at the end of a block"  --> a label at the end of a block
do local fs = {} do local i = 1 ::again:: local x = i fs[i] = function() return x end i = i + 1 if i <= 3 then goto again end end print(fs[1](), fs[2](), fs[3]()) end
--> 1	2	3
do ::a:: ::b:: end do ::a:: end
while true do if true then break end end
do local function f() return 1, 2 ; end print(f()) local function g() return end print(g()) end  --> 1	2
-->
do return end  --! none
goto nowhere  --! no visible label 'nowhere' for <goto> at line 1
do goto l end; local x ::l:: print(x)  --! <goto l> at line 1 jumps into the scope of local 'x'
do goto inner end do ::inner:: end  --! no visible label 'inner' for <goto> at line 1
::a:: ::a::  --! label 'a' already defined on line 1
::a:: do ::a:: end  --! label 'a' already defined on line 1
break  --! break outside loop at line 1
if true then break end  --! break outside loop at line 1
function f() break end  --! break outside loop at line 1
while true do local function f() break end end  --! break outside loop at line 1
repeat goto cont; local x = 1 ::cont:: until x  --! <goto cont> at line 1 jumps into the scope of local 'x'
return 1 print(2)  --! <eof> expected near 'print'
if x the print() end  --! 'then' expected near 'the'
while true  --! 'do' expected near <eof>
for i = 1 do end  --! ',' expected near 'do'
for i, j = 1, 2 do end  --! 'in' expected near '='
for 1 = 1, 2 do end  --! <name> expected near '1'
for i = 1, 2, 3, 4 do end  --! 'do' expected near ','
repeat until  --! unexpected symbol near <eof>
else  --! <eof> expected near 'else'
end  --! <eof> expected near 'end'
if true then else elseif x then end  --! 'end' expected near 'elseif'
for i in do end  --! unexpected symbol near 'do'
for a.b in pairs({}) do end  --! '=' or 'in' expected near '.'
