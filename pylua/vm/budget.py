"""How many instructions may still run: a limit comes in, and is spent by the VM and by fast code.

    budget.set(10_000_000_000)    cell [1073741823], the rest waits

`cell[0]` is what both count down. It is kept small: CPython compares and subtracts ints below 2**30 quickest.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import Final
from pylua.vm.decoding import RETURN_CLOSE

__all__ = ["COUNTING", "SPECIALLY_COUNTED", "Budget"]

COUNTING: Final = "counting"
"""`State.watching` if instructions are to be counted, and nobody looks at them."""
SPECIALLY_COUNTED: Final = frozenset({Op.TFORLOOP, Op.VARARGPREP, Op.RETURN, RETURN_CLOSE})
"""Instructions that are not always counted (see State.observe)."""
_PORTION: Final = (1 << 30) - 1


class Budget:
    """Of one State. Without a limit the cell is counted down all the same, and filled again."""

    __slots__ = ("cell", "is_limited", "rest")

    def __init__(self) -> None:
        self.cell = [_PORTION]
        self.rest = 0
        self.is_limited = False

    def set(self, count: int | None) -> None:
        """Lets `count` more instructions run; None: no limit."""
        self.is_limited = count is not None
        self.cell[0] = 0
        self.rest = max(count or 0, 0)
        self.refill()

    def left(self) -> int:
        """How many instructions may run, if there is a limit."""
        return self.cell[0] + self.rest

    def refill(self) -> bool:
        """Puts as much as may be into the cell; whether there is anything to spend."""
        if not self.is_limited:
            self.cell[0] = _PORTION
            return True
        portion = min(self.rest, max(_PORTION - self.cell[0], 0))
        self.cell[0] += portion
        self.rest -= portion
        return self.cell[0] > 0

    def give_back(self, count: int) -> None:
        """Takes back what was paid for instructions that did not run."""
        self.cell[0] += count
