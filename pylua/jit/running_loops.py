"""Loops that the VM runs already and that go on as fast code (on-stack replacement).

    loops.enter(frame, ("for", 3))   ->   True: the loop has run, or something in it was left to the VM

A loop is translated by itself, with all registers as parameters; it is left by an exception at the
instruction behind it, or by a return. What is known of the registers when it is entered (types,
rough ranges) is taken for granted in its code; entered with others, it is translated again.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit import kinds
from pylua.jit.flow import Key, Untranslatable, head_around
from pylua.jit.graphs import is_partly_unseen
from pylua.jit.handover import close_open_upvalues, reopen_upvalues
from pylua.jit.iteration import float_range
from pylua.jit.kinds import ANYTHING, Known
from pylua.jit.liveness import variables_in_scope
from pylua.jit.notes import Notes, notes_of
from pylua.jit.translation import Translation, translate_loop
from pylua.values.functions import new_upvalue
from pylua.values.integers import SMALL_INTEGER
from pylua.vm.calls import deliver
from pylua.vm.constancy import final_upvalues
from pylua.vm.thread import Frame

if TYPE_CHECKING:
    from pylua.bytecode.prototype import Prototype
    from pylua.jit.tier import FastTier

__all__ = ["RunningLoops"]

_HOT_ROUNDS: Final = 3
"""How often the head of a loop must be looked at; every 16th jump back looks."""
_LOOP_IN_CALLS: Final = 10
"""A function whose loops are hot gets hot sooner: as if it had been called so much oftener for each."""
_LIMIT: Final = SMALL_INTEGER


class RunningLoops:
    """Of one FastTier."""

    def __init__(self, tier: FastTier) -> None:
        self.tier = tier
        self.state = tier.state

    def enter(self, frame: Frame, head: Key) -> bool:
        """Goes on as fast code with the loop that `frame` runs, if there is some."""
        if self.state.must_keep_to_vm(self.state.thread):
            return False
        prototype = frame.function.prototype
        notes = notes_of(prototype)
        if notes.reason is not None or head in notes.cold_loops:
            return False
        if self.tier.left_at == (id(frame), head):
            self.tier.left_at = None  # first the VM makes the call that fast code could not
            return False
        rounds = notes.rounds[head] = notes.rounds.get(head, 0) + 1
        if not self.tier.eager:
            if rounds < _HOT_ROUNDS and head not in notes.wanted_loops:
                return False
            if not notes.observed:
                notes.observed = True
                self.tier.open_window()
                return False
            if head not in notes.glanced:
                notes.glanced.add(head)
                if is_partly_unseen(frame.code, notes, head):
                    notes.wanted_loops.add(head)
                    self.tier.wants_loop = True
                    self.tier.glance()
                    return False
        translated = self._loop_for(frame, head, notes)
        if translated is None:
            return False
        if translated[1].is_generator and not self._may_yield():
            if isinstance(head, tuple):
                _restore_rounds(frame, head)
            return False
        self._want_loop_around(frame, head, notes)
        self._run_loop(frame, head, *translated)
        return True

    def drop(self, prototype: Prototype, pc: int | None) -> None:
        """Forgets the code of a function's loops: of those around `pc`, and those that have copies of it."""
        notes = notes_of(prototype)
        for head, (_, _, extent) in list(notes.loops.items()):
            if pc is None or pc in extent or _calls_itself(prototype, notes, extent):
                del notes.loops[head]

    def _may_yield(self) -> bool:
        thread = self.state.thread
        return thread is not self.state.main_thread and thread.boundaries == 0 and not thread.seams

    def _want_loop_around(self, frame: Frame, head: Key, notes: Notes) -> None:
        """A loop within another will be entered again: the outer one should be, soon."""
        notes.wanted_loops.discard(head)
        self.tier.wants_loop = False
        if head not in notes.around:
            notes.around[head] = head_around(frame.code, head)
        outer = notes.around[head]
        if outer is not None and outer not in notes.cold_loops:
            notes.wanted_loops.add(outer)
            self.tier.wants_loop = True

    def _loop_for(
        self, frame: Frame, head: Key, notes: Notes
    ) -> tuple[Callable[..., Any], Translation] | None:
        if isinstance(head, tuple):
            _restore_limit(frame, head)
        known = _known_at(frame, head, notes)
        if isinstance(head, tuple):
            _know_counter(known, frame, head)
        held = notes.loops.get(head)
        if held is not None:
            former, translated, _ = held
            if former == known:
                return translated  # type: ignore[no-any-return]
            known = [_loosened(old, new) for old, new in zip(former, known, strict=True)]
            if former == known:
                return translated  # type: ignore[no-any-return]
        prototype = frame.function.prototype
        try:
            self.tier.count_translation(prototype, notes)
            callees = self.tier.hosts.finder_for(prototype)
            translation = translate_loop(prototype, notes, head, known, bool(frame.to_close), callees)
            translated = self.tier.compile(prototype, translation), translation
        except Untranslatable:
            notes.cold_loops.add(head)
            if isinstance(head, tuple):
                _restore_rounds(frame, head)
            return None
        notes.calls += _LOOP_IN_CALLS
        notes.loops[head] = known, translated, notes.graphs[head].extent
        return translated

    def _run_loop(
        self, frame: Frame, head: Key, function: Callable[..., Any], translation: Translation
    ) -> None:
        thread = self.state.thread
        registers = frame.registers
        size = frame.function.prototype.stack_size
        arguments = [frame.function, frame, tuple(frame.varargs), *registers[:size]]
        close_open_upvalues(frame)
        for number in translation.captured:
            box = (frame.open_upvalues or {}).get(number)
            arguments.append(new_upvalue(registers[number]) if box is None else box)
        frame.open_upvalues = None
        if isinstance(head, tuple):
            arguments.append(_rest_of_loop(frame, head))
        thread.frames.pop()
        if translation.is_generator:
            self.tier.coroutines.start_in_loop(thread, function(*arguments))
            return
        caller = thread.frames[-1]
        if isinstance(caller, Frame):  # its variables are read as those of the loop's own frame are
            close_open_upvalues(caller)
        results = function(*arguments)
        reopen_upvalues(caller)
        deliver(self.state, results if type(results) is tuple else (results,))


