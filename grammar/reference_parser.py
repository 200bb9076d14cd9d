"""Source text → AST by stock Lark: slow, plain, and the judge of the generated parser.

Each method of `TreeBuilder` is one alternative of lua.lark and gets all its parts, words
included. Only the construct around a block knows the word that ends it, and sets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token

from pylua.syntax import ast
from pylua.syntax.escapes import string_value
from pylua.syntax.positions import first_position
from pylua.values.numerals import read_numeral

__all__ = ["GRAMMAR_PATH", "parse_with_lark", "stock_parser"]

GRAMMAR_PATH = Path(__file__).with_name("lua.lark")
_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Word:
    """A token: its text and its index among all tokens."""

    text: str
    at: int


@cache
def stock_parser() -> Lark:
    """Lark's own LALR parser and lexer for the grammar."""
    return Lark(
        GRAMMAR_PATH.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="basic",
        keep_all_tokens=True,
        maybe_placeholders=False,
    )


def parse_with_lark(source: str) -> ast.Chunk:
    """The AST of a valid program; Lark's exceptions for any other text."""
    tokens = list(stock_parser().lex(source))
    words = {token.start_pos: Word(str(token), at) for at, token in enumerate(tokens)}
    body: ast.Block = _transformed(source, words)
    body.end = len(tokens)
    texts = [str(token) for token in tokens]
    lines = [token.end_line or 0 for token in tokens]
    return ast.Chunk(body, ast.Tokens([*texts, ""], [*lines, source.count("\n") + 1]))


def _transformed(source: str, words: dict[int | None, Word]) -> Any:
    """What TreeBuilder makes of the tree, which is walked upwards without recursion: it may be deep."""
    tree = stock_parser().parse(source)
    results: dict[int, Any] = {}
    for subtree in tree.iter_subtrees():
        parts = [
            words[part.start_pos] if isinstance(part, Token) else results[id(part)]
            for part in subtree.children
        ]
        results[id(subtree)] = getattr(TreeBuilder, subtree.data)(*parts)
    return results[id(tree)]


def _ended(block: ast.Block, end: Word) -> ast.Block:
    block.end = end.at
    return block


def _string(word: Word) -> ast.String:
    return ast.String(string_value(word.text), word.at)


def _parameters(names: list[Word]) -> list[ast.LocalName]:
    return [ast.LocalName(name.text, None, name.at) for name in names]


