"""Names for messages: instruction and register in, "local 'x'", "method 'name'" … out.

Nothing of the source is at hand when an operation fails, so the names are found by reasoning
over the bytecode: which instruction put the value into that register, and where did that one
take it from?

    GETTABUP 0 0 "f"      -- f = _ENV.f
    GETFIELD 1 0 "g"
    CALL     1 1 1        register 1 -> (field, g);  register 0 -> (global, f)

Code within a branch that has joined again says nothing for sure: then there is no name.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import INSTRUCTIONS, OFFSET_SJ, Op
from pylua.bytecode.prototype import Prototype
from pylua.hints import Any, Final
from pylua.values.metamethods import EVENTS
from pylua.values.records import record
from pylua.vm.thread import CLOSE, OPEN, Frame, NativeFrame

__all__ = [
    "Name",
    "calling_name",
    "calling_pc",
    "describe",
    "local_name",
    "name_in_call",
    "operand_a",
    "operand_b",
    "operand_c",
    "register_name",
    "upvalue_name",
    "variable_info",
]

UNKNOWN: Final = "?"


@record(frozen=True)
class Name:
    """What a value is called: `kind` as in `namewhat` ("local", "global", "method" …), and the name."""

    kind: str
    name: str


def operand_a(word: int) -> int:
    """Operand A of an instruction."""
    return word >> 7 & 0xFF


def operand_b(word: int) -> int:
    """Operand B of an instruction of format iABC."""
    return word >> 16 & 0xFF


def operand_c(word: int) -> int:
    """Operand C of an instruction of format iABC."""
    return word >> 24


def _bit_k(word: int) -> int:
    return word >> 15 & 1


# --- variables --------------------------------------------------------------------------------


def local_name(prototype: Prototype, number: int, pc: int) -> str | None:
    """The name of the local variable `number` (from 1) of those alive at `pc`, None if there are fewer."""
    for variable in prototype.local_variables:
        if variable.start_pc > pc:
            break
        if pc < variable.end_pc:
            number -= 1
            if number == 0:
                return UNKNOWN if variable.name is None else variable.name
    return None


def upvalue_name(prototype: Prototype, index: int) -> str:
    """The name of upvalue `index` (from 0), "?" in stripped code."""
    name = prototype.upvalues[index].name
    return UNKNOWN if name is None else name


def register_name(prototype: Prototype, pc: int, register: int) -> Name | None:
    """What the value of `register` is called for the instruction at `pc`, None if that can't be told."""
    name, setter = _plain_name(prototype, pc, register)
    if name is not None or setter is None:
        return name
    word = prototype.code[setter]
    access = _ACCESSES.get(word & 0x7F)
    return None if access is None else access(prototype, setter, word)


def _plain_name(prototype: Prototype, pc: int, register: int) -> tuple[Name | None, int | None]:
    """The name of a local, upvalue or constant, and the instruction that set `register`."""
    name = local_name(prototype, register + 1, pc)
    if name is not None:
        return Name("local", name), pc
    setter = _last_setter(prototype, pc, register)
    if setter is None:
        return None, None
    word = prototype.code[setter]
    op = word & 0x7F
    if op == Op.MOVE and operand_b(word) < operand_a(word):
        return _plain_name(prototype, setter, operand_b(word))
    if op == Op.GETUPVAL:
        return Name("upvalue", upvalue_name(prototype, operand_b(word))), setter
    if op == Op.LOADK:
        return _constant_name(prototype, word >> 15), setter
    if op == Op.LOADKX:
        return _constant_name(prototype, prototype.code[setter + 1] >> 7), setter
    return None, setter


def _constant_name(prototype: Prototype, index: int) -> Name | None:
    constant = prototype.constants[index]
    return Name("constant", constant) if type(constant) is str else None


def _last_setter(prototype: Prototype, last_pc: int, register: int) -> int | None:
    """The last instruction before `last_pc` that surely set `register`.

    None if there is none, or if jumps may have gone around it.
    """
    code = prototype.code
    if INSTRUCTIONS[code[last_pc] & 0x7F].metamethod:
        last_pc -= 1  # the instruction that it belongs to did not store its result
    setter: int | None = None
    joined_at = 0  # everything before this pc may have been jumped over
    for pc in range(last_pc):
        word = code[pc]
        if word & 0x7F == Op.JMP:
            target = pc + 1 + (word >> 7) - OFFSET_SJ
            if joined_at < target <= last_pc:
                joined_at = target
        elif _sets(word, register):
            setter = None if pc < joined_at else pc
    return setter


def _sets(word: int, register: int) -> bool:
    """Whether an instruction changes `register`; calls spoil everything from their base on."""
    op, first = word & 0x7F, operand_a(word)
    if op == Op.LOADNIL:
        return first <= register <= first + operand_b(word)
    if op == Op.TFORCALL:
        return register >= first + 2
    if op in (Op.CALL, Op.TAILCALL):
        return register >= first
    return INSTRUCTIONS[op].sets_a and register == first


# --- what an access takes its value from -------------------------------------------------------


def _key_constant(prototype: Prototype, pc: int, index: int) -> str:
    name = _constant_name(prototype, index)
    return UNKNOWN if name is None else name.name


