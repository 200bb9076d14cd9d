"""The sieve of Eratosthenes: a list of booleans."""

import sys


def sieve(limit: int) -> list[int]:
    is_prime = [True] * (limit + 1)
    primes = []
    for i in range(2, limit + 1):
        if is_prime[i]:
            primes.append(i)
            for multiple in range(i * i, limit + 1, i):
                is_prime[multiple] = False
    return primes


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        primes = sieve(5000)
        assert len(primes) == 669 and primes[-1] == 4999
        total += len(primes)
    return f"sieve {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
