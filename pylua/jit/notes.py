"""What the fast tier knows of one Prototype: operands that were seen, and where code was too hopeful.

notes.seen[pc]    bits of the types of an instruction's operands, noted while the VM ran it
notes.level[pc]   how careful the code of an instruction must be: 0 the fastest form that the
                  operands seen allow, 1 one that takes more cases, 2 a call of jit.support
"""

from __future__ import annotations

from _weakref import ref
from collections.abc import Callable
from time import perf_counter

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final, TypeAlias
from pylua.jit.metamethods import metamethod_at
from pylua.jit.waiting import PLAIN_CALLS, STORES, TAIL_CALLS
from pylua.values.functions import ControlFunction, ForeignCall, LuaFunction, NativeFunction
from pylua.values.records import field, record
from pylua.values.table import Table
from pylua.values.types import LuaValue
from pylua.values.userdata import Userdata
from pylua.vm import decoding
from pylua.vm.effects import ARITHMETIC

if TYPE_CHECKING:
    from pylua.bytecode.prototype import Prototype
    from pylua.vm.thread import Frame

__all__ = [
    "BEYOND",
    "ELEMENTS",
    "EMPTY",
    "ENTRIES",
    "FLOAT",
    "FLOWS",
    "INSIDE",
    "INT",
    "MATCHES",
    "METAMETHODS",
    "MISSING",
    "NATIVE",
    "NIL",
    "NO_CLASS",
    "OBSERVED",
    "OTHER",
    "RESUMES",
    "RIGHT",
    "SOME_NATIVE",
    "STRING",
    "TABLE",
    "YIELDS",
    "Notes",
    "depth_of",
    "kinds_of",
    "note_callee",
    "note_metamethod",
    "notes_of",
    "observe",
]

INT: Final = 1
FLOAT: Final = 2
STRING: Final = 4
TABLE: Final = 8
OTHER: Final = 16
NIL: Final = 32
RIGHT: Final = 6
"""Bits of the right operand are shifted by so many."""
MISSING: Final = 1 << 12
"""A key was not in the table itself."""
BEYOND: Final = 1 << 13
"""An integer key lay outside the array part."""
METAMETHODS: Final = 1 << 14
"""The table has a metatable."""
NATIVE: Final = 1 << 15
"""A native function was called (by a generic loop: `next` or the like)."""
ELEMENTS: Final = 1 << 17
"""A generic loop called the function that ipairs gives."""
ENTRIES: Final = 1 << 18
"""A generic loop called `next`."""
YIELDS: Final = 1 << 16
"""`coroutine.yield` was called."""
EMPTY: Final = 1 << 24
"""A field's value was nil, though it had a place in the table."""
FLOWS: Final = 1 << 25
"""A Lua function was called that yielded before it returned."""
RESUMES: Final = 1 << 26
"""A generic loop called a function that steers the VM, such as coroutine.wrap gives."""
MATCHES: Final = 1 << 27
"""A generic loop called a native function whose results an iterator gives."""
INSIDE: Final = 1 << 29
"""An integer key lay in the array part."""
NO_CLASS: Final = 1 << 28
"""A field was nil, and the table's metatable has no table as `__index`."""
_DEPTH: Final = 19
"""From this bit on: at which depth of the `__index` chain a method was found."""

