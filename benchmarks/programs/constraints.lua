-- A constraint solver (arc consistency and backtracking): many small objects of several classes.

local Variable = {}
Variable.__index = Variable

function Variable.new(name, low, high)
  local self = setmetatable({ name = name, domain = {}, constraints = {} }, Variable)
  for value = low, high do
    self.domain[#self.domain + 1] = value
  end
  return self
end

function Variable:is_decided()
  return #self.domain == 1
end

function Variable:value()
  return self.domain[1]
end

-- Constraints between two variables ---------------------------------------------

local Constraint = {}
Constraint.__index = Constraint

local function subclass(parent)
  local class = setmetatable({}, { __index = parent })
  class.__index = class
  return class
end

function Constraint.new(class, first, second)
  local self = setmetatable({ first = first, second = second, is_queued = false }, class)
  table.insert(first.constraints, self)
  table.insert(second.constraints, self)
  return self
end

function Constraint:allows(a, b)
  error("a subclass does this")
end

function Constraint:has_support(value, is_first, others)
  for _, other in ipairs(others) do
    if is_first then
      if self:allows(value, other) then return true end
    elseif self:allows(other, value) then
      return true
    end
  end
  return false
end

-- The variables whose domains shrank, or nil and the variable that has no value left.
function Constraint:revise(trail)
  local changed = {}
  for _, variable in ipairs { self.first, self.second } do
    local is_first = variable == self.first
    local others = is_first and self.second.domain or self.first.domain
    local remaining = {}
    for _, value in ipairs(variable.domain) do
      if self:has_support(value, is_first, others) then
        remaining[#remaining + 1] = value
      end
    end
    if #remaining == 0 then
      return nil
    end
    if #remaining < #variable.domain then
      trail:save(variable)
      variable.domain = remaining
      changed[#changed + 1] = variable
    end
  end
  return changed
end

local Different = subclass(Constraint)

function Different.new(first, second)
  return Constraint.new(Different, first, second)
end

function Different:allows(a, b)
  return a ~= b
end

local Apart = subclass(Constraint)

function Apart.new(first, second, distance)
  local self = Constraint.new(Apart, first, second)
  self.distance = distance
  return self
end

function Apart:allows(a, b)
  return math.abs(a - b) ~= self.distance
end

local Before = subclass(Constraint)

function Before.new(first, second)
  return Constraint.new(Before, first, second)
end

function Before:allows(a, b)
  return a < b
end

-- What to undo -------------------------------------------------------------------

local Trail = {}
Trail.__index = Trail

function Trail.new()
  return setmetatable({ entries = {} }, Trail)
end

function Trail:save(variable)
  self.entries[#self.entries + 1] = { variable = variable, domain = variable.domain }
end

function Trail:mark()
  return #self.entries
end

function Trail:undo(mark)
  for i = #self.entries, mark + 1, -1 do
    local entry = table.remove(self.entries)
    entry.variable.domain = entry.domain
  end
end

-- The solver -----------------------------------------------------------------------

local Solver = {}
Solver.__index = Solver

function Solver.new(variables)
  return setmetatable({ variables = variables, trail = Trail.new(), solutions = {} }, Solver)
end

function Solver:propagate(queue)
  local head = 1
  while queue[head] do
    local constraint = queue[head]
    head = head + 1
    constraint.is_queued = false
    local changed = constraint:revise(self.trail)
    if not changed then
      for i = head, #queue do
        queue[i].is_queued = false
      end
      return false
    end
    for _, variable in ipairs(changed) do
      for _, affected in ipairs(variable.constraints) do
        if affected ~= constraint and not affected.is_queued then
          affected.is_queued = true
          queue[#queue + 1] = affected
        end
      end
    end
  end
  return true
end

function Solver:choose()
  local best
  for _, variable in ipairs(self.variables) do
    if not variable:is_decided() and (not best or #variable.domain < #best.domain) then
      best = variable
    end
  end
  return best
end

function Solver:search()
  local variable = self:choose()
  if not variable then
    local solution = {}
    for i, decided in ipairs(self.variables) do
      solution[i] = decided:value()
    end
    table.insert(self.solutions, solution)
    return
  end
  for _, value in ipairs(variable.domain) do
    local mark = self.trail:mark()
    self.trail:save(variable)
    variable.domain = { value }
    if self:propagate { table.unpack(variable.constraints) } then
      self:search()
    end
    self.trail:undo(mark)
  end
end

local function queens(n)
  local variables = {}
  for i = 1, n do
    variables[i] = Variable.new("row" .. i, 1, n)
  end
  for i = 1, n do
    for j = i + 1, n do
      Different.new(variables[i], variables[j])
      Apart.new(variables[i], variables[j], j - i)
    end
  end
  return variables
end

local function schedule(n)
  local variables = {}
  for i = 1, n do
    variables[i] = Variable.new("task" .. i, 1, n + 1)
    if i > 2 then
      Before.new(variables[i - 2], variables[i])
    end
  end
  for i = 1, n - 1 do
    Different.new(variables[i], variables[i + 1])
    Apart.new(variables[i], variables[i + 1], 3)
  end
  return variables
end

local function main(size)
  local total = 0
  for _ = 1, size do
    local board = Solver.new(queens(5))
    board:search()
    assert(#board.solutions == 10)
    local plan = Solver.new(schedule(4))
    plan:search()
    assert(#plan.solutions == 20)
    for _, solution in ipairs(plan.solutions) do
      for i = 3, 4 do
        assert(solution[i - 2] < solution[i])
      end
      total = total + solution[1] * solution[4]
    end
    for _, solution in ipairs(board.solutions) do
      total = total + solution[1] * 10 + solution[5]
    end
  end
  assert(total == size * 485)
  return "constraints " .. total
end

print(main(tonumber((...)) or 500))
