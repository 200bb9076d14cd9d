"""Closures: counters, composed functions, maps and folds."""

import sys
from collections.abc import Callable

Function = Callable[[int], int]


def counter(start: int, step: int) -> Callable[[], int]:
    count = start - step

    def advance() -> int:
        nonlocal count
        count += step
        return count

    return advance


def compose(f: Function, g: Function) -> Function:
    return lambda x: f(g(x))


def apply_to_all(f: Function, items: list[int]) -> list[int]:
    return [f(item) for item in items]


def select(accepts: Callable[[int], bool], items: list[int]) -> list[int]:
    return [item for item in items if accepts(item)]


def fold(f: Callable[[int, int], int], start: int, items: list[int]) -> int:
    result = start
    for item in items:
        result = f(result, item)
    return result


def adder(n: int) -> Function:
    return lambda x: x + n


def make_account(
    balance: int,
) -> tuple[Callable[[int], None], Callable[[int], bool], Callable[[], int], list[int]]:
    history: list[int] = []

    def record(amount: int) -> None:
        history.append(amount)

    def deposit(amount: int) -> None:
        nonlocal balance
        balance += amount
        record(amount)

    def withdraw(amount: int) -> bool:
        nonlocal balance
        if amount > balance:
            return False
        balance -= amount
        record(-amount)
        return True

    return deposit, withdraw, lambda: balance, history


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        next_number = counter(1, 3)
        numbers = [next_number() for _ in range(50)]
        add_all = adder(0)
        for i in range(1, 11):
            add_all = compose(adder(i), add_all)
        odd = select(lambda x: x % 2 == 1, apply_to_all(add_all, numbers))
        odd_sum = fold(lambda a, b: a + b, 0, odd)
        assert len(odd) == 25 and odd_sum == 3275

        deposit, withdraw, balance, history = make_account(100)
        refused = 0
        for i in range(1, 31):
            deposit(i)
            if not withdraw(2 * i + 10):
                refused += 1
        assert fold(lambda a, b: a + b, 100, history) == balance()
        total += odd_sum + balance() + refused
    return f"closures {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10000))
