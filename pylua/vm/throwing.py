"""Errors on their way: from the instruction or native function that failed to whoever takes them.

    throw(state, error)    unwinds to the nearest protected call, or raises to the Python caller

The order is PUC Lua's: the message handler sees the error with the stack intact, then the
frames go, then `__close` metamethods run, then the protected call gets `false, error`.
"""

from __future__ import annotations

import sys
from functools import partial

from pylua.errors import (
    ArgumentError,
    HandOver,
    LibraryError,
    LuaError,
    LuaLimitError,
    NativeFault,
    OperationError,
    Unhide,
)
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.contexts import suppress
from pylua.values.functions import ABSENT
from pylua.values.late import late_module
from pylua.values.types import FALSE, LuaValue
from pylua.vm.calls import close_upvalues, deliver, end_resume, settle, switch_back
from pylua.vm.control import Call
from pylua.vm.operators import metamethod
from pylua.vm.thread import NativeFrame, Seam, Thread

if TYPE_CHECKING:
    from pylua.vm import positions, tracebacks
    from pylua.vm.state import State
else:
    positions = late_module("pylua.vm.positions")
    tracebacks = late_module("pylua.vm.tracebacks")

__all__ = ["FAULTS", "as_lua_error", "close_thread", "convert_fault", "is_error", "throw"]

_ROOM: Final = 200
"""So many more calls of Python the VM needs at most to take over where its stack is full."""
_FALLBACKS: Final = (
    TypeError, AttributeError, LookupError, ArithmeticError, ValueError, UnboundLocalError, RuntimeError,
)  # fmt: skip
"""What fast code may raise where it meets something that it has no path for."""
FAULTS: Final = (LuaError, NativeFault, RecursionError, MemoryError, *_FALLBACKS)


def convert_fault(state: State, fault: NativeFault) -> LuaError:
    """The LuaError that a native function's fault means, with name and position."""
    thread = state.thread
    if type(fault) is ArgumentError:
        text = state.where(1) + positions.argument_message(state, thread, fault.index, fault.message)
    elif type(fault) is LibraryError:
        text = state.where(1) + fault.message
    elif thread.native is None:
        text = state.where_running() + fault.message
    else:
        text = fault.message
    error = LuaError(text)
    error.__cause__ = fault.__cause__
    return error


def as_lua_error(state: State, error: Exception) -> LuaError:
    """Any exception that the VM or a native function raises, as the error that Lua code sees."""
    if isinstance(error, LuaError):
        return error
    if isinstance(error, NativeFault):
        return convert_fault(state, error)
    if isinstance(error, RecursionError):
        return convert_fault(state, OperationError("C stack overflow"))
    return LuaError("not enough memory")


def throw(state: State, error: Exception) -> None:
    """Unwinds until Lua code can go on, or raises a LuaError to the Python caller."""
    limit = sys.getrecursionlimit()
    try:
        _throw(state, error)
    finally:
        if sys.getrecursionlimit() != limit:
            with suppress(RecursionError):  # this very frame may lie beyond: the next to throw sets it
                sys.setrecursionlimit(limit)


def _is_fallback(error: Exception) -> bool:
    return isinstance(error, _FALLBACKS) and not isinstance(error, RecursionError)


def _throw(state: State, error: Exception) -> None:
    has_room = False
    while True:
        try:
            tier = state.fast_tier
            if tier is not None and tier.take_over(state.thread, error) and not is_error(error):
                return
            if _is_fallback(error):
                raise error
            if state.thread.seams and not _is_caught_above_seam(state.thread):
                raise Unhide
            escaping = _unwind(state, as_lua_error(state, error))
        except Unhide as request:
            if request.error is request.task is request.retry is None:
                request.error = error
            raise
        except FAULTS as another:
            if another is error and _is_fallback(error):
                raise
            if isinstance(another, RecursionError) and isinstance(error, RecursionError):
                if has_room:
                    raise
                has_room = True  # Python's stack is so full that the VM cannot even take over
                sys.setrecursionlimit(sys.getrecursionlimit() + _ROOM)
                continue
            error = another
            continue
        if escaping is None:
            return
        raise escaping


