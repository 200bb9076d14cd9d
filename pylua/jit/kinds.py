"""What is known of a value when code is generated: which types it may have, and an integer's range.

    (INT, 1, 10)              an integer from 1 to 10
    (INT | FLOAT, MIN, MAX)   some number
    ANYTHING                  nothing is known

A Known is (mask of types, lowest, highest); the range speaks of the value if it is an integer.
"""

from __future__ import annotations

from pylua.hints import Final, TypeAlias
from pylua.values.functions import LuaFunction, NativeFunction
from pylua.values.integers import MAX_INTEGER, MIN_INTEGER, SMALL_INTEGER
from pylua.values.table import Table
from pylua.values.types import FALSE, TRUE, LuaValue

__all__ = [
    "ANYTHING",
    "BARE_TABLE",
    "BOOLEAN",
    "FLOAT",
    "FUNCTION",
    "GUARDED",
    "INT",
    "LARGEST_STEP",
    "NIL",
    "NUMBER",
    "PLAIN",
    "SMALL_POSITIVE",
    "SOME_BOOLEAN",
    "SOME_FLOAT",
    "SOME_FUNCTION",
    "SOME_INTEGER",
    "SOME_LENGTH",
    "SOME_NIL",
    "SOME_NUMBER",
    "SOME_STRING",
    "SOME_TABLE",
    "STRING",
    "TABLE",
    "TYPES",
    "Known",
    "if_positive",
    "integer_between",
    "is_positive",
    "is_within",
    "join",
    "may_be",
    "of_value",
    "roughly",
    "stepped",
    "widen",
]

NIL: Final = 1
BOOLEAN: Final = 2
INT: Final = 4
FLOAT: Final = 8
STRING: Final = 16
TABLE: Final = 32
FUNCTION: Final = 64
OTHER: Final = 128
PLAIN: Final = 256
"""A table that may have a plain metatable (see values.table)."""
GUARDED: Final = 512
"""A table that may have another metatable."""
TYPES: Final = 255
"""All bits but those two."""
NUMBER: Final = INT | FLOAT

COUNTED_UP: Final = (1 << 61) + (1 << 54)
COUNTED_DOWN: Final = -COUNTED_UP
"""Where the range of what small steps change in a loop ends: to get here from within ± 2^61, where the loop
began, takes 2^44 of them. Told from the same number in a script by being these objects."""
_BEGIN: Final = 1 << 61
LARGEST_STEP: Final = 1024
"""Steps up to this are small."""

Known: TypeAlias = tuple[int, int, int]

ANYTHING: Final[Known] = (1023, MIN_INTEGER, MAX_INTEGER)
SOME_NIL: Final[Known] = (NIL, 0, 0)
SOME_BOOLEAN: Final[Known] = (BOOLEAN, 0, 0)
SOME_INTEGER: Final[Known] = (INT, MIN_INTEGER, MAX_INTEGER)
SOME_FLOAT: Final[Known] = (FLOAT, 0, 0)
SOME_NUMBER: Final[Known] = (NUMBER, MIN_INTEGER, MAX_INTEGER)
SOME_STRING: Final[Known] = (STRING, 0, 0)
SOME_TABLE: Final[Known] = (TABLE | PLAIN | GUARDED, 0, 0)
BARE_TABLE: Final[Known] = (TABLE, 0, 0)
"""A table without a metatable; what calls something may give it one."""
SMALL_POSITIVE: Final[Known] = (INT, 1, SMALL_INTEGER)
_NATURAL: Final[Known] = (INT, 0, SMALL_INTEGER)
_SMALL: Final[Known] = (INT, -SMALL_INTEGER, SMALL_INTEGER)
_TELLING: Final = frozenset({FLOAT, STRING, TABLE, TABLE | PLAIN})
SOME_LENGTH: Final[Known] = (INT, 0, 1 << 40)
SOME_FUNCTION: Final[Known] = (FUNCTION, 0, 0)


def of_value(value: LuaValue) -> Known:
    """What is known of a constant."""
    if type(value) is int:
        return (INT, value, value)
    if value is None:
        return SOME_NIL
    if type(value) is float:
        return SOME_FLOAT
    if type(value) is str:
        return SOME_STRING
    if value is TRUE or value is FALSE:
        return SOME_BOOLEAN
    if isinstance(value, Table):
        metatable = value.metatable
        if metatable is None:
            return BARE_TABLE
        return (TABLE | PLAIN, 0, 0) if metatable.is_plain else SOME_TABLE
    return SOME_FUNCTION if isinstance(value, (LuaFunction, NativeFunction)) else ANYTHING


def integer_between(lowest: int, highest: int) -> Known:
    """An integer of that range, as far as 64 bits reach."""
    return (INT, max(lowest, MIN_INTEGER), min(highest, MAX_INTEGER))


def join(left: Known, right: Known) -> Known:
    """What is known of a value that is one or the other."""
    if left == right:
        return left
    if not left[0] & INT:
        return (left[0] | right[0], right[1], right[2])
    if not right[0] & INT:
        return (left[0] | right[0], left[1], left[2])
    return (left[0] | right[0], min(left[1], right[1]), max(left[2], right[2]))


def widen(before: Known, now: Known) -> Known:
    """`now` with the bounds that still move given up, so that going round a loop ends."""
    if not before[0] & INT:
        return now
    lowest, highest = now[1], now[2]
    if lowest < before[1]:
        lowest = COUNTED_DOWN if lowest >= -_BEGIN or lowest is COUNTED_DOWN else MIN_INTEGER
    if highest > before[2]:
        highest = COUNTED_UP if highest <= _BEGIN or highest is COUNTED_UP else MAX_INTEGER
    return (now[0], lowest, highest)


def roughly(known: Known) -> Known:
    """One of few kinds to which a value of this kind belongs: code for some kinds is to serve many calls."""
    mask, lowest, highest = known
    if mask == INT:
        for kind in (SMALL_POSITIVE, _NATURAL, _SMALL):
            if lowest >= kind[1] and highest <= kind[2]:
                return kind
        if (lowest >= -_BEGIN or lowest is COUNTED_DOWN) and (highest <= _BEGIN or highest is COUNTED_UP):
            return (INT, COUNTED_DOWN, COUNTED_UP)
        return SOME_INTEGER
    if mask in _TELLING:
        return (mask, 0, 0)
    return SOME_NUMBER if not mask & ~NUMBER else ANYTHING


def is_within(known: Known, other: Known) -> bool:
    """Whether each value of the one kind is of the other."""
    in_range = not known[0] & INT or other[1] <= known[1] <= known[2] <= other[2]
    return not known[0] & ~other[0] and in_range


def stepped(known: Known, least: int, most: int) -> tuple[int, int]:
    """The bounds of an integer and a step added to it: small steps get no farther than COUNTED_UP."""
    _, lowest, highest = known
    is_small = least >= -LARGEST_STEP and most <= LARGEST_STEP
    return (
        lowest if is_small and lowest is COUNTED_DOWN else lowest + least,
        highest if is_small and highest is COUNTED_UP else highest + most,
    )


def is_positive(known: Known) -> bool:
    """Whether the value is an integer above zero."""
    return known[0] == INT and known[1] > 0


def if_positive(text: str, known: Known) -> str:
    """What stands before another condition on an integer that has to be positive, too.

    (Two comparisons take 8 % less than a chain of two.)
    """
    return "" if is_positive(known) else f"{text} > 0 and "


def may_be(known: Known, mask: int) -> bool:
    """Whether the value can be of one of these types."""
    return bool(known[0] & mask)
