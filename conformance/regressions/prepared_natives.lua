-- Natives called from hot code for constant patterns: all that find, match and gsub may give.

local function rounds(f, ...)
  local result
  for _ = 1, 300 do
    result = table.pack(f(...))
  end
  for i = 1, result.n do
    result[i] = tostring(result[i])
  end
  return table.concat(result, " ", 1, result.n)
end

local function several(text)
  local a, b = text:find("%d+")
  local c, d, e = text:find("(%a)(%d)")
  local f, g = text:find("x")
  local year, month, day = text:match("(%d+)-(%d+)-(%d+)")
  local h, i = text:match("%s")
  return a, b, c, d, e, f, g, year, month, day, h, i
end
print(rounds(several, "on 2024-05-11 b2"))  --> 4 7 15 16 b nil nil 2024 05 11   nil
print(rounds(several, ""))  --> nil nil nil nil nil nil nil nil nil nil nil nil

local function at_the_end(text)
  return text:match("(%a+)=(%a*)")
end
print(rounds(at_the_end, "1 key=value"))  --> key value
print(rounds(at_the_end, "1 key"))  --> nil

local function places(text, first)
  local place = text:find("[,;]", first)
  return place, (text:find("[,;]+", first)), (text:match("^%a", first)), (text:find("^%a", first))
end
print(rounds(places, "a,b;c", 1))  --> 2 2 a 1
print(rounds(places, "a,b;c", 4))  --> 4 4 nil nil
print(rounds(places, "a,b;c", -2))  --> 4 4 nil nil
print(rounds(places, "a,b;c", 6))  --> nil nil nil nil
print(rounds(places, "a,b;c", 7))  --> nil nil nil nil
print(rounds(places, "", 1))  --> nil nil nil nil

local function of_numbers(value)
  return string.find(value, "%d"), string.match(value, "%.(%d)")
end
print(rounds(of_numbers, 12.5))  --> 1 5
print(pcall(rounds, of_numbers, {}))
--> false	prepared_natives.lua:43: bad argument #1 to 'find' (string expected, got table)

local function opened(...)
  return select("#", string.find("a=b", "(%a)=(%a)")), (string.match("a=b", "(%a)=(%a)"))
end
print(rounds(opened))  --> 4 a

local function starts(text, pattern)
  local result = {}
  for word in text:gmatch("%a+") do
    result[#result + 1] = word
  end
  for word in text:gmatch(pattern, 3) do
    result[#result + 1] = word
  end
  for key, value in text:gmatch("(%a)(%d?)") do
    result[#result + 1] = key .. value
  end
  local step = text:gmatch("%a")
  result[#result + 1] = step() .. (step() or "-") .. tostring((step()))
  return table.unpack(result)
end
print(rounds(starts, "ab c1", "%d"))  --> ab c 1 a b c1 abc
print(rounds(starts, "a", "%d"))  --> a a a-nil
local step = ("x"):gmatch("(.)")
print(debug.getinfo(step, "u").nups, debug.getupvalue(step, 1), debug.getupvalue(step, 2))  --> 3			(.)

local function numbers(...)
  local sum = 0
  for i = 1, select("#", ...) do
    sum = sum + (tonumber((select(i, ...))) or 1000)
  end
  return sum, math.type(tonumber((...)))
end
print(rounds(numbers, "1", "2.5", "-3", "-0.25"))  --> 0.25 integer
print(rounds(numbers, "-0", "1.", ".5", ".", "-", "1.2.3", "", "-.", "1_0", " 7 "))  --> 6008.5 integer
print(rounds(numbers, "9223372036854775807", "1"))  --> -9223372036854775808 integer
print(rounds(numbers, "9223372036854775808"))  --> 9.2233720368548e+18 float
print(rounds(numbers, "-1e1", "0x10", "--1", "+5", "-9223372036854775808"))  --> -9.2233720368548e+18 float

local function sorted(...)
  local list = { ... }
  table.sort(list)
  return table.unpack(list)
end
print(rounds(sorted, "b", "a", "c", "B", ""))  -->  B a b c
print(rounds(sorted, "b"))  --> b
print(rounds(sorted))  -->
print(rounds(sorted, 3, 1.5, 2))  --> 1.5 2 3
print(pcall(rounds, sorted, "b", 1, "a"))  --> false	attempt to compare number with string
print(pcall(rounds, sorted, "b", "a", {}))  --> false	attempt to compare table with string
print(pcall(rounds, sorted, "b", nil, "a"))  --> false	attempt to compare nil with string
