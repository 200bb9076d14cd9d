-- §3.3.5 The generic for
for k, v in pairs({ 10, 20 }) do print(k, v) end  --> 1	10
--> 2	20
for i, v in ipairs({ "a", "b", nil, "d" }) do print(i, v) end  --> 1	a
--> 2	b
local function count(limit, i) if i < limit then return i + 1 end end
for i in count, 3, 0 do print(i) end  --> 1
--> 2
--> 3
for a, b, c in function(s, c) if c < 2 then return c + 1, s, nil, 9 end end, "state", 0 do print(a, b, c) end
--> 1	state	nil
--> 2	state	nil
for line in ("one\ntwo"):gmatch("[^\n]+") do print(line) end  --> one
--> two
for w in coroutine.wrap(function() for i = 1, 2 do coroutine.yield(i, i * i) end end) do print(w) end  --> 1
--> 2
local t = setmetatable({}, { __call = function(self, s, c) c = (c or 0) + 1 if c < 3 then return c end end })
for i in t do print("called", i) end  --> called	1
--> called	2
for i in t, nil, 1 do print("from", i) end  --> from	2
local closing = setmetatable({}, { __close = function(_, e) print("closed", e) end })
for i in count, 2, 0, closing do print(i) end  --> 1
--> 2
--> closed	nil
for i in count, 5, 0, closing do if i == 2 then break end end  --> closed	nil
print(pcall(function() for i in count, 5, 0, closing do error("oops", 0) end end))  --> closed	oops
--> false	oops
local function early() for i in count, 5, 0, closing do return "value", i end end
print(early())  --> closed	nil
--> value	1
do local function gen() for i in count, 5, 0, closing do coroutine.yield(i) end end local co = coroutine.create(gen) print(coroutine.resume(co)) print(coroutine.close(co)) end
--> true	1
--> closed	nil
--> true
do for i in count, 5, 0, closing do if i == 1 then goto out end end ::out:: print "out" end  --> closed	nil
--> out
do local fs = {} for k, v in pairs({ a = 1 }) do fs[#fs + 1] = function() return k, v end end print(fs[1]()) end
--> a	1
do local t = { a = 1, b = 2, c = 3 } for k in pairs(t) do t[k] = nil end print(next(t)) end  --> nil
do local t = { 1, 2, 3 } for k, v in pairs(t) do t[k] = v * 2 end print(table.concat(t, ",")) end  --> 2,4,6
for k, v in next, { "x" } do print(k, v) end  --> 1	x
for k, v in pairs(setmetatable({}, { __pairs = function(t) return function(_, k) if not k then return 1, "meta" end end, t, nil end })) do print(k, v) end
--> 1	meta
for i, v in ipairs(setmetatable({}, { __index = function(_, i) if i <= 2 then return i * 10 end end })) do print(i, v) end
--> 1	10
--> 2	20
for i in 5 do end  --! attempt to call a number value (for iterator 'for iterator')
for i in nil do end  --! attempt to call a nil value (for iterator 'for iterator')
for i in {} do end  --! attempt to call a table value (for iterator 'for iterator')
for i in pairs(nil) do end  --! bad argument #1 to 'for iterator' (table expected, got nil)
for k in ipairs() do end  --! bad argument #1 to 'ipairs' (value expected)
for i in print, 1, 2, 3 do end  --! variable '(for state)' got a non-closable value
for i in print, 1, 2, {} do end  --! variable '(for state)' got a non-closable value
local t = {} for i in t.iter do end  --! attempt to call a nil value (for iterator 'for iterator')
for i in undefinediter do end  --! attempt to call a nil value (for iterator 'for iterator')
for i in (function() error("inside", 0) end) do end  --! inside
do local t = {} t.x = 1 for k in next, t do t.y = 1 t[k] = nil end end
print "ok"  --> ok
