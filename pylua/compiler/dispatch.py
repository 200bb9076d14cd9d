"""Which function compiles which kind of node; compile.py fills the two tables.

The functions for nested constructs need each other (a function is an expression made of
statements); they meet here instead of importing each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import Operand
from pylua.compiler.placing import to_next_register
from pylua.hints import Any, Final
from pylua.syntax.ast import Expression

__all__ = ["EXPRESSIONS", "STATEMENTS", "expression", "expression_list"]

EXPRESSIONS: Final[dict[type, Callable[[FunctionBuilder, Any], Operand]]] = {}
STATEMENTS: Final[dict[type, Callable[[FunctionBuilder, Any], None]]] = {}


def expression(function: FunctionBuilder, node: Expression) -> Operand:
    """Compiles an expression as far as its value is not delayed."""
    return EXPRESSIONS[type(node)](function, node)


def expression_list(function: FunctionBuilder, nodes: Sequence[Expression]) -> Operand:
    """Compiles expressions into consecutive registers, but for the last, which is returned."""
    operand = EXPRESSIONS[type(nodes[0])](function, nodes[0])
    if len(nodes) > 1:
        for node in nodes[1:]:
            function.position += 1
            to_next_register(function, operand)
            operand = EXPRESSIONS[type(node)](function, node)
    return operand
