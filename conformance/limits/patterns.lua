-- Limits of patterns: captures, recursion, complexity
print(select("#", ("x"):rep(32):match(("(x)"):rep(32))))  --> 32
print(pcall(string.match, ("x"):rep(33), ("(x)"):rep(33)))  --> false	too many captures
print(pcall(string.match, "x", ("("):rep(33) .. (")"):rep(33)))  --> false	too many captures
print(("a"):rep(1500):match(".-b"))  --> nil
print(#("a"):rep(200000):match(".*"))  --> 200000
print(pcall(string.match, ("a"):rep(250000), ("a?"):rep(250000)))  --> false	pattern too complex
print(pcall(string.find, ("("):rep(250000), ("%("):rep(250000)))  --> true	1	250000
print(#("a"):rep(300000):match("^(a*)$"))  --> 300000
print(pcall(string.match, ("ab"):rep(210), ("(a)b"):rep(20) .. "$"))
--> true	a	a	a	a	a	a	a	a	a	a	a	a	a	a	a	a	a	a	a	a
print(pcall(string.rep("x", 300).gsub, ("x"):rep(300), "x?", "%0%0"))
--> true	xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx	300
print(#(("x"):rep(1000):gsub(".", "%0%0")))  --> 2000
print(("a"):rep(50) .. "b" == (("a"):rep(50) .. "b"):match("a*b"))  --> true
print(("x"):rep(20):match(("x?"):rep(20) .. ("x"):rep(20)) ~= nil)  --> true
print(pcall(string.find, "a", ("[a"):rep(100)))  --> false	malformed pattern (missing ']')
print(("[" .. ("a"):rep(1000) .. "]"):find("%b[]"))  --> 1	1002
print(("("):rep(1000) .. (")"):rep(1000) == (("("):rep(1000) .. (")"):rep(1000)):match("%b()"))  --> true
print(pcall(string.format, ("%s"):rep(300), table.unpack({}, 1, 200)))
--> false	bad argument #202 to 'string.format' (no value)
print(#string.format(("%d"):rep(200), table.unpack((function() local t = {} for i = 1, 200 do t[i] = i end return t end)())))
--> 492
print(pcall(string.pack, ("i1"):rep(300), table.unpack({}, 1, 100)))
--> false	bad argument #2 to 'string.pack' (number expected, got nil)
