"""Finalizers (§2.5.3): objects marked for finalization go in, calls of their `__gc` come out.

    setmetatable(object, {__gc = f})      mark()           the guard hangs on the object
    object can no longer be reached       Guard.__del__    the guard is in `found`
    end of the collection                 queue_found()    … in `pending`, last marked first
    the VM lets finalizers run            run_pending()    f(object)

An object and its guard refer to each other, so that no reference count frees them: only
Python's collector finds that they are dead, all dead ones at once, and calls `__del__` of each
guard (PEP 442), which takes the object back into life. Between collections `guards` holds them.
A guard serves once; an object marked again gets a new one.
"""

from __future__ import annotations

from _weakref import ref
from collections import deque

from pylua.errors import LuaError, LuaLimitError
from pylua.hints import TYPE_CHECKING
from pylua.values.types import LuaValue
from pylua.values.weakening import Attached
from pylua.vm.calls import top_of
from pylua.vm.thread import NativeFrame

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["Finalizers", "Guard", "call_finalizer"]


class Guard:
    """Says when its object, which refers to it, can no longer be reached."""

    __slots__ = ("__weakref__", "found", "is_found", "number", "object")
    is_guard = True

    def __init__(self, guarded: LuaValue, number: int, found: list[Guard]) -> None:
        self.object = guarded
        self.number = number
        self.found = found
        self.is_found = False

    def __del__(self) -> None:
        if not self.is_found and self.object is not None:
            self.is_found = True
            self.found.append(self)


class Finalizers:
    """The objects of one state that are marked for finalization, and those whose turn has come."""

    def __init__(self) -> None:
        self.guards: list[Guard] = []
        """In the order of marking."""
        self.found: list[Guard] = []
        """Dead since the last collection."""
        self.pending: deque[LuaValue] = deque()
        """To be finalized, in this order."""
        self.is_closed = False
        self._marked = 0

    def mark(self, guarded: LuaValue) -> None:
        """Marks an object for finalization, unless it is marked or the state closes."""
        if self.is_closed or has_guard(guarded):
            return
        self._marked += 1
        guard = Guard(guarded, self._marked, self.found)
        guarded.attached = Attached((guard,))
        self.guards.append(guard)

    def let_go(self) -> list[ref[Guard]]:
        """Stops holding the marked objects; hold_again() takes the result."""
        references = list(map(ref, self.guards))
        self.guards.clear()
        return references

    def let_go_of_found(self) -> list[ref[Guard]]:
        """Objects found dead get new guards and are let go once more; hold_again() takes the result."""
        references = []
        for guard in self.found:
            again = Guard(guard.object, guard.number, self.found)
            again.object.attached[0] = again
            guard.object = None
            references.append(ref(again))
        self.found.clear()
        return references

    def hold_again(self, references: list[ref[Guard]]) -> None:
        """Holds again the marked objects that were not found dead."""
        for reference in references:
            guard = reference()
            if guard is not None and not guard.is_found:
                self.guards.append(guard)

    def queue_found(self) -> None:
        """The objects found dead wait for their finalizers, behind those that wait already."""
        for guard in sorted(self.found, key=_number, reverse=True):
            self.pending.append(_release(guard))
        self.found.clear()

    def queue_all(self) -> None:
        """Every marked object waits for its finalizer; no object can be marked any more."""
        self.is_closed = True
        # Where all of a state dies at once, Python calls the guards and the collector in any order.
        self.found += [guard for guard in self.guards if not guard.is_found]
        self.guards.clear()
        self.queue_found()


def _number(guard: Guard) -> int:
    return guard.number


def has_guard(value: LuaValue) -> bool:
    """Whether the object is marked for finalization now."""
    attached = getattr(value, "attached", None)
    return attached is not None and isinstance(attached[0], Guard)


def _release(guard: Guard) -> LuaValue:
    """Takes the guard off its object, which can be marked again then."""
    guarded, guard.object = guard.object, None
    del guarded.attached
    return guarded


def call_finalizer(state: State, value: LuaValue) -> None:
    """Calls `__gc` of an object, if it still has one; errors become warnings.

    The hook is off meanwhile; a frame with `is_finalizer` marks what was interrupted.
    """
    handler = state.metamethod(value, "__gc")
    if handler is None:
        return
    thread = state.thread
    frames = thread.frames
    depth = len(frames)
    native, in_hook, unobserved = thread.native, thread.in_hook, thread.unobserved
    if native is not None:
        frames.append(NativeFrame(native, top_of(thread), thread.c_levels))
    border = NativeFrame(None, frames[-1].base, thread.c_levels)
    border.is_finalizer = True
    frames.append(border)
    thread.native = None
    thread.in_hook = True
    try:
        state.call(handler, value)
    except LuaLimitError:
        raise
    except LuaError as error:
        message = error.value if type(error.value) is str else "error object is not a string"
        state.warn(f"error in __gc ({message})", False)
    finally:
        del frames[depth:]
        thread.native, thread.in_hook, thread.unobserved = native, in_hook, unobserved