_KINDS: Final[dict[type, int]] = {int: INT, float: FLOAT, str: STRING, Table: TABLE, type(None): NIL}
_CONSTANT_RIGHT: Final = frozenset(
    {
        Op.ADDI, Op.ADDK, Op.SUBK, Op.MULK, Op.MODK, Op.POWK, Op.DIVK, Op.IDIVK, Op.UNM, Op.LEN,
        Op.BANDK, Op.BORK, Op.BXORK, Op.SHRI, Op.SHLI, Op.BNOT,
    }
)  # fmt: skip
OBSERVED: Final = (
    ARITHMETIC
    | _CONSTANT_RIGHT
    | {
        Op.GETTABLE, Op.GETI, Op.GETFIELD, Op.GETTABUP, Op.SELF, Op.SETTABLE, Op.SETFIELD, Op.SETI,
        decoding.SETTABLE_K, decoding.SETI_K, decoding.SETFIELD_K, Op.CONCAT, Op.TFORCALL,
    }
)  # fmt: skip
"""Instructions whose operands `observe` notes and code depends on."""
_TABLES: Final = TABLE | TABLE << RIGHT
_TELLING: Final = frozenset(
    {
        Op.GETTABLE, Op.GETI, Op.GETFIELD, Op.SETTABLE, Op.SETI, Op.SETFIELD,
        decoding.SETTABLE_K, decoding.SETI_K, decoding.SETFIELD_K,
    }
)  # fmt: skip
"""Instructions whose bits tell whether there may be a metamethod."""
SOME_NATIVE: Final = "?"
"""Among `Notes.natives`: native functions whose work generated code does not know, or several."""
_MAX_DEPTH: Final = 4
_MOST_METATABLES: Final = 6
"""Classes that are told apart at one call of a method."""
_OFTEN: Final = 40
_CHANCES: Final = 2
"""So often instructions that fail together are observed anew before their code gets more careful."""
_MOST_CALLEES: Final = 3
"""Functions that are told apart at one call."""
_ESCAPES: Final = 6
"""So often objects may be needed that code does without."""
_COST: Final = 0.001
"""Seconds: code that is left once in such a time at one place hardly pays."""


