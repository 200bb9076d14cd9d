-- §6.4.1 Patterns: find, match, gmatch, gsub
print(("hello world"):find("wor"))  --> 7	9
print(("hello"):find("l+"))  --> 3	4
print(("hello"):find("(l)(l)"))  --> 3	4	l	l
print(("hello"):find("xyz"))  --> nil
print(("hello"):find(""))  --> 1	0
print(("hello"):find("", 10))  --> nil
print(("hello"):find("", 6))  --> 6	5
print(("hello"):find("l", 4))  --> 4	4
print(("hello"):find("l", -2))  --> 4	4
print(("hello"):find("h", -100))  --> 1	1
print(("a.b"):find(".", 2, true))  --> 2	2
print(("a.b"):find("%."))  --> 2	2
print(("a+b"):find("+", 1, true))  --> 2	2
print(("abc"):find("b", nil, false))  --> 2	2
print((""):find(""))  --> 1	0
print(("x"):find("x", 2))  --> nil
print(("a\0b"):find("\0"))  --> 2	2
print(("a\0b"):find("b", 1, true))  --> 3	3
print(("key = value"):match("(%w+)%s*=%s*(%w+)"))  --> key	value
print(("hello"):match("h(.-)o"))  --> ell
print(("hello"):match(".-"))  -->
print(("hello"):match("^(h)(.*)$"))  --> h	ello
print(("hello"):match("()ll()"))  --> 3	5
print(("2024-01-02"):match("(%d+)-(%d+)-(%d+)"))  --> 2024	01	02
print(("abc"):match("b", 3))  --> nil
print(("  trim  "):match("^%s*(.-)%s*$") .. "|")  --> trim|
print(("hello"):match("l", 4))  --> l
print(("hello"):match("^l", 3))  --> l
print(("x"):match("(x)(y?)"))  --> x
print(("abc"):match("((a)(b))"))  --> ab	a	b
print(("[[nested]]"):match("%[(%b[])%]"))  --> [nested]
print(("f(a(b)c)d"):match("%b()"))  --> (a(b)c)
print(("THE (quick) fox"):find("%((%a+)%)"))  --> 5	11	quick
print(("a1b2"):match("%a%d%a"), ("\t\n "):match("%s+") == "\t\n ", ("Az9_"):match("%w+"), ("a-b"):match("%p"), ("\1\127"):match("%c+") == "\1\127", ("aF9g"):match("%x+"), ("abC"):match("%u"), ("ABc"):match("%l"), (" !~"):match("%g+"), ("a b"):match("%S+%s%S+"), ("12a"):match("%D"), ("ab1"):match("%A"), ("é"):match("%W+") == "é", ("aB"):match("%L"), ("Ab"):match("%U"))
--> a1b	true	Az9	-	true	aF9	C	c	!~	a b	a	1	true	B	b
print(("a]b"):match("[]]"), ("a^b"):match("[%^]"), ("a-b"):match("[a-]+"), ("abc"):match("[^a]+"), ("x-y"):match("[%-x]+"), ("0-9"):match("[0%-9]+"), ("abc123"):match("[%a%d]+"), ("a\\b"):match("[\\]"), ("[x]"):match("[[]"), ("^"):match("[x^]"), ("]"):match("[^x]"), ("a.b"):match("[.]"), ("z"):match("[a-y]"), ("%"):match("[%%]"))
--> ]	^	a-	bc	x-	0-9	abc123	\	[	^	]	.	nil	%
print(("aaa"):match("a-b"), ("aaab"):match("a-b"), ("aaa"):match("a?a?a?a?"), ("aaa"):match("^a*$"), ("abab"):match("(ab)%1"), ("abac"):match("(a)b%1"), ("\"q'x\""):match("([\"']).-%1"), ("=="):match("=+"), ("a$b"):match("a$b"), ("a$"):match("a%$$"), ("$"):match("^$"), ("ab"):match("a^b") , ("a^b"):match("a^b"))
--> nil	aaab	aaa	aaa	ab	a	"	==	a$b	a$	nil	nil	a^b
print(("THE (quick) fox"):gsub("%f[%a]%a+", string.lower))  --> the (quick) fox	3
print(("hello world"):match("%f[%w]%w+$"))  --> world
print(("aXb"):find("%f[%u]"))  --> 2	1
print(("abc"):find("%f[%z]"))  --> 4	3
print(("x"):find("%f[^x]"))  --> 2	1
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print(k, v) end  --> a	1
--> b	2
for w in ("one two"):gmatch("%a+") do print(w) end  --> one
--> two
for p in ("abc"):gmatch("()") do print(p) end  --> 1
--> 2
--> 3
--> 4
for x in ("abc"):gmatch("") do print("[" .. x .. "]") end  --> []
--> []
--> []
--> []
for w in ("a1b2"):gmatch("%a", 3) do print(w) end  --> b
for w in ("abc"):gmatch("%w", -1) do print(w) end  --> c
for a in ("aXbX"):gmatch("(.-)X") do print(a) end  --> a
--> b
for a in ("^a"):gmatch("^a") do print("anchor " .. a) end  --> anchor ^a
print(("hello"):gsub("l", "L"))  --> heLLo	2
print(("hello"):gsub("l", "L", 1))  --> heLlo	1
print(("hello"):gsub("l", "L", 0))  --> hello	0
print(("hello"):gsub("", "-"))  --> -h-e-l-l-o-	6
print(("hello"):gsub("(h)(e)", "%2%1"))  --> ehllo	1
print(("hello"):gsub("l", "%0%0"))  --> hellllo	2
print(("hello"):gsub("l", "%%"))  --> he%%o	2
print(("abc"):gsub("%w", "%0."))  --> a.b.c.	3
print(("abc"):gsub("b*", "x"))  --> xaxcx	3
print(("hello world"):gsub("o", { o = "0" }))  --> hell0 w0rld	2
print(("$name is $age"):gsub("%$(%w+)", { name = "Ann", age = 5 }))  --> Ann is 5	2
print(("abc"):gsub("%w", function(c) if c == "b" then return "[" .. c .. "]" end end))  --> a[b]c	3
print(("abc"):gsub("(a)(b)", function(...) return select("#", ...) end))  --> 2c	1
print(("abc"):gsub("b", false or function() return false end))  --> abc	1
print(("abc"):gsub("()", "%1"))  --> 1a2b3c4	4
print(("abc"):gsub("^a", "x"))  --> xbc	1
print(("aaa"):gsub("^a", "x"))  --> xaa	1
print(("abc"):gsub(".", { a = 1, b = true and 2.5, c = false }))  --> 12.5c	3
print(("x y"):gsub("%s", "%%s"))  --> x%sy	1
print(("a.b.c"):gsub("%.", "/"))  --> a/b/c	2
print(("abc"):gsub("$", "!"))  --> abc!	1
print(("\0\0"):gsub("\0", "z"))  --> zz	2
print(("abc"):gsub("", "", 2))  --> abc	2
print((" a  b "):gsub(" +", " "))  -->  a b 	3
print(pcall(string.gsub, "x", "x", "%2"))  --> false	invalid capture index %2
print(pcall(string.gsub, "x", "x", "%a"))  --> false	invalid use of '%' in replacement string
print(pcall(string.gsub, "x", "x", "%"))  --> false	invalid use of '%' in replacement string
print(pcall(string.gsub, "x", "x", {} and print))  --> x
--> true	x	1
print(pcall(string.gsub, "x", "x", function() return {} end))  --> false	invalid replacement value (a table)
print(pcall(string.gsub, "x", "x", { x = {} }))  --> false	invalid replacement value (a table)
print(pcall(string.gsub, "x", "x", true))
--> false	bad argument #3 to 'string.gsub' (string/function/table expected, got boolean)
print(pcall(string.gsub, "x", "x"))
--> false	bad argument #3 to 'string.gsub' (string/function/table expected, got no value)
print(pcall(string.gsub, "x"))  --> false	bad argument #2 to 'string.gsub' (string expected, got no value)
print(pcall(string.gsub, "x", "(x", "y"))  --> true	y	1
print(pcall(string.gsub, "x", "x)", "y"))  --> false	invalid pattern capture
print(pcall(string.find, "a", "[a"))  --> false	malformed pattern (missing ']')
print(pcall(string.find, "a", "[]"))  --> false	malformed pattern (missing ']')
print(pcall(string.find, "a", "[^]"))  --> false	malformed pattern (missing ']')
print(pcall(string.find, "a", "%"))  --> false	malformed pattern (ends with '%')
print(pcall(string.find, "a", "(a"))  --> false	unfinished capture
print(pcall(string.find, "a", "a)"))  --> true	nil
print(pcall(string.find, "a", "%1"))  --> false	invalid capture index %1
print(pcall(string.find, "a", "(a)%2"))  --> false	invalid capture index %2
print(pcall(string.find, "a", "(%1)"))  --> false	invalid capture index %1
print(pcall(string.find, "a", "%b"))  --> false	malformed pattern (missing arguments to '%b')
print(pcall(string.find, "a", "%bx"))  --> false	malformed pattern (missing arguments to '%b')
print(pcall(string.find, "a", "%f"))  --> false	missing '[' after '%f' in pattern
print(pcall(string.find, "a", "%fa"))  --> false	missing '[' after '%f' in pattern
print(pcall(string.find, "a", "[a-%"))  --> false	malformed pattern (missing ']')
print(pcall(string.find, "a", "[a-]"))  --> true	1	1
print(pcall(string.match, ("a"):rep(10), ("(a)"):rep(33)))  --> true	nil
print(pcall(string.match))  --> false	bad argument #1 to 'string.match' (string expected, got no value)
print(pcall(string.find, "x"))  --> false	bad argument #2 to 'string.find' (string expected, got no value)
print(pcall(string.find, {}, "x"))  --> false	bad argument #1 to 'string.find' (string expected, got table)
print(pcall(string.gmatch, "x"))  --> false	bad argument #2 to 'string.gmatch' (string expected, got no value)
print(pcall(string.find, "a", "[%"))  --> false	malformed pattern (missing ']')
print(pcall(string.find, "a", "%a%"))  --> false	malformed pattern (ends with '%')
print(pcall(string.rep("x", 10).match, "x", "x", "y"))
--> false	bad argument #3 to 'string.match' (number expected, got string)
print(#("a"):rep(1000):match("a*"), #("a"):rep(10000):match(".-$"), (("a"):rep(30000) .. "b"):find("a*b"), ("x"):rep(300):find(".-y"))
--> 1000	10000	1	nil
print(pcall(string.match, ("x"):rep(300000), ("x?"):rep(300000)))  --> false	pattern too complex
print(pcall(string.find, ("a"):rep(220), ("a"):rep(1) .. "(.-)%1b"))  --> true	nil
print(("a,b,,c"):gsub(",", ";", 2))  --> a;b;,c	2
print(("abc"):gsub("%w", "%1"))  --> abc	3
print(string.find("abc", "b", 1.0), pcall(string.find, "abc", "b", 1.5))
--> 2	false	bad argument #3 to 'string.find' (number has no integer representation)
print(("a\nb"):match("a.b") == "a\nb", ("\r\n"):gsub("\r\n", "\n"))  --> true
--> 	1
print(("x"):gsub("x", "%0%1"))  --> xx	1
print(("äö"):len(), ("äö"):match("ö") == "ö", #("äö"):match("."))  --> 4	true	1
local t = setmetatable({}, { __index = function(_, k) return k:upper() end })
print(("abc"):gsub("%w", t))  --> ABC	3
print(string.gsub("abc", "b", 5))  --> a5c	1
print(string.gsub(12345, 3, "x"))  --> 12x45	1
print(string.find(123, 2))  --> 2	2
print(string.match("abc", "(a)(b)(c)"))  --> a	b	c
print(select("#", string.match("abc", "()()()")))  --> 3
