"""Elements of tables as operands, and assignment to anything that can be assigned.

t.x        t in register 2, "x" constant 0     →  FIELD(table=2, value=0)
t[5]       INTEGER_INDEX(table=2, value=5)         t[k]  →  REGISTER_INDEX(table=2, value=3)
print      UPVALUE_FIELD of _ENV
t.x = 5    store(FIELD, INTEGER 5)             →  SETFIELD 2 0 1k
"""

from __future__ import annotations

from pylua.bytecode.opcodes import MAX_C, Op
from pylua.bytecode.prototype import LONGEST_SHORT_STRING
from pylua.compiler.constants import MAX_K_OPERAND, to_constant_or_register
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import (
    CONSTANT,
    FIELD,
    INTEGER,
    INTEGER_INDEX,
    LOCAL,
    REGISTER,
    REGISTER_INDEX,
    STRING,
    UPVALUE,
    UPVALUE_FIELD,
    Operand,
)
from pylua.compiler.placing import to_any_register, to_register
from pylua.hints import Final

__all__ = ["field_of", "index_of", "store"]


_SETUPVAL: Final = Op.SETUPVAL
_STORES: Final = {
    UPVALUE_FIELD: Op.SETTABUP,
    FIELD: Op.SETFIELD,
    INTEGER_INDEX: Op.SETI,
    REGISTER_INDEX: Op.SETTABLE,
}
_K: Final = 1 << 15


def field_of(function: FunctionBuilder, table: Operand, name: str) -> None:
    """Makes `table`, in a register or an upvalue, its field `name`."""
    index = function.constant(name)
    if index <= MAX_K_OPERAND and len(name) <= LONGEST_SHORT_STRING:
        table.kind, table.table = (UPVALUE_FIELD if table.kind == UPVALUE else FIELD), table.value
        table.value = index
    else:
        _index_by_register(function, table, Operand(CONSTANT, index))


def index_of(function: FunctionBuilder, table: Operand, key: Operand) -> None:
    """Makes `table`, in a register or an upvalue, its element `key`, a plain value."""
    if key.kind == STRING:
        field_of(function, table, key.value)
    elif key.kind == INTEGER and 0 <= key.value <= MAX_C:
        if table.kind == UPVALUE:
            to_any_register(function, table)
        table.kind, table.table, table.value = INTEGER_INDEX, table.value, key.value
    else:
        _index_by_register(function, table, key)


def _index_by_register(function: FunctionBuilder, table: Operand, key: Operand) -> None:
    if table.kind == UPVALUE:
        to_any_register(function, table)
    table.kind, table.table, table.value = REGISTER_INDEX, table.value, to_any_register(function, key)


def store(function: FunctionBuilder, target: Operand, operand: Operand) -> None:
    """Assigns the value to a variable or a table's element."""
    kind = target.kind
    if kind == LOCAL:
        if operand.kind == REGISTER:
            function.release(operand.value)
        to_register(function, operand, target.value)
        return
    if kind == UPVALUE:
        register = to_any_register(function, operand)
        function.emit(_SETUPVAL | register << 7 | target.value << 16)
    else:
        constant = _K if to_constant_or_register(function, operand) else 0
        function.emit(_STORES[kind] | target.table << 7 | target.value << 16 | operand.value << 24 | constant)
    if operand.kind == REGISTER:
        function.release(operand.value)
