"""The fast tier of a State: which functions are hot, their translations, and the way back to the VM.

    tier = FastTier(state)             hot functions and loops, after a short look at their operands
    tier = FastTier(state, eager=True) everything from its first call on
    state.fast_tier = tier

The closures of a translated Prototype are of a class of their own (`prototype.fast_class`); its
methods `one` and `many` are the generated functions, or stand-ins that generate them at the first
call. What fast code learns when it has to be left goes into the Prototype's notes, and the methods
become stand-ins again.
"""

from __future__ import annotations

import sys
from _weakref import ref
from collections.abc import Callable
from functools import partial
from itertools import count
from types import CodeType

from pylua.bytecode.prototype import Prototype
from pylua.errors import NotFast, Unhide
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.constants import function_of
from pylua.jit.coroutines import SWITCHES, Coroutines
from pylua.jit.flow import Untranslatable
from pylua.jit.graphs import is_partly_unseen
from pylua.jit.handover import (
    Landmarks,
    close_open_upvalues,
    collect,
    paid_on_stack,
    rebuild,
    reopen_upvalues,
)
from pylua.jit.hidden_frames import HiddenFrames
from pylua.jit.hosting import Hosts
from pylua.jit.lessons import Lessons
from pylua.jit.natives import forms_of, install
from pylua.jit.notes import YIELDS, Notes, notes_of, observe
from pylua.jit.places import Places
from pylua.jit.running_loops import RunningLoops
from pylua.jit.seams import run_nested, vm_caller
from pylua.jit.support import namespace
from pylua.jit.translation import FORMS, Translation, check, draft
from pylua.jit.watches import Watches
from pylua.values.functions import LuaFunction
from pylua.values.types import LuaValue
from pylua.vm.calls import begin, deliver
from pylua.vm.decoding import decode
from pylua.vm.interpreter import execute
from pylua.vm.thread import Frame, Thread
from pylua.vm.throwing import throw

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["FastTier"]

_HOT_CALLS: Final = 12
_HOT_STARTS: Final = 3
_MANY_CALLS: Final = 16
"""After so many calls of fast code the loop that the VM runs is looked at, however few rounds it has run."""
_WINDOW: Final = 250
"""Instructions whose operands are noted before a translation."""
_PATIENCE: Final = 40
"""How often a function may be translated, or left at one place, before the VM keeps it."""
_FEW: Final = 5000
"""So few instructions are left to the VM."""
_SURPRISES: Final = 12
"""How often a function may come to places that were not observed."""


