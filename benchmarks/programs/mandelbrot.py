"""The Mandelbrot set: a float loop."""

import sys

LIMIT = 50


def escape_time(cx: float, cy: float) -> int:
    x = y = 0.0
    for i in range(1, LIMIT + 1):
        xx, yy = x * x, y * y
        if xx + yy > 4.0:
            return i
        x, y = xx - yy + cx, 2.0 * x * y + cy
    return 0


def main(size: int) -> str:
    width, height = 24, 16
    total = 0
    for _ in range(size):
        inside = steps_taken = 0
        for row in range(height):
            cy = row * 2.0 / height - 1.0
            for column in range(width):
                steps = escape_time(column * 3.0 / width - 2.0, cy)
                if steps == 0:
                    inside += 1
                steps_taken += steps
        assert inside == 108
        total += steps_taken
    assert total == size * 1752
    return f"mandelbrot {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
