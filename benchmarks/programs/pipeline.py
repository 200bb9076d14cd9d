"""A pipeline of generators: producers, filters, a merge, a tree walked from within."""

from __future__ import annotations

import sys
from collections.abc import Iterator


def numbers(limit: int) -> Iterator[int]:
    for i in range(1, limit + 1):  # noqa: UP028  the first stage does what the others do
        yield i


def multiples(source: Iterator[int], divisor: int) -> Iterator[int]:
    for x in source:
        if x % divisor == 0:
            yield x


def running_sum(source: Iterator[int]) -> Iterator[int]:
    total = 0
    for x in source:
        total += x
        yield total


def merge(first: Iterator[int], second: Iterator[int]) -> Iterator[int]:
    a, b = next(first, None), next(second, None)
    while a is not None and b is not None:
        if a <= b:
            yield a
            a = next(first, None)
        else:
            yield b
            b = next(second, None)
    while a is not None:
        yield a
        a = next(first, None)
    while b is not None:
        yield b
        b = next(second, None)


class Tree:
    def __init__(self, key: int) -> None:
        self.key = key
        self.left: Tree | None = None
        self.right: Tree | None = None


def insert(tree: Tree | None, key: int) -> Tree:
    if tree is None:
        return Tree(key)
    if key < tree.key:
        tree.left = insert(tree.left, key)
    else:
        tree.right = insert(tree.right, key)
    return tree


def walk(tree: Tree | None) -> Iterator[int]:
    if tree is not None:
        yield from walk(tree.left)
        yield tree.key
        yield from walk(tree.right)


def main(size: int) -> str:
    total = 0
    for number in range(1, size + 1):
        last_sum = 0
        for x in running_sum(merge(multiples(numbers(120), 2), multiples(numbers(120), 3))):
            last_sum = x
        assert last_sum == 6120
        tree, seed = None, number
        for _ in range(40):
            seed = seed * 16807 % 2147483647
            tree = insert(tree, seed % 1000)
        last, count = -1, 0
        for key in walk(tree):
            assert key >= last
            last, count = key, count + 1
        assert count == 40
        total += last_sum + last
    return f"pipeline {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000))
