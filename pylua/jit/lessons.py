"""What the fast tier learns where fast code had to be left: the next translation knows it.

a function that is not fast was called     ─▶  it becomes fast, and perhaps stands in the caller's code
a block that was never observed            ─▶  it is observed
an operand of another kind                 ─▶  the notes have that kind, or the code gets more careful
a budget that does not pay for a loop      ─▶  its rounds are paid one by one
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.errors import HandOver, LuaError, NativeFault, NotFast, Spent
from pylua.hints import TYPE_CHECKING
from pylua.jit.handover import Activation, Group
from pylua.jit.metamethods import called_at
from pylua.jit.natives import adopt
from pylua.jit.notes import FLOWS, SOME_NATIVE, YIELDS, note_callee, note_metamethod, notes_of, observe
from pylua.jit.support import CollectionDue, Escaped, LeaveLoop, Mistaken, Unseen
from pylua.jit.waiting import CALLS
from pylua.values.functions import LuaFunction
from pylua.vm.thread import Frame, Thread

if TYPE_CHECKING:
    from pylua.jit.tier import FastTier

__all__ = ["Lessons"]


class Lessons:
    """Of one FastTier."""

    def __init__(self, tier: FastTier) -> None:
        self.tier = tier

    def learn(self, error: Exception, groups: list[Group], frame: Frame) -> None:
        """`error` has left the functions in `groups`; `frame` is now that of the innermost one."""
        activation = groups[-1].activations[-1]
        if isinstance(error, NotFast):
            self._note_call(activation, error.function)
        elif isinstance(error, Unseen):
            self._look_again(activation)
        elif isinstance(error, Mistaken):
            notes_of(activation.function.prototype).mistaken.add(activation.pc)
            self.tier.translate_again(activation.function.prototype)
        elif isinstance(error, Escaped):
            self._note_escape(groups[-1].activations, frame)
        elif isinstance(error, Spent):
            self._note_spent(groups)
        elif not isinstance(error, (RecursionError, LeaveLoop, CollectionDue, LuaError)) and (
            isinstance(error, HandOver) or not isinstance(error, NativeFault)
        ):
            self._note_failure(activation, frame)

    def _note_call(self, activation: Activation, callee: LuaFunction | None) -> None:
        """A function was called that is not fast: make it so, or give up the caller."""
        prototype = activation.function.prototype
        notes = notes_of(prototype)
        pc = activation.pc
        if callee is not None:
            self.tier.promote(callee)
            if prototype.decoded[pc][0] not in CALLS:
                note_metamethod(notes, pc, callee)
            elif pc not in notes.natives:
                note_callee(notes, pc, callee)
            if callee.is_usable and self.tier.hosts.take(prototype, pc, callee.prototype):
                self.tier.translate_again(prototype, pc)
            return
        native = activation.values.get(f"r{prototype.decoded[pc][1]}")
        if adopt(native, self.tier) or getattr(native, "name", None) in ("assert", "error"):
            return
        if native is self.tier.names["YIELD"]:
            if not notes.seen.get(pc, 0) & YIELDS:
                notes.note(pc, YIELDS)
                self.tier.translate_again(prototype, pc)
            self.note_flow(self.tier.state.thread)
            return
        if notes.is_left_often(pc):
            self.tier.keep_in_vm(prototype, f"calls what only the VM runs, line {prototype.line_of(pc)}")

    def note_flow(self, thread: Thread) -> None:
        """`thread` is about to yield: the functions whose frames wait for that can become generators."""
        for frame in reversed(thread.frames[:-1]):
            if not isinstance(frame, Frame):
                return
            pc = frame.pc - 1
            if frame.code[pc][0] not in CALLS:
                return
            notes = notes_of(frame.function.prototype)
            if not notes.seen.get(pc, 0) & FLOWS:
                notes.note(pc, FLOWS)
                self.tier.translate_again(frame.function.prototype)

    def _note_escape(self, activations: list[Activation], frame: Frame) -> None:
        """An object was needed that the code of one of these functions did without."""
        callee = called_at(frame, activations[-1].pc)
        if callee.__class__ is LuaFunction:  # the expected one, perhaps, that fast code has not called yet
            self.tier.promote(callee)
            if callee.__class__ is not LuaFunction:
                return
        for activation in activations:
            if activation.translation.escapes_at(activation.line):
                notes = notes_of(activation.function.prototype)
                notes.escapes += 1
                if notes.makes_objects:
                    self.tier.translate_again(activation.function.prototype)

    def _note_spent(self, groups: list[Group]) -> None:
        """Fast code could not pay: loops that paid for all their rounds pay for each from now on."""
        budget = self.tier.state.budget
        budget.refill()
        for group in groups:
            for activation in group.activations:
                self._pay_for_each_round(activation)
        self.tier.spare_budget(budget.left() if budget.is_limited else None)
        self.tier.state.watch()

    def _pay_for_each_round(self, activation: Activation) -> None:
        prototype = activation.function.prototype
        charges = activation.translation.charges
        loops = [] if charges is None else charges.rounds_paid_at(activation.pc)
        if loops:
            notes_of(prototype).pays_rounds.update(loops)
            self.tier.translate_again(prototype)

    def _look_again(self, activation: Activation) -> None:
        """Fast code came to where nothing was observed: the VM goes on, observed."""
        notes = notes_of(activation.function.prototype)
        notes.surprises += 1
        notes.visited.add(activation.pc)
        self.tier.open_window()
        self.tier.translate_again(activation.function.prototype, activation.pc)

    def _note_failure(self, activation: Activation, frame: Frame) -> None:
        """Fast code was too hopeful at an instruction: the next translation knows more."""
        prototype = activation.function.prototype
        notes = notes_of(prototype)
        pc = activation.pc
        if activation.translation.is_stale():
            self.tier.translate_again(prototype, pc)
            return
        if self._is_open_ended(frame, pc):
            return
        if notes.natives.get(pc, SOME_NATIVE) not in ("", SOME_NATIVE):
            if not notes.has_chance(pc):
                notes.natives[pc] = SOME_NATIVE
                self.tier.translate_again(prototype, pc)
            return
        if notes.foreign.get(pc) is not None:
            notes.foreign[pc] = None
            self.tier.translate_again(prototype, pc)
            return
        is_often = notes.is_left_often(pc)
        last = activation.translation.reaches.get(pc, pc)
        if last > pc:
            if notes.suspect(pc, last):
                self.tier.open_window()
            self.tier.translate_again(prototype, pc)
            return
        before, metatable = notes.seen.get(pc, 0), notes.metatables.get(pc)
        observe(frame, pc, notes)
        if notes.metatables.get(pc) is not metatable:
            self.tier.translate_again(prototype, pc)
            return
        is_news = before or prototype.decoded[pc][0] in CALLS
        if notes.seen.get(pc, 0) == before or not is_news:
            level = notes.level.get(pc, 0)
            if level < 2:
                notes.level[pc] = level + 1
            elif is_often:
                self.tier.keep_in_vm(prototype, f"needs the VM, line {prototype.line_of(pc)}")
                return
        self.tier.translate_again(prototype, pc)

    def _is_open_ended(self, frame: Frame, pc: int) -> bool:
        """Whether there were more arguments than parameters; from now on the callee takes them."""
        op, a, end, _ = frame.code[pc]
        callee = frame.registers[a] if op in CALLS else None
        if not isinstance(callee, LuaFunction) or callee.prototype.is_vararg:
            return False
        given = 2 if op == Op.TFORCALL else (frame.top if end is None else end) - a - 1
        notes = notes_of(callee.prototype)
        if given <= callee.prototype.parameter_count or notes.is_open_ended:
            return False
        notes.is_open_ended = True
        self.tier.translate_again(callee.prototype)
        return True
