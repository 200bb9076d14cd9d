-- §6.6 Table manipulation
print(table.concat({}), table.concat({ 1, 2, 3 }), table.concat({ 1, 2, 3 }, ", "), table.concat({ 1, 2, 3 }, ", ", 2), table.concat({ 1, 2, 3 }, ", ", 2, 3), table.concat({ 1, 2, 3 }, ", ", 3, 2), table.concat({ "a", 1.5, 2^53 }, "-"), table.concat({ [5] = "x" }, ",", 5, 5))
--> 	123	1, 2, 3	2, 3	2, 3		a-1.5-9.007199254741e+15	x
print(pcall(table.concat, { 1, {}, 3 }))  --> false	invalid value (table) at index 2 in table for 'concat'
print(pcall(table.concat, { 1, nil, 3 }, ",", 1, 3))
--> false	invalid value (nil) at index 2 in table for 'concat'
print(pcall(table.concat, 1))  --> false	bad argument #1 to 'table.concat' (table expected, got number)
print(pcall(table.concat, {}, {}))  --> false	bad argument #2 to 'table.concat' (string expected, got table)
print(pcall(table.concat, { true }))  --> false	invalid value (boolean) at index 1 in table for 'concat'
print(pcall(table.concat, {}, "", 1, 1))  --> false	invalid value (nil) at index 1 in table for 'concat'
print(table.concat(setmetatable({}, { __index = function(_, i) return "v" .. i end, __len = function() return 3 end }), " "))
--> v1 v2 v3
print(pcall(table.concat, {}, "x", math.maxinteger, math.maxinteger))
--> false	invalid value (nil) at index 9223372036854775807 in table for 'concat'
print(table.concat({}, "x", math.maxinteger, math.mininteger))  -->
local t = { 1, 2, 3 }
table.insert(t, 4)
table.insert(t, 1, 0)
table.insert(t, #t + 1, 5)
print(table.concat(t, " "))  --> 0 1 2 3 4 5
print(pcall(table.insert, t, 0, 1))  --> false	bad argument #2 to 'table.insert' (position out of bounds)
print(pcall(table.insert, t, 9, 1))  --> false	bad argument #2 to 'table.insert' (position out of bounds)
print(pcall(table.insert, t))  --> false	wrong number of arguments to 'insert'
print(pcall(table.insert, t, 1, 2, 3))  --> false	wrong number of arguments to 'insert'
print(pcall(table.insert, nil, 1))  --> false	bad argument #1 to 'table.insert' (table expected, got nil)
print(pcall(table.insert, t, "x", 1))
--> false	bad argument #2 to 'table.insert' (number expected, got string)
print(select("#", table.insert({}, 1)))  --> 0
table.insert(t, 3, nil)
print(#t >= 6, t[3])  --> true	nil
print(pcall(table.insert, t, 1.5, 1))
--> false	bad argument #2 to 'table.insert' (number has no integer representation)
print(pcall(table.insert, { 1 }, "1", 5))  --> true
t = { 1, 2, 3, 4 }
print(table.remove(t), table.remove(t, 1), table.concat(t, " "), table.remove({}), table.remove({}, 0), table.remove(t, #t + 1), table.remove({}, 1))
--> 4	1	2 3	nil	nil	nil	nil
print(pcall(table.remove, t, 5))  --> false	bad argument #2 to 'table.remove' (position out of bounds)
print(pcall(table.remove, t, -1))  --> false	bad argument #2 to 'table.remove' (position out of bounds)
print(pcall(table.remove))  --> false	bad argument #1 to 'table.remove' (table expected, got no value)
print(table.remove({ [0] = "zero" }, 0))  --> zero
print(select("#", table.remove({}))) t = { n = 0, "a" }  --> 1
print(table.remove(t), #t)  --> a	0
print(table.pack().n, table.pack(1, nil).n, table.pack(nil).n, #table.pack(1, 2))  --> 0	2	1	2
print(table.unpack({ 1, 2, 3 }))  --> 1	2	3
print(table.unpack({ 1, 2, 3 }, 2))  --> 2	3
print(table.unpack({ 1, 2, 3 }, 2, 3))  --> 2	3
print(table.unpack({ 1, 2 }, 1, 4))  --> 1	2	nil	nil
print(table.unpack({}, 1, 0))  -->
print(table.unpack({ 1 }, 3, 2))  -->
print(pcall(table.unpack))  --> false	attempt to get length of a nil value
print(pcall(table.unpack, {}, 1, 1e7))  --> false	too many results to unpack
print(pcall(table.unpack, {}, math.mininteger, math.maxinteger))  --> false	too many results to unpack
print(table.unpack({ 1, 2 }, -1, 1))  --> nil	nil	1
print(table.unpack(setmetatable({}, { __index = function(_, i) return i * 2 end }), 1, 3))  --> 2	4	6
print(pcall(table.unpack, {}, "x"))  --> false	bad argument #2 to 'table.unpack' (number expected, got string)
print(pcall(table.unpack, "abc", 1, 2))  --> true	nil	nil
print(table.unpack({ [math.maxinteger] = "max" }, math.maxinteger, math.maxinteger))  --> max
print(pcall(table.unpack, 5))  --> false	attempt to get length of a number value
print(table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), " "))  --> 1 1 2 3
print(table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), " "))  --> 2 3 3
print(table.concat(table.move({ 1, 2, 3 }, 1, 3, 1, {}), " "))  --> 1 2 3
print(table.concat(table.move({ 1, 2, 3 }, 1, 3, 3, { 9, 9 }), " "))  --> 9 9 1 2 3
print(#table.move({ 1, 2, 3 }, 1, 0, 5))  --> 3
print(pcall(table.move, {}, 1, math.maxinteger, 2))
--> false	bad argument #4 to 'table.move' (destination wrap around)
print(pcall(table.move, {}, -1, math.maxinteger, 2))
--> false	bad argument #3 to 'table.move' (too many elements to move)
print(pcall(table.move, {}, 1, 2))  --> false	bad argument #4 to 'table.move' (number expected, got no value)
print(pcall(table.move, 1, 1, 2, 3))  --> false	bad argument #1 to 'table.move' (table expected, got number)
print(pcall(table.move, {}, 1, 2, 3, 4))
--> false	bad argument #5 to 'table.move' (table expected, got number)
print(table.move({ [math.maxinteger - 1] = "x", [math.maxinteger] = "y" }, math.maxinteger - 1, math.maxinteger, 1)[2])
--> y
print(next(table.move({}, 1, 3, 1, {})))  --> nil
print(pcall(table.move, { 1, 2 }, 1, 2, math.maxinteger))
--> false	bad argument #4 to 'table.move' (destination wrap around)
t = { 5, 2, 8, 1 }
table.sort(t)
print(table.concat(t, " "))  --> 1 2 5 8
table.sort(t, function(a, b) return a > b end)
print(table.concat(t, " ")) t = { "b", "a", "C" }  --> 8 5 2 1
table.sort(t)
print(table.concat(t, " ")) t = { 3.5, 1, 2.5 }  --> C a b
table.sort(t)
print(table.concat(t, " "))  --> 1 2.5 3.5
print(pcall(table.sort, { 1, "x" }))  --> false	attempt to compare string with number
print(pcall(table.sort, { {}, {} }))  --> false	attempt to compare two table values
print(pcall(table.sort, { 1, 2, 3 }, 5))
--> false	bad argument #2 to 'table.sort' (function expected, got number)
print(pcall(table.sort))  --> false	bad argument #1 to 'table.sort' (table expected, got no value)
print(pcall(table.sort, { 3, 1, 2 }, function() error("cmp", 0) end))  --> false	cmp
print(pcall(table.sort, { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, function() return true end)) t = {}
--> false	invalid order function for sorting
for i = 1, 200 do t[i] = (i * 7919) % 211 end
table.sort(t)
local ok = true
for i = 2, #t do ok = ok and t[i - 1] <= t[i] end
print(ok) t = {}  --> true
for i = 1, 100 do t[i] = 1 end
table.sort(t)
print(#t)  --> 100
table.sort({})
table.sort({ 1 })
print(pcall(table.sort, { 1, nil, 3 }))  --> false	attempt to compare nil with number
print(pcall(table.sort, setmetatable({}, { __len = function() return math.maxinteger end })))
--> false	bad argument #1 to 'table.sort' (array too big)
local log = {}
local proxy = setmetatable({}, { __index = function(_, k) log[#log + 1] = "get " .. tostring(k) return nil end, __newindex = function(_, k, v) log[#log + 1] = "set " .. tostring(k) end, __len = function() return 2 end })
table.insert(proxy, "x")
table.remove(proxy)
table.unpack(proxy)
print(table.concat(log, ", ")) log = {} pcall(table.concat, proxy)  --> set 3, get 2, set 2, get 1, get 2
print(table.concat(log, ", ")) log = {}  --> get 1
table.move(proxy, 1, 2, 2)
print(table.concat(log, ", "))  --> get 2, set 3, get 1, set 2
print(pcall(table.insert, setmetatable({}, { __len = function() return "x" end }), 1))
--> false	object length is not an integer
print(pcall(table.insert, setmetatable({}, { __len = function() return 1.5 end }), 1))
--> false	object length is not an integer
print(pcall(table.unpack, setmetatable({}, { __len = function() return {} end })))
--> false	object length is not an integer
print(pcall(table.insert, setmetatable({}, { __index = 1, __newindex = 1, __len = 1 }), 1))
--> false	attempt to call a number value
print(pcall(table.insert, "str", 1))  --> false	bad argument #1 to 'table.insert' (table expected, got string)
print(pcall(table.concat, "", ""))  --> false	bad argument #1 to 'table.concat' (table expected, got string)
print(pcall(table.insert, io.stdout, 1))
--> false	bad argument #1 to 'table.insert' (table expected, got FILE*)
