"""Levels of the call stack and the text of tracebacks: thread in, what each level runs out.

    frames  [bottom] [main chunk] [pcall] [f]      and the native function `debug.traceback` runs
    levels               3           2     1        0

A level is a function that runs or waits: a Lua frame, a NativeFrame with a function, or the
native function that runs on top of all frames without one of its own. The other NativeFrames
only mark a border (the bottom of a thread, the call of a hook or a finalizer, a host).
"""

from __future__ import annotations

from collections.abc import Iterator

from pylua.errors import Unhide
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.chunk_names import chunk_id
from pylua.values.functions import LuaFunction
from pylua.values.records import record
from pylua.values.table import Table
from pylua.values.types import LuaValue
from pylua.vm.thread import Frame, Seam, Thread
from pylua.vm.variables import Name, calling_name, calling_pc

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["Level", "find_level", "levels", "loaded_name", "short_source", "traceback"]

_FIRST_PART: Final = 10
_LAST_PART: Final = 11
"""So many levels a long traceback shows of the top, and of the bottom."""


@record(frozen=True)
class Level:
    """One function on the call stack of `thread`.

    `frame` is `frames[index]`; for a native function without a frame it is None, and `index` is
    the number of frames. `frames` are those of the thread, or those it had when an error ended it.
    """

    thread: Thread
    frames: list[Any]
    function: Any
    frame: Any
    index: int

    @property
    def is_lua(self) -> bool:
        """Whether a Lua function runs at this level."""
        return isinstance(self.frame, Frame)

    @property
    def is_tail_call(self) -> bool:
        """Whether the function was called by a tail call, so that its caller is gone."""
        return self.frame is not None and bool(self.frame.is_tail_call)

    @property
    def above(self) -> Any:
        """The frame on top of this level's, or None."""
        return self.frames[self.index + 1] if self.index + 1 < len(self.frames) else None

    @property
    def is_interrupted(self) -> bool:
        """Whether a hook or a finalizer stopped the function between two instructions."""
        above = self.above
        return getattr(above, "is_hook", False) or getattr(above, "is_finalizer", False)

    @property
    def is_pending(self) -> bool:
        """Whether the function waits for a call that it made."""
        if self.above is None:
            return self.index + 1 == len(self.frames) and _stack_of(self.thread)[1] is not None
        return not self.is_interrupted

    @property
    def pc(self) -> int:
        """The instruction that a Lua function is at."""
        return calling_pc(self.frame) if self.is_pending else max(self.frame.pc - 1, 0)

    @property
    def line(self) -> int:
        """The line that a Lua function is at; -1 if unknown and for native functions."""
        if not isinstance(self.frame, Frame):
            return -1
        line: int = self.frame.function.prototype.line_of(self.pc)
        return line

    @property
    def transfer(self) -> tuple[int, int]:
        """During a call or return hook, the number of the first value passed and how many there are."""
        if not self.is_interrupted:
            return 0, 0
        first, count = getattr(self.frame, "transfer", None) or (0, 0)
        return (first + 1, count) if count else (0, 0)

    @property
    def name(self) -> Name | None:
        """What the function is called where it was called."""
        return None if self.is_tail_call else _name_of_callee(self.frames, self.index)


def _name_of_callee(frames: list[Any], index: int) -> Name | None:
    """What the callee at `frames[index]` is called by the caller below, past mere borders."""
    for place in range(index - 1, -1, -1):
        caller = frames[place]
        name = calling_name(caller)
        if name is not None or caller.function is not None:
            return name
    return None


def levels(thread: Thread) -> Iterator[Level]:
    """The levels of `thread`, the running function first."""
    stack = frames, native = _stack_of(thread)
    if native is not None:
        yield _level_at(thread, stack, len(frames))
    for index in range(len(frames) - 1, -1, -1):
        if frames[index].function is not None:
            yield _level_at(thread, stack, index)


def _level_at(thread: Thread, stack: tuple[list[Any], Any], index: int) -> Level:
    """The level whose frame is number `index`; just above the last one the native function runs."""
    frames, native = stack
    if index == len(frames):
        return Level(thread, frames, native, None, index)
    return Level(thread, frames, frames[index].function, frames[index], index)


