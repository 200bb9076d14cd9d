"""Reads of what is watched → names of it: functions of libraries and classes need not be looked for.

    GETTABUP 0 "string", GETFIELD "byte"    if fresh is None: raise HandOver             r5 is v256
    SELF 4 1 "total"                        if r1.metatable is not W2: raise HandOver    r4 is v257

Names of values found so continue those of upvalues: they never change. That no watch has ended is asked
once in straight code, and again where other code may have run.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit import kinds
from pylua.jit.watches import FRESH, Finding
from pylua.values.functions import LuaFunction, NativeFunction
from pylua.values.table import Table
from pylua.vm import decoding
from pylua.vm.effects import reads

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering
    from pylua.values.watching import Watch

__all__ = [
    "demand_known_metatable",
    "give_up",
    "is_plain_for_good",
    "is_untouched",
    "name_of_text_method",
    "take_method",
    "take_watched",
]

_FIRST_NAME: Final = 256
"""There are at most 255 upvalues."""
_STORES: Final = (Op.SETFIELD, decoding.SETFIELD_K)


def take_watched(code: Lowering, dest: int, holder: Any, key: str) -> bool:
    """Takes what a known table has at `key`, if that is a function, or leads to one."""
    watches = code.notes.watches
    if watches is None or not isinstance(holder, Table) or code.level() > 0:
        return False
    value = holder.hash_part.get(key)
    if not _is_function(value) and not _leads_on(code, dest, value):
        return False
    watch = watches.at(holder, key, code.prototype)
    if watch is None:
        return False
    _ask(code, watch)
    code.assign(dest, _name_of(code, value), kinds.ANYTHING)
    if value is not code.only:
        code.things[dest] = value
    return True


def take_method(code: Lowering, target: str, key: str) -> str | None:
    """The method of tables that have one of the metatables that were seen: they are asked for it."""
    metatables = [known() for known in code.notes.metatables.get(code.pc) or ()]
    watches = [watch for each in metatables if (watch := _watch_method(code, each, key)) is not None]
    if not watches or len(watches) < len(metatables):
        return None
    methods = {watch.metatable: watch.value for watch in watches}
    functions = list(methods.values())
    is_single = len(methods) == 1
    name = _name(code, Finding(tuple(watches), metatables[0] if is_single else methods))
    if any(function is not functions[0] for function in functions):
        code.emit(f"t = {name}[{target}.metatable]")
        return "t"
    code.emit(f"if {target}.metatable {'is not' if is_single else 'not in'} {name}: raise HandOver")
    return _name_of(code, functions[0])


def _watch_method(code: Lowering, metatable: Table | None, key: str) -> Watch | None:
    if metatable is None or code.notes.watches is None:
        return None
    watch: Watch | None = code.notes.watches.method(metatable, key, code.prototype)
    return watch if watch is not None and _is_function(watch.value) else None


def is_plain_for_good(code: Lowering, register: int) -> bool:
    """Whether a register holds a known metatable that is plain; it is asked whether it is still."""
    metatable = code.things.get(register)
    watch = _watch_plain(code, metatable) if isinstance(metatable, Table) else None
    if watch is None:
        return False
    _ask(code, watch)
    return True


def demand_known_metatable(code: Lowering, register: int) -> bool:
    """Makes sure that a table has the plain metatable that was seen, if there was one."""
    metatables = code.notes.metatables.get(code.pc) or ()
    watch = _watch_plain(code, metatables[0]()) if len(metatables) == 1 else None
    if watch is None:
        return False
    name = _name(code, Finding((watch,), watch.value))
    code.emit(f"if {code.register(register)}.metatable is not {name}: raise HandOver")
    return True


def _watch_plain(code: Lowering, metatable: Any) -> Watch | None:
    if metatable is None or code.notes.watches is None:
        return None
    watch: Watch | None = code.notes.watches.plain(metatable, code.prototype)
    return watch


def name_of_text_method(code: Lowering, key: str) -> str | None:
    """The method of texts."""
    watches = code.notes.watches
    watch = None if watches is None else watches.text_method(key, code.prototype)
    if watch is None or not _is_function(watch.value):
        return None
    _ask(code, watch)
    return _name_of(code, watch.value)


def give_up(code: Lowering, key: str) -> None:
    """The code will store at a name: it is no good for watches. (Metamethods are stored by functions.)"""
    if code.notes.watches is not None and key[:2] != "__":
        code.notes.watches.give_up(key)


def is_untouched(code: Lowering, register: int) -> bool:
    """Whether the table in a register was made right here, with fields of known names alone."""
    source = code.copies.get(register, register)
    if source in code.captured or register in code.captured:
        return False
    for pc in range(code.pc - 1, code.begin - 1, -1):
        instruction = code.code[pc]
        op, a, _, c = instruction
        if op == Op.NEWTABLE and a == source:
            return True
        is_field = op in _STORES and a == source and not (op == Op.SETFIELD and c == source)
        is_last_move = op == Op.MOVE and a == register
        if source in reads(instruction) and not is_field and not is_last_move:
            return False
    return False


def _is_function(value: Any) -> bool:
    return isinstance(value, (LuaFunction, NativeFunction))


def _leads_on(code: Lowering, dest: int, value: Any) -> bool:
    """Whether the next instruction takes a function from a library."""
    op, _, table, key = code.code[code.pc + 1]
    is_read = op == Op.GETFIELD and table == dest and dest not in code.captured
    return is_read and isinstance(value, Table) and _is_function(value.hash_part.get(key))


def _ask(code: Lowering, watch: Watch) -> None:
    _name(code, Finding((watch,)))
    if not code.is_fresh:
        code.emit(f"if {FRESH} is None: raise HandOver")
        code.is_fresh = True


def _name(code: Lowering, finding: Finding) -> str:
    """The code's name for what watches found, by which it learns of their end."""
    for name, value in code.constants.items():
        if value.__class__ is Finding and value == finding:
            return name
    name = f"W{len(code.constants)}"
    code.constants[name] = finding
    return name


def _name_of(code: Lowering, value: Any) -> str:
    """The name of a value that was found; the function itself has one already."""
    if value is code.only:
        return "me"
    names = code.found
    name = names.setdefault(id(value), f"v{_FIRST_NAME + len(names)}")
    code.constants[name] = value
    return name