def _key_register(prototype: Prototype, pc: int, register: int) -> str:
    """The key in a register, if it is a constant string."""
    name, _ = _plain_name(prototype, pc, register)
    return name.name if name is not None and name.kind == "constant" else UNKNOWN


def _global_or_field(prototype: Prototype, pc: int, table_register: int, key: str) -> Name:
    """A field of a variable called `_ENV` is a global (§2.2)."""
    table, _ = _plain_name(prototype, pc, table_register)
    is_environment = table is not None and table.kind in ("local", "upvalue") and table.name == "_ENV"
    return Name("global" if is_environment else "field", key)


def _get_upvalue_field(prototype: Prototype, pc: int, word: int) -> Name:
    is_environment = upvalue_name(prototype, operand_b(word)) == "_ENV"
    return Name("global" if is_environment else "field", _key_constant(prototype, pc, operand_c(word)))


def _get_table(prototype: Prototype, pc: int, word: int) -> Name:
    key = _key_register(prototype, pc, operand_c(word))
    return _global_or_field(prototype, pc, operand_b(word), key)


def _get_integer(prototype: Prototype, pc: int, word: int) -> Name:
    return Name("field", "integer index")


def _get_field(prototype: Prototype, pc: int, word: int) -> Name:
    key = _key_constant(prototype, pc, operand_c(word))
    return _global_or_field(prototype, pc, operand_b(word), key)


def _get_method(prototype: Prototype, pc: int, word: int) -> Name:
    find_key = _key_constant if _bit_k(word) else _key_register
    return Name("method", find_key(prototype, pc, operand_c(word)))


_ACCESSES: Final = {
    Op.GETTABUP: _get_upvalue_field,
    Op.GETTABLE: _get_table,
    Op.GETI: _get_integer,
    Op.GETFIELD: _get_field,
    Op.SELF: _get_method,
}


# --- names of called functions -----------------------------------------------------------------

_METAMETHODS: Final = {
    Op.SELF: "__index",
    Op.GETTABUP: "__index",
    Op.GETTABLE: "__index",
    Op.GETI: "__index",
    Op.GETFIELD: "__index",
    Op.SETTABUP: "__newindex",
    Op.SETTABLE: "__newindex",
    Op.SETI: "__newindex",
    Op.SETFIELD: "__newindex",
    Op.UNM: "__unm",
    Op.BNOT: "__bnot",
    Op.LEN: "__len",
    Op.CONCAT: "__concat",
    Op.EQ: "__eq",
    Op.LT: "__lt",
    Op.LTI: "__lt",
    Op.GTI: "__lt",
    Op.LE: "__le",
    Op.LEI: "__le",
    Op.GEI: "__le",
    Op.CLOSE: "__close",
    Op.RETURN: "__close",
}
"""The event that each instruction calls a metamethod for."""


def calling_pc(frame: Frame) -> int:
    """The instruction at which `frame`, waiting for a call that it made, made that call."""
    is_closing = getattr(frame, "wanted", OPEN) == CLOSE
    return frame.pc if is_closing else max(frame.pc - 1, 0)


def calling_name(frame: Any) -> Name | None:
    """What the function that `frame` waits for is called there; None if nothing is known.

    `frame` is a Frame with a pending call, or a NativeFrame (which knows a name only for hooks
    and finalizers).
    """
    if getattr(frame, "is_hook", False):
        return Name("hook", UNKNOWN)
    if getattr(frame, "is_finalizer", False):
        return Name("metamethod", "__gc")
    if not frame.is_lua:
        return None
    return name_in_call(frame.function.prototype, calling_pc(frame))


def name_in_call(prototype: Prototype, pc: int) -> Name | None:
    """What the instruction at `pc` calls the function that it calls."""
    word = prototype.code[pc]
    op = word & 0x7F
    if op in (Op.CALL, Op.TAILCALL):
        return register_name(prototype, pc, operand_a(word))
    if op == Op.TFORCALL:
        return Name("for iterator", "for iterator")
    if INSTRUCTIONS[op].metamethod:
        event = EVENTS[operand_c(word)]
    elif op in _METAMETHODS:
        event = _METAMETHODS[op]
    else:
        return None
    return Name("metamethod", event[2:])


# --- texts -------------------------------------------------------------------------------------


def describe(name: Name | None) -> str:
    """` (local 'x')`, or "" without a name. As in C, a name ends at its first zero byte."""
    if name is None:
        return ""
    text = name.name.partition("\0")[0]
    return f" ({name.kind} '{text}')"


def variable_info(
    frame: Frame | NativeFrame | None, pc: int, register: int | None = None, upvalue: int | None = None
) -> str:
    """The description of the value in `register`, or in `upvalue`, at the instruction `pc` of `frame`.

    Empty for anything else, and where no Lua code runs.
    """
    if frame is None or not isinstance(frame, Frame):
        return ""
    prototype = frame.function.prototype
    if upvalue is not None:
        return describe(Name("upvalue", upvalue_name(prototype, upvalue)))
    return "" if register is None else describe(register_name(prototype, pc, register))
