"""From a parsed chunk to the Prototype of its main function.

    compile_chunk(parse("return ...", "=x"), "=x").code  →  VARARGPREP, VARARG, RETURN, RETURN

One walk over the AST writes the code, choosing registers, constants and instructions exactly
as PUC Lua 5.4 does, so that dumped chunks are equal to the byte.
"""

from __future__ import annotations

import sys

from pylua.bytecode.prototype import Prototype
from pylua.compiler import assignments, expressions, loops, statements, tables
from pylua.compiler.dispatch import EXPRESSIONS, STATEMENTS
from pylua.compiler.functions import function_expression, main_function
from pylua.compiler.source_unit import SourceUnit
from pylua.hints import Final
from pylua.syntax import ast

__all__ = ["compile_chunk"]

_FRAMES_NEEDED: Final = 3000
"""Python frames for the deepest nesting the parser lets through: 200 levels, under ten frames each."""

EXPRESSIONS.update(
    {
        ast.Nil: expressions.nil,
        ast.TrueLiteral: expressions.true_literal,
        ast.FalseLiteral: expressions.false_literal,
        ast.Vararg: expressions.vararg,
        ast.Number: expressions.number,
        ast.String: expressions.string,
        ast.Name: expressions.name,
        ast.Parenthesized: expressions.parenthesized,
        ast.Field: expressions.suffixed,
        ast.Index: expressions.suffixed,
        ast.Call: expressions.suffixed,
        ast.MethodCall: expressions.suffixed,
        ast.Unary: expressions.unary,
        ast.Binary: expressions.binary,
        ast.Function: function_expression,
        ast.TableConstructor: tables.table_constructor,
    }
)

STATEMENTS.update(
    {
        ast.Local: assignments.local,
        ast.LocalFunction: assignments.local_function,
        ast.FunctionStatement: assignments.function_statement,
        ast.Assign: assignments.assign,
        ast.CallStatement: statements.call_statement,
        ast.Do: statements.do_block,
        ast.While: loops.while_loop,
        ast.Repeat: loops.repeat_loop,
        ast.If: statements.if_statement,
        ast.NumericFor: loops.numeric_for,
        ast.GenericFor: loops.generic_for,
        ast.Goto: statements.goto,
        ast.Break: statements.break_statement,
        ast.Return: statements.return_statement,
    }
)


def compile_chunk(chunk: ast.Chunk, chunk_name: str) -> Prototype:
    """Compiles a chunk; raises LuaSyntaxError for what the grammar alone can't refuse.

    The error's `position` is the token at which a one-pass compiler would have stopped.
    """
    unit = SourceUnit(chunk_name, chunk.tokens)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + _FRAMES_NEEDED)
    try:
        return main_function(unit, chunk)
    finally:
        sys.setrecursionlimit(limit)
