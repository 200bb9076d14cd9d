"""From fast code back to the VM: Python frames that an exception passes become frames of the VM.

    VM ─▶ fast f ─▶ fast g ─▶ something unforeseen
    VM ◀─ frame f ◀─ frame g: the VM goes on in g, at the instruction that was not finished

When an exception arrives at the VM, its traceback holds the Python frame of every fast
function that it has passed, with all local variables and the line that was being run: `collect`
reads them, `rebuild` makes frames of the VM of them. The innermost one runs its instruction
again, unless a native function that it called has failed: then it waits for that call, as all
the outer ones wait for theirs. Fast functions need no code for it, so it costs nothing until
it happens, and it works at the very limit of Python's recursion.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from types import CodeType, FrameType

from pylua.bytecode.opcodes import Op
from pylua.errors import HandOver, LuaError, NativeFault
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.translation import Translation
from pylua.jit.waiting import CALLS, TAIL_CALLS, wait
from pylua.values.functions import LuaFunction, NativeFunction, OpenUpvalue, Upvalue
from pylua.values.records import record
from pylua.values.table import Table, new_table
from pylua.values.types import FALSE, TRUE, LuaValue
from pylua.vm.calls import MAX_STACK, base_of, stack_overflow, top_of
from pylua.vm.decoding import CALL_OPEN, RETURN_CLOSE, TAILCALL_OPEN, Decoded
from pylua.vm.loops import clip_limit
from pylua.vm.operators import metamethod
from pylua.vm.thread import Frame, NativeFrame, Seam, Thread

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = [
    "Activation",
    "Group",
    "Landmarks",
    "activations_of",
    "close_open_upvalues",
    "collect",
    "native_behind",
    "paid_on_stack",
    "push_waiting",
    "rebuild",
    "reopen_upvalues",
    "snapshot",
]

_TAKES_OPEN_RESULTS: Final = frozenset({CALL_OPEN, TAILCALL_OPEN, Op.RETURN, RETURN_CLOSE, Op.SETLIST})


def _listed(values: tuple[LuaValue, ...]) -> Table:
    """The table of these values that generated code has not made."""
    table = new_table()
    for number, value in enumerate(values, 1):
        if value is not None:
            table.raw_set_integer(number, value)
    return table


def _attached(fields: dict[LuaValue, LuaValue], metatable: Table | None) -> Table:
    """The object of these fields that generated code has not made."""
    table = new_table()
    table.hash_part = table.__dict__ = fields
    table.metatable = metatable
    return table


_STANDING_FOR: Final = {"TRUE": TRUE, "FALSE": FALSE, "attached": _attached, "listed": _listed}
"""What the expressions that stand for registers use (see moves, list_loops, unmaking)."""

_code: Final = lru_cache(1000)(lambda source: compile(source, "<register>", "eval"))
"""To compile such an expression takes longer than all else here."""


class Activation:
    """One fast function's state: registers by name, the instruction it was at.

    It comes of the variables of its Python code, and the line of the source that it was at. `levels` are the
    nested C calls that its own call is, and that were not counted.
    """

    __slots__ = ("function", "levels", "line", "pc", "translation", "values")

    def __init__(
        self, translation: Translation, variables: dict[str, Any], line: int, levels: int = 0
    ) -> None:
        values = dict(variables)
        for name, source in translation.aliases.get(line, {}).items():
            known = variables if source in variables else translation.constants
            values[name] = known[source] if source in known else _evaluated(source, translation, variables)
        self.function: LuaFunction = values["me"]
        self.levels = levels
        self.line = line
        self.pc = translation.pcs[line]
        self.values = values
        self.translation = translation


def _evaluated(source: str, translation: Translation, variables: dict[str, Any]) -> Any:
    """The value of an expression that stands for a register."""
    return eval(_code(source), {**_STANDING_FOR, **translation.constants}, variables)


def activations_of(translation: Translation, frame: FrameType, line: int) -> list[Activation]:
    """The functions that a Python frame runs: one, and those whose code stands in its own."""
    variables = _with_objects(translation, frame.f_locals, line)
    found = [Activation(translation, variables, line)]
    is_counted = True
    while (place := translation.inlined.get(line)) is not None:
        is_counted = is_counted and line not in translation.uncounted
        site, line = place
        variables = site.variables({**translation.constants, **variables})
        translation = site.translation
        variables = _with_objects(translation, variables, line)
        levels = site.levels if is_counted else int(site.is_metamethod)
        found.append(Activation(translation, variables, line, levels))
    return found


def _with_objects(translation: Translation, variables: dict[str, Any], line: int) -> dict[str, Any]:
    """The variables, and registers whose objects the code has not made."""
    unmade = translation.unmade.get(line)
    if unmade is None:
        return variables
    made = {name: _evaluated(text, translation, variables) for name, text in unmade.items()}
    return {**variables, **made}


@record(eq=False)
class Group:
    """Fast functions that ran on `thread`, outermost first, up to a `seam` of its frames, or to the end.

    Or up to a generic loop that goes through a `coroutine`. `running`: the thread as its generators tell it.
    """

    activations: list[Activation]
    thread: Thread | None = None
    seam: Seam | None = None
    coroutine: Thread | None = None
    running: Thread | None = None


@record(frozen=True)
class Undone:
    """Calls of metamethods that are to be undone: how many, and how many that were counted.

    Less those that are to be done: their code was run without (see c_levels).
    """

    calls: int = 0
    counted: int = 0


@record(frozen=True)
class Landmarks:
    """Code objects that mean something in a traceback besides generated ones."""

    border: CodeType
    """The way in from Python: behind it everything belongs to others."""
    metamethod_calls: frozenset[int]
    """Identities."""
    counted_call: CodeType
    """Counts the call of a metamethod of arithmetic, an instruction of its own (MMBIN), that it makes."""
    nested_run: CodeType
    """What starts a nested VM: its variables `thread` and `seam` tell where."""


def collect(
    error: BaseException, translations: dict[int, Translation], landmarks: Landmarks
) -> tuple[list[Group], Undone]:
    """The fast functions that `error` has left, and which calls of metamethods are to be undone.

    A call of a metamethod that did not come to run anything never was: the instruction will be run again.
    """
    groups = [Group([])]
    calls = counted_calls = levels = 0
    traceback = error.__traceback__
    while traceback is not None and (traceback := traceback.tb_next) is not None:
        frame = traceback.tb_frame
        translation = translations.get(id(frame.f_code))
        if translation is not None:
            activations = activations_of(translation, frame, traceback.tb_lineno)
            _divide(groups, activations[0].values.get("th"))
            groups[-1].activations += activations
            levels += sum(each.levels for each in activations)
            calls = counted_calls = 0
        elif id(frame.f_code) in landmarks.metamethod_calls:
            calls += 1
        elif frame.f_code is landmarks.counted_call:
            counted_calls += 1
        elif frame.f_code is landmarks.nested_run and "seam" in frame.f_locals:
            groups[-1].thread, groups[-1].seam = frame.f_locals["thread"], frame.f_locals["seam"]
            groups.append(Group([]))
            calls = counted_calls = 0
        elif frame.f_code is landmarks.border:
            break
    return groups, Undone(calls - levels, counted_calls)


def _divide(groups: list[Group], running: Thread | None) -> None:
    """A generator of the thread `running` comes next, if it is one: another thread's loop may resume it."""
    group = groups[-1]
    if running is None or running is group.running:
        return
    if group.activations:
        group.thread, group.coroutine = running.resumer, running
        groups.append(Group([]))
    groups[-1].running = running


