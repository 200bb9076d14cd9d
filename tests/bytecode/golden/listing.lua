-- Every instruction and every kind of comment in a listing.
local a <const>, b <close>, c = 1, nil
goto x
::x:: do local s = "a\0b\n\t\"\\\255\7\1x" ; c = s end
if a == 1.5 or a == "x" or a == nil or a ~= true then a1 = a // 2.0 & 7 | 3 ~ 5 end
local t = {1, 2, 3, n = 3, [4] = 5, ...}
t[1] = t[2]; t.x = t.y; t[a] = t[c]; t:meth(1, ...)
local f = function(...) local x = c return select('#', ...), x, a1 .. b .. c end
for i = 1, 2 do for k, v in next, t do print(i, k, v) end end
c = c + 1 - 2.5 * -c ^ 2 % 3 / 4 << 1 >> c << c
c = 3 << c; c = c - 3; c = #c; c = not c; c = ~c; c = c * c / c // c % c ^ c & c | c ~ c
c = 7 & c; c = 7 ~ c; c = c // 3; c = c + 0.5; c = 1000 - c; c = c - 1000; c = c + t; c = c == 1; c = false
while c < 1 and c <= 2 and c > 3.0 and c >= 4 and c < b and c <= b do c = nil break end
local big = 1e100; local i64 = 9223372036854775807; local fl = 3.0; local inf = 1e999; local n = 200000
c = a == f; c.x = nil; c["y z"] = true; _G.x = false; f = f(f(), ...)
repeat local u; f = function() return u, f end until u
local function g(h) f = h do local p = h; k = function() return p end end return h(1, 2) end
c = a and b or c; local d = c and not a
return f(...)
