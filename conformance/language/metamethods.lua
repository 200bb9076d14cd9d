-- §2.4 Metatables and metamethods
local mt = {}
for _, event in ipairs { "add", "sub", "mul", "div", "mod", "pow", "unm", "idiv", "band", "bor", "bxor", "shl", "shr", "bnot", "concat" } do
  mt["__" .. event] = function(a, b) return event .. " " .. type(a) .. " " .. type(b) end
end
local t = setmetatable({}, mt)
print(t + 1, 1 + t, t + t, t - "x", "x" - t)
--> add table number	add number table	add table table	sub table string	sub string table
print(t * nil, nil * t, t / 1.5, t % {}, t ^ 2, 2 ^ t)
--> mul table nil	mul nil table	div table number	mod table table	pow table number	pow number table
print(-t, t // 1, 1 // t, t & 1, 1 & t, t | 1.5, "a" ~ t)
--> unm table table	idiv table number	idiv number table	band table number	band number table	bor table number	bxor string table
print(t << 1, 1 << t, t >> 1, ~t, t .. 1, 1 .. t)
--> shl table number	shl number table	shr table number	bnot table table	concat table number	concat number table
local key = { } print(pcall(function() return key + 1 end))
--> false	metamethods.lua:15: attempt to perform arithmetic on a table value (upvalue 'key')
print(select("#", t + 1), (function() return t + 1, t + 2 end)())  --> 1	add table number	add table number
-- comparison
local cmp = {}
cmp.__eq = function(a, b) print "eq" return true end cmp.__lt = function(a, b) print("lt", type(a), type(b)) return 1 end cmp.__le = function(a, b) print("le", type(a), type(b)) return nil end
local a, b = setmetatable({}, cmp), setmetatable({}, cmp)
print(a == b, a ~= b, a == a, a == 1, rawequal(a, b))  --> eq
--> eq
--> true	false	true	false	false
print(a < b, a > b, a <= b, a >= b)  --> lt	table	table
--> lt	table	table
--> le	table	table
--> le	table	table
--> true	true	false	false
print(a < 1, 1 < a, "x" <= a, a >= 2.5)  --> lt	table	number
--> lt	number	table
--> le	string	table
--> le	number	table
--> true	true	false	false
print(setmetatable({}, { __eq = function() return true end }) == {}, {} == setmetatable({}, { __eq = function() return true end }))
--> true	true
print(pcall(function() return setmetatable({}, { __lt = true }) < 1 end))
--> false	metamethods.lua:37: attempt to call a boolean value (metamethod 'lt')
-- index
local base = { x = "base x" }
local derived = setmetatable({ y = "own y" }, { __index = base })
local more = setmetatable({}, { __index = derived })
print(more.x, more.y, more.z, rawget(more, "x")) base.z = "late"  --> base x	own y	nil	nil
print(more.z)  --> late
local fn = setmetatable({}, { __index = function(t, k) return k .. "!" end })
print(fn.a, fn[1], fn["x y"])  --> a!	1!	x y!
local chain = setmetatable({}, { __index = fn }) print(chain.via)  --> via!
print(setmetatable({}, { __index = "str" }).len == string.len, setmetatable({}, { __index = string }).upper == string.upper)
--> true	true
print(pcall(function() return setmetatable({}, { __index = 1 }).x end))
--> false	metamethods.lua:50: attempt to index a number value
-- newindex
local store = {}
local w = setmetatable({ have = 1 }, { __newindex = store }) w.new = 5 w.have = 2
print(rawget(w, "new"), store.new, w.have, store.have)  --> nil	5	2	nil
w = setmetatable({}, { __newindex = function(t, k, v) rawset(t, k, v * 2) end }) w.a = 5 w.a = 6
print(w.a)  --> 6
w = setmetatable({}, { __newindex = setmetatable({}, { __newindex = function(_, k, v) print("deep", k, v) end }) }) w.q = 1
--> deep	q	1
print(pcall(function() setmetatable({}, { __newindex = 5 }).x = 1 end))
--> false	metamethods.lua:60: attempt to index a number value
-- call
local callable = setmetatable({}, { __call = function(self, a, b) return self ~= nil, a, b end })
print(callable(1, 2))  --> true	1	2
print(pcall(callable, "p"))  --> true	true	p	nil
print(select("#", callable()))  --> 3
local callchain = setmetatable({}, { __call = callable })
print(callchain(1))  --> true	table: ADDRESS	1
print(pcall(setmetatable({}, { __call = 1 })))  --> false	attempt to call a number value
print(pcall(setmetatable({}, {})))  --> false	attempt to call a table value
-- len, tostring, name, metatable
print(#setmetatable({ 1, 2 }, { __len = function() return "L" end }), tostring(setmetatable({}, { __tostring = function() return "T" end })))
--> L	T
print((tostring(setmetatable({}, { __name = "My.Type" })):gsub("0x%x+", "PTR")))  --> My.Type: PTR
print(pcall(tostring, setmetatable({}, { __tostring = function() return 1 end })))  --> true	1
print(getmetatable(setmetatable({}, { __metatable = "locked" })), pcall(setmetatable, setmetatable({}, { __metatable = 1 }), {}))
--> locked	false	cannot change a protected metatable
print(getmetatable("").__index == string, getmetatable("x") == getmetatable("y"), getmetatable(1), getmetatable(print))
--> true	true	nil	nil
print(pcall(setmetatable, 1, {}))  --> false	bad argument #1 to 'setmetatable' (table expected, got number)
print(pcall(setmetatable, {}, 1))
--> false	bad argument #2 to 'setmetatable' (nil or table expected, got number)
print(pcall(setmetatable, {}))
--> false	bad argument #2 to 'setmetatable' (nil or table expected, got no value)
-- metamethods found raw; __index of the metatable is not asked
local tricky = setmetatable({}, setmetatable({}, { __index = { __add = function() return 1 end } }))
print(pcall(function() return tricky + 1 end))
--> false	metamethods.lua:87: attempt to perform arithmetic on a table value (upvalue 'tricky')
-- upvalue-heavy: metamethods that yield
local ym = setmetatable({}, { __add = function(a, b) return coroutine.yield("add") end, __index = function(_, k) return coroutine.yield("index " .. k) end, __eq = function() return coroutine.yield "eq" end, __lt = function() return coroutine.yield "lt" end, __le = function() return coroutine.yield "le" end, __concat = function() return coroutine.yield "concat" end, __call = function(_, x) return coroutine.yield("call " .. x) end, __len = function() return coroutine.yield "len" end, __newindex = function(_, k) coroutine.yield("newindex " .. k) end, __unm = function() return coroutine.yield "unm" end })
local ym2 = setmetatable({}, getmetatable(ym))
local co = coroutine.wrap(function() print("got", ym + 1) print("got", ym.field) print("got", ym == ym2, ym ~= ym2) print("got", ym < ym2, ym <= 1, ym > 2) print("got", "a" .. ym .. "b") print("got", ym(7)) print("got", #ym, -ym) ym.nk = 1 if ym < 1 then print "then" else print "else" end if not (ym == ym2) then print "unequal" end return "end" end)
local r = co()
while r ~= "end" do print("yield", r) r = co(r ~= "lt" and "answer" or false) end  --> yield	add
--> got	answer
--> yield	index field
--> got	answer
--> yield	eq
--> yield	eq
--> got	true	false
--> yield	lt
--> yield	le
--> yield	lt
--> got	false	true	false
--> yield	concat
--> got	aanswer
--> yield	call 7
--> got	answer
--> yield	len
--> yield	unm
--> got	answer	answer
--> yield	newindex nk
--> yield	lt
--> else
--> yield	eq
print(pcall(function() return {} + 1 end))
--> false	metamethods.lua:116: attempt to perform arithmetic on a table value
local x = setmetatable({}, {__index = function() error("in index", 0) end}) return x.y  --! in index
local x = setmetatable({}, {}) x.y.z = 1  --! attempt to index a nil value (field 'y')
local x = setmetatable({}, {__name = "Fancy"}) return x + 1  --! attempt to perform arithmetic on a Fancy value (local 'x')
local x = setmetatable({}, {__name = "Fancy"}) return #x .. x  --! attempt to concatenate a Fancy value (local 'x')
