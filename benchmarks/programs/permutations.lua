-- All permutations of an array (Heap's algorithm): swaps and a callback.

local function permute(items, n, visit)
  if n == 1 then
    visit(items)
    return
  end
  for i = 1, n - 1 do
    permute(items, n - 1, visit)
    local other = n % 2 == 0 and i or 1
    items[other], items[n] = items[n], items[other]
  end
  permute(items, n - 1, visit)
end

local function main(size)
  local count, checksum = 0, 0
  local function visit(items)
    count = count + 1
    checksum = (checksum + items[1] * items[#items] * count) % 1000003
  end
  for _ = 1, size do
    local items = { 1, 2, 3, 4, 5, 6 }
    permute(items, #items, visit)
  end
  assert(count == size * 720)
  return "permutations " .. checksum
end

print(main(tonumber((...)) or 3000))