def rebuild(state: State, groups: list[Group], error: Exception) -> None:
    """Makes frames of all groups, in the place of their seams; the last one goes on top."""
    for group in groups:
        if group.seam is None:
            if group.coroutine is not None:
                _push_resumer(state, group, group.coroutine)
            elif group.activations:
                _push(state, state.thread, group.activations, error)
            continue
        assert group.thread is not None
        frames = group.thread.frames
        place = frames.index(group.seam)
        above = frames[place + 1 :]
        del frames[place:]
        reopen_upvalues(frames[-1])
        group.thread.seams.remove(group.seam)
        if group.activations:
            _push(state, group.thread, group.activations, None)
        frames += above


def _push_resumer(state: State, group: Group, coroutine: Thread) -> None:
    """The VM will deliver what `coroutine` gives to a loop, which has resumed it as a call would."""
    thread = group.thread
    assert thread is not None
    reopen_upvalues(thread.frames[-1])
    _push(state, thread, group.activations, None)
    frame = thread.frames[-1]
    thread.native = frame.registers[frame.code[frame.pc - 1][1]]
    coroutine.generator = coroutine.driver = None
    coroutine.unwrapped = True


def _push(state: State, thread: Thread, activations: list[Activation], error: Exception | None) -> None:
    """Pushes a frame for each activation; without an `error` even the innermost waits for its call."""
    innermost = activations[-1]
    is_tail_call = False
    base: int | None = None
    state.budget.give_back(
        sum(paid_ahead(each, error is None or each is not innermost) for each in activations)
    )
    for activation in activations:
        code = activation.function.prototype.decoded
        op, a, _, _ = code[activation.pc]
        is_waiting = error is None or activation is not innermost
        frame = _frame(thread, activation, base)
        if is_waiting and op in TAIL_CALLS and activation is not innermost:
            if frame.open_upvalues:
                _close_all(frame)
            base = base_of(frame)
            is_tail_call = True
            continue
        if is_tail_call:
            frame.is_tail_call = True
        base, is_tail_call = None, False
        needed = frame.base + frame.function.prototype.stack_size
        if needed > MAX_STACK:
            stack_overflow(state, needed)
        thread.frames.append(frame)
        if is_waiting:
            wait(frame, activation.pc)
        elif (native := _failed_native(state, frame, op, a, error)) is not None:
            wait(frame, activation.pc)
            thread.native = native
            state.budget.give_back(-counted(activation))
        else:
            frame.pc = activation.pc


