"""What Python's `%` and `find` do as string.format and string.find: specifications come in, types go out.

SPECIFICATION.split("%5.1f of %s")   ->  ["", "%5.1f", " of ", "%s", ""]
python_type("%5.1f")                 ->  float: finite numbers look alike
python_type("%q")                    ->  None
"""

from __future__ import annotations

from pylua.hints import Final
from pylua.values.late import late_pattern

__all__ = ["PATTERN_SPECIALS", "SPECIFICATION", "python_type"]

PATTERN_SPECIALS: Final = frozenset("^$*+?.([%-")
"""Without one of these a pattern is a text to be found (§6.4.1)."""

SPECIFICATION: Final = late_pattern(r"(%(?:%|[-+#0 1-9.]*(?s:.)?))")
_SIMPLE: Final = late_pattern(
    r"%(?:-?(?:[1-9][0-9]?)?s|-?[1-9]?[0-9]?[dxX]|0?[1-9]?[dxX]|-?0?[1-9]?[0-9]?(?:\.[0-9]{1,2})?[feg])"
)


def python_type(specification: str) -> type | None:
    """The type of values that Python's `%` treats as Lua's does: int, str (if without "\\0") or float.

    Python writes negative integers with a sign in hexadecimal, too.
    """
    if _SIMPLE.fullmatch(specification) is None:
        return None
    letter = specification[-1]
    return int if letter in "dxX" else str if letter == "s" else float
