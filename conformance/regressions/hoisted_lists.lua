-- Lists that all rounds of a hot loop read: what becomes of tables and variables meanwhile counts.
local function sum(t, n) local s = 0 for i = 1, n do s = s + t[i] end return s end
local list = {}
for i = 1, 60 do list[i] = i end
for i = 1, 200 do if sum(list, 60) ~= 1830 then print("wrong") end end
print(sum(nil, 0), pcall(sum, nil, 1), pcall(sum, list, 61), pcall(sum, {}, 1), pcall(sum, "text", 2))
--> 0	false	false	false	false	hoisted_lists.lua:2: attempt to perform arithmetic on a nil value (field '?')
print(sum(setmetatable({}, {__index = function(_, k) return k end}), 5), sum(setmetatable({1, 2}, {__index = list}), 4))
--> 15	10

local function stops(t, u, n)
  local s = 0
  for i = 1, n do
    s = s + t[i]
    if s > 50 then break end
    if i % 2 == 0 then s = s + u[i] end
  end
  return s
end
for i = 1, 200 do stops(list, list, 20) end
print(stops(list, nil, 1), stops({100}, nil, 5), pcall(stops, list, nil, 5), stops({}, {}, 0))
--> 1	100	false	0

local function switches(a, b, n)
  local s, t = 0, a
  for i = 1, n do
    s = s + t[i]
    t = i % 2 == 0 and a or b
  end
  return s
end
local double = {}
for i = 1, 60 do double[i] = 2 * i end
for i = 1, 200 do switches(list, double, 60) end
print(switches(list, double, 60), switches(double, list, 7))  --> 2760	44

local function grows(t, n)
  local s = 0
  for i = 1, n do
    t[#t + 1] = i
    s = s + t[i]
  end
  return s
end
for i = 1, 200 do grows({5, 6}, 8) end
print(grows({}, 10), grows({1}, 10), grows({1, 2, 3}, 3))  --> 55	46	6

local other = {}
local function begin(i) other[i] = i * 10 end
local function elsewhere(t, n)
  local s = 0
  for i = 1, n do
    begin(i)
    s = s + t[i]
  end
  return s
end
for i = 1, 200 do elsewhere(other, 6) end
for i = 1, 3 do other = {}; print(elsewhere(other, 6), #other) end  --> 210	6
--> 210	6
--> 210	6

local function shrinks(t, n)
  local s = 0
  for i = 1, n do
    s = s + t[1]
    table.remove(t)
  end
  return s
end
for i = 1, 200 do shrinks({1, 2, 3, 4, 5}, 4) end
print(shrinks({1, 2, 3}, 2), pcall(shrinks, {1, 2, 3}, 5))
--> 2	false	hoisted_lists.lua:66: attempt to perform arithmetic on a nil value (field 'integer index')

local function rows(m, n)
  local s = 0
  for i = 1, n do
    local row = m[i]
    for j = 1, n do s = s + row[j] * m[j][i] end
    if i == 2 then m[3] = {9, 9, 9, 9} end
    row[1] = row[1] + 1
  end
  return s
end
local total = 0
for i = 1, 200 do total = total + rows({{1, 2, 3, 4}, {5, 6, 7, 8}, {1, 1, 1, 1}, {0, 1, 0, 1}}, 4) end
print(total)  --> 51000

local co = coroutine.wrap(function(t) while true do local s = 0 for i = 1, 5 do s = s + t[i]; coroutine.yield(s) end end end)
local seen = 0
for i = 1, 300 do seen = seen + co(list) end
print(seen, ("r0.array_part[1]"):len(), sum({"1", 2, 3.5}, 3))  --> 2100	16	6.5
