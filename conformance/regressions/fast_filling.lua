-- Loops that only fill lists: what is set, and where they must go one by one.

local function fill(t, first, last, value) for i = first, last do t[i] = value end return t end
local function number(t, first, last) for i = first, last do t[i] = i end return t end
local function copy(t, u, first, last) for i = first, last do t[i] = u[i] end return t end
local function sparse(t, first, last, step) for i = first, last, step do t[i] = "." end return t end
local function show(t)
  local parts = {}
  for i = 0, 25 do if t[i] ~= nil then parts[#parts + 1] = i .. "=" .. tostring(t[i]) end end
  return #t .. ": " .. table.concat(parts, " ")
end
for _ = 1, 60 do
  fill({}, 1, 20, true) number({}, 1, 20) copy({}, number({}, 1, 20), 1, 20) sparse(number({}, 1, 30), 1, 30, 2)
end
print(#fill({}, 1, 1000, 0), #number({}, 1, 1000), #copy({}, number({}, 1, 1000), 1, 1000))
--> 1000	1000	1000
print(show(fill({ 9, 9 }, 2, 13, 1)))  --> 13: 1=9 2=1 3=1 4=1 5=1 6=1 7=1 8=1 9=1 10=1 11=1 12=1 13=1
print(show(fill({ 9, 9 }, 3, 13, 1)))  --> 13: 1=9 2=9 3=1 4=1 5=1 6=1 7=1 8=1 9=1 10=1 11=1 12=1 13=1
print(show(fill({ 9 }, 0, 10, 1)))  --> 10: 0=1 1=1 2=1 3=1 4=1 5=1 6=1 7=1 8=1 9=1 10=1
print(fill({}, 5, 16, 1)[4], fill({}, 5, 16, 1)[16], fill({ x = 1 }, 1, 12, 3).x)  --> nil	1	1
print(show(fill({ 1, 2, 3, [14] = 7, [13] = 8 }, 1, 12, 0)))
--> 14: 1=0 2=0 3=0 4=0 5=0 6=0 7=0 8=0 9=0 10=0 11=0 12=0 13=8 14=7
print(show(fill(number({}, 1, 12), 1, 12, nil)), next(fill(number({}, 1, 12), 1, 12, nil)))  --> 0: 	nil
print(show(fill(number({}, 1, 13), 1, 12, nil)):match("13=13"))  --> 13=13
print(show(number({}, 1, 12)))  --> 12: 1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10 11=11 12=12
print(show(number({}, 1, 12.5)))  --> 12: 1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10 11=11 12=12
print(math.type(number({}, 1.0, 12)[3]), show(number({}, 1.0, 12)):sub(1, 16))  --> float	12: 1=1.0 2=2.0
print(show(sparse(number({}, 1, 13), 2, 13, 3)))
--> 13: 1=1 2=. 3=3 4=4 5=. 6=6 7=7 8=. 9=9 10=10 11=. 12=12 13=13
print(show(sparse(number({}, 1, 25), 1, 25, 2)):sub(1, 20), #sparse(number({}, 1, 12), 1, 25, 2))
--> 25: 1=. 2=2 3=. 4=4 	13
print(show(sparse(number({}, 1, 13), 13, 1, -1)))
--> 13: 1=. 2=. 3=. 4=. 5=. 6=. 7=. 8=. 9=. 10=. 11=. 12=. 13=.
print(show(copy({}, number({}, 1, 20), 1, 12)))  --> 12: 1=1 2=2 3=3 4=4 5=5 6=6 7=7 8=8 9=9 10=10 11=11 12=12
local holes = number({}, 1, 14)
holes[5] = nil
print(#copy({}, holes, 1, 14) >= 4, copy({}, holes, 1, 14)[5], copy({}, holes, 1, 14)[14])  --> true	nil	14
print(copy({}, number({}, 1, 12), 1, 20)[13], #copy({}, number({}, 1, 12), 1, 20))  --> nil	12
local same = number({}, 1, 12)
print(copy(same, same, 1, 12) == same, #same)  --> true	12
local log = {}
local proxy = setmetatable({}, { __newindex = function(_, k) log[#log + 1] = k end, __index = function(_, k) return -k end })
fill(proxy, 1, 12, 1)
copy(proxy, number({}, 1, 12), 1, 12)
print(#log, rawlen(proxy), show(copy({}, proxy, 1, 12)):sub(1, 12))  --> 24	0	12: 1=-1 2=-
print(pcall(fill, nil, 1, 12, 1))  --> false	fast_filling.lua:3: attempt to index a nil value (local 't')
print(pcall(copy, {}, 5, 1, 12))  --> false	fast_filling.lua:5: attempt to index a number value (local 'u')
print((select(2, pcall(fill, {}, 1, {}, 1))))
--> fast_filling.lua:3: bad 'for' limit (number expected, got table)
local function loops(t)
  local kept
  for i = 1, 12 do t[i] = t end
  for i = 1, 12 do t[i] = function() return i end end
  return t[12]() + #t
end
for _ = 1, 60 do loops({}) end
print(loops({}))  --> 24
