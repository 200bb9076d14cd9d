-- §6.4.2 string.pack, unpack, packsize: every option
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local function p(...) local ok, s = pcall(string.pack, ...) return ok and hex(s) or s end
print(p("b", -1), p("B", 255), p("h", -2), p("H", 65535), p("i", 1), p("I", 1), p("l", 1), p("L", 2), p("j", -1), p("J", 1), p("T", 3))
--> ff	ff	feff	ffff	01000000	01000000	0100000000000000	0200000000000000	ffffffffffffffff	0100000000000000	0300000000000000
print(p("i3", -2), p("I5", 1), p("i16", -1), p("I16", 1), p("i1", 127), p(">i2", 258), p("<i2", 258), p("=i2", 258), p("!i2", 1))
--> feffff	0100000000	ffffffffffffffffffffffffffffffff	01000000000000000000000000000000	7f	0102	0201	0201	0100
print(p("f", 1.5), p("d", 1.5), p("n", 1.5), p(">d", -2), p("f", 0.1), p("d", 1/0), p(">f", 1e300))
--> 0000c03f	000000000000f83f	000000000000f83f	c000000000000000	cdcccc3d	000000000000f07f	7f800000
print(p("s", "ab"), p("s1", "ab"), p("s2", ""), p("z", "ab"), p("c5", "ab"), p("c2", "ab"), p("c0", ""))
--> 02000000000000006162	026162	0000	616200	6162000000	6162
print(p("bxb", 1, 2), p("!4 b Xi4 i4", 1, 2), p("!8 b Xd d", 1, 2), p("b Xh", 1), p("!2 b i4", 1, 2), p("!4 i1 i2 i4", 1, 2, 3), p("!i1 !i8 i1i8", 1, 1), p(" b  b ", 1, 2), p(""))
--> 010002	0100000002000000	01000000000000000000000000000040	01	010002000000	0100020003000000	bad argument #4 to 'string.pack' (number expected, got nil)	0102
print(p("<i4>i4=i4", 1, 1, 1), p("!1 b i8", 1, 2), p("! b i8", 1, 2), p("xxx"), p("!16 b i16", 1, 2))
--> 010000000000000101000000	010200000000000000	01000000000000000200000000000000	000000	0100000000000000000000000000000002000000000000000000000000000000
print(p("b", 128))  --> bad argument #2 to 'string.pack' (integer overflow)
print(p("B", 256))  --> bad argument #2 to 'string.pack' (unsigned overflow)
print(p("B", -1))  --> bad argument #2 to 'string.pack' (unsigned overflow)
print(p("i17", 1))  --> integral size (17) out of limits [1,16]
print(p("i0", 1))  --> integral size (0) out of limits [1,16]
print(p("b"))  --> bad argument #2 to 'string.pack' (number expected, got nil)
print(p("b", "x"))  --> bad argument #2 to 'string.pack' (number expected, got string)
print(p("b", 1.5))  --> bad argument #2 to 'string.pack' (number has no integer representation)
print(p("s1", ("x"):rep(256)))
--> bad argument #2 to 'string.pack' (string length does not fit in given size)
print(p("z", "a\0b"))  --> bad argument #2 to 'string.pack' (string contains zeros)
print(p("c1", "ab"))  --> bad argument #2 to 'string.pack' (string longer than given size)
print(p("c", "x"))  --> missing size for format option 'c'
print(p("y", 1))  --> invalid format option 'y'
print(p("X"))  --> bad argument #1 to 'string.pack' (invalid next option for option 'X')
print(p("Xz", 1))  --> bad argument #1 to 'string.pack' (invalid next option for option 'X')
print(p("!3 i4", 1))  --> bad argument #1 to 'string.pack' (format asks for alignment not power of 2)
print(p("!17 b", 1))  --> integral size (17) out of limits [1,16]
print(p("Xi3"))  -->
print(p("d", {}))  --> bad argument #2 to 'string.pack' (number expected, got table)
print(p("i2", 32768))  --> bad argument #2 to 'string.pack' (integer overflow)
print(p("I2", 65536))  --> bad argument #2 to 'string.pack' (unsigned overflow)
print(p("i7", 1 << 55))  --> bad argument #2 to 'string.pack' (integer overflow)
print(p("i7", (1 << 55) - 1))  --> ffffffffffff7f
print(p("I8", -1))  --> ffffffffffffffff
print(p("!4 i3", 1))  --> bad argument #1 to 'string.pack' (format asks for alignment not power of 2)
print(p("Xb", 1))  -->
print(p("X i4"))  --> bad argument #1 to 'string.pack' (invalid next option for option 'X')
print(p("c99999999999"))  --> bad argument #2 to 'string.pack' (string expected, got nil)
print(p(5))  --> invalid format option '5'
print(string.unpack("b", "\255"))  --> -1	2
print(string.unpack("B", "\255"))  --> 255	2
print(string.unpack("<h", "\1\2"))  --> 513	3
print(string.unpack(">h", "\1\2"))  --> 258	3
print(string.unpack("<i3", "\255\255\255"))  --> -1	4
print(string.unpack("<I3", "\255\255\255"))  --> 16777215	4
print(string.unpack("<i16", ("\255"):rep(16)))  --> -1	17
print(string.unpack("s1", "\2abc"))  --> ab	4
print(string.unpack("z", "abc\0def"))  --> abc	5
print(string.unpack("c2", "abc"))  --> ab	3
print(string.unpack("<d", string.pack("<d", 0.1)))  --> 0.1	9
print(string.unpack("<f", string.pack("<f", 0.1)))  --> 0.10000000149012	5
print(string.unpack("b", "abc", 2))  --> 98	3
print(string.unpack("b", "abc", -1))  --> 99	4
print(string.unpack("", "abc"))  --> 1
print(string.unpack("<i4 z s1", string.pack("<i4 z s1", 7, "x", "y")))  --> 7	x	y	9
print(string.unpack("bbb", "\1\2\3"))  --> 1	2	3	4
print(string.unpack("!4 b i4", string.pack("!4 b i4", 1, 2)))  --> 1	2	9
print(string.unpack("<j", ("\255"):rep(8)))  --> -1	9
print(string.unpack("c0", ""))  --> 	1
print(string.unpack("b", "x", 1))  --> 120	2
print(string.unpack("<I8", ("\255"):rep(8)))  --> -1	9
local function u(...) return select(2, pcall(string.unpack, ...)) end
print(u("b", ""))  --> bad argument #2 to 'string.unpack' (data string too short)
print(u("i4", "abc"))  --> bad argument #2 to 'string.unpack' (data string too short)
print(u("z", "abc"))  --> bad argument #2 to 'string.unpack' (unfinished string for format 'z')
print(u("s1", "\5ab"))  --> bad argument #2 to 'string.unpack' (data string too short)
print(u("c4", "abc"))  --> bad argument #2 to 'string.unpack' (data string too short)
print(u("b", "abc", 5))  --> bad argument #3 to 'string.unpack' (initial position out of string)
print(u("b", "abc", 4))  --> bad argument #2 to 'string.unpack' (data string too short)
print(u("b", "abc", -5))  --> 97	2
print(u("<i16", ("\255"):rep(8) .. ("\1"):rep(8)))  --> 16-byte integer does not fit into Lua Integer
print(u("<I16", ("\255"):rep(16)))  --> 16-byte integer does not fit into Lua Integer
print(u("i17", ""))  --> integral size (17) out of limits [1,16]
print(u("b"))  --> bad argument #2 to 'string.unpack' (string expected, got no value)
print(u("y", "x"))  --> invalid format option 'y'
print(u("<i9", ("\0"):rep(8) .. "\128"))  --> 9-byte integer does not fit into Lua Integer
print(string.packsize("b"), string.packsize("i4"), string.packsize("!8 b d"), string.packsize("bhij"), string.packsize("! b i8"), string.packsize("c10"), string.packsize(""), string.packsize("i3 x x"), string.packsize("!4 b Xi4"), string.packsize("n j T f d"))
--> 1	4	16	15	16	10	0	5	4	36
print(pcall(string.packsize, "s"))  --> false	bad argument #1 to 'string.packsize' (variable-length format)
print(pcall(string.packsize, "z"))  --> false	bad argument #1 to 'string.packsize' (variable-length format)
print(pcall(string.packsize, "y"))  --> false	invalid format option 'y'
print(pcall(string.packsize, "c2147483647c2147483647"))  --> false	invalid format option '7'
print(pcall(string.packsize))  --> false	bad argument #1 to 'string.packsize' (string expected, got no value)
print(pcall(string.packsize, "i17"))  --> false	integral size (17) out of limits [1,16]
for _, v in ipairs { 0, 1, -1, 127, -128, 32767, math.maxinteger, math.mininteger } do print(string.unpack("<j", string.pack("<j", v)), (string.unpack(">j", string.pack(">j", v)))) end
--> 0	0
--> 1	1
--> -1	-1
--> 127	127
--> -128	-128
--> 32767	32767
--> 9223372036854775807	9223372036854775807
--> -9223372036854775808	-9223372036854775808
