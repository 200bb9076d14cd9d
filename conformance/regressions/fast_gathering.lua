-- Reads that stand where their values are used: what is missing, inherited, of another type, changed meanwhile
local function clean(message) return (tostring(message):gsub("^.-:(%d+):", "%1:")) end
local function try(f, ...) return clean(select(2, pcall(f, ...))) end

local function sum(p, q) return p.x + q.x end
local function less(p, q) if p.x < q.x then return "less" end return "not less" end
local function second(p) return p.at[2] * 10 end
local function deep(p) return p.a.b.c end
for i = 1, 100 do
  sum({ x = i }, { x = 2 }) less({ x = i }, { x = 50 }) second({ at = { i, i } }) deep({ a = { b = { c = i } } })
end
print(sum({ x = 1 }, { x = 2 }), less({ x = 1 }, { x = 2 }), second({ at = { 1, 2 } }), deep({ a = { b = { c = 3 } } }))
--> 3	less	20	3
print(try(sum, { x = 1 }, {}), try(sum, {}, { x = 1 }), try(sum, nil, { x = 1 }), try(sum, { x = {} }, { x = 1 }))
--> 5: attempt to perform arithmetic on a nil value (field 'x')	5: attempt to perform arithmetic on a nil value (field 'x')	5: attempt to index a nil value (local 'p')	5: attempt to perform arithmetic on a table value (field 'x')
print(try(less, { x = 1 }, {}), try(less, { x = 1 }, { x = "1" }), try(second, {}), try(second, { at = { 1 } }))
--> 6: attempt to compare number with nil	6: attempt to compare number with string	7: attempt to index a nil value (field 'at')	7: attempt to perform arithmetic on a nil value (field 'integer index')
print(try(deep, {}), try(deep, { a = {} }), deep({ a = { b = {} } }), try(deep, { a = { b = 5 } }))
--> 8: attempt to index a nil value (field 'a')	8: attempt to index a nil value (field 'b')	nil	8: attempt to index a number value (field 'b')
print(sum({ x = "10" }, { x = 2 }), sum({ x = 1.5 }, { x = 2 }), sum({ x = math.maxinteger }, { x = 1 }))
--> 12	3.5	-9223372036854775808

-- Defaults in a metatable, also for fields that were there and are nil now
local defaults = { __index = { x = 40, at = { 7, 8 } } }
local point = setmetatable({ x = 1 }, defaults)
print(sum(point, point))  --> 2
point.x = nil
print(sum(point, point), less(point, { x = 41 }), second(setmetatable({}, defaults)))  --> 80	less	80
local computed = setmetatable({}, { __index = function(_, key) return key == "x" and 5 or { 1, 2 } end })
print(sum(computed, point), second(computed), less(computed, computed))  --> 45	20	not less
local function copied(p) local v = p.x local w = v return w, v end
local function given(p) local v = p.x return rawequal(v, 40), v == 40, not v end
for i = 1, 100 do copied({ x = i }) given({ x = i }) end
print(copied(point)) print(given(point)) print(copied({}))  --> 40	40
--> true	true	false
--> nil	nil
local number = setmetatable({}, { __add = function(a, b) return "added" end, __lt = function() return true end })
print(sum({ x = number }, { x = 1 }), less({ x = number }, { x = number }))  --> added	less

-- Elements: holes, keys beyond, keys of other types, and metatables of lists
local function element(t, i) return t[i] + 1 end
local function compare(t, i) return t[i] <= t[i + 1] end
for i = 1, 100 do element({ 1, 2, 3 }, i % 3 + 1) compare({ 1, 2, 3 }, i % 2 + 1) end
print(element({ 1, 2 }, 2), try(element, { 1 }, 2), try(element, { nil, 2 }, 1), element({ [0] = 5 }, 0), element({ [-1] = 6 }, -1))
--> 3	41: attempt to perform arithmetic on a nil value (field '?')	41: attempt to perform arithmetic on a nil value (field '?')	6	7
print(element({ 1, 2 }, 2.0), element({ x = 3 }, "x"), element(setmetatable({}, { __index = { 9 } }), 1), try(element, {}, nil))
--> 3	4	10	41: attempt to perform arithmetic on a nil value (field '?')
print(compare({ 1, 1 }, 1), try(compare, { 1 }, 1), try(compare, { 1, "x" }, 1), compare({ "a", "b" }, 1))
--> true	42: attempt to compare number with nil	42: attempt to compare number with string	true

