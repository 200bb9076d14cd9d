-- A ray caster: vectors with metamethods, spheres, light and mirrors.

local sqrt = math.sqrt

local Vector = {}
Vector.__index = Vector

local function vector(x, y, z)
  return setmetatable({ x = x, y = y, z = z }, Vector)
end

function Vector.__add(a, b)
  return vector(a.x + b.x, a.y + b.y, a.z + b.z)
end

function Vector.__sub(a, b)
  return vector(a.x - b.x, a.y - b.y, a.z - b.z)
end

function Vector.__mul(a, factor)
  return vector(a.x * factor, a.y * factor, a.z * factor)
end

function Vector.__unm(a)
  return vector(-a.x, -a.y, -a.z)
end

function Vector:dot(other)
  return self.x * other.x + self.y * other.y + self.z * other.z
end

function Vector:unit()
  return self * (1.0 / sqrt(self:dot(self)))
end

local Sphere = {}
Sphere.__index = Sphere

function Sphere.new(center, radius, brightness, mirror)
  return setmetatable({ center = center, radius = radius, brightness = brightness, mirror = mirror }, Sphere)
end

-- How far along the ray the sphere is hit, or nil.
function Sphere:hit(origin, direction)
  local to_center = self.center - origin
  local along = to_center:dot(direction)
  local square = self.radius * self.radius - to_center:dot(to_center) + along * along
  if square < 0.0 then
    return nil
  end
  local distance = along - sqrt(square)
  if distance > 1e-6 then
    return distance
  end
  return nil
end

local Scene = {}
Scene.__index = Scene

function Scene.new()
  return setmetatable({
    light = vector(5.0, 8.0, -6.0),
    spheres = {
      Sphere.new(vector(0.0, 0.0, 4.0), 1.0, 0.9, 0.3),
      Sphere.new(vector(1.5, 0.5, 3.0), 0.5, 0.7, 0.0),
      Sphere.new(vector(-1.5, -0.3, 3.5), 0.7, 0.8, 0.5),
      Sphere.new(vector(0.0, -101.0, 4.0), 100.0, 0.4, 0.1),
    },
  }, Scene)
end

function Scene:nearest(origin, direction)
  local nearest, distance
  for _, sphere in ipairs(self.spheres) do
    local hit = sphere:hit(origin, direction)
    if hit and (not distance or hit < distance) then
      nearest, distance = sphere, hit
    end
  end
  return nearest, distance
end

function Scene:brightness(origin, direction, depth)
  local sphere, distance = self:nearest(origin, direction)
  if not sphere then
    return 0.1
  end
  local point = origin + direction * distance
  local normal = (point - sphere.center):unit()
  local to_light = (self.light - point):unit()
  local result = 0.05
  local facing = normal:dot(to_light)
  if facing > 0.0 and not self:nearest(point, to_light) then
    result = result + sphere.brightness * facing
  end
  if sphere.mirror > 0.0 and depth > 0 then
    local back = -direction
    local mirrored = normal * (2.0 * normal:dot(back)) - back
    result = result + sphere.mirror * self:brightness(point, mirrored, depth - 1)
  end
  return result
end

function Scene:render(width, height)
  local eye = vector(0.0, 0.0, -1.0)
  local sum = 0.0
  for row = 0, height - 1 do
    for column = 0, width - 1 do
      local direction = vector((column - width / 2) / width, (height / 2 - row) / height, 1.0)
      sum = sum + self:brightness(eye, direction:unit(), 2)
    end
  end
  return sum
end

local function main(size)
  local scene = Scene.new()
  local sum = 0.0
  for _ = 1, size do
    local image = scene:render(16, 12)
    assert(math.abs(image - 52.809045384) < 1e-6)
    sum = sum + image
  end
  return string.format("ray_caster %.6f", sum)
end

print(main(tonumber((...)) or 400))
