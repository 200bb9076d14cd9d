"""A constraint solver (arc consistency and backtracking): many small objects of several classes."""

from __future__ import annotations

import sys
from collections import deque


class Variable:
    def __init__(self, name: str, low: int, high: int) -> None:
        self.name = name
        self.domain = list(range(low, high + 1))
        self.constraints: list[Constraint] = []

    def is_decided(self) -> bool:
        return len(self.domain) == 1

    def value(self) -> int:
        return self.domain[0]


class Constraint:
    """A constraint between two variables."""

    def __init__(self, first: Variable, second: Variable) -> None:
        self.first = first
        self.second = second
        self.is_queued = False
        first.constraints.append(self)
        second.constraints.append(self)

    def allows(self, a: int, b: int) -> bool:
        raise NotImplementedError

    def has_support(self, value: int, is_first: bool, others: list[int]) -> bool:
        for other in others:
            if is_first:
                if self.allows(value, other):
                    return True
            elif self.allows(other, value):
                return True
        return False

    def revise(self, trail: Trail) -> list[Variable] | None:
        """The variables whose domains shrank, or None if one has no value left."""
        changed = []
        for variable in (self.first, self.second):
            is_first = variable is self.first
            others = self.second.domain if is_first else self.first.domain
            remaining = [value for value in variable.domain if self.has_support(value, is_first, others)]
            if not remaining:
                return None
            if len(remaining) < len(variable.domain):
                trail.save(variable)
                variable.domain = remaining
                changed.append(variable)
        return changed


class Different(Constraint):
    def allows(self, a: int, b: int) -> bool:
        return a != b


class Apart(Constraint):
    def __init__(self, first: Variable, second: Variable, distance: int) -> None:
        super().__init__(first, second)
        self.distance = distance

    def allows(self, a: int, b: int) -> bool:
        return abs(a - b) != self.distance


class Before(Constraint):
    def allows(self, a: int, b: int) -> bool:
        return a < b


class Change:
    def __init__(self, variable: Variable) -> None:
        self.variable = variable
        self.domain = variable.domain


class Trail:
    """What to undo."""

    def __init__(self) -> None:
        self.entries: list[Change] = []

    def save(self, variable: Variable) -> None:
        self.entries.append(Change(variable))

    def mark(self) -> int:
        return len(self.entries)

    def undo(self, mark: int) -> None:
        while len(self.entries) > mark:
            entry = self.entries.pop()
            entry.variable.domain = entry.domain


class Solver:
    def __init__(self, variables: list[Variable]) -> None:
        self.variables = variables
        self.trail = Trail()
        self.solutions: list[list[int]] = []

    def propagate(self, constraints: list[Constraint]) -> bool:
        queue = deque(constraints)
        while queue:
            constraint = queue.popleft()
            constraint.is_queued = False
            changed = constraint.revise(self.trail)
            if changed is None:
                for waiting in queue:
                    waiting.is_queued = False
                return False
            for variable in changed:
                for affected in variable.constraints:
                    if affected is not constraint and not affected.is_queued:
                        affected.is_queued = True
                        queue.append(affected)
        return True

    def choose(self) -> Variable | None:
        best = None
        for variable in self.variables:
            if not variable.is_decided() and (best is None or len(variable.domain) < len(best.domain)):
                best = variable
        return best

    def search(self) -> None:
        variable = self.choose()
        if variable is None:
            self.solutions.append([decided.value() for decided in self.variables])
            return
        for value in variable.domain:
            mark = self.trail.mark()
            self.trail.save(variable)
            variable.domain = [value]
            if self.propagate(variable.constraints):
                self.search()
            self.trail.undo(mark)


def queens(n: int) -> list[Variable]:
    variables = [Variable(f"row{i}", 1, n) for i in range(n)]
    for i in range(n):
        for j in range(i + 1, n):
            Different(variables[i], variables[j])
            Apart(variables[i], variables[j], j - i)
    return variables


def schedule(n: int) -> list[Variable]:
    variables: list[Variable] = []
    for i in range(n):
        variables.append(Variable(f"task{i}", 1, n + 1))
        if i >= 2:
            Before(variables[i - 2], variables[i])
    for i in range(n - 1):
        Different(variables[i], variables[i + 1])
        Apart(variables[i], variables[i + 1], 3)
    return variables


def main(size: int) -> str:
    total = 0
    for _ in range(size):
        board = Solver(queens(5))
        board.search()
        assert len(board.solutions) == 10
        plan = Solver(schedule(4))
        plan.search()
        assert len(plan.solutions) == 20
        for solution in plan.solutions:
            for i in range(2, 4):
                assert solution[i - 2] < solution[i]
            total += solution[0] * solution[3]
        for solution in board.solutions:
            total += solution[0] * 10 + solution[4]
    assert total == size * 485
    return f"constraints {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