def counted(activation: Activation) -> int:
    """1 if the instruction of a fast function that has run is to be counted."""
    return int(activation.translation.charges is not None)


def paid_ahead(activation: Activation, is_waiting: bool) -> int:
    """What was paid for instructions that a fast function has not run; if it waits, its call has run."""
    translation = activation.translation
    price = translation.paid_ahead(activation.line)
    rounds = translation.price_of_rounds(activation.line)
    if rounds:
        code = activation.function.prototype.decoded
        registers = _all_registers(activation)
        _restore_loops(code, registers, activation)
        for prep in _loops_around(activation, rounds):
            price += registers[code[prep][1] + 1] * rounds[prep]
    return price - counted(activation) if is_waiting else price


def paid_on_stack(frame: FrameType | None, translations: dict[int, Translation]) -> int:
    """What the fast functions in `frame` and below have paid for instructions that they have not run."""
    price = 0
    while frame is not None:
        translation = translations.get(id(frame.f_code))
        if translation is not None:
            for each in activations_of(translation, frame, frame.f_lineno):
                price += paid_ahead(each, is_waiting=True)
        frame = frame.f_back
    return price


def _loops_around(activation: Activation, loops: Iterable[int]) -> list[int]:
    """Those of the FORPREPs in `loops` whose loops a fast function is in."""
    code = activation.function.prototype.decoded
    return [prep for prep in loops if prep < activation.pc < code[prep][2]]


def push_waiting(state: State, thread: Thread, activations: list[Activation]) -> None:
    """Pushes the frames of functions that wait for calls, onto a thread that does not run."""
    _push(state, thread, activations, None)


def snapshot(activations: list[Activation]) -> list[Frame]:
    """Frames to look at, of functions that wait for calls and go on as fast code."""
    frames = []
    is_tail_call = False
    for activation in activations:
        prototype = activation.function.prototype
        if prototype.decoded[activation.pc][0] in TAIL_CALLS and activation is not activations[-1]:
            is_tail_call = True
            continue
        frame = Frame(activation.function, prototype.decoded, _all_registers(activation), 0)
        frame.varargs = list(activation.values.get("va", ()))
        frame.is_tail_call = is_tail_call
        is_tail_call = False
        wait(frame, activation.pc)
        frames.append(frame)
    return frames


def _failed_native(
    state: State, frame: Frame, op: int, a: int, error: Exception | None
) -> NativeFunction | None:
    """The native function that was called and has raised `error`."""
    if isinstance(error, HandOver) or not isinstance(error, (LuaError, NativeFault)) or op not in CALLS:
        return None
    return native_behind(state, frame.registers[a])


def native_behind(state: State, callee: LuaValue) -> NativeFunction | None:
    """The native function that a call of `callee` comes to, perhaps by way of `__call`."""
    while callee is not None and not isinstance(callee, (NativeFunction, LuaFunction)):
        callee = metamethod(state, callee, "__call")
    return callee if isinstance(callee, NativeFunction) else None


def _registers(activation: Activation) -> list[Any]:
    return [activation.values.get(f"r{at}") for at in range(activation.function.prototype.stack_size)]


def _all_registers(activation: Activation) -> list[Any]:
    """With a copy of those that closures share."""
    registers = _registers(activation)
    for number in activation.translation.captured:
        box = activation.values.get(f"c{number}")
        if box is not None:
            registers[number] = box.value
    return registers


