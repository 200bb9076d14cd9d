-- §6.1 warn: pieces, control messages; what it writes goes to standard error
--? program lua.c turns warnings off by default, as pylua does; a bare library has them off, too
print(select("#", warn("off by default")))  --> 0
warn("@on")
warn("@unknown control is ignored")
warn("@off")
warn("not ", "shown")
print(pcall(warn))  --> false	bad argument #1 to 'warn' (string expected, got no value)
print(pcall(warn, {}))  --> false	bad argument #1 to 'warn' (string expected, got table)
print(pcall(warn, "a", nil))  --> false	bad argument #2 to 'warn' (string expected, got nil)
print(pcall(warn, 1, 2.5))  --> true
setmetatable({}, { __gc = function() error("only a warning") end })
collectgarbage()
print "finalizers' errors do not stop the program"  --> finalizers' errors do not stop the program
print(debug.debug and select("#", debug.debug())) -- standard input is empty  --> 0
