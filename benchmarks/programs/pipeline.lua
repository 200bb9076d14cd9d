-- A pipeline of coroutines: producers, filters, a merge, a tree walked from within.

local yield, wrap = coroutine.yield, coroutine.wrap

local function numbers(limit)
  return wrap(function()
    for i = 1, limit do
      yield(i)
    end
  end)
end

local function multiples(source, divisor)
  return wrap(function()
    for x in source do
      if x % divisor == 0 then
        yield(x)
      end
    end
  end)
end

local function running_sum(source)
  return wrap(function()
    local sum = 0
    for x in source do
      sum = sum + x
      yield(sum)
    end
  end)
end

local function merge(first, second)
  return wrap(function()
    local a, b = first(), second()
    while a and b do
      if a <= b then
        yield(a)
        a = first()
      else
        yield(b)
        b = second()
      end
    end
    while a do
      yield(a)
      a = first()
    end
    while b do
      yield(b)
      b = second()
    end
  end)
end

local function insert(tree, key)
  if not tree then
    return { key = key }
  elseif key < tree.key then
    tree.left = insert(tree.left, key)
  else
    tree.right = insert(tree.right, key)
  end
  return tree
end

local function walk(tree)
  if tree then
    walk(tree.left)
    yield(tree.key)
    walk(tree.right)
  end
end

local function keys(tree)
  return wrap(function() walk(tree) end)
end

local function main(size)
  local total = 0
  for round = 1, size do
    local sum = 0
    for x in running_sum(merge(multiples(numbers(120), 2), multiples(numbers(120), 3))) do
      sum = x
    end
    assert(sum == 6120)
    local tree, seed = nil, round
    for _ = 1, 40 do
      seed = seed * 16807 % 2147483647
      tree = insert(tree, seed % 1000)
    end
    local last, count = -1, 0
    for key in keys(tree) do
      assert(key >= last)
      last, count = key, count + 1
    end
    assert(count == 40)
    total = total + sum + last
  end
  return "pipeline " .. total
end

print(main(tonumber((...)) or 10000))
