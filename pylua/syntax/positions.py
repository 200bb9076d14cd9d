"""AST node → where it begins.

a.b[1]:c(x) = …    ->   the position of `a`
"""

from __future__ import annotations

from pylua.hints import Any
from pylua.syntax.ast import Call, Expression, Name, Parenthesized

__all__ = ["first_node", "first_position"]


def first_node(expression: Expression) -> Name | Parenthesized:
    """The name or parenthesis that a variable or call begins with."""
    node: Any = expression
    while (kind := type(node)) is not Name and kind is not Parenthesized:
        node = node.function if kind is Call else node.object
    first: Name | Parenthesized = node
    return first


def first_position(expression: Expression) -> int:
    """The first token of a variable or call."""
    node = first_node(expression)
    return node.position if isinstance(node, Name) else node.open
