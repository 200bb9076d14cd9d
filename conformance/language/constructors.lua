-- §3.4.9 Table constructors
local function show(t) local keys = {} for k in pairs(t) do keys[#keys + 1] = tostring(k) end table.sort(keys) for i, k in ipairs(keys) do keys[i] = k end return table.concat(keys, " ") end
print(show {}, show { 1, 2, 3 }, show { a = 1, b = 2 }, show { [1] = 1, [2.5] = 2, ["x y"] = 3 })
--> 	1 2 3	a b	1 2.5 x y
local t = { 1, 2; 3, x = 4, [10] = 5, 6, }
print(#t, t[4], t.x, t[10])  --> 4	6	4	5
t = { [1] = "explicit", "positional" } print(t[1])  --> positional
t = { f = 1, ["f"] = 2 } print(t.f)  --> 2
local function many() return 1, 2, 3 end
print(#{ many() }, #{ many(), many() }, #{ (many()) }, #{ many(), nil }, #{ 0, many() }, #{ many(), x = 1 }, #{ x = 1, many() })
--> 3	4	1	1	4	1	3
local function none() end
print(#{ none() }, #{ 1, none() }, select("#", none()), select("#", (none())))  --> 0	1	0	1
local function va(...) return { ... }, { n = select("#", ...), ... }, { ..., "last" } end
local a, b, c = va(1, nil, 3) print(a[3], b.n, b[3], #c, c[2])  --> 3	3	3	2	last
t = { { { deep = true } } } print(t[1][1].deep)  --> true
t = { [true] = "t", [false] = "f", [print] = "p" }
print(t[true], t[false], t[print])  --> t	f	p
local big = {} for i = 1, 60 do big[i] = tostring(i) end
t = load("return {" .. table.concat(big, ",") .. "," .. table.concat(big, ";") .. "}")()
print(#t, t[60], t[61], t[120])  --> 120	60	1	60
local order = {}
local function o(x) order[#order + 1] = x return x end
t = { o(1), [o("k")] = o(2), o(3), x = o(4) }
print(table.concat(order, " "), t[2], t.k)  --> 1 k 2 3 4	3	2
t = { x = 1, y = { x = 2 } } print(t.y.x)  --> 2
t = {1,2,3,nil}
print(#t) t = {nil}  --> 3
print(#t) t = {n=nil}  --> 0
print(next(t))  --> nil
x = {1 2}  --! '}' expected near '2'
x = {a = }  --! unexpected symbol near '}'
x = {[1] 2}  --! '=' expected near '2'
x = {1, 2  --! '}' expected near <eof>
x = {, 1}  --! unexpected symbol near ','
x = {[nil] = 1}  --! table index is nil
x = {[0/0] = 1}  --! table index is NaN
