"""Calls as Python: a Lua call is a call of a method of the closure.

    CALL 3 2 (r4) one result       r3 = r3.one(r4)
    CALL 3 2 (r4) two results      t = r3.many(r4)
                                   r3, r4 = t if t.__class__ is tuple and len(t) == 2 else adjust(t, 2)
    TAILCALL 3 2                   return r3.many(r4)

`one` gives exactly one value, `many` one value or a tuple of any other number. What is no function
(`__call`), and functions that only the VM runs, raise before anything has happened.
"""

from __future__ import annotations

import sys

from pylua.bytecode.opcodes import Op
from pylua.hints import Any, Final
from pylua.jit import kinds, notes
from pylua.jit.foreign_calls import write_foreign_call
from pylua.jit.intrinsics import (
    INTRINSICS,
    LOOP_STARTS,
    LOOP_VALUES,
    SEVERAL,
    intrinsic_for,
    python_name,
)
from pylua.jit.kinds import ANYTHING
from pylua.jit.lowering import Lowering, Writer
from pylua.jit.native_rules import Intrinsic, Rule
from pylua.jit.prepared_code import prepared_call
from pylua.jit.switching import yielding
from pylua.jit.table_code import open_list
from pylua.jit.watch_code import is_plain_for_good
from pylua.vm import decoding
from pylua.vm.garbage import RESULT_SIZE

_CALLS_VARIABLES: Final = sys.version_info < (3, 12)
"""Whether natives are called by way of a variable. CPython 3.11 is slow to call attributes that are functions
(a fifth), later ones to take methods, which wrapped coroutines have, as values (twice as slow)."""
_NO_VALUE: Final = {1: "None", -1: "()"}
"""What stands for no result, by the number wanted."""

__all__ = ["CALL_WRITERS", "FIRST_RESULT", "adjust", "take_results"]

FIRST_RESULT: Final = "t if t.__class__ is not tuple else t[0] if t else None"
"""The first of the results in `t`."""


# --- calls --------------------------------------------------------------------------------------


def _call(code: Lowering, function: int, end: int, wanted: int) -> None:
    if wanted == LOOP_VALUES and end == function + 2 and code.notes.natives.get(code.pc) in LOOP_STARTS:
        _write_loop_start(code, function, is_open=False)
        return
    if wanted == LOOP_VALUES and _write_matches_start(code, function, end):
        return
    several = intrinsic_for(code, function, end, SEVERAL) if wanted not in (0, 1) else None
    if several is not None:
        _write_several(code, function, end, wanted, *several)
        return
    if wanted != 0 and _write_prepared(code, function, end, wanted):
        return
    if write_foreign_call(code, function, end, wanted):
        return
    found = intrinsic_for(code, function, end, INTRINSICS) if wanted <= 1 else None
    arguments = code.registers(function + 1, end)
    _note_given(code, function, end)
    if found is None:
        _write_call(code, function, arguments, wanted)
    else:
        code.allocate(RESULT_SIZE)
        form = "many" if wanted < 0 and not found[0].is_single else "one"
        _write_intrinsic(code, function, f"{code.register(function)}.{form}({arguments})", wanted, *found)


def _write_loop_start(code: Lowering, function: int, is_open: bool) -> None:
    """pairs or ipairs in front of a loop, of a table without a metatable."""
    name = code.notes.natives[code.pc]
    step, control = LOOP_STARTS[name]
    callee, table, state, closing = (code.register(function + at) for at in range(LOOP_VALUES))
    if code.level() == 0 and not is_open:
        if _is_surely(code, function, name):
            code.demand_bare(function + 1)
        else:
            is_other = f"{callee} is not {python_name(name)}"
            code.emit(f"if {is_other} or {table}.metatable is not None: raise HandOver")
        code.emit(f"{table} = {table}")  # it stays: behind other calls the arguments are dead (see moves)
        code.emit(f"{callee} = {step}; {state} = {control}; {closing} = None")
        code.learn(function + 3, kinds.SOME_NIL)
        return
    given, arguments = ("top", "*spread(top)") if is_open else (table, table)
    taken = f"; {table} = top" if is_open else ""
    code.emit(
        f"if {callee} is {python_name(name)} and isinstance({given}, Table) and {given}.metatable is None:"
        f" {callee} = {step}{taken}; {state} = {control}; {closing} = None"
    )
    code.emit("else:")
    code.emit(f" t = {callee}.many({arguments})")
    code.emit(f" {code.registers(function, function + LOOP_VALUES)} = adjust(t, {LOOP_VALUES})")
    code.end_call(function)


