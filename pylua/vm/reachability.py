"""What the frames of a state still need, and what can be reached from its roots.

drop_dead_registers(threads)            registers that no instruction will read are cleared
follow(roots, seen)                     the objects that `roots` lead to
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import partial
from types import CellType, FunctionType, MethodType

from pylua.bytecode.prototype import Prototype
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.functions import LuaFunction, NativeFunction, Upvalue
from pylua.values.table import Table
from pylua.values.userdata import Userdata
from pylua.values.weakening import Attached
from pylua.vm.thread import OPEN, Frame, NativeFrame, Thread

if TYPE_CHECKING:
    pass

__all__ = ["clear_from", "drop_dead_registers", "follow"]


# --- dead registers --------------------------------------------------------------------------


def drop_dead_registers(threads: Iterable[Thread]) -> None:
    """Clears registers of waiting frames that the pending call does not leave alive.

    A call's function, arguments and everything above are dead in the caller: results will
    overwrite them. A frame that waits for a metamethod keeps all its registers, as in PUC Lua.
    The topmost frame waits only if a native function runs; else it is between two instructions.
    """
    for thread in threads:
        above: Any = thread.native
        for frame in reversed(thread.frames):
            if frame.is_lua and above is not None and not _is_interrupted(above) and _waits_for_call(frame):
                clear_from(frame, frame.dest)
            above = frame


def _is_interrupted(above: Any) -> bool:
    """Whether the frame `above` stands for a hook or a finalizer, which no instruction called."""
    return getattr(above, "is_hook", False) or getattr(above, "is_finalizer", False)


def _waits_for_call(frame: Frame) -> bool:
    return frame.pc > 0 and getattr(frame, "wanted", OPEN - 1) >= OPEN


def clear_from(frame: Frame, register: int) -> None:
    """Clears `register` and all above it."""
    registers = frame.registers
    registers[register:] = [None] * (frame.function.prototype.stack_size - register)


# --- what can be reached ----------------------------------------------------------------------

_LUA: Final = (Table, LuaFunction, NativeFunction, Upvalue, Userdata, Thread, Frame, NativeFrame)
_PYTHON: Final = (list, dict, tuple, CellType, MethodType, FunctionType, partial)


class _Followed(dict[type, bool]):
    """Whether objects of a type may lead to Lua objects: Lua's own, and what natives are made of."""

    def __missing__(self, kind: type) -> bool:
        is_ours = kind.__module__.startswith("pylua.") and kind is not Prototype and kind is not Attached
        is_followed = issubclass(kind, _LUA) or kind in _PYTHON or is_ours
        self[kind] = is_followed
        return is_followed


_followed: Final = _Followed()


def follow(roots: Iterable[Any], seen: dict[int, Any]) -> None:
    """Adds to `seen` the objects that `roots` lead to, themselves included, by identity.

    What is seen already is not entered, and neither is what hangs on keys of weak tables.
    """
    frontier = [root for root in roots if id(root) not in seen]
    while frontier:
        for each in frontier:
            seen[id(each)] = each
        referents = gc.get_referents(*map(_entrance, frontier))
        found = {id(each): each for each in referents if _followed[type(each)]}
        frontier = [found[identity] for identity in found.keys() - seen.keys()]


def _entrance(each: Any) -> Any:
    """What to look into for an object: for a Python function what it captured, not its module."""
    return each.__closure__ or () if type(each) is FunctionType else each
