"""The messages of failed operations: frame, instruction and operands in, text without position out.

    index_fault(frame, pc, nil, "y")  ->  attempt to index a nil value (field 'x')

`frame` is the running Frame, or None (or a NativeFrame) when native code does the operation:
then no variable is named. The `…_here` functions look at the running thread themselves.
A value has a name only if it is an operand of the instruction, not if it came up on the way
(as an `__index` that can't be indexed).
"""

from __future__ import annotations

from pylua.bytecode.opcodes import INSTRUCTIONS, Op
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.integers import float_to_integer
from pylua.values.numerals import read_numeral
from pylua.values.types import LuaValue, type_name
from pylua.vm.thread import Frame, NativeFrame
from pylua.vm.variables import (
    calling_name,
    calling_pc,
    describe,
    local_name,
    name_in_call,
    operand_a,
    operand_b,
    variable_info,
)

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = [
    "arithmetic_fault",
    "call_fault",
    "call_fault_here",
    "close_fault",
    "compare_fault",
    "concat_fault",
    "concat_fault_here",
    "for_fault",
    "index_fault",
    "index_fault_here",
    "length_fault",
    "length_fault_here",
    "type_name_of",
]

_Place = Frame | NativeFrame | None

_BITWISE: Final = frozenset({"__band", "__bor", "__bxor", "__shl", "__shr", "__bnot"})
_NUMBERS: Final = frozenset({int, float})


def type_name_of(value: LuaValue) -> str:
    """The type of `value`, or what the `__name` of its metatable says."""
    metatable = getattr(value, "metatable", None)
    if metatable is not None:
        name = metatable.raw_get("__name")
        if type(name) is str:
            return name.partition("\0")[0]
    return type_name(value)


def _type_fault(value: LuaValue, operation: str, info: str) -> str:
    return f"attempt to {operation} a {type_name_of(value)} value{info}"


def _running_place(state: State) -> tuple[Any, int]:
    frame = state.thread.frames[-1]
    return frame, max(frame.pc - 1, 0) if frame.is_lua else 0


def _info_if_same(frame: _Place, pc: int, register: int, value: LuaValue) -> str:
    """The description of `register`, provided that the faulty `value` is what it holds."""
    if not isinstance(frame, Frame) or frame.registers[register] is not value:
        return ""
    return variable_info(frame, pc, register)


# --- indexing ----------------------------------------------------------------------------------

_INDEXED_AT_B: Final = frozenset({Op.GETTABLE, Op.GETI, Op.GETFIELD, Op.SELF})
_INDEXED_AT_A: Final = frozenset({Op.SETTABLE, Op.SETI, Op.SETFIELD})


def index_fault(frame: _Place, pc: int, value: LuaValue, key: LuaValue) -> str:
    """`value` has no fields and no `__index` or `__newindex`."""
    return _type_fault(value, "index", _indexed_info(frame, pc, value))


def index_fault_here(state: State, value: LuaValue, key: LuaValue) -> str:
    """As index_fault, for the instruction that runs."""
    return index_fault(*_running_place(state), value, key)


def _indexed_info(frame: _Place, pc: int, value: LuaValue) -> str:
    if not isinstance(frame, Frame):
        return ""
    word = frame.function.prototype.code[pc]
    op = word & 0x7F
    if op in _INDEXED_AT_B:
        return _info_if_same(frame, pc, operand_b(word), value)
    if op in _INDEXED_AT_A:
        return _info_if_same(frame, pc, operand_a(word), value)
    if op == Op.GETTABUP:
        return _upvalue_info(frame, pc, operand_b(word), value)
    if op == Op.SETTABUP:
        return _upvalue_info(frame, pc, operand_a(word), value)
    return ""


def _upvalue_info(frame: Frame, pc: int, index: int, value: LuaValue) -> str:
    """The description of upvalue `index`; of upvalues joined together, the first one's name."""
    upvalues = frame.function.upvalues
    if upvalues[index].value is not value:
        return ""
    return variable_info(frame, pc, upvalue=upvalues.index(upvalues[index]))


# --- calls ---------------------------------------------------------------------------------------


def call_fault(frame: _Place, pc: int, value: LuaValue) -> str:
    """`value` is no function and has no `__call`; it is named as the instruction at `pc` calls it."""
    if isinstance(frame, Frame):
        name = name_in_call(frame.function.prototype, pc)
    else:
        name = None if frame is None else calling_name(frame)
    return _type_fault(value, "call", describe(name))


def call_fault_here(state: State, value: LuaValue) -> str:
    """As call_fault, for the call that is being made on top of the running thread."""
    frame = state.thread.frames[-1]
    return call_fault(frame, calling_pc(frame) if frame.is_lua else 0, value)