@record(eq=False)
class Notes:
    """Of one Prototype."""

    seen: dict[int, int] = field(default_factory=dict)
    level: dict[int, int] = field(default_factory=dict)
    mistaken: set[int] = field(default_factory=set)
    """Heads of loops, or 0, before which a guess was wrong."""
    natives: dict[int, str] = field(default_factory=dict)
    """What a call has called: a native's `intrinsic`, or SOME_NATIVE; "" for functions of Lua."""
    callees: dict[int, list[Callable[[], Prototype | None]]] = field(default_factory=dict)
    """What a call has called, if that were few functions, all of Lua."""
    preparers: dict[int, Callable[[str, int], Any]] = field(default_factory=dict)
    """What prepares the native that was called for a constant argument (NativeFunction.prepare)."""
    metatables: dict[int, list[Callable[[], Table | None]] | None] = field(default_factory=dict)
    """By SELF or store: the metatables that tables had; None if they were many, or some had none."""
    watches: Any = None
    """What tells when functions of libraries and classes change (see watches)."""
    places: Any = None
    """What knows the fields that tables get from elsewhere (see places)."""
    foreign: dict[int, ForeignCall | None] = field(default_factory=dict)
    """How a call calls a function of the host; None if that varies."""
    hosts: list[Callable[[], Prototype | None]] = field(default_factory=list)
    """Functions in whose code the code of this one stands."""
    special: dict[Any, Any] = field(default_factory=dict)
    """Translations for callers that know something of the arguments, by form and what is known."""
    uncompiled: dict[str, Any] = field(default_factory=dict)
    """Translations of which only callers have copies yet, by form."""
    formula: Any = None
    """The short way for calls from outside, once it was looked for; False if there is none."""
    losses: int = 0
    """How often code was dropped because of a function whose code stood in it."""
    yields: bool = False
    """Whether the function was seen to yield, or to call what yields, so that a generator can run it."""
    observed: bool = False
    """Whether operands have been noted."""
    saw_start: bool = False
    """Whether operands have been noted from the function's start on, not only in its loops."""
    is_open_ended: bool = False
    """Whether callers pass more arguments than there are parameters."""
    translations: int = 0
    """How often code was generated."""
    loops: dict[Any, Any] = field(default_factory=dict)
    """Translated loops by their heads."""
    graphs: dict[Any, Any] = field(default_factory=dict)
    """Flow graphs of loops by their heads, and that of the whole function by None."""
    rounds: dict[Any, int] = field(default_factory=dict)
    """How often the VM looked at the head of a loop."""
    visited: set[int] = field(default_factory=set)
    """Beginnings of blocks at which unseen code has surprised once."""
    around: dict[Any, Any] = field(default_factory=dict)
    """Heads of loops, by those of loops directly within."""
    glanced: set[Any] = field(default_factory=set)
    """Heads of loops whose blocks were looked at before they were to be translated."""
    wanted_loops: set[Any] = field(default_factory=set)
    """Heads of loops around loops that were entered: better to enter these."""
    cold_loops: set[Any] = field(default_factory=set)
    """Heads of loops that cannot be translated."""
    reason: str | None = None
    """Why the VM runs this function, if it does."""
    left_at: dict[int, tuple[int, float]] = field(default_factory=dict)
    """How often fast code was left at an instruction, since when."""
    calls: int = 0
    starts: int = 0
    """How often a coroutine was started with this function."""
    suspicions: dict[int, int] = field(default_factory=dict)
    """How often code for several instructions was left, by the first."""
    surprises: int = 0
    """How often fast code came to a block of which nothing had been observed."""
    expects_surprises: bool = False
    """Whether code shall stop at such blocks."""
    keeps_values: bool = True
    """Whether closures may keep the values of upvalues that never change."""
    holds_values: bool = False
    """Whether code names what the only closure has captured (see held)."""
    counts_allocations: bool = False
    """Whether code must tell the collector what it allocates."""
    counts_instructions: bool = False
    """Whether code must pay for the instructions that it stands for."""
    heat: dict[int, int] = field(default_factory=dict)
    """How often instructions were seen to run."""
    live: dict[int, int] | None = None
    """Which registers are read behind each instruction (see liveness), once that is asked."""
    scopes: list[int] | None = None
    """By instruction: how many registers are variables there, once that is asked."""
    escapes: int = 0
    """How often an object that code did without was needed (see unmaking)."""
    pays_rounds: set[int] = field(default_factory=set)
    """FORPREPs of loops that pay for each round: all rounds cost more than there was."""

    def note(self, pc: int, bits: int) -> None:
        """Adds what was seen at an instruction."""
        self.seen[pc] = self.seen.get(pc, 0) | bits
        if bits & (YIELDS | FLOWS):
            self.yields = True

    def forget_translations(self) -> None:
        """Those that may stand in other code know too little now."""
        self.special.clear()
        self.uncompiled.clear()

    @property
    def makes_objects(self) -> bool:
        """Whether that is more than functions that are not fast yet explain."""
        return self.escapes > _ESCAPES

    def has_chance(self, pc: int) -> bool:
        """Notes that an instruction was not as expected; whether that may have been an exception."""
        self.suspicions[pc] = self.suspicions.get(pc, 0) + 1
        return self.suspicions[pc] <= _CHANCES

    def suspect(self, first: int, last: int) -> bool:
        """Notes that one of some instructions was not as expected; whether to observe them once more."""
        if self.has_chance(first):
            return True
        for pc in range(first, last + 1):
            self.level[pc] = min(self.level.get(pc, 0) + 1, 2)
        return False

    def is_left_often(self, pc: int) -> bool:
        """Counts that fast code was left at `pc`; whether that happens so often that it does not pay."""
        count, since = self.left_at.get(pc, (0, 0.0))
        now = perf_counter()
        if count >= _OFTEN:
            if now - since < _OFTEN * _COST:
                return True
            count = 0
        self.left_at[pc] = (count + 1, since if count else now)
        return False


def notes_of(prototype: Prototype) -> Notes:
    """The notes of `prototype`, made when first needed."""
    if prototype.notes is None:
        prototype.notes = Notes()
    notes: Notes = prototype.notes
    return notes


def _kind(value: LuaValue) -> int:
    return _KINDS.get(type(value)) or (TABLE if isinstance(value, Table) else OTHER)


