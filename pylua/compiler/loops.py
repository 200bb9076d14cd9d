"""Loops (§3.3.4, §3.3.5).

while c do … end        c; JMP → end; body; JMP → c
for i = 1, n do … end   three state values; FORPREP; body; FORLOOP
for k, v in e do … end  four state values; TFORPREP; body; TFORCALL; TFORLOOP
repeat … until c        body; c (sees the body's variables); JMP → body
"""

from __future__ import annotations

from collections.abc import Sequence

from pylua.bytecode.opcodes import MAX_BX, Op, encode_abc, encode_abx
from pylua.compiler.assignments import adjust_values
from pylua.compiler.blocks import activate, declare, enter_scope, leave_scope, mark_to_be_closed
from pylua.compiler.conditions import jump_if_false
from pylua.compiler.dispatch import expression, expression_list
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import FALSE_VALUE, NIL
from pylua.compiler.placing import load_integer, to_next_register
from pylua.compiler.sequences import block, statements
from pylua.hints import Final
from pylua.syntax.ast import Block, Expression, GenericFor, NumericFor, Repeat, While

__all__ = ["generic_for", "numeric_for", "repeat_loop", "while_loop"]

_STATE: Final = "(for state)"
"""The name of the variables that hold a loop's state."""


def condition(function: FunctionBuilder, node: Expression) -> list[int] | None:
    """Goes on if the condition holds; returns the jumps taken if not."""
    operand = expression(function, node)
    if operand.kind == NIL:
        operand.kind = FALSE_VALUE
    jump_if_false(function, operand)
    return operand.false_jumps


def while_loop(function: FunctionBuilder, node: While) -> None:
    function.position = node.start + 1
    start = function.mark_target()
    exits = condition(function, node.condition)
    enter_scope(function, is_loop=True)
    function.position = node.do + 1
    block(function, node.body)
    function.jump_to(start)
    function.position = node.end + 1
    leave_scope(function)
    function.patch_here(exits)


def repeat_loop(function: FunctionBuilder, node: Repeat) -> None:
    start = function.mark_target()
    enter_scope(function, is_loop=True)
    scope = enter_scope(function)
    function.position = node.start + 1
    statements(function, node.body)
    function.position = node.until + 1
    again = condition(function, node.condition)
    leave_scope(function)
    if scope.captured:
        again = _close_before_repeating(function, again, scope.first_register)
    function.patch(again, start)
    leave_scope(function)


def _close_before_repeating(function: FunctionBuilder, again: list[int] | None, first: int) -> list[int]:
    leave = function.jump()
    function.patch_here(again)
    function.emit(encode_abc(Op.CLOSE, first, 0, 0))
    repeat = function.jump()
    function.patch_here([leave])
    return [repeat]


def numeric_for(function: FunctionBuilder, node: NumericFor) -> None:
    enter_scope(function, is_loop=True)
    base = function.free_register
    function.position = node.start + 2
    for name in (_STATE, _STATE, _STATE, node.variable.name):
        declare(function, name)
    function.position += 1
    _value_in_next_register(function, node.first)
    function.position += 1
    _value_in_next_register(function, node.limit)
    if node.step is not None:
        function.position += 1
        _value_in_next_register(function, node.step)
    else:
        load_integer(function, 1, function.free_register)
        function.reserve(1)
    activate(function, 3)
    line = function.unit.lines[node.start]
    function.position = node.do + 1
    prepare = function.emit(encode_abx(Op.FORPREP, base, 0))
    _body(function, node.body, prepare, 1)
    _loop_back(function, Op.FORLOOP, prepare, line)
    function.position = node.end + 1
    leave_scope(function)


def _value_in_next_register(function: FunctionBuilder, node: Expression) -> None:
    to_next_register(function, expression(function, node))


def generic_for(function: FunctionBuilder, node: GenericFor) -> None:
    enter_scope(function, is_loop=True)
    base = function.free_register
    function.position = node.start + 2
    for name in (_STATE, _STATE, _STATE, _STATE, node.variables[0].name):
        declare(function, name)
    for variable in node.variables[1:]:
        function.position = variable.position + 1
        declare(function, variable.name)
    function.position = node.in_position + 1
    line = function.unit.lines[function.position]
    _iterator_values(function, node.values)
    function.position = node.do + 1
    prepare = function.emit(encode_abx(Op.TFORPREP, base, 0))
    _body(function, node.body, prepare, len(node.variables))
    function.emit_at(encode_abc(Op.TFORCALL, base, 0, len(node.variables)), line)
    _loop_back(function, Op.TFORLOOP, prepare, line)
    function.position = node.end + 1
    leave_scope(function)


def _iterator_values(function: FunctionBuilder, values: Sequence[Expression]) -> None:
    """Iterator, state, control variable and closing value, and room to call the iterator."""
    adjust_values(function, 4, len(values), expression_list(function, values))
    activate(function, 4)
    mark_to_be_closed(function)
    function.require_registers(3)


def _body(function: FunctionBuilder, body: Block, prepare: int, variable_count: int) -> None:
    """The loop's own variables and its body; the preparing instruction jumps behind it."""
    enter_scope(function)
    activate(function, variable_count)
    function.reserve(variable_count)
    block(function, body)
    leave_scope(function)
    _set_distance(function, prepare, function.mark_target() - (prepare + 1))


def _loop_back(function: FunctionBuilder, opcode: int, prepare: int, line: int) -> None:
    """Adds the instruction that jumps back to behind the preparing one."""
    base = function.code[prepare] >> 7 & 0xFF
    end = function.emit(encode_abx(opcode, base, 0))
    _set_distance(function, end, end - prepare)
    function.move_last_to(line)


def _set_distance(function: FunctionBuilder, pc: int, distance: int) -> None:
    if distance > MAX_BX:
        raise function.fault_near("control structure too long")
    function.code[pc] |= distance << 15