def _is_caught_above_seam(thread: Thread) -> bool:
    """Whether an error ends at a protected call of the nested VM, and nobody looks at the stack meanwhile."""
    seam = thread.seams[-1]
    for frame in reversed(thread.frames):
        if frame is seam:
            break
        if not frame.is_lua and frame.recover is not None:
            return frame.handler is None
    return False


def is_error(error: BaseException) -> bool:
    """Whether fast code has met a Lua error, not just something it has no path for."""
    return isinstance(error, (LuaError, NativeFault, MemoryError)) and not isinstance(error, HandOver)


def _unwind(state: State, error: LuaError) -> LuaError | None:
    """Takes `error` to whatever takes it; gives it back if that is the Python caller."""
    while not isinstance(error, LuaLimitError):
        thread = state.thread
        if thread.seams and not _is_caught_above_seam(thread):
            raise Unhide(error)
        _show_to_handler(state, thread, error)
        catcher = _innermost_catcher(thread)
        frame = thread.frames[catcher]
        if frame.recover is not None:
            _recover(state, thread, catcher, error)
            return None
        if catcher == 0 and thread is not state.main_thread:
            thrown_on = _end_coroutine(state, thread, error)
            if thrown_on is None:
                return None
            error = thrown_on
            continue
        error.pending = _drop_frames(thread, catcher + 1) + error.pending
        if not _has_catcher_below(thread, catcher):
            _close_all(state, error)
        break
    return error


def _recover(state: State, thread: Thread, catcher: int, error: LuaError) -> None:
    """Hands `error` to the protected call whose frame is number `catcher`."""
    frame = thread.frames[catcher]
    pending = _drop_frames(thread, catcher + 1) + error.pending
    thread.native = None
    thread.c_levels = frame.c_levels
    state.handling_overflow = False
    deliver(state, _close_then_recover(state, thread, frame, pending, error.value))


def _innermost_catcher(thread: Thread) -> int:
    """The index of the nearest frame that takes errors: a protected call, a boundary, the bottom."""
    frames = thread.frames
    for at in range(len(frames) - 1, -1, -1):
        frame = frames[at]
        if not frame.is_lua and (frame.recover is not None or frame.then is None):
            return at
    raise AssertionError("a thread without a bottom frame")


def _has_catcher_below(thread: Thread, index: int) -> bool:
    return (
        thread.resumer is not None
        or any(not frame.is_lua and frame.recover is not None for frame in thread.frames[:index])
        or any(not frame.is_lua and frame.then is None for frame in thread.frames[1:index])
    )


def _show_to_handler(state: State, thread: Thread, error: LuaError) -> None:
    """Calls the message handler of the protected call that will take the error, once."""
    if error.is_handled:
        return
    error.is_handled = True
    for frame in reversed(thread.frames):
        if getattr(frame, "is_finalizer", False):
            return  # an error in a finalizer becomes a warning as it is
        if type(frame) is Seam:
            handler = state.fast_tier.hidden_frames.catcher_at(frame)
            if handler is not ABSENT:
                if handler is not None:
                    _call_handler(state, handler, error)
                return
        if not frame.is_lua and frame.recover is not None:
            if frame.handler is not None:
                _call_handler(state, frame.handler, error)
            return
    if thread is not state.main_thread and thread.boundaries:
        # The frames above a Python caller will be gone when the coroutine is dead.
        error.stack = list(thread.frames), thread.native
    elif (
        thread is state.main_thread
        and error.traceback is None
        and not (state.fast_tier is not None and state.fast_tier.hidden_frames.catch(state))
    ):
        error.traceback = tracebacks.traceback(state, thread, None, 0)


def _call_handler(state: State, handler: LuaValue, error: LuaError) -> None:
    try:
        results = state.call(handler, error.value)
        error.value = results[0] if results else None
    except LuaLimitError:
        raise
    except LuaError as other:
        error.value = other.value


