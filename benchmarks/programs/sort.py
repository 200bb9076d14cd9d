"""Sorting with comparators: records by several keys, and plain numbers."""

import sys
from collections.abc import Callable
from functools import cmp_to_key
from typing import TypeVar

Item = TypeVar("Item")


class Record:
    def __init__(self, number: int, group: int, score: float, name: str) -> None:
        self.id = number
        self.group = group
        self.score = score
        self.name = name


def make_records(count: int, seed: int) -> list[Record]:
    records = []
    for i in range(1, count + 1):
        seed = seed * 16807 % 2147483647
        records.append(Record(i, seed % 7, seed // 7 % 50 / 2, f"n{seed % 100}"))
    return records


def by_score(a: Record, b: Record) -> int:
    if a.score != b.score:
        return -1 if a.score > b.score else 1
    return a.id - b.id


def by_group_and_name(a: Record, b: Record) -> int:
    if a.group != b.group:
        return a.group - b.group
    if a.name != b.name:
        return -1 if a.name < b.name else 1
    return a.id - b.id


def descending(a: float, b: float) -> int:
    return (a < b) - (a > b)


def is_sorted(items: list[Item], compare: Callable[[Item, Item], float]) -> bool:
    return all(compare(items[i], items[i - 1]) >= 0 for i in range(1, len(items)))


def main(size: int) -> str:
    checksum = 0
    for number in range(1, size + 1):
        records = make_records(100, number)
        records.sort(key=cmp_to_key(by_score))
        assert is_sorted(records, by_score)
        checksum += records[0].id
        records.sort(key=cmp_to_key(by_group_and_name))
        assert is_sorted(records, by_group_and_name)
        checksum += records[99].id

        numbers = [record.score for record in records]
        numbers.sort()
        assert is_sorted(numbers, lambda a, b: a - b)
        numbers.sort(key=cmp_to_key(descending))
        assert numbers[0] >= numbers[99]
        checksum = (checksum * 31 + int(numbers[49] * 2)) % 1000003
    return f"sort {checksum}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
