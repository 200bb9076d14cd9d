"""The heads of for loops as Python.

    for i = 1, n do         if r1 > 1073741823: raise HandOver
                      ->    i0 = range(r0, r1 + 1)
                            for r3 in i0:

    for k, v in pairs(t)  ->   for r4, r5 in entries(r0, r1, r2):
                                   if r5 is None: continue
                                   r2 = r4

    for i, v in ipairs(t) ->   for r4, r5 in elements(r0, r1, r2):
                                   if r5 is None: break
                                   r2 = r4

                               (list_loops.py: where the index is not asked for)

    for w in gmatch(s, p) ->   for r4 in results_of(r0):
                                   if r4.__class__ is tuple: r4 = r4[0]
                                   r2 = r4

    for x in coroutine.wrap(f) ->   for r4 in (i0 := direct(r0, r1, r2)):
                                        if r4 is None:
                                            r4 = given(r0)
                                            if r4 is None: break
                                        r2 = r4
                                    else: finish(i0, r0)

    for word in closure   ->   while True:
                                   r4 = r0.one(r1, r2)
                                   if r4 is None: break
                                   r2 = r4

A numeric loop's own count is not kept; handover finds it again from the variable's value, and the place
in a list from Python's iterator.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import Any, Final
from pylua.jit import kinds, notes
from pylua.jit.intrinsics import LOOP_STARTS, LOOP_VALUES
from pylua.jit.kinds import ANYTHING, FLOAT, INT, Known, integer_between
from pylua.jit.list_loops import walk_list
from pylua.jit.lowering import Line, Lowering, Writer
from pylua.jit.occurrences import called_in
from pylua.values.integers import SMALL_INTEGER
from pylua.vm.effects import writes

__all__ = [
    "LOOP_WRITERS",
    "enter_generic",
    "enter_numeric",
    "goes_through",
    "has_source",
    "is_counted",
    "is_counter_shared",
    "is_iterated",
    "is_started",
    "loop_variable",
    "quicken",
    "resumes",
]

_KEEPING: Final = frozenset(
    {
        "abs", "and", "append", "ceil", "chr", "cos", "divide", "entries", "enumerate", "exp", "find",
        "fit", "floor", "floor_divide", "get", "getattr", "hasattr", "if", "in", "int", "isascii",
        "isdecimal", "isinstance", "items", "iter", "len", "length", "lower", "max", "min", "modulo",
        "next", "not", "or", "ord", "power", "put", "raw_get", "raw_set_integer", "setattr", "sin",
        "sqrt", "str", "Table", "text", "trim", "upper",
    }
)  # fmt: skip
"""Functions whose calls in generated code remove nothing from tables."""

_INDEX: Final = integer_between(1, 1 << 53)
"""What is known of an index of a list."""
_LIMIT: Final = SMALL_INTEGER
"""Loops to beyond are left to `loop_range`; sums and products of counters below cannot overflow."""


def _prepare(code: Lowering, base: int, exit_: Any, _: Any) -> None:
    if is_counted(code, base):
        _prepare_counted(code, base)
    else:
        code.emit(f"i{base} = loop_range({code.registers(base, base + 3)})")


def is_counted(code: Lowering, base: int) -> bool:
    """Whether the loop counts integers, and it is known whether up or down."""
    first, step = code.knows(base), code.knows(base + 2)
    return first[0] == step[0] == INT and (step[1] > 0 or step[2] < 0) and code.level() == 0


def _prepare_counted(code: Lowering, base: int) -> None:
    first, limit = code.register(base), code.register(base + 1)
    _, lowest, highest = code.knows(base + 2)
    known = code.knows(base + 1)
    if lowest > 0:
        if known[0] != INT or known[2] > _LIMIT:
            code.emit(f"if {limit} > {_LIMIT}: raise HandOver")
        end = f"{limit} + 1"
    else:
        if known[0] != INT or known[1] < -_LIMIT:
            code.emit(f"if {limit} < {-_LIMIT}: raise HandOver")
        end = f"{limit} - 1"
    code.emit(
        f"i{base} = range({first}, {end}{'' if lowest == highest == 1 else f', {code.register(base + 2)}'})"
    )


def enter_numeric(code: Lowering, prep: int) -> None:
    """What is known in the body of the loop that the FORPREP at `prep` prepares."""
    base = code.code[prep][1]
    code.pc = prep
    known = _counter(code, base, prep)
    code.learn(base, known)
    code.learn(base + 3, known)


def _counter(code: Lowering, base: int, prep: int) -> Known:
    first, limit, step = code.knows(base), code.knows(base + 1), code.knows(base + 2)
    is_checked = code.entered != ("for", prep) or (
        limit[0] == INT and limit[1] >= -_LIMIT and limit[2] <= _LIMIT
    )
    if is_checked and is_counted(code, base):
        if step[1] > 0:
            highest = min(limit[2], _LIMIT) if limit[0] == INT else _LIMIT
            return integer_between(first[1], max(first[1], highest))
        lowest = max(limit[1], -_LIMIT) if limit[0] == INT else -_LIMIT
        return integer_between(min(lowest, first[2]), first[2])
    if first[0] == step[0] == INT:
        return kinds.SOME_INTEGER
    return kinds.SOME_FLOAT if FLOAT in (first[0], step[0]) else kinds.SOME_NUMBER


def loop_variable(code: Lowering, prep: int) -> str:
    """What the Python loop assigns: the variable itself unless the body assigns it or closures share it."""
    base = code.code[prep][1]
    return f"r{base}" if is_counter_shared(code, prep) else f"r{base + 3}"


def is_counter_shared(code: Lowering, prep: int) -> bool:
    """Whether the loop's own counter must be kept beside the variable."""
    _, base, exit_, _ = code.code[prep]
    variable = base + 3
    return variable in code.captured or any(
        variable in writes(instruction) for instruction in code.code[prep + 1 : exit_ - 1]
    )


