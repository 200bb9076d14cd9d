-- A string of more than 1024 bytes outgrows the buffer in which the library builds it; the box
-- that takes over is a to-be-closed userdata, and hooks see its `__close` run.
local function events(build)
  local names = {}
  debug.sethook(function(event)
    names[#names + 1] = event .. " " .. tostring(debug.getinfo(2, "n").name)
  end, "cr")
  build()
  debug.sethook()
  return table.concat(names, ", ", 2, #names - 1)
end

print(events(function() return (("x"):rep(1024)) end))  --> call build, call rep, return rep, return build
print(events(function() return (("x"):rep(1025)) end))
--> call build, call rep, call nil, return nil, return rep, return build
local pieces = {("x"):rep(1000), ("y"):rep(25)}
print(events(function() return (table.concat(pieces)) end))
--> call build, call concat, call nil, return nil, return concat, return build
