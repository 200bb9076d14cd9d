-- Graph algorithms over tables of tables: shortest paths and strong components of a road map.

local function make_graph(towns, seed)
  local names, roads = {}, {}
  for i = 1, towns do
    names[i] = "town" .. i
    roads[names[i]] = {}
  end
  for i, name in ipairs(names) do
    for _ = 1, 3 do
      seed = seed * 16807 % 2147483647
      local span = seed % 9 - 2
      local other = names[(i + span - 1) % towns + 1]
      if other ~= name then
        roads[name][other] = 1 + seed % 17
      end
    end
  end
  return names, roads
end

local function shortest_paths(names, roads, start)
  local distance, is_done = { [start] = 0 }, {}
  while true do
    local nearest
    for _, name in ipairs(names) do
      local reached = distance[name]
      if reached and not is_done[name] and (not nearest or reached < distance[nearest]) then
        nearest = name
      end
    end
    if not nearest then
      return distance
    end
    is_done[nearest] = true
    for other, length in pairs(roads[nearest]) do
      local through = distance[nearest] + length
      if not distance[other] or through < distance[other] then
        distance[other] = through
      end
    end
  end
end

local function reversed(names, roads)
  local result = {}
  for _, name in ipairs(names) do
    result[name] = {}
  end
  for name, neighbours in pairs(roads) do
    for other, length in pairs(neighbours) do
      result[other][name] = length
    end
  end
  return result
end

local function finishing_order(names, roads)
  local seen, order = {}, {}
  local function visit(name)
    seen[name] = true
    for other in pairs(roads[name]) do
      if not seen[other] then
        visit(other)
      end
    end
    order[#order + 1] = name
  end
  for _, name in ipairs(names) do
    if not seen[name] then
      visit(name)
    end
  end
  return order
end

local function components(names, roads)
  local order, back = finishing_order(names, roads), reversed(names, roads)
  local component, count = {}, 0
  for i = #order, 1, -1 do
    if not component[order[i]] then
      count = count + 1
      local stack = { order[i] }
      component[order[i]] = count
      while #stack > 0 do
        local name = table.remove(stack)
        for other in pairs(back[name]) do
          if not component[other] then
            component[other] = count
            stack[#stack + 1] = other
          end
        end
      end
    end
  end
  return component, count
end

local function check(roads, distance, start)
  assert(distance[start] == 0)
  for name, reached in pairs(distance) do
    for other, length in pairs(roads[name]) do
      assert(distance[other] <= reached + length)
    end
  end
end

local function main(size)
  local total = 0
  for round = 1, size do
    local names, roads = make_graph(50, round)
    local start = names[1]
    local distance = shortest_paths(names, roads, start)
    check(roads, distance, start)
    for _, name in ipairs(names) do
      total = total + (distance[name] or 0)
    end
    local component, count = components(names, roads)
    assert(component[start] and count >= 1)
    total = total + 1000 * count
  end
  return "graph " .. total
end

print(main(tonumber((...)) or 3000))
