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
