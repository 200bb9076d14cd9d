"""pcall and xpcall of fast code by fast code: a call comes in, `true` and its results go out.

    VM ─▶ fast f ─▶ pcall ─▶ fast g             returns: 3.7 -> 0.3 µs; throws by `error`: 60 -> 3 µs
    VM ─▶ fast f ─▶ pcall ─▶ VM ─▶ pcall ─▶ g   whatever else leaves g by an exception

`error` and `assert` throw where nobody but such a pcall is there to take the error: no VM has begun since
(`Thread.catching`), so that nothing is to be closed, nobody looks at the stack. Any other Python exception
that comes out of the callee may be a Lua error, or no error at all. A nested VM gets the frame that pcall
leaves in the VM, and the callee's frames above it: there it goes on, unwinds, calls handlers, as if the VM
had made the call. `f` stays fast code, behind a Seam (see seams).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import CodeType

from pylua.errors import NotFast, Thrown, Unhide
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.handover import activations_of
from pylua.jit.seams import run_nested
from pylua.values.contexts import suppress
from pylua.values.functions import ABSENT, LuaFunction, NativeFunction
from pylua.values.types import FALSE, TRUE, LuaValue
from pylua.vm.calls import top_of
from pylua.vm.control import Call
from pylua.vm.thread import NativeFrame, Thread
from pylua.vm.throwing import FAULTS, is_error
from pylua.vm.tracebacks import short_source

if TYPE_CHECKING:
    from pylua.jit.tier import FastTier
    from pylua.vm.state import State

__all__ = ["PROTECTED_CALLS", "ProtectedCalls"]

_ROOM: Final = 200
"""Python frames that a nested VM gets in addition where it could not even begin."""
_FUNCTIONS: Final = (LuaFunction, NativeFunction)
_CALLER: Final = 1 << 20
"""A caller in Python among the frames makes this difference to `Thread.catching`."""
_NATIVES: Final = 3
"""So many frames above it is the code that has called `error` or `assert`."""
_NEEDED: Final = 30
"""Python frames that it takes a nested VM to begin."""


class ProtectedCalls:
    """Of one FastTier."""

    def __init__(self, tier: FastTier) -> None:
        self.tier = tier
        self.state = tier.state

    def make_pcall(
        self, native: NativeFunction, is_single: bool = False, has_handler: bool = False
    ) -> Callable[..., Any]:
        """What fast code calls for pcall (xpcall if it `has_handler`), for one result or all."""
        state, call_in_vm, recover = self.state, self.tier.call_in_vm, self._recover

        def protected(function: Any = ABSENT, *given: LuaValue) -> LuaValue:
            thread = state.thread
            levels = thread.c_levels + 1
            handler, arguments = None, given
            try:
                is_fast = function.is_usable and levels < state.max_c_levels
            except AttributeError:
                is_fast = False
            if has_handler:
                handler, arguments = given[0] if given else None, given[1:]
                is_fast = is_fast and isinstance(handler, _FUNCTIONS)
            if not is_fast:
                results = call_in_vm(native, *(() if function is ABSENT else (function, *given)))
                return results[0] if is_single and results.__class__ is tuple else results
            prototype = function.prototype
            depth = len(thread.frames)
            catching = thread.catching
            thread.c_levels = levels
            thread.catching = depth + _CALLER * thread.boundaries if handler is None else -1
            try:
                if len(arguments) > prototype.parameter_count and not prototype.is_vararg:
                    results = function.many(*arguments[: prototype.parameter_count])
                else:
                    results = function.many(*arguments)
            except Thrown as thrown:
                thread.c_levels, thread.catching = levels - 1, catching
                return FALSE if is_single else (FALSE, thrown.value)
            except BaseException as fault:
                thread.catching = catching
                results = recover(thread, native, (function, *given), depth, levels - 1, fault)
                return results[0] if is_single and results.__class__ is tuple else results
            thread.c_levels, thread.catching = levels - 1, catching
            if is_single:
                return TRUE
            return (TRUE, *results) if results.__class__ is tuple else (TRUE, results)

        return protected

    def make_error(self, _native: NativeFunction) -> Callable[..., Any]:
        """What fast code calls for error."""

        def error(value: LuaValue = None, level: LuaValue = None, *_: LuaValue) -> LuaValue:
            raise self._thrown(value, level)

        return error

    def make_assert(self, _native: NativeFunction, is_single: bool = False) -> Callable[..., Any]:
        """What fast code calls for assert, for one result or all."""

        def check(*arguments: LuaValue) -> LuaValue:
            if not arguments:
                raise NotFast
            if arguments[0] is None or arguments[0] is FALSE:
                raise self._thrown(arguments[1] if len(arguments) > 1 else "assertion failed!", None)
            return arguments[0] if is_single or len(arguments) == 1 else arguments

        return check

    def _thrown(self, value: LuaValue, level: LuaValue) -> Exception:
        """The exception by which a native throws `value` that fast code has called."""
        state = self.state
        thread = state.thread
        is_caught = thread.catching == len(thread.frames) + _CALLER * thread.boundaries
        if not is_caught or state.keeps_to_vm or state.budget.is_limited:
            return NotFast()
        if level is not None and level.__class__ is not int:
            return NotFast()
        if value.__class__ is str and level != 0:
            position = self._position() if level is None or level == 1 else None
            if position is None:
                return NotFast()
            value = position + value
        return Thrown(value)

    def _position(self) -> str | None:
        """`chunk:line: ` of the function whose fast code has called a native; None if none has."""
        frame = sys._getframe(_NATIVES)
        translation = self.tier.translations.get(id(frame.f_code))
        if translation is None:
            return None
        position = translation.positions.get(frame.f_lineno)
        if position is None:
            activation = activations_of(translation, frame, frame.f_lineno)[-1]
            line = activation.function.prototype.line_of(activation.pc)
            position = f"{short_source(activation.function)}:{line}: " if line > 0 else ""
            translation.positions[frame.f_lineno] = position
        return position

    def _recover(
        self,
        thread: Thread,
        native: NativeFunction,
        arguments: tuple[LuaValue, ...],
        depth: int,
        levels: int,
        fault: BaseException,
    ) -> LuaValue:
        """What `native` gives for a call that was left by an exception."""
        limit = sys.getrecursionlimit()
        try:
            _probe(_NEEDED)
        except RecursionError:
            sys.setrecursionlimit(limit + _ROOM)
        try:
            if not is_error(fault) and isinstance(fault, FAULTS) and not self._has_begun(fault):
                thread.c_levels = levels
                return self.tier.call_in_vm(native, *arguments)
            request: Call = native.call(thread, list(arguments))
            caller = thread.native
            if isinstance(fault, FAULTS):
                thread.native = None  # else it is told to whoever takes an Unhide
            first = partial(_go_on, thread, native, request, depth + 1, levels, fault)
            results = run_nested(self.state, thread, first, depth)
            thread.native = caller
            return results
        except Unhide:
            raise
        except BaseException:
            thread.c_levels = levels  # a limit, or an exception of the host: nothing else would
            raise
        finally:
            if sys.getrecursionlimit() != limit:
                with suppress(RecursionError):
                    sys.setrecursionlimit(limit)

    def _has_begun(self, fault: BaseException) -> bool:
        """Whether the exception has left fast code: else nothing has happened yet."""
        traceback = fault.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if id(code) in self.tier.translations or code is run_nested.__code__:
                return True
            traceback = traceback.tb_next
        return False


def _go_on(
    thread: Thread,
    native: NativeFunction,
    request: Call,
    place: int,
    levels: int,
    fault: BaseException,
    state: State,
) -> None:
    """Leaves the frame that waits for the callee, and lets the VM take over from there."""
    waiting = NativeFrame(
        native, top_of(thread), levels, request.then, request.recover, request.handler, request.data
    )
    thread.frames.insert(place, waiting)
    raise fault


def _probe(frames: int) -> None:
    """RecursionError unless Python's stack has room for so many more frames."""
    if frames:
        _probe(frames - 1)


PROTECTED_CALLS: Final = frozenset(
    id(code) for code in ProtectedCalls.make_pcall.__code__.co_consts if isinstance(code, CodeType)
)
"""The identities of the code objects of calls that leave no frame of their own between those of fast code."""
