-- objects.lua: classes in forty lines, then inheritance, mixins, properties
-- and operators built on them.

---------------------------------------------------------------------------
-- The class library
---------------------------------------------------------------------------

-- A class is a table that is the metatable of its instances. Methods are
-- found through __index; metamethods must stand in the metatable itself, so
-- a new class copies its parent's.
local Object = { __name = "Object" }
Object.__index = Object

function Object:extend(name)
  local class = { __name = name, super = self }
  for key, value in pairs(self) do
    if key:sub(1, 2) == "__" and class[key] == nil then class[key] = value end
  end
  class.__index = class
  return setmetatable(class, {
    __index = self,                                   -- class methods are inherited
    __call = function(cls, ...) return cls:new(...) end,
    __tostring = function() return "class " .. name end,
  })
end

function Object:new(...)
  local instance = setmetatable({}, self)
  instance:init(...)
  return instance
end

function Object:init() end

function Object:is(class)
  local mine = getmetatable(self)
  while mine do
    if mine == class then return true end
    mine = mine.super
  end
  return false
end

function Object:include(...)
  for _, mixin in ipairs { ... } do
    for name, method in pairs(mixin) do self[name] = method end
  end
  return self
end

---------------------------------------------------------------------------
-- Single inheritance and super calls
---------------------------------------------------------------------------

local Shape = Object:extend "Shape"

function Shape:init(name) self.name = name end
function Shape:area() return 0 end
function Shape:__tostring()
  return string.format("%s with area %.2f", self.name, self:area())
end

local Circle = Shape:extend "Circle"

function Circle:init(radius)
  self.super.init(self, "circle")
  self.radius = radius
end
function Circle:area() return math.pi * self.radius ^ 2 end

local Rectangle = Shape:extend "Rectangle"

function Rectangle:init(width, height, name)
  Rectangle.super.init(self, name or "rectangle")
  self.width, self.height = width, height
end
function Rectangle:area() return self.width * self.height end

local Square = Rectangle:extend "Square"

function Square:init(side)
  Square.super.init(self, side, side, "square")
end

print("-- shapes")
local shapes = { Circle(1.5), Rectangle(3, 4), Square(2.5) }
table.sort(shapes, function(a, b) return a:area() < b:area() end)
for _, shape in ipairs(shapes) do print(shape) end
local square = shapes[1]
print(square:is(Square), square:is(Rectangle), square:is(Circle), Square, Square.super)

---------------------------------------------------------------------------
-- Operators: an exact fraction
---------------------------------------------------------------------------

local Fraction = Object:extend "Fraction"

local function gcd(a, b)
  while b ~= 0 do a, b = b, a % b end
  return math.abs(a)
end

function Fraction:init(numerator, denominator)
  denominator = denominator or 1
  if denominator == 0 then error("a fraction needs a denominator other than 0", 3) end
  if denominator < 0 then numerator, denominator = -numerator, -denominator end
  local divisor = gcd(numerator, denominator)
  self.n, self.d = numerator // divisor, denominator // divisor
end

local function fraction(value)
  if getmetatable(value) == Fraction then return value end
  return Fraction(value)
end

-- Either operand may be a plain number, and the method still is called.
function Fraction.__add(a, b)
  a, b = fraction(a), fraction(b)
  return Fraction(a.n * b.d + b.n * a.d, a.d * b.d)
end
function Fraction.__sub(a, b) return a + -fraction(b) end
function Fraction.__mul(a, b)
  a, b = fraction(a), fraction(b)
  return Fraction(a.n * b.n, a.d * b.d)
end
function Fraction.__div(a, b)
  b = fraction(b)
  return a * Fraction(b.d, b.n)
end
function Fraction.__pow(a, power)
  if power < 0 then return (1 / a) ^ -power end
  local result = Fraction(1)
  for _ = 1, power do result = result * a end
  return result
end
function Fraction.__unm(a) return Fraction(-a.n, a.d) end
function Fraction.__eq(a, b) return a.n == b.n and a.d == b.d end
function Fraction.__lt(a, b)
  a, b = fraction(a), fraction(b)
  return a.n * b.d < b.n * a.d
end
function Fraction.__le(a, b) return not (fraction(b) < a) end
function Fraction.__tostring(a)
  return a.d == 1 and tostring(a.n) or a.n .. "/" .. a.d
end
function Fraction.__concat(a, b) return tostring(a) .. tostring(b) end

