-- §3.4.6 Concatenation
print("a" .. "b", "a" .. 1, 1 .. 2, 1.5 .. "", "" .. "", "a" .. "b" .. "c" .. "d" .. 5)
--> ab	a1	12	1.5		abcd5
print(-1 .. "", 2^53 .. "", 1e15 .. "", (0/0 ~= 0/0) and "ok" .. "", 10 // 3 .. "x")
--> -1	9.007199254741e+15	1e+15	ok	3x
print("x" .. "y" == "xy", ("a"):rep(3) .. "b", #("a" .. "\0" .. "b"))  --> true	aaab	3
local s = "" for i = 1, 10 do s = s .. i end print(s)  --> 12345678910
local mt = { __concat = function(a, b) return "<" .. tostring(type(a)) .. "|" .. tostring(type(b)) .. ">" end }
local t = setmetatable({}, mt)
print(t .. "a", "a" .. t, t .. t, 1 .. t, t .. nil, "a" .. "b" .. t, t .. "a" .. "b", "a" .. t .. "b")
--> <table|string>	<string|table>	<table|table>	<number|table>	<table|nil>	a<string|table>	<table|string>	a<table|string>
mt.__concat = function(a, b) return (rawequal(a, t) and "t" or a) .. "+" .. (rawequal(b, t) and "t" or b) end
print("1" .. t .. "2" .. "3", t .. 1 .. 2)  --> 1t+23	t+12
local order = {}
local function o(x) order[#order + 1] = x return x end
print(o(1) .. o(2) .. o(3), table.concat(order, ","))  --> 123	1,2,3
return "a" .. nil  --! attempt to concatenate a nil value
return nil .. "a"  --! attempt to concatenate a nil value
return "a" .. {}  --! attempt to concatenate a table value
return {} .. "a"  --! attempt to concatenate a table value
return 1 .. print  --! attempt to concatenate a function value (global 'print')
return "a" .. true .. "b"  --! attempt to concatenate a boolean value
local x return "a" .. x  --! attempt to concatenate a nil value (local 'x')
local t = {} return "a" .. t.name .. "b"  --! attempt to concatenate a nil value (field 'name')
return name .. "a"  --! attempt to concatenate a nil value (global 'name')
return ("x"):rep(1 << 30) .. ("x"):rep(10) and "long"  --! none