def _is_hidden(thread: Thread) -> bool:
    """Whether fast code hides frames of `thread`, which runs, or waits for the one that does."""
    running: Thread | None = thread.state.thread
    while running is not None and running is not thread:
        running = None if running.boundaries else running.resumer
    return running is thread and bool(thread.seams)


def _stack_of(thread: Thread) -> tuple[list[Any], Any]:
    """The frames of `thread` and the native function that runs on top of them, if one does."""
    if thread.generator is not None:
        thread.state.fast_tier.coroutines.materialize(thread)
    if _is_hidden(thread):
        raise Unhide
    error = thread.error
    if error is None and any(type(frame) is Seam for frame in thread.frames):
        return thread.state.fast_tier.hidden_frames.shown(thread), thread.native
    return (thread.frames, thread.native) if error is None or error.stack is None else error.stack


def find_level(thread: Thread, number: int) -> Level | None:
    """Level `number` (0 is the running function) or None if there are not so many."""
    if number < 0:
        return None
    for level in levels(thread):
        if number == 0:
            return level
        number -= 1
    return None


# --- texts -------------------------------------------------------------------------------------


def short_source(function: Any) -> str:
    """The name of the chunk that `function` comes from, as messages show it."""
    if not isinstance(function, LuaFunction):
        return "[C]"
    source = function.prototype.source
    return "?" if source is None else chunk_id(source)


def loaded_name(state: State, function: LuaValue) -> str | None:
    """The name of a function that a loaded module holds: "print", "string.rep"; None if none does."""
    loaded = state.loaded
    if not isinstance(loaded, Table):
        return None
    name = _field_name(loaded, function, 2)
    if name is not None and name.startswith("_G."):
        return name[3:]
    return name


def _field_name(table: Table, wanted: LuaValue, depth: int) -> str | None:
    """The path of string keys, at most `depth` long, that leads from `table` to `wanted`."""
    for key, value in table.hash_part.items():
        if value is wanted:
            if type(key) is str:
                return key
        elif depth > 1 and type(key) is str and isinstance(value, Table):
            rest = _field_name(value, wanted, depth - 1)
            if rest is not None:
                return f"{key}.{rest}"
    return None


def _function_text(state: State, level: Level) -> str:
    name = loaded_name(state, level.function)
    if name is not None:
        return f"function '{name}'"
    called = level.name
    if called is not None:
        return f"{called.kind} '{called.name}'"
    if not level.is_lua:
        return "?"
    line_defined = level.function.prototype.line_defined
    if line_defined == 0:
        return "main chunk"
    return f"function <{short_source(level.function)}:{line_defined}>"


def _level_text(state: State, level: Level) -> str:
    line = level.line
    place = f"{short_source(level.function)}:{line}:" if line > 0 else f"{short_source(level.function)}:"
    tail = "\n\t(...tail calls...)" if level.is_tail_call else ""
    return f"\n\t{place} in {_function_text(state, level)}{tail}"


def traceback(state: State, thread: Thread, message: str | None, level: int) -> str:
    """The traceback of `thread` from `level` on, after `message` (luaL_traceback).

    Of a long one only the first ten and the last eleven levels are shown (and one level less
    is said to be skipped than there are).
    """
    stack = frames, native = _stack_of(thread)
    places = [len(frames)] if native is not None else []
    places += [index for index in range(len(frames) - 1, -1, -1) if frames[index].function is not None]
    texts = [] if message is None else [message, "\n"]
    texts.append("stack traceback:")
    shown = places[level:] if level >= 0 else []
    skipped = len(shown) - _FIRST_PART - _LAST_PART - 1
    if skipped > 0:
        texts += [_level_text(state, _level_at(thread, stack, place)) for place in shown[:_FIRST_PART]]
        texts.append(f"\n\t...\t(skipping {skipped} levels)")
        shown = shown[-_LAST_PART:]
    texts += [_level_text(state, _level_at(thread, stack, place)) for place in shown]
    return "".join(texts)
