-- Recursive calls: Fibonacci numbers from their definition.

local function fib(n)
  if n < 2 then
    return n
  end
  return fib(n - 1) + fib(n - 2)
end

local function main(size)
  local total = 0
  for _ = 1, size do
    total = total + fib(18)
  end
  assert(total == size * 2584)
  return "fib " .. total
end

print(main(tonumber((...)) or 2000))
