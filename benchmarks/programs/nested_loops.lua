-- Nested loops: triples of integers that satisfy a condition.

local function pythagorean_triples(limit)
  local count, perimeters = 0, 0
  for a = 1, limit do
    for b = a, limit do
      local square = a * a + b * b
      for c = b, limit do
        if c * c == square then
          count = count + 1
          perimeters = perimeters + a + b + c
        end
      end
    end
  end
  return count, perimeters
end

local function checkerboard(rows, columns)
  local sum = 0
  for row = 1, rows do
    for column = columns, 1, -1 do
      if (row + column) % 2 == 0 then
        sum = sum + row * column
      else
        sum = sum - (row ~ column)
      end
    end
  end
  return sum
end

local function main(size)
  local total = 0
  for _ = 1, size do
    local count, perimeters = pythagorean_triples(25)
    assert(count == 8 and perimeters == 306)
    total = total + perimeters + checkerboard(30, 30)
  end
  assert(total == size * 101301)
  return "nested_loops " .. total
end

print(main(tonumber((...)) or 4000))
