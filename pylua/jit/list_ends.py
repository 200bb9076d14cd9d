"""What Lua does at the end of a list, in several instructions → one access of Python's list.

t[#t + 1] = v     LEN, ADDI, MMBINI, SETTABLE    ->    t.append(r1)
v = t[#t]         LEN, GETTABLE                  ->    r1 = r0.array_part[-1]
t[#t] = nil       LEN, SETTABLE                  ->    r0.array_part.pop()
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.jit import kinds, notes
from pylua.jit.kinds import ANYTHING, INT
from pylua.jit.lowering import Lowering
from pylua.vm import decoding

__all__ = ["write_list_end"]


def write_list_end(code: Lowering, size: int, table: int) -> int | None:
    """Writes what begins with the LEN of `table` into `size`: how many instructions; None if nothing such."""
    if notes.kinds_of(code.seen())[0] != notes.TABLE or {table, size} & code.captured or table == size:
        return None
    if _is_plain(code, 4) and _append(code, size, table):
        return 4
    if _is_plain(code, 2) and (_get_last(code, size, table) or _drop_last(code, size, table)):
        return 2
    return None


def _is_plain(code: Lowering, count: int) -> bool:
    """Whether the next instructions belong together and none was seen to need metamethods."""
    pc = code.pc
    return pc + count <= code.end and not any(
        code.notes.level.get(at, 0) or code.notes.seen.get(at, 0) & notes.METAMETHODS
        for at in range(pc, pc + count)
    )


def _append(code: Lowering, size: int, table: int) -> bool:
    (op, key, operand, more), (store, target, where, source) = code.code[code.pc + 1], code.code[code.pc + 3]
    if (
        (op, operand, more) != (Op.ADDI, size, 1)
        or store not in (Op.SETTABLE, decoding.SETTABLE_K)
        or (target, where) != (table, key)
        or table == key
        or key in code.captured
    ):
        return False
    is_register = store == Op.SETTABLE
    value = code.register(source) if is_register else code.constant(source)
    known = code.knows(source) if is_register else kinds.of_value(source)
    place = code.register(table)
    code.demand_bare(table)
    code.emit(f"t = {place}.array_part")
    if size != key and code.is_read_behind(size, code.pc + 3):
        code.emit(f"{code.register(size)} = len(t) - 1")
        code.learn(size, kinds.SOME_LENGTH)
    if code.is_read_behind(key, code.pc + 3):
        code.emit(f"{code.register(key)} = len(t)")
    check = f" or {value} is None" if kinds.may_be(known, kinds.NIL) else ""
    code.emit(f"if {place}.hash_part{check}: {place}.raw_set_integer(len(t), {value})")
    code.emit(f"elif t is NOTHING: {place}.array_part = [None, {value}]")
    code.emit(f"else: t.append({value})")
    code.learn(key, (INT, 1, 1 << 40))
    return True


def _get_last(code: Lowering, size: int, table: int) -> bool:
    op, dest, source, key = code.code[code.pc + 1]
    if (op, source, key) != (Op.GETTABLE, table, size) or dest == table or dest in code.captured:
        return False
    place, value = code.register(table), code.register(dest)
    code.demand_bare(table)
    if dest != size and code.is_read_behind(size, code.pc + 1):
        code.assign(size, f"len({place}.array_part) - 1", kinds.SOME_LENGTH)
    code.assign(dest, f"{place}.array_part[-1]", ANYTHING)
    code.emit(f"if {value} is None: {value} = {place}.hash_part.get(0)")
    return True


def _drop_last(code: Lowering, size: int, table: int) -> bool:
    if code.code[code.pc + 1] != (decoding.SETTABLE_K, table, size, None):
        return False
    place, key = code.register(table), code.register(size)
    code.demand_bare(table)
    code.emit(f"t = {place}.array_part")
    if code.is_read_behind(size, code.pc + 1):
        code.emit(f"{key} = len(t) - 1")
        code.learn(size, kinds.SOME_LENGTH)
    code.emit("if len(t) > 2 and t[-2] is not None: t.pop()")
    code.emit(f"else: {place}.raw_set_integer(len(t) - 1, None)")
    return True
