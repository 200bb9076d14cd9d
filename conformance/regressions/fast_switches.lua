-- Generic loops that go through a coroutine's generator, and all that can come in between
local yield, wrap, running, status = coroutine.yield, coroutine.wrap, coroutine.running, coroutine.status
local create, resume, close, isyieldable = coroutine.create, coroutine.resume, coroutine.close, coroutine.isyieldable
local main = running()

-- Runs `f` often, each time with the number of the round; its texts of the last rounds must agree.
local function often(title, f)
  local last
  for round = 1, 30 do
    local log = {}
    local function note(...)
      local parts = table.pack(...)
      for i = 1, parts.n do parts[i] = tostring(parts[i]) end
      log[#log + 1] = table.concat(parts, " ")
    end
    f(note, round)
    local text = table.concat(log, ", ")
    if last and last ~= text then print("differs", title, round, last, text) end
    last = text
    if running() ~= main then print("not the main thread", title) end
  end
  print(title, last)
end

local function count(n) return wrap(function() for i = 1, n do yield(i) end end) end

often("sum", function(note)  --> sum	55
  local sum = 0
  for x in count(10) do sum = sum + x end
  note(sum)
end)
often("several values", function(note)  --> several values	1, 2, 3, 4, 5
  for x in wrap(function() for i = 1, 5 do yield(i, i * i) end end) do note(x) end
end)
often("several variables", function(note)  --> several variables	1 1 nil, 2 4 nil, 3 9 nil
  for x, y, z in wrap(function() for i = 1, 3 do yield(i, i * i) end end) do note(x, y, z) end
end)
often("mixed numbers of values", function(note)
--> mixed numbers of values	1, 2, 4, 6, again 7, third 8, fourth 10, false cannot resume dead coroutine
  local g = wrap(function() yield(1) yield(2, 3) yield(4, nil, 5) yield(6, nil) yield() yield(7) yield(nil) yield(8) yield(nil, 9) yield(10) end)
  for x in g do note(x) end
  for x in g do note("again", x) end
  for x in g do note("third", x) end
  for x in g do note("fourth", x) end
  note(pcall(g))
end)
often("false goes on", function(note)  --> false goes on	true, false, true
  for x in wrap(function() for i = 1, 3 do yield(i ~= 2) end end) do note(x) end
end)
often("returns a value", function(note)  --> returns a value	1, 2, 3, end
  for x in wrap(function() for i = 1, 3 do yield(i) end return "end" end) do
    note(x)
    if x == "end" then break end
  end
end)
often("returns a value, loop goes on", function(note)
--> returns a value, loop goes on	1, 2, 3, end, false fast_switches.lua:58: cannot resume dead coroutine
  note(pcall(function() for x in wrap(function() for i = 1, 3 do yield(i) end return "end", 2 end) do note(x) end end))
end)
often("returns nil, false, nothing", function(note)
--> returns nil, false, nothing	1, 1, 1, false, false fast_switches.lua:64: cannot resume dead coroutine, 1
  for x in wrap(function() yield(1) return nil end) do note(x) end
  for x in wrap(function() yield(1) return nil, 2 end) do note(x) end
  note(pcall(function() for x in wrap(function() yield(1) return false end) do note(x) end end))
  for x in wrap(function() yield(1) return end) do note(x) end
end)
often("returns what a call returns", function(note)
--> returns what a call returns	a, 0, true, a, 1, 10, false fast_switches.lua:70: cannot resume dead coroutine
  local function inner(n) yield(n) return n > 0 and n * 10 or nil end
  for n = 0, 1 do note(pcall(function() for x in wrap(function() yield("a") return inner(n) end) do note(x) end end)) end
end)
often("takes a result", function(note)  --> takes a result	1, got nil, 2, got nil, 3, got nil
  for x in wrap(function() for i = 1, 3 do local got = yield(i) note("got", got) end end) do note(x) end
end)
often("takes two results", function(note)  --> takes two results	2, got nil 2, 4, got nil 4, 6, got nil 6
  for x in wrap(function() for i = 1, 3 do local a, b = yield(i * 2, i) note("got", a, b) end end) do note(x) end
end)
often("takes all results", function(note)
--> takes all results	1, got 2 -, -1, nil -1, 2, got 2 -, -2, nil -2, 3, got 2 -, -3, nil -3
  for x in wrap(function() for i = 1, 3 do note("got", select("#", yield(i)), "-") note(yield(-i)) end end) do note(x) end
end)
often("takes results within a call", function(note)
--> takes results within a call	1, got nil 1, 1, two 1 nil, 2, got nil 2, 2, two 2 nil, 3, got nil 3, 3, two 3 nil
  local function ask(i) return yield(i) end
  local function ask_two(i) local a, b = yield(i, "x") return b, a end
  for x in wrap(function() for i = 1, 3 do note("got", ask(i)) note("two", ask_two(i)) end end) do note(x) end
end)
often("another loop takes over with a control value", function(note)
--> another loop takes over with a control value	args s c, 1, got s 1, 2, got nil d, 3, got nil 3, 4, got nil nil, 5, got nil nil, got nil nil, 6 true
  local g = wrap(function(...) note("args", ...) for i = 1, 6 do local a, b = yield(i) note("got", a, b) end end)
  for x in g, "s", "c" do note(x) if x == 2 then break end end
  for x in g, nil, "d" do note(x) if x == 4 then break end end
  for x in g do note(x) if x == 5 then break end end
  note(g(nil), pcall(g))
end)
often("arguments of the first round", function(note)
--> arguments of the first round	2 nil 7, 1, nil 7, 1, 6 7, 1
  for x in wrap(function(...) note(select("#", ...), ...) yield(1) end), nil, 7 do note(x) end
  for x in wrap(function(a, b) note(a, b) yield(1) end), nil, 7 do note(x) end
  for x in wrap(function(a, b) note(a, b) yield(1) end), 6, 7 do note(x) end
end)
often("nil is passed", function(note)  --> nil is passed	1, nil nil, nil, 0, nil nil, nil, 2, 1 nil, nil
  local g = wrap(function() while true do local n = select("#", yield("y")) note(n) local a, b = yield("z") note(a, b) note((yield("w"))) end end)
  g() g(nil) g(nil) g(nil) g() g() g() g(nil, nil) g(1, nil) g(nil, 2)
end)
often("break and go on", function(note)
--> break and go on	1, 2, 3, 4 5, 6, 7, other 8, other 9, end nil false cannot resume dead coroutine
  local g = count(9)
  for x in g do note(x) if x == 3 then break end end
  note(g(), g())
  for x in g do note(x) if x == 7 then break end end
  local other = wrap(function() note("other", g()) yield() note("other", g()) end)
  other() other()
  note("end", g(), pcall(g))
end)
often("the body resumes it too", function(note)  --> the body resumes it too	1 2, 3 4, 5 6, 7 8, 9 10
  local g = count(10)
  for x in g do note(x, g()) end
end)
often("a call in the body resumes it too", function(note)
--> a call in the body resumes it too	1 2 3, 4 5 6, 7 8 9
  local g = count(9)
  local function more() return g() end
  local t = setmetatable({}, {__index = function() return g() end})
  for x in g do note(x, more(), t.x) end
end)
often("another coroutine resumes it too", function(note)
--> another coroutine resumes it too	true, true, 1 2 3, true, true, true, 4 5 6, true, true, true, 7 8 9, true, true, true, 10 11 12, true
  local g = wrap(function() for i = 1, 12 do yield(i) note(running() ~= main) end end)
  local other = wrap(function() while true do yield(g()) end end)
  for x in g do note(x, other(), other()) end
end)
often("two coroutines go through it", function(note)
--> two coroutines go through it	1 2, 3 4, 5 6, 7 8, 9 10, 11 12, end
  local g = count(12)
  local function through() return wrap(function() for x in g do yield(x) end yield("end") end) end
  local a, b = through(), through()
  for i = 1, 6 do note(a(), b()) end
  note(a())
end)
often("a coroutine goes through what main goes through", function(note)
--> a coroutine goes through what main goes through	1 2 3, 4 5 6, 7 8 9, 10 11 12
  local g = count(12)
  local a = wrap(function() for x in g do yield(x) end yield("end") end)
  for x in g do note(x, a(), a()) end
end)
often("who runs", function(note)
--> who runs	inner running normal normaltrue/outersuspendedrunningtrue main suspended suspended false, inner running normal normaltrue/outersuspendedrunningtrue main suspended suspended false, end of inner outer dead, main dead dead
  local inner, outer
  local function name() local co, is_main = running() return is_main and "main" or co == inner and "inner" or co == outer and "outer" or "?" end
  for x in wrap(function()
    outer = running()
    for y in wrap(function()
      inner = running()
      for i = 1, 2 do yield(name() .. " " .. status(inner) .. " " .. status(outer) .. " " .. status(main) .. tostring(isyieldable())) end
    end) do yield(y .. "/" .. name() .. status(inner) .. status(outer) .. tostring(isyieldable())) end
    note("end of inner", name(), status(inner))
  end) do note(x, name(), status(inner), status(outer), isyieldable()) end
  note(name(), status(inner), status(outer))
end)
often("closed by the loop", function(note)
--> closed by the loop	1 suspended, 2 suspended, true, false fast_switches.lua:165: cannot resume dead coroutine
  local co
  local g = wrap(function() co = running() for i = 1, 5 do yield(i) end end)
  note(pcall(function() for x in g do note(x, status(co)) if x == 2 then note(close(co)) end end end))
end)
often("closed by the loop, with something to close", function(note)
--> closed by the loop, with something to close	1, 2, closed true, true, false fast_switches.lua:175: cannot resume dead coroutine
  local co
  local g = wrap(function()
    co = running()
    local guard <close> = setmetatable({}, {__close = function() note("closed", running() == co) end})
    for i = 1, 5 do yield(i) end
  end)
  note(pcall(function() for x in g do note(x) if x == 2 then note(close(co)) end end end))
end)
often("traceback of it", function(note)
--> traceback of it	1 suspended, at|stack traceback:|[C]: in function 'coroutine.yield'|fast_switches.lua:180: in function <fast_switches.lua:180>, 2 suspended, 3 suspended, at|stack traceback:|[C]: in function 'coroutine.yield'|fast_switches.lua:180: in function <fast_switches.lua:180>, 4 suspended
  local co
  local g = wrap(function() co = running() for i = 1, 4 do yield(i) end end)
  for x in g do
    if x % 2 == 0 then note((debug.traceback(co, "at"):gsub("\n%s*", "|"))) end
    note(x, status(co))
  end
end)
often("traceback within", function(note)
--> traceback within	1, in|stack traceback:|fast_switches.lua:188: in function <fast_switches.lua:188>, 2, 3
  for x in wrap(function() for i = 1, 3 do if i == 2 then note((debug.traceback("in", 1):gsub("\n%s*", "|"))) end yield(i) end end) do note(x) end
end)
often("traceback of the resumer", function(note)
--> traceback of the resumer	1, out|stack traceback:|[C]: in for iterator 'for iterator'|fast_switches.lua:195: in function <fast_switches.lua:193>, 2, 3
  local outer
  for x in wrap(function()
    outer = running()
    for y in wrap(function() for i = 1, 3 do if i == 2 then note((debug.traceback(outer, "out"):gsub("\n%s*", "|"))) end yield(i) end end) do yield(y) end
  end) do note(x) end
end)
often("an error within", function(note)
--> an error within	1, 2, false fast_switches.lua:201: fast_switches.lua:201: oops, dead true
  local co
  note(pcall(function() for x in wrap(function() co = running() for i = 1, 3 do if i == 3 then error("oops") end yield(i) end end) do note(x) end end))
  note(status(co), running() == main)
end)
often("an error that is a table", function(note)  --> an error that is a table	1, false true
  local t = {}
  local ok, e = pcall(function() for x in wrap(function() yield(1) error(t) end) do note(x) end end)
  note(ok, e == t)
end)
often("a fault within", function(note)
--> a fault within	2, 3, false fast_switches.lua:211: fast_switches.lua:211: attempt to perform arithmetic on a table value (local 'v'), 1, false fast_switches.lua:212: fast_switches.lua:212: bad argument #1 to 'rep' (string expected, got no value), 1, false fast_switches.lua:213: fast_switches.lua:213: attempt to concatenate a nil value
  note(pcall(function() for x in wrap(function() for i = 1, 3 do local v = i < 3 and i or {} yield(v + 1) end end) do note(x) end end))
  note(pcall(function() for x in wrap(function() yield(1) string.rep() end) do note(x) end end))
  note(pcall(function() for x in wrap(function() yield(1) local s = ("x"):rep(1, 2, 3) .. nil end) do note(x) end end))
end)
often("an error in the first round", function(note)
--> an error in the first round	false fast_switches.lua:217: fast_switches.lua:217: attempt to perform arithmetic on a nil value
  note(pcall(function() for x in wrap(function() local v = nil + 1 yield(v) end) do note(x) end end))
end)
often("an error through three", function(note)
--> an error through three	1, 2, false fast_switches.lua:225: fast_switches.lua:221: fast_switches.lua:221: fast_switches.lua:222: deep, false false false cannot resume dead coroutine
  local function through(source) return wrap(function() for x in source do yield(x) end end) end
  local bad = wrap(function() yield(1) yield(2) error("deep") end)
  local a = through(bad)
  local b = through(a)
  note(pcall(function() for x in b do note(x) end end))
  note(pcall(a), pcall(b), pcall(bad))
end)
often("an error caught half-way", function(note)
--> an error caught half-way	1, fast_switches.lua:231: fast_switches.lua:230: deep, after
  local bad = wrap(function() yield(1) error("deep") end)
  local function guarded() return wrap(function() yield(select(2, pcall(function() for x in bad do yield(x) end end))) yield("after") end) end
  for x in guarded() do note(x) end
end)
often("a handler sees the stacks", function(note)
--> a handler sees the stacks	1, false fast_switches.lua:237: fast_switches.lua:237: deep|stack traceback:|fast_switches.lua:236: in function <fast_switches.lua:236>|[C]: in for iterator 'for iterator'|fast_switches.lua:237: in function <fast_switches.lua:237>|[C]: in function xpcall
  local function handler(e) return (debug.traceback(e):gsub("\n%s*", "|"):gsub("'xpcall'.*", "xpcall")) end
  note(xpcall(function() for x in wrap(function() yield(1) error("deep") end) do note(x) end end, handler))
end)
often("an error of the loop's body", function(note)
--> an error of the loop's body	false fast_switches.lua:243: body, suspended true 3
  local co
  local g = wrap(function() co = running() for i = 1, 5 do yield(i) end end)
  note(pcall(function() for x in g do if x == 2 then error("body") end end end))
  note(status(co), running() == main, g())
end)
often("yields out of pcall within", function(note)
--> yields out of pcall within	1, true r, 2, false fast_switches.lua:248: at two, 3, true r, 4, true r
  for x in wrap(function() for i = 1, 4 do note(pcall(function() yield(i) if i == 2 then error("at two") end return "r" end)) end end) do note(x) end
end)
often("yields out of metamethods and iterators within", function(note)
--> yields out of metamethods and iterators within	index a, nil, add 1, 1, next
  local t = setmetatable({}, {__index = function(_, k) return yield("index " .. k) end, __add = function(_, n) yield("add " .. n) return n end})
  for x in wrap(function() note(t.a) note(t + 1) for v in function(_, k) return yield("next") end do note("not here") end end) do note(x) end
end)
often("cannot yield out of natives", function(note)
--> cannot yield out of natives	1, false attempt to yield across a C-call boundary, false attempt to yield across a C-call boundary, 2
  for x in wrap(function()
    yield(1)
    note(pcall(table.sort, {3, 2, 1}, function(a, b) yield("sort") return a < b end))
    note(pcall(string.gsub, "a", "a", function() yield("gsub") end))
    yield(2)
  end) do note(x) end
end)
often("natives that call back within", function(note)
--> natives that call back within	321a1b1c1 true, 321a2b2c2 true, 321a3b3c3 true
  for x in wrap(function()
    for i = 1, 3 do
      local t = {3, 1, 2}
      table.sort(t, function(a, b) return a > b end)
      local s = ("abc"):gsub("%w", function(c) return running() ~= main and c .. i or "main" end)
      yield(table.concat(t) .. s)
    end
  end) do note(x, running() == main) end
end)
often("goes through another one in a callback", function(note)
--> goes through another one in a callback	a1b1 true, a12b12 true, a123b123 true
  for x in wrap(function()
    for i = 1, 3 do
      yield((("ab"):gsub("%w", function(c) local s = c for y in count(i) do s = s .. y end return s end)))
    end
  end) do note(x, running() == main) end
end)
often("a callback looks at the stack", function(note)
--> a callback looks at the stack	[C]: in function 'string.gsub'|fast_switches.lua:287: in function <fast_switches.lua:285>, [C]: in function 'string.gsub'|fast_switches.lua:287: in function <fast_switches.lua:285>
  for x in wrap(function()
    for i = 1, 2 do
      yield((("a"):gsub("%w", function(c) return (debug.traceback("cb"):gsub("\n%s*", "|"):gsub("^.-%[C%]", "[C]", 1)) end)))
    end
  end) do note(x) end
end)
often("collections", function(note, round)  --> collections	1, 2, 3
  if round % 10 == 0 then
    for x in wrap(function() for i = 1, 3 do collectgarbage() yield(i) end end) do collectgarbage() note(x) end
  else
    for x in count(3) do note(x) end
  end
end)
often("captured variables", function(note)  --> captured variables	11 21, 12 22, 13 23, 14 24
  local fs = {}
  for x in count(4) do fs[#fs + 1] = function() x = x + 10 return x end end
  for i = 1, 4 do note(fs[i](), fs[i]()) end
end)
often("goto and nested loops", function(note)  --> goto and nested loops	1 1, 3 1, out
  for x in count(4) do
    if x == 2 then goto continue end
    for y in count(3) do
      if y == 2 then goto continue end
      if x == 4 then goto out end
      note(x, y)
    end
    ::continue::
  end
  ::out::
  note("out")
end)
often("returns out of the loop", function(note)  --> returns out of the loop	2 found, 3 found, none
  local function first(g, limit) for x in g do if x > limit then return x, "found" end end return "none" end
  local g = count(6)
  note(first(g, 1)) note(first(g, 2)) note(first(g, 100))
end)
often("a fourth value to close", function(note)
--> a fourth value to close	1, 2, 3, closed nil, 1, closed nil, 1, closed fast_switches.lua:326: E, false fast_switches.lua:326: E
  local guard = setmetatable({}, {__close = function(_, e) note("closed", e) end})
  for x in count(3), nil, nil, guard do note(x) end
  for x in count(3), nil, nil, guard do note(x) break end
  note(pcall(function() for x in wrap(function() yield(1) error("E", 0) end), nil, nil, guard do note(x) end end))
end)
often("something to close within", function(note)
--> something to close within	1, closed 1 true, closing, 2, closed 2 true, closing
  for x in wrap(function()
    for i = 1, 2 do
      local guard <close> = setmetatable({}, {__close = function() note("closed", i, running() ~= main) yield("closing") end})
      yield(i)
    end
  end) do note(x) end
end)
often("goes through itself", function(note)
--> goes through itself	1, false fast_switches.lua:340: cannot resume non-suspended coroutine, 2
  local g
  g = wrap(function() yield(1) note(pcall(function() for x in g do note("never", x) end end)) yield(2) end)
  for x in g do note(x) end
end)
often("a ring", function(note)
--> a ring	a1, a sees b1, b1, false fast_switches.lua:347: cannot resume non-suspended coroutine, a sees b2, b2
  local a, b
  a = wrap(function() yield("a1") for x in b do note("a sees", x) yield(x) end end)
  b = wrap(function() yield("b1") note(pcall(function() for x in a do note("never", x) end end)) yield("b2") end)
  for x in a do note(x) end
end)
often("a ring that closes late", function(note)
--> a ring that closes late	1 2 3, false fast_switches.lua:354: cannot resume non-suspended coroutine, p, false cannot resume dead coroutine, true
  local p, q
  p = wrap(function() for i = 1, 3 do yield(i) end note(pcall(q)) yield("p") end)
  q = wrap(function() for x in p do yield(x) end end)
  note(q(), q(), p()) note(p()) note(pcall(q)) note(pcall(p))
end)
often("an outer one is closed meanwhile", function(note)
--> an outer one is closed meanwhile	true dead suspended true 3
  local co, inner
  local g = wrap(function() co = running() for x in wrap(function() inner = running() for i = 1, 5 do yield(i) end end) do yield(x) end end)
  for x in g do if x == 2 then break end end
  note(close(co), status(co), status(inner), resume(inner))
end)
often("trees", function(note)  --> trees	1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6
  local function walk(t) if t then walk(t.l) yield(t.k) walk(t.r) end end
  local t = {k = 4, l = {k = 2, l = {k = 1}, r = {k = 3}}, r = {k = 6, l = {k = 5}}}
  for k in wrap(function() walk(t) end) do note(k) end
  for k in wrap(function() return walk(t) end) do note(k) end
end)
often("functions change their kinds", function(note, round)
--> functions change their kinds	-, -, 2, 1, 1, 1, 3
  local function id(x) return x end
  for x in wrap(function() for i = 1, 3 do local f = (round % 3 == 0 and i == 2) and id or yield f(i) end end) do if x ~= 2 then note("-") end end
  for _, each in ipairs {{count(2)}, {next, {5}}, {ipairs {}, {5}, 0}, {function(_, k) return not k and 1 or nil end}, {count(3)}} do
    local n = 0
    for x in each[1], each[2], each[3] do n = n + 1 if n > 3 then break end end
    note(n)
  end
end)
often("types change within", function(note)  --> types change within	2, 3, 1.5, 5, 8, 7
  for x in wrap(function() local v = 1 for i = 1, 6 do v = i == 3 and 0.5 or i == 5 and "7" or i yield(v + 1) end end) do note(x) end
end)
often("resumed by coroutine.resume", function(note)
--> resumed by coroutine.resume	true 1 1, true 1 2, true, true nil, true 2 1, true 2 2, true, true nil, true 3 1, true 3 2, true, true nil, true r, dead false cannot resume dead coroutine
  local co = create(function() for i = 1, 3 do for x in count(2) do yield(i, x) end yield() yield(nil) end return "r" end)
  for i = 1, 13 do note(resume(co)) end
  note(status(co), resume(co))
end)
often("a dead one", function(note)
--> a dead one	1, false fast_switches.lua:393: cannot resume dead coroutine, false fast_switches.lua:394: bad argument #1 to 'wrap' (function expected, got number)
  local g = count(1)
  for x in g do note(x) end
  note(pcall(function() for x in g do note("never") end end))
  note(pcall(function() for x in wrap(1) do note("never") end end))
end)
often("hooks within", function(note, round)  --> hooks within	3
  if round % 5 ~= 0 then note(3) return end
  local lines = 0
  for x in wrap(function()
    for i = 1, 3 do
      if i == 2 then debug.sethook(function() lines = lines + 1 end, "l") end
      yield(i)
    end
    debug.sethook()
  end) do if x == 3 then note(x) end end
  if lines == 0 then note("no lines") end
end)
often("a hook for it", function(note)  --> a hook for it	1 0, 2 0, 3 2, 4 4
  local co
  local lines = 0
  for x in wrap(function()
    co = running()
    for i = 1, 4 do
      yield(i)
    end
  end) do
    if x == 2 then debug.sethook(co, function() lines = lines + 1 end, "l") end
    note(x, lines)
  end
end)
often("locals of it are set", function(note)
--> locals of it are set	10, y 10, y, 20, y 99, 30, y 30, 40, y 40
  local co
  for x in wrap(function() co = running() for i = 1, 4 do local y = i * 10 yield(y) note("y", y) end end) do
    if x == 20 then for n = 1, 9 do if debug.getlocal(co, 1, n) == "y" then note(debug.setlocal(co, 1, n, 99)) end end end
    note(x)
  end
end)
often("abandoned ones are collected", function(note, round)  --> abandoned ones are collected	alive few
  local weak = setmetatable({}, {__mode = "k"})
  for i = 1, 3 do
    local g = wrap(function() local t = {} weak[t] = i weak[running()] = i for j = 1, 3 do yield(j) end return t end)
    for x in g do if x == 2 then break end end
  end
  if round % 10 == 0 then
    collectgarbage() collectgarbage()
    local n = 0 for k in pairs(weak) do n = n + 1 end
    note("alive", n <= 2 and "few" or n)
  else note("alive", "few") end
end)
local function depth(n) for x in wrap(function() yield(n) for y in wrap(function() yield(depth(n + 1)) end) do yield(y) end end) do if x ~= n then return x end end end
local ok, message = pcall(depth, 1)
print(ok, (message:gsub("^.*: ", "")))  --> false	C stack overflow
for round = 1, 5 do
  local deepest = 0
  local function nest(n) deepest = n for x in wrap(function() yield(1) nest(n + 1) end) do end end
  local ok, message = pcall(nest, 1)
  if round == 5 then print(ok, (message:gsub("^.*: ", "")), deepest > 90 and deepest < 210) end
--> false	C stack overflow	true
end
-- Equal code for loops at different places
local function twice(note)
  for x in count(40) do note(x) end
  for x in count(40) do note(x) end
  for x in count(40) do note(x) end
  return "end"
end
for round = 1, 10 do
  local sum = 0
  local result = twice(function(x) sum = sum + x end)
  if sum ~= 2460 or result ~= "end" then print(round, sum, result) end
end
