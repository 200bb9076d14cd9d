-- What the code of hot loops takes for granted of their variables may be wrong: in another call, or later.

local function count_up(from, rounds)
  local n = from
  local steps = 0
  while steps < rounds do
    n = n + 1
    steps = steps + 1
  end
  return n
end

for _ = 1, 60 do
  count_up(1, 40)
end
print(count_up(10, 50))  --> 60
print(count_up(math.maxinteger - 5, 40))  --> -9223372036854775774
print(count_up(math.maxinteger - 50, 40))  --> 9223372036854775797
print(count_up(2.5, 40))  --> 42.5
print(count_up("7", 40))  --> 47
print(count_up(1 << 61, 40))  --> 2305843009213693992
print(count_up((1 << 61) + (1 << 54), 40))  --> 2323857407723175976
print(pcall(count_up, nil, 40))
--> false	fast_guesses.lua:7: attempt to perform arithmetic on a nil value (local 'n')
print(pcall(count_up, 1, {}))  --> false	fast_guesses.lua:6: attempt to compare number with table
print(pcall(count_up, {}, 3))
--> false	fast_guesses.lua:7: attempt to perform arithmetic on a table value (local 'n')

-- Sums of what is counted
local function sums(from, step, rounds)
  local a, b, sum = from, from, 0
  for _ = 1, rounds do
    a = a + 1000
    b = b - 1000
    sum = sum + (a - b) * step
  end
  return a, b, sum
end

for _ = 1, 60 do
  sums(1, 2, 40)
end
print(sums(1, 2, 40))  --> 40001	-39999	3280000
print(sums(math.mininteger, 2, 40))  --> -9223372036854735808	9223372036854735808	3280000
print(sums(1, 1 << 60, 40))  --> 40001	-39999	0
print(sums(1, 0.5, 40))  --> 40001	-39999	820000.0
print(sums(1.5, 1, 40))  --> 40001.5	-39998.5	1640000.0
print(sums(1 << 62, 1, 40))  --> 4611686018427427904	4611686018427347904	1640000

-- Keys and tables
local function fill(list, from, count)
  local at = from
  for _ = 1, count do
    list[at] = at
    at = at + 1
  end
  local found = 0
  for i = 1, count do
    if list[from + i] then
      found = found + 1
    end
  end
  return #list, found
end

for _ = 1, 60 do
  fill({ 1, 2, 3 }, 2, 30)