def _write_matches_start(code: Lowering, function: int, end: int) -> bool:
    """gmatch in front of a loop: it gives one value."""
    if code.notes.natives.get(code.pc) != "string.gmatch" or code.level() > 0:
        return False
    if not _write_prepared(code, function, end, 1):
        _demand_native(code, function, "string.gmatch")
        code.emit(
            f"{code.register(function)} = {code.register(function)}.one({code.registers(function + 1, end)})"
        )
        code.end_call(function)
    for number in range(function + 1, function + LOOP_VALUES):
        code.assign(number, "None", kinds.SOME_NIL)
    return True


def _demand_native(code: Lowering, function: int, name: str) -> None:
    """Makes sure that the call is of the native that was seen."""
    if _is_surely(code, function, name):
        return
    code.emit(f"if {code.register(function)} is not {python_name(name)}: raise HandOver")


def _is_surely(code: Lowering, function: int, name: str) -> bool:
    """Whether a register is known to hold the native of that name."""
    return getattr(code.things.get(function), "intrinsic", None) == name


def _write_intrinsic(
    code: Lowering, function: int, call: str, wanted: int, rule: Rule, made: Intrinsic
) -> None:
    """What `made` says; where its condition does not hold, the `call`."""
    callee = code.register(function)
    _demand_native(code, function, rule.name)
    made = _without_plainness(code, function, rule, made)
    target = "top" if wanted < 0 else callee
    call = f"{target} = {call}" if wanted else call
    value = made.value if rule.acts else ""
    if wanted:
        value = f"{target} = {made.value or _NO_VALUE[wanted]}"
    lines = "; ".join(filter(None, (made.action, value)))
    if not made.condition:
        code.emit(lines or "pass")
    elif rule.insists:
        code.emit(f"if not ({made.condition}): raise HandOver")
        code.emit(lines)
    elif lines:
        code.emit(f"if {made.condition}: {lines}")
        code.emit(f"else: {call}")
    else:
        code.emit(f"if not ({made.condition}): {call}")
    _end_native(code, function, rule)
    if wanted:
        code.learn(function, made.known if made.value else ANYTHING)
    if wanted < 0:
        code.open_results = (function, False)
        code.single_at = code.pc if rule.is_single else -1


def _without_plainness(code: Lowering, function: int, rule: Rule, made: Intrinsic) -> Intrinsic:
    """What `made` says of setmetatable, without the question, asked last, whether the metatable is plain."""
    *others, last = made.condition.split(" and ")
    asks = rule.name == "setmetatable" and last.endswith(".is_plain")
    if not asks or not is_plain_for_good(code, function + 2):
        return made
    return Intrinsic(made.value, " and ".join(others), made.known, made.action)


def _end_native(code: Lowering, function: int, rule: Rule) -> None:
    """What is known behind a native that may have been called."""
    if not (rule.is_pure or (rule.is_pure_on_lists and code.is_bare(function + 1))):
        code.barrier(function + 1 if rule.is_pure_on_lists else None)
    if not rule.is_pure:
        code.ends.clear()
    code.forget(function)


