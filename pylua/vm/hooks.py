"""Debug hooks (§6.10 debug.sethook): what the VM does goes in, calls of the hook come out.

The VM reports to this module only while a thread has a hook:

    before each instruction   before_instruction()   count and line events
    a function was entered    on_call(), on_native_call()      call, tail call
    a function will return    on_return(), on_native_return()  return

While a hook runs, a NativeFrame with `is_hook` lies on top of the interrupted function: the
hook is level 1 and its victim level 2. No event calls a hook within a hook, but events are
counted and lines are noted all the same.

A line event comes with the first instruction of a function, with each that is on another line
than the one before, and with each jump back. `thread.old_pc` is the instruction last seen.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.functions import NativeFunction
from pylua.values.types import LuaValue
from pylua.vm.thread import CLOSE, METAMETHOD, Frame, NativeFrame, Thread

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["before_instruction", "on_call", "on_native_call", "on_native_return", "on_return"]

_BUFFERED: Final = frozenset(
    {"char", "concat", "dump", "format", "gsub", "lower", "pack", "rep", "reverse", "upper"}
)
"""Functions that build their string in PUC Lua's buffer."""
_BUFFER: Final = 1024
"""Longer strings leave the buffer for a box, a to-be-closed userdata whose `__close` hooks see."""
_BOX: Final = NativeFunction(lambda *_: (), "?")


def before_instruction(state: State, thread: Thread, frame: Frame, pc: int) -> None:
    """Counts the instruction at `pc`, which is about to run, and calls the hook if it is due."""
    hook = thread.hook
    if hook is None or not (hook.line or hook.count > 0) or _is_vararg_entry(frame, pc):
        return
    is_count_due = _count(thread)
    if not is_count_due and not hook.line:
        return
    frame.pc = pc + 1
    if is_count_due:
        _fire(state, thread, "count")
    if hook.line:
        _trace_line(state, thread, frame, pc)
    frame.pc = pc


def _is_vararg_entry(frame: Frame, pc: int) -> bool:
    """The instruction that sets varargs aside is still part of the call: no event comes before it."""
    return pc == 0 and frame.function.prototype.code[0] & 0x7F == Op.VARARGPREP


def _count(thread: Thread) -> bool:
    """Counts one instruction; whether a count event is due."""
    hook = thread.hook
    if hook is None or hook.count <= 0:
        return False
    hook.remaining -= 1
    if hook.remaining:
        return False
    hook.remaining = hook.count
    return True


def _trace_line(state: State, thread: Thread, frame: Frame, pc: int) -> None:
    prototype = frame.function.prototype
    # A function left by an error, or a hook set anew, may leave an instruction of another function.
    old_pc = thread.old_pc if thread.old_pc < len(prototype.code) else 0
    line = prototype.line_of(pc)
    if pc <= old_pc or line != prototype.line_of(old_pc):
        _fire(state, thread, "line", line if line >= 0 else None)
    thread.old_pc = pc


def _fire(state: State, thread: Thread, event: str, line: int | None = None) -> None:
    """Calls the hook for an event of the innermost frame, unless a hook runs already."""
    hook = thread.hook
    if hook is None or thread.in_hook:
        return
    native, thread.native = thread.native, None
    frames = thread.frames
    border = NativeFrame(None, frames[-1].base, thread.c_levels)
    border.is_hook = True
    frames.append(border)
    thread.in_hook = True
    try:
        state.call(hook.function, event, line)
    finally:
        thread.in_hook = False
        thread.native = native
        frames.pop()


# --- calls and returns ---------------------------------------------------------------------------


def on_call(state: State, thread: Thread, frame: Frame) -> None:
    """A Lua function was entered: at its first instruction, or after its varargs were set aside."""
    thread.old_pc = 0
    hook = thread.hook
    if hook is None:
        return
    prototype = frame.function.prototype
    if hook.call:
        pc = frame.pc
        frame.pc = pc + 1
        frame.transfer = (0, prototype.parameter_count)
        _fire(state, thread, "tail call" if frame.is_tail_call else "call")
        frame.transfer = None
        frame.pc = pc
    if prototype.is_vararg:
        thread.old_pc = 1


def on_return(state: State, thread: Thread, frame: Frame) -> None:
    """A Lua function will return: `frame.transfer` is its first result's register and their number."""
    hook = thread.hook
    if hook is None:
        return
    if hook.return_:
        frame.pc -= _ends_tail_call(frame)
        _fire(state, thread, "return")
    _note_caller(thread, len(thread.frames) - 1)


def _ends_tail_call(frame: Frame) -> bool:
    """Whether the return only hands on what a tail call of a native function gave: it is part of that."""
    code = frame.function.prototype.code
    return frame.pc >= 2 and code[frame.pc - 2] & 0x7F == Op.TAILCALL


def on_native_call(state: State, thread: Thread, function: NativeFunction, arguments: list[LuaValue]) -> None:
    """A native function was called; it has no frame yet."""
    if thread.hook is not None and thread.hook.call:
        _fire_native(state, thread, function, "call", arguments)


def on_native_return(state: State, thread: Thread, function: NativeFunction | None, results: Any) -> None:
    """A native function will return `results` (a list or tuple); its frame is gone or never was.

    None stands for Python code that only looks like one: that is no level, and no event.
    """
    hook = thread.hook
    if hook is None:
        return
    if function is not None:
        if function.name in _BUFFERED and any(type(text) is str and len(text) > _BUFFER for text in results):
            _fire_buffer_end(state, thread, function)
        if hook.return_:
            _fire_native(state, thread, function, "return", results)
    _note_caller(thread, len(thread.frames))


def _fire_buffer_end(state: State, thread: Thread, function: NativeFunction) -> None:
    """The events of the function that closes the box of a long string's buffer (luaL_Buffer)."""
    assert thread.hook is not None
    thread.frames.append(NativeFrame(function, thread.frames[-1].base, thread.c_levels, data=[]))
    try:
        if thread.hook.call:
            _fire_native(state, thread, _BOX, "call", (None, None))
        if thread.hook.return_:
            _fire_native(state, thread, _BOX, "return", ())
    finally:
        thread.frames.pop()


def _fire_native(state: State, thread: Thread, function: NativeFunction, event: str, values: Any) -> None:
    """Calls the hook with a frame for the native function, whose `data` are the values it was given."""
    if thread.in_hook:
        return
    frame = NativeFrame(function, thread.frames[-1].base, thread.c_levels, data=list(values))
    frame.transfer = (0, len(frame.data))
    thread.frames.append(frame)
    try:
        _fire(state, thread, event)
    finally:
        thread.frames.pop()


def _note_caller(thread: Thread, index: int) -> None:
    """The function at `frames[index]` returns: lines go on from the caller's calling instruction."""
    for caller in reversed(thread.frames[:index]):
        if isinstance(caller, Frame):
            is_closing = getattr(caller, "wanted", METAMETHOD) == CLOSE  # then `pc` runs again
            thread.old_pc = caller.pc if is_closing else max(caller.pc - 1, 0)
        if caller.function is not None:
            return
