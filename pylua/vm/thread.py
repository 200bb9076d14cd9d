"""The machine's state as data: threads (coroutines) hold frames, frames hold registers.

    Thread
      frames = [NativeFrame(bottom), Frame(main chunk), NativeFrame(pcall), Frame(f), …]

No Python frame and no Python generator stands for a Lua call: whatever goes on can be read,
shown or stored from here. A call made by an instruction leaves in its own Frame what is to
be done with the results (`dest`, `wanted`); a native function that called Lua leaves a
NativeFrame with the function to go on with (`then`, `recover`) and its data.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from pylua.hints import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pylua.errors import LuaError
    from pylua.values.functions import LuaFunction, NativeFunction, Upvalue
    from pylua.values.types import LuaValue
    from pylua.vm.state import State

__all__ = [
    "CLOSE",
    "CONCAT",
    "METAMETHOD",
    "NEWINDEX",
    "OPEN",
    "TEST",
    "Frame",
    "Hook",
    "NativeFrame",
    "Seam",
    "Status",
    "Thread",
]

# What a Frame does with the results of the call it made; a number >= 0 is how many it wants.
OPEN: Final = -1
"""All of them, at `dest` and after; `top` tells where they end."""
METAMETHOD: Final = -2
"""A metamethod was called: one result goes to `dest`."""
NEWINDEX: Final = -3
"""A metamethod was called for its effect: results are dropped."""
TEST: Final = -4
"""A comparison's metamethod was called: its truth decides the jump."""
CONCAT: Final = -5
"""`__concat` was called: its result is the right operand of the rest of the concatenation."""
CLOSE: Final = -6
"""`__close` was called; the instruction runs again to close what is left."""


class Frame:
    """The activation of a Lua function.

    `pc` is the index of the next instruction; the one that made a pending call is `pc - 1`
    (for CLOSE it is `pc`, to run again). `base` is the frame's place in the stack that PUC
    Lua would have, for stack overflow at the same depth. `open_upvalues` maps registers to
    the upvalues that closures share with them; `to_close` lists registers of to-be-closed
    variables, in order of declaration.
    """

    __slots__ = (
        "base",
        "code",
        "dest",
        "function",
        "is_finalizer",
        "is_hook",
        "is_tail_call",
        "open_upvalues",
        "pc",
        "registers",
        "to_close",
        "top",
        "transfer",
        "varargs",
        "wanted",
    )

    is_lua: Final = True

    # Set when first needed.
    dest: int
    wanted: int
    top: int
    transfer: Any
    is_hook: bool
    is_finalizer: bool

    def __init__(self, function: LuaFunction, code: list[Any], registers: list[LuaValue], base: int) -> None:
        self.function = function
        self.code = code
        self.registers = registers
        self.base = base
        self.pc = 0
        self.varargs: list[LuaValue] = _NONE
        self.open_upvalues: dict[int, Upvalue] | None = None
        self.to_close: list[int] | None = None
        self.is_tail_call = False

    def line(self) -> int:
        """The line being executed, -1 if unknown."""
        line: int = self.function.prototype.line_of(max(self.pc - 1, 0))
        return line


_NONE: list[LuaValue] = []


class NativeFrame:
    """A native function that waits for a call it made.

    `then(thread, frame, results)` goes on when the call returns. If `recover` is given the
    call is protected: `recover(thread, frame, error_value)` goes on after an error, and
    `handler` (a Lua function or None) sees the error value first, with the stack intact.
    With neither, the frame is a boundary: a Python caller waits for the results, and no
    coroutine can yield through it. `c_levels` is the thread's count when the frame was made.
    """

    __slots__ = (
        "base",
        "c_levels",
        "closing",
        "data",
        "function",
        "handler",
        "is_finalizer",
        "is_hook",
        "recover",
        "then",
        "transfer",
    )

    is_lua: Final = False
    is_tail_call: Final = False

    # Set when first needed.
    transfer: Any
    is_hook: bool
    is_finalizer: bool

    def __init__(
        self,
        function: NativeFunction | None,
        base: int,
        c_levels: int,
        then: Callable[..., Any] | None = None,
        recover: Callable[..., Any] | None = None,
        handler: LuaValue = None,
        data: Any = None,
    ) -> None:
        self.function = function
        self.base = base
        self.c_levels = c_levels
        self.then = then
        self.recover = recover
        self.handler = handler
        self.data = data
        self.closing: Any = None


