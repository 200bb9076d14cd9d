-- table.insert and table.remove with positions, in hot code: done in place, or by the library's own function
local function work(n)
  local t = {}
  for i = 1, n do table.insert(t, #t // 2 + 1, i) table.insert(t, 1, -i) end
  local out = {}
  for i = 1, n do out[#out + 1] = table.remove(t, #t // 3 + 1) out[#out + 1] = tostring(table.remove(t, #t)) end
  return table.concat(out, " ") .. "|" .. table.concat(t, ",")
end
for _ = 1, 60 do work(5) end
print(work(8))  --> -3 1 -4 2 -2 3 -5 4 -6 5 -1 6 -7 7 -8 8|
local function bad(f, ...) return (select(2, pcall(f, ...)):gsub("^.-: ", "")) end
local function ins(t, p, v) table.insert(t, p, v) return #t end
local function rem(t, p) return table.remove(t, p) end
for _ = 1, 60 do ins({1, 2}, 2, 5) rem({1, 2, 3}, 2) end
print(ins({1, 2, 3}, 1.0, 7), bad(ins, {1, 2}, 9, 1))
--> 4	bad argument #2 to 'insert' (position out of bounds)
print(bad(ins, {1, 2}, 1.5, 2))  --> bad argument #2 to 'insert' (number has no integer representation)
print(ins({1, 2}, 3, 4), ins({}, 1, 1), rem({}, 0), rem({1, 2, 3}, 3), rem({1, 2, 3}, "2"), rem({1, 2, 3}, 2.0))
--> 3	1	nil	3	2	2
print(bad(rem, {1, 2}, 7))  --> bad argument #2 to 'remove' (position out of bounds)
local s = "hello world, hello"
local function places(i)
  local a, b, c = s:find("world", i, true), s:find("lo", 1), s:find("zz")
  return a, b, c, s:sub(-i, -i), tonumber("12" .. i), tonumber(i), tonumber("0x" .. i), tonumber(i .. ".5"), (i .. "Ab"):lower()
end
for i = 1, 60 do places(i % 20) end
print(places(3))  --> 7	4	nil	l	123	3	3	3.5	3ab
print(places(9))  --> nil	4	nil	l	129	9	9	9.5	9ab
print(s:find("", 19), s:find("", 20), s:find("o", -3), s:find("l", 100, true))  --> 19	nil	18	nil
local seen = {}
for _ = 1, 60 do for w, v in ("a=1, bc=22"):gmatch("(%w+)=(%w+)") do seen[w] = v end for w in ("x y"):gmatch("()%a") do seen[w] = w end end
print(seen.a, seen.bc, seen[1], seen[3])  --> 1	22	1	3
local iterator = ("one two three"):gmatch("%a+")
for w in iterator do print(w) if w == "two" then break end end  --> one
--> two
print(iterator(), iterator(), iterator())  --> three	nil
print(bad(function() for w in ("x"):gmatch("[") do end end))  --> malformed pattern (missing ']')

-- table.remove whose value nobody wants
local function insert_and_remove(list)
  for _ = 1, 300 do
    table.insert(list, 1, "x")
    table.remove(list, 1)
    table.insert(list, "y")
    table.remove(list)
    table.insert(list, "z")
    table.remove(list, #list - 1)
  end
  return table.concat(list, " ")
end
print(insert_and_remove({ 1, 2, 3 }))  --> 1 2 z

-- formats, of constants too
local function formatted(a, b, c)
  return ("%d:%s"):format(a, b) .. ("%x|%02X|%4x|%-4x|"):format(a, a, a, a) .. string.format("%-6s|%6s|%.2s|", b, b, b)
    .. ("-%x-"):format(c) .. ("x"):rep(3) .. ("abc"):reverse() .. ("abc"):sub(2) .. (("a,b"):find(",", 1, true))
end
for _ = 1, 300 do formatted(10, "text", 255) end
print(formatted(10, "text", 255))  --> 10:texta|0A|   a|a   |text  |  text|te|-ff-xxxcbabc2
print(formatted(0, "", 0))  --> 0:0|00|   0|0   |      |      ||-0-xxxcbabc2
print(formatted(-1, "longer than six", math.mininteger))
--> -1:longer than sixffffffffffffffff|FFFFFFFFFFFFFFFF|ffffffffffffffff|ffffffffffffffff|longer than six|longer than six|lo|-8000000000000000-xxxcbabc2
print(bad(formatted, 1, "a\0b", 1))  --> bad argument #2 to 'format' (string contains zeros)
print(bad(formatted, 1.5, "a", 1))  --> bad argument #1 to 'format' (number has no integer representation)
print(formatted(2.0, 7, "16"))  --> 2:72|02|   2|2   |7     |     7|7|-10-xxxcbabc2
print(bad(formatted, 1, {}, 1))  --> ADDRESS|01|   1|1   |table: ADDRESS|table: ADDRESS|ta|-1-xxxcbabc2
