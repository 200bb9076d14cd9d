"""Native functions whose work generated code does itself, where they are called.

    string.byte(s, i)        r5 = ord(r2[r3 - 1]) if r3 > 0 and r3 <= len(r2) else r5.one(r2, r3)
    setmetatable(t, meta)    if not (r3.metatable is None and r4.is_plain): raise HandOver
                             r3.metatable = r4; r2 = r3

A call of a Python function costs 50 to 150 ns, most of these natives do a tenth of that. Which
native is called was noted (Notes.natives); that it still is, is asked before. Where a condition
does not hold, the native is called, or the VM goes on; where Python raises, it does, too.
"""

from __future__ import annotations

import math

from pylua.hints import TYPE_CHECKING, Final
from pylua.jit import kinds
from pylua.jit.kinds import FLOAT, INT, Known, integer_between
from pylua.jit.native_rules import Intrinsic, Operand, Rule, Writer, unless, unless_bare
from pylua.jit.text_intrinsics import SEVERAL_OF_TEXT, TEXT_RULES
from pylua.jit.watch_code import is_untouched
from pylua.jit.wishes import BARE
from pylua.values.integers import MIN_INTEGER
from pylua.values.numerals import read_numeral
from pylua.values.table import Table
from pylua.values.types import Boolean
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
    "intrinsic_for",
    "python_name",
]

_ANY: Final = kinds.ANYTHING
_EXACT: Final = 1 << 53


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
    if rule.is_pure_on_lists and not code.is_bare(function + 1):
        code.wish(BARE, function + 1)
    made = rule.write(arguments)
    if made is not None and rule.name == "setmetatable" and not is_untouched(code, function + 1):
        text = arguments[0][0]
        untold = f"(isinstance({text}, ShapedTable) or TELLING.keys().isdisjoint({text}.hash_part))"
        condition = f"{made.condition} and {untold}"
        made = Intrinsic(made.value, condition, made.known, made.action)
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


# --- basic functions ------------------------------------------------------------------------------


def _type(arguments: list[Operand]) -> Intrinsic | None:
    text = arguments[0][0]
    is_known = f"({text}.__class__ in type_names or isinstance({text}, Table))"
    return Intrinsic(f"type_names[{text}.__class__]", is_known, kinds.SOME_STRING)


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
    (table, known_table, _), (value, known, _) = arguments[0], arguments[-1]
    conditions = [*unless_bare(table, known_table), f"not {table}.hash_part"]
    if kinds.may_be(known, kinds.NIL):
        conditions.append(f"{value} is not None")
    if len(arguments) == 2:
        appended = f"n.append({value}) if (n := {table}.array_part) is not NOTHING"
        first = f"setattr({table}, 'array_part', [None, {value}])"
        return Intrinsic("", " and ".join(conditions), action=f"{appended} else {first}")
    conditions.append(f"(n := {table}.array_part) is not NOTHING")
    (place, known_place, _) = arguments[1]
    conditions.append(f"{kinds.if_positive(place, known_place)}{place} < len(n)")
    return Intrinsic("", " and ".join(conditions), action=f"n.insert({place}, {value})")


def _remove(arguments: list[Operand]) -> Intrinsic | None:
    table, known, _ = arguments[0]
    conditions = [
        *unless_bare(table, known),
        f"len(n := {table}.array_part) > 2 and n[-2] is not None",
    ]
    if len(arguments) == 1:
        return Intrinsic("n.pop()", " and ".join(conditions))
    (place, known_place, _) = arguments[1]
    if not (known_place[0] == INT and 0 < known_place[1] <= known_place[2] <= _SURE):
        conditions.append(f"{kinds.if_positive(place, known_place)}{place} < len(n)")
    return Intrinsic(f"n.pop({place})", " and ".join(conditions))


def _concat(arguments: list[Operand]) -> Intrinsic | None:
    table, known_table, _ = arguments[0]
    separator, known, _ = arguments[1] if len(arguments) == 2 else ("''", kinds.SOME_STRING, "")
    conditions = [
        *unless_bare(table, known_table),
        *unless(known, kinds.STRING, f"{separator}.__class__ is str"),
    ]
    return Intrinsic(f"joined({separator}, {table}.array_part)", " and ".join(conditions), kinds.SOME_STRING)


