"""Matrix product: nested lists of floats."""

import sys
from collections.abc import Callable

Matrix = list[list[float]]


def make(n: int, f: Callable[[int, int], float]) -> Matrix:
    return [[f(i, j) for j in range(1, n + 1)] for i in range(1, n + 1)]


def transpose(m: Matrix) -> Matrix:
    return [list(column) for column in zip(*m, strict=True)]


def multiply(a: Matrix, b: Matrix) -> Matrix:
    columns = transpose(b)
    n = len(a)
    product = []
    for row in a:
        result = []
        for column in columns:
            total = 0.0
            for k in range(n):
                total += row[k] * column[k]
            result.append(total)
        product.append(result)
    return product


def trace(m: Matrix) -> float:
    return sum(m[i][i] for i in range(len(m)))


def main(size: int) -> str:
    n = 20
    a = make(n, lambda i, j: (i - j) / 2)
    b = make(n, lambda i, j: (i + 2 * j) % 7 / 4)
    total = 0.0
    for _ in range(size):
        there, back = multiply(a, b), multiply(b, a)
        assert trace(there) == trace(back)
        total += there[0][n - 1] + back[n - 1][0]
    assert total == size * 0.125
    return f"matrix {total:.3f}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
