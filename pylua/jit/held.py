"""What the only closure of a Prototype has captured: its code names it, as long as it is the only one.

    local step = 2
    function next_one(n) return n + step end   def lua_2(me, r0): … r0 + 2, not v0, = me.values; … r0 + v0

    held_values(prototype, only_closure(prototype, notes))   ->   {0: 2}      by upvalue; {} if there are more

To read the values at each call takes 12 ns, a name 2; of variables that change the boxes are held.
A second one ends that (values.functions.Only): the code is dropped, as it is when the closure has died,
since it would keep alive what that had captured. Where that could be seen at once (there are weak
tables or finalizers), and where the debug library has changed upvalues, nothing is held.
"""

from __future__ import annotations

from pylua.bytecode.prototype import Prototype
from pylua.jit import kinds
from pylua.jit.kinds import ANYTHING, Known
from pylua.jit.notes import Notes
from pylua.values.functions import LuaFunction
from pylua.values.types import FALSE, TRUE, LuaValue
from pylua.vm.constancy import final_upvalues

__all__ = ["held_values", "is_literal", "kind_of_held", "only_closure"]


def only_closure(prototype: Prototype, notes: Notes) -> LuaFunction | None:
    """The closure whose values code of `prototype` may hold."""
    if prototype.only is None or not notes.keeps_values or notes.counts_allocations:
        return None
    return prototype.only.function()  # type: ignore[no-any-return]


def held_values(prototype: Prototype, only: LuaFunction | None) -> dict[int, LuaValue]:
    """The values of the only closure's final upvalues, except itself: it would never die."""
    if only is None:
        return {}
    values = {number: only.upvalues[number].value for number in final_upvalues(prototype)}
    return {number: value for number, value in values.items() if value is not only}


def is_literal(value: LuaValue) -> bool:
    """Whether a value is the same wherever it is written down."""
    return value.__class__ in (int, str, float) or value is TRUE or value is FALSE


def kind_of_held(value: LuaValue) -> Known:
    """What will always be known of a value: a table may get another metatable."""
    known = kinds.of_value(value)
    if known[0] & kinds.TABLE:
        return kinds.SOME_TABLE
    return known if known[0] != kinds.NIL else ANYTHING
