"""One Lua instruction → lines of Python; the registers are Python's local variables.

    GETFIELD 2 0 "x"     ->   r2 = r0.x
    ADD 3 3 2            ->   t = r3 + r2
                              if not -1073741823 <= t <= 1073741823: t = fit(t)
                              r3 = t

A line may fail in any way Python knows (an operand that is no number, no table …): then the VM
runs the whole instruction again, so nothing is assigned before it can't fail any more. Names in
the lines: `rN` registers, `cN` boxes of captured registers, `uN` upvalues, `vN`
values of upvalues that never change, `va` varargs, `t` a
value on its way, `top` open results, `KN` constants, `PN` nested Prototypes; functions are those
of jit.support.

Besides writing lines, lowering an instruction says what is known of the register it sets: run
over the flow graph without taking the lines, the same functions are the type inference.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.bytecode.prototype import LONGEST_SHORT_STRING, Prototype
from pylua.hints import Any, Final, TypeAlias
from pylua.jit import kinds, wishes
from pylua.jit.display_code import Display
from pylua.jit.graphs import liveness
from pylua.jit.held import held_values, is_literal, only_closure
from pylua.jit.kinds import ANYTHING, Known
from pylua.jit.notes import Notes
from pylua.jit.watch_code import demand_known_metatable
from pylua.values.types import FALSE, TRUE, LuaValue
from pylua.vm.constancy import final_upvalues
from pylua.vm.decoding import Decoded

__all__ = ["BASIC_WRITERS", "Line", "Lowering", "Writer"]

Line: TypeAlias = tuple[int, str, int]
"""Depth of indentation, text, and the instruction it belongs to (-1: none)."""

_PLAIN_CONSTANTS: Final = (int, str)


class Lowering:
    """Writes the instructions of one Prototype; `emit(text)` takes each line.

    `known[n]` is what is known of register n before the instruction at `pc`; behind the registers stand
    the upvalues that never change.
    """

    def __init__(self, prototype: Prototype, code: list[Decoded], notes: Notes, single: bool) -> None:
        self.prototype = prototype
        self.code = code
        self.notes = notes
        self._single = single
        self.asks_form = False
        """Whether the code depends on the number of results that callers want."""
        self.is_generator = False
        """Whether calls of `coroutine.yield` become Python's `yield`."""
        self.takes_more = False
        """Whether such a call uses more than the first value that comes back."""
        self.pc = 0
        self.begin = self.end = 0
        """Where the straight code around `pc` begins and ends."""
        self.literals: dict[int, LuaValue] = {}
        """Constants that registers hold, within a piece of straight code."""
        self.things: dict[int, LuaValue] = {}
        """Functions and tables that registers hold, likewise, if the code has names for them."""
        self.found: dict[int, str] = {}
        """Those names, by identity (see watch_code)."""
        self.is_fresh = False
        """Whether it was asked, since other code may have run, that no watch has ended."""
        self.entered: Any = None
        """The head of the loop that the function goes on with, if it is not a whole one."""
        self.size = prototype.stack_size
        self.known: list[Known] = [ANYTHING] * (self.size + len(prototype.upvalues))
        self.copies: dict[int, int] = {}
        """By register: whose value it has, within a piece of straight code."""
        self.ends: dict[int, tuple[int, int]] = {}
        """By register that holds the next place in a table's list: the table's register, and the LEN."""
        self.unread: dict[int, int] = {}
        """LENs for next places that nothing but an append at the SETTABLE needs."""
        self.emit: Callable[[str], None] = _drop
        self.constants: dict[str, Any] = {}
        self.captured = {
            source.index for nested in prototype.prototypes for source in nested.upvalues if source.in_stack
        }
        self.used_upvalues: set[int] = set()
        self.final_upvalues = final_upvalues(prototype)
        self.used_values: set[int] = set()
        """Final upvalues whose value is read at the start."""
        self.only = only_closure(prototype, notes)
        """The function's only closure, if it may be taken for granted."""
        self.held = held_values(prototype, self.only)
        """The values of its final upvalues, which its code names."""
        notes.holds_values |= self.only is not None and bool(prototype.upvalues)
        self.sure: set[int] = set()
        """Arithmetic of which both operands are surely numbers."""
        self.displays: dict[int, Display] = {}
        """Table constructors by their NEWTABLE."""
        self.open_displays: dict[int, Display] = {}
        """By register: constructors whose fields are being collected."""
        self.unmade: set[int] = set()
        """The TFORCALLs of loops over lists for which no table is made (see list_loops)."""
        self.wishes: dict[int, list[tuple[int, int]]] = {}
        """By instruction: registers, and what should be known of them (see guesses)."""
        self.doubtful: set[tuple[Any, int]] = set()
        """Heads of loops, and registers of which it is not known already that what is guessed is true."""
        self.given: dict[int, list[Known]] = {}
        """By call: what is known of its arguments."""
        self.barriers: dict[int, int | None] = {}
        """Instructions during which other code may run, and the register that, if bare, rules it out."""
        self.open_results = (0, False)
        """Where the open results of the last instruction begin, and whether `top` surely is a tuple."""
        self.single_at = -1
        """The last instruction whose open results surely are one value, no tuple."""

    @property
    def single(self) -> bool:
        """Whether callers want exactly one result."""
        self.asks_form = True
        return self._single

    # --- operands ---------------------------------------------------------------------------

    def register(self, number: int) -> str:
        """A register as an expression and as a target; or an upvalue that never changes."""
        if number >= self.size:
            return self.upvalue_value(number - self.size)
        return f"c{number}.value" if number in self.captured else f"r{number}"

    def registers(self, first: int, end: int) -> str:
        """Registers `first` … `end - 1`, separated by commas."""
        return ", ".join(self.register(number) for number in range(first, end))

    def knows(self, number: int) -> Known:
        """What is known of a register."""
        return self.known[number]

    def upvalue(self, number: int) -> str:
        """The box of an upvalue."""
        if self.only is None:
            self.used_upvalues.add(number)
        else:
            self.constants[f"u{number}"] = self.only.upvalues[number]
        return f"u{number}"

    def upvalue_value(self, number: int) -> str:
        """The value of an upvalue."""
        if number in self.held:
            self.constants[f"v{number}"] = self.held[number]
            return f"v{number}"
        if number in self.final_upvalues:
            self.used_values.add(number)
            return f"v{number}"
        return f"{self.upvalue(number)}.value"

    def constant(self, value: LuaValue) -> str:
        """A constant as an expression."""
        if type(value) in _PLAIN_CONSTANTS and not (type(value) is str and len(value) > LONGEST_SHORT_STRING):
            return repr(value) if value.__class__ is str or value >= 0 else f"({value})"
        if value is None:
            return "None"
        if value is TRUE or value is FALSE:
            return "TRUE" if value is TRUE else "FALSE"
        if type(value) is float and value == value and abs(value) != float("inf"):
            return repr(value) if value >= 0 and repr(value)[0] != "-" else f"({value!r})"
        return self.constant_object(value)

    def constant_object(self, value: Any, letter: str = "K") -> str:
        """A name for an object that is no Lua value, or none that Python can write."""
        name = f"{letter}{len(self.constants)}"
        self.constants[name] = value
        return name

    def seen(self) -> int:
        """The bits noted for this instruction (see notes)."""
        return self.notes.seen.get(self.pc, 0)

    def level(self) -> int:
        """How careful this instruction's code must be."""
        return self.notes.level.get(self.pc, 0)

    def allocate(self, size: int) -> None:
        """Counts what is about to be allocated, in bytes, if collections matter."""
        if self.notes.counts_allocations:
            self.emit(f"count({size})")

    # --- what values are known to be ---------------------------------------------------------

    def holders(self, register: int) -> list[int]:
        """A register, and whose value it has; captured ones, of which nothing is known, left out."""
        both = [register, self.copies[register]] if register in self.copies else [register]
        return [number for number in both if number not in self.captured]

    def find_out(self, register: int, known: Known) -> None:
        """Notes what is known of the value in a register."""
        for number in self.holders(register):
            self.known[number] = known

    def learn_number(self, register: int) -> None:
        """Notes that a register holds a number: arithmetic took it."""
        for number in self.holders(register):
            mask, lowest, highest = self.known[number]
            if mask & kinds.NUMBER:
                self.known[number] = (mask & kinds.NUMBER, lowest, highest)

    def is_table(self, register: int) -> bool:
        """Whether a register surely holds a table."""
        return self.known[register][0] & kinds.TYPES == kinds.TABLE

    def is_bare(self, register: int) -> bool:
        """Whether a register surely holds a table without a metatable."""
        return self.is_table(register) and not self.known[register][0] & (kinds.PLAIN | kinds.GUARDED)

    def learn_table(self, register: int) -> None:
        """Notes that a register holds a table."""
        for number in self.holders(register):
            mask, lowest, highest = self.known[number]
            self.known[number] = (mask & ~kinds.TYPES | kinds.TABLE, lowest, highest)

    # --- what it would help to know ----------------------------------------------------------

    def wish(self, wish: int, *registers: int) -> None:
        """Notes that less would have to be checked here if registers were known to hold such values."""
        copies = self.copies
        self.wishes.setdefault(self.pc, []).extend(
            (copies.get(register, register), wish) for register in registers
        )

    def demand_bare(self, register: int) -> None:
        """Makes sure that the table in a register has no metatable."""
        if not self.is_bare(register):
            self.wish(wishes.BARE, register)
            self.emit(f"if {self.register(register)}.metatable is not None: raise HandOver")
            self.find_out(register, kinds.BARE_TABLE)

    def demand_plain(self, register: int) -> None:
        """Makes sure that the table in a register has no metatable or a plain one."""
        if not self.is_table(register) or self.known[register][0] & kinds.GUARDED:
            if not demand_known_metatable(self, register):
                self.emit(f"t = {self.register(register)}.metatable")
                self.emit("if t is not None and not t.is_plain: raise HandOver")
            self.find_out(register, (kinds.TABLE | self.known[register][0] & kinds.PLAIN, 0, 0))

    def end_call(self, function: int) -> None:
        """After a call nothing is known of the registers from `function` on, and of tables' metatables."""
        self.forget(function)
        self.barrier()

    def barrier(self, unless_bare: int | None = None) -> None:
        """Other code may run here, and give tables metatables; a bare table in that register rules it out."""
        self.is_fresh = False
        self.barriers[self.pc] = None if unless_bare is None else self.copies.get(unless_bare, unless_bare)
        self.ends.clear()
        for number, (mask, lowest, highest) in enumerate(self.known):
            if mask & kinds.TABLE:
                self.known[number] = (mask | kinds.PLAIN | kinds.GUARDED, lowest, highest)

    # --- results ----------------------------------------------------------------------------

    def assign(self, dest: int, expression: str, known: Known) -> None:
        """Writes `dest = expression`."""
        self.emit(f"{self.register(dest)} = {expression}")
        self.learn(dest, known)

    def learn(self, register: int, known: Known) -> None:
        """Notes what is known of a register that has got a value."""
        self.known[register] = ANYTHING if register in self.captured else known
        self.literals.pop(register, None)
        self.things.pop(register, None)
        if self.ends:
            self.ends = {key: end for key, end in self.ends.items() if register not in (key, end[0])}
        copies = self.copies
        if copies:
            copies.pop(register, None)
            if register in copies.values():
                self.copies = {copy: source for copy, source in copies.items() if source != register}

    def is_read_behind(self, register: int, pc: int) -> bool:
        """Whether anything reads what a register holds behind the instruction at `pc`."""
        live = liveness(self.prototype, self.code, self.notes)
        return register in self.captured or bool(live.get(pc, -1) >> register & 1)

    def note_copy(self, dest: int, source: int) -> None:
        """Notes that two registers have the same value, until one gets another."""
        if dest not in self.captured and source not in self.captured:
            self.copies[dest] = self.copies.get(source, source)

    def forget(self, first: int) -> None:
        """Nothing is known any more of the registers from `first` on."""
        for number in range(first, self.size):
            self.learn(number, ANYTHING)

    def target(self, dest: int, *operands: str) -> str:
        """Where a result is checked before it is final: its register, unless an operand stands there."""
        register = self.register(dest)
        return "t" if register in operands or dest in self.captured else register

    def settle(self, dest: int, place: str, known: Known) -> None:
        """Moves a checked result from `place` to its register."""
        register = self.register(dest)
        if place != register:
            self.emit(f"{register} = {place}")
        self.learn(dest, known)


