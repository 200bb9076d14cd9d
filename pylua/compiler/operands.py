"""Operands: what the compiler knows about the value of an expression before it must exist.

Code is delayed as long as possible, so that a value lands where it is wanted at once:

    source      operand                                        code already written
    5           INTEGER 5                                      none
    x (local)   LOCAL, its register                            none
    t.name      FIELD, register of t and constant of "name"    none
    a + b       PENDING, pc of the ADD                         ADD with its target still open
    a < b       TEST, pc of the jump taken when true           LT, JMP
    a and b     the operand of b, false_jumps [pc]             TESTSET, JMP; b's code

An operand with jumps has its final value only where those jumps meet.
"""

from __future__ import annotations

from pylua.hints import Any, Final

__all__ = [
    "CALL",
    "CONSTANT",
    "FALSE_VALUE",
    "FIELD",
    "FLOAT",
    "INTEGER",
    "INTEGER_INDEX",
    "LOCAL",
    "NAMED_CONSTANT",
    "NIL",
    "NOTHING",
    "PENDING",
    "REGISTER",
    "REGISTER_INDEX",
    "STRING",
    "TEST",
    "TRUE_VALUE",
    "UPVALUE",
    "UPVALUE_FIELD",
    "VARARG",
    "Operand",
]

NOTHING: Final = 0
"""An empty list of expressions."""
NIL: Final = 1
FALSE_VALUE: Final = 2
TRUE_VALUE: Final = 3
INTEGER: Final = 4
FLOAT: Final = 5
STRING: Final = 6
CONSTANT: Final = 7
"""`value` is an index into the constants."""
REGISTER: Final = 8
"""`value` is the register that holds the value."""
PENDING: Final = 9
"""`value` is the pc of an instruction whose target register is still to be filled in."""
TEST: Final = 10
"""`value` is the pc of the jump behind a comparison, taken when it holds."""

# From here on the value must still be fetched, see values.fetch().
LOCAL: Final = 11
"""`value` is the variable's register, `table` the Variable."""
UPVALUE: Final = 12
NAMED_CONSTANT: Final = 13
"""`value` is the Variable of a compile-time constant."""
UPVALUE_FIELD: Final = 14
"""`table` is an upvalue, `value` the index of a constant."""
FIELD: Final = 15
"""`table` is a register, `value` the index of a constant."""
INTEGER_INDEX: Final = 16
"""`table` is a register, `value` an integer."""
REGISTER_INDEX: Final = 17
"""`table` and `value` are registers."""
CALL: Final = 18
"""`value` is the pc of a CALL."""
VARARG: Final = 19
"""`value` is the pc of a VARARG."""


class Operand:
    """One expression's value: `kind` says how to read `value` and `table`.

    `true_jumps` and `false_jumps` are the pcs of jumps that leave the expression early
    because it is known to be true, or false; None if there are none. A list belongs to one
    operand only and may be extended in place.
    """

    __slots__ = ("false_jumps", "kind", "table", "true_jumps", "value")

    kind: int
    value: Any
    table: Any
    true_jumps: list[int] | None
    false_jumps: list[int] | None

    def __init__(self, kind: int, value: Any = None, table: Any = None) -> None:
        self.kind = kind
        self.value = value
        self.table = table
        self.true_jumps = None
        self.false_jumps = None

    def add_true_jump(self, pc: int) -> None:
        """The jump at `pc` leaves when the expression is known to be true."""
        if self.true_jumps is None:
            self.true_jumps = [pc]
        else:
            self.true_jumps.append(pc)

    def add_false_jump(self, pc: int) -> None:
        """The jump at `pc` leaves when the expression is known to be false."""
        if self.false_jumps is None:
            self.false_jumps = [pc]
        else:
            self.false_jumps.append(pc)

    @property
    def is_numeral(self) -> bool:
        """Whether this is a number known now, without jumps around it."""
        return (
            (self.kind == INTEGER or self.kind == FLOAT)
            and self.true_jumps is None
            and self.false_jumps is None
        )

    @property
    def has_several_values(self) -> bool:
        """Whether this is a call or `...`, whose number of values can be chosen (§3.4.12)."""
        return self.kind >= CALL
