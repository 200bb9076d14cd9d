"""All ways to put queens on a board: recursion and flags in lists."""

import sys


class Board:
    def __init__(self, n: int) -> None:
        self.n = n
        self.columns = [True] * n
        self.rising = [True] * (2 * n)
        self.falling = [True] * (2 * n)
        self.placed = [0] * n
        self.solutions = 0
        self.checksum = 0

    def place(self, row: int) -> None:
        n = self.n
        if row == n:
            self.solutions += 1
            self.checksum += (self.placed[0] + 1) * 10 + self.placed[n - 1] + 1
            return
        columns, rising, falling = self.columns, self.rising, self.falling
        for column in range(n):
            if columns[column] and rising[row + column] and falling[row - column + n]:
                columns[column] = rising[row + column] = falling[row - column + n] = False
                self.placed[row] = column
                self.place(row + 1)
                columns[column] = rising[row + column] = falling[row - column + n] = True


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        board = Board(7)
        board.place(0)
        assert board.solutions == 40
        total += board.checksum
    assert total == size * 1760
    return f"queens {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
