-- Pancake flips over all permutations: small arrays, swapped and copied.

local function fannkuch(n)
  local order, flipped, counts = {}, {}, {}
  for i = 1, n do
    order[i] = i
  end
  local checksum, most, sign, depth = 0, 0, 1, n + 1
  while true do
    for i = 2, depth - 1 do
      counts[i] = i
    end
    for i = 1, n do
      flipped[i] = order[i]
    end
    local flips, first = 0, flipped[1]
    while first ~= 1 do
      local low, high = 1, first
      while low < high do
        flipped[low], flipped[high] = flipped[high], flipped[low]
        low, high = low + 1, high - 1
      end
      flips = flips + 1
      first = flipped[1]
    end
    most = math.max(most, flips)
    checksum = checksum + sign * flips
    sign = -sign
    depth = 1
    repeat
      depth = depth + 1
      if depth > n then
        return checksum, most
      end
      table.insert(order, depth, table.remove(order, 1))
      counts[depth] = counts[depth] - 1
    until counts[depth] > 0
  end
end

local function main(size)
  local total = 0
  for _ = 1, size do
    local checksum, most = fannkuch(6)
    assert(most == 10)
    total = total + checksum
  end
  assert(total == size * 49)
  return "fannkuch " .. total
end

print(main(tonumber((...)) or 850))
