"""The shape of a Lua program: one record per construct, no behaviour.

Comes from the parser, goes to the compiler. Positions are token indices into `Tokens`
(0 is the first token; the last one is the end of the text), so that the compiler can ask
for the line and the text of any token, just as a one-pass compiler would know them:

    local x <const> = f(1)     tokens: local x < const > = f ( 1 ) <eof>
                                       0     1 2 3     4 5 6 7 8 9 10

    Local(start=0, names=[LocalName("x", "const", 1)],
          values=[Call(Name("f", 6), [Number(1, 8)], open=7, close=9)])

Statements that do nothing (`;`) leave no node. Left-associative chains (`a+b+c`, `a.b.c`,
`f()()`) nest to the left and may be very deep: walk them with a loop, not with recursion.
"""

from __future__ import annotations

from pylua.hints import TypeAlias
from pylua.values.records import record

__all__ = [
    "Assign",
    "Binary",
    "Block",
    "Break",
    "Call",
    "CallStatement",
    "Chunk",
    "Do",
    "Expression",
    "FalseLiteral",
    "Field",
    "Function",
    "FunctionStatement",
    "GenericFor",
    "Goto",
    "If",
    "IfClause",
    "Index",
    "KeyedItem",
    "Label",
    "Local",
    "LocalFunction",
    "LocalName",
    "MethodCall",
    "Name",
    "NamedItem",
    "Nil",
    "Number",
    "NumericFor",
    "Parenthesized",
    "PositionalItem",
    "Repeat",
    "Return",
    "Statement",
    "String",
    "TableConstructor",
    "TableItem",
    "Tokens",
    "TrueLiteral",
    "Unary",
    "Vararg",
    "While",
]


@record
class Tokens:
    """The tokens of one source text, in order, ended by the end-of-text token.

    `texts[i]` is the token exactly as written ("" for the end of the text);
    `lines[i]` is the line, from 1, on which it ends (long strings may span lines).
    """

    texts: list[str]
    lines: list[int]


# --- expressions (§3.4) -------------------------------------------------------------------


@record
class Nil:
    position: int


@record
class TrueLiteral:
    position: int


@record
class FalseLiteral:
    position: int


@record
class Vararg:
    position: int


@record
class Number:
    value: int | float
    position: int


@record
class String:
    """`value` holds bytes as code points 0–255, escapes already resolved."""

    value: str
    position: int


@record
class Name:
    name: str
    position: int


@record
class Parenthesized:
    """`(expression)`: cuts several values to one (§3.4)."""

    expression: Expression
    open: int
    close: int


@record
class Field:
    """`object.name`; the name's token is `dot + 1`."""

    object: Expression
    name: str
    dot: int


@record
class Index:
    """`object[key]`."""

    object: Expression
    key: Expression
    open: int
    close: int


@record
class Call:
    """`function(arguments)`; `open` and `close` are the first and last token of the arguments.

    For `f"text"` both are the string's token; for `f{…}` they are the braces.
    """

    function: Expression
    arguments: list[Expression]
    open: int
    close: int


@record
class MethodCall:
    """`object:name(arguments)`; the name's token is `colon + 1`."""

    object: Expression
    name: str
    arguments: list[Expression]
    colon: int
    open: int
    close: int


@record
class Unary:
    """`operator` is one of `-  not  #  ~`."""

    operator: str
    operand: Expression
    position: int


@record
class Binary:
    """`operator` as written (`+ - * / // % ^ .. == ~= < <= > >= and or & | ~ << >>`), at token `position`."""

    operator: str
    left: Expression
    right: Expression
    position: int


@record
class Function:
    """A function body, from the parenthesis of its parameters (`open`) to its `end` token (`close`)."""

    parameters: list[LocalName]
    is_vararg: bool
    body: Block
    open: int
    close: int


@record
class PositionalItem:
    value: Expression


@record
class NamedItem:
    """`name = value`; `position` is the name's token."""

    name: str
    value: Expression
    position: int


@record
class KeyedItem:
    """`[key] = value`; `open` is the opening bracket."""

    key: Expression
    value: Expression
    open: int


@record
class TableConstructor:
    items: list[TableItem]
    open: int
    close: int


# --- statements (§3.3) --------------------------------------------------------------------


@record
class LocalName:
    """A name being declared; `attribute` is the text between `<` and `>`, unchecked, or None."""

    name: str
    attribute: str | None
    position: int


@record
class Local:
    names: list[LocalName]
    values: list[Expression]
    start: int


@record
class LocalFunction:
    """`local function name …`; the name's token is `start + 2`."""

    name: str
    function: Function
    start: int


@record
class FunctionStatement:
    """`function a.b.c:m …`: `target` is the Name or Field assigned, the method's name included."""

    target: Name | Field
    is_method: bool
    function: Function
    start: int


@record
class Assign:
    """`equals` is the token of `=`."""

    targets: list[Expression]
    values: list[Expression]
    equals: int
    start: int


@record
class CallStatement:
    call: Call | MethodCall
    start: int


@record
class Do:
    body: Block
    start: int
    end: int


@record
class While:
    condition: Expression
    body: Block
    start: int
    do: int
    end: int


@record
class Repeat:
    body: Block
    condition: Expression
    start: int
    until: int


@record
class IfClause:
    """`if`/`elseif condition then body`; `start` and `then` are those two keywords."""

    condition: Expression
    body: Block
    start: int
    then: int


@record
class If:
    """`otherwise` is the `else` block or None, `else_position` its keyword or -1."""

    clauses: list[IfClause]
    otherwise: Block | None
    else_position: int
    start: int
    end: int


@record
class NumericFor:
    variable: LocalName
    first: Expression
    limit: Expression
    step: Expression | None
    body: Block
    start: int
    do: int
    end: int


@record
class GenericFor:
    variables: list[LocalName]
    values: list[Expression]
    body: Block
    start: int
    in_position: int
    do: int
    end: int


@record
class Goto:
    """The label's token is `start + 1`."""

    label: str
    start: int


@record
class Label:
    """`::name::`; the name's token is `start + 1`."""

    name: str
    start: int


@record
class Break:
    start: int


@record
class Return:
    values: list[Expression]
    start: int


@record
class Block:
    """Statements in order; `end` is the token that ended the block (`end`, `until`, end of text …)."""

    statements: list[Statement]
    end: int


@record
class Chunk:
    """A whole source text: the body of the main function, and its tokens."""

    body: Block
    tokens: Tokens


Expression: TypeAlias = (
    Nil
    | TrueLiteral
    | FalseLiteral
    | Vararg
    | Number
    | String
    | Name
    | Parenthesized
    | Field
    | Index
    | Call
    | MethodCall
    | Unary
    | Binary
    | Function
    | TableConstructor
)
TableItem: TypeAlias = PositionalItem | NamedItem | KeyedItem
Statement: TypeAlias = (
    Local
    | LocalFunction
    | FunctionStatement
    | Assign
    | CallStatement
    | Do
    | While
    | Repeat
    | If
    | NumericFor
    | GenericFor
    | Goto
    | Label
    | Break
    | Return
)
