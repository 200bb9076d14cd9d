"""Native functions whose work generated code does itself, where they are called.

    string.byte(s, i)        r5 = ord(r2[r3 - 1]) if 0 < r3 <= len(r2) else r5.one(r2, r3)
    setmetatable(t, meta)    if not (r3.metatable is None and r4.is_plain): raise HandOver
                             r3.metatable = r4; r2 = r3

A call of a Python function costs 50 to 150 ns, most of these natives do a tenth of that. Which
native is called was noted (Notes.natives); that it still is, is asked before. Where a condition
does not hold, the native is called, or the VM goes on; where Python raises, it does, too.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from pylua.hints import TYPE_CHECKING, Any, Final, TypeAlias
from pylua.jit import kinds
from pylua.jit.kinds import FLOAT, INT, Known, integer_between
from pylua.values.formats import PATTERN_SPECIALS, SPECIFICATION, python_type
from pylua.values.integers import MIN_INTEGER
from pylua.values.numerals import read_numeral
from pylua.values.records import record
from pylua.values.table import Table
from pylua.values.types import TRUE, Boolean
from pylua.vm.operators import NUMERIC

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering

__all__ = [
    "INTRINSICS",
    "LOOP_STARTS",
    "LOOP_VALUES",
    "MANY_VALUES",
    "NAMES",
    "SEVERAL",
    "Intrinsic",
    "Rule",
    "intrinsic_for",
    "python_name",
]

_ANY: Final = kinds.ANYTHING
_EXACT: Final = 1 << 53
_MANY_COPIES: Final = 10_000
"""So many copies of a text of such a length can be made without asking whether there is memory for them."""


@record(frozen=True)
class Intrinsic:
    """What stands for a call: under `condition` (empty: always), `action` is done and `value` is the result.

    `known` is what is known of the result, whoever has computed it. `value` is evaluated after
    `action`; a result is one value.
    """

    value: str
    condition: str = ""
    known: Known = _ANY
    action: str = ""


Operand: TypeAlias = tuple[str, Known, Any]
"""An argument: its text, what is known of it, and its value if that is a constant."""
Writer: TypeAlias = "Callable[[list[Operand]], Intrinsic | None]"


@record(frozen=True)
class Rule:
    """How the native `name` (as the libraries have it) is done in place, with so many arguments.

    `is_pure`: whatever it is given, it calls nothing, and gives no table a metatable. `acts`: its
    value does something, so it is evaluated even if it is not wanted. `insists`: else the VM goes on.
    """

    name: str
    write: Writer
    fewest: int = 1
    most: int = 1
    is_pure: bool = False
    acts: bool = False
    insists: bool = False


def intrinsic_for(
    code: Lowering, function: int, end: int, rules: dict[str, Rule]
) -> tuple[Rule, Intrinsic] | None:
    """The rule of the native that the call at `code.pc` is known to call, and what stands for it."""
    rule = None if code.level() > 0 else rules.get(code.notes.natives.get(code.pc, ""))
    if rule is None or not rule.fewest <= end - function - 1 <= rule.most:
        return None
    arguments = [
        (code.register(number), code.knows(number), code.literals.get(number))
        for number in range(function + 1, end)
    ]
    made = rule.write(arguments)
    return None if made is None else (rule, made)


def python_name(name: str) -> str:
    """The name that a native function has in generated code."""
    return "native_" + name.replace(".", "_")


# --- math ---------------------------------------------------------------------------------------


def _rounded(function: str) -> Writer:
    def write(arguments: list[Operand]) -> Intrinsic:
        text, known, _ = arguments[0]
        if known[0] == INT:
            return Intrinsic(text, known=known)
        bounds = f"{-_EXACT}.0 < {text} < {_EXACT}.0"
        return Intrinsic(f"{function}({text})", bounds, (kinds.NUMBER, *kinds.SOME_INTEGER[1:]))

    return write


def _abs(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    if known[0] == FLOAT:
        return Intrinsic(f"abs({text})", known=kinds.SOME_FLOAT)
    if known[0] == INT and known[1] > MIN_INTEGER:
        return Intrinsic(f"abs({text})", known=integer_between(0, max(abs(known[1]), abs(known[2]))))
    return Intrinsic(f"abs({text})", f"{text} != {MIN_INTEGER}", kinds.SOME_NUMBER)


def _extreme(symbol: str) -> Writer:
    """math.max and math.min; a text is no number here, and only two texts can be compared."""

    def write(arguments: list[Operand]) -> Intrinsic | None:
        if len(arguments) > 2:
            return _extreme_of_many(symbol, arguments)
        (left, known_left, _), (right, known_right, _) = arguments
        both = known_left[0] | known_right[0]
        if both == INT:
            pick = max if symbol == "<" else min
            known = integer_between(pick(known_left[1], known_right[1]), pick(known_left[2], known_right[2]))
        else:
            known = kinds.SOME_FLOAT if both == FLOAT else kinds.SOME_NUMBER
        is_number = not (known_left[0] & kinds.STRING and known_right[0] & kinds.STRING)
        condition = "" if is_number else f"{left}.__class__ is not str"
        first, second = (left, right) if symbol == "<" else (right, left)
        return Intrinsic(f"({right} if {first} < {second} else {left})", condition, known)

    return write


def _extreme_of_many(symbol: str, arguments: list[Operand]) -> Intrinsic:
    function = "max" if symbol == "<" else "min"
    texts = [text for text, known, _ in arguments if known[0] & kinds.STRING]
    condition = f"{texts[0]}.__class__ is not str" if len(texts) == len(arguments) else ""
    both = 0
    for _, known, _ in arguments:
        both |= known[0]
    known = kinds.SOME_INTEGER if both == INT else kinds.SOME_NUMBER
    return Intrinsic(f"{function}({', '.join(text for text, _, _ in arguments)})", condition, known)


def _square_root(arguments: list[Operand]) -> Intrinsic | None:
    return Intrinsic(f"sqrt({arguments[0][0]})", f"{arguments[0][0]} >= 0.0", kinds.SOME_FLOAT)


def _of_float(function: str) -> Writer:
    def write(arguments: list[Operand]) -> Intrinsic | None:
        text, known, _ = arguments[0]
        condition = "" if known[0] == FLOAT else f"{text}.__class__ is float"
        return Intrinsic(f"{function}({text})", condition, kinds.SOME_FLOAT)

    return write


# --- string: whatever else can be sliced or measured is no Lua value --------------------------------


def _byte(arguments: list[Operand]) -> Intrinsic | None:
    known: Known = (INT | kinds.NIL, 0, 255)
    if len(arguments) == 1:
        text, known_text, _ = arguments[0]
        is_text = _unless(known_text, kinds.STRING, f"{text}.__class__ is str")
        return Intrinsic(f"ord({text}[0])", " and ".join([*is_text, text]), known)
    (text, _, _), (at, known_at, literal) = arguments
    if literal.__class__ is int and literal < 0:
        return Intrinsic(f"ord({text}[{literal}])", f"len({text}) >= {-literal}", known)
    lowest = "" if known_at[0] == INT and known_at[1] > 0 else "0 < "
    return Intrinsic(f"ord({text}[{at} - 1])", f"{lowest}{at} <= len({text})", known)


def _is_negative(known: Known) -> bool:
    return known[0] == INT and known[2] < 0


def _sub(arguments: list[Operand]) -> Intrinsic | None:
    (text, known, _), (first, known_first, literal) = arguments[:2]
    conditions = []
    if len(arguments) == 3 and _is_negative(known_first) and _is_negative(arguments[2][1]):
        stop = f"{arguments[2][0]} + 1 or None"
        condition = " and ".join(_unless(known, kinds.STRING, f"{text}.__class__ is str"))
        return Intrinsic(f"{text}[{first}:{stop}]", condition, kinds.SOME_STRING)
    if literal.__class__ is int and literal < 0:
        start = str(literal)
        if len(arguments) == 3 and arguments[2][2] != -1:
            return None
        return Intrinsic(f"{text}[{start}:]", known=kinds.SOME_STRING)
    start = str(literal - 1) if literal.__class__ is int and literal > 0 else f"{first} - 1"
    if not (known_first[0] == INT and known_first[1] > 0):
        conditions.append(f"{first} > 0")
    stop = ""
    if len(arguments) == 3:
        last, known_last, literal = arguments[2]
        if literal.__class__ is int and literal < 0:
            stop = str(literal + 1) if literal < -1 else ""
        else:
            stop = last
            if not (known_last[0] == INT and known_last[1] >= 0):
                conditions.append(f"{last} >= 0")
    start = "" if start == "0" else start
    return Intrinsic(f"{text}[{start}:{stop}]", " and ".join(conditions), kinds.SOME_STRING)


def _find(arguments: list[Operand]) -> Intrinsic | None:
    """Where a text begins: with a true `plain`, or a constant pattern without special characters."""
    (text, known_text, _), (sought, known, literal) = arguments[:2]
    is_literal = literal.__class__ is str and PATTERN_SPECIALS.isdisjoint(literal)
    is_plain = len(arguments) == 4 and arguments[3][2] is TRUE
    if not is_literal and not is_plain:
        return None
    conditions = [
        *_unless(known_text, kinds.STRING, f"{text}.__class__ is str"),
        *_unless(known, kinds.STRING, f"{sought}.__class__ is str"),
    ]
    start = ""
    if len(arguments) > 2:
        first = arguments[2][0]
        conditions.append(f"0 < {first} <= len({text}) + 1")
        start = f", {first} - 1"
    found: Known = (INT | kinds.NIL, 0, _EXACT)
    return Intrinsic(f"({text}.find({sought}{start}) + 1 or None)", " and ".join(conditions), found)


def _tonumber(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    if not known[0] & ~kinds.NUMBER:
        return Intrinsic(text, known=known)
    condition = " and ".join(_unless(known, kinds.STRING, f"{text}.__class__ is str"))
    value = f"(int({text}) if {text}.isdecimal() and len({text}) < 19 else read_numeral({text}))"
    return Intrinsic(value, condition, (kinds.NUMBER | kinds.NIL, *kinds.SOME_INTEGER[1:]))


def _char(arguments: list[Operand]) -> Intrinsic | None:
    if len(arguments) == 1:
        return Intrinsic(f"chr({arguments[0][0]})", f"0 <= {arguments[0][0]} < 256", kinds.SOME_STRING)
    codes = ", ".join(text for text, _, _ in arguments)
    return Intrinsic(f"bytes(({codes})).decode('latin-1')", known=kinds.SOME_STRING)


def _bytes(arguments: list[Operand]) -> Intrinsic | None:
    (text, _, _), (first, _, _), (last, _, _) = arguments
    return Intrinsic(f"{text}[{first} - 1:{last}].encode('latin-1')", f"0 < {first} <= {last}")


def _len(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    condition = " and ".join(_unless(known, kinds.STRING, f"{text}.__class__ is str"))
    return Intrinsic(f"len({text})", condition, kinds.SOME_LENGTH)


def _format(arguments: list[Operand]) -> Intrinsic | None:
    """With a constant format of conversions that Python's `%` does alike."""
    form = arguments[0][2] if arguments else None
    if form.__class__ is not str:
        return None
    conditions: list[str] = []
    values: list[str] = []
    for piece in SPECIFICATION.split(form):
        if not piece.startswith("%") or piece == "%%":
            continue
        kind = python_type(piece)
        if kind is None or len(values) + 1 >= len(arguments):
            return None
        text, known, _ = arguments[len(values) + 1]
        values.append(text)
        if kind is int:
            conditions += _unless(known, INT, f"{text}.__class__ is int")
            conditions += [] if piece.endswith("d") or known[1] >= 0 else [f"{text} >= 0"]
        elif kind is float:
            conditions += _unless(known, INT, f"{text}.__class__ in NUMERIC and {text} - {text} == 0")
        elif piece == "%s":
            conditions += _unless(known, kinds.STRING, f"{text}.__class__ in TEXTS")
        else:
            conditions += _unless(known, kinds.STRING, f"{text}.__class__ is str")
            conditions.append(f"'\\0' not in {text}")
    shown = ", ".join(values) + ("," if len(values) == 1 else "")
    return Intrinsic(f"{form!r} % ({shown})", " and ".join(conditions), kinds.SOME_STRING)


