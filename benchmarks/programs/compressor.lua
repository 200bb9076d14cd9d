-- An LZ77 compressor: bytes of strings, a table of earlier places, and back again.
-- A token is a byte below 128 and so many literal bytes, or 128 + length - 4 and a distance in two bytes.

local WINDOW, SHORTEST, LONGEST = 4096, 4, 131

local function flush_literals(output, data, from, to)
  while from <= to do
    local last = math.min(from + 126, to)
    output[#output + 1] = string.char(last - from + 1)
    output[#output + 1] = data:sub(from, last)
    from = last + 1
  end
end

local function match_length(data, earlier, position)
  local limit = math.min(LONGEST, #data - position + 1)
  local length = 0
  while length < limit and data:byte(earlier + length) == data:byte(position + length) do
    length = length + 1
  end
  return length
end

local function compress(data)
  local output, places = {}, {}
  local position, pending = 1, 1
  while position <= #data - 3 do
    local a, b, c, d = data:byte(position, position + 3)
    local key = a | b << 8 | c << 16 | d << 24
    local earlier = places[key]
    places[key] = position
    local length = 0
    if earlier and position - earlier <= WINDOW then
      length = match_length(data, earlier, position)
    end
    if length >= SHORTEST then
      flush_literals(output, data, pending, position - 1)
      local distance = position - earlier
      output[#output + 1] = string.char(128 + length - SHORTEST, distance >> 8, distance & 255)
      position = position + length
      pending = position
    else
      position = position + 1
    end
  end
  flush_literals(output, data, pending, #data)
  return table.concat(output)
end

local function expand(packed)
  local bytes, count, position = {}, 0, 1
  while position <= #packed do
    local token = packed:byte(position)
    if token < 128 then
      for i = position + 1, position + token do
        count = count + 1
        bytes[count] = packed:byte(i)
      end
      position = position + 1 + token
    else
      local high, low = packed:byte(position + 1, position + 2)
      local distance = high << 8 | low
      for _ = 1, token - 128 + SHORTEST do
        count = count + 1
        bytes[count] = bytes[count - distance]
      end
      position = position + 3
    end
  end
  local parts = {}
  for from = 1, count, 100 do
    parts[#parts + 1] = string.char(table.unpack(bytes, from, math.min(from + 99, count)))
  end
  return table.concat(parts)
end

local function make_data(length, seed)
  local words = { "compress", "bytes ", "window", "of ", "the ", "\0\1\2", "literal", "match", "\255\254" }
  local parts, made = {}, 0
  while made < length do
    seed = seed * 16807 % 2147483647
    local word = words[seed % #words + 1]
    if seed % 11 == 0 then
      word = string.char(seed % 256, seed // 256 % 256)
    end
    parts[#parts + 1] = word
    made = made + #word
  end
  return table.concat(parts)
end

local function checksum(data)
  local a, b = 1, 0
  for i = 1, #data do
    a = (a + data:byte(i)) % 65521
    b = (b + a) % 65521
  end
  return b << 16 | a
end

local function main(size)
  local total, sum = 0, 0
  for round = 1, size do
    local data = make_data(1500, round)
    local packed = compress(data)
    assert(#packed < #data)
    assert(expand(packed) == data)
    total = total + #packed
    sum = sum ~ checksum(packed)
  end
  return "compressor " .. total .. " " .. sum
end

print(main(tonumber((...)) or 1000))
