"""Calls and returns outside the loop's fast paths: whatever is to run next ends up on top of the frames.

    begin(state, thread, callee, arguments)   starts a call; results now, or None: frames changed
    deliver(state, results)                   hands results to the frame on top

Both may switch threads (coroutine.resume and yield) and run the continuations of native
functions; when a Python caller's boundary is reached, its results wait in `state.results`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pylua.errors import LuaError, OperationError, Unhide
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.functions import ControlFunction, LuaFunction, NativeFunction
from pylua.values.late import late_module
from pylua.values.types import FALSE, TRUE, LuaValue
from pylua.vm.control import Call, Resume, Yield
from pylua.vm.decoding import decode
from pylua.vm.operators import PENDING, find_concat, metamethod, text_of
from pylua.vm.thread import (
    CLOSE,
    CONCAT,
    METAMETHOD,
    NEWINDEX,
    OPEN,
    TEST,
    Frame,
    NativeFrame,
    Status,
    Thread,
)

if TYPE_CHECKING:
    from pylua.vm import faults
    from pylua.vm.state import State
else:
    faults = late_module("pylua.vm.faults")

__all__ = [
    "HIGH_STACK",
    "MAX_STACK",
    "AfterUnwinding",
    "base_of",
    "begin",
    "called_through",
    "close_upvalues",
    "close_variables",
    "concat_registers",
    "deliver",
    "end_resume",
    "enter_lua",
    "leave",
    "mark_to_be_closed",
    "packed",
    "settle",
    "stack_overflow",
    "start_call",
    "switch_back",
    "top_of",
]

MAX_STACK: Final = 1_000_000
"""Slots of PUC Lua's stack (LUAI_MAXSTACK); a stack overflow happens at the same depth."""
HIGH_STACK: Final = MAX_STACK // 4 * 3
"""Above it no fast code is entered: it sees a stack overflow only when Python's stack is full, too late."""
NATIVE_SLOTS: Final = 20


def enter_lua(
    state: State, thread: Thread, function: LuaFunction, arguments: list[LuaValue], base: int
) -> Frame:
    """Pushes a frame for `function`; takes over the list `arguments` as its registers."""
    prototype = function.prototype
    code = prototype.decoded
    if code is None:
        code = decode(prototype)
    parameters: int = prototype.parameter_count
    given = len(arguments)
    varargs = None
    if given > parameters:
        if prototype.is_vararg:
            varargs = arguments[parameters:]
            base += given + 1
        del arguments[parameters:]
        given = parameters
    elif prototype.is_vararg:
        base += parameters + 1
    size: int = prototype.stack_size
    if base + size > MAX_STACK:
        stack_overflow(state, base + size)
    arguments += [None] * (size - given)
    frame = Frame(function, code, arguments, base)
    if varargs is not None:
        frame.varargs = varargs
    thread.frames.append(frame)
    return frame


def base_of(frame: Frame) -> int:
    """Where the arguments of `frame` began: a tail call starts there again."""
    prototype = frame.function.prototype
    if not prototype.is_vararg:
        return frame.base
    return frame.base - (prototype.parameter_count + len(frame.varargs) + 1)  # type: ignore[no-any-return]


def stack_overflow(state: State, needed: int) -> None:
    """PUC Lua leaves 200 more slots for the message handler of a stack overflow."""
    if state.handling_overflow:
        if needed > MAX_STACK + 200:
            error = LuaError("error in error handling")
            error.is_handled = True
            raise error
    else:
        state.handling_overflow = True
        raise OperationError("stack overflow")


def close_upvalues(frame: Frame, first: int) -> None:
    """Takes the variables in registers `first` and up out of the frame into their upvalues."""
    upvalues = frame.open_upvalues
    assert upvalues is not None
    for register in [register for register in upvalues if register >= first]:
        upvalues.pop(register).close()


