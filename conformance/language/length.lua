-- §3.4.7 The length operator
print(#"abc", #"", #"\0\0\0", #{}, #{ 1, 2, 3 }, #{ 1, 2, nil }, #{ n = 1 })  --> 3	0	3	0	3	2	0
local t = { 10, 20, 30 } t[4] = 40
print(#t) t[#t] = nil  --> 4
print(#t) t[#t + 1] = 5  --> 3
print(#t)  --> 4
print(#setmetatable({}, { __len = function() return 42 end }), #setmetatable({ 1 }, { __len = function() return "len" end }))
--> 42	len
print(rawlen(setmetatable({ 1, 2 }, { __len = function() return 42 end })))  --> 2
local empty = { nil, nil, 3 }
local border = #empty
print(border == 0 or border == 3)  --> true
t = {}
for i = 1, 100 do t[i] = i end
for i = 100, 51, -1 do t[i] = nil end
print(#t)  --> 50
t = { n = 1, [1] = "a", [2] = "b", [4] = "d" }
print(#t == 2 or #t == 4)  --> true
print(#"été", -#"abc", #"abc" + 1)  --> 5	-3	4
print(#table.pack(1, nil, 3) >= 0, table.pack(1, nil, 3).n, select("#", nil, nil))  --> true	3	2
return #nil  --! attempt to get length of a nil value
return #1  --! attempt to get length of a number value
return #print  --! attempt to get length of a function value (global 'print')
local a = true return #a  --! attempt to get length of a boolean value (local 'a')
local t = {} return #t.x  --! attempt to get length of a nil value (field 'x')
return #undefinedname  --! attempt to get length of a nil value (global 'undefinedname')
