-- Closures: counters, composed functions, maps and folds.

local function counter(start, step)
  local count = start - step
  return function()
    count = count + step
    return count
  end
end

local function compose(f, g)
  return function(x)
    return f(g(x))
  end
end

local function map(f, items)
  local result = {}
  for i, item in ipairs(items) do
    result[i] = f(item)
  end
  return result
end

local function filter(accepts, items)
  local result = {}
  for _, item in ipairs(items) do
    if accepts(item) then
      result[#result + 1] = item
    end
  end
  return result
end

local function fold(f, start, items)
  local result = start
  for _, item in ipairs(items) do
    result = f(result, item)
  end
  return result
end

local function adder(n)
  return function(x) return x + n end
end

local function make_account(balance)
  local history = {}
  local function record(amount)
    history[#history + 1] = amount
  end
  local function deposit(amount)
    balance = balance + amount
    record(amount)
  end
  local function withdraw(amount)
    if amount > balance then
      return false
    end
    balance = balance - amount
    record(-amount)
    return true
  end
  return deposit, withdraw, function() return balance end, history
end

local function main(size)
  local total = 0
  for _ = 1, size do
    local next_number = counter(1, 3)
    local numbers = {}
    for i = 1, 50 do
      numbers[i] = next_number()
    end
    local add_all = adder(0)
    for i = 1, 10 do
      add_all = compose(adder(i), add_all)
    end
    local odd = filter(function(x) return x % 2 == 1 end, map(add_all, numbers))
    local sum = fold(function(a, b) return a + b end, 0, odd)
    assert(#odd == 25 and sum == 3275)

    local deposit, withdraw, balance, history = make_account(100)
    local refused = 0
    for i = 1, 30 do
      deposit(i)
      if not withdraw(2 * i + 10) then
        refused = refused + 1
      end
    end
    assert(fold(function(a, b) return a + b end, 100, history) == balance())
    total = total + sum + balance() + refused
  end
  return "closures " .. total
end

print(main(tonumber((...)) or 10000))
