"""Arithmetic on strings that read as numbers (§3.4.3): the metamethods of the string metatable.

"10" + 1  ->  11          "0x10" * "2"  ->  32          -"2"  ->  -2
"""

from __future__ import annotations

from pylua.errors import LibraryError
from pylua.hints import TYPE_CHECKING, Final
from pylua.values.arithmetic import OPERATIONS
from pylua.values.functions import NativeFunction
from pylua.values.types import LuaValue, type_name
from pylua.vm.native import to_number

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["arithmetic_metamethods"]

_EVENTS: Final = ("__add", "__sub", "__mul", "__mod", "__pow", "__div", "__idiv", "__unm")


def arithmetic_metamethods(state: State) -> dict[str, NativeFunction]:
    """The handlers by event."""
    return {event: NativeFunction(_Handler(state, event).call, event) for event in _EVENTS}


class _Handler:
    """One operation for operands of which at least one is a string."""

    __slots__ = ("event", "operation", "state")

    def __init__(self, state: State, event: str) -> None:
        self.state = state
        self.event = event
        self.operation = OPERATIONS[event]

    def call(self, left: LuaValue = None, right: LuaValue = None, *_: LuaValue) -> LuaValue:
        left_number, right_number = to_number(left), to_number(right)
        if left_number is not None and right_number is not None:
            return self.operation(left_number, right_number)
        return self._other_metamethod(left, right)

    def _other_metamethod(self, left: LuaValue, right: LuaValue) -> LuaValue:
        """The right operand may have a handler of its own; strings have only this one."""
        other = None if type(right) is str else self.state.metafield(right, self.event)
        if other is None:
            raise LibraryError(
                f"attempt to {self.event[2:]} a '{type_name(left)}' with a '{type_name(right)}'"
            )
        results = self.state.call(other, left, right)
        return results[0] if results else None
