-- Sorting with comparators: records by several keys, and plain numbers.

local function make_records(count, seed)
  local records = {}
  for i = 1, count do
    seed = seed * 16807 % 2147483647
    records[i] = { id = i, group = seed % 7, score = seed // 7 % 50 / 2, name = "n" .. seed % 100 }
  end
  return records
end

local function by_score(a, b)
  if a.score ~= b.score then
    return a.score > b.score
  end
  return a.id < b.id
end

local function by_group_and_name(a, b)
  if a.group ~= b.group then
    return a.group < b.group
  elseif a.name ~= b.name then
    return a.name < b.name
  end
  return a.id < b.id
end

local function is_sorted(items, less)
  for i = 2, #items do
    if less(items[i], items[i - 1]) then
      return false
    end
  end
  return true
end

local function main(size)
  local checksum = 0
  for round = 1, size do
    local records = make_records(100, round)
    table.sort(records, by_score)
    assert(is_sorted(records, by_score))
    checksum = checksum + records[1].id
    table.sort(records, by_group_and_name)
    assert(is_sorted(records, by_group_and_name))
    checksum = checksum + records[100].id

    local numbers = {}
    for i, record in ipairs(records) do
      numbers[i] = record.score
    end
    table.sort(numbers)
    assert(is_sorted(numbers, function(a, b) return a < b end))
    table.sort(numbers, function(a, b) return a > b end)
    assert(numbers[1] >= numbers[100])
    checksum = (checksum * 31 + numbers[50] * 2 // 1) % 1000003
  end
  return string.format("sort %d", checksum)
end

print(main(tonumber((...)) or 3000))
