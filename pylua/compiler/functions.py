"""Function bodies: a Function node in, a Prototype added to the function around it (§3.4.11).

function (a, ...) return a end      CLOSURE in the function around it, and here
                                    VARARGPREP 1; RETURN 0 2 2; RETURN 1 1 2
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op, encode_abc
from pylua.bytecode.prototype import Prototype, UpvalueSource
from pylua.compiler.blocks import activate, declare, enter_scope, leave_scope
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.names import ENVIRONMENT
from pylua.compiler.operands import PENDING, Operand
from pylua.compiler.placing import to_next_register
from pylua.compiler.sequences import statements
from pylua.compiler.source_unit import SourceUnit
from pylua.hints import Final
from pylua.syntax.ast import Chunk, Function, LocalName

__all__ = ["function_body", "function_expression", "main_function"]

_CLOSURE: Final = Op.CLOSURE


def main_function(unit: SourceUnit, chunk: Chunk) -> Prototype:
    """The whole chunk: a vararg function whose only upvalue is the environment (§3.3.2)."""
    function = FunctionBuilder(unit, None, 0, 0)
    enter_scope(function)
    _declare_parameters(function, [], True)
    function.add_upvalue(UpvalueSource(ENVIRONMENT, True, 0))
    function.outer_names[ENVIRONMENT] = 0
    statements(function, chunk.body)
    return _close(function, 0)


def function_expression(function: FunctionBuilder, node: Function) -> Operand:
    return function_body(function, node, False, function.unit.lines[node.open])


def function_body(function: FunctionBuilder, node: Function, is_method: bool, line: int) -> Operand:
    """Compiles a nested function that begins at `line`; its closure is in the next register."""
    place = function.reserve_prototype()
    inner = FunctionBuilder(function.unit, function, line, node.open + 1)
    enter_scope(inner)
    if is_method:
        declare(inner, "self")
        activate(inner, 1)
    _declare_parameters(inner, node.parameters, node.is_vararg)
    statements(inner, node.body)
    function.position = inner.position = node.close + 1
    operand = Operand(PENDING, function.emit(_CLOSURE | place << 15))
    to_next_register(function, operand)
    function.prototypes[place] = _close(inner, function.unit.lines[node.close])
    return operand


def _declare_parameters(function: FunctionBuilder, parameters: list[LocalName], is_vararg: bool) -> None:
    """Parameters take the first registers; extra arguments are set aside first."""
    for parameter in parameters:
        function.position = parameter.position + 1
        declare(function, parameter.name)
    activate(function, len(parameters))
    function.parameter_count = function.active_count
    if is_vararg:
        function.is_vararg = True
        if parameters:
            function.position += 2
        elif function.enclosing is not None:
            function.position += 1
        function.emit(encode_abc(Op.VARARGPREP, function.parameter_count, 0, 0))
    function.reserve(function.active_count)


def _close(function: FunctionBuilder, last_line: int) -> Prototype:
    function.emit(encode_abc(Op.RETURN0, function.local_registers, 1, 0))
    leave_scope(function)
    return function.finish(last_line)