print("\n-- fractions")
local half, third = Fraction(1, 2), Fraction(1, 3)
print(half + third, half - third, half * third, half / third, -half, half ^ 10, half ^ -3)
print(1 + half, half + 1, 2 / third, half == Fraction(2, 4), half < third, half >= third, half < 1)
print("one half is " .. half .. " and one third is " .. third)

local harmonic = Fraction(0)
for i = 1, 20 do harmonic = harmonic + Fraction(1, i) end
print("1 + 1/2 + … + 1/20 = " .. harmonic)
print(pcall(function()
  local broken = Fraction(1, 0)
  return broken
end))

---------------------------------------------------------------------------
-- A class whose instances act like tables: __index, __newindex, __len,
-- __pairs, __call, __close
---------------------------------------------------------------------------

local History = Object:extend "History"

-- Instances keep their values in `stored`, so that every access reaches the
-- metamethods; the class is asked first, for methods.
function History:new()
  local instance = rawset(rawset({}, "stored", {}), "changes", {})
  return setmetatable(instance, self)
end
History.__index = function(self, key)
  local method = History[key]
  if method ~= nil then return method end
  return rawget(self, "stored")[key]
end
History.__newindex = function(self, key, value)
  local changes = rawget(self, "changes")
  changes[#changes + 1] = { key = key, before = self.stored[key] }
  self.stored[key] = value
end
History.__len = function(self) return #rawget(self, "changes") end
History.__pairs = function(self)
  local keys = {}
  for key in pairs(self.stored) do keys[#keys + 1] = key end
  table.sort(keys)
  local i = 0
  return function()
    i = i + 1
    return keys[i], self.stored[keys[i]]
  end
end
function History:undo()
  local change = table.remove(self.changes)
  if change then self.stored[change.key] = change.before end
  return change ~= nil
end
-- A transaction is a to-be-closed value: leaving its block without commit
-- takes everything back, whichever way the block is left.
function History:transaction()
  local mark, committed = #self, false
  return setmetatable({}, {
    __call = function() committed = true end,
    __close = function(_, problem)
      while not committed and #self > mark do self:undo() end
      print("  transaction " .. (committed and "kept" or "undone"), problem)
    end,
  })
end

print("\n-- an object that remembers")
local settings = History()
settings.colour = "green"
settings.size = 10
settings.colour = "blue"
print(settings.colour, settings.size, #settings)
settings:undo()
print(settings.colour, settings.size, #settings)
do
  local commit <close> = settings:transaction()
  settings.size = 11
  commit()
end
do
  local _ <close> = settings:transaction()
  settings.size, settings.weight = 12, 1.5
  print("  inside", settings.size, settings.weight)
end
print(pcall(function()
  local _ <close> = settings:transaction()
  settings.colour = nil
  error("no colour", 0)
end))
for key, value in pairs(settings) do print(key, value) end

---------------------------------------------------------------------------
-- Mixins and multiple behaviours
---------------------------------------------------------------------------

local Comparable = {
  at_least = function(self, other) return self:compare(other) >= 0 end,
  at_most = function(self, other) return self:compare(other) <= 0 end,
  between = function(self, low, high) return self:at_least(low) and self:at_most(high) end,
}
local Observable = {
  on = function(self, event, handler)
    self.handlers = self.handlers or {}
    self.handlers[event] = self.handlers[event] or {}
    table.insert(self.handlers[event], handler)
    return self
  end,
  emit = function(self, event, ...)
    for _, handler in ipairs(self.handlers and self.handlers[event] or {}) do handler(self, ...) end
  end,
}

local Account = Object:extend("Account"):include(Comparable, Observable)

function Account:init(owner, balance) self.owner, self.balance = owner, balance or 0 end
function Account:compare(other) return self.balance - other.balance end
function Account:deposit(amount)
  self.balance = self.balance + amount
  self:emit("change", amount)
end
function Account:withdraw(amount)
  if amount > self.balance then
    error(setmetatable({ short = amount - self.balance, owner = self.owner }, {
      __tostring = function(e) return e.owner .. " is short of " .. e.short end,
    }))
  end
  self:deposit(-amount)
end

print("\n-- accounts")
local total = 0
local function count(_, amount) total = total + amount end
local ann = Account("Ann", 100):on("change", count):on("change", function(self, amount)
  print(("%s: %+d makes %d"):format(self.owner, amount, self.balance))
end)
local bob = Account("Bob"):on("change", count)
bob:deposit(30)
ann:withdraw(45)
ann:deposit(5)
local ok, problem = pcall(bob.withdraw, bob, 50)
print(ok, tostring(problem), type(problem), problem.short)
print("sum of changes", total)
print(ann:at_least(bob), bob:between(Account("low", 10), ann))
