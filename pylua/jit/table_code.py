"""Table instructions as Python: fields as attributes, elements as items of the array part's list.

    GETFIELD 2 0 "x"     r2 = r0.x                       the field was in the table itself
                         if r2 is None: r2 = inherited(r0, 'x')
    GETTABLE 2 0 1       r2 = r0.array_part[r1]          the key was an integer within the array part
    SETFIELD 0 "x" 1     if r0.metatable is None: r0.x = r1
                         else: set_field(r0, 'x', r1)

An attribute that is not there raises, and so does everything that is no table: the VM then goes
on, and the next translation of the function is more careful there (see notes). Names that other
Lua values have as Python attributes (`count`, `prototype`) need a look at the table first.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import Any, Final
from pylua.jit import kinds, notes
from pylua.jit.concat_code import concat
from pylua.jit.display_code import new_table, take_field, take_list
from pylua.jit.kinds import INT, Known
from pylua.jit.list_ends import append, write_list_end
from pylua.jit.lowering import Lowering, Writer
from pylua.jit.metamethod_code import has_callee, write_index, write_store, write_unary
from pylua.jit.names import NONE, PLAIN, SHARED, attribute_kind
from pylua.jit.watch_code import give_up, take_watched
from pylua.jit.wishes import BARE, INTEGER, POSITIVE, TEXT
from pylua.values.table import METHODS
from pylua.values.types import LuaValue
from pylua.vm import decoding

__all__ = ["TABLE_WRITERS", "field_text", "level_of", "open_list"]

_NOT_NIL: Final[Known] = (kinds.ANYTHING[0] & ~kinds.NIL, *kinds.ANYTHING[1:])
_KEY_CLASSES: Final = {notes.STRING: "str", notes.TABLE: "Table"}


def _is_never_nil(known: Known) -> bool:
    return not known[0] & kinds.NIL


def level_of(code: Lowering) -> int:
    """How careful the code must be; userdata are for the functions of support."""
    return 2 if code.seen() & notes.OTHER else code.level()


def _index(code: Lowering) -> str:
    """The function of support that reads what was seen."""
    return "index_object" if notes.kinds_of(code.seen())[0] == notes.OTHER else "index"


# --- fields -------------------------------------------------------------------------------------


def field_text(table: str, key: str, is_table: bool, code: Lowering) -> str:
    """The field `key` of `table`, as an expression that raises if it isn't there."""
    kind = attribute_kind(key)
    if kind == NONE or (kind == SHARED and not is_table and not table.isidentifier()):
        return f"{table}.hash_part[{key!r}]"
    if kind == SHARED and not is_table:
        code.emit(f"{table}.array_part")
    return f"{table}.{key}"


def _get_field(code: Lowering, dest: int, table: int, key: str) -> None:
    text = code.register(table)
    if level_of(code) > 1:
        code.barrier()
        code.assign(dest, f"{_index(code)}({text}, {key!r})", kinds.ANYTHING)
        return
    if level_of(code) > 0 or code.seen() & notes.MISSING:
        place = code.target(dest, text)
        code.emit(f"{place} = {_own_field(code, text, key)}")
        if not code.is_table(table):
            code.emit(f"if {place} is None: {text}.array_part")
        code.learn_table(table)
        if has_callee(code):
            write_index(code, place, table, repr(key), kinds.SOME_STRING)
        else:
            _inherit(code, place, text, key)
        code.settle(dest, place, kinds.ANYTHING)
        return
    if take_watched(code, dest, code.things.get(table), key):
        return
    is_table = code.is_table(table)
    code.learn_table(table)
    _read_field(code, dest, text, key, is_table)


def _own_field(code: Lowering, table: str, key: str) -> str:
    """A field that has no place in some tables; `array_part` is asked for where it is nil."""
    found = f"{table}.hash_part.get({key!r})"
    if attribute_kind(key) != PLAIN:
        return found
    found = f"{found} if {table}.__class__ is Table else getattr({table}, {key!r}, None)"
    usual = None if code.notes.places is None else code.notes.places.usual(key, code.prototype)
    if usual is None:
        return found
    return f"{table}.{key} if {table}.__class__ is {code.constant_object(usual, 'S')} else {found}"


