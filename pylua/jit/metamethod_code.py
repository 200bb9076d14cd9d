"""Operations on tables that have metamethods for them, as Python: a call of the metamethod that was seen.

    ADD 2 0 1 (two tables)         t = r0.metatable.__add
                                   r2 = call_binary(t, r0, r1)
    MULK 2 0 2.0 (number, table)   if 'number' in metatables: raise HandOver
                                   t = r0.metatable.__mul
                                   r2 = call_binary(t, 2.0, r0)
    LT 0 1, JMP                    t = r0.metatable.__lt
                                   t = call_binary(t, r0, r1)
                                   if t is not None and t is not FALSE:
    GETFIELD 2 0 "x" (missing)     r2 = r0.hash_part.get('x')
                                   if r2 is None and r0.metatable is not None:
                                    t = r0.metatable.__index
                                    r2 = call_index(t, r0, 'x')

A table without the metamethod makes Python raise. Small metamethods then stand in place of the calls (see
inlining).
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Final
from pylua.jit import kinds, notes
from pylua.jit.kinds import Known
from pylua.jit.metamethods import COMPARISONS
from pylua.values.metamethods import EVENTS

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering

__all__ = [
    "calls_metamethod",
    "has_callee",
    "write_arithmetic",
    "write_comparison",
    "write_concat",
    "write_index",
    "write_store",
    "write_unary",
]

_NUMBERS: Final = notes.INT | notes.FLOAT


def write_arithmetic(code: Lowering, dest: int) -> None:
    """An operation with the event and operands of the MMBIN behind it."""
    op, a, b, number = code.code[code.pc + 1]
    event = EVENTS[number]
    is_constant = op != Op.MMBIN
    operands = [(code.register(a), code.knows(a))]
    operands.append(
        (code.constant(b[0]), kinds.of_value(b[0])) if is_constant else (code.register(b), code.knows(b))
    )
    seen = list(notes.kinds_of(code.seen()))
    if is_constant:
        seen[1] = _NUMBERS
    if is_constant and b[1]:
        operands.reverse()
        seen.reverse()
    code.barrier()
    texts = ", ".join(text for text, _ in operands)
    owner = _owner(code, operands, seen)
    if owner is None:
        call = "arithmetic_counted" if code.notes.counts_instructions else "arithmetic"
        code.assign(dest, f"{call}({event!r}, {texts})", kinds.ANYTHING)
        return
    code.emit(f"t = {owner}.metatable.{event}")
    code.given[code.pc] = [known for _, known in operands]
    call = "call_counted" if code.notes.counts_instructions else "call_binary"
    code.assign(dest, f"{call}(t, {texts})", kinds.ANYTHING)


def _owner(code: Lowering, operands: list[tuple[str, Known]], seen: list[int]) -> str | None:
    """The operand whose metamethod is called, if that is always the same; a number has none."""
    if code.level() > 0:
        return None
    (left, known), (right, _) = operands
    if seen[0] == notes.TABLE:
        return left
    if seen[1] != notes.TABLE or seen[0] & ~_NUMBERS or not seen[0]:
        return None
    is_other = "" if not known[0] & ~kinds.NUMBER else f"{left}.__class__ not in NUMERIC or "
    code.emit(f"if {is_other}'number' in metatables: raise HandOver")
    return right


def write_unary(code: Lowering, dest: int, operand: int, event: str) -> None:
    """An operation with one operand, a table."""
    text = code.register(operand)
    code.barrier()
    code.emit(f"t = {text}.metatable.{event}")
    code.given[code.pc] = [code.knows(operand)] * 2
    code.assign(dest, f"call_unary(t, {text})", kinds.ANYTHING)


def has_callee(code: Lowering) -> bool:
    """Whether the instruction was seen to call a function of Lua as metamethod, and code may be hopeful."""
    return code.level() == 0 and bool(code.notes.callees.get(code.pc))


def calls_metamethod(code: Lowering, pc: int) -> bool:
    """Whether the instruction, which compares, was seen to call a metamethod, and only that was seen."""
    op = code.code[pc][0]
    return (
        op in COMPARISONS
        and code.notes.level.get(pc, 0) == 0
        and bool(code.notes.callees.get(pc))
        and notes.kinds_of(code.notes.seen.get(pc, 0)) == (notes.TABLE, notes.TABLE)
    )


def write_comparison(code: Lowering, a: int, b: int, op: int) -> tuple[str, str]:
    """Calls the metamethod; its result as a condition, and the opposite."""
    left, right = code.register(a), code.register(b)
    code.given[code.pc] = [code.knows(a), code.knows(b)]
    indent = ""
    if op == Op.EQ:
        others = [code.register(each) for each in (a, b) if not code.is_table(each)]
        code.emit(f"if {left} is {right}: t = TRUE")
        code.emit("else:")
        if others:
            code.emit(
                f" if {' or '.join(f'not isinstance({each}, Table)' for each in others)}: raise HandOver"
            )
        indent = " "
    code.emit(f"{indent}t = {left}.metatable.{COMPARISONS[op]}")
    code.emit(f"{indent}t = call_binary(t, {left}, {right})")
    return "t is not None and t is not FALSE", "t is None or t is FALSE"


def write_concat(code: Lowering, dest: int) -> bool:
    """Two operands, a table among them; False if it is not always the same one that has the metamethod."""
    if not has_callee(code):
        return False
    left, right = code.register(dest), code.register(dest + 1)
    both, last = notes.kinds_of(code.seen())
    if both == notes.TABLE or last & notes.TABLE == 0:
        owner = left
    elif last == notes.TABLE and not both & ~(notes.TABLE | notes.STRING):
        code.emit(f"if {left}.__class__ is not str or '__concat' in types.string.hash_part: raise HandOver")
        owner = right
    else:
        return False
    code.emit(f"t = {owner}.metatable.__concat")
    code.given[code.pc] = [code.knows(dest), code.knows(dest + 1)]
    code.barrier()
    code.assign(dest, f"call_binary(t, {left}, {right})", kinds.ANYTHING)
    return True


def write_index(code: Lowering, place: str, register: int, key: str, known: Known) -> None:
    """What the metatable gives for a key that was not in the table: `place` is nil then."""
    table = code.register(register)
    code.emit(f"if {place} is None and {table}.metatable is not None:")
    code.emit(f" t = {table}.metatable.__index")
    code.emit(f" {place} = call_index(t, {table}, {key})")
    code.given[code.pc] = [code.knows(register), known]
    code.barrier()


def write_store(code: Lowering, register: int, key: tuple[str, Known], value: tuple[str, Known]) -> None:
    """Assigns to a key that the table has, else calls the metamethod."""
    table, name = code.register(register), key[0]
    held = f"{table}.{'hash_part.get' if key[1][0] == kinds.STRING else 'raw_get'}({name})"
    code.emit(f"if {held} is not None: store({table}, {name}, {value[0]})")
    code.emit("else:")
    code.emit(f" t = {table}.metatable.__newindex")
    code.emit(f" call_store(t, {table}, {name}, {value[0]})")
    code.given[code.pc] = [code.knows(register), key[1], value[1]]
    code.barrier()
