-- Tables of hot constructors: whatever is done with them, they are like all others.
local function sorted(t)
  local names = {}
  for key in pairs(t) do names[#names + 1] = tostring(key) end
  table.sort(names)
  for at, name in ipairs(names) do names[at] = name .. "=" .. tostring(t[name] or t[tonumber(name)]) end
  return table.concat(names, " ")
end

local function point(x, y) return {x = x, y = y, kind = "point"} end
local points = {}
for i = 1, 300 do points[i] = point(i, i / 2) end
print(sorted(points[1]), sorted(points[300]), type(points[7]), #points[7], next({}), points[7].z)
--> kind=point x=1 y=0.5	kind=point x=300 y=150.0	table	0	nil	nil

-- every way to look at one, and to store
local ways = {
  function(p) p.x = nil end,
  function(p) p.z = 3 end,
  function(p) p[1] = "one" end,
  function(p) p[1], p[2] = 1, 2; p[1] = nil end,
  function(p) rawset(p, "w", 1) end,
  function(p) local k = "key" .. p.x; p[k] = true end,
  function(p) table.insert(p, "last") end,
  function(p) for k in pairs(p) do p[k] = nil end end,
  function(p) for k, v in next, p do if k == "y" then p[k] = v + 1 end end end,
  function(p) setmetatable(p, {__index = function(_, k) return k .. "?" end}) end,
  function(p) setmetatable(p, {__newindex = function(t, k, v) rawset(t, k .. "!", v) end}); p.new = 1; p.x = 5 end,
  function(p) p[p] = nil; p[2.5] = "float" end,
  function(p) p.array_part, p.hash_part, p.metatable, p.traversal = 1, 2, 3, 4 end,
  function(p) p.raw_get, p.field_0, p.field_1, p.__match_args__ = 1, 2, 3, 4 end,
}
for number, way in ipairs(ways) do
  for i = 1, 300 do
    local p = point(i, 1)
    way(p)
    if i % 150 == 0 then print(number, sorted(p), #p, p.q, rawget(p, "x"), rawequal(p, p), p == point(i, 1)) end
--> 1	kind=point y=1	0	nil	nil	true	false
--> 1	kind=point y=1	0	nil	nil	true	false
--> 2	kind=point x=150 y=1 z=3	0	nil	150	true	false
--> 2	kind=point x=300 y=1 z=3	0	nil	300	true	false
--> 3	1=one kind=point x=150 y=1	1	nil	150	true	false
--> 3	1=one kind=point x=300 y=1	1	nil	300	true	false
--> 4	2=2 kind=point x=150 y=1	2	nil	150	true	false
--> 4	2=2 kind=point x=300 y=1	2	nil	300	true	false
--> 5	kind=point w=1 x=150 y=1	0	nil	150	true	false
--> 5	kind=point w=1 x=300 y=1	0	nil	300	true	false
--> 6	key150=true kind=point x=150 y=1	0	nil	150	true	false
--> 6	key300=true kind=point x=300 y=1	0	nil	300	true	false
--> 7	1=last kind=point x=150 y=1	1	nil	150	true	false
--> 7	1=last kind=point x=300 y=1	1	nil	300	true	false
--> 8		0	nil	nil	true	false
--> 8		0	nil	nil	true	false
--> 9	kind=point x=150 y=2	0	nil	150	true	false
--> 9	kind=point x=300 y=2	0	nil	300	true	false
--> 10	kind=point x=150 y=1	0	q?	150	true	false
--> 10	kind=point x=300 y=1	0	q?	300	true	false
--> 11	kind=point new!=1 x=5 y=1	0	nil	5	true	false
--> 11	kind=point new!=1 x=5 y=1	0	nil	5	true	false
--> 12	2.5=float kind=point x=150 y=1	0	nil	150	true	false
--> 12	2.5=float kind=point x=300 y=1	0	nil	300	true	false
--> 13	array_part=1 hash_part=2 kind=point metatable=3 traversal=4 x=150 y=1	0	nil	150	true	false
--> 13	array_part=1 hash_part=2 kind=point metatable=3 traversal=4 x=300 y=1	0	nil	300	true	false
--> 14	__match_args__=4 field_0=2 field_1=3 kind=point raw_get=1 x=150 y=1	0	nil	150	true	false
--> 14	__match_args__=4 field_0=2 field_1=3 kind=point raw_get=1 x=300 y=1	0	nil	300	true	false
  end
end

-- fields that come later, from elsewhere
local function insert(tree, key)
  if not tree then return {key = key} end
  if key < tree.key then tree.left = insert(tree.left, key) else tree.right = insert(tree.right, key) end
  return tree
end
local function keys(tree, list)
  if tree then
    keys(tree.left, list)
    list[#list + 1] = tree.key
    keys(tree.right, list)
  end
  return list
end
for round = 1, 6 do
  local tree, seed = nil, round
  for _ = 1, 100 do
    seed = seed * 16807 % 2147483647
    tree = insert(tree, seed % 100)
  end
  local list = keys(tree, {})
  print(round, #list, table.concat(list, " ", 1, 12), sorted(tree):gsub("table: %S+", "table"))
--> 1	100	1 1 1 3 3 3 4 5 5 7 8 8	key=7 left=table right=table	2
--> 2	100	3 5 6 6 6 6 7 9 9 9 9 10	key=14 left=table right=table	2
--> 3	100	0 0 1 1 1 1 4 5 8 8 9 9	key=21 left=table right=table	2
--> 4	100	1 2 3 5 7 9 10 11 11 12 13 13	key=28 left=table right=table	2
--> 5	100	2 4 4 4 7 9 10 12 13 13 15 16	key=35 left=table right=table	2
--> 6	100	1 2 2 2 2 6 7 11 13 14 15 16	key=42 left=table right=table	2
end

-- what is no table
local function left(value) return value.left end
print(pcall(left, {left = 1}), pcall(left, {}), pcall(left, "text"))  --> true	true	true	nil
for _, value in ipairs {1, 2.5, true, print} do print(select(2, pcall(left, value))) end
--> shaped_tables.lua:100: attempt to index a number value (local 'value')
--> shaped_tables.lua:100: attempt to index a number value (local 'value')
--> shaped_tables.lua:100: attempt to index a boolean value (local 'value')
--> shaped_tables.lua:100: attempt to index a function value (local 'value')
for i = 1, 200 do left(i % 2 == 0 and {left = i} or {}) end
for _, value in ipairs {1, 2.5, true, print} do print(select(2, pcall(left, value))) end
--> shaped_tables.lua:100: attempt to index a number value (local 'value')
--> shaped_tables.lua:100: attempt to index a number value (local 'value')
--> shaped_tables.lua:100: attempt to index a boolean value (local 'value')
--> shaped_tables.lua:100: attempt to index a function value (local 'value')
print(pcall(left, "text"), pcall(left, {}), pcall(left, setmetatable({}, {__index = {left = "inherited"}})))
--> true	true	true	inherited

-- a constructor that is left half-way
local function fails(i) return {first = i, second = i < 250 and i or i .. nil, third = i} end
local made, message
for i = 1, 251 do local fine; fine, made = pcall(fails, i); if not fine then message = made end end
print(message)  --> shaped_tables.lua:117: attempt to concatenate a nil value

-- keys of weak tables, and values with finalizers
local weak = setmetatable({}, {__mode = "k"})
local kept = {}
for i = 1, 200 do local p = point(i, i); weak[p] = {p}; if i % 50 == 0 then kept[#kept + 1] = p end end
collectgarbage()
local count = 0
for p, value in pairs(weak) do count = count + (value[1] == p and 1 or 0) end
print(count, #kept)  --> 4	4
local closed = 0
local class = {__gc = function(p) closed = closed + p.x end}
for i = 1, 100 do setmetatable(point(i, 0), class) end
collectgarbage()
print(closed)  --> 5050

-- methods, and classes that change meanwhile
local Account = {}
Account.__index = Account
function Account.new(balance) local self = setmetatable({}, Account); self.balance = balance; self.log = {}; return self end
function Account:deposit(amount) self.balance = self.balance + amount; self.log[#self.log + 1] = amount; return self end
local total = 0
for i = 1, 300 do
  local account = Account.new(i):deposit(1):deposit(2)
  if i == 200 then function Account:deposit(amount) self.balance = self.balance - amount; return self end end
  if i == 250 then account.deposit = function(self) self.balance = 0; return self end end
  total = total + account:deposit(10).balance + #account.log
end
print(total)  --> 46792

-- fields that have the names of parts of the engine
local odd = {lua_type = "function", raw_get = 1, raw_set = 2, raw_next = 3, traversed = 4, keys_to_visit = 5}
local reached = {}
setmetatable(reached, {__index = odd, __newindex = odd})
reached.new, odd.raw_delete, odd.replace_hash_part = 1, 2, 3
odd.raw_delete = nil
for i = 1, 100 do odd["raw_" .. i] = i; odd["raw_" .. i] = nil; odd.raw_items = i end
print(type(odd), reached.new, reached.raw_get, sorted(odd), next({}, nil), #odd, rawequal(odd, odd))
--> table	1	1	keys_to_visit=5 lua_type=function new=1 raw_get=1 raw_items=100 raw_next=3 raw_set=2 replace_hash_part=3 traversed=4	nil	0	true

-- an object with a method of its own, from before hot code knew that objects have none
local Class = {} Class.__index = Class
function Class:m() return "class" end
local function object(i) return setmetatable({v = i}, Class) end
local objs = {} for i = 1, 300 do objs[i] = object(i) end
for k in pairs(objs[250]) do end
local function set(o, k, v) o[k] = v end
for i = 1, 200 do set({}, "a" .. i, i) end
set(objs[250], "m", function() return "own" end)
local function call(o) return o:m() end
local lengths = 0
for i = 1, 400 do lengths = lengths + #call(objs[i % 100 + 1]) end
print(lengths, call(objs[250]), call(objs[251]))  --> 2000	own	class