class AfterUnwinding(BaseException):
    """Raised by a native function that must run when the Python frames of the VM's loop are gone.

    Their locals may be the last to refer to Lua objects. `task()` gives the function's results.
    """

    def __init__(self, task: Callable[[], Any]) -> None:
        super().__init__()
        self.task = task

    def finisher(self) -> Callable[[State], None]:
        """What runs the task in the place of the native function (without this exception's traceback)."""
        return partial(_finish_native, self.task)


def _finish_native(task: Callable[[], Any], state: State) -> None:
    thread = state.thread
    deliver(state, settle(state, thread, thread.native, task()))


# --- starting a call ------------------------------------------------------------------------


def begin(
    state: State, thread: Thread, callee: LuaValue, arguments: list[LuaValue], may_be_fast: bool = True
) -> list[LuaValue] | tuple[LuaValue, ...] | None:
    """Calls `callee` on top of `thread`, whose top frame waits for the results.

    Gives the results at once for native functions, for the frame on top of the (perhaps
    other) running thread; None when a Lua frame was pushed instead.
    """
    while not isinstance(callee, NativeFunction):
        if isinstance(callee, LuaFunction):
            if may_be_fast and not state.must_keep_to_vm(thread):
                tier = state.fast_tier
                if tier is not None and tier.is_fast(callee):
                    return _call_fast(callee, arguments)
            frame = enter_lua(state, thread, callee, arguments, top_of(thread))
            if thread.hook is not None and not callee.prototype.is_vararg:
                state.on_call(thread, frame)
            return None
        callee = called_through(state, callee, arguments)
    thread.native = callee
    if thread.hook is not None:
        state.on_native_call(thread, callee, arguments)
    try:
        if isinstance(callee, ControlFunction):
            outcome = callee.call(thread, arguments)
        else:
            outcome = callee.call(*arguments)
        return settle(state, thread, callee, outcome)
    except Unhide as request:
        if not request.has_left_vm and request.error is request.task is request.retry is None:
            request.retry = (callee, arguments)
        raise


def _call_fast(callee: LuaFunction, arguments: list[LuaValue]) -> tuple[LuaValue, ...]:
    """All results of a function of the fast tier."""
    prototype = callee.prototype
    if len(arguments) > prototype.parameter_count and not prototype.is_vararg:
        arguments = arguments[: prototype.parameter_count]
    results = callee.many(*arguments)
    return results if type(results) is tuple else (results,)


def called_through(state: State, value: LuaValue, arguments: list[LuaValue]) -> LuaValue:
    """The function that a call of `value` comes to through `__call`; its arguments get the value in front."""
    while not isinstance(value, LuaFunction) and not isinstance(value, NativeFunction):
        handler = metamethod(state, value, "__call")
        if handler is None:
            raise OperationError(faults.call_fault_here(state, value))
        arguments.insert(0, value)
        value = handler
    return value


def packed(results: list[LuaValue] | tuple[LuaValue, ...]) -> LuaValue:
    """Results as fast code gives them: one value, or a tuple of any other number."""
    return results[0] if len(results) == 1 else tuple(results)


def top_of(thread: Thread) -> int:
    """Where the next frame of `thread` would begin in PUC Lua's stack."""
    frame = thread.frames[-1]
    if not frame.is_lua:
        return frame.base + NATIVE_SLOTS  # type: ignore[no-any-return]
    if getattr(frame, "wanted", METAMETHOD) >= OPEN:  # unset before the first call
        return frame.base + frame.dest + 1  # type: ignore[no-any-return]
    return frame.base + frame.function.prototype.stack_size + 1  # type: ignore[no-any-return]


def settle(
    state: State, thread: Thread, native: NativeFunction | None, outcome: Any
) -> list[LuaValue] | tuple[LuaValue, ...] | None:
    """Does what a native function asked for, or passes its results on."""
    kind = type(outcome)
    if kind is Call:
        return start_call(state, thread, native, outcome)
    if kind is Resume:
        return _resume(state, thread, outcome)
    if kind is Yield:
        return _yield(state, thread, outcome.values)
    results = outcome if kind is tuple or kind is list else (outcome,)
    if thread.hook is not None:
        state.on_native_return(thread, native, results)
    thread.native = None
    return results


