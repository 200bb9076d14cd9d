-- §6.3 Modules: require and package
print(type(package.path), type(package.cpath), package.config:sub(1, 1), #package.config)
--> string	string	/	10
print(package.config == "/\n;\n?\n!\n-\n")  --> true
print(package.loaded._G == _G, package.loaded.string == string, package.loaded.package == package)
--> true	true	true
print(#package.searchers, type(package.preload), type(package.loadlib), type(package.searchpath))
--> 4	table	function	function
local names = {}
for name in pairs(package.loaded) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "))  --> _G coroutine debug io math os package string table utf8
package.preload.mymod = function(...) print("loading", ...) return { value = 42 } end
print(require("mymod").value, select(2, require "mymod"))  --> loading	mymod	:preload:
--> 42
print(require("mymod") == package.loaded.mymod, select("#", require "mymod"))  --> true	1
package.preload.nilmod = function() end
print(require "nilmod")  --> true	:preload:
print(package.loaded.nilmod)  --> true
package.preload.falsemod = function() return false end
print(require "falsemod")  --> false	:preload:
print(package.loaded.falsemod)  --> false
package.preload.selfset = function(name) package.loaded[name] = "set by loader" end
print(require "selfset")  --> set by loader	:preload:
package.preload.failing = function() error("loader fails", 0) end
print(pcall(require, "failing"))  --> false	loader fails
print(package.loaded.failing)  --> nil
local file = io.open("filemod.lua", "w") file:write("local name, path = ... return {name = name, path = path}") file:close()
package.path = "./?.lua"
local m, where = require "filemod"
print(m.name, m.path, where) file = io.open("sub.lua", "w") file:write("x = = 1") file:close()
--> filemod	./filemod.lua	./filemod.lua
print((select(2, pcall(require, "sub"))))  --> error loading module 'sub' from file './sub.lua':
--> 	./sub.lua:1: unexpected symbol near '='
os.remove("filemod.lua")
os.remove("sub.lua")
package.path = "./?.lua;./?/init.lua"
package.cpath = "./?.so"
print(select(2, pcall(require, "no.such.module")))  --> module 'no.such.module' not found:
--> 	no field package.preload['no.such.module']
--> 	no file './no/such/module.lua'
--> 	no file './no/such/module/init.lua'
--> 	no file './no/such/module.so'
--> 	no file './no.so'
package.path = ""
print(select(2, pcall(require, "nope")))  --> module 'nope' not found:
--> 	no field package.preload['nope']
--> 	no file ''
--> 	no file './nope.so'
print(pcall(require))  --> false	bad argument #1 to 'require' (string expected, got no value)
print(pcall(require, {}))  --> false	bad argument #1 to 'require' (string expected, got table)
print(pcall(require, 5))  --> false	module '5' not found:
--> 	no field package.preload['5']
--> 	no file ''
--> 	no file './5.so'
file = io.open("found.txt", "w") file:write("x") file:close()
print(package.searchpath("found", "./?.lua;./?.txt"))  --> ./found.txt
print(package.searchpath("a.b", "./?.lua;/?/x"))  --> nil	no file './a/b.lua'
--> 	no file '/a/b/x'
print(package.searchpath("a.b", "?.lua", "", ""))  --> nil	no file 'a.b.lua'
print(package.searchpath("a-b", "?.q", "-", "+"))  --> nil	no file 'a+b.q'
print(package.searchpath("x", ""))  --> nil	no file ''
print(package.searchpath("found", "?.txt"))  --> found.txt
print(pcall(package.searchpath, "x"))
--> false	bad argument #2 to 'package.searchpath' (string expected, got no value)
print(pcall(package.searchpath, {}, ""))
--> false	bad argument #1 to 'package.searchpath' (string expected, got table)
os.remove("found.txt")
package.path = "./?.lua"
table.insert(package.searchers, 2, function(name) if name == "virtual" then return function(...) return { ... } end, "extra data" end return "\n\tno virtual '" .. name .. "'" end)
local v, extra = require "virtual"
print(v[1], v[2], extra)  --> virtual	extra data	extra data
print(select(2, pcall(require, "missing")))  --> module 'missing' not found:
--> 	no field package.preload['missing']
-->
--> 	no virtual 'missing'
--> 	no file './missing.lua'
--> 	no file './missing.so'
table.remove(package.searchers, 2)
package.searchers[#package.searchers + 1] = function() return nil end
package.searchers[#package.searchers + 1] = function() return 5 end
print((pcall(require, "other")))  --> false
package.searchers = nil
print(pcall(require, "x"))  --> false	'package.searchers' must be a table
package.searchers = {}
print(pcall(require, "x"))  --> false	module 'x' not found:
package.path = nil
package.searchers = { function() return "only this" end }
print(pcall(require, "x"))  --> false	module 'x' not found:
--> 	only this
print(pcall(package.loadlib))  --> false	bad argument #1 to 'package.loadlib' (string expected, got no value)
print(pcall(package.loadlib, "x"))
--> false	bad argument #2 to 'package.loadlib' (string expected, got no value)
print(select("#", package.loadlib("/no/such/lib.so", "luaopen_x")), (package.loadlib("/no/such/lib.so", "*")))
--> 3	nil
package.loaded.fake = "fake module"
print(require "fake")  --> fake module
package.loaded.string = nil
print(string.len("still there"))  --> 11