def _read_field(code: Lowering, dest: int, table: str, key: str, is_table: bool) -> None:
    """A field that has a place in the table; if its value is nil, the table may inherit one."""
    place = code.target(dest, table)
    code.emit(f"{place} = {field_text(table, key, is_table, code)}")
    if code.seen() & notes.EMPTY:
        _inherit(code, place, table, key)
        code.settle(dest, place, kinds.ANYTHING)
    else:
        code.emit(f"if {place} is None: raise HandOver")
        code.settle(dest, place, _NOT_NIL)


def _inherit(code: Lowering, place: str, table: str, key: str) -> None:
    """Where a field is nil, a class may have it: `inherited` is called if that has it, or inherits itself."""
    asks_class = ""
    if level_of(code) == 0 and not code.seen() & notes.NO_CLASS:
        heir = f"(n := {table}.metatable.__index)"
        asks_class = f" and ({heir}.metatable is not None or {key!r} in n.hash_part)"
    code.emit(
        f"if {place} is None and {table}.metatable is not None{asks_class}: "
        f"{place} = inherited({table}, {key!r})"
    )
    code.barrier()


def _get_global(code: Lowering, dest: int, upvalue: int, key: str) -> None:
    if take_watched(code, dest, code.held.get(upvalue), key):
        return
    if level_of(code) > 0 or code.seen() & notes.MISSING:
        code.emit(f"t = {code.upvalue_value(upvalue)}")
        code.barrier()
        code.assign(dest, f"index(t, {key!r})", kinds.ANYTHING)
    else:
        _read_field(code, dest, code.upvalue_value(upvalue), key, False)


def _set_named(code: Lowering, table: str, register: int | None, key: str, value: str, known: Known) -> None:
    """`register` is that of the table, None if it is in an upvalue."""
    give_up(code, key)
    is_told = key.startswith("__") or key in METHODS
    if register is not None and has_callee(code) and not is_told:
        write_store(code, register, (repr(key), kinds.SOME_STRING), (value, known))
        return
    if level_of(code) > 0 or is_told:
        function = "set_object" if notes.kinds_of(code.seen())[0] == notes.OTHER else "set_field"
        code.emit(f"{function}({table}, {key!r}, {value})")
        code.barrier()
        return
    if attribute_kind(key) == SHARED and (register is None or not code.is_table(register)):
        code.emit(f"{table}.array_part")
        if register is not None:
            code.learn_table(register)
    if register is None:
        code.emit(f"if {table}.metatable is not None: raise HandOver")
    elif code.seen() & notes.METAMETHODS:
        code.demand_plain(register)
    else:
        code.demand_bare(register)
    target = f"{table}.{key}" if attribute_kind(key) != NONE else f"{table}.hash_part[{key!r}]"
    code.emit(f"{target} = {value}")


def _set_global(code: Lowering, upvalue: int, key: str, source: int) -> None:
    _set_named(code, code.upvalue_value(upvalue), None, key, code.register(source), code.knows(source))


def _set_global_constant(code: Lowering, upvalue: int, key: str, value: LuaValue) -> None:
    _set_named(code, code.upvalue_value(upvalue), None, key, code.constant(value), kinds.of_value(value))


def _set_field(code: Lowering, table: int, key: str, source: int) -> None:
    _set_own(code, table, key, code.register(source), code.knows(source), None)


def _set_field_constant(code: Lowering, table: int, key: str, value: LuaValue) -> None:
    _set_own(code, table, key, code.constant(value), kinds.of_value(value), value)


def _set_own(code: Lowering, table: int, key: str, value: str, known: Known, constant: LuaValue) -> None:
    """A field of a table in a register, perhaps one that its constructor gives it."""
    if take_field(code, table, key, value, known, constant):
        give_up(code, key)
    else:
        _set_named(code, code.register(table), table, key, value, known)


# --- elements -----------------------------------------------------------------------------------


def _get_table(code: Lowering, dest: int, table: int, key: int) -> None:
    _get_element(code, dest, table, code.register(key), code.knows(key))


def _get_integer(code: Lowering, dest: int, table: int, key: int) -> None:
    _get_element(code, dest, table, str(key), (INT, key, key))


