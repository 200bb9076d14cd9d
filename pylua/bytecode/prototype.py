"""What a compiled function is: code, constants and debug information, as PUC Lua 5.4 lays it out.

Comes from the compiler or from a binary chunk (dump.py stores every field: keep it in step),
goes to the VM. Instructions are 32-bit ints in Lua 5.4's encoding (opcodes.py).
"""

from __future__ import annotations

from pylua.hints import Any, Final
from pylua.values.records import field, record

__all__ = [
    "ABSOLUTE_LINE",
    "LONGEST_SHORT_STRING",
    "LocalVariable",
    "Prototype",
    "UpvalueKind",
    "UpvalueSource",
]

ABSOLUTE_LINE: Final = -0x80
"""The entry of `line_deltas` that says: look in `absolute_lines`."""
LONGEST_SHORT_STRING: Final = 40
"""Strings up to this length are one object per text, which `%p` shows, and may be the key of a GETFIELD."""


class UpvalueKind:
    """How the captured variable was declared (the byte stored with each upvalue)."""

    REGULAR: Final = 0
    CONSTANT: Final = 1
    TO_BE_CLOSED: Final = 2
    COMPILE_TIME_CONSTANT: Final = 3


@record
class UpvalueSource:
    """Where a closure finds one upvalue when it is made.

    `in_stack`: it is register `index` of the enclosing function, else that function's
    upvalue `index`. `name` is None in stripped chunks.
    """

    name: str | None
    in_stack: bool
    index: int
    kind: int = UpvalueKind.REGULAR


@record
class LocalVariable:
    """A local variable's name and the instructions [start_pc, end_pc) during which it is alive."""

    name: str | None
    start_pc: int
    end_pc: int


@record(eq=False, weakref_slot=True)
class Prototype:
    """One function's code. Never changed once compiled or loaded."""

    source: str | None = None
    """The chunk name ("@file", "=text" or the source itself); None if stripped."""
    line_defined: int = 0
    last_line_defined: int = 0
    parameter_count: int = 0
    is_vararg: bool = False
    stack_size: int = 2
    """How many registers a frame has (PUC's maxstacksize)."""
    code: list[int] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    """nil None, booleans TRUE/FALSE, int, float, str."""
    upvalues: list[UpvalueSource] = field(default_factory=list)
    prototypes: list[Prototype] = field(default_factory=list)
    line_deltas: list[int] = field(default_factory=list)
    """Per instruction the line's difference to the one before, or ABSOLUTE_LINE; [] if stripped."""
    absolute_lines: list[tuple[int, int]] = field(default_factory=list)
    """(pc, line), in order of pc."""
    local_variables: list[LocalVariable] = field(default_factory=list)

    decoded: Any = None
    """The VM's own form of the code, made at the first call; not part of the function."""
    fast_class: Any = None
    """The fast tier's class of this function's closures, see LuaFunction."""
    has_several: bool = False
    """Whether it has, or had, more than one closure."""
    only: Any = None
    """Its only closure as far as there is one (see values.functions.Only)."""
    parent: Any = None
    """A weak reference to the Prototype whose code makes closures of this one, once that is decoded."""
    final_upvalues: Any = None
    """The upvalues that never change (vm.constancy)."""
    writers: Any = None
    """Which instructions assign a register (vm.constancy)."""
    notes: Any = None
    """What the fast tier knows of this function (jit.notes)."""
    lines: list[int] | None = None
    """Line of each instruction, made on demand by line_of()."""

    def line_of(self, pc: int) -> int:
        """The source line of the instruction at `pc`, or -1 if the chunk was stripped."""
        if self.lines is None:
            self.lines = self._absolute()
        return self.lines[pc] if 0 <= pc < len(self.lines) else -1

    def _absolute(self) -> list[int]:
        anchors = dict(self.absolute_lines)
        lines = []
        line = self.line_defined
        for pc, delta in enumerate(self.line_deltas):
            line = anchors[pc] if delta == ABSOLUTE_LINE else line + delta
            lines.append(line)
        return lines
