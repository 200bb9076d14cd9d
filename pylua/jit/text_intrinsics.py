"""The string library's functions, tostring and tonumber as rules: what of them generated code does itself.

    s:byte(i)       r5 = ord(r2[r3 - 1]) if r3 > 0 and r3 <= len(r2)
    ("%d"):format   r5 = '%d' % (r3) if r3.__class__ is int

Whatever else can be sliced or measured is no Lua value.
"""

from __future__ import annotations

from pylua.hints import Final
from pylua.jit import kinds
from pylua.jit.kinds import INT, Known
from pylua.jit.native_rules import Intrinsic, Operand, Rule, Writer, unless
from pylua.values.formats import PATTERN_SPECIALS, SPECIFICATION, python_type
from pylua.values.types import TRUE

__all__ = ["SEVERAL_OF_TEXT", "TEXT_RULES"]

_EXACT: Final = 1 << 53
_MANY: Final = 255
_MANY_COPIES: Final = 10_000
"""So many copies of a text of such a length can be made without asking whether there is memory for them."""


def _byte(arguments: list[Operand]) -> Intrinsic | None:
    known: Known = (INT | kinds.NIL, 0, 255)
    if len(arguments) == 1:
        text, known_text, _ = arguments[0]
        is_text = unless(known_text, kinds.STRING, f"{text}.__class__ is str")
        return Intrinsic(f"ord({text}[0])", " and ".join([*is_text, text]), known)
    (text, _, _), (at, known_at, literal) = arguments
    if literal.__class__ is int and literal < 0:
        return Intrinsic(f"ord({text}[{literal}])", f"len({text}) >= {-literal}", known)
    condition = f"{kinds.if_positive(at, known_at)}{at} <= len({text})"
    return Intrinsic(f"ord({text}[{at} - 1])", condition, known)


def _is_negative(known: Known) -> bool:
    return known[0] == INT and known[2] < 0


def _sub(arguments: list[Operand]) -> Intrinsic | None:
    (text, known, _), (first, known_first, literal) = arguments[:2]
    conditions = []
    if len(arguments) == 3 and _is_negative(known_first) and _is_negative(arguments[2][1]):
        stop = f"{arguments[2][0]} + 1 or None"
        condition = " and ".join(unless(known, kinds.STRING, f"{text}.__class__ is str"))
        return Intrinsic(f"{text}[{first}:{stop}]", condition, kinds.SOME_STRING)
    if literal.__class__ is int and literal < 0:
        start = str(literal)
        if len(arguments) == 3 and arguments[2][2] != -1:
            return None
        return Intrinsic(f"{text}[{start}:]", known=kinds.SOME_STRING)
    start = str(literal - 1) if literal.__class__ is int and literal > 0 else f"{first} - 1"
    if not kinds.is_positive(known_first):
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
        *unless(known_text, kinds.STRING, f"{text}.__class__ is str"),
        *unless(known, kinds.STRING, f"{sought}.__class__ is str"),
    ]
    start = ""
    if len(arguments) > 2:
        first, known_first, _ = arguments[2]
        conditions.append(f"{kinds.if_positive(first, known_first)}{first} <= len({text}) + 1")
        start = f", {first} - 1"
    found: Known = (INT | kinds.NIL, 0, _EXACT)
    return Intrinsic(f"({text}.find({sought}{start}) + 1 or None)", " and ".join(conditions), found)


