-- math.min and math.max of any arguments, unpack and byte as last calls, in hot code
local function clean(message) return (tostring(message):gsub("^.-:(%d+):", "%1:")) end
local function try(f, ...) return clean(select(2, pcall(f, ...))) end
local function both(...) return math.min(...), math.max(...) end
local function un(t) return table.unpack(t) end
local function part(t, i, j) return table.unpack(t, i, j) end
local function bytes(s, i, j) return s:byte(i, j) end
local function count(...) return select("#", ...) end
for i = 1, 100 do both(1, i, 2.5) un({ 1, i, 3 }) part({ 1, 2, 3 }, 1, 2) bytes("hello", 1, 3) end
print(both(3, 1, 2)) print(both(3, 1.5, -2)) print(both(0 / 0, 1)) print(both(1, 0 / 0)) print(both("10", "9"))
--> 1	3
--> -2	3
--> -nan	-nan
--> 1	1
--> 10	9
print(try(both, 1, "2")) print(both(7)) print(try(both)) print(try(both, {})) print(try(both, 1, nil)) print(try(both, "x", 1)) print(try(both, true))
--> attempt to compare string with number
--> 7	7
--> 4: bad argument #1 to 'min' (value expected)
--> table: ADDRESS
--> attempt to compare nil with number
--> attempt to compare number with string
--> true
print(both(0.0, -0.0)) print(both(math.maxinteger, math.maxinteger + 0.0))  --> 0.0	0.0
--> 9223372036854775807	9.2233720368548e+18
print(count(un({})), count(un({ 1 })), count(un({ 1, 2 })), count(un({ nil, 2 })), (un({ 5 })), try(un, nil))
--> 0	1	2	2	5	attempt to get length of a nil value
print(part({ 1, 2, 3 }, 2, 3)) print(part({ 1, 2, 3 }, 2, 2)) print(part({ 1, 2, 3 }, 3, 5)) print(part({ 1, 2 }, -1, 1)) print(count(part({}, 2, 1)))
--> 2	3
--> 2
--> 3	nil	nil
--> nil	nil	1
--> 0
print(part(setmetatable({}, { __index = function(_, i) return i * i end }), 2, 4)) print(try(part, { 1 }, 1, 1e8)) print(try(part, { 1 }, {}, 1))
--> 4	9	16
--> 6: too many results to unpack
--> 6: bad argument #2 to 'unpack' (number expected, got table)
print(bytes("hello", 1, 3)) print(bytes("hello", 2, 2)) print(count(bytes("hello", 4, 2)), count(bytes("hello", 9, 10))) print(bytes("hello", -2, -1)) print(bytes("hello", 4, 99))
--> 104	101	108
--> 101
--> 0	0
--> 108	111
--> 108	111
local a, b, c = bytes("ab", 1, 3) print(a, b, c, (bytes("xyz", 2, 3)))  --> 97	98	nil	121
