"""Assignments and declarations (§3.3.3, §3.3.7, §3.4.11).

a, b = b, a             MOVE b's value aside; store into a and b from the right
local x <const> = 5     no code: x is a compile-time constant
local f <close> = g()   CALL; TBC
function a.b:c() end    CLOSURE; SETFIELD, at the line of `function`
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op, encode_abc
from pylua.bytecode.prototype import UpvalueKind
from pylua.compiler.blocks import activate, activate_constant, declare, mark_to_be_closed
from pylua.compiler.constants import known_value
from pylua.compiler.dispatch import expression, expression_list
from pylua.compiler.fetching import fetch, set_result_count
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.functions import function_body
from pylua.compiler.indexing import store
from pylua.compiler.operands import (
    CALL,
    FIELD,
    INTEGER_INDEX,
    LOCAL,
    NAMED_CONSTANT,
    REGISTER,
    REGISTER_INDEX,
    UPVALUE,
    UPVALUE_FIELD,
    Operand,
)
from pylua.compiler.placing import load_nil, to_next_register
from pylua.compiler.scopes import Variable
from pylua.hints import Final
from pylua.syntax.ast import Assign, FunctionStatement, Local, LocalFunction, LocalName

__all__ = ["adjust_values", "assign", "function_statement", "local", "local_function"]

_ATTRIBUTES: Final = {"const": UpvalueKind.CONSTANT, "close": UpvalueKind.TO_BE_CLOSED}


def adjust_values(function: FunctionBuilder, wanted: int, given: int, last: Operand | None) -> None:
    """Makes `given` values, the last of them still an operand, `wanted` ones in registers (§3.4.12)."""
    missing = wanted - given
    if last is not None and last.has_several_values:
        set_result_count(function, last, max(missing + 1, 0))
    else:
        if last is not None:
            to_next_register(function, last)
        if missing > 0:
            load_nil(function, function.free_register, missing)
    if missing > 0:
        function.reserve(missing)
    else:
        function.free_register += missing


# --- local --------------------------------------------------------------------------------


def local(function: FunctionBuilder, node: Local) -> None:
    names = node.names
    to_be_closed: Variable | None = None
    for name in names:
        function.position = name.position + 1
        variable = declare(function, name.name)
        if name.attribute is not None:
            variable.kind = _attribute(function, name)
            if variable.kind == UpvalueKind.TO_BE_CLOSED:
                if to_be_closed is not None:
                    raise function.semantic_fault("multiple to-be-closed variables in local list")
                to_be_closed = variable
    values = node.values
    last: Operand | None = None
    if values:
        function.position += 1
        last = expression_list(function, values)
        if len(values) == len(names) and variable.kind == UpvalueKind.CONSTANT:
            known = known_value(last)
            if known is not None:
                activate(function, len(names) - 1)
                activate_constant(function, variable, known[0])
                _close_at_end(function, to_be_closed)
                return
    adjust_values(function, len(names), len(values), last)
    activate(function, len(names))
    _close_at_end(function, to_be_closed)


def _attribute(function: FunctionBuilder, name: LocalName) -> int:
    function.position = name.position + 4
    assert name.attribute is not None
    kind = _ATTRIBUTES.get(name.attribute)
    if kind is None:
        raise function.semantic_fault(f"unknown attribute '{name.attribute}'")
    return kind


def _close_at_end(function: FunctionBuilder, variable: Variable | None) -> None:
    if variable is not None:
        mark_to_be_closed(function)
        function.emit(encode_abc(Op.TBC, variable.register, 0, 0))


def local_function(function: FunctionBuilder, node: LocalFunction) -> None:
    """The variable is in scope in the function's own body, but debuggers see it only after that."""
    function.position = node.start + 3
    variable = declare(function, node.name)
    activate(function, 1)
    function_body(function, node.function, False, function.unit.lines[node.function.open])
    assert variable.debug is not None
    variable.debug.start_pc = len(function.code)


# --- assignment ---------------------------------------------------------------------------


def assign(function: FunctionBuilder, node: Assign) -> None:
    targets: list[Operand] = []
    for target_node in node.targets:
        if targets:
            function.position += 1
        target = expression(function, target_node)
        if targets and target.kind in (LOCAL, UPVALUE):
            _keep_for_earlier(function, targets, target)
        _check_assignable(function, target)
        targets.append(target)
    function.position = node.equals + 1
    values = node.values
    last = expression_list(function, values)
    if len(values) == len(targets):
        if last.kind >= CALL:
            fetch(function, last)
        store(function, targets.pop(), last)
    else:
        adjust_values(function, len(targets), len(values), last)
    for target in reversed(targets):
        store(function, target, Operand(REGISTER, function.free_register - 1))


def _check_assignable(function: FunctionBuilder, target: Operand) -> None:
    kind = target.kind
    if kind == LOCAL:
        variable: Variable = target.table
        name = variable.name if variable.kind != UpvalueKind.REGULAR else None
    elif kind == UPVALUE:
        upvalue = function.upvalues[target.value]
        name = upvalue.name if upvalue.kind != UpvalueKind.REGULAR else None
    else:
        name = target.value.name if kind == NAMED_CONSTANT else None
    if name is not None:
        raise function.semantic_fault(f"attempt to assign to const variable '{name}'")


def _keep_for_earlier(function: FunctionBuilder, targets: list[Operand], variable: Operand) -> None:
    """Copies a variable that is about to be assigned if earlier targets still index with it.

    In `t[i], i = 1, 2` the element assigned is that of the old `i`.
    """
    spare = function.free_register
    if variable.kind == LOCAL:
        conflicts = [_use_copy_of_local(target, variable.value, spare) for target in targets]
        word = encode_abc(Op.MOVE, spare, variable.value, 0)
    else:
        conflicts = [_use_copy_of_upvalue(target, variable.value, spare) for target in targets]
        word = encode_abc(Op.GETUPVAL, spare, variable.value, 0)
    if any(conflicts):
        function.emit(word)
        function.reserve(1)


def _use_copy_of_local(target: Operand, register: int, spare: int) -> bool:
    conflict = False
    if target.kind in (FIELD, INTEGER_INDEX, REGISTER_INDEX) and target.table == register:
        target.table = spare
        conflict = True
    if target.kind == REGISTER_INDEX and target.value == register:
        target.value = spare
        conflict = True
    return conflict


def _use_copy_of_upvalue(target: Operand, upvalue: int, spare: int) -> bool:
    if target.kind == UPVALUE_FIELD and target.table == upvalue:
        target.kind = FIELD
        target.table = spare
        return True
    return False


def function_statement(function: FunctionBuilder, node: FunctionStatement) -> None:
    """`function a.b.c:m() … end`."""
    line = function.unit.lines[node.start]
    function.position = node.start + 1
    target = expression(function, node.target)
    closure = function_body(function, node.function, node.is_method, line)
    _check_assignable(function, target)
    store(function, target, closure)
    function.move_last_to(line)
