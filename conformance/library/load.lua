-- §6.1 load, loadfile, dofile, string.dump
print(load("return 1 + 1")())  --> 2
print(load("return ...")(1, 2))  --> 1	2
print(load("syntax error here"))  --> nil	[string "syntax error here"]:1: syntax error near 'error'
print(load("return", "name"))  --> function: ADDRESS
print(load("x =", "=(named)"))  --> nil	(named):1: unexpected symbol near <eof>
print(load("x =", "@file.lua"))  --> nil	file.lua:1: unexpected symbol near <eof>
print(load("x =\n1 1", "line one\nline two"))  --> nil	[string "line one..."]:2: unexpected symbol near '1'
print(load("x =", ("long"):rep(30)))
--> nil	[string "longlonglonglonglonglonglonglonglonglonglongl..."]:1: unexpected symbol near <eof>
local pieces = { "return ", "1", " + ", "2", nil }
local i = 0
print(load(function() i = i + 1 return pieces[i] end)())  --> 3
print(type(load(function() return nil end)))  --> function
print(type(load(function() return "" end)))  --> function
print(pcall(load, function() error("reader", 0) end))  --> true	nil	reader
print(pcall(load, function() return {} end))  --> true	nil	reader function must return a string
local env = { y = 5 }
print(load("return y", "c", "t", env)())  --> 5
print(load("x = 1", "c", "t", env)())  -->
print(env.x)  --> 1
print(load("return _ENV", "c", "t", nil)())  --> nil
print(pcall(load("return y", "c", "t", nil)))
--> false	[string "c"]:1: attempt to index a nil value (upvalue '_ENV')
local dumped = string.dump(load("return 42"))
print(load(dumped)(), load(dumped, "d", "b")(), load(dumped, "d", "bt")())  --> 42	42	42
print(load(dumped, "d", "t"))  --> nil	attempt to load a binary chunk (mode is 't')
print(load("return 1", "d", "b"))  --> nil	attempt to load a text chunk (mode is 'b')
print(load(dumped, "=d", "t"))  --> nil	attempt to load a binary chunk (mode is 't')
print(load("return 1", "@d", "b"))  --> nil	attempt to load a text chunk (mode is 'b')
print(dumped:sub(1, 4) == "\27Lua", type(dumped))  --> true	string
print(load(dumped, "d", "x"))  --> nil	attempt to load a binary chunk (mode is 'x')
print(pcall(load))  --> false	bad argument #1 to 'load' (function expected, got no value)
print(pcall(load, 5))  --> true	nil	[string "5"]:1: unexpected symbol near '5'
print(pcall(load, {}))  --> false	bad argument #1 to 'load' (function expected, got table)
print(load("return 1", nil, nil)())  --> 1
print(pcall(load, "x", 5 ~= 5))  --> false	bad argument #2 to 'load' (string expected, got boolean)
print(pcall(load, "return 1", "n", 5))  --> true	nil	attempt to load a text chunk (mode is '5')
print(load("return 1", 12)())  --> 1
print(load(dumped:sub(1, 10), "=b"))  --> nil	b: bad binary format (truncated chunk)
print(load(dumped:sub(1, -2), "=b"))  --> nil	b: bad binary format (truncated chunk)
print(load("\27Lua", "=b"))  --> nil	b: bad binary format (truncated chunk)
print(load("\27", "=b"))  --> nil	b: bad binary format (truncated chunk)
print(load("\27Lxx garbage", "=b"))  --> nil	b: bad binary format (not a binary chunk)
print(load((dumped:gsub("^(....).", "%1\x53", 1)), "=b"))  --> nil	b: bad binary format (version mismatch)
print(load("\27Lua\x54\1", "=b"))  --> nil	b: bad binary format (format mismatch)
local function with_up() local u = 10 return function() return u end end
local f = load(string.dump(with_up()))
print(pcall(f))  --> true	table: ADDRESS
print(debug.setupvalue(f, 1, 99), f())  --> u	99
local stripped = load(string.dump(function(a) local b = a; error("x") end, true))
print(pcall(stripped, 1))  --> false	x
print(pcall(string.dump, type))  --> false	unable to dump given function
print(pcall(string.dump))  --> false	bad argument #1 to 'string.dump' (function expected, got no value)
print(pcall(string.dump, 1))  --> false	bad argument #1 to 'string.dump' (function expected, got number)
print(#string.dump(load("x = 1"), true) < #string.dump(load("x = 1")))  --> true
local name = os.tmpname()
local h = assert(io.open(name, "w")) h:write("#!shebang line\nlocal a = ... return 'from file', a, debug.getinfo(1, 'l').currentline") h:close()
print(loadfile(name)(7))  --> from file	7	2
print(dofile(name))  --> from file	nil	2
print(select("#", dofile(name)))  --> 3
h = assert(io.open(name, "wb")) h:write(string.dump(load("return 'binary', ...", "@orig"))) h:close()
print(loadfile(name)(1))  --> binary	1
print((select(2, loadfile(name, "t")):gsub("^.-: ", "")))  --> attempt to load a binary chunk (mode is 't')
print(loadfile(name, "b")(2)) h = assert(io.open(name, "w")) h:write("\xEF\xBB\xBFreturn 'bom', x") h:close()
--> binary	2
print(loadfile(name, "t", { x = "env" })())  --> bom	env
print(loadfile(name, "bt", { x = 1 })()) h = assert(io.open(name, "w")) h:write("# only a comment") h:close()
--> bom	1
print(loadfile(name)()) h = assert(io.open(name, "w")) h:write("x = = 1") h:close()  -->
print((select(2, loadfile(name)):gsub("^.-:", "")))  --> 1: unexpected symbol near '='
print((select(2, pcall(dofile, name)):gsub("^.-:", "")))  --> 1: unexpected symbol near '='
os.remove(name)
print(loadfile("/no/such/file"))  --> nil	cannot open /no/such/file: No such file or directory
print(pcall(dofile, "/no/such/file"))  --> false	cannot open /no/such/file: No such file or directory
print(pcall(loadfile, {}))  --> false	bad argument #1 to 'loadfile' (string expected, got table)
print(load("#!not skipped in load"))  --> nil	[string "#!not skipped in load"]:1: unexpected symbol near '#'
print(load("\xEF\xBB\xBFreturn 1"))  --> nil	[string "﻿return 1"]:1: unexpected symbol near '<\239>'
print(load("return function(...) local a <const> = 1; goto x; ::x:: return a, ... end")()(2))  --> 1	2
print(type(load("")))  --> function
print(load("   -- comment")())  -->
print(load("return 'a\\z\n  b'")())  --> ab
print(load("return 1;")())  --> 1
print(load(";;;")())  -->
print(load("local x <close> = nil return 2")())  --> 2
print(load("return 0x7fffffffffffffff, 1e309, 'x' .. 1")())  --> 9223372036854775807	inf	x1
print(pcall(load("error('in chunk')", "=chunk")))  --> false	chunk:1: in chunk
print(pcall(load("error('in chunk')", "@chunk.lua")))  --> false	chunk.lua:1: in chunk
print(pcall(load("error('in chunk')", "chunk text")))  --> false	[string "chunk text"]:1: in chunk
