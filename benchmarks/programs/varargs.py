"""Functions of any number of arguments: packed, forwarded, selected, unpacked."""

import sys
from collections.abc import Callable

Function = Callable[..., int]


def add(*values: int) -> int:
    total = 0
    for value in values:
        total += value
    return total


def largest(first: int, *others: int) -> int:
    best = first
    for value in others:
        if value > best:
            best = value
    return best


def count(*arguments: object) -> int:
    return len(arguments)


def traced(f: Function, log: list[int]) -> Function:
    def call(*arguments: int) -> int:
        log.append(count(*arguments))
        return f(*arguments)

    return call


def bind(f: Function, *bound: int) -> Function:
    def call(*arguments: int) -> int:
        return f(*bound, *arguments)

    return call


def minimum_and_maximum(*values: int) -> tuple[int, int]:
    return min(*values), max(*values)


def join(separator: str, *values: object) -> str:
    return separator.join([str(value) for value in values])


def main(size: int) -> str:
    total = 0
    for number in range(1, size + 1):
        log: list[int] = []
        traced_add = traced(add, log)
        for i in range(1, 11):
            total += traced_add(i, number, 3, i + 1) + largest(i, 5, number % 7, 3)
        assert len(log) == 10 and log[9] == 4
        with_two = bind(add, 10, 20)
        assert with_two() == 30 and with_two(5, 6, 7) == 48
        low, high = minimum_and_maximum(5, number % 3, 9, 2)
        assert low == min(number % 3, 2) and high == 9
        assert join("-", "a", "b", number % 10) == f"a-b-{number % 10}"
        assert count() == 0 and count(None, None) == 2
        total += low + high + with_two(number % 11)
    return f"varargs {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 90000))