class FastTier:
    """Of one State. `translations`: by the identities of generated functions' code objects, what they are.

    CPython 3.12 and 3.13 read all of a code object to hash it: 90 µs for the VM's loop.
    """

    def __init__(self, state: State, eager: bool = False) -> None:
        self.state = state
        self.eager = eager
        self.names = namespace(state)
        self.translations: dict[int, Translation] = {}
        self.counts_allocations = False
        """Whether generated code counts what it allocates: there are finalizers or weak tables."""
        self.counts_instructions = False
        """Whether generated code pays for instructions: there is, or was, a limit."""
        self.is_budget_low = False
        """Whether so few instructions are left that only the VM runs them."""
        self.keeps_values = True
        """Whether closures may keep values of upvalues: nobody has changed one by the debug library."""
        self._numbers = count()
        """Of generated functions; none comes twice, though translations come and go."""
        self._translated: dict[ref[Prototype], None] = {}
        """Functions of which there is, or was, generated code."""
        self._functions: dict[int, ref[Callable[..., Any]]] = {}
        """Generated functions, by the identities of their code: their translations go when they do."""
        self._departed: list[ref[Prototype]] = []
        """Functions whose only closure has died, or is to get a second beside it."""
        self.generating: set[Prototype] = set()
        """Functions whose code is being generated."""
        self.left_at: tuple[int, int] | None = None
        """The frame (its identity) and instruction at which the VM has taken over last."""
        self.window = 0
        """How many more instructions are to be observed."""
        self.jumps = 0
        self.fast_calls = 0
        """How often the VM has called fast code since it was last looked whether a loop does that."""
        self.wants_loop = False
        """Whether a loop around one that was entered is to be entered as soon as its head is reached."""
        self.call_in_vm = vm_caller(state)
        self.lookers: frozenset[LuaValue] = frozenset()
        """Native functions that look at the stack: only the VM calls them."""
        self._kept_in_vm = forms_of(self.call_in_vm)
        """The methods of functions that are no fast code."""
        self.coroutines = Coroutines(self)
        self.names["YIELD"] = install(state, self)
        self.hosts = Hosts(self)
        self.watches = Watches(self)
        self.places = Places(self)
        self._lessons = Lessons(self)
        self._loops = RunningLoops(self)
        self.enter_loop = self._loops.enter
        borders = {run_nested.__code__, type(state)._call_in_vm.__code__, type(state)._finish_call.__code__}
        self.hidden_frames = HiddenFrames(
            self.translations, frozenset({*borders, *SWITCHES, execute.__code__})
        )
        if state.budget.is_limited:
            self.limit_instructions(state.budget.left())
        self._landmarks = Landmarks(
            type(state)._call_in_vm.__code__,
            frozenset(
                id(each.__code__)
                for each in (
                    self.names.pop("metamethod_call"),
                    self.names["call_binary"],
                    self.names["call_unary"],
                )
            ),
            self.names["call_counted"].__code__,
            run_nested.__code__,
        )

    # --- questions of the VM ------------------------------------------------------------------

    def is_fast(self, function: LuaFunction) -> bool:
        """Whether `function` is to be called as fast code; counts the call."""
        if function.__class__ is not LuaFunction:
            self.fast_calls += 1
            return function.is_usable
        prototype = function.prototype
        if prototype.fast_class is not None:
            function.__class__ = prototype.fast_class
            return prototype.fast_class.is_usable  # type: ignore[no-any-return]
        notes = notes_of(prototype)
        notes.calls += 1
        if notes.calls < _HOT_CALLS and not self.eager:
            return False
        if not (notes.saw_start or self.eager):
            notes.observed = notes.saw_start = True
            self.open_window()
            return False
        if not self.eager and None not in notes.glanced:
            notes.glanced.add(None)
            if is_partly_unseen(decode(prototype), notes):
                self.glance()
                return False
        is_usable = self._make_fast(prototype, notes)
        if prototype.fast_class is not None:
            function.__class__ = prototype.fast_class
        return is_usable

    def is_callable(self, function: Any, count: int) -> bool:
        """Whether a native function may call `function` as fast code, many times, with `count` arguments."""
        if not isinstance(function, LuaFunction):
            return False
        notes = notes_of(function.prototype)
        if function.prototype.parameter_count < count and not (
            function.prototype.is_vararg or notes.is_open_ended
        ):
            notes.is_open_ended = True
            self.translate_again(function.prototype)
        notes.calls += _HOT_CALLS
        return self.is_fast(function)

    def is_loop_hot(self) -> bool:
        """Whether it is time to look at the loop whose head is reached."""
        self.jumps += 1
        if self.fast_calls >= _MANY_CALLS:
            self.fast_calls = 0
            return True
        return self.eager or self.wants_loop or not self.jumps & 15

    def known_prototypes(self) -> list[Prototype]:
        """The functions that were translated, or were to be, and are alive."""
        return [prototype for each in list(self._translated) if (prototype := each()) is not None]

    def is_translated(self, code: CodeType) -> bool:
        """Whether a Python code object is a generated function's."""
        return id(code) in self.translations

    def observe(self, frame: Frame, pc: int) -> None:
        """Notes the operands of the instruction that is about to run."""
        prototype = frame.function.prototype
        notes = prototype.notes or notes_of(prototype)
        notes.heat[pc] = notes.heat.get(pc, 0) + 1
        if observe(frame, pc, notes) & YIELDS:
            self._lessons.note_flow(self.state.thread)
        self.window -= 1
        if self.window <= 0:
            self.window = 0
            self.state.watch()

    def count_allocations(self) -> None:
        """From now on collections matter: code that does not count what it allocates is dropped."""
        if not self.counts_allocations:
            self.counts_allocations = True
            for prototype in self.known_prototypes():
                self.translate_again(prototype)

    def keep_no_values(self) -> None:
        """A variable that never changes is about to change after all: code that kept values is dropped."""
        if self.keeps_values:
            self.keeps_values = False
            for prototype in self.known_prototypes():
                self.translate_again(prototype)

    def limit_instructions(self, count: int | None) -> None:
        """From now on so many instructions may run."""
        self.spare_budget(count)
        if count is not None and not self.counts_instructions:
            self.counts_instructions = True
            for prototype in self.known_prototypes():
                self.translate_again(prototype)

    def spare_budget(self, left: int | None) -> None:
        """Leaves the rest to the VM if only few instructions may still run."""
        self.is_budget_low = left is not None and left < _FEW

    def paid_ahead(self) -> int:
        """What fast code that runs has paid for instructions that it has not run yet."""
        if not self.counts_instructions:
            return 0
        return paid_on_stack(sys._getframe(1), self.translations)

    def open_window(self) -> None:
        """Lets the VM note the operands of the next instructions."""
        self.window = _WINDOW
        self.state.watch()

    def glance(self) -> None:
        """As `open_window`, but what is fast already runs as it does."""
        self.open_window()
        self.state.keeps_to_vm = self.is_budget_low

    def before_call(self, frame: Frame) -> bool:
        """The VM is about to call fast code from `frame`; whether `after_call` is needed."""
        return close_open_upvalues(frame)

    def after_call(self, frame: Frame) -> None:
        """Fast code has returned to `frame`."""
        reopen_upvalues(frame)

    # --- translation --------------------------------------------------------------------------

    def hasten(self, prototype: Prototype) -> None:
        """Makes a function fast that fast code is about to call, if it was seen to run."""
        notes = notes_of(prototype)
        if prototype.fast_class is None and 0 in notes.heat and notes.reason is None:
            notes.observed = notes.saw_start = True
            self._make_fast(prototype, notes)
            only = prototype.only and prototype.only.function()
            if only:
                only.__class__ = prototype.fast_class or LuaFunction

    def _make_fast(self, prototype: Prototype, notes: Notes) -> bool:
        if notes.reason is not None:
            return False
        members = {form: self._stand_in(prototype, form) for form in FORMS}
        fast_class: Any = type("FastFunction", (LuaFunction,), {"__slots__": (), **members})
        prototype.fast_class = fast_class
        _let_enter(fast_class, not notes.yields)
        try:
            check(prototype, notes)
        except Untranslatable as reason:
            self.keep_in_vm(prototype, str(reason))
        return fast_class.is_usable  # type: ignore[no-any-return]

    def _stand_in(self, prototype: Prototype, form: str) -> Callable[..., Any]:
        """A method that generates the method it stands for."""

        def generate(me: LuaFunction, *arguments: Any) -> Any:
            if me.__class__ is not prototype.fast_class:  # it is not the only closure any more
                return getattr(me, form)(*arguments)
            try:
                made = self.generate(prototype, form)
            except Untranslatable as reason:
                self.keep_in_vm(prototype, str(reason))
                return getattr(me, form)(*arguments)
            return made(me, *arguments)

        return generate

    def generate(self, prototype: Prototype, form: str) -> Callable[..., Any]:
        """Makes one of the methods of a function that is fast, or two if they are the same."""
        uncompiled = notes_of(prototype).uncompiled
        translation = uncompiled.get(form) or self.translation_of(prototype, form)
        made = self.compile(prototype, translation)
        for each in translation.forms(form):
            uncompiled.pop(each, None)
            setattr(prototype.fast_class, each, made)
        if form == "many" or translation.is_for_all:
            _let_enter(prototype.fast_class, prototype.fast_class.is_usable)
        return made

    def translation_of(self, prototype: Prototype, form: str) -> Translation:
        """What a method is made of."""
        notes = notes_of(prototype)
        self.count_translation(prototype, notes)
        self.generating.add(prototype)
        try:
            begun = draft(prototype, notes, form)
            return begun.finish(self.hosts.finder_for(prototype, begun))
        finally:
            self.generating.discard(prototype)

    def count_translation(self, prototype: Prototype, notes: Notes) -> None:
        """Notes that code is about to be generated; Untranslatable if that has happened too often."""
        self._drop_departed()
        if not notes.translations:
            self._translated[ref(prototype, self._translated.pop)] = None
        if prototype.only is not None and prototype.only.end_of_it is None:
            self._watch(prototype)
        notes.translations += 1
        notes.counts_allocations = self.counts_allocations
        notes.counts_instructions = self.counts_instructions
        notes.keeps_values = self.keeps_values
        notes.watches, notes.places = self.watches, self.places
        self.watches.begin()
        notes.expects_surprises = notes.observed and notes.surprises < _SURPRISES
        if notes.translations > _PATIENCE:
            raise Untranslatable("left too often")

    def _watch(self, prototype: Prototype) -> None:
        """Lets code of the only closure of a function be dropped when there is a second one, or none."""
        owner, only = ref(prototype), prototype.only.function()
        if only is None:
            return

        def note_departed(_: object = None) -> None:
            self._departed.append(owner)

        def separate(function: LuaFunction | None) -> None:
            note_departed()
            self._drop_departed()
            if function is not None and prototype.fast_class is None:
                function.__class__ = LuaFunction

        prototype.only.end_of_it = separate
        prototype.only.function = ref(only, note_departed)

    def _drop_departed(self) -> None:
        """Drops code that holds values of a closure that has died (noted when that happens, which may be
        at any time), or is not the only one any more."""
        while self._departed:
            prototype = self._departed.pop()()
            if prototype is not None and notes_of(prototype).holds_values:
                notes_of(prototype).holds_values = False
                self.translate_again(prototype)
                prototype.fast_class = None

    def _forget(self, code: int, _: object) -> None:
        del self.translations[code], self._functions[code]
        self.coroutines.forget(code)

    def compile(self, prototype: Prototype, translation: Translation) -> Callable[..., Any]:
        """The Python function of a translation."""
        name, source = translation.numbered(next(self._numbers))
        names = {**self.names, **translation.constants}
        try:
            filename = f"<fast {prototype.source}:{prototype.line_defined}>"
            function = function_of(source, name, filename, names)
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise Untranslatable(f"too deeply nested ({error})") from None
        self.watches.bind(function, translation.constants)
        for price in translation.unpaid.values():
            self.state.budget.offer(price)
        code = id(function.__code__)
        self.translations[code] = translation
        self._functions[code] = ref(function, partial(self._forget, code))
        return function

    def keep_in_vm(self, prototype: Prototype, reason: str) -> None:
        notes_of(prototype).reason = reason
        notes_of(prototype).loops.clear()
        notes_of(prototype).forget_translations()
        self._translate_hosts_again(prototype)
        fast_class = prototype.fast_class
        if fast_class is not None:
            _let_enter(fast_class, False)
            for form, function in self._kept_in_vm.items():
                setattr(fast_class, form, function)

    def translate_again(self, prototype: Prototype, pc: int | None = None) -> None:
        """Drops generated code that knows less than the notes do now: all loops, or those around `pc`."""
        self._loops.drop(prototype, pc)
        notes_of(prototype).forget_translations()
        self._translate_hosts_again(prototype)
        fast_class = prototype.fast_class
        if fast_class is not None and notes_of(prototype).reason is None:
            for form in FORMS:
                setattr(fast_class, form, self._stand_in(prototype, form))
            _let_enter(fast_class, not notes_of(prototype).yields)

    def _translate_hosts_again(self, prototype: Prototype) -> None:
        for host in self.hosts.drop(prototype):
            self.translate_again(host)

    def body_of(self, function: LuaFunction) -> Callable[..., Any] | None:
        """What makes a generator of a coroutine with this body, if it is hot and was seen to yield."""
        notes = notes_of(function.prototype)
        if notes.yields and notes.reason is None and function.__class__ is function.prototype.fast_class:
            return function.flow
        notes.starts += 1
        if notes.starts < _HOT_STARTS and not self.eager:
            return None
        is_time = notes.starts & (notes.starts - 1) == 0  # to look again: what it calls may be known to yield
        if not notes.saw_start or (is_time and not notes.yields):
            notes.observed = notes.saw_start = True
            self.open_window()
            return None
        if not notes.yields:
            return None
        self.promote(function)
        return function.flow if function.__class__ is not LuaFunction and notes.reason is None else None

    # --- back to the VM -------------------------------------------------------------------------

    def take_over(self, thread: Thread, error: Exception) -> bool:
        """Makes VM frames of the fast functions that `error` has left; whether there were any."""
        groups, undone = collect(error, self.translations, self._landmarks)
        thread = self.coroutines.thread_left(groups[-1])
        frame = thread.frames[-1]
        reopen_upvalues(frame)
        activations = groups[-1].activations
        if not activations and len(groups) == 1:
            if isinstance(error, NotFast) and frame.is_lua:
                self._step_back(frame)  # the VM itself made the call, and is to make it again
                return True
            return False
        error.__traceback__ = None
        rebuild(self.state, groups, error)
        thread.c_levels -= undone.calls
        self.state.budget.give_back(undone.counted)
        if not activations:
            return True
        self.left_at = id(thread.frames[-1]), activations[-1].pc
        self._lessons.learn(error, groups, thread.frames[-1])
        return True

    def unhide(self, request: Unhide) -> Callable[[State], None] | None:
        """Puts frames where nested VMs have hidden them; gives what is to be done then."""
        thread = self.state.thread
        reopen_upvalues(thread.frames[-1])
        groups, _ = collect(request, self.translations, self._landmarks)
        rebuild(self.state, groups, request)
        request.__traceback__ = None
        if request.task is not None:
            return request.task  # type: ignore[no-any-return]
        if request.error is not None:
            return partial(throw, error=request.error)
        if request.retry is not None:
            callee, arguments = request.retry
            return partial(_begin_again, thread=thread, callee=callee, arguments=arguments)
        thread.native = None
        self._step_back(thread.frames[-1])
        return None

    def _step_back(self, frame: Frame) -> None:
        """The VM will run, and count, an instruction again."""
        frame.pc -= 1
        self.state.budget.give_back(int(self.state.budget.is_limited))

    def promote(self, function: LuaFunction) -> None:
        """Makes a function fast that fast code calls, or has it observed first."""
        notes = notes_of(function.prototype)
        notes.calls = max(notes.calls, _HOT_CALLS)
        self.is_fast(function)


def _let_enter(fast_class: Any, is_usable: bool) -> None:
    """Whether the VM, and the host, may call the functions of a class as fast code."""
    fast_class.is_usable = is_usable
    fast_class.enter = fast_class.many if is_usable else LuaFunction.enter


def _begin_again(state: State, thread: Thread, callee: Any, arguments: list[Any]) -> None:
    deliver(state, begin(state, thread, callee, arguments))
