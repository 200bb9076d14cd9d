"""string.format (§6.4): a format string and its arguments come in, the text goes out.

    format_text(FORMATS["%5.1f|%q"], (2.25, "a\n"), to_text, address)  ->  '  2.2|"a\\\n"'

A format string is read once and kept. What is wrong with a specification is raised when its
turn comes, after the arguments before it were converted, as PUC Lua does.
"""

from __future__ import annotations

from pylua.errors import ArgumentError
from pylua.hints import TYPE_CHECKING, Final
from pylua.stdlib.text_cache import TextCache
from pylua.values.formats import SPECIFICATION, python_type
from pylua.values.late import late_module
from pylua.values.records import record
from pylua.values.types import LuaValue

if TYPE_CHECKING:
    from pylua.stdlib import conversions
    from pylua.stdlib.conversions import Address, Conversion, ToText
else:
    conversions = late_module("pylua.stdlib.conversions")

__all__ = ["FORMATS", "Format", "format_text"]


@record(frozen=True)
class Format:
    """A format string: literal texts and conversions in turn.

    For arguments of exactly the given `types`, Python's `python % arguments` gives the same,
    unless one of the `doubts` is in it. `types` is None if a conversion is not Python's.
    """

    parts: tuple[str | Conversion, ...]
    types: tuple[type, ...] | None
    python: str
    doubts: tuple[str, ...]


def read_format(template: str) -> Format:
    """Reads a format string."""
    parts: list[str | Conversion] = []
    types: list[type | None] = []
    is_unsigned = False
    for piece in SPECIFICATION.split(template):
        if not piece.startswith("%"):
            parts.append(piece)
        elif piece == "%%":
            parts.append("%")
        else:
            parts.append(conversions.conversion(piece))
            types.append(python_type(piece))
            is_unsigned = is_unsigned or piece[-1] in "xX"
    known = tuple(kind for kind in types if kind is not None)
    # Python writes infinities and NaNs in another way, and pads strings that Lua refuses to
    doubts = ("inf", "nan", "\0") if float in types else ("\0",) if str in types else ()
    return Format(
        tuple(part for part in parts if part != ""),
        known if len(known) == len(types) else None,
        template,
        (*doubts, "-") if is_unsigned else doubts,
    )


FORMATS: Final = TextCache(read_format)
"""The Format of a format string."""


def format_text(form: Format, arguments: tuple[LuaValue, ...], to_text: ToText, address: Address) -> str:
    """The text of `string.format(form, ...)`."""
    if form.types == tuple(map(type, arguments)):
        text = form.python % arguments
        for doubt in form.doubts:
            if doubt in text:
                break
        else:
            return text
    pieces = []
    number = 0
    for part in form.parts:
        if type(part) is str:
            pieces.append(part)
        else:
            number += 1
            if number > len(arguments):
                raise ArgumentError(number + 1, "no value")
            pieces.append(part(arguments[number - 1], number + 1, to_text, address))  # type: ignore[operator]
    return "".join(pieces)
