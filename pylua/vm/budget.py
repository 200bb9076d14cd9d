"""How many instructions may still run: a limit comes in, and is spent by the VM and by fast code.

    budget.set(10_000_000_000)    cell [1073741823], the rest waits

`cell[0]` is what the VM counts down. It is kept small: CPython compares and subtracts ints below 2**30
quickest. Fast code pays the same prices again and again, by taking units from an iterator:

    for q in fuel.f7: break       7 instructions, paid to the cell for thousands of units at once
    else: refuel(7)               more units, or Spent

On CPython 3.11 that takes 14 ns, `cell[0] -= 7` with a check 33; on 3.12 16 and 53.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import repeat
from operator import length_hint

from pylua.bytecode.opcodes import Op
from pylua.errors import Spent
from pylua.hints import Final
from pylua.vm.decoding import RETURN_CLOSE

__all__ = ["COUNTING", "SPECIALLY_COUNTED", "Budget", "Fuel"]

COUNTING: Final = "counting"
"""`State.watching` if instructions are to be counted, and nobody looks at them."""
SPECIALLY_COUNTED: Final = frozenset({Op.TFORLOOP, Op.VARARGPREP, Op.RETURN, RETURN_CLOSE})
"""Instructions that are not always counted (see State.observe)."""
_PORTION: Final = (1 << 30) - 1
_UNITS: Final = 1 << 16
_NONE: Final[Iterator[None]] = iter(())
_SHARE: Final = 16
"""Units of one price are bought for no more than such a part of what is left."""


class Fuel:
    """The units of each price that are paid: `fuel.f7` gives one for each 7 instructions."""

    __slots__ = ("__dict__",)


class Budget:
    """Of one State. Without a limit everything is counted down all the same, and filled again."""

    __slots__ = ("_units", "cell", "fuel", "is_limited", "rest")

    def __init__(self) -> None:
        self.cell = [_PORTION]
        self._units: dict[str, Iterator[None]] = {}
        self.fuel = Fuel()
        self.fuel.__dict__ = self._units  # as a Table's: read as an attribute it takes 2 ns, else 20
        self.rest = 0
        self.is_limited = False

    def set(self, count: int | None) -> None:
        """Lets `count` more instructions run; None: no limit."""
        self.is_limited = count is not None
        self._drop_units()
        self.cell[0] = 0
        self.rest = max(count or 0, 0)
        self.refill()

    def left(self) -> int:
        """How many instructions may run, if there is a limit."""
        units = sum(int(name[1:]) * length_hint(each) for name, each in self._units.items())
        return self.cell[0] + self.rest + units

    def refill(self) -> bool:
        """Puts as much as may be into the cell; whether there is anything to spend."""
        self.rest = self.left() - self.cell[0]
        self._drop_units()
        if not self.is_limited:
            self.rest = _PORTION
        portion = min(self.rest, max(_PORTION - self.cell[0], 0))
        self.cell[0] += portion
        self.rest -= portion
        return self.cell[0] > 0

    def offer(self, price: int) -> None:
        """Code will ask for units of this price."""
        self._units.setdefault(sys.intern(f"f{price}"), _NONE)

    def _drop_units(self) -> None:
        for name in self._units:
            self._units[name] = _NONE

    def refuel(self, price: int) -> None:
        """Pays `price`, and for many units of it in advance; raises Spent, unpaid, if there is too little."""
        if self.cell[0] < price * _SHARE:
            self.refill()
        count = max(1, min(_UNITS, self.cell[0] // (price * _SHARE)))
        if self.cell[0] < price * count:
            raise Spent
        self._units[sys.intern(f"f{price}")] = repeat(None, count - 1)
        self.cell[0] -= price * count

    def give_back(self, count: int) -> None:
        """Takes back what was paid for instructions that did not run."""
        self.cell[0] += count
