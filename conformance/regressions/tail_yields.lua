-- Coroutines that yield in tail position, and bodies that are left by tail calls.
local function f(...) return coroutine.yield(...) end
local function g(x) local a, b = f(x, x + 1) return a, b end
local co = coroutine.wrap(function(a)
  while true do a = (f(a)) + select("#", g(a)) end
end)
local sum = co(0)
for i = 1, 300 do local a, b = co(i, i) sum = sum + a + (b or 0) end
print(sum)  --> 67948
local function body(n) for i = 1, n do f(i) end return f("last", n) end
local function start(...) return body(...) end
local function outer(n) return start(n) end
local log = {}
for round = 1, 60 do
  local co = coroutine.create(function(n) return outer(n) end)
  local count = 0
  while true do
    local ok, a, b = coroutine.resume(co, round % 5)
    count = count + 1
    if coroutine.status(co) == "dead" then log[#log + 1] = count .. ":" .. tostring(ok) .. tostring(a) .. tostring(b) break end
    if round == 50 and count == 2 then print((debug.traceback(co):gsub("\n.*", ""))) end
  end
end
print(table.concat(log, " ", 50))
--> 2:true0nil 3:true1nil 4:true2nil 5:true3nil 6:true4nil 2:true0nil 3:true1nil 4:true2nil 5:true3nil 6:true4nil 2:true0nil
-- resumed by the VM and by hot code in turns, with errors thrown in and after
local made = {}
for i = 1, 40 do
  local co = coroutine.create(function(a) return f(a) end)
  coroutine.resume(co, i)
  made[i] = co
end
for i = 1, 40 do
  local ok, a, b, c = coroutine.resume(made[i], "r" .. i, i)
  if i % 13 == 0 then print(ok, a, b, c, coroutine.status(made[i]), coroutine.resume(made[i])) end
--> true	r13	13	nil	dead	false	cannot resume dead coroutine
--> true	r26	26	nil	dead	false	cannot resume dead coroutine
--> true	r39	39	nil	dead	false	cannot resume dead coroutine
end
for i = 1, 60 do
  local co = coroutine.wrap(function() return f(i), error({i}) end)
  co()
  local ok, e = pcall(co, 1)
  if i % 20 == 0 then print(ok, type(e) == "table" and e[1]) end  --> false	20
--> false	40
--> false	60
end
local gen = function(n) return coroutine.wrap(function() for i = 1, n do f(i, i * i) end return nil end) end
local total = 0
for i = 1, 30 do for a, b in gen(5) do total = total + a * b end end
print(total)  --> 6750
for i = 1, 30 do local co = coroutine.create(function() return f(1) end) coroutine.resume(co) print(coroutine.close(co)) if i > 2 then break end end
--> true
--> true
--> true
for i = 1, 200 do
  local co = coroutine.wrap(function(...) return select("#", ...), f(...) end)
  local a = co(1, 2, 3)
  local x, y = co(7)
  total = total + a + x + y
end
print(total)  --> 8950
