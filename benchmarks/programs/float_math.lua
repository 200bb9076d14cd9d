-- Float arithmetic: integrals, roots and series.

local abs, exp, sin, sqrt = math.abs, math.exp, math.sin, math.sqrt

local function simpson(f, from, to, steps)
  local width = (to - from) / steps
  local sum = f(from) + f(to)
  for i = 1, steps - 1 do
    local weight = i % 2 == 1 and 4.0 or 2.0
    sum = sum + weight * f(from + i * width)
  end
  return sum * width / 3.0
end

local function newton_root(x)
  local guess = x / 2.0
  while abs(guess * guess - x) > 1e-12 * x do
    guess = 0.5 * (guess + x / guess)
  end
  return guess
end

local function series_e(x)
  local term, sum, n = 1.0, 1.0, 0
  while term > 1e-17 do
    n = n + 1
    term = term * x / n
    sum = sum + term
  end
  return sum
end

local function quarter_circle(x)
  return 1.0 / (1.0 + x * x)
end

local function main(size)
  local sum = 0.0
  for _ = 1, size do
    local pi = 4.0 * simpson(quarter_circle, 0.0, 1.0, 200)
    assert(abs(pi - math.pi) < 1e-10)
    local two = simpson(sin, 0.0, math.pi, 200)
    assert(abs(two - 2.0) < 1e-7)
    local roots = 0.0
    for i = 1, 30 do
      local x = i * 1.5
      local root = newton_root(x)
      assert(abs(root - sqrt(x)) < 1e-9)
      roots = roots + root
    end
    local e = series_e(1.5)
    assert(abs(e - exp(1.5)) < 1e-12)
    sum = sum + (pi + two + roots + e)
  end
  return string.format("float_math %.6f", sum)
end

print(main(tonumber((...)) or 10000))
