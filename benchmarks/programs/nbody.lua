-- The outer planets around the sun: float fields of objects. The size is the number of steps.

local sqrt, pi = math.sqrt, math.pi
local SOLAR_MASS = 4 * pi * pi
local DAYS = 365.24

local Body = {}
Body.__index = Body

function Body.new(x, y, z, vx, vy, vz, mass)
  return setmetatable({
    x = x, y = y, z = z,
    vx = vx * DAYS, vy = vy * DAYS, vz = vz * DAYS,
    mass = mass * SOLAR_MASS,
  }, Body)
end

function Body:kinetic_energy()
  return 0.5 * self.mass * (self.vx * self.vx + self.vy * self.vy + self.vz * self.vz)
end

function Body:distance(other)
  local dx, dy, dz = self.x - other.x, self.y - other.y, self.z - other.z
  return sqrt(dx * dx + dy * dy + dz * dz)
end

local function make_bodies()
  local sun = Body.new(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
  local bodies = {
    sun,
    Body.new(4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
      0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609),
    Body.new(8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
      -0.00276742510726411385, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812),
    Body.new(12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
      0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298),
    Body.new(15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
      0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451),
  }
  local px, py, pz = 0.0, 0.0, 0.0
  for _, body in ipairs(bodies) do
    px = px + body.vx * body.mass
    py = py + body.vy * body.mass
    pz = pz + body.vz * body.mass
  end
  sun.vx, sun.vy, sun.vz = -px / SOLAR_MASS, -py / SOLAR_MASS, -pz / SOLAR_MASS
  return bodies
end

local function energy(bodies)
  local sum = 0.0
  for i, body in ipairs(bodies) do
    sum = sum + body:kinetic_energy()
    for j = i + 1, #bodies do
      sum = sum - body.mass * bodies[j].mass / body:distance(bodies[j])
    end
  end
  return sum
end

local function advance(bodies, step)
  local count = #bodies
  for i = 1, count do
    local a = bodies[i]
    for j = i + 1, count do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local square = dx * dx + dy * dy + dz * dz
      local pull = step / (square * sqrt(square))
      local of_a, of_b = a.mass * pull, b.mass * pull
      a.vx = a.vx - dx * of_b
      a.vy = a.vy - dy * of_b
      a.vz = a.vz - dz * of_b
      b.vx = b.vx + dx * of_a
      b.vy = b.vy + dy * of_a
      b.vz = b.vz + dz * of_a
    end
  end
  for i = 1, count do
    local body = bodies[i]
    body.x = body.x + step * body.vx
    body.y = body.y + step * body.vy
    body.z = body.z + step * body.vz
  end
end

local function main(size)
  local bodies = make_bodies()
  local before = energy(bodies)
  assert(string.format("%.9f", before) == "-0.169075164")
  for _ = 1, size do
    advance(bodies, 0.01)
  end
  local after = energy(bodies)
  assert(math.abs(after - before) < 1e-4)
  return string.format("nbody %.9f", after)
end

print(main(tonumber((...)) or 150000))
