"""Coroutines whose function is fast code: a Python generator runs them, `coroutine.yield` is its `yield`.

    wrapped.many(x)  ─▶  resume(thread, (x,))  ─▶  thread.generator.send(x)  ─▶  what is yielded

The VM's own switch makes a request and goes through its loop. This serves functions that call
`coroutine.yield` themselves, from their start or from the head of a loop on. Whatever else
happens makes the generator end by an exception, or `materialize` reads it: then its frame is one
of the VM again, and the coroutine goes on there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import CodeType

from pylua.errors import HandOver
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.handover import activations_of, push_waiting
from pylua.jit.natives import forms_of
from pylua.jit.seams import run_nested
from pylua.values.functions import ControlFunction, LuaFunction
from pylua.values.records import record
from pylua.values.types import LuaValue
from pylua.vm.calls import deliver, leave
from pylua.vm.thread import Thread

if TYPE_CHECKING:
    from pylua.jit.tier import FastTier
    from pylua.vm.state import State

__all__ = ["SWITCHES", "Coroutines"]


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
        coroutine = thread_of(wrapped)
        state, call_in_vm = self.state, self._in_vm["one" if single else "many"]

        def resume(*arguments: LuaValue) -> LuaValue:
            generator = coroutine.generator
            thread = state.thread
            if (
                generator is None
                or coroutine.resumer is not thread
                or coroutine.base_levels != thread.c_levels
            ) and not self._may_resume(coroutine, thread):
                return call_in_vm(wrapped, *arguments)
            state.thread = coroutine
            try:
                values = generator.send(arguments[0] if len(arguments) == 1 else arguments)
            except BaseException as error:
                values = self._ended(coroutine, thread, error)
            else:
                state.thread = thread
            if single and values.__class__ is tuple:
                return values[0] if values else None
            return values

        return resume

    def driven(self, wrapped: LuaValue, subject: LuaValue, control: LuaValue) -> Iterator[LuaValue]:
        """The first values that a generic loop gets from a function that coroutine.wrap has made.

        It switches as `resume` does, written out: calling that took 50 ns more, of 220.
        """
        if type(wrapped) is not ControlFunction or wrapped.name != "wrap":
            raise HandOver
        coroutine = thread_of(wrapped)
        state, call_in_vm = self.state, self._in_vm["one"]
        while True:
            generator = coroutine.generator
            thread = state.thread
            if (
                generator is None
                or coroutine.resumer is not thread
                or coroutine.base_levels != thread.c_levels
            ) and not self._may_resume(coroutine, thread):
                control = call_in_vm(wrapped, subject, control)
            else:
                state.thread = coroutine
                try:
                    control = generator.send((subject, control))
                except BaseException as error:
                    control = self._ended(coroutine, thread, error)
                else:
                    state.thread = thread
                if control.__class__ is tuple:
                    control = control[0] if control else None
            if control is None:
                return
            yield control

    def _may_resume(self, coroutine: Thread, thread: Thread) -> bool:
        """Whether a coroutine can go on as fast code, perhaps called from elsewhere than before."""
        generator = coroutine.generator
        if (
            generator is None
            or generator.gi_running
            or thread.c_levels + 1 >= self.state.max_c_levels
            or self.state.keeps_to_vm
        ):
            return False
        coroutine.set_resumer(thread)
        return True

    def _ended(self, coroutine: Thread, thread: Thread, end: BaseException) -> LuaValue:
        """The generator of `coroutine`, which `thread` has resumed, is left; what the latter gets."""
        coroutine.generator = None
        coroutine.unwrapped = True
        if not isinstance(end, StopIteration):
            return run_nested(self.state, thread, partial(_raise, end))
        if len(coroutine.frames) > 1:
            return run_nested(self.state, thread, partial(_deliver, end.value))
        coroutine.is_dead = True
        coroutine.resumer = None
        self.state.thread = thread
        return end.value

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
            coroutine.is_dead = True
            return Advanced(leave(self.state, coroutine, list(results)))
        except BaseException:
            coroutine.generator = None
            raise
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
            waiting += activations_of(self.tier.translations[frame.f_code], frame, frame.f_lineno)
            inner = inner.gi_yieldfrom
        coroutine.generator = None
        if self.state.thread is not coroutine:
            coroutine.resumer = None
        push_waiting(self.state, coroutine, waiting)
        coroutine.native = self.yield_
        generator.close()


def thread_of(wrapped: ControlFunction) -> Thread:
    """The coroutine that a function made by coroutine.wrap resumes."""
    return wrapped.call.__self__.thread  # type: ignore[attr-defined,no-any-return]


SWITCHES: Final = frozenset(
    {
        Coroutines.driven.__code__,
        *(code for code in Coroutines.make_resume.__code__.co_consts if isinstance(code, CodeType)),
    }
)
"""The code objects where Python's stack goes from one coroutine to another."""
