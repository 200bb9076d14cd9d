"""Memoising with string keys: edit distance and grid paths by recursion."""

import sys
from collections.abc import Callable

Remembered = Callable[[int, int], int]


def memoize(f: Callable[[Remembered, int, int], int]) -> tuple[Remembered, Callable[[], int]]:
    results: dict[str, int] = {}
    hits = 0

    def remembered(a: int, b: int) -> int:
        nonlocal hits
        key = f"{a}:{b}"
        if key in results:
            hits += 1
            return results[key]
        result = f(remembered, a, b)
        results[key] = result
        return result

    return remembered, lambda: hits


def edit_distance(first: str, second: str) -> tuple[int, int]:
    def find(distance: Remembered, i: int, j: int) -> int:
        if i == 0:
            return j
        if j == 0:
            return i
        if first[i - 1] == second[j - 1]:
            return distance(i - 1, j - 1)
        return 1 + min(distance(i - 1, j), distance(i, j - 1), distance(i - 1, j - 1))

    distance, hits = memoize(find)
    return distance(len(first), len(second)), hits()


def grid_paths(width: int, height: int) -> int:
    def find(paths: Remembered, column: int, row: int) -> int:
        if column == 0 or row == 0:
            return 1
        return paths(column - 1, row) + paths(column, row - 1)

    paths, _ = memoize(find)
    return paths(width, height)


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        distance, hits = edit_distance("intention of memory", "execution by memoir")
        assert distance == 9
        assert grid_paths(10, 10) == 184756
        total += distance + hits
    return f"memo {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500))