def _get_element(code: Lowering, dest: int, register: int, key: str, known: Known) -> None:
    table = code.register(register)
    _, seen_key = notes.kinds_of(code.seen())
    is_integer = known[0] == INT or (seen_key in (0, notes.INT) and known[0] & INT)
    place = code.target(dest, table, key)
    positive = kinds.is_positive(known)
    if is_integer and not positive:
        _wish_key(code, code.code[code.pc][3])
    if level_of(code) > 1 or (not is_integer and seen_key & notes.INT):
        code.emit(f"{place} = {_index(code)}({table}, {key})")
        code.barrier()
    elif not is_integer:
        _get_by_name(code, register, place, key, known)
    elif level_of(code) == 0 and not code.seen() & notes.BEYOND:
        _demand_positive(code, key, known)
        code.emit(f"{place} = {table}.array_part[{key}]")
        _learn_place(code, code.code[code.pc][3], known)
        _ask_metatable(code, register, place, key, known)
    else:
        guard = "" if known[0] == INT else f"{key}.__class__ is int and "
        inside = f"{kinds.if_positive(key, known)}{key} < len(t)"
        # An integer key is in the array part or in the dict under that very key.
        beyond = "None" if guard else f"{table}.hash_part.get({key})"
        code.emit(f"t = {table}.array_part")
        code.emit(f"{place} = t[{key}] if {guard}{inside} else {beyond}")
        _ask_metatable(code, register, place, key, known, f"{place} is None" if guard else "")
    code.settle(dest, place, kinds.ANYTHING)


def _demand_positive(code: Lowering, key: str, known: Known) -> None:
    """Makes sure that a key can be the place of an element."""
    if not kinds.is_positive(known):
        code.emit(f"if {key} < 1: raise HandOver")


def _learn_place(code: Lowering, register: int, known: Known) -> None:
    """Notes that the key, if it is in a register, was the place of an element."""
    if code.code[code.pc][0] not in (Op.GETI, Op.SETI, decoding.SETI_K):
        code.find_out(register, (INT, max(known[1], 1), min(known[2], kinds.SOME_LENGTH[2])))


def _wish_key(code: Lowering, register: int) -> None:
    """Less is to be checked of a key that is known to be an integer, best of all a positive one."""
    if code.seen() & notes.INSIDE:
        code.wish(POSITIVE, register)
    elif code.knows(register)[0] != INT:
        code.wish(INTEGER, register)


def _ask_metatable(
    code: Lowering, register: int, place: str, key: str, known: Known, is_odd: str = ""
) -> None:
    """What was not found may be at another place than expected (if `is_odd`), or be inherited."""
    table = code.register(register)
    is_bare = code.is_bare(register)
    code.learn_table(register)
    if is_odd:
        code.emit(f"if {is_odd}: {place} = {table}.raw_get({key})")
    if is_bare:
        return
    if has_callee(code):
        write_index(code, place, register, key, known)
        return
    if not code.seen() & notes.METAMETHODS:
        code.wish(BARE, register)
    is_missing = f"if {place} is None and {table}.metatable is not None"
    if level_of(code) == 0 and not code.seen() & notes.METAMETHODS:
        code.emit(f"{is_missing}: raise HandOver")
        return
    code.emit(f"{is_missing}: {place} = index({table}, {key})")
    code.barrier()


def _get_by_name(code: Lowering, register: int, place: str, key: str, known: Known) -> None:
    """What is in the dict is what is asked for, whatever the key is (a table has no key twice)."""
    table = code.register(register)
    if level_of(code) == 0 and not code.seen() & notes.MISSING:
        code.emit(f"{place} = {table}.hash_part[{key}]")
        _ask_metatable(code, register, place, key, known)
        return
    code.emit(f"{place} = {table}.hash_part.get({key})")
    is_odd = "" if known[0] == kinds.STRING else f"{place} is None and {key}.__class__ is not str"
    _ask_metatable(code, register, place, key, known, is_odd)


def _set_table(code: Lowering, table: int, key: int, source: int) -> None:
    _set_element(code, table, code.register(key), code.knows(key), code.register(source), code.knows(source))


