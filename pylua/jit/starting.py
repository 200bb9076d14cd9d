"""Stands for the fast tier of a State until something runs often enough to be worth loading it.

    state.fast_tier = StartingTier(state)     …30 calls or 100 jumps back…     state.fast_tier is a FastTier

The tier's modules take 38 ms to be imported; most command lines end before they are needed.
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pylua.jit.tier import FastTier
    from pylua.values.functions import LuaFunction
    from pylua.vm.state import State
    from pylua.vm.thread import Frame

__all__ = ["StartingTier"]

_CALLS: Final = 30
_JUMPS: Final = 100


class StartingTier:
    """What the VM asks of a fast tier, answered without one; later passed on to it."""

    window = 0
    is_budget_low = False

    def __init__(self, state: State) -> None:
        self.state = state
        self.calls = self.jumps = 0
        self.counts_allocations = False
        self.keeps_values = True
        self.coroutines = self.hidden_frames = self

    def start(self) -> FastTier:
        """The tier itself, in the place of this one."""
        tier = self.state.fast_tier
        if tier is self:
            from pylua.jit.tier import FastTier  # noqa: PLC0415

            tier = self.state.fast_tier = FastTier(self.state)
            if self.counts_allocations:
                tier.count_allocations()
            if not self.keeps_values:
                tier.keep_no_values()
        return tier  # type: ignore[no-any-return]

    def is_fast(self, function: LuaFunction) -> bool:
        """Counts a call."""
        self.calls += 1
        return self.calls > _CALLS and self.start().is_fast(function)

    def is_loop_hot(self) -> bool:
        """Counts a jump back."""
        self.jumps += 1
        return self.jumps > _JUMPS and self.start().is_loop_hot()

    def enter_loop(self, frame: Frame, head: Any) -> bool:
        """Asked after `is_loop_hot` only."""
        return self.start().enter_loop(frame, head)

    def is_callable(self, function: Any, count: int) -> bool:
        """A native function is about to call often."""
        return self.start().is_callable(function, count)

    def before_call(self, frame: Frame) -> bool:
        """Asked after `is_fast` only."""
        return self.start().before_call(frame)

    def after_call(self, frame: Frame) -> None:
        """As `before_call`."""
        self.start().after_call(frame)

    def advance(self, coroutine: Any, arguments: list[Any]) -> Any:
        """No coroutine is fast yet; their starts are counted."""
        self.calls += 1
        return self.start().coroutines.advance(coroutine, arguments) if self.calls > _CALLS else None

    def are_there(self) -> bool:
        """No frames are hidden."""
        return False

    def catch(self, _state: State) -> bool:
        """No protected calls are hidden either."""
        return False

    def count_allocations(self) -> None:
        """Kept for the tier to come."""
        self.counts_allocations = True

    def keep_no_values(self) -> None:
        """Kept for the tier to come."""
        self.keeps_values = False

    def limit_instructions(self, count: int | None) -> None:
        """Asked of the State by the tier to come."""

    def paid_ahead(self) -> int:
        """No code pays yet."""
        return 0

    def take_over(self, thread: Any, error: Exception) -> bool:
        """There are no fast functions to take over from."""
        tier = self.state.fast_tier
        return tier is not self and tier.take_over(thread, error)

    def is_translated(self, code: Any) -> bool:
        """No code is."""
        tier = self.state.fast_tier
        return tier is not self and tier.is_translated(code)
