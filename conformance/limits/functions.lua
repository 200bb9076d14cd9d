-- Limits of one function: locals, upvalues, constants, registers, jumps, labels
local function names(prefix, n, sep) local t = {} for i = 1, n do t[i] = prefix .. i end return table.concat(t, sep or ", ") end
print(type(load("local " .. names("v", 200))))  --> function
print(load("local " .. names("v", 201), "=s"))
--> nil	s:1: too many local variables (limit is 200) in main function near <eof>
print(load("local a\n" .. "local " .. names("v", 200), "=s"))
--> nil	s:2: too many local variables (limit is 200) in main function near <eof>
print(load("function f(" .. names("p", 201) .. ") end", "=s"))
--> nil	s:1: too many local variables (limit is 200) in function at line 1 near ')'
print(type(load("do local " .. names("a", 150) .. " end do local " .. names("b", 150) .. " end")))
--> function
local source = "local " .. names("u", 150) .. "\nlocal function f()\nlocal " .. names("w", 150) .. "\nreturn function() return " .. names("u", 130) .. "," .. names("w", 130) .. " end end"
print(load(source, "=s"))  --> nil	s:4: function or expression needs too many registers near 'w126'
source = "local " .. names("u", 125) .. "\nlocal function f()\nlocal " .. names("w", 125) .. "\nreturn function() return " .. names("u", 125) .. "," .. names("w", 125) .. " end end return f"
print(type(load(source, "=s")))  --> function
print(load("return f(" .. names("", 260):gsub("^%s*", "") .. ")", "=s") == nil)  --> true
print(load("local a = {" .. names("", 300) .. "} return #a")())  --> 300
print(load("return {f(" .. names("", 240) .. ")}", "=s") ~= nil)  --> true
print(load("x = f(" .. ("f("):rep(100) .. (")"):rep(100) .. ")", "=s") ~= nil)  --> true
local consts = {}
for i = 1, 70000 do consts[i] = "'k" .. i .. "'" end
local t = load("return {" .. table.concat(consts, ",") .. "}")()
print(#t, t[1], t[70000]) consts = {}  --> 70000	k1	k70000
for i = 1, 300 do consts[i] = "x" .. i .. " = " .. i + 0.5 end
local env = {} load(table.concat(consts, "\n"), "=s", "t", env)()
print(env.x1, env.x300) consts = {}  --> 1.5	300.5
for i = 1, 40000 do consts[i] = "y" .. i .. "=" .. i end load(table.concat(consts, "\n"), "=s", "t", env)()
print(env.y1, env.y40000)  --> 1	40000
local fields = {}
for i = 1, 300 do fields[i] = "f" .. i .. " = " .. i end t = load("return {" .. table.concat(fields, ",") .. "}")()
print(t.f1, t.f300)  --> 1	300
print(load("local t = ... return t.a" .. ("b"):rep(300))({ ["a" .. ("b"):rep(300)] = "long key" }))
--> long key
local big = ("x = x + 1 "):rep(30000) env = { x = 0 } load("while x == 0 do " .. big .. " end", "=s", "t", env)()
print(env.x) env.x = 0 load("if x == 0 then " .. big .. " else x = -1 end", "=s", "t", env)()  --> 30000
print(env.x) env.x = 0 load("for i = 1, 2 do " .. big .. " end", "=s", "t", env)()  --> 30000
print(env.x) load("repeat " .. big .. " until true", "=s", "t", env)()  --> 60000
print(env.x)  --> 90000
local stmts = {}
for i = 1, 130 do stmts[i] = "goto l" .. i .. " ::l" .. i .. "::" end
print(load(table.concat(stmts, "\n")) ~= nil)  --> true
print(load("return " .. names("a", 255)) == nil, load("return " .. names("a", 240)) ~= nil)  --> true	true
print(load("local " .. names("a", 100) .. " = " .. names("", 100) .. " return a1 + a100")())  --> 101
print(select("#", load("return ...")(table.unpack({}, 1, 250))))  --> 250
print(load("local t = {...} return #t")(table.unpack({ 1 }, 1, 1)))  --> 1
print(math.maxinteger + 0 == 9223372036854775807, load("return 255, 256, -1, 127, -128, 128, 65535, 65536, 131071, -65536, 1e10, 3.0, 300.0")())
--> true	255	256	-1	127	-128	128	65535	65536	131071	-65536	10000000000.0	3.0	300.0
local x = 200
print(x + 127, x + 128, x - 127, x - 128, x - 129, x + 1000, x * 128, x // 128, 128 - x, x & 255, x & 256, x << 1, 1 << x, x == 128, x == 200, x < 128, x > -128, x <= 1000)
--> 327	328	73	72	71	1200	25600	1	-72	200	0	400	0	false	true	false	true	true
