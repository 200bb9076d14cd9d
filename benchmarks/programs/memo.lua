-- Memoising with string keys: edit distance and grid paths by recursion.

local function memoize(f)
  local results, hits = {}, 0
  local function remembered(a, b)
    local key = a .. ":" .. b
    local result = results[key]
    if result then
      hits = hits + 1
      return result
    end
    result = f(remembered, a, b)
    results[key] = result
    return result
  end
  return remembered, function() return hits end
end

local function edit_distance(first, second)
  local distance, hits = memoize(function(distance, i, j)
    if i == 0 then
      return j
    elseif j == 0 then
      return i
    elseif first:sub(i, i) == second:sub(j, j) then
      return distance(i - 1, j - 1)
    end
    return 1 + math.min(distance(i - 1, j), distance(i, j - 1), distance(i - 1, j - 1))
  end)
  return distance(#first, #second), hits()
end

local function grid_paths(width, height)
  local paths = memoize(function(paths, column, row)
    if column == 0 or row == 0 then
      return 1
    end
    return paths(column - 1, row) + paths(column, row - 1)
  end)
  return paths(width, height)
end

local function main(size)
  local total = 0
  for _ = 1, size do
    local distance, hits = edit_distance("intention of memory", "execution by memoir")
    assert(distance == 9)
    assert(grid_paths(10, 10) == 184756)
    total = total + distance + hits
  end
  return "memo " .. total
end

print(main(tonumber((...)) or 1500))