def _unpack(arguments: list[Operand]) -> Intrinsic | None:
    table, known, _ = arguments[0]
    array = f"{table}.array_part"
    conditions = unless_bare(table, known)
    if len(arguments) == 1:
        conditions.append(f"2 < len({array}) < {MANY_VALUES}")
        return Intrinsic(f"tuple({array}[1:])", " and ".join(conditions))
    if len(arguments) == 2:
        return None
    (first, known_first, _), (last, _, _) = arguments[1:]
    lowest = "" if kinds.is_positive(known_first) else "0 < "
    conditions.append(f"{lowest}{first} < {last} < len({array}) < {MANY_VALUES}")
    return Intrinsic(f"tuple({array}[{first}:{last} + 1])", " and ".join(conditions))


def _leave(_: list[Operand]) -> None:
    """The starts of loops, searches, and calls with `...`, are written in place elsewhere."""


LOOP_VALUES: Final = 4
"""So many values a generic loop begins with."""
LOOP_STARTS: Final = {"ipairs": ("native_ipairs_iterator", "0"), "pairs": ("native_next", "None")}
"""What they give besides their table: the name of the iterator, and the first control value."""


_SURE: Final = 2
"""Places that a list has of which two elements can be asked for."""
_MANY: Final = 255
MANY_VALUES: Final = 100_000
"""So many values surely fit on Lua's stack."""

INTRINSICS: Final = {
    rule.name: rule
    for rule in (
        *TEXT_RULES,
        Rule("assert", _assert, 1, _MANY, is_pure=True, is_single=False),
        Rule("ipairs", _leave, is_single=False),
        Rule("math.abs", _abs, is_pure=True),
        Rule("math.ceil", _rounded("ceil"), is_pure=True),
        Rule("math.cos", _of_float("cos"), is_pure=True),
        Rule("math.exp", _of_float("exp"), is_pure=True),
        Rule("math.floor", _rounded("floor"), is_pure=True),
        Rule("math.max", _extreme("<"), 2, _MANY, is_pure=True),
        Rule("math.min", _extreme(">"), 2, _MANY, is_pure=True),
        Rule("math.sin", _of_float("sin"), is_pure=True),
        Rule("math.sqrt", _square_root, is_pure=True),
        Rule("pairs", _leave, is_single=False),
        Rule("rawequal", _rawequal, 2, 2, is_pure=True),
        Rule("rawlen", _rawlen, is_pure=True),
        Rule("select", _leave, is_single=False),
        Rule("setmetatable", _setmetatable, 2, 2, insists=True),
        Rule("string.gmatch", _leave, 2, 3, is_single=False),
        Rule("string.gsub", _leave, 3, 3, is_single=False),
        Rule("string.match", _leave, 2, 3, is_single=False),
        Rule("table.concat", _concat, 1, 2, is_pure_on_lists=True),
        Rule("table.insert", _insert, 2, 3, is_pure_on_lists=True, is_single=False),
        Rule("table.remove", _remove, 1, 2, acts=True, is_pure_on_lists=True),
        Rule("type", _type, is_pure=True),
    )
}
"""By the names that the functions have in the libraries."""

SEVERAL: Final = {
    rule.name: rule
    for rule in (
        *SEVERAL_OF_TEXT,
        Rule("table.unpack", _unpack, 1, 3, is_pure_on_lists=True),
    )
}
"""What gives several values: the `value` of these is a sequence of them."""


class _TypeNames(dict[type, str]):
    """By class: tables with shapes have many."""

    def __missing__(self, kind: type) -> str:
        return "table"


NAMES: Final = {
    "ceil": math.ceil,
    "cos": math.cos,
    "exp": math.exp,
    "floor": math.floor,
    "NUMERIC": NUMERIC,
    "read_numeral": read_numeral,
    "sin": math.sin,
    "sqrt": math.sqrt,
    "type_names": _TypeNames(
        {int: "number", float: "number", str: "string", Table: "table", Boolean: "boolean", type(None): "nil"}
    ),
}
"""What the texts refer to, besides Python's own functions."""