def _calls_itself(prototype: Prototype, notes: Notes, extent: range) -> bool:
    """Whether the function's own code may stand in that of a loop."""
    return any(
        known() is prototype for pc, callees in notes.callees.items() if pc in extent for known in callees
    )


def _restore_limit(frame: Frame, head: Any) -> None:
    """R[a+1] of a numeric loop becomes its limit again (see vm.loops)."""
    registers = frame.registers
    a = frame.code[head[1]][1]
    value, rounds, step = registers[a : a + 3]
    if type(value) is int:
        registers[a + 1] = value + rounds * step


def _restore_rounds(frame: Frame, head: Any) -> None:
    registers = frame.registers
    a = frame.code[head[1]][1]
    value, limit, step = registers[a : a + 3]
    if type(value) is int:
        registers[a + 1] = (limit - value) // step


def _rest_of_loop(frame: Frame, head: Any) -> Any:
    """The values that the loop has still to go through."""
    a = frame.code[head[1]][1]
    value, limit, step = frame.registers[a : a + 3]
    if type(value) is int:
        return range(value + step, limit + (1 if step > 0 else -1), step)
    return float_range(value + step, limit, step) if _goes_on(value + step, limit, step) else ()


def _goes_on(value: float, limit: float, step: float) -> bool:
    return value <= limit if step > 0.0 else limit <= value


def _known_at(frame: Frame, head: Key, notes: Notes) -> list[Known]:
    """What a loop's translation may take for granted: nothing of registers that hold no variables.

    Behind the registers stand the upvalues that never change.
    """
    prototype = frame.function.prototype
    if notes.scopes is None:
        notes.scopes = variables_in_scope(prototype)
    pc: Any = head[1] + 1 if isinstance(head, tuple) else head
    count = notes.scopes[pc] if prototype.local_variables else prototype.stack_size
    known = [_known_of(value) for value in frame.registers[:count]]
    known += [ANYTHING] * (prototype.stack_size - count)
    if frame.code[pc][0] == Op.TFORCALL:  # the control variable: it may be nil at first
        known[frame.code[pc][1] + 2] = ANYTHING
    final = final_upvalues(prototype)
    boxes = enumerate(frame.function.upvalues)
    return known + [_known_of(box.value) if at in final else ANYTHING for at, box in boxes]


def _loosened(former: Known, known: Known) -> Known:
    """What holds of both, loosely: a loop is not to be translated for each of many kinds of values."""
    both = kinds.join(former, known)
    if both == former:
        return former
    if both[0] == kinds.INT:
        return kinds.SOME_INTEGER
    return kinds.SOME_TABLE if both[0] & kinds.TYPES == kinds.TABLE else ANYTHING


def _known_of(value: Any) -> Known:
    """What a loop's translation may take for granted of a register: its type, roughly its range.

    What is a string or nil now is often the other at the next entry, and spares few checks.
    """
    known = kinds.of_value(value)
    if known[0] != kinds.INT:
        return known if known[0] & (kinds.NUMBER | kinds.TABLE) else ANYTHING
    lowest = 0 if value >= 0 else -_LIMIT
    return (kinds.INT, lowest, _LIMIT) if -_LIMIT <= value <= _LIMIT else kinds.SOME_INTEGER


def _know_counter(known: list[Known], frame: Frame, head: Any) -> None:
    """The step of the loop is constant, and its counter moves away from where it is now."""
    a = frame.code[head[1]][1]
    value, _, step = frame.registers[a : a + 3]
    if type(value) is int:
        known[a + 2] = (kinds.INT, step, step)
        if known[a][0] == kinds.INT and value > 0 < step:
            known[a] = (kinds.INT, 1, known[a][2])
