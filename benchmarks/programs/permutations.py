"""All permutations of a list (Heap's algorithm): swaps and a callback."""

import sys
from collections.abc import Callable


def permute(items: list[int], n: int, visit: Callable[[list[int]], None]) -> None:
    if n == 1:
        visit(items)
        return
    for i in range(n - 1):
        permute(items, n - 1, visit)
        other = i if n % 2 == 0 else 0
        items[other], items[n - 1] = items[n - 1], items[other]
    permute(items, n - 1, visit)


def main(size: int) -> str:
    count = checksum = 0

    def visit(items: list[int]) -> None:
        nonlocal count, checksum
        count += 1
        checksum = (checksum + items[0] * items[-1] * count) % 1000003

    for _ in range(size):
        items = [1, 2, 3, 4, 5, 6]
        permute(items, len(items), visit)
    assert count == size * 720
    return f"permutations {checksum}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
