-- xpcall in hot code: handlers see the error and the stack as in real Lua.
local function tb(e)
  local text = debug.traceback("<" .. tostring(e) .. ">", 1)
  return (text:gsub("%s+%[C%]: in function 'xpcall'.*", ""))
end
local function thrower(x)
  if x % 3 == 0 then error("text " .. x) end
  if x % 3 == 1 then local t = nil; return t.field end
  return x
end
local function middle(x) local y = thrower(x) return y + 1 end
local function natives(x) return (("ab"):gsub(".", function(c) if x % 2 == 0 then error("in gsub") end return c end)) end
local function sorting(x) table.sort({3, 1, 2}, function(a, b) if x % 2 == 0 then error("in sort") end return a < b end) return x end
local function native(x) return ("x"):rep(x % 2 == 0 and {} or 2) end
local function nested(x)
  local ok, e = xpcall(thrower, function(m) return "inner " .. tostring(m) end, x)
  if not ok then error("outer after " .. e, 0) end
  return "fine"
end
local function inpcall(x) return select(2, pcall(middle, x)) end
local function incoroutine(x)
  return select(2, coroutine.resume(coroutine.create(function() return xpcall(middle, tb, x) end)))
end
local function deep(n) if n == 0 then error("deep") end return (deep(n - 1)) end
for _, f in ipairs {middle, natives, sorting, native, nested, inpcall, incoroutine, deep} do
  local last = {}
  for i = 1, 90 do
    local ok, e = xpcall(f, tb, i % 12)
    if i > 84 then last[#last + 1] = tostring(ok) .. " " .. tostring(e) end
  end
  print((table.concat(last, "\n"):gsub("0x%x+", "ADDRESS")))
--> false <fast_xpcall.lua:8: attempt to index a nil value (local 't')>
--> stack traceback:
--> 	fast_xpcall.lua:3: in metamethod 'index'
--> 	fast_xpcall.lua:8: in upvalue 'thrower'
--> 	fast_xpcall.lua:11: in function <fast_xpcall.lua:11>
--> true 3
--> false <fast_xpcall.lua:7: text 3>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:7: in upvalue 'thrower'
--> 	fast_xpcall.lua:11: in function <fast_xpcall.lua:11>
--> false <fast_xpcall.lua:8: attempt to index a nil value (local 't')>
--> stack traceback:
--> 	fast_xpcall.lua:3: in metamethod 'index'
--> 	fast_xpcall.lua:8: in upvalue 'thrower'
--> 	fast_xpcall.lua:11: in function <fast_xpcall.lua:11>
--> true 6
--> false <fast_xpcall.lua:7: text 6>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:7: in upvalue 'thrower'
--> 	fast_xpcall.lua:11: in function <fast_xpcall.lua:11>
--> true ab
--> false <fast_xpcall.lua:12: in gsub>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:12: in function <fast_xpcall.lua:12>
--> 	[C]: in function 'string.gsub'
--> 	fast_xpcall.lua:12: in function <fast_xpcall.lua:12>
--> true ab
--> false <fast_xpcall.lua:12: in gsub>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:12: in function <fast_xpcall.lua:12>
--> 	[C]: in function 'string.gsub'
--> 	fast_xpcall.lua:12: in function <fast_xpcall.lua:12>
--> true ab
--> false <fast_xpcall.lua:12: in gsub>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:12: in function <fast_xpcall.lua:12>
--> 	[C]: in function 'string.gsub'
--> 	fast_xpcall.lua:12: in function <fast_xpcall.lua:12>
--> true 1
--> false <fast_xpcall.lua:13: in sort>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:13: in function <fast_xpcall.lua:13>
--> 	[C]: in function 'table.sort'
--> 	fast_xpcall.lua:13: in function <fast_xpcall.lua:13>
--> true 3
--> false <fast_xpcall.lua:13: in sort>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:13: in function <fast_xpcall.lua:13>
--> 	[C]: in function 'table.sort'
--> 	fast_xpcall.lua:13: in function <fast_xpcall.lua:13>
--> true 5
--> false <fast_xpcall.lua:13: in sort>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:13: in function <fast_xpcall.lua:13>
--> 	[C]: in function 'table.sort'
--> 	fast_xpcall.lua:13: in function <fast_xpcall.lua:13>
--> true xx
--> false <fast_xpcall.lua:14: bad argument #1 to 'rep' (number expected, got table)>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'string.rep'
--> 	fast_xpcall.lua:14: in function <fast_xpcall.lua:14>
--> true xx
--> false <fast_xpcall.lua:14: bad argument #1 to 'rep' (number expected, got table)>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'string.rep'
--> 	fast_xpcall.lua:14: in function <fast_xpcall.lua:14>
--> true xx
--> false <fast_xpcall.lua:14: bad argument #1 to 'rep' (number expected, got table)>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'string.rep'
--> 	fast_xpcall.lua:14: in function <fast_xpcall.lua:14>
--> false <outer after inner fast_xpcall.lua:8: attempt to index a nil value (local 't')>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:17: in function <fast_xpcall.lua:15>
--> true fine
--> false <outer after inner fast_xpcall.lua:7: text 3>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:17: in function <fast_xpcall.lua:15>
--> false <outer after inner fast_xpcall.lua:8: attempt to index a nil value (local 't')>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:17: in function <fast_xpcall.lua:15>
--> true fine
--> false <outer after inner fast_xpcall.lua:7: text 6>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:17: in function <fast_xpcall.lua:15>
--> true fast_xpcall.lua:8: attempt to index a nil value (local 't')
--> true 3
--> true fast_xpcall.lua:7: text 3
--> true fast_xpcall.lua:8: attempt to index a nil value (local 't')
--> true 6
--> true fast_xpcall.lua:7: text 6
--> true false
--> true true
--> true false
--> true false
--> true true
--> true false
--> false <fast_xpcall.lua:24: deep>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in function <fast_xpcall.lua:24>
--> false <fast_xpcall.lua:24: deep>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in function <fast_xpcall.lua:24>
--> false <fast_xpcall.lua:24: deep>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in function <fast_xpcall.lua:24>
--> false <fast_xpcall.lua:24: deep>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in function <fast_xpcall.lua:24>
--> false <fast_xpcall.lua:24: deep>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in function <fast_xpcall.lua:24>
--> false <fast_xpcall.lua:24: deep>
--> stack traceback:
--> 	fast_xpcall.lua:3: in function <fast_xpcall.lua:2>
--> 	[C]: in function 'error'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in upvalue 'deep'
--> 	fast_xpcall.lua:24: in function <fast_xpcall.lua:24>
end
local count = 0
local function handler(e) count = count + 1; return e end
local function many(...) return select("#", ...), ... end
for i = 1, 200 do
  local a, n, b = xpcall(many, handler, i, nil)
  if not (a and n == 2 and b == i) then print("wrong", a, n, b) end
  xpcall(error, handler, "direct")
  local ok, e = true, ""
  if i % 50 == 0 then ok, e = xpcall(thrower, error, i) end
  xpcall(thrower, handler, i)
  if i % 100 == 0 then print(ok, type(e), count) end  --> false	string	167
--> true	number	333
end
print(pcall(xpcall), pcall(xpcall, print), select(2, pcall(xpcall, print, 1)))
--> false	false	bad argument #2 to 'xpcall' (function expected, got number)
for i = 1, 100 do
  local ok, e = xpcall(function() local t <close> = setmetatable({}, {__close = function() count = count + 1 end}); error({}) end, handler)
  if type(e) ~= "table" then print("no table", e) end
end
print(count)  --> 533
local co = coroutine.wrap(function() for i = 1, 50 do xpcall(function() coroutine.yield(i); error("x") end, handler) end return "end" end)
local sum = 0
for i = 1, 50 do sum = sum + co() end
print(sum, co(), count)  --> 1275	end	583
local function bad(e) error("again") end
for i = 1, 6 do local ok, e = xpcall(thrower, bad, 3) if i > 4 then print(ok, type(e)) end end
--> false	string
--> false	string
