-- Line and count events around __close: the closing instruction is seen once, on its own line
local function run(mask, n)
  local ev = {}
  debug.sethook(function(e, l) ev[#ev+1] = e:sub(1,1) .. tostring(l) end, mask, n)
  local function closer(f) return setmetatable({}, {__close = f}) end
  do
    local a <close> = closer(function() local x = 1 end)
    local b <close> = closer(function() end)
    local c <close> = closer(type)
    mask = mask
  end
  for i = 1, 2 do
    local c <close> = closer(function()
      return 1
    end)
    local d <close> = closer(function() end)
  end
  local function f()
    local a <close> = closer(function() end)
    local b <close> = closer(function() end)
    return 1,
      2
  end
  f()
  for k in next, {1}, nil, closer(function() end) do
  end
  while true do
    local z <close> = closer(function() end)
    if true then
      break
    end
  end
  debug.sethook()
  return table.concat(ev, " ")
end
print(run("l")) print(run("", 1)) print(run("lcr", 1))
--> l5 l7 l5 l8 l5 l9 l5 l10 l8 l7 l12 l13 l15 l13 l5 l15 l16 l5 l16 l14 l12 l13 l15 l13 l5 l15 l16 l5 l16 l14 l12 l23 l24 l19 l5 l20 l5 l21 l22 l20 l19 l25 l5 l25 l26 l25 l28 l5 l29 l32 l28 l33
--> cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil cnil
--> rnil cnil l5 cnil l7 cnil l7 cnil l7 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l7 cnil l8 cnil l8 cnil l8 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l8 cnil l9 cnil l9 cnil l9 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l9 cnil l10 cnil rnil cnil cnil l8 rnil cnil cnil l7 cnil l7 rnil cnil l12 cnil l12 cnil l12 cnil l12 cnil l13 cnil l15 cnil l13 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l15 cnil l16 cnil l16 cnil l16 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l16 cnil l16 cnil cnil l16 rnil cnil cnil l14 cnil l14 rnil cnil l12 cnil l13 cnil l15 cnil l13 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l15 cnil l16 cnil l16 cnil l16 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l16 cnil l16 cnil cnil l16 rnil cnil cnil l14 cnil l14 rnil cnil l12 cnil l23 cnil l24 cnil l24 cnil cnil l19 cnil l19 cnil l19 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l19 cnil l20 cnil l20 cnil l20 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l20 cnil l21 cnil l22 cnil l22 cnil cnil l20 rnil cnil cnil l19 rnil rnil cnil l25 cnil l25 cnil l25 cnil l25 cnil l25 cnil l25 cnil l25 cnil l25 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l25 cnil rnil cnil l25 cnil rnil cnil l26 cnil cnil l25 rnil cnil l28 cnil l28 cnil l28 cnil cnil l5 cnil l5 cnil l5 cnil l5 cnil l5 cnil rnil rnil cnil l28 cnil l29 cnil l29 cnil l32 cnil cnil l28 rnil cnil l33 cnil l33 cnil l33 cnil
