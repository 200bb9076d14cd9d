-- Big tables that grow and shrink: at the end, in the middle, as a queue, as a set.

local function stack_work(count)
  local stack, sum = {}, 0
  for i = 1, count do
    table.insert(stack, i)
    if i % 3 == 0 then
      sum = sum + table.remove(stack)
    end
  end
  while #stack > 0 do
    sum = sum + table.remove(stack)
  end
  return sum
end

local function middle_work(count)
  local items = {}
  for i = 1, count do
    table.insert(items, #items // 2 + 1, i)
  end
  local sum = 0
  for i = 1, count // 2 do
    sum = sum + i * table.remove(items, #items // 3 + 1)
  end
  return sum + #items
end

local function queue_work(count)
  local queue, head, tail, sum = {}, 1, 0, 0
  for i = 1, count do
    tail = tail + 1
    queue[tail] = i
    if i % 2 == 0 then
      sum = sum + queue[head]
      queue[head] = nil
      head = head + 1
    end
  end
  return sum + tail - head
end

local function set_work(count)
  local set, size = {}, 0
  for i = 1, count do
    local key = "key" .. i * 7 % count
    if set[key] then
      set[key] = nil
      size = size - 1
    else
      set[key] = i
      size = size + 1
    end
  end
  for i = 0, count - 1, 2 do
    local key = "key" .. i
    if set[key] then
      set[key] = nil
      size = size - 1
    end
  end
  local left = 0
  for _ in pairs(set) do
    left = left + 1
  end
  assert(left == size)
  return left
end

local function main(size)
  local total = 0
  for _ = 1, size do
    local stack, middle = stack_work(600), middle_work(300)
    assert(stack == 600 * 601 // 2)
    local queue, left = queue_work(600), set_work(300)
    assert(left == 150)
    total = total + stack + middle + queue + left
  end
  return "insert_remove " .. total
end

print(main(tonumber((...)) or 4000))
