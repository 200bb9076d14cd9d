-- Loops over lists that do not ask for the index: where they stop, and what the VM goes on with.

local function clean(text) return (text:gsub("^[^:]*:", "")) end

-- The loop's own variables, as debug sees them; errors and yields in the middle
local function variables(t, at)
  local seen = {}
  for _, v in ipairs(t) do
    if v == at then
      for number = 1, 12 do
        local name, value = debug.getlocal(1, number)
        if name == "_" or name == "v" then seen[#seen + 1] = name .. "=" .. tostring(value) end
        if name == "(for state)" and type(value) == "number" then seen[#seen + 1] = "at " .. value end
      end
    end
  end
  return table.concat(seen, " ")
end
for _ = 1, 60 do variables({ 7, 8, 9 }, 1) end
print(variables({ 7, 8, 9 }, 8):match("^.-v=%d"))  --> at 2 _=2 v=8
local function sum(t, other) local s = 0 for _, v in ipairs(t) do s = s + v * other end return s end
for _ = 1, 60 do sum({ 1, 2, 3 }, 2) end
print(sum({ 1, 2, 3 }, 2.5), sum({ 1, "2", 3 }, 1), clean(select(2, pcall(sum, { 1, 2, {} }, 1))))
--> 15.0	6	21: attempt to perform arithmetic on a table value (local 'v')
local function gives(t) for _, v in ipairs(t) do if v > 2 then coroutine.yield(v) end end return "end" end
for _ = 1, 60 do gives({ 1, 2 }) end
local co = coroutine.wrap(gives)
print(co({ 1, 3, 2, 4 }), co(), co())  --> 3	4	end

-- Lists that change on the way: longer, shorter, with holes, with a metatable
local function doubled(t, limit, act)
  local n = 0
  for _, v in ipairs(t) do
    n = n + v
    if v < limit then t[#t + 1] = v * 2 end
    if act then act(t, v) end
  end
  return n
end
for _ = 1, 60 do doubled({ 1, 2 }, 4) end
print(doubled({ 1, 2, 3 }, 10))  --> 82
print(doubled({ 1, 2, 3, 4, 5 }, 0, function(t, v) if v == 2 then t[5] = nil end end))  --> 10
print(doubled({ 1, 2, 3, 4, 5 }, 0, function(t, v) if v == 2 then t[4] = nil end end))  --> 6
print(doubled({ 1, 2, 3 }, 0, function(t, v) if v == 2 then for i = #t, 1, -1 do t[i] = nil end end end))
--> 3
local function more(_, i) if i < 7 then return i end end
local function grow(t, v) if v == 2 then setmetatable(t, { __index = more }) end end
print(doubled({ 1, 2, 3 }, 0, grow))  --> 21
print(doubled({ 1, 2, 3, nil, 5 }, 0, grow))  --> 21
print(doubled({ 1, 2 }, 0, function(t, v) if v == 2 then t[2] = nil grow(t, v) end end))  --> 21
print(doubled(setmetatable({ 1, 2 }, { __index = more }), 0))  --> 21
print(doubled({}, 0), doubled({ nil, 2 }, 0))  --> 0	0

-- Loops in loops, left by break, goto and return; closures that share the value
local function pairs_of(t, u, stop)
  local found = {}
  for _, a in ipairs(t) do
    for _, b in ipairs(u) do
      if b == stop then break end
      if a == stop then goto next_one end
      found[#found + 1] = function() a = a + b return a end
    end
    ::next_one::
  end
  for _, f in ipairs(found) do if f() > 100 then return f() end end
  return #found
end
for _ = 1, 60 do pairs_of({ 1, 2, 3 }, { 1, 2 }, 2) end
print(pairs_of({ 1, 2, 3 }, { 1, 2, 3 }, 3), pairs_of({ 1, 99 }, { 1, 1, 2 }, 0))  --> 4	102
local function first(t) for i, v in ipairs(t) do local f = function() i = i + 1 return i end f() if v > 1 then return i end end end
for _ = 1, 60 do first({ 1, 2 }) end
print(first({ 1, 1, 5 }))  --> 4

-- Tables that only a loop knows
local function total(...) local s = 0 for _, v in ipairs { ... } do s = s + v end return s end
local function three(a, b, c) local s = "" for _, v in ipairs { a, b, c } do s = s .. v end return s end
for _ = 1, 60 do total(1, 2, 3) three(1, 2, 3) end
print(total(), total(1, nil, 3), total(nil, 3), total(1, "2", 3.5), three(1, "x"), three(nil, 2, 3))
--> 0	1	0	6.5	1x
print(clean(select(2, pcall(total, 1, {}))), clean(select(2, pcall(three, 1, {}, 2))))
--> 75: attempt to perform arithmetic on a table value (local 'v')	76: attempt to concatenate a table value (local 'v')
local function state(...)
  for _, v in ipairs { ... } do
    if v == 2 then
      local seen = {}
      for number = 1, 12 do
        local name, value = debug.getlocal(1, number)
        if name == "(for state)" and type(value) ~= "function" then
          seen[#seen + 1] = type(value) == "table" and "{" .. table.concat(value, ",") .. "}" or value
        end
      end
      return table.concat(seen, " ", 1, 2)
    end
  end
  return "none"
end
for _ = 1, 60 do state(1, 3) end
print(state(1, 2, 3), state(5, 1, 2))  --> {1,2,3} 2	{5,1,2} 3
local function passes(...) for _, v in ipairs { ... } do if v > 2 then coroutine.yield(v) end end return "end" end
for _ = 1, 60 do passes(1, 2) end
co = coroutine.wrap(passes)
print(co(1, 3, 4), co(), co())  --> 3	4	end
local count = 0
local function other(t) count = count + 1 return next, t end
local function changed(...) local n = 0 for _, v in ipairs { ... } do n = n + v end return n end
for _ = 1, 60 do changed(1, 2) end
local kept = ipairs
ipairs = other
print(changed(5, 6, 7), count)  --> 18	1
ipairs = kept