def observe(frame: Frame, pc: int, notes: Notes) -> int:
    """Notes the operands of the instruction that is about to run; what was seen."""
    op, a, b, c = frame.code[pc]
    look = _LOOKS.get(op)
    if look is not None:
        bits = look(frame.registers, a, b, c)
        if op == Op.SELF or op in STORES:
            _note_metatable(notes, pc, frame.registers[b if op == Op.SELF else a])
        if bits & _TABLES and (bits & METAMETHODS or op not in _TELLING):
            note_metamethod(notes, pc, metamethod_at(frame, pc))
    elif op in PLAIN_CALLS:
        callee = frame.registers[a]
        bits = 0
        if isinstance(callee, Table) and callee.metatable is not None:
            callee = callee.metatable.hash_part.get("__call")
            bits = TABLE
        note_callee(notes, pc, callee)
        if type(callee) is ControlFunction and callee.name == "yield":
            bits |= YIELDS
        elif op in TAIL_CALLS and isinstance(callee, LuaFunction) and notes_of(callee.prototype).yields:
            bits |= FLOWS  # when it yields this function's frame is gone
        if not bits:
            return 0
    elif op == Op.GETTABUP:
        bits = _field_bits(frame.function.upvalues[b].value, c)
    else:
        return 0
    if notes.seen.get(pc) != bits:
        notes.note(pc, bits)
    return bits


def note_callee(notes: Notes, pc: int, callee: LuaValue) -> None:
    """Notes what the call at `pc` calls."""
    name = (callee.intrinsic or SOME_NATIVE) if isinstance(callee, NativeFunction) else ""
    is_first = pc not in notes.natives
    known = notes.natives.get(pc, name)
    notes.natives[pc] = name if known == name else SOME_NATIVE
    if isinstance(callee, Userdata):
        handler = _foreign_call(callee)
        notes.foreign[pc] = handler if notes.foreign.get(pc, handler) is handler else None
    if isinstance(callee, NativeFunction) and callee.prepare is not None:
        notes.preparers[pc] = callee.prepare
    if is_first and isinstance(callee, LuaFunction):
        notes.callees[pc] = [ref(callee.prototype)]
    elif pc in notes.callees and not _note_another(notes.callees[pc], callee):
        del notes.callees[pc]


def _foreign_call(callee: Userdata) -> ForeignCall | None:
    handler = None if callee.metatable is None else callee.metatable.raw_get("__call")
    is_known = isinstance(handler, ForeignCall) and type(callee) is handler.kind and hasattr(callee, "target")
    return handler if is_known else None


def _note_metatable(notes: Notes, pc: int, receiver: LuaValue) -> None:
    """Notes the metatable of what a method is taken of, or a field assigned."""
    metatable = receiver.metatable if isinstance(receiver, Table) else None
    known = notes.metatables.setdefault(pc, [])
    if known is None or any(each() is metatable for each in known):
        return
    is_more = metatable is not None and len(known) < _MOST_METATABLES
    notes.metatables[pc] = [*known, ref(metatable)] if is_more else None


def note_metamethod(notes: Notes, pc: int, handler: LuaValue) -> None:
    """Notes what the instruction at `pc`, which is no call, calls, if it is a function of Lua."""
    if isinstance(handler, LuaFunction):
        callees = notes.callees.setdefault(pc, [])
        if len(callees) < _MOST_CALLEES:
            _note_another(callees, handler)


def _note_another(callees: list[Callable[[], Prototype | None]], callee: LuaValue) -> bool:
    """Notes that a call has called `callee`, too; whether it still calls few functions, all of Lua."""
    if not isinstance(callee, LuaFunction):
        return False
    if not any(known() is callee.prototype for known in callees):
        callees.append(ref(callee.prototype))
    return len(callees) <= _MOST_CALLEES


