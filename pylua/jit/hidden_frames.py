"""Frames of running fast code, shown without disturbing it: Python's stack comes in, frames of the VM go out.

    VM ─▶ fast f ─▶ table.sort ─▶ state.call ─▶ VM ─▶ order function ─▶ debug.traceback
    thread.frames    […, Seam, border, order]   ─▶   […, f, sort, border, order]

A native function that fast code calls may call Lua code: State.call leaves a Seam where the frames
of fast code would be. Whoever only looks gets copies, made here of the Python frames below.
"""

from __future__ import annotations

import sys
from itertools import zip_longest
from types import CodeType, FrameType

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.handover import Activation, activations_of, native_behind, snapshot
from pylua.jit.indexing import MAX_CHAIN
from pylua.jit.protected_calls import PROTECTED_CALLS
from pylua.jit.translation import Translation
from pylua.jit.waiting import CALLS, STORES
from pylua.values.functions import ABSENT, LuaFunction, NativeFunction
from pylua.values.types import LuaValue
from pylua.vm.decoding import SELF_R, SETTABUP_K
from pylua.vm.operators import metamethod
from pylua.vm.thread import Frame, NativeFrame, Seam, Thread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pylua.vm.state import State

__all__ = ["HiddenFrames"]

_READS: Final = frozenset({Op.GETTABUP, Op.GETTABLE, Op.GETI, Op.GETFIELD, Op.SELF, SELF_R})


class HiddenFrames:
    """Of one FastTier. `ends`: code objects behind which, seen from within, other fast functions begin."""

    def __init__(self, translations: dict[int, Translation], ends: frozenset[CodeType]) -> None:
        self.translations = translations
        self.ends = frozenset(map(id, ends))

    def are_there(self) -> bool:
        """Whether fast code has called the native function that now calls.

        The calls in between: this, State._seam, State._call_in_vm.
        """
        frame: FrameType | None = sys._getframe(3)
        while frame is not None and id(frame.f_code) not in self.ends:
            if id(frame.f_code) in self.translations:
                return True
            frame = frame.f_back
        return False

    def catch(self, state: State) -> bool:
        """Whether a protected call of fast code waits for what now runs, as no frame of the VM tells."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if id(frame.f_code) in PROTECTED_CALLS and frame.f_locals.get("state") is state:
                return True
            frame = frame.f_back
        return False

    def catcher_at(self, seam: Seam) -> LuaValue:
        """The message handler of the protected call among what `seam` hides, next to it.

        None if that has none, ABSENT if there is no such call.
        """
        is_behind = False
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if is_behind and id(frame.f_code) in PROTECTED_CALLS:
                return frame.f_locals["handler"]
            if id(frame.f_code) in self.ends or self._is_resumed_by_loop(frame):
                if is_behind:
                    break
                is_behind = frame.f_locals.get("seam") is seam
            frame = frame.f_back
        return ABSENT

    def shown(self, thread: Thread) -> list[Any]:
        """The frames of `thread`, with copies of the hidden ones in the place of its Seams."""
        hidden = {id(seam): activations for seam, activations in self._groups()}
        frames: list[Any] = []
        for frame, next_frame in zip_longest(thread.frames, thread.frames[1:]):
            if type(frame) is not Seam:
                frames.append(frame)
                continue
            for activations in _divided(hidden.get(id(frame), [])):
                frames += _copies(thread.state, activations)
            if getattr(next_frame, "then", None) is not None and type(frames[-1]) is NativeFrame:
                frames.pop()  # what was called is there itself
        return frames

    def _groups(self) -> Iterator[tuple[Seam, list[Activation | None]]]:
        """The Seams of Python's stack, each with the fast functions below it, outermost first.

        None stands for a protected call between two of them.
        """
        seam: Seam | None = None
        activations: list[Activation | None] = []
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            translation = self.translations.get(id(frame.f_code))
            if translation is not None:
                activations += activations_of(translation, frame, frame.f_lineno)[::-1]
            elif id(frame.f_code) in PROTECTED_CALLS:
                activations.append(None)
            if id(frame.f_code) in self.ends or self._is_resumed_by_loop(frame):
                if seam is not None:
                    yield seam, activations[::-1]
                seam, activations = None if translation else frame.f_locals.get("seam"), []
            frame = frame.f_back
        if seam is not None:
            yield seam, activations[::-1]

    def _is_resumed_by_loop(self, frame: FrameType) -> bool:
        """Whether a generator is a coroutine's, and a loop of fast code goes through it."""
        translation, outer = self.translations.get(id(frame.f_code)), frame.f_back
        if translation is None or not translation.is_generator or outer is None:
            return False
        if id(outer.f_code) not in self.translations:
            return False
        return outer.f_locals.get("th") is not frame.f_locals.get("th")


def _divided(activations: list[Activation | None]) -> Iterator[list[Activation]]:
    """The activations between protected calls."""
    part: list[Activation] = []
    for each in activations:
        if each is None:
            yield part
            part = []
        else:
            part.append(each)
    yield part


def _copies(state: State, activations: list[Activation]) -> list[Any]:
    """Frames of fast functions, and of the native function that the innermost has called."""
    frames: list[Any] = snapshot(activations)
    if activations:
        native = _native_called(state, frames[-1], activations[-1].pc)
        if native is not None:
            frames.append(NativeFrame(native, 0, 0))
    return frames


def _native_called(state: State, frame: Frame, pc: int) -> NativeFunction | None:
    """The native function, perhaps a metamethod, that the instruction at `pc` has called."""
    op, a, b, _ = frame.code[pc]
    if op in CALLS:
        return native_behind(state, frame.registers[a])
    if op not in _READS and op not in STORES:
        return None
    place, event = (a, "__newindex") if op in STORES else (b, "__index")
    is_upvalue = op in (Op.GETTABUP, Op.SETTABUP, SETTABUP_K)
    value = frame.function.upvalues[place].value if is_upvalue else frame.registers[place]
    for _ in range(MAX_CHAIN):
        value = metamethod(state, value, event)
        if value is None or isinstance(value, (NativeFunction, LuaFunction)):
            break
    return value if isinstance(value, NativeFunction) else None