def _unless(known: Known, mask: int, condition: str) -> list[str]:
    return [] if known[0] == mask else [condition]


def _rep(arguments: list[Operand]) -> Intrinsic | None:
    (text, known, _), (count, known_count, _) = arguments
    conditions = [
        *_unless(known, kinds.STRING, f"{text}.__class__ is str"),
        *_unless(known_count, INT, f"{count}.__class__ is int"),
        f"{count} < {_MANY_COPIES} > len({text})",
    ]
    return Intrinsic(f"{text} * {count}", " and ".join(conditions), kinds.SOME_STRING)


def _reverse(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    condition = " and ".join(_unless(known, kinds.STRING, f"{text}.__class__ is str"))
    return Intrinsic(f"{text}[::-1]", condition, kinds.SOME_STRING)


def _in_case(method: str) -> Writer:
    """string.lower or string.upper; of other characters than ASCII's Python knows more than Lua."""

    def write(arguments: list[Operand]) -> Intrinsic:
        text = arguments[0][0]
        return Intrinsic(f"{text}.{method}()", f"{text}.isascii()", kinds.SOME_STRING)

    return write


# --- basic functions ------------------------------------------------------------------------------


def _type(arguments: list[Operand]) -> Intrinsic | None:
    text = arguments[0][0]
    return Intrinsic(f"type_names[{text}.__class__]", f"{text}.__class__ in type_names", kinds.SOME_STRING)


def _tostring(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    if known[0] == kinds.STRING:
        return Intrinsic(text, known=known)
    condition = "" if known[0] == INT else f"{text}.__class__ is int"
    return Intrinsic(f"str({text})", condition, kinds.SOME_STRING)


def _assert(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    there: Known = (known[0] & ~kinds.NIL or _ANY[0], *known[1:])
    return Intrinsic(text, f"{text} is not None and {text} is not FALSE", there)


def _setmetatable(arguments: list[Operand]) -> Intrinsic | None:
    (table, known, _), (metatable, _, _) = arguments
    if known[0] & kinds.TYPES != kinds.TABLE:
        return None
    is_bare = f"{table}.metatable is None and " if known[0] & (kinds.PLAIN | kinds.GUARDED) else ""
    action = f"{table}.metatable = {metatable}"
    return Intrinsic(table, f"{is_bare}{metatable}.is_plain", (kinds.TABLE | kinds.PLAIN, 0, 0), action)


def _rawequal(arguments: list[Operand]) -> Intrinsic | None:
    return Intrinsic(f"(TRUE if {arguments[0][0]} == {arguments[1][0]} else FALSE)", known=kinds.SOME_BOOLEAN)


def _rawlen(arguments: list[Operand]) -> Intrinsic | None:
    return Intrinsic(f"len({arguments[0][0]}.array_part) - 1", known=kinds.SOME_LENGTH)


# --- table ------------------------------------------------------------------------------------------


def _insert(arguments: list[Operand]) -> Intrinsic | None:
    (table, _, _), (value, known, _) = arguments[0], arguments[-1]
    check = f" and {value} is not None" if kinds.may_be(known, kinds.NIL) else ""
    is_own = f"{table}.array_part is not NOTHING"
    condition = f"{table}.metatable is None and not {table}.hash_part and {is_own}{check}"
    if len(arguments) == 3:
        place = arguments[1][0]
        condition = f"{condition} and 0 < {place} < len({table}.array_part)"
        return Intrinsic("", condition, action=f"{table}.array_part.insert({place}, {value})")
    return Intrinsic("", condition, action=f"{table}.array_part.append({value})")


def _concat(arguments: list[Operand]) -> Intrinsic | None:
    table = arguments[0][0]
    separator, known, _ = arguments[1] if len(arguments) == 2 else ("''", kinds.SOME_STRING, "")
    conditions = [
        f"{table}.metatable is None",
        *_unless(known, kinds.STRING, f"{separator}.__class__ is str"),
    ]
    return Intrinsic(f"joined({separator}, {table}.array_part)", " and ".join(conditions), kinds.SOME_STRING)


def _unpack(arguments: list[Operand]) -> Intrinsic | None:
    array = f"{arguments[0][0]}.array_part"
    is_bare = f"{arguments[0][0]}.metatable is None"
    if len(arguments) == 1:
        return Intrinsic(f"tuple({array}[1:])", f"{is_bare} and 2 < len({array}) < {MANY_VALUES}")
    if len(arguments) == 2:
        return None
    (first, _, _), (last, _, _) = arguments[1:]
    inside = f"0 < {first} < {last} < len({array}) < {MANY_VALUES}"
    return Intrinsic(f"tuple({array}[{first}:{last} + 1])", f"{is_bare} and {inside}")


def _leave(_: list[Operand]) -> None:
    """The starts of loops, searches, and calls with `...`, are written in place elsewhere."""


LOOP_VALUES: Final = 4
"""So many values a generic loop begins with."""
LOOP_STARTS: Final = {"ipairs": ("native_ipairs_iterator", "0"), "pairs": ("native_next", "None")}
"""What they give besides their table: the name of the iterator, and the first control value."""


def _remove(arguments: list[Operand]) -> Intrinsic | None:
    table = arguments[0][0]
    condition = (
        f"{table}.metatable is None and len({table}.array_part) > 2 and {table}.array_part[-2] is not None"
    )
    if len(arguments) == 2:
        place = arguments[1][0]
        return Intrinsic(
            f"{table}.array_part.pop({place})", f"{condition} and 0 < {place} < len({table}.array_part)"
        )
    return Intrinsic(f"{table}.array_part.pop()", condition)


_MANY: Final = 255
MANY_VALUES: Final = 100_000
"""So many values surely fit on Lua's stack."""

INTRINSICS: Final = {
    rule.name: rule
    for rule in (
        Rule("assert", _assert, 1, _MANY),
        Rule("ipairs", _leave),
        Rule("math.abs", _abs, is_pure=True),
        Rule("math.ceil", _rounded("ceil"), is_pure=True),
        Rule("math.cos", _of_float("cos"), is_pure=True),
        Rule("math.exp", _of_float("exp"), is_pure=True),
        Rule("math.floor", _rounded("floor"), is_pure=True),
        Rule("math.max", _extreme("<"), 2, _MANY, is_pure=True),
        Rule("math.min", _extreme(">"), 2, _MANY, is_pure=True),
        Rule("math.sin", _of_float("sin"), is_pure=True),
        Rule("math.sqrt", _square_root, is_pure=True),
        Rule("pairs", _leave),
        Rule("rawequal", _rawequal, 2, 2),
        Rule("rawlen", _rawlen),
        Rule("select", _leave),
        Rule("setmetatable", _setmetatable, 2, 2, insists=True),
        Rule("string.byte", _byte, 1, 2, is_pure=True),
        Rule("string.char", _char, 1, 20, is_pure=True),
        Rule("string.find", _find, 2, 4, is_pure=True),
        Rule("string.gmatch", _leave, 2, 3),
        Rule("string.gsub", _leave, 3, 3),
        Rule("string.match", _leave, 2, 3),
        Rule("string.format", _format, 1, _MANY),
        Rule("string.len", _len, is_pure=True),
        Rule("string.lower", _in_case("lower"), is_pure=True),
        Rule("string.rep", _rep, 2, 2, is_pure=True),
        Rule("string.reverse", _reverse, is_pure=True),
        Rule("string.sub", _sub, 2, 3, is_pure=True),
        Rule("string.upper", _in_case("upper"), is_pure=True),
        Rule("table.concat", _concat, 1, 2),
        Rule("table.insert", _insert, 2, 3),
        Rule("table.remove", _remove, 1, 2, acts=True),
        Rule("tonumber", _tonumber, is_pure=True),
        Rule("tostring", _tostring),
        Rule("type", _type),
    )
}
"""By the names that the functions have in the libraries."""

SEVERAL: Final = {
    rule.name: rule
    for rule in (
        Rule("string.byte", _bytes, 3, 3, is_pure=True),
        Rule("table.unpack", _unpack, 1, 3),
    )
}
"""What gives several values: the `value` of these is a sequence of them."""

NAMES: Final = {
    "ceil": math.ceil,
    "cos": math.cos,
    "exp": math.exp,
    "floor": math.floor,
    "NUMERIC": NUMERIC,
    "read_numeral": read_numeral,
    "sin": math.sin,
    "sqrt": math.sqrt,
    "type_names": {
        int: "number",
        float: "number",
        str: "string",
        Table: "table",
        Boolean: "boolean",
        type(None): "nil",
    },
}
"""What the texts refer to, besides Python's own functions."""
