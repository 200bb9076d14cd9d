"""The spectral norm of an infinite matrix's corner: float lists and a small function."""

import math
import sys


def entry(i: int, j: int) -> float:
    total = i + j
    return 1.0 / (total * (total + 1) // 2 + i + 1)


def times(vector: list[float]) -> list[float]:
    result = []
    for i in range(len(vector)):
        total = 0.0
        for j, x in enumerate(vector):
            total += entry(i, j) * x
        result.append(total)
    return result


def transposed_times(vector: list[float]) -> list[float]:
    result = []
    for i in range(len(vector)):
        total = 0.0
        for j, x in enumerate(vector):
            total += entry(j, i) * x
        result.append(total)
    return result


def spectral_norm(n: int) -> float:
    u = [1.0] * n
    for _ in range(5):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    uv = vv = 0.0
    for i in range(n):
        uv += u[i] * v[i]
        vv += v[i] * v[i]
    return math.sqrt(uv / vv)


def main(size: int) -> str:
    norm = 0.0
    for _ in range(size):
        norm = spectral_norm(16)
        assert abs(norm - 1.27352521545) < 1e-9
    return f"spectral_norm {norm:.9f}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 950))
