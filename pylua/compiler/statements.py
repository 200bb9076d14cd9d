"""Statements that are neither loops nor assignments (§3.3.1, §3.3.4, §3.3.6); one function per kind."""

from __future__ import annotations

from pylua.bytecode.opcodes import Op, encode_abc
from pylua.compiler.blocks import add_goto, enter_scope, find_label, leave_scope
from pylua.compiler.conditions import jump_if_false, jump_if_true
from pylua.compiler.dispatch import expression, expression_list
from pylua.compiler.fetching import set_result_count
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.labels import BREAK
from pylua.compiler.operands import CALL
from pylua.compiler.placing import to_any_register, to_next_register
from pylua.compiler.sequences import block, statements
from pylua.hints import Final
from pylua.syntax.ast import Break, CallStatement, Do, Goto, If, IfClause, Return

__all__ = [
    "break_statement",
    "call_statement",
    "do_block",
    "goto",
    "if_statement",
    "return_statement",
]

_WITHOUT_C: Final = 0x00FFFFFF
_NO_RESULTS: Final = 1 << 24


def call_statement(function: FunctionBuilder, node: CallStatement) -> None:
    operand = expression(function, node.call)
    code = function.code
    code[operand.value] = code[operand.value] & _WITHOUT_C | _NO_RESULTS


def do_block(function: FunctionBuilder, node: Do) -> None:
    function.position = node.start + 1
    block(function, node.body)
    function.position = node.end + 1


# --- if -----------------------------------------------------------------------------------


def if_statement(function: FunctionBuilder, node: If) -> None:
    exits: list[int] = []
    clauses = node.clauses
    for number, clause in enumerate(clauses, 1):
        _clause(function, clause, exits, number < len(clauses) or node.otherwise is not None)
    if node.otherwise is not None:
        function.position = node.else_position + 1
        block(function, node.otherwise)
    function.position = node.end + 1
    function.patch_here(exits)


def _clause(function: FunctionBuilder, clause: IfClause, exits: list[int], more_follow: bool) -> None:
    """One condition and its block; `exits` collects the jumps to the end of the statement."""
    function.position = clause.start + 1
    operand = expression(function, clause.condition)
    function.position = clause.then + 1
    body = clause.body
    first = 0
    if body.statements and type(body.statements[0]) is Break and body.statements[0].start == clause.then + 1:
        # `if c then break`: the condition itself jumps out of the loop
        line = function.unit.lines[function.position]
        jump_if_true(function, operand)
        enter_scope(function)
        add_goto(function, BREAK, line, operand.true_jumps)
        if len(body.statements) == 1:
            function.position = body.end
            leave_scope(function)
            return
        first = 1
        function.position = body.statements[1].start
        otherwise: list[int] | None = [function.jump()]
    else:
        jump_if_false(function, operand)
        enter_scope(function)
        otherwise = operand.false_jumps
    statements(function, body, first)
    leave_scope(function)
    if more_follow:
        exits.append(function.jump())
    function.patch_here(otherwise)


# --- jumps --------------------------------------------------------------------------------


def goto(function: FunctionBuilder, node: Goto) -> None:
    """Jumps back to a label seen, or forward to one to come."""
    line = function.unit.lines[node.start + 1]
    function.position = node.start + 2
    label = find_label(function, node.label)
    if label is None:
        add_goto(function, node.label, line, [function.jump()])
        return
    if function.local_registers > label.register_level:
        function.emit(encode_abc(Op.CLOSE, label.register_level, 0, 0))
    function.jump_to(label.pc)


def break_statement(function: FunctionBuilder, node: Break) -> None:
    line = function.unit.lines[node.start]
    function.position = node.start + 1
    add_goto(function, BREAK, line, [function.jump()])


def return_statement(function: FunctionBuilder, node: Return) -> None:
    function.position = node.start + 1
    values = node.values
    first = function.local_registers
    if not values:
        function.emit(encode_abc(Op.RETURN0, first, 1, 0))
        return
    last = expression_list(function, values)
    if last.has_several_values:
        set_result_count(function, last, -1)
        scope = function.scope
        assert scope is not None
        if last.kind == CALL and len(values) == 1 and not scope.in_to_be_closed:
            function.code[last.value] += Op.TAILCALL - Op.CALL
        function.emit(encode_abc(Op.RETURN, first, 0, 0))
    elif len(values) == 1:
        function.emit(encode_abc(Op.RETURN1, to_any_register(function, last), 2, 0))
    else:
        to_next_register(function, last)
        function.emit(encode_abc(Op.RETURN, first, len(values) + 1, 0))
