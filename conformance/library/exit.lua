-- §6.9 os.exit: closing the state, exit code 0 with true
local function closing(name) return setmetatable({}, { __gc = function() print("gc " .. name) end, __close = function() print("close " .. name) end }) end
local a <close> = closing "a"
global_object = closing "global"
print "before"  --> before
os.exit(true, true)
--> close a
--> gc global
--> gc a
print "never"
