-- Protected calls in hot code: of code that returns, fails, yields, is looked at, overflows, closes variables.

local function loop(n, f, ...)
  local r = table.pack()
  for i = 1, n do r = table.pack(f(...)) end
  return table.unpack(r, 1, r.n)
end

-- results
local function none() end
local function one(x) return x end
local function three(...) return ..., 2, 3 end
local function protect(f, ...) return pcall(f, ...) end
print(loop(60, protect, none))  --> true
print(loop(60, protect, one, 7))  --> true	7
print(loop(60, protect, one, 7, 8, 9))  --> true	7
print(loop(60, protect, one))  --> true	nil
print(loop(60, protect, three, 1))  --> true	1	2	3
print((loop(60, protect, three, 1)))  --> true
local function first(f, ...) local ok = pcall(f, ...) return ok end
print(loop(60, first, one, 1), loop(60, first, error, 1))  --> true	false

-- errors of all kinds, every third call
local function fail(i)
  if i % 3 > 0 then return i end
  if i % 4 == 0 then error("text") end
  if i % 4 == 1 then error({code = i}) end
  if i % 4 == 2 then return nil + i end
  return ("x"):rep(-1, nil, fail):bad()
end
local function errors(n)
  local texts = {}
  for i = 1, n do
    local ok, e = pcall(fail, i)
    if not ok then texts[#texts + 1] = type(e) == "table" and e.code or e end
  end
  return table.concat(texts, "\n", #texts - 3)
end
print(errors(120))  --> protected_calls.lua:29: attempt to call a nil value (method 'bad')
--> protected_calls.lua:28: attempt to perform arithmetic on a nil value
--> 117
--> protected_calls.lua:26: text
print(loop(60, protect))  --> false	attempt to call a nil value
print(loop(60, protect, 5))  --> false	attempt to call a number value
print(loop(60, protect, setmetatable({}, {__call = function(self, x) return x end}), 5))  --> true	5
print(loop(60, protect, string.rep))
--> false	bad argument #1 to 'string.rep' (string expected, got no value)
print(loop(60, protect, pcall, pcall, error, "e"))  --> true	true	false	e

-- native functions fail below fast code, with a name and a position
local function call_rep(x) return string.rep(x) end
print(loop(60, protect, call_rep, {}))
--> false	protected_calls.lua:51: bad argument #1 to 'rep' (string expected, got table)
local function asserts(x) assert(x, "asserted") return assert(x) end
print(loop(60, protect, asserts, false))  --> false	protected_calls.lua:54: asserted
print(loop(60, protect, asserts, 1))  --> true	1

-- message handlers see the stack
local function handler(e) return (debug.traceback(e, 1):gsub("\n[^\n]*in function <[^\n]*loop[^\n]*", "")) end
local function deep(n) if n == 0 then error("deep") end return (deep(n - 1)) end
local function handled(n) return xpcall(deep, handler, n) end
local ok, text = loop(60, handled, 2)
print(ok, (text:gsub("\n.*main chunk.*", "")))  --> false	protected_calls.lua:60: deep

-- a traceback taken across protected calls of fast code
local seen
local function order(a, b) seen = debug.traceback("here") return a < b end
local function sort() table.sort({2, 1}, order) end
local function outer() local ok = pcall(sort) return ok end
loop(60, outer)
print((seen:gsub("\n[^\n]*in upvalue 'f'.*", ""):gsub("\n[^\n]*in local 'f'.*", "")))  --> here
--> stack traceback:
--> 	protected_calls.lua:67: in function <protected_calls.lua:67>
--> 	[C]: in function 'table.sort'
--> 	protected_calls.lua:68: in function <protected_calls.lua:68>
--> 	[C]: in function 'pcall'
local function look() seen = debug.traceback("there") end
local function outer() local ok = pcall(look) return ok end
loop(60, outer)
print((seen:gsub("\n[^\n]*in upvalue 'f'.*", ""):gsub("\n[^\n]*in local 'f'.*", "")))  --> there
--> stack traceback:
--> 	protected_calls.lua:77: in function <protected_calls.lua:77>
--> 	[C]: in function 'pcall'

-- to-be-closed variables
local closed = {}
local function closing(i)
  local c <close> = setmetatable({}, {__close = function(_, e) closed[#closed + 1] = i .. ":" .. tostring(e) end})
  if i % 2 == 0 then error("c" .. i, 0) end
  return i
end
for i = 1, 60 do pcall(closing, i) end
print(table.concat(closed, " ", 57))  --> 57:nil 58:c58 59:nil 60:c60

-- yields across protected calls, also in coroutines that are hot
local function yields(n) for i = 1, n do coroutine.yield(i) end error("end", 0) end
local function body(n) return pcall(yields, n) end
local function resumes()
  local sum, ends = 0, {}
  for i = 1, 60 do
    local co = coroutine.create(body)
    local ok, v = coroutine.resume(co, 3)
    while coroutine.status(co) == "suspended" do
      sum = sum + (v or 0)
      local r = table.pack(coroutine.resume(co))
      ok, v = r[1], r[2]
      if coroutine.status(co) == "dead" then ends = r end
    end
  end
  return sum, table.unpack(ends, 1, ends.n)
end
print(resumes())  --> 360	true	false	end
local function maybe(i) if i % 10 == 0 then coroutine.yield(i) end return i end
local co = coroutine.wrap(function() local s = 0 for i = 1, 100 do local _, v = pcall(maybe, i) s = s + v end return s end)
local got = {}
repeat local v = co() got[#got + 1] = v until v > 100
print(table.concat(got, " "))  --> 10 20 30 40 50 60 70 80 90 100 5050

-- stack overflows are caught, of Lua functions and of nested protected calls
local function recurse(n) return 1 + recurse(n + 1) end
local function overflow() local ok, e = pcall(recurse, 1) return ok, (e:match("stack overflow")) end
print(overflow())  --> false	stack overflow
local function nest(n) local ok, e = pcall(nest, n + 1) if not ok then return n, e end return ok and e or n end
local depth = nest(1)
print(depth > 150 and depth < 220)  --> true
local function catch_deep(n) if n == 0 then return pcall(error, "x", 0) end local a, b = catch_deep(n - 1) return a, b end
print(catch_deep(15000))  --> false	x
local function each_catches(n) if n == 0 then return 0 end local ok, v = pcall(one, n) return v - n + each_catches(n - 1) end
print(each_catches(15000))  --> 0

-- upvalues that the callee shares with the caller
local function shared()
  local n = 0
  local function add(i) n = n + i if i == 50 then error("fifty", 0) end end
  local failures = 0
  for i = 1, 100 do if not pcall(add, i) then failures = failures + 1 end end
  return n, failures
end
print(shared())  --> 5050	1

-- errors that pass a protected call within a metamethod count no levels
local meta = setmetatable({}, {__index = function(t, k) local ok = pcall(error, k) return ok end,
  __add = function(a, b) return pcall(fail, b) and b or -b end})
local function metamethods(n) local s, f = 0, 0 for i = 1, n do s = s + (meta + i) if not meta[i] then f = f + 1 end end return s, f end
print(metamethods(1000))  --> 166834	1000