def start_call(
    state: State, thread: Thread, native: NativeFunction | None, request: Call
) -> list[LuaValue] | tuple[LuaValue, ...] | None:
    """Leaves a NativeFrame for `native` and calls the function it asked for."""
    frame = NativeFrame(
        native,
        top_of(thread),
        thread.c_levels,
        request.then,
        request.recover,
        request.handler,
        request.data,
    )
    thread.frames.append(frame)
    thread.native = None
    state.count_c_level(thread)
    return begin(state, thread, request.function, request.arguments)


# --- coroutines -------------------------------------------------------------------------------


def _resume(state: State, thread: Thread, request: Resume) -> list[LuaValue] | tuple[LuaValue, ...] | None:
    coroutine = request.thread
    if coroutine.status is not Status.SUSPENDED:
        kind = "dead" if coroutine.status is Status.DEAD else "non-suspended"
        return _refuse(state, thread, request, f"cannot resume {kind} coroutine")
    if thread.c_levels >= state.max_c_levels:
        if thread.seams:
            raise Unhide  # as long as it can be resumed: it will be tried again
        coroutine.is_dead = True
        return _refuse(state, thread, request, "C stack overflow")
    coroutine.set_resumer(thread)
    coroutine.unwrapped = request.unwrapped
    state.thread = coroutine
    tier = state.fast_tier
    if tier is not None and coroutine.hook is None:
        outcome = tier.coroutines.advance(coroutine, request.arguments)
        if outcome is not None:
            return outcome.results  # type: ignore[no-any-return]
    start = coroutine.start
    if start is not None:
        coroutine.start = None
        return begin(state, coroutine, start, request.arguments, may_be_fast=False)
    if coroutine.hook is not None:
        state.on_native_return(coroutine, coroutine.native, request.arguments)
    coroutine.native = None
    return request.arguments


def _refuse(state: State, thread: Thread, request: Resume, message: str) -> list[LuaValue]:
    """What a resume gives that could not even start; `coroutine.resume` returns at once."""
    native = thread.native
    results = state.resume_failed(thread, request, message)
    if thread.hook is not None:
        state.on_native_return(thread, native, results)
    return results


def _yield(state: State, thread: Thread, values: list[LuaValue]) -> list[LuaValue]:
    if thread.boundaries or thread is state.main_thread:
        raise OperationError(
            "attempt to yield from outside a coroutine"
            if thread is state.main_thread
            else "attempt to yield across a C-call boundary"
        )
    if thread.seams:
        raise Unhide
    return leave(state, thread, values)


def leave(state: State, thread: Thread, values: list[LuaValue]) -> list[LuaValue]:
    """Switches back to the resumer of `thread`; gives the values as it wants them."""
    resumer = switch_back(state, thread)
    return end_resume(state, resumer, list(values) if thread.unwrapped else [TRUE, *values])


def switch_back(state: State, thread: Thread) -> Thread:
    """Makes the resumer of `thread` the running thread, within the function that resumed."""
    resumer = thread.resumer
    assert resumer is not None
    thread.resumer = None
    state.thread = resumer
    return resumer


def end_resume(state: State, resumer: Thread, results: list[LuaValue]) -> list[LuaValue]:
    """The function that resumed returns `results`."""
    if resumer.hook is not None:
        state.on_native_return(resumer, resumer.native, results)
    resumer.native = None
    return results


# --- delivering results -----------------------------------------------------------------------


def deliver(state: State, results: list[LuaValue] | tuple[LuaValue, ...] | None) -> None:
    """Hands `results` to the frame on top of the running thread, until Lua code can go on."""
    while results is not None:
        thread = state.thread
        frame = thread.frames[-1]
        if frame.is_lua:
            results = _store(state, thread, frame, results)
        elif frame.then is not None:
            results = _continue_native(state, thread, frame, results)
        elif len(thread.frames) > 1:
            state.results = list(results)
            return
        else:
            thread.is_dead = True
            results = leave(state, thread, list(results))


