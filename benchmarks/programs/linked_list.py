"""A linked list: built, reversed, sorted by merging, walked."""

from __future__ import annotations

import sys


class Node:
    def __init__(self, value: int, rest: Node | None = None) -> None:
        self.value = value
        self.rest = rest


class List:
    def __init__(self) -> None:
        self.first: Node | None = None
        self.length = 0

    def push(self, value: int) -> None:
        self.first = Node(value, self.first)
        self.length += 1

    def reverse(self) -> None:
        turned, node = None, self.first
        while node:
            rest = node.rest
            node.rest = turned
            turned, node = node, rest
        self.first = turned

    def sort(self) -> None:
        self.first = merge_sort(self.first)

    def is_sorted(self) -> bool:
        node = self.first
        while node and node.rest:
            if node.value > node.rest.value:
                return False
            node = node.rest
        return True

    def sum(self) -> int:
        total, node = 0, self.first
        while node:
            total += node.value
            node = node.rest
        return total


def merge(a: Node | None, b: Node | None) -> Node | None:
    last = head = Node(0)
    while a and b:
        if b.value < a.value:
            last.rest = b
            last, b = b, b.rest
        else:
            last.rest = a
            last, a = a, a.rest
    last.rest = a or b
    return head.rest


def split(node: Node) -> tuple[Node, Node | None]:
    slow, fast = node, node.rest
    while fast and fast.rest:
        slow, fast = slow.rest, fast.rest.rest  # type: ignore[assignment]
    second = slow.rest
    slow.rest = None
    return node, second


def merge_sort(node: Node | None) -> Node | None:
    if node is None or node.rest is None:
        return node
    first, second = split(node)
    return merge(merge_sort(first), merge_sort(second))


def main(size: int) -> str:
    seed, total = 42, 0
    for _ in range(size):
        numbers, expected = List(), 0
        for _ in range(100):
            seed = seed * 16807 % 2147483647
            numbers.push(seed % 1000)
            expected += seed % 1000
        numbers.reverse()
        numbers.sort()
        assert numbers.is_sorted() and numbers.sum() == expected and numbers.length == 100
        third = numbers.first.rest.rest  # type: ignore[union-attr]
        assert third is not None
        total += third.value
    return f"linked_list {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 6500))
