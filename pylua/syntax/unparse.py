"""AST → source text that gives the same AST again, but for positions; one statement a line.

    If([IfClause(Name("x"), Block([Return([Number(1)])]))], …)   ->   if x then
                                                                          return 1
                                                                      end

The AST is taken as the parser makes it: parentheses are nodes of their own, and none are added.
Nothing recurses, because chains of operators and calls may be very deep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum

from pylua.hints import Any, TypeAlias
from pylua.syntax import ast
from pylua.syntax.positions import first_node

__all__ = ["unparse"]


class _Layout(Enum):
    """What a construct asks for between its pieces of text."""

    LINE = "a new line"
    DEEPER = "more indentation from here"
    BACK = "less indentation from here"


Piece: TypeAlias = Any
"""A text, a node still to be written, or a `_Layout`."""

_INDENT = "    "
_MINUS = "-"


def unparse(node: ast.Chunk | ast.Block | ast.Statement | ast.Expression) -> str:
    """The source text of a chunk, a block, a statement or an expression."""
    written: list[str] = []
    pending: list[Piece] = [node]
    indentation = 0
    while pending:
        piece = pending.pop()
        match piece:
            case str():
                written.append(piece)
            case _Layout.LINE:
                written.append("\n" + _INDENT * indentation)
            case _Layout.DEEPER:
                indentation += 1
            case _Layout.BACK:
                indentation -= 1
            case _:
                pending.extend(reversed(_WRITERS[type(piece)](piece)))
    return "".join(written)


def _separated(nodes: Iterable[Piece], separator: Piece) -> list[Piece]:
    pieces = [piece for node in nodes for piece in (separator, node)]
    return pieces[1:]


def _listed(nodes: Iterable[Piece]) -> list[Piece]:
    return _separated(nodes, ", ")


# --- blocks -------------------------------------------------------------------------------


def _body(block: ast.Block) -> list[Piece]:
    """A block inside another construct: indented, the next piece on a line of its own."""
    if not block.statements:
        return [_Layout.LINE]
    return [_Layout.DEEPER, _Layout.LINE, block, _Layout.BACK, _Layout.LINE]


def _block(node: ast.Block) -> list[Piece]:
    return _separated(([_guard(statement), statement] for statement in node.statements), _Layout.LINE)


def _pieces(node: list[Piece]) -> list[Piece]:
    return node


def _guard(statement: ast.Statement) -> str:
    """A semicolon where a parenthesis would continue the statement before (§3.3.1)."""
    match statement:
        case ast.CallStatement(call=first) | ast.Assign(targets=[first, *_]):
            return ";" if isinstance(first_node(first), ast.Parenthesized) else ""
    return ""


# --- statements ---------------------------------------------------------------------------


def _local_name(node: ast.LocalName) -> list[Piece]:
    return [node.name] if node.attribute is None else [f"{node.name} <{node.attribute}>"]


def _local(node: ast.Local) -> list[Piece]:
    values = [" = ", *_listed(node.values)] if node.values else []
    return ["local ", *_listed(node.names), *values]


def _local_function(node: ast.LocalFunction) -> list[Piece]:
    return [f"local function {node.name}", *_function_body(node.function)]


def _function_statement(node: ast.FunctionStatement) -> list[Piece]:
    target = node.target
    if node.is_method and isinstance(target, ast.Field):
        return ["function ", target.object, ":", target.name, *_function_body(node.function)]
    return ["function ", target, *_function_body(node.function)]


def _assign(node: ast.Assign) -> list[Piece]:
    return [*_listed(node.targets), " = ", *_listed(node.values)]


def _while(node: ast.While) -> list[Piece]:
    return ["while ", node.condition, " do", *_body(node.body), "end"]


def _repeat(node: ast.Repeat) -> list[Piece]:
    return ["repeat", *_body(node.body), "until ", node.condition]


def _if(node: ast.If) -> list[Piece]:
    clauses = [
        piece
        for clause in node.clauses
        for piece in ("elseif ", clause.condition, " then", *_body(clause.body))
    ]
    otherwise = [] if node.otherwise is None else ["else", *_body(node.otherwise)]
    return ["if ", *clauses[1:], *otherwise, "end"]


def _numeric_for(node: ast.NumericFor) -> list[Piece]:
    bounds = [node.first, node.limit] if node.step is None else [node.first, node.limit, node.step]
    return ["for ", node.variable, " = ", *_listed(bounds), " do", *_body(node.body), "end"]


def _generic_for(node: ast.GenericFor) -> list[Piece]:
    header = ["for ", *_listed(node.variables), " in ", *_listed(node.values), " do"]
    return [*header, *_body(node.body), "end"]


def _return(node: ast.Return) -> list[Piece]:
    return ["return ", *_listed(node.values)] if node.values else ["return"]


# --- expressions --------------------------------------------------------------------------


def _number(node: ast.Number) -> list[Piece]:
    """Integers that wrapped around in hexadecimal, floats by the shortest text that reads the same."""
    value = node.value
    if isinstance(value, int):
        return [str(value) if value >= 0 else hex(value & 0xFFFF_FFFF_FFFF_FFFF)]
    return ["1e999" if value == float("inf") else repr(value)]


_ESCAPED = {code: f"\\{code:03}" for code in range(256) if not " " <= chr(code) <= "~"} | {
    ord("\n"): "\\n",
    ord("\\"): "\\\\",
    ord('"'): '\\"',
}


def _string(node: ast.String) -> list[Piece]:
    return ['"' + node.value.translate(_ESCAPED) + '"']


def _unary(node: ast.Unary) -> list[Piece]:
    operand = node.operand
    negated_twice = isinstance(operand, ast.Unary) and operand.operator == node.operator == _MINUS
    spaced = node.operator.isalpha() or negated_twice  # two minus signs would be a comment
    return [node.operator + (" " if spaced else ""), operand]


def _function_body(node: ast.Function) -> list[Piece]:
    parameters = [*node.parameters, "..."] if node.is_vararg else node.parameters
    return ["(", *_listed(parameters), ")", *_body(node.body), "end"]


_WRITERS: dict[type, Callable[[Any], list[Piece]]] = {
    list: _pieces,
    ast.Chunk: lambda node: [node.body],
    ast.Block: _block,
    # statements
    ast.Assign: _assign,
    ast.Break: lambda node: ["break"],
    ast.CallStatement: lambda node: [node.call],
    ast.Do: lambda node: ["do", *_body(node.body), "end"],
    ast.FunctionStatement: _function_statement,
    ast.GenericFor: _generic_for,
    ast.Goto: lambda node: [f"goto {node.label}"],
    ast.If: _if,
    ast.Label: lambda node: [f"::{node.name}::"],
    ast.Local: _local,
    ast.LocalFunction: _local_function,
    ast.LocalName: _local_name,
    ast.NumericFor: _numeric_for,
    ast.Repeat: _repeat,
    ast.Return: _return,
    ast.While: _while,
    # expressions
    ast.Binary: lambda node: [node.left, f" {node.operator} ", node.right],
    ast.Call: lambda node: [node.function, "(", *_listed(node.arguments), ")"],
    ast.FalseLiteral: lambda node: ["false"],
    ast.Field: lambda node: [node.object, f".{node.name}"],
    ast.Function: lambda node: ["function", *_function_body(node)],
    ast.Index: lambda node: [node.object, "[", node.key, "]"],
    ast.KeyedItem: lambda node: ["[", node.key, "] = ", node.value],
    ast.MethodCall: lambda node: [node.object, f":{node.name}(", *_listed(node.arguments), ")"],
    ast.Name: lambda node: [node.name],
    ast.NamedItem: lambda node: [f"{node.name} = ", node.value],
    ast.Nil: lambda node: ["nil"],
    ast.Number: _number,
    ast.Parenthesized: lambda node: ["(", node.expression, ")"],
    ast.PositionalItem: lambda node: [node.value],
    ast.String: _string,
    ast.TableConstructor: lambda node: ["{", *_listed(node.items), "}"],
    ast.TrueLiteral: lambda node: ["true"],
    ast.Unary: _unary,
    ast.Vararg: lambda node: ["..."],
}
"""How each node is written: its pieces in order."""