def _set_table_constant(code: Lowering, table: int, key: int, value: LuaValue) -> None:
    _set_element(
        code, table, code.register(key), code.knows(key), code.constant(value), kinds.of_value(value)
    )


def _set_integer(code: Lowering, table: int, key: int, source: int) -> None:
    _set_element(code, table, str(key), (INT, key, key), code.register(source), code.knows(source))


def _set_integer_constant(code: Lowering, table: int, key: int, value: LuaValue) -> None:
    _set_element(code, table, str(key), (INT, key, key), code.constant(value), kinds.of_value(value))


def _set_element(code: Lowering, register: int, key: str, key_known: Known, value: str, known: Known) -> None:
    if has_callee(code):
        write_store(code, register, (key, key_known), (value, known))
        return
    if code.ends and level_of(code) == 0 and append(code, value, known):
        return
    code.ends.clear()
    table = code.register(register)
    _, seen_key = notes.kinds_of(code.seen())
    is_integer = key_known[0] == INT or (seen_key in (0, notes.INT) and key_known[0] & INT)
    if level_of(code) > 0 or (not is_integer and seen_key not in _KEY_CLASSES):
        if notes.kinds_of(code.seen())[0] == notes.OTHER:
            code.emit(f"set_object({table}, {key}, {value})")
        elif known[0] == kinds.NIL:
            code.emit(f"set_nil({table}, {key})")
        else:
            code.emit(f"set_index({table}, {key}, {value})")
        code.barrier()
        return
    if code.seen() & notes.METAMETHODS:
        code.demand_plain(register)
    else:
        code.demand_bare(register)
    if known[0] == kinds.NIL and is_integer:
        items = f"{table}.array_part"
        code.emit(f"if 0 < {key} < len({items}) - 1: {items}[{key}] = None")
        code.emit(f"elif 1 < {key} == len({items}) - 1 and {items}[-2] is not None: {items}.pop()")
        code.emit(f"else: set_nil({table}, {key})")
    elif known[0] == kinds.NIL and seen_key == notes.STRING:
        code.emit(f"if {key}.__class__ is str: {table}.raw_delete({key})")
        code.emit(f"else: set_nil({table}, {key})")
    elif known[0] == kinds.NIL:
        code.emit(f"set_nil({table}, {key})")
    elif is_integer:
        _set_at_integer(code, table, key, key_known, value, known)
    else:
        _set_at_name(code, table, key, key_known, seen_key, value, known)
    code.is_fresh &= key_known[0] == INT


def _set_at_name(
    code: Lowering, table: str, key: str, key_known: Known, seen_key: int, value: str, known: Known
) -> None:
    conditions = []
    if key_known[0] != kinds.STRING:
        conditions.append(f"{key}.__class__ is {_KEY_CLASSES[seen_key]}")
    if seen_key == notes.STRING or key_known[0] == kinds.STRING:
        conditions.append(f"{key} not in TELLING")
    if kinds.may_be(known, kinds.NIL):
        conditions.append(f"{value} is not None")
    store = f"{table}.hash_part[{key}] = {value}"
    if not conditions:
        code.emit(store)
        return
    code.emit(f"if {' and '.join(conditions)}: {store}")
    _set_otherwise(code, table, key, value, known)


