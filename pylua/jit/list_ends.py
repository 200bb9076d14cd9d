"""What Lua does at the end of a list, in several instructions → one access of Python's list.

t[#t + 1] = v     LEN, ADDI, MMBINI … SETTABLE   ->    t.append(r1)
v = t[#t]         LEN, GETTABLE                  ->    r1 = r0.array_part[-1]
t[#t] = nil       LEN, SETTABLE                  ->    r0.array_part.pop()

Between the length and the store there may be whatever neither changes a list nor runs other code
(`Lowering.ends`).
"""

from __future__ import annotations

import re

from pylua.bytecode.opcodes import Op
from pylua.hints import Final
from pylua.jit import kinds, notes
from pylua.jit.kinds import ANYTHING, INT, Known
from pylua.jit.lowering import Line, Lowering
from pylua.vm import decoding
from pylua.vm.effects import reads

__all__ = ["append", "without_unread", "write_list_end"]

_NEXT: Final[Known] = (INT, 1, 1 << 40)
_NEXT_PLACE: Final = re.compile(r"(r\d+) = (len\([rv]\d+\.array_part\))", re.ASCII)


def write_list_end(code: Lowering, size: int, table: int) -> int | None:
    """Writes what begins with the LEN of `table` into `size`: how many instructions; None if nothing such."""
    code.unread.pop(code.pc, None)
    if notes.kinds_of(code.seen())[0] != notes.TABLE or {table, size} & code.captured:
        return None
    if _is_plain(code, 3) and _next_place(code, size, table):
        return 3
    if (
        table != size
        and _is_plain(code, 2)
        and (_get_last(code, size, table) or _drop_last(code, size, table))
    ):
        return 2
    return None


def _is_plain(code: Lowering, count: int) -> bool:
    """Whether the next instructions belong together and none was seen to need metamethods."""
    pc = code.pc
    return pc + count <= code.end and not any(
        code.notes.level.get(at, 0) or code.notes.seen.get(at, 0) & notes.METAMETHODS
        for at in range(pc, pc + count)
    )


def _next_place(code: Lowering, size: int, table: int) -> bool:
    """The key behind the end, which `append` is to find."""
    op, key, operand, more = code.code[code.pc + 1]
    if (op, operand, more) != (Op.ADDI, size, 1) or key in code.captured:
        return False
    table = code.copies.get(table, table)
    code.demand_bare(table)
    items = f"{code.register(table)}.array_part"
    if size != key and code.is_read_behind(size, code.pc + 2):
        code.assign(size, f"len({items}) - 1", kinds.SOME_LENGTH)
    code.assign(key, f"len({items})", _NEXT)
    if key != table and not code.notes.counts_allocations:
        code.ends[key] = table, code.pc
    return True


def append(code: Lowering, value: str, known: Known) -> bool:
    """Writes the store at `code.pc`, if its key surely is the next place in the table's list."""
    op, table, key, _ = code.code[code.pc]
    owner, start = code.ends.get(key, (-1, -1))
    if op not in (Op.SETTABLE, decoding.SETTABLE_K) or code.copies.get(table, table) != owner:
        return False
    code.find_out(table, kinds.BARE_TABLE)
    place = code.register(table)
    code.emit(f"t = {place}.array_part")
    check = f" or {value} is None" if kinds.may_be(known, kinds.NIL) else ""
    code.emit(f"if {place}.hash_part{check}: {place}.raw_set_integer(len(t), {value})")
    code.emit(f"elif t is NOTHING: {place}.array_part = [None, {value}]")
    code.emit(f"else: t.append({value})")
    code.ends.clear()
    between = code.code[start + 3 : code.pc]
    if not any(key in reads(each) for each in between) and not code.is_read_behind(key, code.pc):
        code.unread[start] = code.pc
    return True


def without_unread(
    lines: list[Line], aliases: list[dict[str, str]], unread: dict[int, int]
) -> tuple[list[Line], list[dict[str, str]]]:
    """`lines` without next places that only `append` uses; `aliases` tells the VM what they are till then.

    `unread`: by the LENs, the SETTABLEs.
    """
    kept: list[Line] = []
    names: list[dict[str, str]] = []
    found: list[tuple[range, dict[str, str]]] = []
    for line, known in zip(lines, aliases, strict=True):
        pc = line[2]
        place = _NEXT_PLACE.fullmatch(line[1]) if pc in unread else None
        if place is not None:
            found.append((range(pc, unread[pc] + 1), {place[1]: place[2]}))
            continue
        for span, standing in found:
            if pc in span:
                known = {**known, **standing}
        kept.append(line)
        names.append(known)
    return kept, names


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
