-- Native functions as __index and __newindex, in hot code.

local function stored(n)
  local t = setmetatable({}, {__newindex = rawset, __index = rawequal})
  local found = 0
  for i = 1, n do
    t["k" .. i] = i
    t[i] = i
    if t.missing == false then found = found + 1 end
    t.name = i
    t.name = nil
  end
  return found, #t, t.k60, t.name
end
print(stored(60))  --> 60	60	60	false

local function of_files(n)
  local lines = 0
  for i = 1, n do
    if io.stdout.write == io.stderr.write then lines = lines + 1 end
    if not pcall(function() io.stdout.x = i end) then lines = lines + 1 end
  end
  return lines
end
print(of_files(60))  --> 120

local function failing(n)
  local t = setmetatable({}, {__index = string.rep, __newindex = tonumber})
  local texts, last = {}, nil
  for i = 1, n do
    local ok, why = pcall(function() local v = t.field return v end)
    texts[ok and "none" or why] = i
    ok, why = pcall(function() t.field = i end)
    texts[ok and "none" or why] = i
    ok, why = pcall(function() return t:method() end)
    texts[ok and "none" or why] = i
    ok, why = pcall(function() return t[i] end)
    texts[ok and "none" or why] = i
  end
  local sorted = {}
  for text in pairs(texts) do sorted[#sorted + 1] = text end
  table.sort(sorted)
  for i = 1, #sorted do print(sorted[i], texts[sorted[i]]) end
end
failing(60)  --> native_metamethods.lua:31: bad argument #1 to 'index' (string expected, got table)	60
--> native_metamethods.lua:33: bad argument #2 to 'newindex' (number expected, got string)	60
--> native_metamethods.lua:35: bad argument #1 to 'index' (string expected, got table)	60
--> native_metamethods.lua:37: bad argument #1 to 'index' (string expected, got table)	60

local function traced(n)
  local t = setmetatable({}, {__index = string.rep})
  local function read() local v = t.field return v end
  local last
  for i = 1, n do last = select(2, xpcall(read, debug.traceback)) end
  return (last:gsub("\n[^\n]*in %?$", ""):gsub("[^\n]*native_metamethods.lua:", "file:"))
end
print(traced(60))  --> file:52: bad argument #1 to 'index' (string expected, got table)
--> stack traceback:
--> 	[C]: in function 'string.rep'
--> file:52>
--> 	[C]: in function 'xpcall'
--> file:54: in local 'traced'
--> file:57: in main chunk

local function looking(n)
  local here = setmetatable({}, {__index = debug.getinfo})
  local ok = 0
  for i = 1, n do
    if not pcall(function() return here.x end) then ok = ok + 1 end
  end
  return ok
end
print(looking(60))  --> 60

local function raised(n)
  local t = setmetatable({}, {__index = error, __newindex = error})
  local same = 0
  for i = 1, n do
    local ok, why = pcall(function() return t.x end)
    if why == t then same = same + 1 end
    ok, why = pcall(function() t[i] = 5 end)
    if why == t then same = same + 1 end
  end
  return same
end
print(raised(60))  --> 60

local function nested()
  local depth = 0
  local t = setmetatable({}, {__index = string.gsub})
  local outer = setmetatable({}, {__index = function(_, k) depth = depth + 1 return t[k] end})
  local texts = {}
  for i = 1, 60 do texts[select(2, pcall(function() return outer.x end))] = i end
  for text, i in pairs(texts) do print(text, i) end
  return depth
end
print(nested())  --> native_metamethods.lua:91: bad argument #1 to 'index' (string expected, got table)	60
--> 60

local function chained(n)
  local sum = 0
  local class = setmetatable({}, {__index = math.max})
  local object = setmetatable({}, {__index = setmetatable({a = 1}, {__index = rawlen})})
  for i = 1, n do
    local ok, why = pcall(function() return class.x end)
    sum = sum + object.a + object.b
  end
  return sum
end
print(chained(60))  --> 60

local co = coroutine.wrap(function()
  local t = setmetatable({}, {__index = coroutine.yield})
  local sum = 0
  for i = 1, 60 do sum = sum + t[i] end
  return "sum", sum
end)
local first, key = co()
while first ~= "sum" do first, key = co(key) end
print(first, key)  --> sum	1830
