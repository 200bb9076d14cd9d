"""Pancake flips over all permutations: small lists, swapped and copied."""

import sys


def fannkuch(n: int) -> tuple[int, int]:
    order = list(range(n))
    counts = [0] * (n + 1)
    checksum = most = 0
    sign, depth = 1, n + 1
    while True:
        counts[2:depth] = range(2, depth)
        flipped = order[:]
        flips, first = 0, flipped[0]
        while first != 0:
            low, high = 0, first
            while low < high:
                flipped[low], flipped[high] = flipped[high], flipped[low]
                low, high = low + 1, high - 1
            flips += 1
            first = flipped[0]
        most = max(most, flips)
        checksum += sign * flips
        sign = -sign
        depth = 1
        while True:
            depth += 1
            if depth > n:
                return checksum, most
            order.insert(depth - 1, order.pop(0))
            counts[depth] -= 1
            if counts[depth] > 0:
                break


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        checksum, most = fannkuch(6)
        assert most == 10
        total += checksum
    assert total == size * 49
    return f"fannkuch {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 850))
