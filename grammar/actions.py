"""What each named alternative of lua.lark builds, as Python source for the generated parser.

`$0`, `$1` … are the parts of the alternative: the value of a rule, the token index of a word.
`$0.text` is that word's text, `$0.value` its value (numbers and strings), `$here` the index of
the token that follows.
"""

from __future__ import annotations

__all__ = ["BEFORE", "BUILDS", "FREQUENCY", "GROWS", "NESTING"]

BUILDS: dict[str, str] = {
    "block": "Block($0, $here)",
    "block_with_return": "Block([*$0, $1], $here)",
    "no_statements": "[]",
    "return_nothing": "Return([], $0)",
    "return_values": "Return($1, $0)",
    "assign": "Assign($0, $2, $1, first_position($0[0]))",
    "call_statement": "CallStatement($0, first_position($0))",
    "label": "Label($1.text, $0)",
    "break_": "Break($0)",
    "goto": "Goto($1.text, $0)",
    "do": "Do($1, $0, $2)",
    "while_": "While($1, $3, $0, $2, $4)",
    "repeat": "Repeat($1, $3, $0, $2)",
    "if_": "If($0, None, -1, $0[0].start, $1)",
    "if_else": "If($0, $2, $1, $0[0].start, $3)",
    "numeric_for": "NumericFor(LocalName($1.text, None, $1), $3, $5, None, $7, $0, $6, $8)",
    "numeric_for_step": "NumericFor(LocalName($1.text, None, $1), $3, $5, $7, $9, $0, $8, $10)",
    "generic_for": "GenericFor($1, $3, $5, $0, $2, $4, $6)",
    "function_statement": "FunctionStatement($1, False, $2, $0)",
    "method_statement": "FunctionStatement(Field($1, $3.text, $2), True, $4, $0)",
    "local_function": "LocalFunction($2.text, $3, $0)",
    "local": "Local($1, [], $0)",
    "local_with_values": "Local($1, $3, $0)",
    "if_clause": "[IfClause($1, $3, $0, $2)]",
    "local_name": "LocalName($0.text, None, $0)",
    "attributed_name": "LocalName($0.text, $2.text, $0)",
    "list": "[$0]",
    "names": "[LocalName($0.text, None, $0)]",
    "name": "Name($0.text, $0)",
    "index": "Index($0, $2, $1, $3)",
    "field": "Field($0, $2.text, $1)",
    "binary": "Binary($1.text, $0, $2, $1)",
    "unary": "Unary($0.text, $1, $0)",
    "nil": "Nil($0)",
    "false": "FalseLiteral($0)",
    "true": "TrueLiteral($0)",
    "number": "Number($0.value, $0)",
    "string": "String($0.value, $0)",
    "vararg": "Vararg($0)",
    "function": "$1",
    "parenthesized": "Parenthesized($1, $0, $2)",
    "call_nothing": "Call($0, [], $1, $2)",
    "call": "Call($0, $2, $1, $3)",
    "call_table": "Call($0, [$1], $1.open, $1.close)",
    "call_string": "Call($0, [String($1.value, $1)], $1, $1)",
    "method_call_nothing": "MethodCall($0, $2.text, [], $1, $3, $4)",
    "method_call": "MethodCall($0, $2.text, $4, $1, $3, $5)",
    "method_call_table": "MethodCall($0, $2.text, [$3], $1, $3.open, $3.close)",
    "method_call_string": "MethodCall($0, $2.text, [String($3.value, $3)], $1, $3, $3)",
    "body": "Function([], False, $2, $0, $3)",
    "body_with_names": "Function($1, False, $3, $0, $4)",
    "body_with_names_vararg": "Function($1, True, $5, $0, $6)",
    "body_with_vararg": "Function([], True, $3, $0, $4)",
    "empty_table": "TableConstructor([], $0, $1)",
    "table": "TableConstructor($1, $0, $2)",
    "table_trailing_separator": "TableConstructor($1, $0, $3)",
    "keyed_item": "KeyedItem($1, $4, $0)",
    "named_item": "NamedItem($0.text, $2, $0)",
    "positional_item": "PositionalItem($0)",
}
"""Alternative → the value it builds."""

GROWS: dict[str, str] = {
    "more_statements": "$0.append($1)",
    "empty_statement": "pass",
    "longer_list": "$0.append($2)",
    "longer_names": "$0.append(LocalName($2.text, None, $2))",
    "elseif_clause": "$0.append(IfClause($2, $4, $1, $3))",
}
"""Alternative → what happens to its first part, which stays the value."""

_CLOSED_TO_VARARGS = "while varargs and varargs[-1] > $0: misplaced.append(varargs.pop())"
_OPEN_TO_VARARGS = "while varargs and varargs[-1] > $0: varargs.pop()"

_LABELS_IN_A_ROW = """\
before = values[-2]
labels = labels + 1 if before and before[-1].__class__ is Label else 0
if labels > deepest: raise TooDeep
"""

BEFORE: dict[str, str] = {
    "vararg": "varargs.append($0)",
    "body": _CLOSED_TO_VARARGS,
    "body_with_names": _CLOSED_TO_VARARGS,
    "body_with_names_vararg": _OPEN_TO_VARARGS,
    "body_with_vararg": _OPEN_TO_VARARGS,
    "assign": "if len($0) > deepest: raise TooDeep",
    "label": _LABELS_IN_A_ROW,
}
"""Alternative → a check made before it is built: §3.4.11 for `...`; targets and labels nest, too."""

NESTING = {
    "binary", "body", "body_with_names", "body_with_names_vararg", "body_with_vararg", "call", "chunk", "do",
    "generic_for", "if_", "if_else", "index", "keyed_item", "method_call", "named_item", "numeric_for",
    "numeric_for_step", "parenthesized", "positional_item", "repeat", "unary", "while_",
}  # fmt: skip
"""Alternatives one of which ends the innermost level of every deep nesting: here depth is measured."""

FREQUENCY = {
    "name": 178, "list": 144, "more_statements": 86, "call": 69, "number": 62, "longer_list": 60,
    "binary": 57, "string": 45, "call_statement": 41, "field": 31, "no_statements": 22, "local_name": 17,
    "assign": 15, "block": 14, "local_with_values": 14, "positional_item": 13, "unary": 12, "index": 10,
    "names": 8, "block_with_return": 7, "return_values": 7, "table": 6, "body_with_names": 6,
    "longer_names": 5, "empty_statement": 5, "function": 5, "named_item": 5, "call_nothing": 5,
    "parenthesized": 4, "nil": 4, "if_clause": 4, "empty_table": 3, "body": 3, "method_call": 3, "if_": 3,
}  # fmt: skip
"""How many in a thousand reductions each is, in 130,000 tokens of real programs; 1 or 2 if not listed."""
