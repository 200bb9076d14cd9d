-- Functions of any number of arguments: packed, forwarded, selected, unpacked.

local function sum(...)
  local total = 0
  for _, value in ipairs { ... } do
    total = total + value
  end
  return total
end

local function largest(first, ...)
  local best = first
  for i = 1, select("#", ...) do
    local value = (select(i, ...))
    if value > best then
      best = value
    end
  end
  return best
end

local function count(...)
  return select("#", ...)
end

local function traced(f, log)
  return function(...)
    log[#log + 1] = count(...)
    return f(...)
  end
end

local function bind(f, ...)
  local bound = table.pack(...)
  return function(...)
    local arguments = { table.unpack(bound, 1, bound.n) }
    for _, argument in ipairs { ... } do
      arguments[#arguments + 1] = argument
    end
    return f(table.unpack(arguments))
  end
end

local function minimum_and_maximum(...)
  return math.min(...), math.max(...)
end

local function join(separator, ...)
  return table.concat({ ... }, separator)
end

local function main(size)
  local total = 0
  for round = 1, size do
    local log = {}
    local traced_sum = traced(sum, log)
    for i = 1, 10 do
      total = total + traced_sum(i, round, 3, i + 1) + largest(i, 5, round % 7, 3)
    end
    assert(#log == 10 and log[10] == 4)
    local with_two = bind(sum, 10, 20)
    assert(with_two() == 30 and with_two(5, 6, 7) == 48)
    local low, high = minimum_and_maximum(5, round % 3, 9, 2)
    assert(low == math.min(round % 3, 2) and high == 9)
    assert(join("-", "a", "b", round % 10) == "a-b-" .. round % 10)
    assert(count() == 0 and count(nil, nil) == 2)
    total = total + low + high + with_two(round % 11)
  end
  return "varargs " .. total
end

print(main(tonumber((...)) or 90000))
