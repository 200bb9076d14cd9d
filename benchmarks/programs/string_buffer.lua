-- Strings built and taken apart: concatenation, buffers, formats, splitting.

local function write_table(rows, columns)
  local lines = {}
  for row = 1, rows do
    local cells = {}
    for column = 1, columns do
      cells[column] = string.format("%d:%05.2f", row * column, row / column)
    end
    lines[#lines + 1] = table.concat(cells, ",")
  end
  return table.concat(lines, "\n")
end

local function split(text, separator)
  local parts, position = {}, 1
  while true do
    local stop = text:find(separator, position, true)
    if not stop then
      parts[#parts + 1] = text:sub(position)
      return parts
    end
    parts[#parts + 1] = text:sub(position, stop - 1)
    position = stop + #separator
  end
end

local function sum_table(text)
  local integers, floats = 0, 0.0
  for _, line in ipairs(split(text, "\n")) do
    for _, cell in ipairs(split(line, ",")) do
      local pair = split(cell, ":")
      integers = integers + tonumber(pair[1])
      floats = floats + tonumber(pair[2])
    end
  end
  return integers, floats
end

local function frame(title, width)
  local line = ""
  for i = 1, width do
    line = line .. (i % 2 == 0 and "-" or "=")
  end
  local padding = string.rep(" ", (width - #title) // 2)
  return line .. "\n" .. padding .. title:upper() .. "\n" .. line:reverse()
end

local function is_palindrome(text)
  for i = 1, #text // 2 do
    if text:sub(i, i) ~= text:sub(-i, -i) then
      return false
    end
  end
  return true
end

local function caesar(text, shift)
  local letters = {}
  for i = 1, #text do
    local code = text:byte(i)
    if code >= 97 and code <= 122 then
      code = (code - 97 + shift) % 26 + 97
    end
    letters[i] = string.char(code)
  end
  return table.concat(letters)
end

local function main(size)
  local total = 0
  for round = 1, size do
    local text = write_table(12, 6)
    local integers, floats = sum_table(text)
    assert(integers == 1638 and math.abs(floats - 191.1) < 0.1)
    local framed = frame("report " .. round % 10, 60)
    assert(#framed == 60 + 1 + 26 + 8 + 1 + 60)
    local half = caesar("never odd or even, said the fox", round % 26)
    assert(caesar(half, -(round % 26)) == "never odd or even, said the fox")
    assert(is_palindrome(half .. half:reverse()) and not is_palindrome(half))
    total = total + #text + #framed
  end
  return "string_buffer " .. total
end

print(main(tonumber((...)) or 5500))
