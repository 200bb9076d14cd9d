"""Coroutines whose function is fast code: a Python generator runs them, `coroutine.yield` is its `yield`.

    wrapped.many(x)  ─▶  resume(thread, (x,))  ─▶  thread.generator.send(x)  ─▶  what is yielded

The VM's own switch makes a request and goes through its loop. This serves functions that call
`coroutine.yield` themselves, from their start or from the head of a loop on. Whatever else
happens makes the generator end by an exception, or `materialize` reads it: then its frame is one
of the VM again, and the coroutine goes on there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import CodeType

from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.handover import Activation, push_waiting
from pylua.jit.natives import forms_of
from pylua.jit.seams import run_nested
from pylua.values.functions import ControlFunction, LuaFunction
from pylua.values.records import record
from pylua.values.types import LuaValue
from pylua.vm.calls import deliver, leave
from pylua.vm.thread import Status, Thread

if TYPE_CHECKING:
    from pylua.jit.tier import FastTier
    from pylua.vm.state import State

__all__ = ["RESUME", "Coroutines"]


@record(frozen=True)
class Advanced:
    """A coroutine was resumed as fast code; `results` for the frame on top, None: frames changed."""

    results: list[LuaValue] | None


def _raise(error: BaseException, _state: State) -> None:
    raise error


def _deliver(results: LuaValue, state: State) -> None:
    deliver(state, results if type(results) is tuple else (results,))


class Coroutines:
    """Of one FastTier."""

    def __init__(self, tier: FastTier) -> None:
        self.tier = tier
        self.state = tier.state
        self._in_vm = forms_of(tier.call_in_vm)
        self.yield_ = tier.names["YIELD"]

    # --- resumed by fast code ---------------------------------------------------------------

    def make_resume(self, wrapped: ControlFunction, single: bool) -> Callable[..., LuaValue]:
        """What fast code calls for a function that coroutine.wrap has made, for one result or all."""
        coroutine: Thread = wrapped.call.__self__.thread  # type: ignore[attr-defined]
        state, call_in_vm = self.state, self._in_vm["one" if single else "many"]
        suspended, running, normal = Status.SUSPENDED, Status.RUNNING, Status.NORMAL

        def resume(*arguments: LuaValue) -> LuaValue:
            generator = coroutine.generator
            thread = state.thread
            levels = thread.c_levels + 1
            if (
                generator is None
                or coroutine.status is not suspended
                or levels >= state.max_c_levels
                or state.keeps_to_vm
            ):
                return call_in_vm(wrapped, *arguments)
            own_levels = coroutine.c_levels
            coroutine.c_levels = own_levels + levels
            coroutine.resumer = thread
            thread.status = normal
            coroutine.status = running
            state.thread = coroutine
            try:
                values = generator.send(arguments[0] if len(arguments) == 1 else arguments)
            except StopIteration as stop:
                values = self._end(coroutine, thread, stop.value)
            except BaseException as error:
                coroutine.generator = None
                coroutine.unwrapped = True
                values = run_nested(state, thread, partial(_raise, error))
            else:
                coroutine.status = suspended
                coroutine.c_levels = own_levels
                coroutine.resumer = None
                state.thread = thread
                thread.status = running
            if single and values.__class__ is tuple:
                return values[0] if values else None
            return values

        return resume

    def _end(self, coroutine: Thread, thread: Thread, results: LuaValue) -> LuaValue:
        """The generator of `coroutine`, which `thread` has resumed, has returned; what the latter gets."""
        coroutine.generator = None
        coroutine.unwrapped = True
        if len(coroutine.frames) > 1:
            return run_nested(self.state, thread, partial(_deliver, results))
        coroutine.status = Status.DEAD
        coroutine.c_levels -= thread.c_levels + 1
        coroutine.resumer = None
        self.state.thread = thread
        thread.status = Status.RUNNING
        return results

    # --- resumed by the VM ------------------------------------------------------------------

    def advance(self, coroutine: Thread, arguments: list[LuaValue]) -> Advanced | None:
        """Resumes `coroutine`, the running thread by now, as fast code; None if it is not fast."""
        generator = coroutine.generator
        if generator is None:
            return self._start(coroutine, arguments)
        if self.state.keeps_to_vm:
            self.materialize(coroutine)
            return None
        return self._send(coroutine, generator, arguments[0] if len(arguments) == 1 else tuple(arguments))

    def _start(self, coroutine: Thread, arguments: list[LuaValue]) -> Advanced | None:
        function = coroutine.start
        if not isinstance(function, LuaFunction) or self.state.keeps_to_vm or coroutine.hook is not None:
            return None
        make = self.tier.body_of(function)
        if make is None:
            return None
        prototype = function.prototype
        if not prototype.is_vararg:
            arguments = arguments[: prototype.parameter_count]
        coroutine.start = None
        coroutine.generator = make(*arguments)
        return self._send(coroutine, coroutine.generator, None)

    def start_in_loop(self, thread: Thread, generator: Any) -> None:
        """`thread` goes on as fast code, with a loop that yields, until it is left."""
        thread.generator = generator
        advanced = self._send(thread, generator, None)
        deliver(self.state, advanced.results)

    def _send(self, coroutine: Thread, generator: Any, values: LuaValue) -> Advanced:
        try:
            given = generator.send(values)
        except StopIteration as stop:
            coroutine.generator = None
            results = stop.value if type(stop.value) is tuple else (stop.value,)
            if len(coroutine.frames) > 1:
                deliver(self.state, results)
                return Advanced(None)
            coroutine.status = Status.DEAD
            return Advanced(leave(self.state, coroutine, list(results)))
        except BaseException:
            coroutine.generator = None
            raise
        coroutine.status = Status.SUSPENDED
        return Advanced(leave(self.state, coroutine, list(given) if type(given) is tuple else [given]))

    # --- back to the VM ---------------------------------------------------------------------

    def materialize(self, coroutine: Thread) -> None:
        """Makes VM frames of a suspended coroutine's generators: somebody wants to see it."""
        generator = coroutine.generator
        if generator.gi_running:
            return
        waiting = []
        inner = generator
        while inner is not None:
            frame = inner.gi_frame
            waiting.append(Activation(self.tier.translations[frame.f_code], frame, frame.f_lineno))
            inner = inner.gi_yieldfrom
        coroutine.generator = None
        push_waiting(self.state, coroutine, waiting)
        coroutine.native = self.yield_
        generator.close()


RESUME: Final = next(code for code in Coroutines.make_resume.__code__.co_consts if isinstance(code, CodeType))
"""The code of what `make_resume` makes: where Python's stack goes from one coroutine to another."""
