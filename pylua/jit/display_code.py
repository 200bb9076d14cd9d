"""Table constructors as Python displays: the table is made when its last field is known.

    {x = a, y = b + 1}      f2_1 = r4
                      ->    t = Table()
                            t.array_part = NOTHING
                            t.hash_part = t.__dict__ = {'x': r0, 'y': f2_1}
                            t.metatable = None
                            r2 = t

Nobody can see the table before, but the VM needs it when it goes on half-way: a Display tells
handover which fields it has by then.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit import kinds
from pylua.jit.kinds import Known
from pylua.values.records import field, record
from pylua.values.types import LuaValue
from pylua.vm import decoding
from pylua.vm.decoding import Decoded
from pylua.vm.effects import reads, writes
from pylua.vm.garbage import TABLE_SIZE

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering

__all__ = ["Display", "new_table", "take_field", "take_list"]

_ENDS: Final = frozenset(
    {
        Op.EQ, Op.LT, Op.LE, Op.EQK, Op.EQI, Op.LTI, Op.LEI, Op.GTI, Op.GEI, Op.TEST, Op.TESTSET,
        Op.JMP, Op.FORPREP, Op.FORLOOP, Op.TFORPREP, Op.TFORCALL, Op.TFORLOOP, Op.LFALSESKIP, Op.CLOSE,
        Op.TBC, Op.RETURN, Op.RETURN0, Op.RETURN1, Op.TAILCALL, decoding.RETURN_CLOSE,
        decoding.TAILCALL_OPEN,
    }
)  # fmt: skip
_FEW: Final = 2
"""So many fields that may be nil are asked one by one."""


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


def _find_members(code: list[Decoded], start: int, dest: int) -> list[int]:
    """The SETFIELDs of the constructor at `start`, up to a SETLIST or to what is not straight."""
    members: list[int] = []
    for pc in range(start + 2, len(code)):
        instruction = code[pc]
        op, a, _, c = instruction
        if op in (Op.SETFIELD, decoding.SETFIELD_K) and a == dest and not (op == Op.SETFIELD and c == dest):
            members.append(pc)
        elif op == Op.SETLIST and a == dest and c[0] == 1:
            members.append(pc)
            break
        elif op in _ENDS or dest in reads(instruction) or dest in writes(instruction):
            break
    return members


def new_table(code: Lowering, dest: int, b: Any, c: Any) -> int:
    """Writes a constructor, or only notes where it begins."""
    code.allocate(TABLE_SIZE)
    members = [] if dest in code.captured else _find_members(code.code, code.pc, dest)
    if members:
        display = Display(dest, code.pc, members[-1], members)
        code.displays[code.pc] = display
        code.open_displays[dest] = display
        code.learn(dest, kinds.BARE_TABLE)
    else:
        _write(code, dest, "NOTHING", "{}")
    return 2


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
