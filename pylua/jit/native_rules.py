"""What says how a native function is done in place: by name, for so many arguments, as texts of Python.

Rule("string.len", write, is_pure=True)      write([("r3", SOME_STRING, None)])  ->  Intrinsic("len(r3)")
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.hints import Any, Final, TypeAlias
from pylua.jit import kinds
from pylua.jit.kinds import Known
from pylua.values.records import record

__all__ = ["Intrinsic", "Operand", "Rule", "Writer", "unless", "unless_bare"]

_ANY: Final = kinds.ANYTHING


@record(frozen=True)
class Intrinsic:
    """What stands for a call: under `condition` (empty: always), `action` is done and `value` is the result.

    `known` is what is known of the result, whoever has computed it. `value` is evaluated after
    `action`; a result is one value.
    """

    value: str
    condition: str = ""
    known: Known = _ANY
    action: str = ""


Operand: TypeAlias = tuple[str, Known, Any]
"""An argument: its text, what is known of it, and its value if that is a constant."""
Writer: TypeAlias = "Callable[[list[Operand]], Intrinsic | None]"


@record(frozen=True)
class Rule:
    """How the native `name` (as the libraries have it) is done in place, with so many arguments.

    `is_pure`: whatever it is given, it calls nothing, and gives no table a metatable; `is_pure_on_lists`: so
    long as its first argument is a table without a metatable. `acts`: its value does something, so that
    it is evaluated even if it is not wanted. `insists`: where its condition does not hold, the VM goes on.
    `is_single`: the native always gives one value.
    """

    name: str
    write: Writer
    fewest: int = 1
    most: int = 1
    is_pure: bool = False
    acts: bool = False
    is_pure_on_lists: bool = False
    insists: bool = False
    is_single: bool = True


def unless_bare(table: str, known: Known) -> list[str]:
    """The condition that an argument is a table without a metatable, unless that is known."""
    return [] if known[0] == kinds.BARE_TABLE[0] else [f"{table}.metatable is None"]


def unless(known: Known, mask: int, condition: str) -> list[str]:
    """The condition that an argument is of a kind, unless that is known."""
    return [] if known[0] == mask else [condition]
