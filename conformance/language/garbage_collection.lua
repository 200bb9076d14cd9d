-- §2.5 Garbage collection: weak tables, finalizers, collectgarbage
local weak_values = setmetatable({}, { __mode = "v" }) weak_values[1] = {} weak_values.x = {} weak_values.s = "string" weak_values.n = 5
local kept = {} weak_values.kept = kept
collectgarbage()
print(weak_values[1], weak_values.x, weak_values.s, weak_values.n, weak_values.kept == kept)
--> nil	nil	string	5	true
local weak_keys = setmetatable({}, { __mode = "k" }) weak_keys[{}] = 1 weak_keys[kept] = 2 weak_keys.str = {}
collectgarbage()
local n = 0
for _ in pairs(weak_keys) do n = n + 1 end
print(n, weak_keys[kept], type(weak_keys.str))  --> 2	2	table
local ephemeron = setmetatable({}, { __mode = "k" })
do local k = {} ephemeron[k] = { k } end
collectgarbage()
print(next(ephemeron))  --> nil
do local a, b = {}, {} ephemeron[a] = b ephemeron[b] = "end" a, b = nil, nil end
collectgarbage()
print(next(ephemeron))  --> nil
local both = setmetatable({}, { __mode = "kv" }) both[kept] = {} both[{}] = kept both.live = kept
collectgarbage() n = 0
for _ in pairs(both) do n = n + 1 end
print(n)  --> 1
local order = {}
for i = 1, 3 do setmetatable({}, { __gc = function() order[#order + 1] = i end }) end
collectgarbage()
print(table.concat(order, " "))  --> 3 2 1
local saved
do local obj = setmetatable({ name = "phoenix" }, { __gc = function(o) saved = o end }) end
collectgarbage()
print(saved.name) saved = nil  --> phoenix
collectgarbage()
print(saved)  --> nil
local late = setmetatable({}, {}) getmetatable(late).__gc = function() print "never marked" end late = nil
collectgarbage()
local marked = setmetatable({}, { __gc = true }) getmetatable(marked).__gc = function() print "set later" end marked = nil
collectgarbage()  --> set later
do local cycle = {} cycle.self = cycle setmetatable(cycle, { __gc = function() print "cycle collected" end }) end
collectgarbage()  --> cycle collected
print(type(collectgarbage("count")), math.type(collectgarbage("count")), collectgarbage("count") > 1)
--> number	float	true
print(collectgarbage(), collectgarbage("collect"))  --> 0	0
print(collectgarbage("isrunning"), collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"), collectgarbage("isrunning"))
--> true	0	false	0	true
collectgarbage("incremental")
print(collectgarbage("incremental"), collectgarbage("generational"), collectgarbage("incremental"))
--> incremental	incremental	generational
print(type(collectgarbage("step")), type(collectgarbage("step", 10)))  --> boolean	boolean
local before = collectgarbage("count")
local big = {}
for i = 1, 20000 do big[i] = { i } end
local during = collectgarbage("count") big = nil
collectgarbage()
local after = collectgarbage("count")
print(during > before, after < during)  --> true	true
print(collectgarbage("setpause", 100) >= 0, collectgarbage("setstepmul", 200) >= 0, collectgarbage("setpause", 200), collectgarbage("setstepmul", 100) > 0)
--> true	true	100	true
print(pcall(collectgarbage, "unknown"))
--> false	bad argument #1 to 'collectgarbage' (invalid option 'unknown')
print(pcall(collectgarbage, 1))  --> false	bad argument #1 to 'collectgarbage' (invalid option '1')
print(pcall(collectgarbage, {}))  --> false	bad argument #1 to 'collectgarbage' (string expected, got table)
local key = {}
local registry = setmetatable({ [key] = "v" }, { __mode = "k" })
print(registry[key])  --> v
local str_weak = setmetatable({ ["a" .. "b"] = 1 }, { __mode = "k" })
collectgarbage()
print(str_weak.ab)  --> 1
local t = setmetatable({}, { __mode = "v" }) t.f = function() end t.co = coroutine.create(print)
collectgarbage()
print(t.co)  --> nil
local fn = function() return t end t.f = fn
collectgarbage()
print(t.f == fn)  --> true
do local x = setmetatable({}, { __gc = function() print(collectgarbage("step") ~= nil, pcall(collectgarbage)) end }) end
collectgarbage()  --> false	true	nil
do local x = setmetatable({}, { __gc = function() error("ignored, only a warning") end }) end
collectgarbage()
print "still here"  --> still here
local resurrect = {}
for i = 1, 2 do setmetatable({}, { __gc = function(o) resurrect[i] = o setmetatable(o, { __gc = function() print("second time", i) end }) end }) end
collectgarbage()
print(#resurrect) resurrect = nil  --> 2
collectgarbage()  --> second time	1
--> second time	2
