-- The spectral norm of an infinite matrix's corner: float arrays and a small function.

local function entry(i, j)
  local sum = i + j - 2
  return 1.0 / (sum * (sum + 1) // 2 + i)
end

local function times(vector)
  local n, result = #vector, {}
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do
      sum = sum + entry(i, j) * vector[j]
    end
    result[i] = sum
  end
  return result
end

local function transposed_times(vector)
  local n, result = #vector, {}
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do
      sum = sum + entry(j, i) * vector[j]
    end
    result[i] = sum
  end
  return result
end

local function spectral_norm(n)
  local u, v = {}, nil
  for i = 1, n do
    u[i] = 1.0
  end
  for _ = 1, 5 do
    v = transposed_times(times(u))
    u = transposed_times(times(v))
  end
  local uv, vv = 0.0, 0.0
  for i = 1, n do
    uv = uv + u[i] * v[i]
    vv = vv + v[i] * v[i]
  end
  return math.sqrt(uv / vv)
end

local function main(size)
  local norm
  for _ = 1, size do
    norm = spectral_norm(16)
    assert(math.abs(norm - 1.27352521545) < 1e-9)
  end
  return string.format("spectral_norm %.9f", norm)
end

print(main(tonumber((...)) or 950))