def _continue_native(state: State, thread: Thread, frame: NativeFrame, results: Any) -> Any:
    thread.frames.pop()
    thread.c_levels = frame.c_levels
    thread.native = frame.function
    assert frame.then is not None
    return settle(state, thread, frame.function, frame.then(thread, frame, list(results)))


def _store(state: State, thread: Thread, frame: Frame, results: Any) -> Any:
    """Results of a call made by the instruction at `frame.pc - 1`."""
    wanted = frame.wanted
    registers = frame.registers
    dest = frame.dest
    if wanted >= 0:
        count = len(results)
        if count >= wanted:
            registers[dest : dest + wanted] = results[:wanted]
        else:
            registers[dest : dest + wanted] = [*results, *[None] * (wanted - count)]
        return None
    if wanted == OPEN:
        frame.top = dest + len(results)
        registers[dest : frame.top] = results
        return None
    thread.c_levels -= 1
    value = results[0] if results else None
    if wanted == METAMETHOD:
        registers[dest] = value
    elif wanted == TEST:
        frame.pc = frame.code[frame.pc - 1][3][value is not None and value is not FALSE]
    elif wanted == CONCAT:
        registers[frame.top] = value
        return _go_on_with_concat(state, thread, frame)
    elif wanted == CLOSE:
        frame.wanted = METAMETHOD  # what fails from here on was not called by the closing
        if state.watching or thread.hook is not None:
            thread.unobserved = frame
    else:
        assert wanted == NEWINDEX
    return None


# --- concatenation ----------------------------------------------------------------------------


def concat_registers(state: State, registers: list[LuaValue], first: int, end: int) -> int:
    """Concatenates registers `first` … `end - 1` from the right, as far as no metamethod is needed.

    Returns the end of what is left: `first + 1` when done (the result is in `first`), else
    the last two need the call in `state.pending`.
    """
    while end - first > 1:
        begin_texts = end
        texts: list[str] = []
        while begin_texts > first:
            text = text_of(registers[begin_texts - 1])
            if text is None:
                break
            texts.append(text)
            begin_texts -= 1
        if len(texts) >= 2:
            texts.reverse()
            registers[begin_texts] = "".join(texts)
            end = begin_texts + 1
        elif find_concat(state, registers[end - 2], registers[end - 1]) is PENDING:
            return end
    return end


def _go_on_with_concat(state: State, thread: Thread, frame: Frame) -> Any:
    first = frame.dest
    end = concat_registers(state, frame.registers, first, frame.top + 1)
    if end == first + 1:
        return None
    frame.top = end - 2
    frame.wanted = CONCAT
    callee, arguments = state.pending
    state.count_c_level(thread)
    return begin(state, thread, callee, arguments)


# --- to-be-closed variables (§3.3.8) -----------------------------------------------------------


def mark_to_be_closed(state: State, frame: Frame, register: int) -> None:
    """Marks the variable in `register`, unless its value is nil or false."""
    value = frame.registers[register]
    if value is None or value is FALSE:
        return
    if metamethod(state, value, "__close") is None:
        raise OperationError(faults.close_fault(frame, register))
    if frame.to_close is None:
        frame.to_close = []
    frame.to_close.append(register)


def close_variables(state: State, frame: Frame, first: int) -> bool:
    """Closes the to-be-closed variables in registers `first` and up, last one first.

    True: a `__close` runs now, and the instruction at `frame.pc` must run again after it.
    False: all are closed.
    """
    thread = state.thread
    to_close = frame.to_close
    assert to_close is not None
    while to_close and to_close[-1] >= first:
        register = to_close.pop()
        value = frame.registers[register]
        handler = metamethod(state, value, "__close")
        if handler is None:
            raise OperationError(faults.call_fault(frame, frame.pc, None))
        frame.wanted = CLOSE
        frame.dest = register
        state.count_c_level(thread)
        deliver(state, begin(state, thread, handler, [value, None]))
        if state.thread is not thread or thread.frames[-1] is not frame or state.results is not None:
            return True
        thread.unobserved = None
    return False
