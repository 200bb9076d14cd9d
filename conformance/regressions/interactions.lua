-- Things that went wrong in other implementations: interactions between features
do local t = {} for i = 1, 3 do local x <close> = setmetatable({}, { __close = function() t[#t + 1] = i end }) if i == 2 then goto continue end t[#t + 1] = "body " .. i ::continue:: end print(table.concat(t, " ")) end
--> body 1 1 2 body 3 3
do local fs = {} for i = 1, 3 do local j = i fs[#fs + 1] = function() j = j + 1 return j end if i == 2 then break end end print(fs[1](), fs[2](), fs[1]()) end
--> 2	3	3
do local function f(a, b) a = a or b return a end print(f(false, nil), f(nil, false), f(false, 0)) local x = nil x = x and x.y or "default" print(x) end
--> nil	false	0
--> default
do local a = { f = function(self, n) if n == 0 then return self end return self:f(n - 1) end } print(a:f(1000) == a) end
--> true
do local t = { 1, 2, 3, 4, 5 } for i, v in ipairs(t) do if v % 2 == 0 then table.remove(t, i) end end print(table.concat(t, ",")) end
--> 1,3,5
do local t = {} t[1] = 1 t[3] = 3 t[2] = 2 print(#t) t[2] = nil print(#t == 3 or #t == 1) t = { nil, 2 } print(t[2]) t = { 1, nil, 3 } local n = 0 for _ in pairs(t) do n = n + 1 end print(n) end
--> 3
--> true
--> 2
--> 2
do local s = 0 for i = 10, 1, -3 do s = s * 100 + i end print(s) for i = 1, 3 do local k = i i = 10 s = k end print(s) end
--> 10070401
--> 3
do local co = coroutine.wrap(function(...) local a = { ... } while true do a = { coroutine.yield(#a, table.unpack(a)) } end end) print(co(1, nil, 3)) print(co()) print(co(nil)) print(co("x", "y")) end
--> 3	1	nil	3
--> 0
--> 0
--> 2	x	y
do local mt = { __index = function(t, k) local v = k * 2 rawset(t, k, v) return v end } local t = setmetatable({}, mt) print(t[5], rawget(t, 5), t[5]) end
--> 10	10	10
do local function f(...) local a, b = ..., "last" return a, b, select("#", ...) end print(f(1, 2, 3)) print((f())) end
--> 1	last	3
--> nil
do local t = { [1] = "a", [2] = "b" } t[#t + 1] = "c" print(#t, t[3]) local n = 0 while t[n + 1] do n = n + 1 end print(n) end
--> 3	c
--> 3
do print(("x"):rep(3, ","):gsub(",", ";")) print((("abc"):gsub("", "-"))) print(("a,b,c"):find(",", 1, true), ("a.b"):find(".", 1, true)) end
--> x;x;x	2
--> -a-b-c-
--> 2	2	2
do local a <const> = 5 local function f() return a + 1 end print(f()) local b <const> = "s" print(b .. a) local n <const> = nil print(n) local big <const> = 1 << 40 print(big, -big) end
--> 6
--> s5
--> nil
--> 1099511627776	-1099511627776
do local env = setmetatable({}, { __index = _G }) local f = load("local x = 1; function g() return x end; return g", "c", "t", env) print(f()(), env.g ~= nil, g) end
--> 1	true	nil
do local ok, err = pcall(function() local t = setmetatable({}, { __newindex = function(t, k, v) error("readonly " .. k, 2) end }) t.x = 1 end) print(ok, (err:gsub("^.-:%d+: ", ""))) end
--> false	readonly x
do local r = {} for k, v in string.gmatch("a=1,b=2", "(%w)=(%w)") do r[#r + 1] = k .. v end print(table.concat(r)) local it = string.gmatch("abc", "") local n = 0 for _ in it do n = n + 1 end print(n) end
--> a1b2
--> 4
do local t = setmetatable({}, { __eq = function() return true end }) local u = setmetatable({}, getmetatable(t)) print(t == u, t ~= u, t == 1, rawequal(t, u), ({ [t] = 1 })[u]) end
--> true	false	false	false	nil
do local x = 0 local function inc() x = x + 1 return x end local t = { inc(), inc(), [inc()] = inc(), inc() } print(#t, t[1], t[2], t[3], x) end
--> 3	1	2	5	5
do local i = 1 local t = {} t[i], i = i, i + 1 print(t[1], t[2], i) local a, b, c = (function() return 1, 2 end)(), "x" print(a, b, c) end
--> 1	nil	2
--> 1	x	nil
do local n = 0 repeat local done = n >= 3 n = n + 1 until done print(n) local k = 0 while true do k = k + 1 if k < 5 then goto next end break ::next:: end print(k) end
--> 4
--> 5
do local obj = setmetatable({}, { __tostring = function() return "OBJ" end, __name = "N", __concat = function(a, b) return tostring(a) .. tostring(b) end }) print(obj .. "x", "x" .. obj, 1 .. obj, string.format("%s|%10s", obj, obj), tostring(obj)) end
--> OBJx	xOBJ	1OBJ	OBJ|       OBJ	OBJ
do local d = 0 local function deep(n) local ok, r = pcall(function() if n == 0 then error("end", 0) end return deep(n - 1) end) d = d + 1 if not ok then error(r, 0) end return r end print(pcall(deep, 50)) print(d) end
--> false	end
--> 51
do print(#"\u{7FFFFFFF}", "\x41\u{42}\67", '\'') print(0xA.8p1, 0x.1p4, 1e-3, .5e1, 3 .. "") print(2^53 == 2^53 + 1, math.type(2^31 | 0), 7 // 2.0, -7 // 2, -7 % 3, 7 % -3, -0.0 == 0.0, 1/-0.0) print(1 < 2 == true, not nil == true, "10" + 0 == 10, 10 == "10", "abc" < "abd", not (1 > 2)) end
--> 6	ABC	'
--> 21.0	1.0	0.001	5.0	3
--> true	integer	3.0	-4	2	-2	true	-inf
--> true	true	true	false	true	true
do local p = {} for w in ("the quick brown"):gmatch("%a+") do p[#p + 1] = w:sub(1, 1):upper() .. w:sub(2) end print(table.concat(p, " ")) print(("%5.1f|%-5d|%05d|%+d|%x|%q"):format(3.14159, 42, 42, 42, 255, "q\n")) print(tostring(1e15), 1e16, 123456789012.5, 0.1 + 0.2, 100 * 1.1, 1e100 // 1) end
--> The Quick Brown
-->   3.1|42   |00042|+42|ff|"q\
--> "
--> 1e+15	1e+16	123456789012.5	0.3	110.0	1e+100
for i = 0 / 0, 1 do print("a loop to NaN runs once", i ~= i) end  --> a loop to NaN runs once	true
for i = 1, 0 / 0 do print "an integer loop to NaN does not" end
print(5 / ((1 << 53) + 1) == 5 / 2^53, math.maxinteger / 3, (math.maxinteger // 1) / math.maxinteger)
--> true	3.0744573456183e+18	1.0
print(1e308 % 3, -1 % 1e308, (128 - 0/0) % 0.5 ~= 0)  --> 2.0	1e+308	true