-- A variable that is read and set by one instruction, and what is read is nil
local function next_but_one(list) local n = 0 while list and list.next do list = list.next.next n = n + 1 end return n end
local function down(p) p = p.x + 1 return p end
local chain for i = 1, 100 do chain = { next = chain } end
print(next_but_one(chain), next_but_one(chain.next), next_but_one({ next = setmetatable({}, { __index = { next = chain } }) }))
--> 50	49	51
for i = 1, 100 do down({ x = i }) end
print(down({ x = math.maxinteger }), try(down, {}), down({ x = "4" }), down({ x = 1 << 40 }))
--> -9223372036854775808	53: attempt to perform arithmetic on a nil value (field 'x')	5	1099511627777

-- Order of effects: a read before a call sees what was before it
local box = { n = 1, m = 5 }
local function change() box.n = box.n + 10 return 100 end
local function before() local n = box.n return n + change() end
local function behind() return change() + box.n end
local function swapped(p) p.x, p.y = p.y, p.x return p.x - p.y end
for _ = 1, 100 do before() behind() swapped({ x = 1, y = 2 }) end
box.n = 1
print(before(), box.n, behind(), box.n, swapped({ x = 1, y = 5 }))  --> 101	11	121	21	4
local function again(p) local v = p.x p.x = v + 1 local w = p.x return v * w + v end
for i = 1, 100 do again({ x = i }) end
print(again({ x = 3 }), try(again, {}))  --> 15	70: attempt to perform arithmetic on a nil value (local 'v')

-- Natives that are other functions now, or gone
local function rounded(x) return math.floor(x / 2) + math.max(x, 1) end
for i = 1, 100 do rounded(i) end
print(rounded(9))  --> 13
local floor = math.floor
math.floor = function(x) return "floor of " .. x end
print(try(rounded, 9))  --> 75: attempt to add a 'string' with a 'number'
math.floor = nil
print(try(rounded, 9))  --> 75: attempt to call a nil value (field 'floor')
math.floor = floor
print(rounded(9))  --> 13

