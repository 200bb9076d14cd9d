"""Recursive calls: Fibonacci numbers from their definition."""

import sys


def fib(n: int) -> int:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        total += fib(18)
    assert total == size * 2584
    return f"fib {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
