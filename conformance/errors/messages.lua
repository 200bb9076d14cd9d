-- Error messages with variable names (§2.3): globals, locals, upvalues, fields, constants, methods
local up = nil  local upt = {}  t = {} n = 5 s = "str"
undefinedfunction()  --! attempt to call a nil value (global 'undefinedfunction')
return undef.field  --! attempt to index a nil value (global 'undef')
return undef.a.b  --! attempt to index a nil value (global 'undef')
return t.a.b  --! attempt to index a nil value (field 'a')
return t.a.b.c  --! attempt to index a nil value (field 'a')
return t[1][2]  --! attempt to index a nil value (field 'integer index')
return t[n].x  --! attempt to index a nil value (field '?')
return t["with space"].x  --! attempt to index a nil value (field 'with space')
return t.x.y.z  --! attempt to index a nil value (field 'x')
t.x.y = 1  --! attempt to index a nil value (field 'x')
t.x.y.z = 1  --! attempt to index a nil value (field 'x')
undef.x = 1  --! attempt to index a nil value (global 'undef')
t.method()  --! attempt to call a nil value (field 'method')
t:method()  --! attempt to call a nil value (method 'method')
t.a.method()  --! attempt to index a nil value (field 'a')
t.a:method()  --! attempt to index a nil value (field 'a')
s:nomethod()  --! attempt to call a nil value (method 'nomethod')
n:method()  --! attempt to index a number value (global 'n')
n()  --! attempt to call a number value (global 'n')
s()  --! attempt to call a string value (global 's')
("lit")()  --! attempt to call a string value (constant 'lit')
t[1]()  --! attempt to call a nil value (field 'integer index')
t["a b"]()  --! attempt to call a nil value (field 'a b')
return t + 1  --! attempt to perform arithmetic on a table value (global 't')
return 1 + t  --! attempt to perform arithmetic on a table value (global 't')
return t.a + 1  --! attempt to perform arithmetic on a nil value (field 'a')
return n + nil  --! attempt to perform arithmetic on a nil value
return s + 1  --! attempt to add a 'string' with a 'number'
return -t  --! attempt to perform arithmetic on a table value (global 't')
return -t.a  --! attempt to perform arithmetic on a nil value (field 'a')
return #n  --! attempt to get length of a number value (global 'n')
return #undef  --! attempt to get length of a nil value (global 'undef')
return t .. "x"  --! attempt to concatenate a table value (global 't')
return "x" .. t  --! attempt to concatenate a table value (global 't')
return n .. nil  --! attempt to concatenate a nil value
return t.a .. t.b  --! attempt to concatenate a nil value (field 'a')
return t < 1  --! attempt to compare table with number
return 1 < t  --! attempt to compare number with table
return t < t  --! attempt to compare two table values
return undef < 1  --! attempt to compare nil with number
return n < s  --! attempt to compare number with string
return s <= n  --! attempt to compare string with number
return {} <= {}  --! attempt to compare two table values
return print > print  --! attempt to compare two function values
return n & 1.5  --! number has no integer representation
return 1 | s  --! attempt to perform bitwise operation on a string value (global 's')
return t ~ 1  --! attempt to perform bitwise operation on a table value (global 't')
return ~s  --! attempt to perform bitwise operation on a string value (global 's')
return 2^63 & 1  --! number has no integer representation
return t // 0  --! attempt to perform arithmetic on a table value (global 't')
return n // 0  --! attempt to divide by zero
return n % 0  --! attempt to perform 'n%0'
local a; a.x = 1  --! attempt to index a nil value (local 'a')
local a; return a.x  --! attempt to index a nil value (local 'a')
local a; a()  --! attempt to call a nil value (local 'a')
local a = 5; return a.x.y  --! attempt to index a number value (local 'a')
local a = {}; a.b.c = 1  --! attempt to index a nil value (field 'b')
local a = {}; a.b()  --! attempt to call a nil value (field 'b')
local a = {}; return a.b + 1  --! attempt to perform arithmetic on a nil value (field 'b')
local a = 1; return function() return a.x.y end, a.x.y  --! attempt to index a number value (local 'a')
local a; (function() return a.x end)()  --! attempt to index a nil value (upvalue 'a')
local a; (function() a.x = 1 end)()  --! attempt to index a nil value (upvalue 'a')
local a; (function() a() end)()  --! attempt to call a nil value (upvalue 'a')
local a; (function() return a + 1 end)()  --! attempt to perform arithmetic on a nil value (upvalue 'a')
local a = "x"; return (function() return a + 1 end)()  --! attempt to add a 'string' with a 'number'
local a, b = {}, {}; return a < b  --! attempt to compare two table values
local a = {}; for i = 1, a do end  --! bad 'for' limit (number expected, got table)
local k = "key"; local t = {}; return t[k].x  --! attempt to index a nil value (field '?')
local k = {}; local t = {}; t[k].x = 1  --! attempt to index a nil value (field '?')
local t = {}; t[nil] = 1  --! table index is nil
local t = {}; t[0/0] = 1  --! table index is NaN
return (1).x.y  --! attempt to index a number value
return ("x").y.z  --! attempt to index a nil value (field 'y')
return true .. "x"  --! attempt to concatenate a boolean value
return nil + 1  --! attempt to perform arithmetic on a nil value
return {} + {}  --! attempt to perform arithmetic on a table value
return 1 < true  --! attempt to compare number with boolean
local a <const> = nil; return a.b  --! attempt to index a nil value
local a <const> = 5; a()  --! attempt to call a number value
local t <const> = {}; t.x.y = 1  --! attempt to index a nil value (field 'x')
return math.foo()  --! attempt to call a nil value (field 'foo')
return string.foo.bar  --! attempt to index a nil value (field 'foo')
return os.time.x.y  --! attempt to index a function value (field 'time')
return (function() return nil end)().x  --! attempt to index a nil value
return (t.a or t.b).c  --! attempt to index a nil value
return t[t.x]  --! none
t[undef] = 1  --! table index is nil
return select("#", 1)()  --! attempt to call a number value
return _ENV.x.y  --! attempt to index a nil value (global 'x')
_ENV.x.y = 1  --! attempt to index a nil value (global 'x')
local _ENV = nil; return x  --! attempt to index a nil value (local '_ENV')
local _ENV = {}; return x.y  --! attempt to index a nil value (global 'x')
local _ENV = {}; x()  --! attempt to call a nil value (global 'x')
return ...  + 1  --! attempt to perform arithmetic on a nil value
return (...)()  --! attempt to call a nil value
for i, v in n do end  --! attempt to call a number value (for iterator 'for iterator')
for i = t, 2 do end  --! bad 'for' initial value (number expected, got table)
for i = 1, 2, s do end  --! bad 'for' step (number expected, got string)
error("message")  --! message
error("message", 0)  --! message
error("message", 2)  --! message
error({})  --! table: ADDRESS
error()  --! nil
error(nil)  --! nil
error(42)  --! 42
error(setmetatable({}, {__tostring = function() return "custom" end}))  --! custom
assert(false)  --! assertion failed!
assert(nil, "assertion text")  --! assertion text
assert(1 == 2, 42)  --! 42
local t = setmetatable({}, {__index = function(t, k) error("no field " .. k) end}); return t.x  --! no field x
local t = setmetatable({}, {__call = 5}); t()  --! attempt to call a number value (local 't')
local t = setmetatable({}, {__index = 5}); return t.x  --! attempt to index a number value
local t = setmetatable({}, {__newindex = 5}); t.x = 1  --! attempt to index a number value
local t = setmetatable({}, {__add = 5}); return t + 1  --! attempt to call a number value (metamethod 'add')
local t = setmetatable({}, {__name = "My Type"}); return t + 1  --! attempt to perform arithmetic on a My Type value (local 't')
local t = setmetatable({}, {__name = "My Type"}); return t < 1  --! attempt to compare My Type with number
local t = setmetatable({}, {__name = "My Type"}); t()  --! attempt to call a My Type value (local 't')
local t = setmetatable({}, {__name = 5}); return t .. "x"  --! attempt to concatenate a table value (local 't')
return io.stdout + 1  --! attempt to perform arithmetic on a FILE* value (field 'stdout')
io.stdout.x.y = 1  --! attempt to index a nil value (field 'x')
return coroutine.create(print) .. ""  --! attempt to concatenate a thread value
expect_error(("x = 1\n"):rep(5) .. "undefined.field = 1")
--> error: line:6: attempt to index a nil value (global 'undefined')
expect_error "\n\nerror 'third line'"  --> error: line:3: third line
expect_error "local function f() error('in f', 2) end\n\nf()"  --> error: line:3: in f
expect_error "local function f() error('in f', 3) end local function g()\nf()\nend\n\ng()"
--> error: line:5: in f
