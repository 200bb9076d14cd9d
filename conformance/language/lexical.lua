-- §3.1 Lexical conventions
print("a\a\b\f\n\r\t\v\\\"\'" == "\97\7\8\12\10\13\9\11\92\34\39")  --> true
local s = "\z
       abc"
print(s, #s, "a\z   b")  --> abc	3	ab
print("\x41\x7a\xFF" == "Az\255", "\065\10\0100" == "A\n\n0")  --> true	true
print("\u{41}\u{20AC}\u{10FFFF}", #"\u{7FFFFFFF}", #"\u{0}")  --> A€􏿿	6	1
s = "line one\
line two"
print(s)  --> line one
--> line two
s = [[
first newline skipped]]
print(s)  --> first newline skipped
print([==[a]]b]=]c]==])  --> a]]b]=]c
s = [[

]]
print(#s)  --> 1
print(0xff, 0XA, 0x7fffffffffffffff, 0xffffffffffffffff, 0x1ffffffffffffffff)
--> 255	10	9223372036854775807	-1	-1
print(3.0, 3.1416, 314.16e-2, 0.31416E1, 34e1, .5, 3., 0x.1, 0x0.1E, 0xA23p-4, 0X1.921FB54442D18P+1)
--> 3.0	3.1416	3.1416	3.1416	340.0	0.5	3.0	0.0625	0.1171875	162.1875	3.1415926535898
print(9223372036854775807, 9223372036854775808, -9223372036854775808, 1e308 * 10)
--> 9223372036854775807	9.2233720368548e+18	-9.2233720368548e+18	inf
s = 1--[[comment]]+--[==[ another
over lines ]==] 1  ---- not long
print(s)  --> 2
--[ not a long comment
--[==[
print("hidden")
]==]
s = "\
"
print(#s, "tab	inside")  --> 1	tab	inside
local and_then, _end, or1 = 1, 2, 3
print(and_then, _end, or1)  --> 1	2	3
a = 1; ; ; b = 2;; print(a, b)  --> 1	2
print(1 ..2, 1 .. 2)  --> 12	12
print("\0a\0" == "\x00a\u{0}", #"\0a\0")  --> true	3
print(- -2, not not nil, -2^2, 2^-1, ~~5)  --> 2	false	-4.0	0.5	5
print(0x10p1, 0xap-1, 1e+2, 1E-2, 0e12)  --> 32.0	5.0	100.0	0.01	0.0
goto done
print "never"
::done::
print(#'it''s' == )  --! ')' expected near ''s''
x = "abc  --! unfinished string near <eof>
x = "\q"  --! invalid escape sequence near '"\q'
x = "\xg0"  --! hexadecimal digit expected near '"\xg'
return "\300"  --! decimal escape too large near '"\300"'
