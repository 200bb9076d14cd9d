-- what code that is no more had named is let go, so that weak tables tell
local function make()
  local C = {} C.__index = C
  function C:get() return 1 end
  local o = setmetatable({}, C)
  local function run() local s = 0 for i = 1, 100 do s = s + o:get() + C.get(o) end return s end
  return run, C
end
local run, C = make()
for i = 1, 50 do run() end
local weak = setmetatable({C}, {__mode = "v"})
run() run()
run, C = nil
collectgarbage() collectgarbage()
print(weak[1])  --> nil
function gg() return 1 end
local function use() local s = 0 for i = 1, 100 do s = s + gg() end return s end
for i = 1, 50 do use() end
weak[2] = gg
gg = nil
collectgarbage() collectgarbage()
print(weak[2])  --> nil
