"""Hot Prototypes → Python functions.

set_engine(state, "auto")    hot functions and loops run as Python functions
set_engine(state, "jit")     everything does, from its first call on
set_engine(state, "vm")      nothing does
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Final
from pylua.jit.starting import StartingTier

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["ENGINES", "set_engine"]

ENGINES: Final = ("vm", "jit", "auto")


def set_engine(state: State, engine: str) -> None:
    """Chooses the engine of a State whose libraries are open."""
    if engine == "auto":
        state.fast_tier = StartingTier(state)
    elif engine == "jit":
        from pylua.jit.tier import FastTier  # noqa: PLC0415 - 38 ms that the other engines do not need

        state.fast_tier = FastTier(state, eager=True)
    else:
        state.fast_tier = None
