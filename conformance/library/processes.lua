-- §6.8 io.popen and §6.9 os.execute
--? program lupa's build has no processes
local p = io.popen("echo hello; exit 3")
print(io.type(p), p:read("a"))  --> file	hello
-->
print(p:close()) p = io.popen("cat > popen_out.txt", "w") p:write("to the pipe")  --> nil	exit	3
print(p:close())  --> true	exit	0
for l in io.lines("popen_out.txt") do print(l) end  --> to the pipe
print(pcall(io.popen, "true", "rw"))  --> false	bad argument #2 to 'io.popen' (invalid mode)
print(io.popen("kill -9 $$"):close())  --> nil	signal	9
os.remove("popen_out.txt")
print(os.execute("exit 0"))  --> true	exit	0
print(os.execute("exit 3"))  --> nil	exit	3
print(os.execute("kill -9 $$"))  --> nil	signal	9
print(os.execute())  --> true
print((os.execute("true")))  --> true
print(pcall(os.execute, {}))  --> false	bad argument #1 to 'os.execute' (string expected, got table)
print(pcall(io.popen))  --> false	bad argument #1 to 'io.popen' (string expected, got no value)
print(pcall(io.popen, "true", "x"))  --> false	bad argument #2 to 'io.popen' (invalid mode)
print(io.popen("true"):close())  --> true	exit	0
for l in io.popen("printf 'a\nb'"):lines() do print(l) end  --> a
--> b
