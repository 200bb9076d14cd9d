"""Binary trees: many small objects that soon are garbage, beside one that stays."""

from __future__ import annotations

import sys


class Tree:
    def __init__(self, depth: int) -> None:
        self.left: Tree | None = None
        self.right: Tree | None = None
        if depth > 0:
            self.left = Tree(depth - 1)
            self.right = Tree(depth - 1)

    def count(self) -> int:
        if self.left is None or self.right is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def main(size: int) -> str:
    lasting = Tree(10)
    nodes = 0
    for number in range(1, size + 1):
        depth = 4 + number % 5
        tree = Tree(depth)
        count = tree.count()
        assert count == 2 ** (depth + 1) - 1
        nodes += count
    assert lasting.count() == 2047
    return f"binary_trees {nodes}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15000))
