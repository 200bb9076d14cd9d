-- ยง6.4 string.format, every conversion and flag
print(string.format("%d %5d %-5d| %05d %+d % d %.3d %i", 1, 2, 3, 4, 5, 6, 7, 8))
--> 1     2 3    | 00004 +5  6 007 8
print(string.format("%d", -0), string.format("%d", 3.0), string.format("%d", "10"), string.format("%5.2d|%-8.4d|", 3, 4), string.format("%d", math.mininteger), string.format("%+.0d", 0))
--> 0	3	10	   03|0004    |	-9223372036854775808	+
print(pcall(string.format, "%u", 42))  --> true	42
print(string.format("%x %X %#x %08x %o %#o %x", 255, 255, 255, 255, 8, 8, -1))
--> ff FF 0xff 000000ff 10 010 ffffffffffffffff
print(string.format("%.5x|%-6X|%#6x", 10, 11, 12))  --> 0000a|B     |   0xc
print(string.format("%c%c%c", 76, 117, 97), #string.format("%c", 0), string.format("%-3c|%3c|", 65, 66))
--> Lua	1	A  |  B|
print(string.format("%f %.2f %10.3f %-10.1f| %+f %010.2f %#.0f % f", 1, 2, 3, 4, 5, 6, 7, 8))
--> 1.000000 2.00      3.000 4.0       | +5.000000 0000006.00 7.  8.000000
print(string.format("%f %f %f %f", 1/0, -1/0, 1e15, 0.1), string.format("%5f|%-8f|%05f", 1/0, 1/0, 1/0))
--> inf -inf 1000000000000000.000000 0.100000	  inf|inf     |  inf
print(string.format("%.0f %.0f %.0f %.20f", 0.5, 1.5, 2.5, 0.1), string.format("%.99f", 1/3):len(), string.format("%99.99f", -1e308):len())
--> 0 2 2 0.10000000000000000555	101	410
print(string.format("%e %.2e %E %12.3e %+.0e %#.0e", 12345.678, 1, 1e-10, 5, 5, 5))
--> 1.234568e+04 1.00e+00 1.000000E-10    5.000e+00 +5e+00 5.e+00
print(string.format("%g %g %g %g %g %g", 1, 1.5, 1e20, 1e-5, 123456, 1234567), string.format("%G %.3g %#g %10.4g|%-10g|", 1e-10, 1234.5, 1, 3.14159, 2.5), string.format("%g %g", 1/0, -0.0), string.format("%.0g %.20g", 1234, 0.1))
--> 1 1.5 1e+20 1e-05 123456 1.23457e+06	1E-10 1.23e+03 1.00000      3.142|2.5       |	inf -0	1e+03 0.10000000000000000555
print(string.format("%a %A %.2a %a %a %a", 1, 255.5, 1/3, 0, -0.0, 1e-320), string.format("%a %20a|%-20a|%+a", 0.5, 0.5, 0.5, 0.5), string.format("%a %a", 1/0, -1/0), string.format("%.0a %.13a %.1a", 1.5, 0.1, 15.99))
--> 0x1p+0 0X1.FFP+7 0x1.55p-2 0x0p+0 -0x0p+0 0x0.00000000007e8p-1022	0x1p-1               0x1p-1|0x1p-1              |+0x1p-1	inf -inf	0x2p+0 0x1.999999999999ap-4 0x2.0p+3
print(string.format("%s %10s %-10s| %.2s %5.1s|%s", "a", "b", "c", "defg", "hij", ""))
--> a          b c         | de     h|
print(string.format("%s %s %s %s", nil, true, 12, 1.5), string.format("%s", setmetatable({}, { __tostring = function() return "obj" end })), #string.format("%s", ("x"):rep(200)))
--> nil true 12 1.5	obj	200
print(#string.format("%99s", "x"), string.format("%.0s|%.99s", "abc", "def"), #string.format("%s", "a\0b"), pcall(string.format, "%.20s", "a\0b"))
--> 99	|def	3	false	bad argument #2 to 'string.format' (string contains zeros)
print(string.format("%q", 'a "quoted"\n\\ \0 \r \t \1272 \200'))  --> "a \"quoted\"\
--> \\ \0 \13 \9 \1272 ศ"
print(string.format("%q %q %q %q %q", 1, -5, math.mininteger, 0x7fffffffffffffff, 10 // 3))
--> 1 -5 ADDRESS 9223372036854775807 3
print(string.format("%q %q %q %q", 0.1, 1/0, -1/0, 1e100), string.format("%q", 0/0), string.format("%q %q", 1.0, -0.0))
--> 0x1.999999999999ap-4 1e9999 -1e9999 0x1.249ad2594c37dp+332	(0/0)	0x1p+0 -0x0p+0
print(string.format("%q %q %q", nil, true, false))  --> nil true false
print(pcall(string.format, "%q", {}))
--> false	bad argument #2 to 'string.format' (value has no literal form)
print(pcall(string.format, "%10q", "x"))  --> false	specifier '%q' cannot have modifiers
print(pcall(string.format, "%q"))  --> false	bad argument #2 to 'string.format' (no value)
print(load("return " .. string.format("%q", "\0\1\2 \255\n\r\"\\"))() == "\0\1\2 \255\n\r\"\\")  --> true
print((string.format("%p", print):gsub("^0x%x+$", "PTR")), string.format("%p", 1), string.format("%p", nil), string.format("%p", true), string.format("%10p|%-10p|", 1, 1), string.format("%p", "x") == string.format("%p", "x"), string.format("%p", {}) ~= string.format("%p", {}))
--> PTR	(null)	(null)	(null)	    (null)|(null)    |	true	true
print(string.format("%%"), string.format("100%%"), pcall(string.format, "%5%"))
--> %	100%	false	bad argument #2 to 'string.format' (no value)
print(string.format("no conversions"), string.format(""), string.format("a\0b%s\0c", 1) == "a\0b1\0c", string.format("%s%s", 1, 2, 3))
--> no conversions		true	12
print(pcall(string.format))  --> false	bad argument #1 to 'string.format' (string expected, got no value)
print(pcall(string.format, "%d"))  --> false	bad argument #2 to 'string.format' (no value)
print(pcall(string.format, "%d", "x"))
--> false	bad argument #2 to 'string.format' (number expected, got string)
print(pcall(string.format, "%d", 1.5))
--> false	bad argument #2 to 'string.format' (number has no integer representation)
print(pcall(string.format, "%d", "1.5"))
--> false	bad argument #2 to 'string.format' (number has no integer representation)
print(pcall(string.format, "%s"))  --> false	bad argument #2 to 'string.format' (no value)
print(pcall(string.format, "%"))  --> false	bad argument #2 to 'string.format' (no value)
print(pcall(string.format, "%y", 1))  --> false	invalid conversion '%y' to 'format'
print(pcall(string.format, "%10"))  --> false	bad argument #2 to 'string.format' (no value)
print(pcall(string.format, "%-", 1))  --> false	invalid conversion '%-' to 'format'
print(pcall(string.format, "%123d", 1))  --> false	invalid conversion specification: '%123d'
print(pcall(string.format, "%.123d", 1))  --> false	invalid conversion specification: '%.123d'
print(pcall(string.format, "%0-+ #5d", 1))  --> false	invalid conversion specification: '%0-+ #5d'
print(pcall(string.format, "%#d", 1))  --> false	invalid conversion specification: '%#d'
print(pcall(string.format, "%05s", "x"))  --> false	invalid conversion specification: '%05s'
print(pcall(string.format, "%.3c", 65))  --> false	invalid conversion specification: '%.3c'
print(pcall(string.format, "%+s", "x"))  --> false	invalid conversion specification: '%+s'
print(pcall(string.format, "%.p", 1))  --> false	invalid conversion specification: '%.p'
print(pcall(string.format, "%0p", 1))  --> false	invalid conversion specification: '%0p'
print(pcall(string.format, "%x", 1.5))
--> false	bad argument #2 to 'string.format' (number has no integer representation)
print(pcall(string.format, "%x", 2^63))
--> false	bad argument #2 to 'string.format' (number has no integer representation)
print(pcall(string.format, "%c", "x"))
--> false	bad argument #2 to 'string.format' (number expected, got string)
print(pcall(string.format, "%f", {}))
--> false	bad argument #2 to 'string.format' (number expected, got table)
print(pcall(string.format, "%a", "x"))
--> false	bad argument #2 to 'string.format' (number expected, got string)
print(pcall(string.format, {}))  --> false	bad argument #1 to 'string.format' (string expected, got table)
print(pcall(string.format, "%l", 1))  --> false	invalid conversion '%l' to 'format'
print(pcall(string.format, "%5.d|", 1))  --> true	    1|
print(pcall(string.format, "%-05d|", 1))  --> true	1    |
print(pcall(string.format, "%" .. ("0"):rep(30) .. "d", 1))  --> false	invalid format (too long)
print(pcall(string.format, "%-#+ 0d", 1))  --> false	invalid conversion specification: '%-#+ 0d'
print(("%s=%d"):format("x", 5), ("%5s"):rep(2):format("a", "b"), ("%2$s"):len())  --> x=5	    a    b	4
print(string.format("%i %i", 3, "4"), string.format("%s", 2^53), string.format("%d", 2^53), string.format("%.14g", 2^53), string.format("%.17g", 0.1), string.format("%5.1f|%-7.3s|", 3.14159, "abcdef"))
--> 3 4	9.007199254741e+15	9007199254740992	9.007199254741e+15	0.10000000000000001	  3.1|abc    |
print(string.format("%s", print) == tostring(print), (string.format("%s", {}):gsub("0x%x+", "PTR")))
--> true	table: PTR