class Seam(NativeFrame):
    """The place of frames that fast code below hides (see jit.seams, jit.hidden_frames)."""

    __slots__ = ()


class Status(Enum):
    """What `coroutine.status` says."""

    SUSPENDED = "suspended"
    RUNNING = "running"
    NORMAL = "normal"
    DEAD = "dead"


class Hook:
    """A thread's debug hook (§6.10 debug.sethook): `function` is called on the events asked for."""

    __slots__ = ("call", "count", "function", "line", "remaining", "return_")

    def __init__(self, function: Callable[..., Any], mask: str, count: int) -> None:
        self.function = function
        self.call = "c" in mask
        self.return_ = "r" in mask
        self.line = "l" in mask
        self.count = count
        self.remaining = count


class Thread:
    """A coroutine, or the main thread.

    `frames[0]` is a NativeFrame that stands for whoever started the thread. `resumer` is
    the thread that resumed this one (while a generator runs it, that which has done so last).
    `boundaries` counts Python callers that wait within
    `frames`; `c_levels` counts nested calls as PUC Lua counts C calls, from `base_levels` on, which
    are its resumer's.
    """

    __slots__ = (
        "__weakref__",
        "attached",
        "base_levels",
        "boundaries",
        "c_levels",
        "catching",
        "driver",
        "error",
        "frames",
        "generator",
        "given",
        "hook",
        "in_hook",
        "is_dead",
        "native",
        "old_pc",
        "resumer",
        "seams",
        "start",
        "state",
        "unobserved",
        "unwrapped",
    )
    lua_type = "thread"

    def __init__(self, state: State, start: LuaValue = None) -> None:
        state.collector.note_thread(self)
        self.state = state
        self.start = start
        """The function to be called at the first resume; None afterwards."""
        self.unwrapped = False
        """How the resumer wants results: bare (wrap), or behind true/false (resume)."""
        self.frames: list[Any] = [NativeFrame(None, 0, 0)]
        self.is_dead = False
        self.resumer: Thread | None = None
        self.boundaries = 0
        self.generator: Any = None
        """The Python generator that runs the thread's function, while that is fast code (jit.coroutines)."""
        self.given: tuple[LuaValue, ...] | None = None
        """What the generator has yielded, if that is not one value."""
        self.driver: Thread | None = None
        """The thread with a generic loop that goes through the generator: the next to resume it."""
        self.seams: list[Seam] = []
        """Boundaries below which fast code hides frames (jit.seams)."""
        self.catching = -1
        """Tells what frames there were when the innermost pcall in fast code began (jit.protected_calls)."""
        self.c_levels = 1
        self.base_levels = 0
        self.native: NativeFunction | None = None
        """The native function called last: the one that runs, if native code runs."""
        self.hook: Hook | None = None
        self.in_hook = False
        self.old_pc = 0
        """The instruction of the last line event."""
        self.unobserved: Frame | None = None
        """The frame whose next instruction is part of the last one, for hooks and counts."""
        self.error: LuaError | None = None
        """The error that ended the thread."""

    @property
    def status(self) -> Status:
        """Told from where the thread stands: a switch then has less to write."""
        if self.state.thread is self:
            return Status.RUNNING
        if self.is_dead:
            return Status.DEAD
        if self.generator is not None:
            return Status.NORMAL if self.generator.gi_running else Status.SUSPENDED
        if self.resumer is not None or self is self.state.main_thread:
            return Status.NORMAL
        return Status.SUSPENDED

    def set_resumer(self, resumer: Thread) -> None:
        """Nested calls are counted from the resumer's on."""
        self.resumer = resumer
        self.c_levels += resumer.c_levels - self.base_levels
        self.base_levels = resumer.c_levels
