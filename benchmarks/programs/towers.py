"""The towers of Hanoi: an object with three stacks."""

import sys


class Towers:
    def __init__(self, discs: int) -> None:
        self.piles: list[list[int]] = [[], [], []]
        self.moves = 0
        for disc in range(discs, 0, -1):
            self.push(0, disc)

    def push(self, pile_number: int, disc: int) -> None:
        pile = self.piles[pile_number]
        if pile and pile[-1] <= disc:
            raise ValueError("a big disc cannot lie on a small one")
        pile.append(disc)

    def pop(self, pile_number: int) -> int:
        pile = self.piles[pile_number]
        if not pile:
            raise ValueError("the pile is empty")
        return pile.pop()

    def move_top(self, source: int, target: int) -> None:
        self.push(target, self.pop(source))
        self.moves += 1

    def move(self, discs: int, source: int, target: int) -> None:
        if discs == 1:
            self.move_top(source, target)
            return
        other = 3 - source - target
        self.move(discs - 1, source, other)
        self.move_top(source, target)
        self.move(discs - 1, other, target)


def main(size: int) -> str:
    moves = 0
    for _ in range(size):
        towers = Towers(9)
        towers.move(9, 0, 2)
        assert not towers.piles[0] and len(towers.piles[2]) == 9
        moves += towers.moves
    assert moves == size * 511
    return f"towers {moves}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4500))
