"""Big lists that grow and shrink: at the end, in the middle; a queue, a dict of many keys."""

import sys
from collections import deque


def stack_work(count: int) -> int:
    stack: list[int] = []
    total = 0
    for i in range(1, count + 1):
        stack.append(i)
        if i % 3 == 0:
            total += stack.pop()
    while stack:
        total += stack.pop()
    return total


def middle_work(count: int) -> int:
    items: list[int] = []
    for i in range(1, count + 1):
        items.insert(len(items) // 2, i)
    total = 0
    for i in range(1, count // 2 + 1):
        total += i * items.pop(len(items) // 3)
    return total + len(items)


def queue_work(count: int) -> int:
    queue: deque[int] = deque()
    total = 0
    for i in range(1, count + 1):
        queue.append(i)
        if i % 2 == 0:
            total += queue.popleft()
    return total + len(queue) - 1


def set_work(count: int) -> int:
    members: dict[str, int] = {}
    for i in range(1, count + 1):
        key = f"key{i * 7 % count}"
        if key in members:
            del members[key]
        else:
            members[key] = i
    for i in range(0, count, 2):
        members.pop(f"key{i}", None)
    left = 0
    for _ in members:
        left += 1
    assert left == len(members)
    return left


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        stack, middle = stack_work(600), middle_work(300)
        assert stack == 600 * 601 // 2
        queue, left = queue_work(600), set_work(300)
        assert left == 150
        total += stack + middle + queue + left
    return f"insert_remove {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000))