def _frame(thread: Thread, activation: Activation, base: int | None) -> Frame:
    values = activation.values
    registers = _registers(activation)
    frame: Frame | None = values.get("frame")
    if frame is None:
        frame = _new_frame(thread, activation, registers, base)
    else:
        frame.registers[:] = registers
    _restore_displays(frame, activation)
    _open_boxes(frame, activation)
    _restore_open_results(frame, activation.pc, values)
    _restore_loops(frame.code, frame.registers, activation)
    return frame


def _new_frame(thread: Thread, activation: Activation, registers: list[Any], base: int | None) -> Frame:
    prototype = activation.function.prototype
    if base is None:
        base = top_of(thread)
    varargs = list(activation.values.get("va", ()))
    base += prototype.parameter_count + len(varargs) + 1 if prototype.is_vararg else 0
    frame = Frame(activation.function, prototype.decoded, registers, base)
    if varargs:
        frame.varargs = varargs
    return frame


def _restore_open_results(frame: Frame, pc: int, values: dict[str, Any]) -> None:
    """An instruction that takes the open results of the one before finds them in registers."""
    op, _, end, _ = frame.code[pc]
    if end is None and op in _TAKES_OPEN_RESULTS:
        first = frame.code[pc - 1][1]
        top = values.get("top", ())
        results = top if type(top) is tuple else (top,)
        frame.top = first + len(results)
        frame.registers[first : frame.top] = results


def _restore_displays(frame: Frame, activation: Activation) -> None:
    """A table that is still being constructed has the fields that its constructor has come to."""
    for display in activation.translation.displays:
        if display.start < activation.pc <= display.last:
            table = frame.registers[display.dest] = new_table()
            for pc, key, name, _ in display.fields:
                if pc < activation.pc:
                    constants = display.constants
                    value = constants[name] if name in constants else activation.values[name]
                    table.raw_set_field(key, value)


def _restore_loops(code: list[Decoded], registers: list[Any], activation: Activation) -> None:
    """Within a loop over integers, R[a+1] is the number of rounds still to go (see vm.loops)."""
    loops = activation.translation.loops
    if not loops:
        return
    for prep in _loops_around(activation, loops):
        a = code[prep][1]
        if loops[prep]:
            registers[a] = registers[a + 3]
        elif a in activation.translation.captured:  # by other variables: what counts goes by its own name
            registers[a] = activation.values[f"r{a}"]
        value, limit, step = registers[a : a + 3]
        if type(value) is int:
            bound = limit if type(limit) is int else clip_limit(limit, step)
            registers[a + 1] = 0 if bound is None else max((bound - value) // step, 0)
        else:
            registers[a + 1], registers[a + 2] = float(limit), float(step)


# --- shared variables -----------------------------------------------------------------------------


def _open_boxes(frame: Frame, activation: Activation) -> None:
    """Captured variables lived in upvalues: they move into registers, shared by open upvalues."""
    for number in activation.translation.captured:
        box = activation.values.get(f"c{number}")
        if box is not None:
            if frame.open_upvalues is None:
                frame.open_upvalues = {}
            frame.open_upvalues[number] = box
            if getattr(box, "registers", None) is None:
                _open(frame, number, box)
            else:  # final
                box.registers = frame.registers
                frame.registers[number] = box.value


def _open(frame: Frame, number: int, box: Any) -> None:
    frame.registers[number] = box.value
    box.value = None  # the slot is hidden while the upvalue is open, and would keep the value alive
    box.__class__ = OpenUpvalue
    box.registers = frame.registers
    box.index = number


def _close_all(frame: Frame) -> None:
    for box in (frame.open_upvalues or {}).values():
        box.close()
    frame.open_upvalues = None


def close_open_upvalues(frame: Frame) -> bool:
    """Lets fast code that `frame` is about to call use its variables at full speed; whether any was open."""
    is_any = False
    for box in (frame.open_upvalues or {}).values():
        if box.is_open:
            box.close()
            is_any = True
    return is_any


def reopen_upvalues(frame: Frame | NativeFrame) -> None:
    """The opposite of `close_open_upvalues`: variables of a Lua function's frame live in registers again."""
    if not isinstance(frame, Frame):
        return
    for number, box in (frame.open_upvalues or {}).items():
        if type(box) is Upvalue and getattr(box, "registers", None) is None:
            _open(frame, number, box)
