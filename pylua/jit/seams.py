"""Calls from fast code of what only the VM runs: a nested VM that hides the frames of fast code below.

    VM ─▶ fast f ─▶ call_in_vm ─▶ VM ─▶ pcall ─▶ …

The thread's frames then have a Seam above the place where the frames of `f` would
be. Who looks at the stack, throws an error past it, yields, or wants a collection raises Unhide:
it unwinds Python's stack down to the VM below, which puts frames for `f` in the seam's place (see
handover) and goes on above them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pylua.hints import TYPE_CHECKING, Any
from pylua.values.types import LuaValue
from pylua.vm.calls import begin, deliver, packed, top_of
from pylua.vm.interpreter import execute
from pylua.vm.thread import Seam, Thread

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["run_nested", "vm_caller"]


def vm_caller(state: State) -> Callable[..., Any]:
    """`call_in_vm(function, *arguments)`: one value, or a tuple of any other number."""

    def call_in_vm(function: LuaValue, *arguments: LuaValue) -> LuaValue:
        thread = state.thread
        native, thread.native = thread.native, None
        results = run_nested(state, thread, partial(_begin, thread, function, arguments))
        thread.native = native
        return results

    return call_in_vm


def run_nested(
    state: State, thread: Thread, first: Callable[[State], None], depth: int | None = None
) -> LuaValue:
    """Does `first` and goes on in a nested VM until `thread` gets results: one value, or a tuple.

    `depth`: how many frames there were when the fast code began that now leaves to the nested VM; further
    ones are those of nested VMs within that Unhide is leaving. A traceback tells by this function's
    `thread` and `seam` where frames are hidden (see handover).
    """
    frames, seams = thread.frames, thread.seams
    if depth is None:
        depth = len(frames)
    above = frames[depth:]
    del frames[depth:]
    seam = Seam(None, top_of(thread), thread.c_levels)
    frames += [seam, *above]
    seams.insert(len(seams) - sum(frame in seams for frame in above), seam)
    results = execute(state, first, is_nested=True)
    del frames[depth:]
    seams.pop()
    return packed(results)


def _begin(thread: Thread, function: LuaValue, arguments: tuple[LuaValue, ...], state: State) -> None:
    deliver(state, begin(state, thread, function, list(arguments)))
