-- Registers that hold results, arguments and loop counters, and later variables that closures capture.

local function same(x) return x end
local coroutines = 0
for i = 1, 60 do
  local co = coroutine.create(same)
  local ok, v = coroutine.resume(co, 3)
  while coroutine.status(co) == "suspended" do v = v + 1 end
  coroutines = coroutines + v
end
print(coroutines)  --> 180

local runs = 0
local function closing(i)
  local c <close> = setmetatable({}, {__close = function() runs = runs + 1 end})
  if i % 2 == 0 then error("c" .. i, 0) end
end
for i = 1, 60 do pcall(closing, i) end
print(runs)  --> 60

local a, b, c, d, e, f, g, h
local function capture()
  a, b, c, d, e, f, g, h = h, g, f, e, d, c, b, a
  return a, b, c, d, e, f, g, h
end
print(capture())  --> nil	nil	nil	nil	nil	nil	nil	nil

local function moved()
  local wrong = 0
  for i = 1, 60 do
    local co = coroutine.create(same)
    local ok, v = coroutine.resume(co, 3)
    if coroutine.status(co) ~= "dead" then wrong = wrong + 1 end
  end
  local b, c, d, e, f, g = 1, 2, 3, 4, 5, 6
  return wrong, function() return f end
end
print((moved()))  --> 0