Writer: TypeAlias = Callable[[Lowering, Any, Any, Any], int | None]
"""Writes an instruction with operands a, b, c; gives how many instructions that were, None for one."""


def _drop(_: str) -> None:
    """Takes a line while types are inferred."""


# --- moves and loads ----------------------------------------------------------------------------


def _move(code: Lowering, dest: int, source: int, _: Any) -> None:
    code.assign(dest, code.register(source), code.knows(source))
    code.note_copy(dest, source)
    if source in code.literals:
        code.literals[dest] = code.literals[source]
    if source in code.things:
        code.things[dest] = code.things[source]


def _load(code: Lowering, dest: int, value: LuaValue, _: Any) -> None:
    code.assign(dest, code.constant(value), kinds.of_value(value))
    code.literals[dest] = value


def _load_long(code: Lowering, dest: int, value: LuaValue, _: Any) -> int:
    _load(code, dest, value, _)
    return 2


def _load_nil(code: Lowering, first: int, more: int, _: Any) -> None:
    for dest in range(first, first + more + 1):
        code.assign(dest, "None", kinds.SOME_NIL)
        code.literals[dest] = None


def _load_true(code: Lowering, dest: int, b: Any, c: Any) -> None:
    code.assign(dest, "TRUE", kinds.SOME_BOOLEAN)
    code.literals[dest] = TRUE


