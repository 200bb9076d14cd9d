-- gmatch with patterns that cut a text into pieces: all at once, as if one by one
local function all(s, p, i) local out = {} for a, b in s:gmatch(p, i) do out[#out + 1] = "<" .. tostring(a) .. (b and "|" .. tostring(b) or "") .. ">" end return table.concat(out) end
print(all("two words", "%a+"), all("", "%a+"), all("  ", "%a+"), all("x", "%a+"), all(" a\tb\n\vc\fd\r\x85e\xa0f\x1cg", "%S+"))
--> <two><words>			<x>	<a><b><c><d><�e�fg>
print(all("a b", "[%a ]+"), all("a,b,,c,", "[^,]+"), all("a,b", "[^%z]+"), all("1 22 333", "(%d+)"), all("a1b22", "%a+", 2), all("abc", "%a+", -1), all("abc", "%a+", 9))
--> <a b>	<a><b><c>	<a,b>	<1><22><333>	<b>	<c>
print(all("a\n\nb\nc", "([^\n]*)\n"), all("a\nb", "(.-)\n"), all("\n", "([^\n]*)\n"), all("", "(.-)\n"), all("a,b,c", "(.-),"), all("a,b,c", "([^,]*)"))
--> <a><><b>	<a>	<>		<a><b>	<a><b><c>
print(all("a,b;c,", "([^;]*),"), all("aXbX", "(.-)X", 2), all("k=v, l=w", "(%w+)=(%w+)"), all("a.b.c", "(.-)%."), all("a.b", "([^.]*)%."), all("ab", "(.-)"), all("aab", "(a-)b"))
--> <a><c>	<><b>	<k|v><l|w>	<a><b>	<a>	<><><>	<aa>
print(all("hello world", ".+"), all("a\0b\0", "(.-)\0"), all("a\0b\0c", "[^\0]+"), all("äö ü", "%S+"), all("()()", "()"), all("f(x) g(y)", "%((%a+)%)"), all("^a^b", "^a"))
--> <hello world>	<a><b>	<a><b><c>	<äö><ü>	<1><2><3><4><5>	<x><y>	<^a>
local iterator = ("one two three"):gmatch("%a+")
print(iterator(), iterator(), select("#", iterator()), iterator(), select("#", iterator()))
--> one	two	1	nil	0
local long = ("word "):rep(60000)
local count = 0
for w in long:gmatch("%a+") do count = count + #w end
print(count)  --> 240000
for line in ("first\nsecond\nthird\n"):gmatch("([^\n]*)\n") do if line == "second" then break end print(line) end
--> first
