"""Float arithmetic: integrals, roots and series."""

import math
import sys
from collections.abc import Callable


def simpson(f: Callable[[float], float], start: float, end: float, steps: int) -> float:
    width = (end - start) / steps
    total = f(start) + f(end)
    for i in range(1, steps):
        weight = 4.0 if i % 2 == 1 else 2.0
        total += weight * f(start + i * width)
    return total * width / 3.0


def newton_root(x: float) -> float:
    guess = x / 2.0
    while abs(guess * guess - x) > 1e-12 * x:
        guess = 0.5 * (guess + x / guess)
    return guess


def series_e(x: float) -> float:
    term = total = 1.0
    n = 0
    while term > 1e-17:
        n += 1
        term = term * x / n
        total += term
    return total


def quarter_circle(x: float) -> float:
    return 1.0 / (1.0 + x * x)


def main(size: int) -> str:
    total = 0.0
    for _ in range(size):
        pi = 4.0 * simpson(quarter_circle, 0.0, 1.0, 200)
        assert abs(pi - math.pi) < 1e-10
        two = simpson(math.sin, 0.0, math.pi, 200)
        assert abs(two - 2.0) < 1e-7
        roots = 0.0
        for i in range(1, 31):
            x = i * 1.5
            root = newton_root(x)
            assert abs(root - math.sqrt(x)) < 1e-9
            roots += root
        e = series_e(1.5)
        assert abs(e - math.exp(1.5)) < 1e-12
        total += pi + two + roots + e
    return f"float_math {total:.6f}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000))