def _iterator_bits(function: LuaValue) -> int:
    if type(function) is not NativeFunction:
        return OTHER | RESUMES if isinstance(function, ControlFunction) else OTHER
    if function.name == "ipairs_iterator":
        return NATIVE | ELEMENTS
    if function.source is not None:
        return NATIVE | MATCHES
    return NATIVE | ENTRIES if function.name == "next" else NATIVE


def _field_bits(table: LuaValue, key: str) -> int:
    if not isinstance(table, Table):
        return _kind(table)
    is_there = table.raw_get(key) is not None
    bits = TABLE if is_there else TABLE | EMPTY if table.has_place(key) else TABLE | MISSING
    if table.metatable is None:
        return bits
    if not is_there and not isinstance(table.metatable.hash_part.get("__index"), Table):
        bits |= NO_CLASS
    return bits | METAMETHODS


def _element_bits(table: LuaValue, key: LuaValue) -> int:
    bits = _kind(table) | _kind(key) << RIGHT
    if not isinstance(table, Table):
        return bits
    if table.metatable is not None:
        bits |= METAMETHODS
    if type(key) is int:
        return bits | (INSIDE if 0 < key < len(table.array_part) else BEYOND)
    return bits if table.raw_get(key) is not None else bits | MISSING


def _method_bits(receiver: LuaValue, key: str) -> int:
    kind = _kind(receiver)
    depth = 0
    while isinstance(receiver, Table) and depth < _MAX_DEPTH:
        if receiver.raw_get(key) is not None:
            return TABLE | 1 << _DEPTH + depth
        receiver = None if receiver.metatable is None else receiver.metatable.hash_part.get("__index")
        depth += 1
    return kind | 1 << _DEPTH + _MAX_DEPTH


def _kind_of_all(values: list[LuaValue]) -> int:
    bits = 0
    for value in values:
        bits |= _kind(value)
    return bits


_Look: TypeAlias = Callable[[list[Any], Any, Any, Any], int]
_LOOKS: Final[dict[int, _Look]] = {
    **dict.fromkeys(ARITHMETIC, lambda r, a, b, c: _kind(r[b]) | _kind(r[c]) << RIGHT),
    **dict.fromkeys(_CONSTANT_RIGHT, lambda r, a, b, c: _kind(r[b])),
    **dict.fromkeys((Op.EQ, Op.LT, Op.LE), lambda r, a, b, c: _kind(r[a]) | _kind(r[b]) << RIGHT),
    **dict.fromkeys((Op.SETTABLE, decoding.SETTABLE_K), lambda r, a, b, c: _element_bits(r[a], r[b])),
    **dict.fromkeys((Op.SETI, decoding.SETI_K), lambda r, a, b, c: _element_bits(r[a], b)),
    **dict.fromkeys((Op.SETFIELD, decoding.SETFIELD_K), lambda r, a, b, c: _field_bits(r[a], b)),
    Op.GETTABLE: lambda r, a, b, c: _element_bits(r[b], r[c]),
    Op.GETI: lambda r, a, b, c: _element_bits(r[b], c),
    Op.GETFIELD: lambda r, a, b, c: _field_bits(r[b], c),
    Op.SELF: lambda r, a, b, c: _method_bits(r[b], c),
    Op.CONCAT: lambda r, a, b, c: _kind_of_all(r[a : a + b]) | _kind(r[a + b - 1]) << RIGHT,
    Op.TFORCALL: lambda r, a, b, c: _iterator_bits(r[a]),
}
"""What is noted of an instruction: registers and operands come in, bits go out."""


def depth_of(bits: int) -> int | None:
    """The depth at which a method was always found; None if it varies or is not in tables."""
    for depth in range(_MAX_DEPTH):
        if bits >> _DEPTH == 1 << depth:
            return depth
    return None


def kinds_of(bits: Any) -> tuple[int, int]:
    """The bits of the left and of the right operand."""
    return bits & (1 << RIGHT) - 1, bits >> RIGHT & (1 << RIGHT) - 1