class TreeBuilder:
    """One function per alternative of the grammar, by its name."""

    @staticmethod
    def chunk(block: ast.Block) -> ast.Block:
        return block

    # --- blocks ---------------------------------------------------------------------------

    @staticmethod
    def block(statements: list[ast.Statement]) -> ast.Block:
        return ast.Block(statements, _UNKNOWN)

    @staticmethod
    def block_with_return(statements: list[ast.Statement], result: ast.Return, *_: Word) -> ast.Block:
        return ast.Block([*statements, result], _UNKNOWN)

    @staticmethod
    def no_statements() -> list[ast.Statement]:
        return []

    @staticmethod
    def more_statements(statements: list[ast.Statement], statement: ast.Statement) -> list[ast.Statement]:
        statements.append(statement)
        return statements

    @staticmethod
    def empty_statement(statements: list[ast.Statement], _: Word) -> list[ast.Statement]:
        return statements

    @staticmethod
    def return_nothing(start: Word) -> ast.Return:
        return ast.Return([], start.at)

    @staticmethod
    def return_values(start: Word, values: list[ast.Expression]) -> ast.Return:
        return ast.Return(values, start.at)

    # --- statements -----------------------------------------------------------------------

    @staticmethod
    def assign(targets: list[ast.Expression], equals: Word, values: list[ast.Expression]) -> ast.Assign:
        return ast.Assign(targets, values, equals.at, first_position(targets[0]))

    @staticmethod
    def call_statement(call: ast.Call) -> ast.CallStatement:
        return ast.CallStatement(call, first_position(call))

    @staticmethod
    def label(start: Word, name: Word, _: Word) -> ast.Label:
        return ast.Label(name.text, start.at)

    @staticmethod
    def break_(start: Word) -> ast.Break:
        return ast.Break(start.at)

    @staticmethod
    def goto(start: Word, label: Word) -> ast.Goto:
        return ast.Goto(label.text, start.at)

    @staticmethod
    def do(start: Word, body: ast.Block, end: Word) -> ast.Do:
        return ast.Do(_ended(body, end), start.at, end.at)

    @staticmethod
    def while_(start: Word, condition: ast.Expression, do: Word, body: ast.Block, end: Word) -> ast.While:
        return ast.While(condition, _ended(body, end), start.at, do.at, end.at)

    @staticmethod
    def repeat(start: Word, body: ast.Block, until: Word, condition: ast.Expression) -> ast.Repeat:
        return ast.Repeat(_ended(body, until), condition, start.at, until.at)

    @staticmethod
    def if_clause(start: Word, condition: ast.Expression, then: Word, body: ast.Block) -> list[ast.IfClause]:
        return [ast.IfClause(condition, body, start.at, then.at)]

    @staticmethod
    def elseif_clause(
        clauses: list[ast.IfClause], start: Word, condition: ast.Expression, then: Word, body: ast.Block
    ) -> list[ast.IfClause]:
        _ended(clauses[-1].body, start)
        clauses.append(ast.IfClause(condition, body, start.at, then.at))
        return clauses

    @staticmethod
    def if_(clauses: list[ast.IfClause], end: Word) -> ast.If:
        _ended(clauses[-1].body, end)
        return ast.If(clauses, None, _UNKNOWN, clauses[0].start, end.at)

    @staticmethod
    def if_else(clauses: list[ast.IfClause], otherwise: Word, body: ast.Block, end: Word) -> ast.If:
        _ended(clauses[-1].body, otherwise)
        return ast.If(clauses, _ended(body, end), otherwise.at, clauses[0].start, end.at)

    @staticmethod
    def numeric_for(
        start: Word, name: Word, _1: Word, first: ast.Expression, _2: Word, limit: ast.Expression, *rest: Any
    ) -> ast.NumericFor:
        *step, do, body, end = rest
        variable = ast.LocalName(name.text, None, name.at)
        return ast.NumericFor(
            variable, first, limit, step[1] if step else None, _ended(body, end), start.at, do.at, end.at
        )

    numeric_for_step = numeric_for

    @staticmethod
    def generic_for(
        start: Word,
        names: list[Word],
        in_: Word,
        values: list[ast.Expression],
        do: Word,
        body: ast.Block,
        end: Word,
    ) -> ast.GenericFor:
        return ast.GenericFor(_parameters(names), values, _ended(body, end), start.at, in_.at, do.at, end.at)

    @staticmethod
    def function_statement(
        start: Word, target: ast.Name | ast.Field, function: ast.Function
    ) -> ast.FunctionStatement:
        return ast.FunctionStatement(target, False, function, start.at)

    @staticmethod
    def method_statement(
        start: Word, target: ast.Name | ast.Field, colon: Word, name: Word, function: ast.Function
    ) -> ast.FunctionStatement:
        return ast.FunctionStatement(ast.Field(target, name.text, colon.at), True, function, start.at)

    @staticmethod
    def local_function(start: Word, _: Word, name: Word, function: ast.Function) -> ast.LocalFunction:
        return ast.LocalFunction(name.text, function, start.at)

    @staticmethod
    def local(start: Word, names: list[ast.LocalName]) -> ast.Local:
        return ast.Local(names, [], start.at)

    @staticmethod
    def local_with_values(
        start: Word, names: list[ast.LocalName], _: Word, values: list[ast.Expression]
    ) -> ast.Local:
        return ast.Local(names, values, start.at)

    @staticmethod
    def local_name(name: Word) -> ast.LocalName:
        return ast.LocalName(name.text, None, name.at)

    @staticmethod
    def attributed_name(name: Word, _1: Word, attribute: Word, _2: Word) -> ast.LocalName:
        return ast.LocalName(name.text, attribute.text, name.at)

    # --- lists ----------------------------------------------------------------------------

    @staticmethod
    def list(element: Any) -> list[Any]:
        return [element]

    @staticmethod
    def longer_list(elements: Any, _: Word, element: Any) -> Any:
        elements.append(element)
        return elements

    names = list
    longer_names = longer_list

    # --- variables and calls --------------------------------------------------------------

    @staticmethod
    def name(name: Word) -> ast.Name:
        return ast.Name(name.text, name.at)

    @staticmethod
    def index(prefix: ast.Expression, start: Word, key: ast.Expression, end: Word) -> ast.Index:
        return ast.Index(prefix, key, start.at, end.at)

    @staticmethod
    def field(prefix: ast.Expression, dot: Word, name: Word) -> ast.Field:
        return ast.Field(prefix, name.text, dot.at)

    @staticmethod
    def parenthesized(start: Word, expression: ast.Expression, end: Word) -> ast.Parenthesized:
        return ast.Parenthesized(expression, start.at, end.at)

    @staticmethod
    def call_nothing(function: ast.Expression, start: Word, end: Word) -> ast.Call:
        return ast.Call(function, [], start.at, end.at)

    @staticmethod
    def call(function: ast.Expression, start: Word, arguments: Any, end: Word) -> ast.Call:
        return ast.Call(function, arguments, start.at, end.at)

    @staticmethod
    def call_table(function: ast.Expression, table: ast.TableConstructor) -> ast.Call:
        return ast.Call(function, [table], table.open, table.close)

    @staticmethod
    def call_string(function: ast.Expression, text: Word) -> ast.Call:
        return ast.Call(function, [_string(text)], text.at, text.at)

    @staticmethod
    def method_call_nothing(
        prefix: ast.Expression, colon: Word, name: Word, start: Word, end: Word
    ) -> ast.MethodCall:
        return ast.MethodCall(prefix, name.text, [], colon.at, start.at, end.at)

    @staticmethod
    def method_call(
        prefix: ast.Expression, colon: Word, name: Word, start: Word, arguments: Any, end: Word
    ) -> ast.MethodCall:
        return ast.MethodCall(prefix, name.text, arguments, colon.at, start.at, end.at)

    @staticmethod
    def method_call_table(
        prefix: ast.Expression, colon: Word, name: Word, table: ast.TableConstructor
    ) -> ast.MethodCall:
        return ast.MethodCall(prefix, name.text, [table], colon.at, table.open, table.close)

    @staticmethod
    def method_call_string(prefix: ast.Expression, colon: Word, name: Word, text: Word) -> ast.MethodCall:
        return ast.MethodCall(prefix, name.text, [_string(text)], colon.at, text.at, text.at)

    # --- other expressions ----------------------------------------------------------------

    @staticmethod
    def binary(left: ast.Expression, operator: Word, right: ast.Expression) -> ast.Binary:
        return ast.Binary(operator.text, left, right, operator.at)

    @staticmethod
    def unary(operator: Word, operand: ast.Expression) -> ast.Unary:
        return ast.Unary(operator.text, operand, operator.at)

    @staticmethod
    def nil(word: Word) -> ast.Nil:
        return ast.Nil(word.at)

    @staticmethod
    def false(word: Word) -> ast.FalseLiteral:
        return ast.FalseLiteral(word.at)

    @staticmethod
    def true(word: Word) -> ast.TrueLiteral:
        return ast.TrueLiteral(word.at)

    @staticmethod
    def vararg(word: Word) -> ast.Vararg:
        return ast.Vararg(word.at)

    @staticmethod
    def number(word: Word) -> ast.Number:
        value = read_numeral(word.text)
        if value is None:
            raise ValueError(f"malformed number {word.text}")
        return ast.Number(value, word.at)

    @staticmethod
    def string(word: Word) -> ast.String:
        return _string(word)

    @staticmethod
    def function(_: Word, function: ast.Function) -> ast.Function:
        return function

    @staticmethod
    def body(start: Word, _: Word, body: ast.Block, end: Word) -> ast.Function:
        return ast.Function([], False, _ended(body, end), start.at, end.at)

    @staticmethod
    def body_with_names(start: Word, names: Any, _: Word, body: ast.Block, end: Word) -> ast.Function:
        return ast.Function(_parameters(names), False, _ended(body, end), start.at, end.at)

    @staticmethod
    def body_with_names_vararg(
        start: Word, names: Any, _1: Word, _2: Word, _3: Word, body: ast.Block, end: Word
    ) -> ast.Function:
        return ast.Function(_parameters(names), True, _ended(body, end), start.at, end.at)

    @staticmethod
    def body_with_vararg(start: Word, _1: Word, _2: Word, body: ast.Block, end: Word) -> ast.Function:
        return ast.Function([], True, _ended(body, end), start.at, end.at)

    @staticmethod
    def empty_table(start: Word, end: Word) -> ast.TableConstructor:
        return ast.TableConstructor([], start.at, end.at)

    @staticmethod
    def table(start: Word, items: Any, end: Word) -> ast.TableConstructor:
        return ast.TableConstructor(items, start.at, end.at)

    @staticmethod
    def table_trailing_separator(start: Word, items: Any, _: Word, end: Word) -> ast.TableConstructor:
        return ast.TableConstructor(items, start.at, end.at)

    @staticmethod
    def keyed_item(
        start: Word, key: ast.Expression, _1: Word, _2: Word, value: ast.Expression
    ) -> ast.KeyedItem:
        return ast.KeyedItem(key, value, start.at)

    @staticmethod
    def named_item(name: Word, _: Word, value: ast.Expression) -> ast.NamedItem:
        return ast.NamedItem(name.text, value, name.at)

    @staticmethod
    def positional_item(value: ast.Expression) -> ast.PositionalItem:
        return ast.PositionalItem(value)
