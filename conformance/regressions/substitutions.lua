-- string.gsub: texts divided at all matches at once, and one after the other

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

local ESCAPES = { ["\n"] = "\\n", ['"'] = '\\"', a = false, b = 7 }

local function escape(text)
  return (text:gsub('["%c]', ESCAPES)), text:gsub("%a", ESCAPES)
end
print(rounds(escape, 'a "b"\n'))  --> a \"b\"\n a "7"
-->  2
print(rounds(escape, ""))  -->   0
print(rounds(escape, "1 2"))  --> 1 2 1 2 0

local function shout(text)
  return text:gsub("%l+", string.upper)
end
print(rounds(shout, "one Two three"))  --> ONE TWO THREE 3
print(rounds(shout, "ONE"))  --> ONE 0

local function quote(text)
  return text:gsub("(%w+)", "<%1%%>"), (text:gsub("%s", "%0%0")), (text:gsub("o", "%1"))
end
print(rounds(quote, "one two"))  --> <one%> <two%> one  two one two

local function one_by_one(text)
  return text:gsub("(%w)(%w)", "%2%1", 1), (text:gsub("^%s+", "")), (text:gsub("%s+$", "")), text:gsub("", "-")
end
print(rounds(one_by_one, " ab cd "))  -->  ba cd  ab cd   ab cd - -a-b- -c-d- - 8

local function swapped(text)
  return text:gsub("(%a)=(%d)", function(key, value)
    if key ~= "z" then
      return value .. "=" .. key
    end
  end)
end
print(rounds(swapped, "a=1,z=2,b=3"))  --> 1=a,z=2,3=b 3

local function counted(text)
  local count = 0
  local result = text:gsub("%d", function(digit)
    count = count + 1
    return count * digit
  end)
  return result, count
end
print(rounds(counted, "1,2,3"))  --> 1,4,9 3
print(rounds(counted, "none"))  --> none 0

local function by_index(text)
  return text:gsub("%a+", setmetatable({ x = "y" }, { __index = function(_, key) return #key > 1 and key:rep(2) end }))
end
print(rounds(by_index, "x ab c"))  --> y abab c 3

-- errors
local function failing(pattern, replacement)
  return string.gsub("a1", pattern, replacement)
end
print(pcall(rounds, failing, "%a", { a = true }))
--> false	substitutions.lua:67: invalid replacement value (a boolean)
print(pcall(rounds, failing, "%a", { a = {} }))
--> false	substitutions.lua:67: invalid replacement value (a table)
print(pcall(rounds, failing, "%a", function() return print end))
--> false	substitutions.lua:67: invalid replacement value (a function)
print(pcall(rounds, failing, "%a", "%2"))  --> false	substitutions.lua:67: invalid capture index %2
print(pcall(rounds, failing, "%a", "%x"))
--> false	substitutions.lua:67: invalid use of '%' in replacement string
print(pcall(rounds, failing, "%a", nil))
--> false	substitutions.lua:67: bad argument #3 to 'gsub' (string/function/table expected, got nil)
print(pcall(rounds, failing, "x", nil))
--> false	substitutions.lua:67: bad argument #3 to 'gsub' (string/function/table expected, got nil)
print(pcall(rounds, failing, "%a", string.rep))
--> false	bad argument #2 to 'string.rep' (number expected, got no value)
print(pcall(rounds, failing, "%a", string.char))
--> false	bad argument #1 to 'string.char' (number expected, got string)
print(pcall(rounds, failing, "(%a", "x"))  --> true	x1 1
print(pcall(rounds, failing, "%a", math.floor))
--> false	bad argument #1 to 'math.floor' (number expected, got string)
print(pcall(rounds, failing, "%a", error))  --> false	a
print(pcall(rounds, failing, "%a", coroutine.wrap(function() coroutine.yield("x") end)))
--> false	cannot resume dead coroutine
print((select(2, pcall(rounds, failing, "%d", function() error("within") end))))
--> substitutions.lua:92: within
print((select(2, pcall(rounds, failing, "%w", function() error("within") end))))
--> substitutions.lua:94: within

-- what the stack shows within
local function seen(text)
  local trace
  local result = text:gsub("%a", function(letter)
    trace = debug.traceback("", 1):match("%[C%]: in function 'string.gsub'")
    return letter
  end)
  return result, trace
end
print(rounds(seen, "a1"))  --> a1 [C]: in function 'string.gsub'
print(rounds(seen, "ab"))  --> ab [C]: in function 'string.gsub'

-- a coroutine cannot yield across it
print(coroutine.wrap(function()  --> false	attempt to yield across a C-call boundary
  return pcall(string.gsub, "ab", "%a", coroutine.yield)
end)())
print(coroutine.wrap(function()  --> false	attempt to yield across a C-call boundary
  return pcall(string.gsub, "ab", "%a", function(letter) return coroutine.yield(letter) end)
end)())

-- a text whose matches are all kept is the same text; else it is a new one
local long = ("a"):rep(100)
local function is_same(pattern, replacement)
  return string.format("%p", long) == string.format("%p", (long:gsub(pattern, replacement)))
end
print(is_same("b", "x"), is_same("a", {}), is_same("a+", { [long] = false }), is_same("(a)", function() end))
--> true	true	true	true
print(is_same("a", "a"), is_same("a", { a = "a" }), is_same("a+", "%0"), is_same(".", function(x) return x end))
--> false	false	false	false
print(is_same("aa", string.lower), is_same("a", setmetatable({}, { __index = function(_, x) return x end })))
--> false	false

-- Long subjects go match by match
local long = string.rep("ab ", 400000)
print(select(2, string.gsub(long, "%a+", "x")), #string.gsub(long, "%a", "%0%0"), (string.gsub(long, "z", "")) == long)
--> 400000	2000000	true