def _tonumber(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    if not known[0] & ~kinds.NUMBER:
        return Intrinsic(text, known=known)
    condition = " and ".join(unless(known, kinds.STRING, f"{text}.__class__ is str"))
    value = f"(int({text}) if {text}.isdecimal() and len({text}) < 19 else read_numeral({text}))"
    return Intrinsic(value, condition, (kinds.NUMBER | kinds.NIL, *kinds.SOME_INTEGER[1:]))


def _char(arguments: list[Operand]) -> Intrinsic | None:
    if len(arguments) == 1:
        return Intrinsic(f"chr({arguments[0][0]})", f"0 <= {arguments[0][0]} < 256", kinds.SOME_STRING)
    codes = ", ".join(text for text, _, _ in arguments)
    return Intrinsic(f"bytes(({codes})).decode('latin-1')", known=kinds.SOME_STRING)


def _bytes(arguments: list[Operand]) -> Intrinsic | None:
    (text, _, _), (first, _, _), (last, _, _) = arguments
    known: Known = (INT | kinds.NIL, 0, 255)
    return Intrinsic(f"{text}[{first} - 1:{last}].encode('latin-1')", f"0 < {first} <= {last}", known)


def _len(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    condition = " and ".join(unless(known, kinds.STRING, f"{text}.__class__ is str"))
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
            conditions += unless(known, INT, f"{text}.__class__ is int")
            conditions += [] if piece.endswith("d") or known[1] >= 0 else [f"{text} >= 0"]
        elif kind is float:
            conditions += unless(known, INT, f"{text}.__class__ in NUMERIC and {text} - {text} == 0")
        elif piece == "%s":
            conditions += unless(known, kinds.STRING, f"{text}.__class__ in TEXTS")
        else:
            conditions += unless(known, kinds.STRING, f"{text}.__class__ is str")
            conditions.append(f"'\\0' not in {text}")
    shown = ", ".join(values) + ("," if len(values) == 1 else "")
    return Intrinsic(f"{form!r} % ({shown})", " and ".join(conditions), kinds.SOME_STRING)


def _rep(arguments: list[Operand]) -> Intrinsic | None:
    (text, known, _), (count, known_count, _) = arguments
    conditions = [
        *unless(known, kinds.STRING, f"{text}.__class__ is str"),
        *unless(known_count, INT, f"{count}.__class__ is int"),
        f"{count} < {_MANY_COPIES} > len({text})",
    ]
    return Intrinsic(f"{text} * {count}", " and ".join(conditions), kinds.SOME_STRING)


def _reverse(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    condition = " and ".join(unless(known, kinds.STRING, f"{text}.__class__ is str"))
    return Intrinsic(f"{text}[::-1]", condition, kinds.SOME_STRING)


def _in_case(method: str) -> Writer:
    """string.lower or string.upper; of other characters than ASCII's Python knows more than Lua."""

    def write(arguments: list[Operand]) -> Intrinsic:
        text = arguments[0][0]
        return Intrinsic(f"{text}.{method}()", f"{text}.isascii()", kinds.SOME_STRING)

    return write


def _tostring(arguments: list[Operand]) -> Intrinsic | None:
    text, known, _ = arguments[0]
    if known[0] == kinds.STRING:
        return Intrinsic(text, known=known)
    condition = "" if known[0] == INT else f"{text}.__class__ is int"
    return Intrinsic(f"str({text})", condition, kinds.SOME_STRING)


TEXT_RULES: Final = (
    Rule("string.byte", _byte, 1, 2, is_pure=True, is_single=False),
    Rule("string.char", _char, 1, 20, is_pure=True),
    Rule("string.find", _find, 2, 4, is_pure=True, is_single=False),
    Rule("string.format", _format, 1, _MANY),
    Rule("string.len", _len, is_pure=True),
    Rule("string.lower", _in_case("lower"), is_pure=True),
    Rule("string.rep", _rep, 2, 2, is_pure=True),
    Rule("string.reverse", _reverse, is_pure=True),
    Rule("string.sub", _sub, 2, 3, is_pure=True),
    Rule("string.upper", _in_case("upper"), is_pure=True),
    Rule("tonumber", _tonumber, is_pure=True),
    Rule("tostring", _tostring),
)

SEVERAL_OF_TEXT: Final = (Rule("string.byte", _bytes, 3, 3, is_pure=True, is_single=False),)
"""What gives several values (see intrinsics)."""
