-- coroutine.resume in hot code, and functions of coroutine.wrap besides
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

often("values in and out", function(note)
--> values in and out	start 2 nil 2, true, none 0, true 1, one 1, true 1 nil, two 2, true nil, nil 1, true a, true b c, 5 nil 8, true, none 1, true 1, one 1, true 1 nil, two 0, true nil nil nil, nil 0, true, nil nil nil, 3 1
  local co = create(function(...)
    note("start", select("#", ...), ...)
    while true do
      note("none", select("#", yield())) note("one", select("#", yield(1))) note("two", select("#", yield(1, nil))) note("nil", select("#", yield(nil)))
      local a = yield("a") local b, c = yield("b", "c") note(a, b, c)
    end
  end)
  note(resume(co, nil, 2)) note(resume(co)) note(resume(co, nil)) note(resume(co, nil, nil))
  note(resume(co, 1)) note(resume(co, 5, 6)) note(resume(co, nil, 8)) note(resume(co, false)) note(resume(co, nil))
  local ok, x, y, z = resume(co) note(ok, x, y, z)
  note((resume(co)))
  note(select("#", resume(co)), select("#", resume(co)))
end)
often("ends", function(note)
--> ends	true 1, true, dead false cannot resume dead coroutine, true 1, true nil, dead false cannot resume dead coroutine, true 1, true 1 2, dead false cannot resume dead coroutine, true x y, false cannot resume dead coroutine, dead false cannot resume dead coroutine
  for _, body in ipairs {function() yield(1) end, function() yield(1) return nil end, function() yield(1) return 1, 2 end, function(...) return ... end} do
    local co = create(body)
    note(resume(co, "x", "y")) note(resume(co)) note(status(co), resume(co))
  end
end)
often("errors", function(note)
--> errors	true 1, false fast_resumes.lua:52: oops dead true, false cannot resume dead coroutine, tb|stack traceback:|[C]: in function 'error'|fast_resumes.lua:52: in function <fast_resumes.lua:52>, false fast_resumes.lua:52: oops, true 1, false t dead true, false cannot resume dead coroutine, tb|stack traceback:|[C]: in function 'error'|fast_resumes.lua:52: in function <fast_resumes.lua:52>, false t, true 1, false fast_resumes.lua:52: attempt to perform arithmetic on a nil value dead true, false cannot resume dead coroutine, tb|stack traceback:|fast_resumes.lua:52: in function <fast_resumes.lua:52>, false fast_resumes.lua:52: attempt to perform arithmetic on a nil value, true 1, false fast_resumes.lua:53: bad argument #1 to 'rep' (string expected, got no value) dead true, false cannot resume dead coroutine, tb|stack traceback:|[C]: in function 'string.rep'|fast_resumes.lua:53: in function <fast_resumes.lua:53>, false fast_resumes.lua:53: bad argument #1 to 'rep' (string expected, got no value), true 1, false nil dead true, false cannot resume dead coroutine, tb|stack traceback:|[C]: in function 'error'|fast_resumes.lua:53: in function <fast_resumes.lua:53>, false nil, false first, false cannot resume dead coroutine dead true, false cannot resume dead coroutine, tb|stack traceback:|[C]: in function 'error'|fast_resumes.lua:53: in function <fast_resumes.lua:53>, false first, true 1, false fast_resumes.lua:53: attempt to call a table value (upvalue 't') dead true, false cannot resume dead coroutine, tb|stack traceback:|fast_resumes.lua:53: in function <fast_resumes.lua:53>, false fast_resumes.lua:53: attempt to call a table value (upvalue 't')
  local t = {}
  for _, body in ipairs {function() yield(1) error("oops") end, function() yield(1) error(t) end, function() yield(1) local x = nil + 1 end,
      function() yield(1) string.rep() end, function() yield(1) error() end, function() error("first", 0) end, function() yield(1) t() end} do
    local co = create(body)
    note(resume(co))
    local ok, e = resume(co)
    note(ok, e == t and "t" or e, status(co), running() == main)
    note(resume(co))
    note((debug.traceback(co, "tb"):gsub("\n%s*", "|")))
    local ok, e = close(co)
    note(ok, e == t and "t" or e)
  end
end)
often("what is no coroutine", function(note)
--> what is no coroutine	false bad argument #1 to 'coroutine.resume' (thread expected, got no value), false bad argument #1 to 'coroutine.resume' (thread expected, got number), false bad argument #1 to 'coroutine.resume' (thread expected, got nil), false fast_resumes.lua:67: bad argument #1 to 'resume' (thread expected, got table)
  note(pcall(resume)) note(pcall(resume, 1)) note(pcall(resume, nil, 1))
  note(pcall(function() local ok = resume({}) end))
end)
often("oneself and others", function(note)
--> oneself and others	false cannot resume non-suspended coroutine, false cannot resume non-suspended coroutine, false cannot resume non-suspended coroutine, false cannot resume non-suspended coroutine, normal running normal, true b, running suspended, true a, true, true, dead dead
  local a, b
  a = create(function() note(resume(a)) note(resume(b)) note(status(a), status(b)) yield("a") end)
  b = create(function() note(resume(a)) note(resume(b)) note(resume(main)) note(status(a), status(b), status(main)) yield("b") end)
  note(resume(a)) note(resume(b)) note(resume(a)) note(status(a), status(b))
end)
often("resumed by both", function(note)
--> resumed by both	1, true 2, 3, true 4, 5, 6, false fast_resumes.lua:79: end, dead false fast_resumes.lua:79: end, false cannot resume dead coroutine, false cannot resume dead coroutine
  local co
  local g = wrap(function() co = running() for i = 1, 6 do yield(i) end error("end") end)
  note(g()) note(resume(co)) note(g()) note(resume(co))
  for x in g do note(x) if x == 6 then break end end
  note(resume(co)) note(status(co), pcall(g)) note(pcall(g)) note(resume(co))
end)
often("resumed by both, first by resume", function(note)
--> resumed by both, first by resume	1, true 2, 3 true 4, 5 true 6, false fast_resumes.lua:87: end, false cannot resume dead coroutine
  local co
  local g = wrap(function() co = running() for i = 1, 6 do yield(i) end error("end") end)
  note(g()) note(resume(co))
  for x in g do note(x, resume(co)) if x == 5 then break end end
  note(pcall(g)) note(resume(co))
end)
often("resumed within the loop that goes through it", function(note)
--> resumed within the loop that goes through it	1 true 2, 3 true 4, 5 true 6, dead
  local co
  local g = wrap(function() co = running() for i = 1, 6 do yield(i) end return end)
  for x in g do note(x, resume(co)) end
  note(status(co))
end)
often("an error in a loop where resume was before", function(note)
--> an error in a loop where resume was before	true 1, true 2, false fast_resumes.lua:101: fast_resumes.lua:101: E, false cannot resume dead coroutine
  local co = create(function() for x in wrap(function() yield(1) yield(2) error("E") end) do yield(x) end end)
  for i = 1, 4 do note(resume(co)) end
end)
often("an error thrown past a loop into what resumed by both ways", function(note)
--> an error thrown past a loop into what resumed by both ways	false fast_resumes.lua:109: fast_resumes.lua:107: attempt to concatenate a table value, false cannot resume dead coroutine
  local co
  local g = wrap(function() co = running() yield(1) yield(2) local x = {} .. "" end)
  g() resume(co)
  note(pcall(function() for x in g do note("never", x) end end))
  note(resume(co))
end)
often("pcall and yields within", function(note)
--> pcall and yields within	true 1, true, true 2, false two, true 3, true, true r, false cannot resume dead coroutine
  local co = create(function() for i = 1, 3 do note(pcall(function() yield(i) if i == 2 then error("two", 0) end end)) end return "r" end)
  for i = 1, 5 do note(resume(co)) end
end)
often("a generator by resume", function(note)  --> a generator by resume	1275
  local function values(co) return function() local ok, x = resume(co) return ok and x or nil end end
  local s = 0
  for x in values(create(function() for i = 1, 50 do yield(i) end end)) do s = s + x end
  note(s)
end)
often("a scheduler", function(note)  --> a scheduler	t11 t21 t31 end t1 t22 t32 end t2 t33 end t3
  local tasks, trace = {}, {}
  for n = 1, 3 do tasks[n] = create(function(name) for i = 1, n do trace[#trace + 1] = name .. i yield() end return name end) end
  local left = 3
  while left > 0 do
    for n = 1, 3 do
      if status(tasks[n]) == "suspended" then
        local ok, name = resume(tasks[n], "t" .. n)
        if status(tasks[n]) == "dead" then left = left - 1 trace[#trace + 1] = "end " .. tostring(name) end
      end
    end
  end
  note(table.concat(trace, " "))
end)
often("symmetric", function(note)  --> symmetric	22
  local function transfer(co, v) while true do local ok, next, value = resume(co, v) if not next then return value end co, v = next, value end end
  local a, b
  a = create(function(v) for i = 1, 3 do v = yield(b, v + 1) end yield(nil, v) end)
  b = create(function(v) while true do v = yield(a, v * 2) end end)
  note(transfer(a, 1))
end)
often("closing variables and errors", function(note)
--> closing variables and errors	true 1, false E, close b E, close a E, false E, true 1, close a nil, true, false cannot resume dead coroutine
  local function guard(n) return setmetatable({}, {__close = function(_, e) note("close", n, e) end}) end
  local co = create(function() local a <close> = guard("a") yield(1) local b <close> = guard("b") error("E", 0) end)
  note(resume(co)) note(resume(co)) note(close(co))
  local other = create(function() local a <close> = guard("a") yield(1) end)
  note(resume(other)) note(close(other)) note(resume(other))
end)
often("upvalues of functions of wrap", function(note)
--> upvalues of functions of wrap	true true nil true 1, function function true key C
  local co
  local g = wrap(function() co = running() yield(1) end)
  g()
  local name, value = debug.getupvalue(g, 1)
  note(name == "", value == co, debug.getupvalue(g, 2), debug.upvalueid(g, 1) == debug.upvalueid(g, 1), debug.getinfo(g, "u").nups)
  note(type(g), tostring(g):match("^%a+"), g == g, ({[g] = "key"})[g], debug.getinfo(g, "S").what)
end)
often("methods and fields named like parts of coroutines", function(note)
--> methods and fields named like parts of coroutines	true 1 2 3 4, attempt to index a function value (upvalue 'v') 1, attempt to index a thread value (upvalue 'v') 1
  local t = {thread = 1, given = 2, driver = 3, boxes = 4, send = 5, generator = 6, one = 7}
  local function ask(v) return pcall(function() return v.thread, v.given, v.driver, v.boxes end) end
  note(ask(t)) note((select(2, ask(wrap(print)))):gsub("^.-:%d+: ", "")) note((select(2, ask(main))):gsub("^.-:%d+: ", ""))
end)
local function nest(n) local ok, e = resume(create(function() yield(1) end)) local ok, e = resume(create(function() return nest(n + 1) end)) if not ok then return e, n end return e, ok end
for i = 1, 3 do print((nest(1))) end  --> C stack overflow
--> C stack overflow
--> C stack overflow
