-- §6.5 UTF-8 support
print(utf8.char(), utf8.char(72, 228, 8364, 128512), #utf8.char(0x7FFFFFFF), utf8.char(0) == "\0")
--> 	Hä€😀	6	true
print(pcall(utf8.char, -1))  --> false	bad argument #1 to 'utf8.char' (value out of range)
print(pcall(utf8.char, 0x80000000))  --> false	bad argument #1 to 'utf8.char' (value out of range)
print(pcall(utf8.char, "x"))  --> false	bad argument #1 to 'utf8.char' (number expected, got string)
print(pcall(utf8.char, 1.5))  --> false	bad argument #1 to 'utf8.char' (number has no integer representation)
print(utf8.charpattern == "[\0-\x7F\xC2-\xFD][\x80-\xBF]*")  --> true
local s = "aé€😀"
print(utf8.len(s), #s, utf8.len(""), utf8.len(s, 2), utf8.len(s, 4), utf8.len(s, -4), utf8.len(s, 1, 1), utf8.len(s, 1, 3), utf8.len(s, 11), utf8.len("abc", 4), utf8.len("abc", 3, 2))
--> 4	10	0	3	2	1	1	2	0	0	0
print(utf8.len("\xff"), utf8.len("a\x80"))  --> nil	nil	2
print(utf8.len("ab\xE2\x82"))  --> nil	3
print(utf8.len("\xC0\x80"), utf8.len("\xED\xA0\x80"), utf8.len("\xED\xA0\x80", 1, -1, true), utf8.len("\xF4\x90\x80\x80"), utf8.len("\xF4\x90\x80\x80", 1, -1, true), utf8.len("\u{7FFFFFFF}", 1, -1, true))
--> nil	nil	1	nil	1	1
print(pcall(utf8.len, "abc", 5))  --> false	bad argument #2 to 'utf8.len' (initial position out of bounds)
print(pcall(utf8.len, "abc", 1, 4))  --> false	bad argument #3 to 'utf8.len' (final position out of bounds)
print(pcall(utf8.len, "abc", 0))  --> false	bad argument #2 to 'utf8.len' (initial position out of bounds)
print(pcall(utf8.len))  --> false	bad argument #1 to 'utf8.len' (string expected, got no value)
print(pcall(utf8.len, "abc", -4))  --> false	bad argument #2 to 'utf8.len' (initial position out of bounds)
print(utf8.codepoint(s), utf8.codepoint(s, 2), utf8.codepoint(s, 1, -1))  --> 97	233	97	233	8364	128512
print(utf8.codepoint(s, -4))  --> 128512
print(select("#", utf8.codepoint("abc", 3, 2)))  --> 0
print(pcall(utf8.codepoint, s, 3))  --> false	invalid UTF-8 code
print(pcall(utf8.codepoint, "abc", 4))  --> false	bad argument #3 to 'utf8.codepoint' (out of bounds)
print(pcall(utf8.codepoint, "abc", 1, 5))  --> false	bad argument #3 to 'utf8.codepoint' (out of bounds)
print(pcall(utf8.codepoint, "\xff"))  --> false	invalid UTF-8 code
print(pcall(utf8.codepoint, "\u{D800}"))  --> false	invalid UTF-8 code
print(utf8.codepoint("\u{D800}", 1, 1, true), utf8.codepoint("\u{200000}", 1, 1, true))  --> 55296	2097152
print(pcall(utf8.codepoint, "\u{200000}"))  --> false	invalid UTF-8 code
print(pcall(utf8.codepoint, ""))  --> false	bad argument #3 to 'utf8.codepoint' (out of bounds)
print(pcall(utf8.codepoint, "abc", 0))  --> false	bad argument #2 to 'utf8.codepoint' (out of bounds)
print(utf8.offset(s, 1), utf8.offset(s, 2), utf8.offset(s, 3), utf8.offset(s, 4), utf8.offset(s, 5), utf8.offset(s, 6))
--> 1	2	4	7	11	nil
print(utf8.offset(s, -1), utf8.offset(s, -2), utf8.offset(s, -4), utf8.offset(s, -5))  --> 7	4	1	nil
print(utf8.offset(s, 0, 3), utf8.offset(s, 0, 1), utf8.offset(s, 0, 10), utf8.offset(s, 1, 4), utf8.offset(s, 2, 4), utf8.offset(s, -1, 4), utf8.offset("", 1), utf8.offset("", 0), utf8.offset("abc", 4), utf8.offset("abc", 5))
--> 2	1	7	4	7	2	1	1	4	nil
print(pcall(utf8.offset, s, 1, 3))  --> false	initial position is a continuation byte
print(pcall(utf8.offset, s, 1, 20))  --> false	bad argument #3 to 'utf8.offset' (position out of bounds)
print(pcall(utf8.offset, s, 1, 0 - 20))  --> false	bad argument #3 to 'utf8.offset' (position out of bounds)
print(pcall(utf8.offset, s))  --> false	bad argument #2 to 'utf8.offset' (number expected, got no value)
print(pcall(utf8.offset, "\x80", 1))  --> false	initial position is a continuation byte
for p, c in utf8.codes("aé€") do print(p, c) end  --> 1	97
--> 2	233
--> 4	8364
for p, c in utf8.codes("") do print "never" end
print(pcall(function() for p, c in utf8.codes("a\xffb") do print(p, c) end end))  --> 1	97
--> false	utf8.lua:47: invalid UTF-8 code
print(pcall(function() for _ in utf8.codes("\xE2\x82") do end end))  --> false	utf8.lua:49: invalid UTF-8 code
for p, c in utf8.codes("\u{D800}\u{7FFFFFFF}", true) do print(p, c) end  --> 1	55296
--> 4	2147483647
print(pcall(function() for _ in utf8.codes("\u{D800}") do end end))  --> false	utf8.lua:52: invalid UTF-8 code
print(pcall(utf8.codes))  --> false	bad argument #1 to 'utf8.codes' (string expected, got no value)
print(pcall(function() for _ in utf8.codes("\x80") do end end))
--> false	utf8.lua:54: bad argument #1 to 'codes' (invalid UTF-8 code)
print(pcall(function() for _ in utf8.codes("ab\x80") do end end))  --> false	utf8.lua:56: invalid UTF-8 code
for c in ("aé€"):gmatch(utf8.charpattern) do print(c, #c) end  --> a	1
--> é	2
--> €	3
print(utf8.char(0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000) == "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}")
--> true
