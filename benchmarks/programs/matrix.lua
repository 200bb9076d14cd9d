-- Matrix product: nested tables of floats.

local function make(n, f)
  local matrix = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do
      row[j] = f(i, j)
    end
    matrix[i] = row
  end
  return matrix
end

local function transpose(m)
  return make(#m, function(i, j) return m[j][i] end)
end

local function multiply(a, b)
  local columns = transpose(b)
  local n = #a
  local product = {}
  for i = 1, n do
    local row, result = a[i], {}
    for j = 1, n do
      local column, sum = columns[j], 0.0
      for k = 1, n do
        sum = sum + row[k] * column[k]
      end
      result[j] = sum
    end
    product[i] = result
  end
  return product
end

local function trace(m)
  local sum = 0.0
  for i = 1, #m do
    sum = sum + m[i][i]
  end
  return sum
end

local function main(size)
  local n = 20
  local a = make(n, function(i, j) return (i - j) / 2 end)
  local b = make(n, function(i, j) return (i + 2 * j) % 7 / 4 end)
  local total = 0.0
  for _ = 1, size do
    local there, back = multiply(a, b), multiply(b, a)
    assert(trace(there) == trace(back))
    total = total + there[1][n] + back[n][1]
  end
  assert(total == size * 0.125)
  return string.format("matrix %.3f", total)
end

print(main(tonumber((...)) or 1000))
