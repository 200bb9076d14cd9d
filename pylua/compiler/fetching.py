"""Fetching: makes a value of an operand that still is a variable, an element, a call or `...`.

x (register 1)       LOCAL 1                    →  REGISTER 1    no code
x (an upvalue)       UPVALUE 0                  →  PENDING       GETUPVAL ? 0
t.x                  FIELD(table=2, value=K0)   →  PENDING       GETFIELD ? 2 0
f(1)                 CALL                       →  REGISTER 3    one result, where f was
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import (
    CALL,
    FALSE_VALUE,
    FIELD,
    FLOAT,
    INTEGER,
    INTEGER_INDEX,
    LOCAL,
    NAMED_CONSTANT,
    NIL,
    PENDING,
    REGISTER,
    REGISTER_INDEX,
    STRING,
    TEST,
    TRUE_VALUE,
    UPVALUE,
    UPVALUE_FIELD,
    VARARG,
    Operand,
)
from pylua.hints import Final
from pylua.values.types import TRUE

__all__ = ["FETCHERS", "fetch", "set_result_count"]

_GETUPVAL: Final = Op.GETUPVAL
_GETTABUP: Final = Op.GETTABUP
_GETTABLE: Final = Op.GETTABLE
_GETI: Final = Op.GETI
_GETFIELD: Final = Op.GETFIELD
_ONE_RESULT: Final = 2 << 24
_WITHOUT_A: Final = 0xFFFFFFFF ^ 0xFF << 7
_WITHOUT_C: Final = 0x00FFFFFF
_KINDS: Final = {int: INTEGER, float: FLOAT, str: STRING, type(None): NIL}


def fetch(function: FunctionBuilder, operand: Operand) -> None:
    """Makes a value of a variable, field, call or `...`; its jumps stay."""
    if operand.kind > TEST:
        FETCHERS[operand.kind](function, operand)


def _fetch_local(function: FunctionBuilder, operand: Operand) -> None:
    operand.kind = REGISTER


def _fetch_upvalue(function: FunctionBuilder, operand: Operand) -> None:
    operand.value = function.emit(_GETUPVAL | operand.value << 16)
    operand.kind = PENDING


def _fetch_named_constant(function: FunctionBuilder, operand: Operand) -> None:
    value = operand.value.value
    kind = _KINDS.get(type(value))
    operand.kind = (TRUE_VALUE if value is TRUE else FALSE_VALUE) if kind is None else kind
    operand.value = value


def _fetch_upvalue_field(function: FunctionBuilder, operand: Operand) -> None:
    operand.value = function.emit(_GETTABUP | operand.table << 16 | operand.value << 24)
    operand.kind = PENDING


def _fetch_field(function: FunctionBuilder, operand: Operand) -> None:
    table = operand.table
    if table >= function.local_registers:
        function.free_register -= 1
    operand.value = function.emit(_GETFIELD | table << 16 | operand.value << 24)
    operand.kind = PENDING


def _fetch_integer_index(function: FunctionBuilder, operand: Operand) -> None:
    function.release(operand.table)
    operand.value = function.emit(_GETI | operand.table << 16 | operand.value << 24)
    operand.kind = PENDING


def _fetch_register_index(function: FunctionBuilder, operand: Operand) -> None:
    table, key = operand.table, operand.value
    function.release(max(table, key))
    function.release(min(table, key))
    operand.value = function.emit(_GETTABLE | table << 16 | key << 24)
    operand.kind = PENDING


def _fetch_call(function: FunctionBuilder, operand: Operand) -> None:
    """A call leaves its only value where the function was; CALLs are written with one result."""
    operand.value = function.code[operand.value] >> 7 & 0xFF
    operand.kind = REGISTER


def _fetch_vararg(function: FunctionBuilder, operand: Operand) -> None:
    code = function.code
    code[operand.value] = code[operand.value] & _WITHOUT_C | _ONE_RESULT
    operand.kind = PENDING


_Fetcher = Callable[[FunctionBuilder, Operand], None]
FETCHERS: Final[dict[int, _Fetcher]] = {
    LOCAL: _fetch_local,
    UPVALUE: _fetch_upvalue,
    NAMED_CONSTANT: _fetch_named_constant,
    UPVALUE_FIELD: _fetch_upvalue_field,
    FIELD: _fetch_field,
    INTEGER_INDEX: _fetch_integer_index,
    REGISTER_INDEX: _fetch_register_index,
    CALL: _fetch_call,
    VARARG: _fetch_vararg,
}


def set_result_count(function: FunctionBuilder, operand: Operand, count: int) -> None:
    """Asks a call or `...` for `count` values in the next registers; -1 for all it has."""
    code = function.code
    pc = operand.value
    word = code[pc] & _WITHOUT_C | (count + 1) << 24
    if operand.kind == VARARG:
        word = word & _WITHOUT_A | function.reserve(1) << 7
    code[pc] = word
