-- Natives whose last argument is a call: mostly one value, sometimes none or several.

local function clean(text) return (text:gsub("^[^:]*:", "")) end
local function give(...) return ... end
local function root(...) return math.sqrt(give(...)) end
local function floor(...) local n = math.floor(give(...)) return n end
local function kind(...) return type(give(...)) end
local function biggest(a, ...) return math.max(a, give(...)) end
local function put(t, ...) table.insert(t, give(...)) return #t end
local function show(...) return tostring(give(...)) .. "!" end
local function format(...) return string.format("%d", give(...)) end
local function length(...) local n = string.len(give(...)) return n end
local function letters(s, ...) return string.sub(s, give(...)) end
local function raw(t, ...) local v = rawget(t, give(...)) return v end
for i = 1, 60 do
  root(i) floor(i + 0.5) kind(i) biggest(2, i) put({}, i) show(i) format(i) length("text") letters("text", 2) raw({ 1 }, i)
end
print(root(9), root(16.0, "x"), root("25"), floor(2.5), floor(-2.5, 1), floor("3.7"))  --> 3.0	4.0	5.0	2	-3	3
print(kind(1), kind(nil), kind("x", 1), biggest(3, 5), biggest(3, 5, 7), biggest(3), biggest(1, 0.5))
--> number	nil	string	5	7	3	1
print(put({}, 1), put({ 1 }, 1, 5), show(nil), show(1, 2), show("s"), format(5), format(5, 6), format(3.0))
--> 1	2	nil!	1!	s!	5	5	3
print(length("abc"), length("ab", "c"), length(12), letters("letters", 3), letters("letters", 3, 5), raw({ 7 }, 1), raw({}, "x"))
--> 3	2	2	tters	tte	7	nil
print(clean(select(2, pcall(root))))  --> 5: bad argument #1 to 'sqrt' (number expected, got no value)
print(clean(select(2, pcall(root, {}))))  --> 5: bad argument #1 to 'sqrt' (number expected, got table)
print(clean(select(2, pcall(kind))))  --> 7: bad argument #1 to 'type' (value expected)
print(clean(select(2, pcall(put, {}))))  --> 9: wrong number of arguments to 'insert'
print(clean(select(2, pcall(format, "x"))))  --> 11: bad argument #2 to 'format' (number expected, got string)
print(clean(select(2, pcall(raw, 1, 2))))  --> 14: bad argument #1 to 'rawget' (table expected, got number)