def _drop_frames(thread: Thread, first: int) -> list[LuaValue]:
    """Removes the frames from `first` on; gives the values still to be closed, in order of declaration."""
    pending: list[LuaValue] = []
    for frame in thread.frames[first:]:
        if frame.is_lua:
            if frame.to_close:
                pending += [frame.registers[register] for register in frame.to_close]
            if frame.open_upvalues:
                close_upvalues(frame, 0)
        elif frame.data is not None and type(frame.data) is _Closing:
            pending += frame.data.pending
    del thread.frames[first:]
    return pending


# --- closing variables on the way ---------------------------------------------------------------


class _Closing:
    """What is left to close before `frame` (a protected call) gets its error."""

    __slots__ = ("error", "frame", "pending")

    def __init__(self, frame: NativeFrame, pending: list[LuaValue], error: LuaValue) -> None:
        self.frame = frame
        self.pending = pending
        self.error = error


def _close_then_recover(
    state: State, thread: Thread, frame: NativeFrame, pending: list[LuaValue], error: LuaValue
) -> Any:
    """Runs the `__close` of all `pending` values, then the recovery of `frame`, the top of the thread."""
    thread.frames.pop()
    thread.native = frame.function
    return settle(state, thread, frame.function, _next_close(state, _Closing(frame, pending, error)))


def _next_close(state: State, closing: _Closing) -> Any:
    frame = closing.frame
    if closing.pending:
        value = closing.pending.pop()
        handler = metamethod(state, value, "__close")
        return Call(handler, [value, closing.error], _closed, _close_failed, frame.handler, closing)
    assert frame.recover is not None
    return frame.recover(state.thread, frame, closing.error)


def _closed(thread: Thread, frame: NativeFrame, results: list[LuaValue]) -> Any:
    return _next_close(thread.state, frame.data)


def _close_failed(thread: Thread, frame: NativeFrame, error: LuaValue) -> Any:
    frame.data.error = error
    return _next_close(thread.state, frame.data)


def _close_all(state: State, error: LuaError) -> bool:
    """Closes what `error` leaves behind, before Python code goes on; True if a `__close` failed."""
    failed = False
    while error.pending:
        value = error.pending.pop()
        try:
            state.call(metamethod(state, value, "__close"), value, error.value)
        except LuaLimitError:
            raise
        except LuaError as other:
            error.value = other.value
            failed = True
    return failed


# --- coroutines ----------------------------------------------------------------------------------


def _end_coroutine(state: State, thread: Thread, error: LuaError) -> LuaError | None:
    """An error that no call within the coroutine takes: its resumer gets it.

    Returns what a function made by coroutine.wrap throws on; coroutine.resume takes the error.
    """
    thread.is_dead = True
    thread.error = error
    resumer = switch_back(state, thread)
    if not thread.unwrapped:
        deliver(state, end_resume(state, resumer, [FALSE, error.value]))
        return None
    failure = close_thread(state, thread)
    value = None if failure is None else failure.value
    if resumer.seams:
        raise Unhide(task=partial(_throw_from_wrapped, value))
    return _positioned(state, value)


def _positioned(state: State, value: LuaValue) -> LuaError:
    """An error that a function made by coroutine.wrap throws on: texts get the position of its caller."""
    return LuaError(state.where(1) + value if type(value) is str else value)


def _throw_from_wrapped(value: LuaValue, state: State) -> None:
    throw(state, _positioned(state, value))


def close_thread(state: State, thread: Thread) -> LuaError | None:
    """Closes the pending variables of a suspended or dead thread, on that thread (coroutine.close).

    Returns the error it ended with, or None; afterwards the thread is dead and empty.
    """
    if thread.generator is not None:
        state.fast_tier.coroutines.materialize(thread)
    failure = thread.error or LuaError(None)
    failed = thread.error is not None
    failure.pending = _drop_frames(thread, 1)
    thread.native = thread.start = thread.error = None
    closer = state.thread
    thread.c_levels = closer.c_levels
    state.thread = thread
    try:
        failed = _close_all(state, failure) or failed
    finally:
        state.thread = closer
        thread.is_dead = True
    return failure if failed else None
