-- §3.4.5 Logical operators
print(nil and 1, false and 1, 1 and 2, 0 and 3, "" and 4)  --> nil	false	2	3	4
print(nil or 1, false or nil, nil or false, 1 or 2, false or 0)  --> 1	nil	false	1	0
print(not nil, not false, not 0, not "", not not 1, not {})  --> true	true	false	false	true	false
print(nil and error() or "skipped", 1 or error(), false == (nil and true))  --> skipped	1	false
local function f(...) return ... end
print(f(1, 2) and f(3, 4), (f(nil, 1) or f(5, 6)))  --> 3	5
local a, b, c = 1, nil, false
print(a and b, a and c, b or c, c or b, a and b or c, a or b and c, not a == b, not (a == b))
--> nil	false	false	nil	false	1	false	true
print(1 and nil or 2, nil and nil, a and a and a, b or b or a)  --> 2	nil	1	1
local t = {}
t.x = t.x or "default" t.y = t.y and 1 print(t.x, t.y)  --> default	nil
if a and not b or c then print("taken") else print("not taken") end  --> taken
if not (a or b) then print("taken") elseif b == nil and c == false then print("elseif") end  --> elseif
while not b do b = true end print(b)  --> true
repeat local done = a == 1 or c until done print "done"  --> done
print((a and b) == b, (nil or false) == false, 1 == 1 and 2 == 2, 1 < 2 and "yes" or "no", not (1 < 2) and "yes" or "no")
--> true	true	true	yes	no
local x = a and (b and (c or "deep")) print(x)  --> deep
print(false or nil == nil, (2 > 1) == not false)  --> true	true
