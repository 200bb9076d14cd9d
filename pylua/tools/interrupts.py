"""Ctrl-C while Lua runs: the first one raises Lua's error "interrupted!", the second ends the process.

Python runs a signal's handler between any two of its own instructions, so the error must not
come from there blindly: while a native function works on its data, the handler lets it be and
tries again shortly after. The VM's loop itself can be left anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import FrameType

from pylua.errors import OperationError
from pylua.hints import TYPE_CHECKING
from pylua.values.contexts import contextmanager
from pylua.vm import interpreter
from pylua.vm.state import State

if TYPE_CHECKING:
    import signal
else:
    try:
        import _signal as signal  # without the enums that `signal` makes of it, which take 0.6 ms
    except ImportError:  # pragma: no cover
        import signal

__all__ = ["end_with_reader", "interruptible"]

_RETRY_AFTER = 0.005
"""Seconds until the handler looks again."""
_LOOP = interpreter._run.__code__


@contextmanager
def interruptible(state: State) -> Iterator[None]:
    """While the block runs, Ctrl-C raises an error in the running Lua code."""
    try:
        outer = signal.signal(signal.SIGINT, lambda _number, frame: _begin(state, frame))
    except ValueError:  # not in the main thread: signals are somebody else's business
        yield
        return
    try:
        yield
    finally:
        _stop_timer()
        signal.signal(signal.SIGINT, signal.SIG_DFL if outer is None else outer)


def end_with_reader() -> None:
    """Lets the process end quietly when nobody reads its output any more, as programs in C do."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _begin(state: State, frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _interrupt(state, frame)


def _interrupt(state: State, frame: FrameType | None) -> None:
    """Raises if the VM's loop is what the signal met, else comes back later."""
    loop = frame if frame is not None and frame.f_code is _LOOP else None
    runs_lua = loop is not None or _is_fast(state, frame)
    if not runs_lua and hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda _number, met: _interrupt(state, met))
        signal.setitimer(signal.ITIMER_REAL, _RETRY_AFTER)
        return
    _stop_timer()
    running = state.thread.frames[-1]
    if running.is_lua and loop is not None:
        running.pc = loop.f_locals.get("pc", running.pc)
    state.thread.native = None
    raise OperationError("interrupted!")


def _is_fast(state: State, frame: FrameType | None) -> bool:
    """Whether `frame` runs a function of the fast tier."""
    tier = state.fast_tier
    return tier is not None and frame is not None and tier.is_translated(frame.f_code)


def _stop_timer() -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
