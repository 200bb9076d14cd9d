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