# --- arithmetic ----------------------------------------------------------------------------------


def arithmetic_fault(frame: _Place, pc: int, event: str, left: LuaValue, right: LuaValue) -> str:
    """Neither operand handles `event`: the first that is no number is to blame.

    `pc` is the arithmetic instruction or the MMBIN… that belongs to it.
    """
    if event in _BITWISE and type(left) in _NUMBERS and type(right) in _NUMBERS:
        at_right = _is_integral(left)
        return f"number{_operand_info(frame, pc, at_right)} has no integer representation"
    at_right = type(left) in _NUMBERS
    operation = "perform bitwise operation on" if event in _BITWISE else "perform arithmetic on"
    return _type_fault(right if at_right else left, operation, _operand_info(frame, pc, at_right))


def _is_integral(value: LuaValue) -> bool:
    number = read_numeral(value) if type(value) is str else value
    return type(number) is int or (type(number) is float and float_to_integer(number) is not None)


def _operand_info(frame: _Place, pc: int, at_right: bool) -> str:
    """The description of the left or right operand of an arithmetic instruction."""
    if not isinstance(frame, Frame):
        return ""
    code = frame.function.prototype.code
    if not INSTRUCTIONS[code[pc] & 0x7F].metamethod and INSTRUCTIONS[code[pc + 1] & 0x7F].metamethod:
        pc += 1
    register = _operand_register(code[pc], at_right)
    return "" if register is None else variable_info(frame, pc, register)


def _operand_register(word: int, at_right: bool) -> int | None:
    """Where an operand is; None for constants and for instructions without operands of that kind."""
    op = word & 0x7F
    if op in (Op.UNM, Op.BNOT):
        return operand_b(word)
    if op == Op.MMBIN:
        return operand_b(word) if at_right else operand_a(word)
    if op in (Op.MMBINI, Op.MMBINK):
        is_swapped = bool(word >> 15 & 1)
        return operand_a(word) if at_right == is_swapped else None
    return None


# --- length and concatenation ---------------------------------------------------------------------


def length_fault(frame: _Place, pc: int, value: LuaValue) -> str:
    """`value` has no length."""
    info = ""
    if isinstance(frame, Frame):
        word = frame.function.prototype.code[pc]
        if word & 0x7F == Op.LEN:
            info = _info_if_same(frame, pc, operand_b(word), value)
    return _type_fault(value, "get length of", info)


def length_fault_here(state: State, value: LuaValue) -> str:
    """As length_fault, for the instruction that runs."""
    return length_fault(*_running_place(state), value)


def concat_fault(frame: _Place, pc: int, left: LuaValue, right: LuaValue) -> str:
    """`left .. right` without strings or numbers: the first that is neither is to blame."""
    at_right = type(left) is str or type(left) in _NUMBERS
    info = ""
    if isinstance(frame, Frame):
        word = frame.function.prototype.code[pc]
        if word & 0x7F == Op.CONCAT:
            register = _left_register(frame, operand_a(word), operand_b(word), left, right)
            if register is not None:
                info = variable_info(frame, pc, register + at_right)
    return _type_fault(right if at_right else left, "concatenate", info)


def concat_fault_here(state: State, left: LuaValue, right: LuaValue) -> str:
    """As concat_fault, for the instruction that runs."""
    return concat_fault(*_running_place(state), left, right)


def _left_register(frame: Frame, first: int, count: int, left: LuaValue, right: LuaValue) -> int | None:
    """Where the left operand of the failed step is.

    CONCAT goes from right to left: it is the last place where both operands stand side by
    side, or, if the right one is an intermediate result, the last place of the left one.
    """
    registers = frame.registers
    places = [place for place in range(first + count - 2, first - 1, -1) if registers[place] is left]
    for place in places:
        if registers[place + 1] is right:
            return place
    return places[0] if places else None


# --- comparison and loops --------------------------------------------------------------------------


def compare_fault(left: LuaValue, right: LuaValue) -> str:
    """`left` and `right` have no order."""
    left_type, right_type = type_name_of(left), type_name_of(right)
    if left_type == right_type:
        return f"attempt to compare two {left_type} values"
    return f"attempt to compare {left_type} with {right_type}"


def for_fault(value: LuaValue, what: str) -> str:
    """A numeric loop's `what` ("initial value", "limit", "step") is no number (§3.3.5)."""
    return f"bad 'for' {what} (number expected, got {type_name_of(value)})"


def close_fault(frame: Frame, register: int) -> str:
    """The to-be-closed variable in `register` got a value without `__close`."""
    name = local_name(frame.function.prototype, register + 1, frame.pc) or "(temporary)"
    return f"variable '{name}' got a non-closable value"