end
print(fill({ 1, 2, 3 }, 2, 30))  --> 31	29
print(fill({}, 0, 30))  --> 29	29
print(fill({}, -10, 30))  --> 19	29
print(fill({}, 1.0, 30))  --> 30	29
print(fill({}, 0.5, 30))  --> 0	29
print(pcall(fill, {}, 0 / 0, 30))  --> false	fast_guesses.lua:54: table index is NaN
local log = {}
print(fill(setmetatable({}, { __newindex = function(t, k, v)  --> 30	30
  log[#log + 1] = k
  rawset(t, k, v)
end }), 1, 30), #log)
print(fill(setmetatable({}, { __index = function(_, k) return k end }), 1, 30))  --> 30	30
print(fill({ 1, 2, 3 }, 2, 30))  --> 31	29
print(pcall(fill, "text", 1, 30))
--> false	fast_guesses.lua:54: attempt to index a string value (local 'list')
print(pcall(fill, nil, 1, 30))  --> false	fast_guesses.lua:54: attempt to index a nil value (local 'list')

-- A metatable that comes while the loop runs
local function reads(list, rounds, poison)
  local sum = 0
  for i = 1, rounds do
    if i == poison then
      setmetatable(list, { __index = function() return 100 end })
    end
    sum = sum + (list[i] or 1)
  end
  return sum
end

for _ = 1, 60 do
  reads({ 1, 2, 3 }, 30)
end
print(reads({ 1, 2, 3 }, 30))  --> 33
print(reads({ 1, 2, 3 }, 30, 10))  --> 2112
print(reads({ 1, 2, 3 }, 30, 30))  --> 132

-- Parameters
local function spread(n)
  if n == 0 then
    return 0
  end
  local a = n - 1
  local b = n - 2
  local c = n * 3
  return a + b + c
end

for i = 1, 100 do
  spread(i)
end
print(spread(5), spread(math.mininteger), spread(math.maxinteger), spread(1.5))
--> 22	9223372036854775805	9223372036854775800	4.5
print(spread("8"))  --> 37
print(pcall(spread, nil))
--> false	fast_guesses.lua:110: attempt to perform arithmetic on a nil value (local 'n')
print(spread(setmetatable({}, {  --> 33
  __sub = function(_, n) return n end,
  __mul = function(_, n) return n * 10 end,
})))

-- Nested loops, with a variable of the outer one counted in the inner one
local function nested(from, rows, columns)
  local total = from
  for row = 1, rows do
    local column = 0
    while column < columns do
      column = column + 1
      total = total + 1
      if column == row then
        break
      end
    end
  end
  return total
end

for _ = 1, 60 do
  nested(0, 10, 10)
end
print(nested(0, 20, 10), nested(math.maxinteger, 20, 10), nested(0.25, 20, 10))
--> 155	-9223372036854775654	155.25

-- Sums that replace an operand: they wrap, stay floats, and fail as ever
local function total(list, start)
  local sum = start
  for i = 1, #list do
    sum = sum + list[i]
    sum = sum - 1
    sum = sum * 3
  end
  return sum
end

for _ = 1, 60 do
  total({ 1, 2, 3 }, 0)
end
print(total({ 1, 2, 3 }, 0), total({ 1, 2, 3 }, math.maxinteger), total({ math.mininteger, -7 }, math.mininteger))
--> 15	9223372036854775796	-33
print(total({ 0.5, 2, 3 }, 0), total({ 1e300, 1e300 }, 1e308), total({ math.huge }, 0), total({ 1 }, -math.huge))
--> 1.5	inf	inf	-inf
print(total({ "10" }, 1), total({ 1 }, "10"))  --> 30	30
print(pcall(total, { {} }, 1))
--> false	fast_guesses.lua:155: attempt to perform arithmetic on a table value (field '?')
print(pcall(total, { 1, "x" }, 1))  --> false	fast_guesses.lua:155: attempt to add a 'number' with a 'string'
print(pcall(total, { 1, nil, 3 }, "y"))
--> false	fast_guesses.lua:155: attempt to add a 'string' with a 'number'
local function joins(a, b)
  local text = a
  for _ = 1, 20 do
    text = text + b
  end
  return text
end
for _ = 1, 60 do
  joins(1, 2)
end
print(joins(1, 2), pcall(joins, "a", "b"))
--> 41	false	fast_guesses.lua:178: attempt to add a 'string' with a 'string'

-- A generator of numbers: remainders stay small
local function random(seed, rounds)
  local sum = 0
  for _ = 1, rounds do
    seed = seed * 16807 % 2147483647
    sum = sum + seed % 100
  end
  return seed, sum
end
for _ = 1, 60 do
  random(42, 30)
end
print(random(42, 30))  --> 966378307	1183
print(random(math.maxinteger, 30))  --> 280908297	1565
print(random(1.5, 30))  --> 111209355.5	1562.0
print(random(-7, 30))  --> 196850890	1750
print(select("#", random("42", 3)), pcall(random, nil, 3))
--> 2	false	fast_guesses.lua:192: attempt to perform arithmetic on a nil value (local 'seed')

-- A register that is first written within the loop has nothing to be guessed before it
local function neighbours(n, start)
  local sum = 0
  for i = 1, n do
    local left, right = (i + start) % n, (i * start) % n
    sum = sum + left * right
    for j = 1, 3 do
      local there = (left + j) % n
      sum = sum + there
    end
  end
  return sum
end
for i = 1, 60 do
  neighbours(20, i)
end
print(neighbours(20, 3), neighbours(20, 1.5), neighbours(7, -3))  --> 2350	2417.5	112

-- counting by steps that vary, in loops within loops
local function count(rounds, start, step)
  local total, inner = start, 0
  for i = 1, rounds do
    local k = 0
    while k < 3 do
      k = k + 1
      total = total + step % 1000
      inner = inner + k % 2
    end
    total = total - i % 7
  end
  return total, inner
end
for i = 1, 100 do count(3, i, i) end
print(count(40, 1, 999))  --> 119761	80
print(count(40, math.maxinteger, 999))  --> -9223372036854656049	80
print(count(2, math.mininteger, 0))  --> 9223372036854775805	4
print(count(2, 0.5, 1.5))  --> 6.5	4
print(pcall(count, 2, {}, 1))
--> false	fast_guesses.lua:232: attempt to perform arithmetic on a table value (local 'total')

-- keys below one where keys were places; results of natives as last arguments
local function swap(list, i, j)
  local kept = list[i]
  list[i] = list[j]
  list[j] = kept
  return i * 2 + j
end
local list = { 1, 2, 3 }
for i = 1, 300 do swap(list, 1 + i % 3, 2) end
print(list[1], list[2], list[3], swap(list, 1, 3))  --> 3	1	2	5
list[0], list[-1] = "zero", "minus"
print(swap(list, 0, 3), swap(list, -1, 0), list[0], list[-1], list[3])  --> 3	-2	minus	3	zero
print(swap(list, 1.0, 2), list[1], pcall(swap, list, "1", 2))  --> 4.0	1	true	4
print(pcall(swap, list, nil, 1))  --> false	fast_guesses.lua:250: table index is nil
local function move(from, to, at)
  table.insert(to, at, table.remove(from))
  return #to, tostring(math.max(table.unpack(to)))
end
local from, to = {}, { 0 }
for i = 1, 300 do from[i] = i end
for _ = 1, 280 do move(from, to, 1) end
print(move(from, to, 2), #from, to[2], pcall(move, {}, to, 1))
--> 282	19	20	false	attempt to compare nil with number
print(#to, pcall(move, {}, { 1 }, 5))
--> 283	false	fast_guesses.lua:262: bad argument #2 to 'insert' (position out of bounds)