-- Loops over tables that change: values set, fields removed, keys added
local function keys_of(t) local out = {} for k in pairs(t) do out[#out + 1] = tostring(k) end table.sort(out) return table.concat(out, " ") end
local function add_all(t, into) for k, v in pairs(t) do into[k] = (into[k] or 0) + v end return into end
local function clear(t) for k in pairs(t) do t[k] = nil end return next(t) end
local function clear_fields(t) for k, v in pairs(t) do if k == "a" then t.a = nil elseif v then t.b = nil end end return keys_of(t) end
local function double(t) for k, v in pairs(t) do t[k] = v * 2 end return t.a, t.b end
local function call_each(t, f) for k, v in pairs(t) do f(t, k, v) end return keys_of(t) end
for i = 1, 100 do
  add_all({ a = i, b = 2 }, { b = 1 }) clear({ a = 1, b = 2, c = 3 }) clear_fields({ a = 1, b = 2 }) double({ a = i, b = 2 })
  call_each({ a = 1, b = 2 }, function() end)
end
local into = add_all({ a = 1, b = 2, 10, 20 }, { b = 1 })
print(into.a, into.b, into[1], into[2], clear({ a = 1, b = 2, 5, 6 }), clear_fields({ a = 1, b = 2, c = 3 }), double({ a = 4, b = 5 }))
--> 1	3	10	20	nil	c	8	10
print(call_each({ a = 1, b = 2, c = 3 }, function(t, k) t[k] = nil end), call_each({ a = 1, 2, 3 }, function(t, k) t[k] = 0 end))
--> 	1 2 a
local same = { a = 1, b = 2, c = 3 }
add_all(same, same)
print(same.a, same.b, same.c)  --> 2	4	6
local function grow(t) local n = 0 for k in pairs(t) do n = n + 1 if n < 3 then rawset(t, "new" .. n, n) end end return n > 0 end
for _ = 1, 60 do grow({}) grow({ a = 1 }) end
print(pcall(grow, { a = 1, b = 2 }))  --> true	true

-- Several values of natives, and searches for constant patterns
local function parts(s, i) local a, b, c = s:byte(i, i + 2) return a, b, c, string.char(a or 65, 66, 67) end
local function unpacked(t) local a, b = table.unpack(t) return a, b, select("#", table.unpack(t)), select("#", table.unpack(t, 1, 3)) end
local function found(s, i) local at, text = s:find("[%d]", i), s:match("(%a+)%d", i) return at, text, s:match("%d+$"), s:find("%", 1, true) end
local function joined(t, s) return table.concat(t, s), table.concat(t) end
for i = 1, 100 do parts("hello", i % 3 + 1) unpacked({ 1, 2, 3 }) found("ab12 cd34", i % 5 + 1) joined({ "a", i }, "-") end
print(parts("hello", 1)) print(parts("hello", 4)) print(parts("hello", -3)) print(parts("hello", 0)) print(parts("hello", 9))
--> 104	101	108	hBC
--> 108	111	nil	lBC
--> 108	108	111	lBC
--> 104	101	nil	hBC
--> nil	nil	nil	ABC
print(unpacked({})) print(unpacked({ 1 })) print(unpacked({ nil, 2 })) print(unpacked(setmetatable({}, { __index = { 5, 6 } })))
--> nil	nil	0	3
--> 1	nil	1	3
--> nil	2	2	3
--> nil	nil	0	3
print(found("ab12 cd34", 5)) print(found("none", 1)) print(found("x%1", -1)) print(try(found, "abc", {}), try(found, nil, 1))
--> 8	cd	34	nil
--> nil	nil	nil	nil
--> 3	nil	1	2	2
--> 112: bad argument #2 to 'find' (number expected, got table)	112: attempt to index a nil value (local 's')
print(joined({ 1, 2.5, "x" }, ", ")) print(joined({}, ",")) print(joined({ "a", "b" }, 1)) print(try(joined, { {} }, ","), try(joined, { "a" }, {}))
--> 1, 2.5, x	12.5x
-->
--> a1b	ab
--> 113: invalid value (table) at index 1 in table for 'concat'	113: bad argument #2 to 'concat' (string expected, got table)
print(try(string.char, 256, 1), try(function(c) return string.char(c, 66) end, 300), string.char(65.0, 66))
--> bad argument #1 to 'string.char' (value out of range)	136: bad argument #1 to 'char' (value out of range)	AB
local function chars(c) return string.char(c, 66) end
for i = 1, 100 do chars(i) end
print(chars(65.0), chars("65"), try(chars, 256), try(chars, -1), try(chars, {}))
--> AB	AB	138: bad argument #1 to 'char' (value out of range)	138: bad argument #1 to 'char' (value out of range)	138: bad argument #1 to 'char' (number expected, got table)

-- Variables that are not read any more have their values as long as they are in scope
local look = false
local function seen()
  local out = {}
  for i = 1, 9 do
    local name, value = debug.getlocal(2, i)
    if not name or name:sub(1, 1) == "(" then break end
    out[#out + 1] = name .. "=" .. tostring(value)
  end
  return table.concat(out, " ")
end
local function variables(p) local x = p.x local y = x + 1 local s = x * y if look then return (seen():gsub("p=table: %S+ ", "")) end return s end
local function sums(a, b) local x = a * a local y = x + b local z = y * 2 if look then return (seen()) end return z end
for i = 1, 100 do variables({ x = i }) sums(i + 0.5, i + 0.25) end
look = true
print(variables({ x = 5 }), sums(1.5, 2.5))  --> x=5 y=6 s=30	a=1.5 b=2.5 x=2.25 y=4.75 z=9.5

-- A table with a metatable that is read from a list and then set: it is read twice, to look and to set
local Class = {}
local function make() return setmetatable({ on = true }, Class) end
local function clear(list)
  for i = 2, #list do list[i].on = false end
  return list[1].on, list[3].on
end
local switches = { make(), make(), make() }
for _ = 1, 60 do clear(switches) end
print(clear(switches))  --> true	false

-- Equality of tables, of kinds that change
local Same = { __eq = function(a, b) return a.id == b.id end }
local function equal(a, b) if a == b then return "yes" end return a ~= b and "no" or "strange" end
local p, q = {}, {}
for _ = 1, 60 do equal(p, q) equal(p, p) end
local x, y, z = setmetatable({ id = 1 }, Same), setmetatable({ id = 1 }, Same), setmetatable({ id = 2 }, Same)
print(equal(p, p), equal(p, q), equal(x, y), equal(x, z), equal(p, x), equal(x, p))  --> yes	no	yes	no	no	no
print(equal(p, nil), equal(nil, p), equal(nil, nil), equal(1, 1.0), equal("1", 1), equal(p, print), equal(io.stdout, p))
--> no	no	yes	yes	no	no	no
print(equal(io.stdout, io.stdout), equal(io.stdout, io.stderr), equal(print, print), equal(p, "p"), equal(0, false))
--> yes	no	yes	no	no