def _set_at_integer(code: Lowering, table: str, key: str, key_known: Known, value: str, known: Known) -> None:
    conditions = [f"{value} is not None"] if kinds.may_be(known, kinds.NIL) else []
    positive = kinds.is_positive(key_known)
    if not positive:
        _wish_key(code, code.code[code.pc][2])
    if not code.seen() & notes.BEYOND:
        _demand_positive(code, key, key_known)
        store = f"{table}.array_part[{key}] = {value}"
        code.emit(f"if {' and '.join(conditions)}: {store}" if conditions else store)
        if conditions:
            _set_otherwise(code, table, key, value, known)
        else:
            _learn_place(code, code.code[code.pc][2], key_known)
        return
    if key_known[0] != INT:
        conditions.append(f"{key}.__class__ is int")
    indent = " " if conditions else ""
    if conditions:
        code.emit(f"if {' and '.join(conditions)}:")
    code.emit(f"{indent}t = {table}.array_part")
    inside = f"{kinds.if_positive(key, key_known)}{key} < len(t)"
    if code.seen() & notes.INSIDE:
        code.emit(f"{indent}if {inside}: t[{key}] = {value}")
        code.emit(f"{indent}elif {key} != len(t): {table}.hash_part[{key}] = {value}")
    else:
        place = f"(t if {inside} else {table}.hash_part)"
        code.emit(f"{indent}if {key} != len(t): {place}[{key}] = {value}")
    code.emit(f"{indent}elif {table}.hash_part: {table}.raw_set_integer({key}, {value})")
    code.emit(f"{indent}elif t is NOTHING: {table}.array_part = [None, {value}]")
    code.emit(f"{indent}else: t.append({value})")
    if conditions:
        _set_otherwise(code, table, key, value, known)


def _set_otherwise(code: Lowering, table: str, key: str, value: str, known: Known) -> None:
    function = "store" if kinds.may_be(known, kinds.NIL) else "put"
    code.emit(f"else: {function}({table}, {key}, {value})")


# --- whole tables -------------------------------------------------------------------------------


def _set_list(code: Lowering, table: int, end: int | None, place: tuple[int, int]) -> int:
    first, next_pc = place
    values = code.registers(table + 1, end) if end is not None else open_list(code, table + 1)
    if take_list(code, table, end, values):
        return next_pc - code.pc
    code.emit(f"{code.register(table)}.raw_extend({first}, [{values}])")
    return next_pc - code.pc


def open_list(code: Lowering, first: int) -> str:
    """Values from register `first` on, the open results of the instruction before included."""
    start, is_tuple = code.open_results
    fixed = code.registers(first, start)
    rest = "*top" if is_tuple else "*spread(top)"
    return f"{fixed}, {rest}" if fixed else rest


def _length(code: Lowering, dest: int, operand: int, _: Any) -> int | None:
    written = write_list_end(code, dest, operand)
    if not written:
        _write_length(code, dest, operand)
    return written


def _write_length(code: Lowering, dest: int, operand: int) -> None:
    text, known = code.register(operand), code.knows(operand)
    seen = notes.kinds_of(code.seen())[0]
    if known[0] == kinds.STRING:
        code.assign(dest, f"len({text})", kinds.SOME_LENGTH)
    elif level_of(code) > 1:
        code.barrier()
        code.assign(dest, f"length_of({text})", kinds.ANYTHING)
    elif code.is_bare(operand):
        code.assign(dest, f"len({text}.array_part) - 1", kinds.SOME_LENGTH)
    elif seen == notes.TABLE and has_callee(code):
        write_unary(code, dest, operand, "__len")
    elif seen == notes.STRING:
        code.wish(TEXT, operand)
        code.assign(dest, f"len({text}) if {text}.__class__ is str else length({text})", kinds.SOME_LENGTH)
    elif seen == notes.TABLE and level_of(code) == 0:
        code.demand_bare(operand)
        code.assign(dest, f"len({text}.array_part) - 1", kinds.SOME_LENGTH)
    else:
        list_length = f"len({text}.array_part) - 1 if {text}.metatable is None else "
        is_list = seen & ~notes.TABLE == 0
        code.assign(dest, f"{list_length if is_list else ''}length({text})", kinds.SOME_LENGTH)


TABLE_WRITERS: Final[dict[int, Writer]] = {
    Op.GETTABUP: _get_global,
    Op.GETFIELD: _get_field,
    Op.GETTABLE: _get_table,
    Op.GETI: _get_integer,
    Op.SETTABUP: _set_global,
    decoding.SETTABUP_K: _set_global_constant,
    Op.SETFIELD: _set_field,
    decoding.SETFIELD_K: _set_field_constant,
    Op.SETTABLE: _set_table,
    decoding.SETTABLE_K: _set_table_constant,
    Op.SETI: _set_integer,
    decoding.SETI_K: _set_integer_constant,
    Op.NEWTABLE: new_table,
    Op.SETLIST: _set_list,
    Op.LEN: _length,
    Op.CONCAT: concat,
}
