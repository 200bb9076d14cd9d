-- The Mandelbrot set: a float loop.

local LIMIT = 50

local function escape_time(cx, cy)
  local x, y = 0.0, 0.0
  for i = 1, LIMIT do
    local xx, yy = x * x, y * y
    if xx + yy > 4.0 then
      return i
    end
    x, y = xx - yy + cx, 2.0 * x * y + cy
  end
  return 0
end

local function main(size)
  local width, height = 24, 16
  local total = 0
  for _ = 1, size do
    local inside, sum = 0, 0
    for row = 0, height - 1 do
      local cy = row * 2.0 / height - 1.0
      for column = 0, width - 1 do
        local steps = escape_time(column * 3.0 / width - 2.0, cy)
        if steps == 0 then
          inside = inside + 1
        end
        sum = sum + steps
      end
    end
    assert(inside == 108)
    total = total + sum
  end
  assert(total == size * 1752)
  return "mandelbrot " .. total
end

print(main(tonumber((...)) or 1000))
