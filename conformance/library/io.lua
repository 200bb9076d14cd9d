-- §6.8 Input and output
local name = "io_test.txt"
local f = assert(io.open(name, "w"))
print(io.type(f), io.type(io.stdout), io.type(42), io.type({}), (tostring(f):gsub("0x%x+", "PTR")))
--> file	file	nil	nil	file (PTR)
print(f:write("line one\n", 2, " ", 3.5, "\n", "last") == f, f:close(), io.type(f), tostring(f))
--> true	true	closed file	file (closed)
print(pcall(f.write, f, "x"))  --> false	attempt to use a closed file
print(pcall(f.close, f))  --> false	attempt to use a closed file
print(pcall(f.read, f))  --> false	attempt to use a closed file
print(pcall(f.lines, f))  --> false	attempt to use a closed file
print(pcall(f.seek, f))  --> false	attempt to use a closed file
print(pcall(f.flush, f))  --> false	attempt to use a closed file
print(pcall(f.setvbuf, f, "no"))  --> false	attempt to use a closed file
f = io.open(name)
print(f:read())  --> line one
print(f:read("n", "n"))  --> 2	3.5
print(f:read("l", "l"))  --> 	last
print(f:read())  --> nil
print(f:read("a"))  -->
print(f:read("a"), f:read("l"), f:read(0), f:read(1)) f:close()  --> 	nil	nil	nil
f = io.open(name)
print(f:read("L"))  --> line one
-->
print(f:read(0), f:read(3), f:read(100))  --> 	2 3	.5
--> last
print(f:read(1))  --> nil
print(f:seek("set"), f:seek("cur"), f:seek("end"), f:seek("set", 5), f:read(3), f:seek("cur", -2), f:read(2), f:seek("end", -4), f:read("a"))
--> 0	0	19	5	one	6	ne	15	last
print(f:seek("set", -1))  --> nil	Invalid argument	22
print(pcall(f.seek, f, "bad"))  --> false	bad argument #2 to '?' (invalid option 'bad')
print(pcall(f.seek, f, "set", 1.5)) f:close()
--> false	bad argument #3 to '?' (number has no integer representation)
f = io.open(name, "w") f:write("12 0x1F -3.5e2 .5 0x1p4 nan 5x 99999999999999999999 +7 - 1e 0x 1.2.3") f:close() f = io.open(name)
print(f:read("n", "n", "n", "n", "n"))  --> 12	31	-350.0	0.5	16.0
print(f:read("n"))  --> nil
print(f:read(4))  --> nan
print(f:read("n"))  --> 5
print(f:read("l")) f:close() f = io.open(name) f:seek("set", 33)  --> x 99999999999999999999 +7 - 1e 0x 1.2.3
print(f:read("n", "n"))  --> 999999999999999999	7
print(f:read("n"))  --> nil
print(f:read("n"))  --> nil
print(f:read("a")) f:close()  -->  0x 1.2.3
f = io.open(name, "w") f:write("a\nb\n\nc") f:close()
for l in io.lines(name) do print("[" .. l .. "]") end  --> [a]
--> [b]
--> []
--> [c]
for l in io.lines(name, "L") do print(#l) end  --> 2
--> 2
--> 1
--> 1
for a, b in io.lines(name, 1, "l") do print(a, b) end  --> a
--> b
-->
--> 	c
for c in io.lines(name, 2) do print(#c) end f = io.open(name)  --> 2
--> 2
--> 2
for l in f:lines() do print(l) end  --> a
--> b
-->
--> c
print(io.type(f)) f:close()  --> file
print(pcall(io.lines, "/no/such/file"))
--> false	cannot open file '/no/such/file' (No such file or directory)
local iter = io.lines(name)
for _ = 1, 4 do iter() end
print(iter())  -->
print(pcall(iter))  --> false	file is already closed
print(select("#", io.lines(name)))  --> 4
print(pcall(io.lines, name, "x"))  --> true	function: ADDRESS	nil	nil	file (ADDRESS)
print(pcall(function() for l in io.lines(name, "n") do print(l) end end))  --> true
print(pcall(io.lines, name, table.unpack({}, 1, 251)))
--> false	bad argument #252 to 'io.lines' (too many arguments)
f = io.open(name, "a") f:write("\nappended") f:close() f = io.open(name, "r+") f:write("A") f:seek("end") f:write("!") f:seek("set")
print(f:read("a")) f:close() f = io.open(name, "w+") f:write("fresh") f:seek("set", 1)  --> A
--> b
-->
--> c
--> appended!
print(f:read("a")) f:close() f = io.open(name, "a+") f:write("++") f:seek("set")  --> resh
print(f:read("a")) f:close() f = io.open(name, "rb")  --> fresh++
print(f:read("a")) f:close() f = io.open(name, "r")  --> fresh++
print(f:write("x")) f:close() f = io.open(name, "w")  --> nil	Bad file descriptor	9
print(f:read("a")) f:close()  --> nil	Bad file descriptor	9
print(io.open("/no/such/dir/file"))  --> nil	/no/such/dir/file: No such file or directory	2
print(io.open("/no/such/dir/file", "w"))  --> nil	/no/such/dir/file: No such file or directory	2
print(pcall(io.open, name, "rw"))  --> false	bad argument #2 to 'io.open' (invalid mode)
print(pcall(io.open, name, ""))  --> false	bad argument #2 to 'io.open' (invalid mode)
print(pcall(io.open, name, "r+b"))  --> true	file (ADDRESS)
print(pcall(io.open, name, "b"))  --> false	bad argument #2 to 'io.open' (invalid mode)
print(pcall(io.open))  --> false	bad argument #1 to 'io.open' (string expected, got no value)
print(pcall(io.open, {}))  --> false	bad argument #1 to 'io.open' (string expected, got table)
print(io.open("/tmp", "w"))  --> nil	/tmp: Is a directory	21
f = io.open(name, "w")
io.output(f)
print(io.output() == f)  --> true
io.write("via default\n", 42)
print(io.close())  --> true
io.output(io.stdout)
io.input(name)
print(io.read(), io.read("n"), io.read("l"), io.read("a"))  --> via default	42	nil
print(io.close(io.input()))  --> true
print(pcall(io.read))  --> false	default input file is closed
io.input(io.stdin)
print(io.input() == io.stdin, pcall(io.input, "/no/such"))
--> true	false	cannot open file '/no/such' (No such file or directory)
print(io.read("a"), io.read("l"), io.read(0))  --> 	nil	nil
print(pcall(io.close, 5))  --> false	bad argument #1 to 'io.close' (FILE* expected, got number)
print(pcall(io.output, "/no/dir/x"))  --> false	cannot open file '/no/dir/x' (No such file or directory)
f = io.open(name, "w")
print(f:setvbuf("no"), f:setvbuf("full", 1024), f:setvbuf("line"))  --> true	true	true
print(pcall(f.setvbuf, f, "bad"))  --> false	bad argument #2 to '?' (invalid option 'bad')
print(f:flush() == f, io.flush() ~= nil) f:close()  --> false	true
local t = io.tmpfile() t:write("temp") t:seek("set")
print(t:read("a"), io.type(t)) t:close()  --> temp	file
print(pcall(io.type))  --> false	bad argument #1 to 'io.type' (value expected)
do local g <close> = io.open(name) print(io.type(g)) f = g end  --> file
print(io.type(f))  --> closed file
print(pcall(function() local g <close> = io.open(name) f = g error("x", 0) end))  --> false	x
print(io.type(f))  --> closed file
print(getmetatable(f).__name, type(getmetatable(f).__index), type(getmetatable(f).__gc), type(getmetatable(f).__close))
--> FILE*	table	function	function
print(f.read == io.stdout.read, f.nothing)  --> true	nil
print(pcall(function() return f.x.y end))  --> false	io.lua:126: attempt to index a nil value (field 'x')
print(pcall(io.stdout.write, 5))  --> false	bad argument #1 to '?' (FILE* expected, got number)
print(pcall(io.stdout.write))  --> false	bad argument #1 to '?' (FILE* expected, got no value)
print(pcall(f.write))  --> false	bad argument #1 to '?' (FILE* expected, got no value)
print(pcall(io.stdout.write, io.stdout, {}))  --> false	bad argument #2 to '?' (string expected, got table)
print(pcall(io.write, nil))  --> false	bad argument #1 to 'io.write' (string expected, got nil)
print(pcall(io.read, "x"))  --> false	bad argument #1 to 'io.read' (invalid format)
print(pcall(io.read, "*x"))  --> false	bad argument #1 to 'io.read' (invalid format)
f = io.open(name, "w") f:write("old style\n12\nrest") f:close() f = io.open(name)
print(f:read("*l"))  --> old style
print(f:read("*n"))  --> 12
print(f:read("*L"))  -->
-->
print(f:read("*a")) f:close() f = io.open(name, "wb") f:write("\0\1\255\r\n") f:close() f = io.open(name, "rb")
--> rest
print(f:read("a") == "\0\1\255\r\n", f:read("a") == "") f:close()  --> true	true
print(os.remove(name))  --> true
print(os.remove(name))  --> nil	io_test.txt: No such file or directory	2
print(io.write("") == io.stdout)  --> true
print(io.write("") == io.stdout)  --> true
print(io.stdout:seek() == nil or true, tostring(io.stdin):sub(1, 6), #tostring(io.stderr) > 8)
--> true	file (	true
print(pcall(io.lines))  --> true	function: ADDRESS
print(pcall(io.stdin.lines, io.stdin, "q"))  --> true	function: ADDRESS
print(io.stderr:write("") == io.stderr)  --> true
