"""Expressions: AST nodes in, operands out (§3.4); one function per kind of expression.

    binary(function, Binary("+", Name("x"), Number(1)))  →  Operand(PENDING, pc of ADDI)

Chains that nest to the left (`a + b + …`, `a.b.c…`, `f()()…`) are walked with a loop: they
may be longer than Python's stack is deep. Everything else is as deep as the parser allows.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.compiler.constants import MAX_K_OPERAND
from pylua.compiler.dispatch import EXPRESSIONS, expression, expression_list
from pylua.compiler.fetching import fetch, set_result_count
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.indexing import field_of, index_of
from pylua.compiler.names import read_name
from pylua.compiler.operands import (
    CALL,
    FALSE_VALUE,
    FLOAT,
    INTEGER,
    NIL,
    REGISTER,
    STRING,
    TRUE_VALUE,
    VARARG,
    Operand,
)
from pylua.compiler.operators import BINARY_OPERATORS, apply_unary
from pylua.compiler.placing import fetch_plain, to_any_register, to_next_register, to_register_or_upvalue
from pylua.hints import Any, Final
from pylua.syntax.ast import (
    Binary,
    Call,
    FalseLiteral,
    Field,
    Index,
    MethodCall,
    Name,
    Nil,
    Number,
    Parenthesized,
    String,
    TrueLiteral,
    Unary,
    Vararg,
)

__all__ = [
    "binary",
    "false_literal",
    "name",
    "nil",
    "number",
    "parenthesized",
    "string",
    "suffixed",
    "true_literal",
    "unary",
    "vararg",
]

_CALL: Final = Op.CALL
_SELF: Final = Op.SELF
_VARARG: Final = Op.VARARG | 1 << 24
_ONE_RESULT: Final = 2 << 24
_K: Final = 1 << 15


# --- simple expressions -------------------------------------------------------------------


def nil(function: FunctionBuilder, node: Nil) -> Operand:
    function.position = node.position + 1
    return Operand(NIL)


def true_literal(function: FunctionBuilder, node: TrueLiteral) -> Operand:
    function.position = node.position + 1
    return Operand(TRUE_VALUE)


def false_literal(function: FunctionBuilder, node: FalseLiteral) -> Operand:
    function.position = node.position + 1
    return Operand(FALSE_VALUE)


def number(function: FunctionBuilder, node: Number) -> Operand:
    function.position = node.position + 1
    value = node.value
    return Operand(INTEGER if type(value) is int else FLOAT, value)


def string(function: FunctionBuilder, node: String) -> Operand:
    function.position = node.position + 1
    return Operand(STRING, node.value)


def name(function: FunctionBuilder, node: Name) -> Operand:
    function.position = node.position + 1
    return read_name(function, node.name)


def vararg(function: FunctionBuilder, node: Vararg) -> Operand:
    function.position = node.position
    if not function.is_vararg:
        raise function.fault_near("cannot use '...' outside a vararg function")
    operand = Operand(VARARG, function.emit(_VARARG))
    function.position += 1
    return operand


def parenthesized(function: FunctionBuilder, node: Parenthesized) -> Operand:
    function.position = node.open + 1
    operand = expression(function, node.expression)
    function.position = node.close + 1
    fetch(function, operand)
    return operand


# --- operators ----------------------------------------------------------------------------


def unary(function: FunctionBuilder, node: Unary) -> Operand:
    function.position = node.position + 1
    operand = expression(function, node.operand)
    apply_unary(function, node.operator, operand, function.unit.lines[node.position])
    return operand


def binary(function: FunctionBuilder, node: Binary) -> Operand:
    chain = [node]
    leftmost = node.left
    while type(leftmost) is Binary:
        chain.append(leftmost)
        leftmost = leftmost.left
    left = EXPRESSIONS[type(leftmost)](function, leftmost)
    lines = function.unit.lines
    while chain:
        node = chain.pop()
        position = node.position
        function.position = position + 1
        operator = BINARY_OPERATORS[node.operator]
        operator.prepare(function, left)
        right = EXPRESSIONS[type(node.right)](function, node.right)
        left = operator.combine(function, operator, left, right, lines[position])
    return left


# --- fields, elements and calls -----------------------------------------------------------


def suffixed(function: FunctionBuilder, node: Field | Index | Call | MethodCall) -> Operand:
    """`a.b`, `a[b]`, `f(…)`, `a:b(…)`: every suffix in turn, from the left."""
    chain: list[Any] = []
    inner: Any = node
    kind = type(inner)
    while kind in _SUFFIXES:
        chain.append(inner)
        inner = inner.function if kind is Call else inner.object
        kind = type(inner)
    operand = EXPRESSIONS[kind](function, inner)
    while chain:
        suffix = chain.pop()
        _SUFFIXES[type(suffix)](function, operand, suffix)
    return operand


def _field(function: FunctionBuilder, operand: Operand, node: Field) -> None:
    to_register_or_upvalue(function, operand)
    function.position = node.dot + 2
    field_of(function, operand, node.name)


def _index(function: FunctionBuilder, operand: Operand, node: Index) -> None:
    to_register_or_upvalue(function, operand)
    function.position = node.open + 1
    key = expression(function, node.key)
    fetch_plain(function, key)
    function.position = node.close + 1
    index_of(function, operand, key)


def _call(function: FunctionBuilder, operand: Operand, node: Call) -> None:
    to_next_register(function, operand)
    _call_with_arguments(function, operand, node)


def _method_call(function: FunctionBuilder, operand: Operand, node: MethodCall) -> None:
    """The object goes into the register after its method, as the first argument."""
    function.position = node.colon + 2
    object_register = to_any_register(function, operand)
    function.release(object_register)
    base = function.reserve(2)
    index = function.constant(node.name)
    if index <= MAX_K_OPERAND:
        function.emit(_SELF | base << 7 | object_register << 16 | index << 24 | _K)
    else:
        key = Operand(STRING, node.name)
        register = to_any_register(function, key)
        function.emit(_SELF | base << 7 | object_register << 16 | register << 24)
        function.release(register)
    operand.kind = REGISTER
    operand.value = base
    _call_with_arguments(function, operand, node)


def _call_with_arguments(function: FunctionBuilder, operand: Operand, node: Call | MethodCall) -> None:
    """The function is in a register, arguments follow it; the results will begin there."""
    base = operand.value
    is_open = False
    arguments = node.arguments
    has_parentheses = function.unit.texts[node.open] == "("
    function.position = node.open + has_parentheses
    if arguments:
        last = expression_list(function, arguments)
        if last.kind >= CALL:
            set_result_count(function, last, -1)
            is_open = True
        function.position = node.close + 1
        if not is_open:
            to_next_register(function, last)
    else:
        function.position = node.close + 1
    count = 0 if is_open else function.free_register - base
    word = _CALL | base << 7 | count << 16 | _ONE_RESULT
    operand.value = function.emit_at(word, function.unit.lines[node.open])
    operand.kind = CALL
    function.free_register = base + 1


_Suffix = Callable[[FunctionBuilder, Operand, Any], None]
_SUFFIXES: Final[dict[type, _Suffix]] = {
    Field: _field,
    Index: _index,
    Call: _call,
    MethodCall: _method_call,
}