def _write_prepared(code: Lowering, function: int, end: int, wanted: int) -> bool:
    """A search for a constant pattern, if the call is one."""
    found = prepared_call(code, function, end, wanted)
    if found is None:
        return False
    _demand_native(code, function, code.notes.natives[code.pc])
    either = f"{found.value} if {found.condition} else {found.call}" if found.condition else found.value
    callee = code.register(function)
    if wanted == 1 and found.condition:
        code.emit(f"if {found.condition}: {callee} = {found.value}")
        code.emit(f"else: {callee} = {found.call}")
    elif wanted == 1:
        code.emit(f"{callee} = {found.value}")
    elif wanted > 1:
        code.emit(f"t = {either}")
        take_results(code, function, wanted)
    else:
        code.emit(f"top = {either}")
        code.open_results = (function, False)
    if found.is_pure:
        code.forget(function)
    else:
        code.end_call(function)
    if wanted == 1:
        code.learn(function, found.known)
    return True


def _write_several(code: Lowering, function: int, end: int, wanted: int, rule: Rule, made: Intrinsic) -> None:
    """A native whose values go to registers, or are open results."""
    call = f"{code.register(function)}.many({code.registers(function + 1, end)})"
    code.allocate(RESULT_SIZE)
    _demand_native(code, function, rule.name)
    if wanted > 1:
        code.emit(f"t = {made.value} if {made.condition} else {call}")
        targets = code.registers(function, function + wanted)
        code.emit(f"if len(t) == {wanted}: {targets} = t")
        code.emit(f"else: {targets} = adjust(tuple(t), {wanted})")
    else:
        code.emit(f"top = tuple({made.value}) if {made.condition} else {call}")
        code.open_results = (function, False)
    _end_native(code, function, rule)
    for number in range(function, function + wanted):
        code.learn(number, made.known)


def _call_open(code: Lowering, function: int, _: Any, wanted: int) -> None:
    start, is_tuple = code.open_results
    is_alone = start == function + 1 and not is_tuple
    if wanted == LOOP_VALUES and is_alone and code.notes.natives.get(code.pc) in LOOP_STARTS:
        _write_loop_start(code, function, is_open=True)
        return
    if _selects(code, function) and wanted in (1, -1):
        _demand_native(code, function, "select")
        _write_select(code, function, wanted)
        return
    if _close(code):
        _call(code, function, start + 1, wanted)
        return
    may_flow = code.is_generator and _may_yield(code)
    if wanted > 1 or is_tuple or code.level() > 0 or code.notes.counts_allocations or may_flow:
        _write_call(code, function, open_list(code, function + 1), wanted)
        return
    call = _mostly_one_more(code, function, "many" if wanted < 0 else "one")
    code.learn(start, ANYTHING)
    found = intrinsic_for(code, function, start + 1, INTRINSICS)
    if found is not None and start not in code.captured:
        rule, made = found
        condition = "top.__class__ is not tuple" + (f" and ({made.condition})" if made.condition else "")
        code.emit(f"{code.register(start)} = top")
        made = Intrinsic(made.value, condition, made.known, made.action)
        _write_intrinsic(code, function, call, wanted, rule, made)
        return
    result = {0: "", 1: f"{code.register(function)} = "}.get(wanted, "top = ")
    code.emit(f"{result}{call}")
    code.end_call(function)
    if wanted < 0:
        code.open_results = (function, False)


def _close(code: Lowering) -> bool:
    """Makes the open results a register's value, if they surely are one (`top` stays, for the VM)."""
    start, _ = code.open_results
    if code.single_at != code.pc - 1 or start in code.captured:
        return False
    code.assign(start, "top", code.knows(start))
    return True


def _mostly_one_more(code: Lowering, function: int, form: str) -> str:
    """A call with open arguments: mostly they are one value; listing arguments costs 100 ns more."""
    start, _ = code.open_results
    fixed = code.registers(function + 1, start)
    callee = code.register(function)
    before = f"{callee}.{form}({fixed}{', ' if fixed else ''}"
    return f"{before}top) if top.__class__ is not tuple else {before}*top)"


