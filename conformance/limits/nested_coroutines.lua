-- Coroutines started one within the other, each from deep recursion: an error, wherever the limit is met
local function nest(depth)
  local function stack(n)
    if n > 0 then return stack(n - 1) + 1 end
    coroutine.wrap(function() stack(depth) end)()
  end
  return xpcall(stack, function() return "handled" end, depth)
end
for depth = 20, 60, 4 do
  local ok, message = nest(depth)
  if ok or message ~= "handled" then print(depth, ok, message) end
end
print(nest(1000))  --> false	handled
