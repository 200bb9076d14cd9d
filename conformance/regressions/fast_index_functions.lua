-- functions as __index, __newindex and __call whose code stands in that of accesses and calls
local log = {}
local P = {}
P.__index = function(t, k) return rawget(t, "store")[k] end
P.__newindex = function(t, k, v) rawget(t, "store")[k] = v end
local function proxy(store) return setmetatable({store = store}, P) end
local function read(t) return t.a, t.b end
local function write(t, v) t.a = v t.b = 2 end
for i = 1, 100 do local p = proxy({a = i}) write(p, i) read(p) end
local p = proxy({a = "x"})
print(read(p)) write(p, "y") print(read(p), rawget(p, "a"), p.store.b)  --> x	nil
--> y	nil	2
write(p, nil) print(read(p))  --> nil	2
print(read({a = 1}), read(setmetatable({b = 2}, {__index = {a = "inherited"}})))  --> 1	inherited	2
print(pcall(read, 5), pcall(write, nil, 1), pcall(read, setmetatable({}, P)))
--> false	false	false	fast_index_functions.lua:4: attempt to index a nil value
rawset(p, "a", "own") print(read(p)) write(p, "again") print(rawget(p, "a"), p.store.a)  --> own	2
--> again	nil
-- any keys
local function get(t, k) return t[k] end
local function set(t, k, v) t[k] = v end
for i = 1, 100 do local q = proxy({}) set(q, i, i) get(q, i) get(q, 1000) set(q, "n" .. i, 1) get(q, "n" .. i) end
local q = proxy({})
set(q, 1, "one") set(q, 1.5, "half") set(q, "s", "text") set(q, q, "self") set(q, true, "yes")
print(get(q, 1), get(q, 1.0), get(q, 1.5), get(q, "s"), get(q, q), get(q, true), get(q, 2))
--> one	one	half	text	self	yes	nil
print(pcall(set, q, nil, 1), pcall(set, {}, nil, 1), pcall(set, {}, 0/0, 1), get({10, 20}, 2), get("text", "len") == string.len)
--> false	false	false	20	true
local function first(t) return t[1] end
for i = 1, 100 do first(proxy({i})) end
print(first(proxy({"one"})), first({"two"}), first(setmetatable({}, {})), pcall(first, nil))
--> one	two	nil	false	fast_index_functions.lua:29: attempt to index a nil value (local 't')
-- defaults, counting, reads that store
local D = {__index = function(t, k) local v = k * 2 rawset(t, k, v) return v end}
local function sum(t, n) local s = 0 for i = 1, n do s = s + t[i] end return s end
for i = 1, 20 do sum(setmetatable({}, D), 20) end
print(sum(setmetatable({}, D), 10), sum(setmetatable({100}, D), 3))  --> 110	110
local reads = 0
local C = {__index = function(t, k) reads = reads + 1 return nil end}
local function maybe(t) return t.missing or "default" end
for i = 1, 100 do maybe(setmetatable({}, C)) end
print(reads, maybe(setmetatable({missing = 1}, C)), maybe({}), reads)  --> 100	1	default	100
-- errors, names, traceback
local S = {__index = function(t, k) error("no field " .. tostring(k), 2) end,
  __newindex = function(t, k, v) error("cannot set " .. k) end}
local strict = setmetatable({there = 1}, S)
local function check(t, k) if k then return t[k] end return t.there end
local function assign(t, v) t.there = v t.other = v end
for i = 1, 60 do pcall(check, strict, i % 2 == 0 and "there" or nil) pcall(check, strict, "gone") pcall(assign, strict, i) end
print(check(strict, "there"), pcall(check, strict, "gone"), pcall(assign, strict, 3), strict.there)
--> 60	false	false	3
local N = {__index = function(t, k) local info = debug.getinfo(1, "n") return info.namewhat .. " " .. info.name end,
  __newindex = function(t, k, v) log[1] = debug.traceback("here", 1):gsub("\n%s*%[C%].*", "") end}
