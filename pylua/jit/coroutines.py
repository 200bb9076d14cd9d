"""Coroutines whose function is fast code: a Python generator runs them, `coroutine.yield` is its `yield`.

    wrapped.many(x)        ─▶  resume(x)  ─▶  thread.generator.send(x)  ─▶  what is yielded
    for x in wrapped do    ─▶  for r4 in direct(wrapped, …): the loop goes through the generator itself

The VM's own switch makes a request and goes through its loop. This serves functions that call
`coroutine.yield` themselves, from their start or from the head of a loop on. Whatever else
happens makes the generator end by an exception, or `materialize` reads it: then its frame is one
of the VM again, and the coroutine goes on there.

A generator sets the running thread at each switch, to itself and to its resumer (see switching).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import CodeType

from pylua.errors import HandOver
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.handover import Group, activations_of, push_waiting
from pylua.jit.natives import adopt, forms_of
from pylua.jit.seams import run_nested
from pylua.jit.support import LeaveLoop
from pylua.values.functions import LuaFunction, NativeFunction
from pylua.values.records import record
from pylua.values.types import TRUE, LuaValue
from pylua.vm.calls import deliver, leave
from pylua.vm.thread import Thread
from pylua.vm.wrapping import WrapFunction

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
        self.resumer: Any = type(
            "Resumer",
            (WrapFunction,),
            {"__slots__": (), "one": self._make_resume(True), "many": self._make_resume(False)},
        )
        """The class of functions of coroutine.wrap that fast code may call."""
        self._gives: dict[int, bool] = {}
        """By the identity of a generator's code: whether it gives nothing (its hash would take longer)."""
        tier.names |= {
            "direct": self.direct,
            "finish": self.finish,
            "given": _first_given,
            "received": _received,
        }

    # --- resumed by calls of fast code --------------------------------------------------------

    def _make_resume(self, single: bool) -> Callable[..., LuaValue]:
        """What fast code calls for a function that coroutine.wrap has made, for one result or all."""
        state, call_in_vm = self.state, self._in_vm["one" if single else "many"]

        def resume(wrapped: WrapFunction, *arguments: LuaValue) -> LuaValue:
            coroutine = wrapped.thread
            generator = coroutine.generator
            thread = state.thread
            values: Any = arguments[0] if len(arguments) == 1 and arguments[0] is not None else arguments
            if generator is None:
                generator, values = self._started(coroutine, thread, arguments), None
                if generator is None:
                    return call_in_vm(wrapped, *arguments)
            elif (
                coroutine.resumer is not thread or coroutine.base_levels != thread.c_levels
            ) and not self._may_resume(coroutine, thread):
                return call_in_vm(wrapped, *arguments)
            try:
                values = generator.send(values)
            except BaseException as error:
                values = self._ended(wrapped, coroutine, thread, error)
            else:
                if values is not None:
                    return values
                values = _given(coroutine)
            if single and values.__class__ is tuple:
                return values[0] if values else None
            return values

        return resume

    def make_protected_resume(self, native: NativeFunction) -> Callable[..., Any]:
        """What fast code calls for coroutine.resume."""
        state, call_in_vm = self.state, self._in_vm["many"]

        def resume(*arguments: LuaValue) -> LuaValue:
            coroutine = arguments[0] if arguments else None
            if coroutine.__class__ is not Thread:
                return call_in_vm(native, *arguments)
            generator = coroutine.generator
            thread = state.thread
            values: Any = arguments[1] if len(arguments) == 2 and arguments[1] is not None else arguments[1:]
            if generator is None:
                generator, values = self._started(coroutine, thread, arguments[1:]), None
                if generator is None:
                    return call_in_vm(native, *arguments)
            elif (
                coroutine.resumer is not thread or coroutine.base_levels != thread.c_levels
            ) and not self._may_resume(coroutine, thread):
                return call_in_vm(native, *arguments)
            try:
                values = generator.send(values)
            except BaseException as error:
                return self._ended(native, coroutine, thread, error)
            if values is None:
                values = _given(coroutine)
            return (TRUE, *values) if values.__class__ is tuple else (TRUE, values)

        return resume

    def _may_resume(self, coroutine: Thread, thread: Thread) -> bool:
        """Whether a coroutine can go on as fast code, perhaps called from elsewhere than before."""
        generator = coroutine.generator
        if (
            generator.gi_running
            or generator.gi_frame is None
            or coroutine.driver not in (None, thread)
            or thread.c_levels + 1 >= self.state.max_c_levels
            or self.state.keeps_to_vm
        ):
            return False
        coroutine.set_resumer(thread)
        return True

    def _started(
        self, coroutine: Thread, thread: Thread, arguments: tuple[LuaValue, ...], gives_nothing: bool = False
    ) -> Any:
        """The generator of a coroutine that begins, if it is fast code; it is to be resumed at once."""
        if coroutine.is_dead or thread.c_levels + 1 >= self.state.max_c_levels:
            return None
        generator = self._made(coroutine, arguments)
        if generator is None or (gives_nothing and not self._gives_nothing(generator)):
            return None
        coroutine.start = None
        coroutine.generator = generator
        coroutine.set_resumer(thread)
        coroutine.unwrapped = True
        self.state.thread = coroutine
        return generator

    def _ended(
        self, native: NativeFunction, coroutine: Thread, thread: Thread, end: BaseException
    ) -> LuaValue:
        """The generator of a coroutine is left; what `native` gives, by which `thread` has resumed it."""
        coroutine.generator = None
        coroutine.unwrapped = isinstance(native, WrapFunction)
        if self.state.thread is thread:  # else `coroutine` runs, or one further on that it has resumed
            self.state.thread = coroutine
            end = RecursionError()  # now, or before: without room on Python's stack a generator just ends
        if not isinstance(end, StopIteration):
            thread.native = native
            return run_nested(self.state, thread, partial(_raise, end))
        if len(coroutine.frames) > 1:
            thread.native = native
            return run_nested(self.state, thread, partial(_deliver, end.value))
        self._bury(coroutine)
        results = end.value
        if coroutine.unwrapped:
            return results
        return (TRUE, *results) if results.__class__ is tuple else (TRUE, results)

    def thread_left(self, group: Group) -> Thread:
        """The running thread, but not one that a loop, of `group`, had no room to start in Python's stack."""
        thread = self.state.thread
        generator, resumer = thread.generator, thread.resumer
        if generator is not None and generator.gi_frame is None and group.running is not thread and resumer:
            thread.resumer = None
            self.state.thread = resumer
        return self.state.thread

    def _bury(self, coroutine: Thread) -> None:
        """The function of `coroutine`, which runs, has returned."""
        assert coroutine.resumer is not None
        self.state.thread = coroutine.resumer
        coroutine.is_dead = True
        coroutine.generator = coroutine.resumer = coroutine.driver = None

    # --- gone through by loops of fast code ---------------------------------------------------

    def direct(self, wrapped: LuaValue, subject: LuaValue, control: LuaValue) -> Iterator[LuaValue]:
        """What a generic loop over a function that coroutine.wrap has made goes through.

        The generator itself, if nothing can be missed: its function returns no values, and what is
        passed to it is nil or not used. A value then takes 130 ns, by `driven` more than twice as long.
        """
        if not isinstance(wrapped, WrapFunction):
            raise HandOver
        coroutine = wrapped.thread
        thread = self.state.thread
        generator = coroutine.generator
        if subject is not None or len(coroutine.frames) > 1:
            generator = None
        elif generator is None:
            generator = self._started(coroutine, thread, (None, control), gives_nothing=True)
        elif not (self._may_go_through(generator) and self._may_resume(coroutine, thread)):
            generator = None
        if generator is None:
            return self.driven(wrapped, subject, control)
        coroutine.driver = thread
        return generator  # type: ignore[no-any-return]

    def _may_go_through(self, generator: Any) -> bool:
        """Whether a suspended generator needs no more than to be resumed."""
        if generator.gi_running or not self._gives_nothing(generator):
            return False
        while generator.gi_yieldfrom is not None:
            generator = generator.gi_yieldfrom
        return not self.tier.translations[id(generator.gi_code)].takes_more

    def _gives_nothing(self, generator: Any) -> bool:
        code = generator.gi_code
        known = self._gives.get(id(code))
        if known is None:
            translation = self.tier.translations.get(id(code))
            known = self._gives[id(code)] = translation is not None and translation.gives_nothing
        return known

    def forget(self, code: int) -> None:
        """Generated code with this identity is about to go, and others may get it."""
        self._gives.pop(code, None)

    def driven(self, wrapped: WrapFunction, subject: LuaValue, control: LuaValue) -> Iterator[LuaValue]:
        """The first values that a generic loop gets from a function that coroutine.wrap has made."""
        adopt(wrapped, self.tier)
        resume = wrapped.one
        while (control := resume(subject, control)) is not None:
            yield control

    def finish(self, values: Any, wrapped: WrapFunction) -> None:
        """The values of `direct` are used up."""
        coroutine = wrapped.thread
        if values.gi_code is _DRIVEN:
            return
        if self.state.thread is not coroutine:
            raise LeaveLoop  # its generator was ended by somebody else
        self._bury(coroutine)

    # --- resumed by the VM ------------------------------------------------------------------

    def advance(self, coroutine: Thread, arguments: list[LuaValue]) -> Advanced | None:
        """Resumes `coroutine`, the running thread by now, as fast code; None if it is not fast."""
        generator = coroutine.generator
        if generator is None:
            generator = self._made(coroutine, tuple(arguments))
            if generator is None:
                return None
            coroutine.start = None
            coroutine.generator = generator
            return self._send(coroutine, generator, None)
        if generator.gi_frame is None:
            coroutine.generator = None
            raise RecursionError  # where it was to be resumed, Python's stack was full
        if self.state.keeps_to_vm:
            self.materialize(coroutine)
            return None
        return self._send(coroutine, generator, _packed(tuple(arguments)))

    def _made(self, coroutine: Thread, arguments: tuple[LuaValue, ...]) -> Any:
        """The generator for a coroutine that has not begun, if its function is fast."""
        function = coroutine.start
        if not isinstance(function, LuaFunction) or self.state.keeps_to_vm or coroutine.hook is not None:
            return None
        make = self.tier.body_of(function)
        if make is None:
            return None
        prototype = function.prototype
        if len(arguments) > prototype.parameter_count and not prototype.is_vararg:
            arguments = arguments[: prototype.parameter_count]
        return make(*arguments)

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
        if given is None:
            given = _given(coroutine)
        advanced = Advanced(leave(self.state, coroutine, list(given) if type(given) is tuple else [given]))
        if coroutine.driver is not None:
            coroutine.set_resumer(coroutine.driver)
        return advanced

    # --- back to the VM ---------------------------------------------------------------------

    def materialize(self, coroutine: Thread) -> None:
        """Makes VM frames of a suspended coroutine's generators: somebody wants to see it."""
        generator = coroutine.generator
        if generator.gi_running or generator.gi_frame is None:
            return
        waiting = []
        inner = generator
        while inner is not None:
            frame = inner.gi_frame
            waiting += activations_of(self.tier.translations[id(frame.f_code)], frame, frame.f_lineno)
            inner = inner.gi_yieldfrom
        coroutine.generator = coroutine.driver = None
        if self.state.thread is not coroutine:
            coroutine.resumer = None
        push_waiting(self.state, coroutine, waiting)
        coroutine.native = self.tier.names["YIELD"]
        generator.close()


# --- what is passed at a switch -----------------------------------------------------------------


def _packed(values: tuple[LuaValue, ...]) -> LuaValue:
    """Values as a generator gets them: None means a loop."""
    return values[0] if len(values) == 1 and values[0] is not None else values


def _given(coroutine: Thread) -> LuaValue:
    """What a coroutine has yielded whose generator has yielded None: nil, or not one value."""
    values = coroutine.given
    if values is None:
        return None
    coroutine.given = None
    return values if len(values) != 1 else values[0]


def _first_given(wrapped: WrapFunction) -> LuaValue:
    values = _given(wrapped.thread)
    if values.__class__ is tuple:
        return values[0] if values else None
    return values


def _received(values: LuaValue, given: LuaValue) -> LuaValue:
    """What a generator has got that had yielded `given`: a loop passes nil, and the last first value."""
    if values is None:
        return None, given[0] if given.__class__ is tuple else given
    return None if values == (None,) else values


_DRIVEN: Final = Coroutines.driven.__code__

SWITCHES: Final = frozenset(
    code
    for make in (Coroutines._make_resume, Coroutines.make_protected_resume)
    for code in make.__code__.co_consts
    if isinstance(code, CodeType)
)
"""The code objects where Python's stack goes from one coroutine to another."""
