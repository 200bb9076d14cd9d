-- Fast code names functions of libraries and classes: stores that change them count from the next use on.

local function class(parent)
  local made = {}
  made.__index = made
  return parent and setmetatable(made, {__index = parent}) or made
end

-- A method that replaces itself while the loop that calls it runs.
do
  local A = class()
  function A:get() return self.x end
  local function run(o, n)
    local sum = 0
    for i = 1, n do
      sum = sum + o:get()
      if i == n // 2 then A.get = function(self) return -self.x end end
    end
    return sum
  end
  local o = setmetatable({x = 2}, A)
  print(run(o, 100), run(o, 100), run(o, 100))  --> 0	-200	-200
end

-- An object that gets a field of a method's name: by name, by a key, by rawset, by its constructor.
do
  local A = class()
  function A:size() return 1 end
  local function other() return 100 end
  local function run(list)
    local sum = 0
    for _ = 1, 50 do
      for i = 1, #list do sum = sum + list[i]:size() end
    end
    return sum
  end
  local function put(o, key, value) o[key] = value end
  local list = {}
  for i = 1, 4 do list[i] = setmetatable({}, A) end
  print(run(list))  --> 200
  list[1].size = other
  print(run(list))  --> 5150
  for _ = 1, 50 do put(list[1], "size", nil) put({}, "side", 1) end
  print(run(list))  --> 200
  put(list[2], "size", other)
  print(run(list))  --> 5150
  rawset(list[3], "size", other)
  print(run(list))  --> 10100
  for i = 1, 4 do list[i] = setmetatable({}, A) end
  print(run(list))  --> 200
  list[4] = setmetatable({size = other}, A)
  print(run(list))  --> 5150
end

do
  local A = class()
  function A:kind() return "A" end
  local function make(fields) return setmetatable(fields, A) end
  local function run(o)
    local text = ""
    for _ = 1, 40 do text = o:kind() end
    return text
  end
  for _ = 1, 40 do make({}) end
  print(run(make({})), run(make({})))  --> A	A
  print(run(make({kind = function() return "own" end})))  --> own
  local later = {}
  later.kind = function() return "later" end
  print(run(setmetatable(later, A)), run(make({})))  --> later	A
end

-- A method that goes, or comes between a class and its parent; other parents, other metatables.
do
  local P = class()
  function P:name() return "P" end
  local C = class(P)
  local o = setmetatable({}, C)
  local function run(count)
    local text
    for _ = 1, count or 40 do text = o:name() end
    return text
  end
  print(run(), run())  --> P	P
  function C:name() return "C" end
  print(run(), run())  --> C	C
  C.name = nil
  print(run(), run())  --> P	P
  P.name = nil
  print(pcall(run))  --> false	watched_stores.lua:80: attempt to call a nil value (method 'name')
  P.name = function() return "again" end
  print(run(), run())  --> again	again
  setmetatable(C, {__index = {name = function() return "another parent" end}})
  print(run(), run())  --> another parent	another parent
  C.__index = {name = function() return "another table" end}
  print(run(), run())  --> another table	another table
  rawset(C, "__index", function(_, key) return function() return "by function " .. key end end)
  print(run(), run())  --> by function name	by function name
  for _, key in ipairs({"__index"}) do C[key] = P end
  print(run(), run())  --> again	again
  setmetatable(o, nil)
  print(pcall(run))  --> false	watched_stores.lua:80: attempt to call a nil value (method 'name')
end

-- Several classes at one call.
do
  local classes = {}
  for i = 1, 3 do
    classes[i] = class()
    classes[i].value = function(self) return i * self.x end
  end
  local function run(list)
    local sum = 0
    for _ = 1, 30 do
      for i = 1, #list do sum = sum + list[i]:value() end
    end
    return sum
  end
  local list = {}
  for i = 1, 6 do list[i] = setmetatable({x = i}, classes[i % 3 + 1]) end
  print(run(list), run(list))  --> 1200	1200
  classes[2].value = function() return 0 end
  print(run(list), run(list))  --> 900	900
  list[7] = setmetatable({x = 1}, {__index = {value = function() return 1000 end}})
  print(run(list), run(list))  --> 30900	30900
end

-- What is called was found before its arguments.
do
  local A = class()
  function A:add(n) return self.x + n end
  local o = setmetatable({x = 1}, A)
  local function change(n)
    if n == 50 then A.add = function() return 0 end end
    return n
  end
  local function run()
    local sum = 0
    for i = 1, 100 do sum = sum + o:add(change(i)) end
    return sum
  end
  print(run(), run())  --> 1325	0
end

