-- Errors that error and assert throw to pcall: texts with positions, other values, through all that can lie between.
local function thrower(x)
  if x % 3 == 0 then error("text " .. x) end
  if x % 3 == 1 then error({code = x}) end
  if x % 7 == 0 then error("plain", 0) end
  if x % 11 == 0 then error("two", 2) end
  if x % 13 == 0 then error() end
  if x % 17 == 0 then error(42) end
  assert(x % 5 ~= 0, "five")
  assert(x % 19 ~= 0)
  assert(x % 23 ~= 0, {x})
  if x % 29 == 0 then return error("tail") end
  return x
end
local function middle(x) local y = thrower(x) return y + 1 end
local seen, n = {}, 0
for i = 1, 800 do
  local ok, e = pcall(middle, i)
  local key = type(e) == "table" and "table" .. tostring(e.code ~= nil) or tostring(e):gsub("%d+$", "N")
  seen[key] = (seen[key] or 0) + 1
  n = n + (ok and 1 or 0)
  local ok2 = pcall(thrower, i)
  if ok2 ~= ok then print("differ", i) end
  local nested, a, b = pcall(pcall, thrower, i)
  if i % 200 == 0 then print(nested, a, type(b)) end  --> true	false	string
--> true	false	table
--> true	false	string
--> true	false	string
end
local keys = {}
for k, v in pairs(seen) do keys[#keys + 1] = k .. "=" .. v end
table.sort(keys)
print(n, table.concat(keys, "; "))
--> 132	N=144; nil=15; plain=38; tablefalse=4; tabletrue=267; thrown_errors.lua:10: assertion failed!=7; thrown_errors.lua:12: tail=3; thrown_errors.lua:15: two=20; thrown_errors.lua:3: text N=266; thrown_errors.lua:9: five=36
-- through coroutines, natives that call back, finalizers of scopes
local function sorter(i)
  local t = {3, 1, 2}
  table.sort(t, function(a, b) if i % 2 == 0 then error("in sort " .. i) end return a < b end)
  return t[1]
end
local function gsubber(i) return (("abc"):gsub(".", function(c) if i % 3 == 0 then error({c}) end return c .. c end)) end
local function wrapped(i)
  local co = coroutine.wrap(function() coroutine.yield(1) if i % 2 == 0 then error("in coroutine") end return 2 end)
  return co() + co()
end
local function closing(i)
  local log = {}
  local ok, e = pcall(function()
    local x <close> = setmetatable({}, {__close = function(_, err) log[#log + 1] = tostring(err) end})
    thrower(i * 3)
  end)
  return log[1]
end
local function rethrow(i) local ok, e = pcall(thrower, i * 3) if not ok then error(e, 0) end end
local function meta(i)
  local t = setmetatable({}, {__index = function(_, k) error("no field " .. k) end, __add = function(a, b) error("no sum") end})
  if i % 2 == 0 then return t.x end
  return t + 1
end
for _, f in ipairs {sorter, gsubber, wrapped, closing, rethrow, meta} do
  local texts = {}
  for i = 1, 120 do
    local ok, e = pcall(f, i)
    if i > 116 then texts[#texts + 1] = tostring(ok) .. " " .. (type(e) == "table" and "table" or tostring(e)) end
  end
  print(table.concat(texts, "; "))
--> true 1; false thrown_errors.lua:38: in sort 118; true 1; false thrown_errors.lua:38: in sort 120
--> false table; true aabbcc; true aabbcc; false table
--> true 3; false thrown_errors.lua:44: thrown_errors.lua:43: in coroutine; true 3; false thrown_errors.lua:44: thrown_errors.lua:43: in coroutine
--> true thrown_errors.lua:3: text 351; true thrown_errors.lua:3: text 354; true thrown_errors.lua:3: text 357; true thrown_errors.lua:3: text 360
--> false thrown_errors.lua:3: text 351; false thrown_errors.lua:3: text 354; false thrown_errors.lua:3: text 357; false thrown_errors.lua:3: text 360
--> false thrown_errors.lua:56: no sum; false thrown_errors.lua:56: no field x; false thrown_errors.lua:56: no sum; false thrown_errors.lua:56: no field x
end
for i = 1, 100 do xpcall(thrower, function(e) n = n + 1 return e end, i) end
print(n, select(2, xpcall(thrower, debug.traceback, 3)) ~= nil)  --> 219	true
print(select(2, pcall(thrower, 3)), pcall(error), pcall(error, nil), pcall(error, "x", 1), pcall(assert, false), pcall(assert))
--> thrown_errors.lua:3: text 3	false	false	false	false	false	bad argument #1 to 'assert' (value expected)
local depth = 0
local function deep(n) depth = n if n > 150 then error("deep") end return pcall(deep, n + 1) end
for i = 1, 30 do deep(1) end
print(depth, deep(1))
--> 151	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	true	false	thrown_errors.lua:79: deep
-- a handler around all of it sees nothing
local handled = 0
local function handle(e) handled = handled + 1 return e end
print(xpcall(function()  --> true	through
  for i = 1, 120 do pcall(gsubber, i); pcall(sorter, i); pcall(meta, i); pcall(wrapped, i); pcall(thrower, i) end
  return "through"
end, handle))
print(handled, select(2, xpcall(gsubber, handle, 3))[1], handled)  --> 0	a	1
