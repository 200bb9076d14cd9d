"""The conversions of string.format (§6.4): a specification comes in, a function that converts goes out.

    conversion("%5.1f")(2.25, 2, to_text, address)  ->  "  2.2"

What Lua does not allow is raised by the conversion, when the turn of its argument comes.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.errors import ArgumentError, LibraryError
from pylua.hints import Final, TypeAlias
from pylua.stdlib.float_text import decimal_text, hexadecimal_text
from pylua.values.integers import MIN_INTEGER
from pylua.values.types import FALSE, TRUE, LuaValue
from pylua.vm.native import check_integer, check_number

__all__ = ["Address", "Conversion", "ToText", "conversion", "quoted"]

ToText: TypeAlias = Callable[[LuaValue], str]
"""What `tostring` does; may run a metamethod."""

Address: TypeAlias = Callable[[LuaValue], str | None]
"""The address that `%p` shows, None for values without one."""

Conversion: TypeAlias = Callable[[LuaValue, int, ToText, Address], str]
"""Makes the text of one argument, given its value and its number in messages."""

_FLAGS: Final = "-+#0 "
_MAX_SPECIFICATION: Final = 22
_UNSIGNED: Final = (1 << 64) - 1


class Specification:
    """A conversion specification such as `%-5.2f`: flags, width, precision and letter.

    `problem` is the message if Lua does not allow it: each letter has its own flags, widths
    and precisions have two digits at most.
    """

    __slots__ = ("flags", "letter", "precision", "problem", "text", "width")

    def __init__(self, text: str, allowed_flags: str, allows_precision: bool) -> None:
        self.text = text
        self.letter = text[-1]
        rest = text[1:-1]
        after_flags = rest.lstrip(allowed_flags)
        self.flags = rest[: len(rest) - len(after_flags)]
        width, dot, precision = after_flags.partition(".")
        digits = len(width) <= 2 and len(precision) <= 2 and (width + precision + "0").isdecimal()
        wrong = not digits or width.startswith("0") or (dot and not allows_precision)
        self.problem = f"invalid conversion specification: '{text}'" if wrong else None
        self.width = 0 if wrong else int(width or 0)
        self.precision = int(precision or 0) if dot and not wrong else None

    def check(self) -> None:
        if self.problem is not None:
            raise LibraryError(self.problem)

    def padded(self, text: str, prefix: str = "", zeros: bool = False) -> str:
        """`prefix` and `text` brought to the width: by spaces, or by zeros between the two."""
        missing = self.width - len(prefix) - len(text)
        if missing <= 0:
            return prefix + text
        if "-" in self.flags:
            return prefix + text + " " * missing
        return prefix + "0" * missing + text if zeros else " " * missing + prefix + text

    def sign(self, negative: bool) -> str:
        """The sign that the flags ask for."""
        return "-" if negative else "+" if "+" in self.flags else " " if " " in self.flags else ""


def conversion(text: str) -> Conversion:
    """The conversion for a specification, from `%` to its letter (which may be missing)."""
    if len(text) > _MAX_SPECIFICATION:
        return _fails("invalid format (too long)")
    maker = _MAKERS.get(text[-1])
    if maker is None or len(text) == 1:
        shown = text.partition("\0")[0]
        return _fails(f"invalid conversion '{shown}' to 'format'")
    return maker(text)


def _fails(message: str) -> Conversion:
    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        raise LibraryError(message)

    return convert


# --- integers -------------------------------------------------------------------------------


def _decimal(text: str) -> Conversion:
    """`%d` and `%i`."""
    specification = Specification(text, "-+0 ", True)
    plain = len(text) == 2

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        integer = value if type(value) is int else check_integer(value, number)
        if plain:
            return str(integer)
        specification.check()
        return _integer_text(specification, str(abs(integer)), specification.sign(integer < 0))

    return convert


def _unsigned(text: str) -> Conversion:
    """`%u`, which the manual does not mention but Lua has."""
    specification = Specification(text, "-0", True)

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        integer = check_integer(value, number)
        specification.check()
        return _integer_text(specification, str(integer & _UNSIGNED), "")

    return convert


def _based(text: str) -> Conversion:
    """`%o`, `%x` and `%X`: the 64 bits without a sign."""
    specification = Specification(text, "-#0", True)
    letter = text[-1]

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        integer = (value if type(value) is int else check_integer(value, number)) & _UNSIGNED
        specification.check()
        digits = format(integer, letter)
        prefix = ""
        if "#" in specification.flags and letter != "o" and integer != 0:
            prefix = "0" + letter
        elif "#" in specification.flags and letter == "o" and digits != "0":
            leading = specification.precision is None or specification.precision <= len(digits)
            digits = "0" + digits if leading else digits
        return _integer_text(specification, digits, prefix)

    return convert


def _integer_text(specification: Specification, digits: str, prefix: str) -> str:
    precision = specification.precision
    if precision is None:
        return specification.padded(digits, prefix, zeros="0" in specification.flags)
    if precision == 0 and digits == "0" and not ("#" in specification.flags and specification.letter == "o"):
        digits = ""
    return specification.padded(digits.rjust(precision, "0"), prefix)


def _character(text: str) -> Conversion:
    """`%c`."""
    specification = Specification(text, "-", False)

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        specification.check()
        return specification.padded(chr(check_integer(value, number) & 0xFF))

    return convert


# --- floats ---------------------------------------------------------------------------------


def _float(text: str) -> Conversion:
    """`%e`, `%E`, `%f`, `%g` and `%G`."""
    specification = Specification(text, _FLAGS, True)
    # Python's own % does the same as C's for finite numbers, as long as the number is a float
    usable = specification.problem is None

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        converted = value if type(value) is float else float(check_number(value, number))
        if usable and converted - converted == 0.0:
            return text % converted
        specification.check()
        return _not_finite(specification, converted)

    return convert


def _hexadecimal_float(text: str) -> Conversion:
    """`%a` and `%A`."""
    specification = Specification(text, _FLAGS, True)

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        specification.check()
        converted = float(check_number(value, number))
        if converted - converted != 0.0:
            return _not_finite(specification, converted)
        negative, digits = hexadecimal_text(converted, specification.precision, "#" in specification.flags)
        prefix = specification.sign(negative) + "0x"
        if specification.letter == "A":
            prefix, digits = prefix.upper(), digits.upper()
        return specification.padded(digits, prefix, zeros="0" in specification.flags)

    return convert


def _not_finite(specification: Specification, value: float) -> str:
    """Infinities and NaNs: no precision, no zeros, but signs and width."""
    text = decimal_text(value)
    if specification.letter.isupper():
        text = text.upper()
    negative = text.startswith("-")
    return specification.padded(specification.sign(negative) + text.removeprefix("-"))


# --- strings and the rest ---------------------------------------------------------------------


def _string(text: str) -> Conversion:
    """`%s`: any value as `tostring` shows it."""
    if len(text) == 2:
        return lambda value, number, to_text, address: value if type(value) is str else to_text(value)
    specification = Specification(text, "-", True)

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        shown = to_text(value)
        if "\0" in shown:
            raise ArgumentError(number, "string contains zeros")
        specification.check()
        return specification.padded(shown[: specification.precision])

    return convert


def _pointer(text: str) -> Conversion:
    """`%p`: where the value lives, `(null)` for values that live nowhere."""
    specification = Specification(text, "-", False)

    def convert(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
        specification.check()
        return specification.padded(address(value) or "(null)")

    return convert


def _literal(text: str) -> Conversion:
    """`%q`: the value as a Lua literal."""
    if len(text) > 2:
        return _fails("specifier '%q' cannot have modifiers")
    return _literal_text


def _literal_text(value: LuaValue, number: int, to_text: ToText, address: Address) -> str:
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int:
        return "0x8000000000000000" if value == MIN_INTEGER else str(value)
    if kind is float:
        return _float_literal(value)
    if value is None or value is TRUE or value is FALSE:
        return "nil" if value is None else value.name
    raise ArgumentError(number, "value has no literal form")


def _float_literal(value: float) -> str:
    """A numeral that reads back as exactly `value`."""
    if value != value:
        return "(0/0)"
    if value - value != 0.0:
        return "1e9999" if value > 0 else "-1e9999"
    negative, digits = hexadecimal_text(value, None, False)
    return ("-0x" if negative else "0x") + digits


_CONTROLS: Final = frozenset(map(chr, (*range(10), *range(11, 32), 127)))
_SHORT_ESCAPES: Final = str.maketrans(
    {'"': '\\"', "\\": "\\\\", "\n": "\\\n"} | {control: f"\\{ord(control)}" for control in _CONTROLS}
)


def quoted(text: str) -> str:
    """`text` as a Lua string literal; escapes are as short as the next character allows."""
    if _CONTROLS.isdisjoint(text):
        return '"' + text.translate(_SHORT_ESCAPES) + '"'
    pieces = ['"']
    for place, character in enumerate(text):
        if character in _CONTROLS and text[place + 1 : place + 2] in _DIGITS:
            pieces.append(f"\\{ord(character):03d}")
        else:
            pieces.append(character.translate(_SHORT_ESCAPES))
    pieces.append('"')
    return "".join(pieces)


_DIGITS: Final = frozenset("0123456789")

_MAKERS: Final[dict[str, Callable[[str], Conversion]]] = {
    "d": _decimal,
    "i": _decimal,
    "u": _unsigned,
    "o": _based,
    "x": _based,
    "X": _based,
    "c": _character,
    "e": _float,
    "E": _float,
    "f": _float,
    "g": _float,
    "G": _float,
    "a": _hexadecimal_float,
    "A": _hexadecimal_float,
    "s": _string,
    "p": _pointer,
    "q": _literal,
}