local function named(t) return t.x end
local function named_store(t) t.x = 1 return t end
for i = 1, 60 do named(setmetatable({}, N)) named_store(setmetatable({}, N)) end
print(named(setmetatable({}, N))) named_store(setmetatable({}, N)) print(log[1])  --> metamethod index
--> here
--> stack traceback:
--> 	fast_index_functions.lua:53: in metamethod 'newindex'
--> 	fast_index_functions.lua:55: in local 'named_store'
--> 	fast_index_functions.lua:57: in main chunk
local W = {__index = function(t, k) return t.limit + k end}
local function bad(t) return t[{}] end
for i = 1, 60 do pcall(bad, setmetatable({limit = 1}, W)) end
print(pcall(bad, setmetatable({limit = 1}, W)))
--> false	fast_index_functions.lua:63: attempt to perform arithmetic on a table value (local 'k')
-- changes
local M = {__index = function(t, k) return "first" end}
local object = setmetatable({}, M)
local function field(t) return t.f end
for i = 1, 100 do field(object) end
print(field(object)) M.__index = function() return "second" end print(field(object))  --> first
--> second
M.__index = {f = "third"} print(field(object)) M.__index = rawget print(field(object))  --> third
--> nil
M.__index = setmetatable({}, {__index = function() return "deep" end}) print(field(object)) M.__index = nil print(field(object))
--> deep
--> nil
setmetatable(object, nil) print(field(object))  --> nil
local K = {__newindex = function(t, k, v) rawset(t, k, v + 1) end}
local function put(t) t.f = 1 return rawget(t, "f") end
for i = 1, 100 do put(setmetatable({}, K)) end
print(put(setmetatable({}, K)), put(setmetatable({f = 5}, K))) K.__newindex = log print(put(setmetatable({}, K)), log.f)
--> 2	1
--> nil	1
K.__newindex = nil print(put(setmetatable({}, K)), put({}))  --> 1	1
-- objects as functions
local F = {__call = function(self, a, ...) return self.k, a, select("#", ...) end}
local function object_of(k) return setmetatable({k = k}, F) end
local function apply(f) return (f(1)), f(1, 2, 3), f() end
for i = 1, 100 do apply(object_of(i)) end
print(apply(object_of("o"))) print(apply(function(...) return ... end))  --> o	o	o	nil	0
--> 1	1
local function calling(f) return f("tail") end
local t = {method = object_of("m")}
for i = 1, 100 do calling(object_of(i)) t.method(1) t:method(1) end
print(calling(object_of("x")), calling(print), pcall(calling, {}))  --> tail
--> x	nil	false	fast_index_functions.lua:95: attempt to call a table value (local 'f')
print(t.method(1), t:method(1))  --> m	m	table: ADDRESS	1
local twice = setmetatable({}, {__call = object_of("inner")})
for i = 1, 60 do calling(twice) end
print(calling(twice))  --> inner	table: ADDRESS	1
F.__call = function(self) local info = debug.getinfo(1, "nt") return info.name, info.istailcall end
local function name_of(f) local a, b = f() return a, b end
for i = 1, 60 do name_of(object_of(1)) end
print(name_of(object_of(1)))  --> f	false
-- yields
local Y = {__index = function(t, k) return coroutine.yield(k) end, __newindex = function(t, k, v) coroutine.yield(k, v) rawset(t, k, v) end,
  __call = function(self, x) return coroutine.yield(x) end}
local co = coroutine.wrap(function(o) local r = {} for i = 1, 3 do r[i] = o.x .. o(i) o["k" .. i] = i end return table.concat(r, " "), o.k3 end)
local given = {co(setmetatable({}, Y))}
local steps = {}
while #steps < 20 and type(given[1]) ~= "nil" and given[2] ~= 3 or #steps < 8 do steps[#steps + 1] = tostring(given[1]) given = {co(#steps)} end
print(table.concat(steps, ","))  --> x,1,k1,x,2,k2,x,3
print(co("end"))  --> 12 45 78	3
