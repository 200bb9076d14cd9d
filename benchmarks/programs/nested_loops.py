"""Nested loops: triples of integers that satisfy a condition."""

import sys


def pythagorean_triples(limit: int) -> tuple[int, int]:
    count = perimeters = 0
    for a in range(1, limit + 1):
        for b in range(a, limit + 1):
            square = a * a + b * b
            for c in range(b, limit + 1):
                if c * c == square:
                    count += 1
                    perimeters += a + b + c
    return count, perimeters


def checkerboard(rows: int, columns: int) -> int:
    total = 0
    for row in range(1, rows + 1):
        for column in range(columns, 0, -1):
            if (row + column) % 2 == 0:
                total += row * column
            else:
                total -= row ^ column
    return total


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        count, perimeters = pythagorean_triples(25)
        assert count == 8 and perimeters == 306
        total += perimeters + checkerboard(30, 30)
    assert total == size * 101301
    return f"nested_loops {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000))
