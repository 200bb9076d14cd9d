"""Table constructors as Python: tables begin with places for their fields, or are made when complete.

    {x = a, y = b + 1}      t = S0()                   a class for tables with x and y (values.shapes)
                      ->    t.array_part = NOTHING
                            t.metatable = None
                            r2 = t
                            r2.x = r0
                            r4 = r1 + 1 …
                            r2.y = r4

Fields that the code behind gives the table (`self.x = …`) have their places at once, too. Lists and keys
that are no attributes are a display that the table gets with its last field; half-way, a Display tells
handover which fields it has by then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit import kinds
from pylua.jit.kinds import Known
from pylua.jit.names import may_have_place
from pylua.jit.places import MOST_PLACES
from pylua.values.records import field, record
from pylua.values.shapes import ShapedTable, shape_of
from pylua.values.table import METHODS
from pylua.values.types import LuaValue
from pylua.vm import decoding
from pylua.vm.decoding import Decoded
from pylua.vm.effects import reads, writes
from pylua.vm.garbage import TABLE_SIZE

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering

__all__ = ["Display", "new_table", "take_field", "take_list"]

_LEAVES: Final = frozenset(
    {
        Op.FORPREP, Op.FORLOOP, Op.TFORPREP, Op.TFORCALL, Op.TFORLOOP, Op.CLOSE, Op.TBC, Op.RETURN,
        Op.RETURN0, Op.RETURN1, Op.TAILCALL, decoding.RETURN_CLOSE, decoding.TAILCALL_OPEN,
    }
)  # fmt: skip
_ENDS: Final = _LEAVES | {
    Op.EQ, Op.LT, Op.LE, Op.EQK, Op.EQI, Op.LTI, Op.LEI, Op.GTI, Op.GEI, Op.TEST, Op.TESTSET, Op.JMP,
    Op.LFALSESKIP,
}  # fmt: skip
_STORES: Final = (Op.SETFIELD, decoding.SETFIELD_K)
_FEW: Final = 2
"""So many fields that may be nil are asked one by one."""
_FAR: Final = 60
"""So many instructions behind a constructor fields are looked for."""


@record(eq=False)
class Display:
    """A constructor that begins at `start` and ends with the instruction at `last`.

    `fields` are (pc of the SETFIELD, key, name of the Python variable or a constant's text, what
    is known of it); `members` the pcs of the instructions that belong to it.
    """

    dest: int
    start: int
    last: int
    members: list[int]
    fields: list[tuple[int, str, str, Known]] = field(default_factory=list)
    constants: dict[str, LuaValue] = field(default_factory=dict)
    """Values of the texts that are no variables."""
    is_made: bool = False
    """Whether the table was made with the places of its fields."""
    later: list[str] = field(default_factory=list)
    """What gets its place after all fields."""


def _find_members(code: list[Decoded], start: int, dest: int) -> list[int]:
    """The SETFIELDs of the constructor at `start`, up to a SETLIST or to what is not straight."""
    members: list[int] = []
    for pc in range(start + 2, len(code)):
        instruction = code[pc]
        op, a, _, c = instruction
        is_field = op in _STORES and a == dest and not (op == Op.SETFIELD and c == dest)
        if is_field and instruction[2] not in METHODS:
            members.append(pc)
        elif op == Op.SETLIST and a == dest and c[0] == 1:
            members.append(pc)
            break
        elif op in _ENDS or dest in reads(instruction) or dest in writes(instruction):
            break
    return members


def _shape(code: Lowering, dest: int, members: list[int]) -> type[ShapedTable] | None:
    """The class for tables with places for their fields; None if some can have none, or there are none."""
    names: dict[str, None] = {}
    for pc in members:
        op, _, key, _ = code.code[pc]
        if op == Op.SETLIST or key in names or not may_have_place(key):
            return None
        names[sys.intern(key)] = None
    for key in _later_keys(code, dest, members[-1] + 1 if members else code.pc + 2):
        if may_have_place(key) and len(names) < MOST_PLACES:
            names[sys.intern(key)] = None
    if not names:
        return None
    places = code.notes.places
    return shape_of(tuple(names)) if places is None else places.shape(tuple(names), code.prototype)


def _later_keys(code: Lowering, dest: int, start: int) -> Iterator[str]:
    """The fields that the code behind seems to give the table; it may have come through `setmetatable`."""
    holders = {dest}
    for pc in range(start, min(start + _FAR, len(code.code))):
        instruction = code.code[pc]
        op, a, b, _ = instruction
        if op in _LEAVES or (op == Op.JMP and a <= pc) or not holders:
            return
        if op in _STORES and a in holders:
            yield b
        elif op == Op.MOVE and b in holders:
            holders.add(a)
        elif op == Op.CALL and a + 1 in holders and code.notes.natives.get(pc) == "setmetatable":
            holders = {holder for holder in holders if holder < a} | {a}
        else:
            holders.difference_update(writes(instruction))


def new_table(code: Lowering, dest: int, b: Any, c: Any) -> int:
    """Writes a constructor, or only notes where it begins."""
    code.allocate(TABLE_SIZE)
    members = [] if dest in code.captured else _find_members(code.code, code.pc, dest)
    shape = _shape(code, dest, members)
    later = []
    if shape is not None:
        later = _begin(code, dest, shape, members)
    elif not members:
        _write(code, dest, "NOTHING", "{}")
    if members:
        display = Display(dest, code.pc, members[-1], members, is_made=shape is not None, later=later)
        code.open_displays[dest] = display
        if shape is None:
            code.displays[code.pc] = display
            code.learn(dest, kinds.BARE_TABLE)
    return 2


def _begin(code: Lowering, dest: int, shape: type[ShapedTable], members: list[int]) -> list[str]:
    """Makes a table with places, before its fields are known; gives the names of those that come later."""
    code.emit(f"t = {code.constant_object(shape, 'S')}()")  # the letter: see occurrences.called_in
    code.emit("t.array_part = NOTHING")
    code.emit("t.metatable = None")
    keys = {code.code[pc][2] for pc in members}
    later = [name for name in shape.__match_args__ if name not in keys]
    if not members:
        for name in later:
            code.emit(f"t.{name} = None")
    code.assign(dest, "t", kinds.BARE_TABLE)
    return later


def _write(code: Lowering, dest: int, array: str, entries: str) -> None:
    code.emit("t = Table()")
    code.emit(f"t.array_part = {array}")
    code.emit(f"t.hash_part = t.__dict__ = {entries}")
    code.emit("t.metatable = None")
    code.assign(dest, "t", kinds.BARE_TABLE)


def _open_at(code: Lowering, table: int) -> Display | None:
    display = code.open_displays.get(table)
    return display if display is not None and code.pc in display.members else None


def take_field(code: Lowering, table: int, key: str, value: str, known: Known, constant: LuaValue) -> bool:
    """Takes a SETFIELD into the constructor that it belongs to; False if there is none."""
    display = _open_at(code, table)
    if display is None:
        return False
    if display.is_made:
        _fill(code, display, key, value)
        return True
    register = code.code[code.pc][3]
    if code.code[code.pc][0] == decoding.SETFIELD_K:
        display.constants[value] = constant
    elif code.pc != display.last and (register > table or register in code.captured):
        variable = f"f{table}_{len(display.fields)}"
        code.emit(f"{variable} = {value}")
        value = variable
    display.fields.append((code.pc, key, value, known))
    if code.pc == display.last:
        _finish(code, display, "NOTHING")
    return True


def _fill(code: Lowering, display: Display, key: str, value: str) -> None:
    """Stores a field that has its place; nobody else has the table yet."""
    code.emit(f"{code.register(display.dest)}.{key} = {value}")
    if code.pc == display.last:
        for name in display.later:
            code.emit(f"{code.register(display.dest)}.{name} = None")
        del code.open_displays[display.dest]
        code.learn(display.dest, kinds.BARE_TABLE)


def take_list(code: Lowering, table: int, end: int | None, values: str) -> bool:
    """Takes the SETLIST at the end of a constructor; `end` is None if the last value is an open list."""
    display = _open_at(code, table)
    if display is None:
        return False
    _finish(code, display, f"[None, {values}]")
    if end is None:
        code.emit(
            f"if {code.register(table)}.array_part[-1] is None: trim({code.register(table)}.array_part)"
        )
    elif end > table + 1 and kinds.may_be(code.knows(end - 1), kinds.NIL):
        code.emit(f"if {code.register(end - 1)} is None: trim({code.register(table)}.array_part)")
    return True


def _finish(code: Lowering, display: Display, array: str) -> None:
    del code.open_displays[display.dest]
    keys = [key for _, key, _, _ in display.fields]
    shown = [
        (key, value, known)
        for _, key, value, known in display.fields
        if known[0] != kinds.NIL or keys.count(key) > 1 or not key.startswith("__")
    ]
    entries = ", ".join(f"{key!r}: {value}" for key, value, _ in shown)
    _write(code, display.dest, array, f"{{{entries}}}")
    doubtful = [
        (key, value) for key, value, known in shown if key.startswith("__") and kinds.may_be(known, kinds.NIL)
    ]
    if len(set(keys)) == len(keys) and len(doubtful) <= _FEW:
        for key, value in doubtful:
            code.emit(f"if {value} is None: del t.hash_part[{key!r}]")
    elif doubtful:
        tests = " or ".join(f"{value} is None" for value in dict.fromkeys(value for _, value in doubtful))
        code.emit(f"if {tests}: drop_nils(t)")
