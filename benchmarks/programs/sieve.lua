-- The sieve of Eratosthenes: an array of booleans.

local function sieve(limit)
  local is_prime = {}
  for i = 1, limit do
    is_prime[i] = true
  end
  local primes = {}
  for i = 2, limit do
    if is_prime[i] then
      primes[#primes + 1] = i
      for multiple = i * i, limit, i do
        is_prime[multiple] = false
      end
    end
  end
  return primes
end

local function main(size)
  local sum = 0
  for _ = 1, size do
    local primes = sieve(5000)
    assert(#primes == 669 and primes[669] == 4999)
    sum = sum + #primes
  end
  return "sieve " .. sum
end

print(main(tonumber((...)) or 2000))
