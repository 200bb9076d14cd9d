-- The end of a list, read, taken away and made longer, in hot code.

local function clean(text) return (text:gsub("^[^:]*:", "")) end
local function last(t) return t[#t] end
local function drop(t) t[#t] = nil return #t end
local function pop(t) local v = t[#t] t[#t] = nil return v, #t end
local function push(t, v) t[#t + 1] = v return t end
local function again(t) t[#t] = t[#t] return t end
for i = 1, 60 do
  local t = { 1, 2, 3 }
  last(t) drop(t) pop(t) push(t, i) again(t)
end
print(last({ 5, 6 }), last({ 7 }), last({}), last({ [0] = "zero" }))  --> 6	7	nil	zero
print(drop({ 5, 6 }), drop({ 7 }), drop({}), drop({ 1, nil, 3 }))  --> 1	0	0	1
local zero = { [0] = "zero" }
print(pop(zero), zero[0])  --> zero	nil
local holes = { 1, 2, nil, nil, 5 }
print(pop(holes), #holes == 2 or #holes == 4)  --> 5	true
print(#push({}, 1), #push({ [2] = "b", [3] = "c" }, "a"), #push({ 1 }, nil))  --> 1	3	1
print(table.concat(again({ "a", "b" })), #again({}))  --> ab	0
local stack = {}
for i = 1, 100 do push(stack, i) if i % 3 == 0 then pop(stack) pop(stack) end end
print(#stack, last(stack))  --> 34	100
while #stack > 0 do pop(stack) end
print(#stack, next(stack), pop(stack))  --> 0	nil	nil	0

-- Metatables and other values
local log = {}
local strange = setmetatable({}, {
  __len = function() return 7 end,
  __index = function(_, k) return "at " .. k end,
  __newindex = function(_, k, v) log[#log + 1] = k .. "=" .. tostring(v) end,
})
print(last(strange), drop(strange), pop(strange))  --> at 7	7	at 7	7
push(strange, "x")
print(table.concat(log, " "))  --> 7=nil 7=nil 8=x
local proxy = setmetatable({ 1, 2 }, { __index = function(_, k) return k * 10 end })
print(last(proxy), pop(proxy), last(setmetatable({}, getmetatable(proxy))))  --> 2	2	0
print(last("text"), pcall(last, 5))
--> nil	false	fast_list_ends.lua:4: attempt to get length of a number value (local 't')
print(select(2, pcall(drop, "text")), select(2, pcall(push, nil, 1)))
--> fast_list_ends.lua:5: attempt to index a string value (local 't')	fast_list_ends.lua:7: attempt to get length of a nil value (local 't')

-- Fields that go away while others look
local function clear(t, name) t[name] = nil return next(t) end
for i = 1, 60 do clear({ a = i, b = 2 }, "a") clear({ a = i }, "b") end
print(clear({ a = 1, b = 2 }, "a"))  --> b	2
print(clear({ 1, 2 }, 2), clear({ x = 1 }, 5), clear({ [1.5] = 1 }, 1.5))  --> 1	x	nil
print(select(2, pcall(clear, nil, "x")))  --> fast_list_ends.lua:45: attempt to index a nil value (local 't')
local class = { __index = { x = 1 }, __gc = false, __newindex = function(_, k) log[#log + 1] = k end }
print(clear(setmetatable({}, class), "y"), log[#log])  --> nil	y
class.__newindex = print
clear(class, "__newindex")
local plain = setmetatable({}, class)
plain.z = 3
print(rawget(plain, "z"))  --> 3
local keys = {}
for i = 1, 40 do keys["k" .. i] = i end
local seen = 0
for k in next, keys do seen = seen + 1 clear(keys, k) end
print(seen, next(keys))  --> 40	nil

-- Lists that get shorter while a loop over them is handed to the VM; heaps with a size of their own
local function shorten(t, at)
  local seen = 0
  for k, v in pairs(t) do
    seen = seen + v
    if k == at then
      while #t > 3 do t[#t] = nil end
      at = at .. ""
    end
  end
  return seen, at
end
for _ = 1, 60 do shorten({ 1, 2, 3, 4 }, 9) end
print(shorten({ 1, 2, 3, 4, 5, 6, 7, 8 }, 5))  --> 15	5
local function take(heap, size) local item = heap[size] heap[size] = nil return item, #heap end
for i = 1, 60 do take({ 1, 2, 3 }, 3) take({ 1, 2 }, i % 3) end
print(take({ 1, 2, 3 }, 3))  --> 3	2
print(take({ 1, 2, 3 }, 2) ~= nil, take({ 1 }, 1))  --> true	1	0
print(take({ 1 }, 5))  --> nil	1
print(take({ [5] = 5 }, 5))  --> 5	0
print(take({ [0] = 5 }, 0))  --> 5	0

-- what is computed between the length and the store

local function rounds(f, ...)
  local result
  for _ = 1, 300 do
    result = f(...)
  end
  return result
end

local function chars(...)
  local out = {}
  for i = 1, select("#", ...) do
    out[#out + 1] = string.char((select(i, ...)), 65 + i)
    out[#out + 1] = ("abcdef"):sub(i, i + 1)
    out[#out + 1] = i * 2 - 1
  end
  return table.concat(out, " ")
end
print(rounds(chars, 97, 98))  --> aB ab 1 bC bc 3
print(rounds(chars, 97.0, "98"))  --> aB ab 1 bC bc 3
print(pcall(rounds, chars, 97, 256))
--> false	fast_list_ends.lua:98: bad argument #1 to 'char' (value out of range)

local shared = {}
local function to_upvalue(code)
  shared[#shared + 1] = string.char(code)
  return #shared .. shared[#shared]
end
print(rounds(to_upvalue, 97))  --> 300a
print(to_upvalue("98"), to_upvalue(99.0), pcall(to_upvalue, {}))
--> 301b	302c	false	fast_list_ends.lua:111: bad argument #1 to 'char' (number expected, got table)

local function taken_between(n)
  local list = { 1, 2, 3 }
  list[#list + 1] = table.remove(list, 1) + n
  return list[1], list[2], list[3], list[4]
end
for i = 1, 300 do taken_between(i) end
print(taken_between(3))  --> 2	3	nil	4

local function nested(n)
  local a, b = {}, {}
  for i = 1, n do
    a[#a + 1] = #b + 1
    b[#b + 1] = a[#a]
    a[#a + 1] = a[#a + 1]
  end
  return table.concat(a, " ") .. " " .. #a .. " " .. table.concat(b, " ")
end
print(rounds(nested, 3))  --> 1 2 3 3 1 2 3

local named = setmetatable({}, { __tostring = function(self)
  self.list[#self.list + 1] = "within"
  return "named"
end })
local function changed_between(value)
  local list = { "first" }
  named.list = list
  list[#list + 1] = tostring(value)
  return table.concat(list, " ") .. " " .. #list
end
print(rounds(changed_between, 1), rounds(changed_between, named))  --> first 1 2	first named 2

local function assigned_between(n)
  local list, other = {}, {}
  for i = 1, n do
    local key = #list + 1
    list[key] = math.max(i, 2)
    list[key + 1] = key
    key = #list + 1
    local first = list
    list = other
    list[key] = "once"
    first[key] = i
    list, other = first, {}
  end
  return #list, #other, list[5], list[6]
end
print(assigned_between(1), assigned_between(2), assigned_between(300))  --> 3	6	900	0	4	2

local function in_parts(text)
  local out = {}
  for i = 1, #text do
    out[#out + 1] = text:byte(i) + 0.5
    out[#out + 1] = nil
    out[#out + 1] = -text:byte(i)
  end
  return table.concat(out, " ")
end
print(rounds(in_parts, "ab"))  --> 97.5 -97 98.5 -98
print(pcall(rounds, in_parts, { 1 }))
--> false	fast_list_ends.lua:169: attempt to call a nil value (method 'byte')