def _selects(code: Lowering, function: int) -> bool:
    """Whether the call is `select(n, ...)`."""
    return (
        code.open_results == (function + 2, True)
        and code.level() == 0
        and code.notes.natives.get(code.pc) == "select"
    )


def _write_select(code: Lowering, function: int, wanted: int) -> None:
    callee, number = code.register(function), code.register(function + 1)
    target = callee if wanted == 1 else "top"
    is_count = code.literals.get(function + 1) == "#"
    if_positive = kinds.if_positive(number, code.knows(function + 1))
    code.end_call(function)
    if is_count:
        code.emit(f"{target} = len(top)")
        if wanted == 1:
            code.learn(function, kinds.SOME_LENGTH)
    elif wanted == 1:
        is_there = f"{if_positive}{number} <= len(top)"
        code.emit(f"{target} = top[{number} - 1] if {is_there} else {callee}.one({number}, *top)")
    else:
        code.emit(f"{target} = top[{number} - 1:] if 0 < {number} else {callee}.many({number}, *top)")
    if wanted != 1:
        code.open_results = (function, False)


def _is_object(code: Lowering) -> bool:
    """Whether what is called was seen to be a table, with `__call`."""
    return code.level() == 0 and bool(code.seen() & notes.TABLE)


def _note_given(code: Lowering, function: int, end: int) -> None:
    code.given[code.pc] = code.known[function if _is_object(code) else function + 1 : end]


def _demand_object(code: Lowering, function: int, arguments: str) -> tuple[str, str]:
    """The function to be called, and its arguments: those of a table's metamethod, if that was called."""
    callee = code.register(function)
    if not _is_object(code):
        return callee, arguments
    code.emit(f"t = {callee}.metatable.__call")
    return "t", f"{callee}, {arguments}" if arguments else callee


def _write_call(code: Lowering, function: int, arguments: str, wanted: int) -> None:
    code.allocate(RESULT_SIZE)
    if code.is_generator and _may_yield(code):
        _write_flow(code, function, arguments, wanted)
        return
    dest = code.register(function)
    callee, arguments = _demand_object(code, function, arguments)
    if code.level() > 0:
        before = f"{callee}, {arguments}" if arguments else callee
        one, many = f"call_one({before})", f"call_many({before})"
    else:
        one, many = f"{callee}.one({arguments})", f"{callee}.many({arguments})"
    before = ""
    if code.notes.natives.get(code.pc) and code.level() == 0:
        if _CALLS_VARIABLES:
            before = f"n = {callee}.{'many' if wanted else 'one'}; "
            one = many = f"n({arguments})"
        if wanted == 1:
            code.emit(f"{before}t = {many}")
            before, one = "", FIRST_RESULT
    if wanted == 0:
        code.emit(f"{before}{one}")
    elif wanted == 1:
        code.emit(f"{dest} = {one}")
    elif wanted > 1:
        adjust(code, many, function, wanted, before)
    else:
        code.emit(f"{before}top = {many}")
        code.open_results = (function, False)
    code.end_call(function)


def _may_yield(code: Lowering) -> bool:
    """Whether the call was seen to yield, or not seen at all."""
    return bool(code.seen() & (notes.YIELDS | notes.FLOWS)) or (
        code.pc not in code.notes.natives and code.level() == 0
    )


def _write_flow(code: Lowering, function: int, arguments: str, wanted: int) -> None:
    """A call that may yield."""
    callee = code.register(function)
    takes_more = wanted not in (0, 1)
    code.takes_more |= takes_more
    give = yielding(arguments, takes_more)
    if code.seen() & notes.FLOWS:
        code.emit(f"t = yield from {callee}.flow({arguments})")
    elif code.seen() & notes.YIELDS:
        code.emit(f"if {callee} is not YIELD: raise HandOver")
        code.emit(give)
    else:
        code.emit(f"if {callee} is YIELD: {give}")
        code.emit(f"else: t = {callee}.many({arguments})")
    if wanted == 1:
        code.emit(f"{callee} = {FIRST_RESULT}")
    elif wanted > 1:
        adjust(code, "t", function, wanted)
    elif wanted < 0:
        code.emit("top = t")
        code.open_results = (function, False)
    code.end_call(function)