def enter_generic(code: Lowering, call: int) -> None:
    """Nothing is known of the variables of the loop whose TFORCALL is at `call`."""
    _, base, _, count = code.code[call]
    if goes_through(code, call) is None:
        code.barrier()
    for number in range(base + 2, base + 4 + count):
        if number < code.size:
            code.learn(number, ANYTHING)
    if goes_through(code, call) == "elements":
        code.learn(base + 4, _INDEX)


def is_started(code: Lowering, call: int) -> bool:
    """Whether the loop's iterator and table come straight from a call of pairs or ipairs in the code."""
    start = code.code[call + 1][2] - 2
    op, _, _, wanted = code.code[start]
    is_start = op == Op.CALL and wanted == LOOP_VALUES and code.notes.natives.get(start) in LOOP_STARTS
    return is_start and code.notes.level.get(start, 0) == 0 and code.entered != call


def goes_through(code: Lowering, call: int) -> str | None:
    """The function of jit.support that gives what a loop was seen to go through, if that is a table."""
    seen = code.notes.seen.get(call, 0)
    count = code.code[call][3]
    if code.notes.level.get(call, 0) == 0 and count <= 2 and not seen & notes.OTHER:
        if seen & (notes.ELEMENTS | notes.ENTRIES) == notes.ELEMENTS:
            return "elements"
        if seen & (notes.ELEMENTS | notes.ENTRIES) == notes.ENTRIES:
            return "entries"
    return None


def is_iterated(code: Lowering, call: int) -> bool:
    """Whether a Python iterator gives the values: of a table, of what is like `next`, or of a coroutine."""
    walks = code.notes.seen.get(call, 0) & (notes.ELEMENTS | notes.ENTRIES)
    return bool(walks) or resumes(code, call) or has_source(code, call)


def resumes(code: Lowering, call: int) -> bool:
    """Whether the loop was only seen to resume coroutines, for one value a round."""
    kinds_seen = notes.RESUMES | notes.NATIVE | notes.ELEMENTS | notes.ENTRIES
    is_plain = code.notes.level.get(call, 0) == 0 and code.code[call][3] == 1
    return is_plain and code.notes.seen.get(call, 0) & kinds_seen == notes.RESUMES


def has_source(code: Lowering, call: int) -> bool:
    """Whether an iterator was always seen to give the values, of at most two variables."""
    is_plain = code.notes.level.get(call, 0) == 0 and code.code[call][3] <= 2
    return is_plain and code.notes.seen.get(call, 0) == notes.NATIVE | notes.MATCHES


def quicken(lines: list[Line], start: int, code: Lowering, call: int) -> None:
    """Lets the loop with the body `lines[start:]` go through its table in a quicker way if it can."""
    walk = goes_through(code, call)
    if walk == "entries":
        _walk_live(lines, start, code, call)
    elif walk == "elements" and code.code[call][3] == 2 and is_started(code, call):
        walk_list(lines, start, code, call)


def _walk_live(lines: list[Line], start: int, code: Lowering, call: int) -> None:
    """Lets a loop over `entries` go through the table's dict itself, if nothing in its body removes entries.

    `lines[start:]` are the body, the head is the last line before that calls `entries`. Setting fields
    does no harm; where the dict grows all the same, Python raises, and the VM goes on behind the last key.
    """
    if code.notes.level.get(call, 0) > 0 or not all(_keeps_entries(line, code) for line in lines[start:]):
        return
    at = start - 1
    while " in entries(" not in lines[at][1]:
        at -= 1
    depth, text, pc = lines[at]
    function, table, control = (code.register(code.code[call][1] + part) for part in range(3))
    first = f"{function} is native_next and {control} is None"
    is_record = f"{first} and isinstance({table}, Table) and len({table}.array_part) == 1"
    if is_started(code, call):
        is_record = f"len({table}.array_part) == 1"
    text = text.replace(" in ", f" in {table}.hash_part.items() if {is_record} else ", 1)
    lines[at] = depth, text, pc


def _keeps_entries(line: Line, code: Lowering) -> bool:
    _, text, pc = line
    natives = code.notes.natives
    is_known = natives.get(pc) in LOOP_STARTS or natives.get(pc) == "assert"
    return is_known or ("yield" not in text and _KEEPING.issuperset(called_in(text)))


LOOP_WRITERS: Final[dict[int, Writer]] = {Op.FORPREP: _prepare}
