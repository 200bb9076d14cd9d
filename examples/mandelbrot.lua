-- mandelbrot.lua [width [steps]]: the Mandelbrot set in characters.
--
-- Each character cell holds one point of the complex plane; the darker the
-- character, the longer z := z² + c stayed near zero. The picture is symmetric
-- to the real axis, so only its upper half is computed.

local width = math.tointeger(arg and arg[1]) or 78
local limit = math.tointeger(arg and arg[2]) or 120
local height = width * 2 // 5 | 1                 -- odd: one row lies on the axis
local shades = " .:-=+*%#@"

-- Steps until z escapes the circle of radius 2, at most `limit`.
local function escape_time(cx, cy)
  local x, y = 0.0, 0.0
  for step = 1, limit do
    local xx, yy = x * x, y * y
    if xx + yy > 4.0 then return step end
    x, y = xx - yy + cx, 2.0 * x * y + cy
  end
  return limit
end

-- The logarithm spreads the few steps far outside and the many near the edge.
local function shade(steps)
  local level = math.log(steps) / math.log(limit)
  local at = 1 + math.floor(level * (#shades - 1))
  return shades:sub(at, at)
end

local inside, rows = 0, {}
for row = 0, height // 2 do
  local cy = 1.2 * (1 - row / (height // 2))
  local cells = {}
  for column = 1, width do
    local cx = -2.1 + 2.8 * (column - 1) / (width - 1)
    local steps = escape_time(cx, cy)
    if steps == limit then inside = inside + 1 end
    cells[column] = shade(steps)
  end
  rows[row + 1] = table.concat(cells)
end

for i = 1, #rows do print((rows[i]:gsub("%s+$", ""))) end
for i = #rows - 1, 1, -1 do print((rows[i]:gsub("%s+$", ""))) end
print(("%d × %d cells, %d of the upper half inside after %d steps"):format(width, height, inside, limit))