def adjust(code: Lowering, call: str, dest: int, wanted: int, before: str = "") -> None:
    """Writes the results of a call as exactly `wanted` values to registers from `dest` on."""
    code.emit(f"{before}t = {call}")
    if wanted == LOOP_VALUES and code.code[code.pc + 1][0] == Op.TFORPREP:
        three = code.registers(dest, dest + 3)
        code.emit(f"if t.__class__ is tuple and len(t) == 3: {three} = t; {code.register(dest + 3)} = None")
        code.emit(f"else: {code.registers(dest, dest + 4)} = adjust(t, 4)")
        return
    take_results(code, dest, wanted)


def take_results(code: Lowering, dest: int, wanted: int) -> None:
    """Writes the results in `t` as exactly `wanted` values, two or more, to registers from `dest` on."""
    code.emit(
        f"{code.registers(dest, dest + wanted)} = t if t.__class__ is tuple and len(t) == {wanted}"
        f" else adjust(t, {wanted})"
    )


def _tail_call(code: Lowering, function: int, end: int, _: Any) -> None:
    wanted = 1 if code.single else -1
    prepared = prepared_call(code, function, end, wanted)
    if prepared is not None:
        _demand_native(code, function, code.notes.natives[code.pc])
        if not prepared.condition:
            code.emit(f"return {prepared.value}")
            return
        code.emit(f"if {prepared.condition}: return {prepared.value}")
        code.emit(f"else: return {prepared.call}")
        return
    _note_given(code, function, end)
    found = intrinsic_for(code, function, end, INTRINSICS)
    value = "{}"
    if found is None and not code.single:
        found, value = intrinsic_for(code, function, end, SEVERAL), "tuple({})"
    if found is not None:
        rule, made = found
        _demand_native(code, function, rule.name)
        value = value.format(made.value or _NO_VALUE[wanted])
        action = f"{made.action}; " if made.action else ""
        if not made.condition:
            code.emit(f"{action}return {value}")
            return
        code.emit(f"if {made.condition}: {action}return {value}")
    arguments = code.registers(function + 1, end)
    _write_tail_call(code, function, arguments, "else: " if found else "")


def _tail_call_open(code: Lowering, function: int, _: Any, __: Any) -> None:
    if _selects(code, function) and code.literals.get(function + 1) == "#":
        code.emit(f"if {code.register(function)} is native_select: return len(top)")
    start, is_tuple = code.open_results
    if _close(code):
        _tail_call(code, function, start + 1, None)
        return
    if not (is_tuple or code.level() > 0 or code.is_generator):
        code.emit(f"return {_mostly_one_more(code, function, 'one' if code.single else 'many')}")
        return
    _write_tail_call(code, function, open_list(code, function + 1))


def _write_tail_call(code: Lowering, function: int, arguments: str, before: str = "") -> None:
    name = "one" if code.single else "many"
    if code.is_generator and code.seen() & notes.FLOWS:
        code.emit(f"{before}return (yield from {code.register(function)}.flow({arguments}))")
    elif code.is_generator and code.seen() & notes.YIELDS:
        _write_flow(code, function, arguments, -1)
        code.emit("return t")
    elif code.level() > 0:
        code.emit(
            f"{before}return call_{name}({', '.join(filter(None, (code.register(function), arguments)))})"
        )
    else:
        callee, arguments = _demand_object(code, function, arguments)
        code.emit(f"{before}return {callee}.{name}({arguments})")


CALL_WRITERS: Final[dict[int, Writer]] = {
    Op.CALL: _call,
    decoding.CALL_OPEN: _call_open,
    Op.TAILCALL: _tail_call,
    decoding.TAILCALL_OPEN: _tail_call_open,
}