-- Functions of libraries, libraries, global functions.
do
  local function run(n)
    local sum = 0
    for i = 1, n do sum = sum + string.byte("a") + math.max(i, 3) end
    return sum
  end
  print(run(100), run(100))  --> 14753	14753
  local byte, max, library = string.byte, math.max, math
  string.byte = function() return 0 end
  print(run(100))  --> 5053
  string.byte = byte
  print(run(100))  --> 14753
  math = {max = function() return 1 end}
  print(run(100))  --> 9800
  math = library
  rawset(math, "max", nil)
  print(pcall(run, 1))  --> false	watched_stores.lua:148: attempt to call a nil value (field 'max')
  math["ma" .. "x"] = max
  print(run(100))  --> 14753
end

function global_step(n)
  if n == 0 then return 0 end
  return 1 + global_step(n - 1)
end
local function steps()
  local sum = 0
  for i = 1, 60 do sum = sum + global_step(i) end
  return sum
end
print(steps(), steps())  --> 1830	1830
do
  local former = global_step
  function global_step(n) return -former(n) end
  print(steps(), steps())  --> -30	-30
  load("function global_step(n) return n * 2 end")()
  print(steps(), steps())  --> 3660	3660
  _G.global_step = nil
  print(pcall(steps))  --> false	watched_stores.lua:172: attempt to call a nil value (global 'global_step')
end

-- Methods of texts.
do
  local function run(text)
    local sum = 0
    for i = 1, 60 do sum = sum + text:byte(i % #text + 1) end
    return sum
  end
  print(run("abc"), run("abc"))  --> 5880	5880
  local byte = string.byte
  string.byte = function() return 1 end
  print(run("abc"))  --> 60
  string.byte = byte
  print(run("abc"))  --> 5880
  local former = debug.getmetatable("")
  debug.setmetatable("", {__index = {byte = function() return 2 end}})
  print(run("abc"))  --> 120
  debug.setmetatable("", former)
  former.__index = {byte = function() return 3 end}
  print(run("abc"))  --> 180
  former.__index = string
  print(run("abc"))  --> 5880
end

-- In coroutines; while one waits a method changes.
do
  local A = class()
  function A:give(x) coroutine.yield(x) return x end
  local o = setmetatable({}, A)
  local function run()
    local next_one = coroutine.wrap(function()
      local sum = 0
      for i = 1, 60 do sum = sum + o:give(i) end
      return "sum", sum
    end)
    for i = 1, 60 do
      next_one()
      if i == 30 then A.give = function(_, x) coroutine.yield(x) return -x end end
    end
    return next_one()
  end
  print(run())  --> sum	-900
  print(run())  --> sum	-1830
end

-- ipairs, pairs and setmetatable replaced.
do
  local function run(list)
    local sum = 0
    for _ = 1, 30 do
      for _, value in ipairs(list) do sum = sum + value end
      for _, value in pairs(list) do sum = sum + value end
      sum = sum + #setmetatable({1, 2}, nil)
    end
    return sum
  end
  print(run({1, 2, 3}), run({1, 2, 3}))  --> 420	420
  local former_ipairs, former_pairs, former_setmetatable = ipairs, pairs, setmetatable
  ipairs = function() return function() end end
  print(run({1, 2, 3}))  --> 240
  ipairs = former_ipairs
  pairs = function(t) return ipairs({#t}) end
  setmetatable = function(t) t[3] = 1 return t end
  print(run({1, 2, 3}))  --> 360
  pairs, setmetatable = former_pairs, former_setmetatable
  print(run({1, 2, 3}))  --> 420
end

-- A store by a key, and the use right behind it.
do
  local function run(table, key, value)
    table[key] = value
    local first = string.byte("a")
    table[key] = nil
    return first, string.byte
  end
  local byte = string.byte
  local sum = 0
  for i = 1, 60 do sum = sum + run({}, "byte", byte) end
  print(sum)  --> 5820
  print(run(string, "byte", function() return 1 end))  --> 1	nil
  string.byte = byte
  print(run({}, "byte", byte) == byte("a"))  --> true
end

-- Two environments.
do
  local source = [[
    local function run() local sum = 0 for i = 1, 60 do sum = sum + twice(i) end return sum end
    return run
  ]]
  local one = load(source, "one", "t", {twice = function(x) return 2 * x end})()
  local env = {twice = function(x) return 20 * x end}
  local two = load(source, "two", "t", env)()
  print(one(), two(), one(), two())  --> 3660	36600	3660	36600
  env.twice = function(x) return -x end
  print(one(), two(), one(), two())  --> 3660	-1830	3660	-1830
end