def _load_false(code: Lowering, dest: int, b: Any, c: Any) -> None:
    code.assign(dest, "FALSE", kinds.SOME_BOOLEAN)
    code.literals[dest] = FALSE


def _get_upvalue(code: Lowering, dest: int, upvalue: int, _: Any) -> None:
    if is_literal(held := code.held.get(upvalue)):
        _load(code, dest, held, None)
    elif upvalue not in code.final_upvalues:
        code.assign(dest, code.upvalue_value(upvalue), ANYTHING)
    else:
        code.assign(dest, code.upvalue_value(upvalue), code.known[code.size + upvalue])
        code.note_copy(dest, code.size + upvalue)
        if held is not None:
            code.things[dest] = held


def _set_upvalue(code: Lowering, source: int, upvalue: int, _: Any) -> None:
    code.emit(f"{code.upvalue(upvalue)}.value = {code.register(source)}")


def _not(code: Lowering, dest: int, operand: int, _: Any) -> None:
    value = code.register(operand)
    code.assign(dest, f"TRUE if {value} is None or {value} is FALSE else FALSE", kinds.SOME_BOOLEAN)


def _nothing(code: Lowering, a: Any, b: Any, c: Any) -> None:
    """Control flow is the emitter's."""


BASIC_WRITERS: Final[dict[int, Writer]] = {
    Op.MOVE: _move,
    Op.LOADK: _load,
    Op.LOADKX: _load_long,
    Op.LOADNIL: _load_nil,
    Op.LOADTRUE: _load_true,
    Op.LOADFALSE: _load_false,
    Op.LFALSESKIP: _load_false,
    Op.GETUPVAL: _get_upvalue,
    Op.SETUPVAL: _set_upvalue,
    Op.NOT: _not,
    Op.JMP: _nothing,
    Op.FORLOOP: _nothing,
    Op.TFORLOOP: _nothing,
    Op.VARARGPREP: _nothing,
}
