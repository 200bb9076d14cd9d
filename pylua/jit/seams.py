"""Calls from fast code of what only the VM runs: a nested VM that hides the frames of fast code below.

    VM ─▶ fast f ─▶ call_in_vm ─▶ VM ─▶ pcall ─▶ …

The thread's frames then have a seam, a NativeFrame above the place where the frames of `f` would
be. Who looks at the stack, throws an error past it, yields, or wants a collection raises Unhide:
it unwinds Python's stack down to the VM below, which puts frames for `f` in the seam's place (see
handover) and goes on above them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pylua.hints import TYPE_CHECKING, Any
from pylua.values.types import LuaValue
from pylua.vm.calls import begin, deliver, top_of
from pylua.vm.interpreter import execute
from pylua.vm.thread import NativeFrame, Thread

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["vm_caller"]


def vm_caller(state: State) -> Callable[..., Any]:
    """`call_in_vm(function, *arguments)`: one value, or a tuple of any other number."""

    def call_in_vm(function: LuaValue, *arguments: LuaValue) -> LuaValue:
        thread = state.thread
        seam = NativeFrame(None, top_of(thread), thread.c_levels)
        depth = len(thread.frames)
        thread.frames.append(seam)
        thread.seams.append(seam)
        native, thread.native = thread.native, None
        results = execute(state, partial(_begin, thread, function, arguments), is_nested=True)
        del thread.frames[depth:]
        thread.seams.pop()
        thread.native = native
        return results[0] if len(results) == 1 else tuple(results)

    return call_in_vm


def _begin(thread: Thread, function: LuaValue, arguments: tuple[LuaValue, ...], state: State) -> None:
    deliver(state, begin(state, thread, function, list(arguments)))
