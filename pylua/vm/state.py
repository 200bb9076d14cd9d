"""One Lua universe: its registry, globals and threads, and the way in from Python.

state = State()
function = …                          # a LuaFunction, say from pylua.loading
state.call(function, 1, "a")  ->  [results]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

from pylua.bytecode.opcodes import Op
from pylua.errors import LuaError, LuaLimitError, OperationError, Unhide
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.contexts import contextmanager
from pylua.values.functions import LuaFunction, NativeFunction
from pylua.values.late import late_module
from pylua.values.records import record
from pylua.values.table import Table, new_table
from pylua.values.types import FALSE, LuaValue, type_name
from pylua.vm import operators
from pylua.vm.budget import COUNTING, Budget
from pylua.vm.calls import begin, deliver, packed, top_of
from pylua.vm.control import Resume
from pylua.vm.decoding import RETURN_CLOSE, TAILCALL_OPEN
from pylua.vm.garbage import Collector
from pylua.vm.garbage_options import collect_garbage
from pylua.vm.interpreter import execute
from pylua.vm.thread import Frame, NativeFrame, Seam, Thread
from pylua.vm.throwing import close_thread

if TYPE_CHECKING:
    from pylua.vm import hooks, positions, tracebacks
else:
    hooks = late_module("pylua.vm.hooks")
    positions = late_module("pylua.vm.positions")
    tracebacks = late_module("pylua.vm.tracebacks")

__all__ = ["MAX_C_LEVELS", "Repeated", "State"]

MAX_C_LEVELS: Final = 200
"""How deep calls through native functions and metamethods may nest (LUAI_MAXCCALLS)."""
_UNFETCHED: Final = (Op.TFORLOOP, Op.VARARGPREP)
_RETURNS: Final = (Op.RETURN, RETURN_CLOSE)
_TAIL_CALLS: Final = (Op.TAILCALL, TAILCALL_OPEN)
_PYTHON_FRAMES: Final = 35 * MAX_C_LEVELS
"""Python frames that MAX_C_LEVELS nested calls may need."""


class State:
    """The state that all threads of one runtime share.

    `globals` is the table of global variables, `loaded` is package.loaded, `registry` holds
    what natives keep (§4.3). `type_metatables` maps a type's name to the metatable that all
    its values share. `thread` is the running thread. `pending` and `results` are
    one-slot mailboxes of the VM. `warn_handler(text, to_continue)` takes warnings.
    """

    def __init__(self) -> None:
        self.collector = Collector(self)
        self.registry = new_table()
        self.globals = new_table()
        self.loaded = new_table()
        self.type_metatables: dict[str, Table | None] = {}
        self.main_thread = Thread(self)
        self.main_thread.c_levels = 0
        self.thread = self.main_thread
        self.pending: Any = None
        self.results: list[LuaValue] | None = None
        self.max_c_levels = MAX_C_LEVELS
        self.handling_overflow = False
        self.budget = Budget()
        self.watching: bool | str = False
        """Whether `observe` is to be told of each instruction, or they are only to be COUNTING."""
        self.keeps_to_vm = False
        """Whether fast code must not be entered: somebody looks at operands, or few instructions are left."""
        self.is_unwatched = True
        """Whether nothing is to be told, or paid, of what calls from outside do: neither of these."""
        self.chunk_store: Any = None
        """The bytecode.store.ChunkStore from which files may come, or None: texts are compiled."""
        self.fast_tier: Any = None
        """The jit.tier.FastTier of this state, or None: the VM runs everything."""
        self.warn_handler: Callable[[str, bool], None] = lambda text, to_continue: None
        self.registry.raw_set(1, self.main_thread)
        self.registry.raw_set(2, self.globals)
        self.registry.raw_set("_LOADED", self.loaded)
        if sys.getrecursionlimit() < _PYTHON_FRAMES + 1000:
            sys.setrecursionlimit(_PYTHON_FRAMES + 1000)

    # --- calls from Python ------------------------------------------------------------------

    def call(self, function: LuaValue, *arguments: LuaValue) -> list[LuaValue]:
        """Calls `function` and waits for its results; yields cannot cross (lua_call).

        Raises LuaError.
        """
        results = self.call_many(function, arguments)
        return list(results) if type(results) is tuple else [results]

    def call_many(self, function: LuaValue, arguments: tuple[LuaValue, ...]) -> LuaValue:
        """`call` for one value, or a tuple of any other number."""
        thread = self.thread
        if (
            isinstance(function, LuaFunction)
            and (function.is_usable or (self.fast_tier is not None and self.fast_tier.is_fast(function)))
            and not (self.keeps_to_vm or self.handling_overflow or thread.hook is not None)
            and thread.c_levels + 1 < self.max_c_levels
        ):
            count = function.prototype.parameter_count
            if len(arguments) > count and not function.prototype.is_vararg:
                arguments = arguments[:count]
            if len(thread.frames) > 1 or thread is not self.main_thread:
                return self._call_fast(thread, function, arguments)
            # Where nothing runs yet there is little to be put aside.
            levels = thread.c_levels
            thread.c_levels = levels + 1
            thread.boundaries += 1
            try:
                return function.many(*arguments)
            except BaseException as fault:
                return packed(self._finish_call(thread, None, 1, fault))
            finally:
                thread.boundaries -= 1
                thread.c_levels = levels
        return packed(self._call_in_vm(thread, function, arguments))

    def call_first(self, function: LuaValue, arguments: tuple[LuaValue, ...]) -> LuaValue:
        """`call_many` while nothing runs, but the thread is said to be in a call already."""
        thread = self.main_thread
        thread.c_levels = 0
        try:
            return self.call_many(function, arguments)
        finally:
            thread.c_levels = 1

    def finish_first_call(self, fault: BaseException) -> LuaValue:
        """Goes on in the VM with a call of fast code, made while nothing ran, that was left by `fault`."""
        try:
            return packed(self._finish_call(self.main_thread, None, 1, fault))
        finally:
            self.main_thread.c_levels = 1

    def _call_in_vm(
        self, thread: Thread, function: LuaValue, arguments: tuple[LuaValue, ...]
    ) -> list[LuaValue]:
        frames = thread.frames
        depth = len(frames)
        native, c_levels, seams = thread.native, thread.c_levels, thread.seams
        handling_overflow = self.handling_overflow
        thread.seams = []
        seam = self._seam(thread)
        if seam is not None:
            frames.append(seam)
        frames.append(NativeFrame(native, top_of(thread), c_levels))
        thread.native = None
        thread.boundaries += 1
        try:
            return execute(
                self, partial(_begin_call, thread=thread, function=function, arguments=list(arguments))
            )
        finally:
            if self.thread is not thread:
                self._abandon_threads(thread)
            del frames[depth:]
            thread.boundaries -= 1
            thread.seams = seams
            thread.c_levels = c_levels
            self.handling_overflow = handling_overflow
            thread.native = native

    def _call_fast(self, thread: Thread, function: LuaFunction, arguments: tuple[LuaValue, ...]) -> LuaValue:
        held = self._enter_fast(thread)
        try:
            return function.many(*arguments)
        except BaseException as fault:
            # Frames above the caller's are those of nested VMs that were left to be put in place.
            return packed(self._finish_call(thread, held[1], thread.frames.index(held[2]) + 1, fault))
        finally:
            self._leave_fast(thread, held)

    def _enter_fast(self, thread: Thread) -> tuple[list[Seam], NativeFunction | None, Any, bool]:
        """What `_leave_fast` restores: fast code is called, and no coroutine can yield across it."""
        seams, native, caller = thread.seams, thread.native, thread.frames[-1]
        thread.seams, thread.native = [], None
        thread.boundaries += 1
        thread.c_levels += 1
        # Within fast code that `caller` waits for, its variables are closed already, and stay so.
        has_closed = caller.is_lua and self.fast_tier.before_call(caller)
        return seams, native, caller, has_closed

    def _leave_fast(self, thread: Thread, held: tuple[list[Seam], NativeFunction | None, Any, bool]) -> None:
        seams, native, caller, has_closed = held
        if has_closed:
            self.fast_tier.after_call(caller)
        thread.c_levels -= 1
        thread.boundaries -= 1
        thread.seams, thread.native = seams, native

    def _seam(self, thread: Thread) -> Seam | None:
        """What stands for fast code that has called the native function that calls, if any has."""
        if self.fast_tier is None or not self.fast_tier.hidden_frames.are_there():
            return None
        return Seam(None, top_of(thread), thread.c_levels)

    @contextmanager
    def repeated_calls(self, function: LuaValue, count: int) -> Iterator[Repeated]:
        """Lets a native function call `function` many times, each time like `call`, faster if it can be.

        `try: results = repeated.target.many(…)`, `except BaseException as fault:
        results = repeated.recover(fault)` calls it with `count` arguments; results are one
        value, or a sequence of any number.
        """
        thread = self.thread
        tier = self.fast_tier
        if (
            tier is None
            or self.must_keep_to_vm(thread)
            or thread.c_levels + 1 >= self.max_c_levels
            or not tier.is_callable(function, count)
        ):
            yield Repeated(_Slow(partial(self.call, function)))
            return
        held = self._enter_fast(thread)
        try:
            yield Repeated(function, partial(self._finish_call, thread, held[1], len(thread.frames)))
        finally:
            self._leave_fast(thread, held)

    def _finish_call(
        self, thread: Thread, native: NativeFunction | None, depth: int, fault: BaseException
    ) -> list[LuaValue]:
        """Goes on in the VM with a call of fast code that was left by an exception."""
        if thread.frames[depth - 1].is_lua:
            self.fast_tier.after_call(thread.frames[depth - 1])
        thread.frames.insert(depth, NativeFrame(native, top_of(thread), thread.c_levels))
        seam = self._seam(thread)
        if seam is not None:
            thread.frames.insert(depth, seam)
        c_levels = thread.c_levels
        try:
            return execute(self, partial(_raise_again, fault))
        finally:
            if self.thread is not thread:
                self._abandon_threads(thread)
            del thread.frames[depth:]
            thread.seams = []
            thread.c_levels = c_levels
            self.handling_overflow = False  # else no fast code had been called
            thread.native = None

    def _abandon_threads(self, thread: Thread) -> None:
        """A limit or an exception of the host left threads running: they are dead now."""
        running: Thread | None = self.thread
        while running is not None and running is not thread:
            running.is_dead = True
            running.resumer, running = None, running.resumer
        self.thread = thread

    def count_c_level(self, thread: Thread) -> None:
        """Counts one nested call of the kind that costs PUC Lua C stack."""
        thread.c_levels += 1
        if thread.c_levels >= self.max_c_levels:
            if thread.c_levels == self.max_c_levels:
                raise OperationError("C stack overflow")
            if thread.c_levels >= self.max_c_levels // 10 * 11:
                error = LuaError("error in error handling")
                error.is_handled = True
                raise error

    def resume_failed(self, thread: Thread, request: Resume, message: str) -> list[LuaValue]:
        """What a resume gives that could not even start."""
        if request.unwrapped:
            position = self.where(1)
            failure = None if request.thread.error is None else self.close_thread(request.thread)
            value = message if failure is None else failure.value
            raise LuaError(position + value if type(value) is str else value)
        thread.native = None
        return [FALSE, message]

    def new_thread(self, function: LuaValue) -> Thread:
        """A coroutine that will call `function`."""
        return Thread(self, function)

    def close_thread(self, thread: Thread) -> LuaError | None:
        """Closes the pending variables of a suspended or dead thread; gives the error it ended with."""
        return close_thread(self, thread)

    # --- metatables and operations (§2.4) ---------------------------------------------------

    def metatable_of(self, value: LuaValue) -> Table | None:
        """The metatable of any value."""
        if isinstance(value, Table):
            return value.metatable
        kind = type_name(value)
        if kind == "userdata":
            return value.metatable  # type: ignore[no-any-return]
        return self.type_metatables.get(kind)

    def metamethod(self, value: LuaValue, event: str) -> LuaValue:
        """The handler of `event` for `value`, or None."""
        metatable = self.metatable_of(value)
        return None if metatable is None else metatable.raw_get(event)

    metafield = metamethod

    def index(self, value: LuaValue, key: LuaValue) -> LuaValue:
        """`value[key]`."""
        return operators.index(self, value, key)

    def set_index(self, value: LuaValue, key: LuaValue, new: LuaValue) -> None:
        """`value[key] = new`."""
        operators.set_index(self, value, key, new)

    def length(self, value: LuaValue) -> LuaValue:
        """`#value`."""
        return operators.length(self, value)

    def equals(self, left: LuaValue, right: LuaValue) -> bool:
        """`left == right`."""
        return operators.equals(self, left, right)

    def less_than(self, left: LuaValue, right: LuaValue) -> bool:
        """`left < right`."""
        return operators.less_than(self, left, right)

    def less_equal(self, left: LuaValue, right: LuaValue) -> bool:
        """`left <= right`."""
        return operators.less_equal(self, left, right)

    def concat(self, left: LuaValue, right: LuaValue) -> LuaValue:
        """`left .. right`."""
        return operators.concat(self, left, right)

    def arithmetic(self, event: str, left: LuaValue, right: LuaValue) -> LuaValue:
        """An arithmetic or bitwise operation by its event, e.g. `__add`."""
        return operators.arithmetic(self, event, left, right)

    def to_text(self, value: LuaValue) -> str:
        """What `tostring(value)` gives."""
        return operators.to_text(self, value)

    # --- positions, warnings ----------------------------------------------------------------

    def where(self, level: int) -> str:
        """`chunk:line: ` of the function at `level` (1: the caller of the running native), or ""."""
        return positions.where(self.thread, level)

    def where_running(self) -> str:
        """`chunk:line: ` of the running Lua function, "" if native code runs."""
        frame = self.thread.frames[-1]
        return f"{tracebacks.short_source(frame.function)}:{frame.line()}: " if frame.is_lua else ""

    def warn(self, text: str, to_continue: bool = False) -> None:
        """Emits a warning, or a piece of one (§6.1 warn)."""
        self.warn_handler(text, to_continue)

    # --- hooks and limits -------------------------------------------------------------------

    def limit_instructions(self, count: int | None) -> None:
        """Lets the scripts of this state run `count` more instructions; None: no limit."""
        self.budget.set(count)
        if self.fast_tier is not None:
            self.fast_tier.limit_instructions(count)
        self.watch()

    def watch(self) -> None:
        """Lets the VM look at each instruction, count it, or neither, as it has to be by now."""
        tier = self.fast_tier
        is_observed = tier is not None and tier.window > 0
        self.watching = is_observed or (COUNTING if self.budget.is_limited else False)
        self.keeps_to_vm = (
            is_observed
            or (tier is not None and tier.is_budget_low)
            or self.main_thread.hook is not None  # for who calls from outside; other threads can wait
        )
        self.is_unwatched = not (self.watching or self.keeps_to_vm)

    @property
    def instructions_left(self) -> int | None:
        """How many instructions may still run; None: no limit."""
        if not self.budget.is_limited:
            return None
        ahead = 0 if self.fast_tier is None else self.fast_tier.paid_ahead()
        return self.budget.left() + ahead

    def observe(self, thread: Thread, frame: Frame, pc: int) -> None:
        """Called before each instruction while a limit or a hook is set.

        What PUC Lua does not fetch does not count: the rest of a generic loop's head, the
        return behind a tail call of a native function, an instruction that goes on after a
        `__close`, and the one that sets varargs aside (part of the call).
        """
        if self.fast_tier is not None and self.fast_tier.window:
            self.fast_tier.observe(frame, pc)
        op = frame.code[pc][0]
        if op in _UNFETCHED or thread.unobserved is frame:
            thread.unobserved = None
            return
        if op in _RETURNS and frame.code[pc - 1][0] in _TAIL_CALLS:
            return
        if self.budget.is_limited:
            if self.budget.cell[0] <= 0 and not self.budget.refill():
                self._stop(is_seen=False)
            self.budget.cell[0] -= 1
        if thread.hook is not None:
            hooks.before_instruction(self, thread, frame, pc)

    def must_keep_to_vm(self, thread: Thread) -> bool:
        """Whether `thread` must not enter fast code; it would see the end of the stack too late."""
        return self.keeps_to_vm or self.handling_overflow or thread.hook is not None

    def _stop(self, is_seen: bool = True) -> None:
        """Stops the script after its last instruction, once hidden fast code has given back what it has."""
        if self.budget.refill():
            return
        if not is_seen and self.fast_tier is not None and self.fast_tier.paid_ahead():
            raise Unhide(task=State._stop)
        raise LuaLimitError("instructions", "instruction limit reached")

    def on_call(self, thread: Thread, frame: Frame) -> None:
        """A Lua function was entered while watched."""
        if thread.hook is not None:
            hooks.on_call(self, thread, frame)

    def on_return(self, thread: Thread, frame: Frame) -> None:
        """A Lua function is about to return while watched; `frame.transfer` = (first, count)."""
        if thread.hook is not None:
            hooks.on_return(self, thread, frame)

    def on_native_call(self, thread: Thread, native: NativeFunction, arguments: list[LuaValue]) -> None:
        """A native function was entered while hooked."""
        hooks.on_native_call(self, thread, native, arguments)

    def on_native_return(self, thread: Thread, native: NativeFunction | None, results: Any) -> None:
        """A native function returned while hooked."""
        hooks.on_native_return(self, thread, native, results)

    # --- memory -----------------------------------------------------------------------------

    def set_metatable(self, value: LuaValue, metatable: Table | None) -> None:
        """Gives a value (or the values of its type) a metatable; `__gc` and `__mode` take effect."""
        self.collector.set_metatable(value, metatable)

    def collect_garbage(self, option: LuaValue, arguments: tuple[LuaValue, ...]) -> LuaValue:
        """Does and gives what `collectgarbage(option, …)` does (§6.1)."""
        return collect_garbage(self.collector, option, arguments)

    def close(self) -> None:
        """Ends the state: closes pending variables of the main thread, runs all finalizers (lua_close)."""
        if len(self.main_thread.frames) > 1:
            self.close_thread(self.main_thread)
            self.thread = self.main_thread
        self.collector.close()


def _reraise(fault: BaseException) -> Any:
    raise fault


@record(frozen=True)
class Repeated:
    """How to make a call of State.repeated_calls."""

    target: Any
    """Its `many` is to be called; asked for each time, as it may change."""
    recover: Callable[[BaseException], Any] = _reraise
    """Gives the results of a call that raised, or raises."""


@record(frozen=True)
class _Slow:
    many: Callable[..., Any]


def _raise_again(error: BaseException, _state: State) -> None:
    raise error


def _begin_call(state: State, thread: Thread, function: LuaValue, arguments: list[LuaValue]) -> None:
    state.count_c_level(thread)
    deliver(state, begin(state, thread, function, arguments))
