"""A text where no word is → what is wrong with it, in the words of Lua's messages (§3.1).

'x = "a\\\\q"'  at 4  ->  LexicalFault("invalid escape sequence", '"a\\\\q', offset=8)
"""

from __future__ import annotations

import re

from pylua.syntax.escapes import EscapeError, unescaped
from pylua.syntax.generated_parser import PATTERNS
from pylua.values.records import record

__all__ = ["LexicalFault", "lexical_fault"]

_LONG_BRACKET = re.compile(r"(?:(--)?\[=*(\[))|\[=+")
_SHORT_STRING = re.compile(r"([\"'])(?:(?!\1)[^\\\n]|\\z[ \t-\r]*+|\\[\x00-\xff])*+")
_NUMBER = re.compile(PATTERNS["NUMBER"])

_ESCAPE_FAULTS = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        (r"\\x[0-9a-fA-F]?", "hexadecimal digit expected"),
        (r"\\u(?!\{)", "missing '{'"),
        (r"\\u\{(?![0-9a-fA-F])", "hexadecimal digit expected"),
        (
            r"\\u\{0*(?:[89a-fA-F][0-9a-fA-F]{6}|[1-7][0-9a-fA-F]{7})(?=[0-9a-fA-F])",
            "UTF-8 value too large",
        ),
        (r"\\u\{[0-9a-fA-F]+", "missing '}'"),
        (r"\\[0-9]{1,3}", "decimal escape too large"),
        (r"\\", "invalid escape sequence"),
    )
)
"""How a wrong escape begins → what is wrong with the character after that."""


@record(frozen=True)
class LexicalFault:
    """`message` near `shown` (None: the end of the text), found on reading up to `offset`.

    `shows_culprit`: `shown` ends with the character at `offset`.
    """

    message: str
    shown: str | None
    offset: int
    shows_culprit: bool = False


def lexical_fault(source: str, start: int) -> LexicalFault | None:
    """Why what begins at `start` is no word; None for a character that no rule of the syntax uses."""
    string = _SHORT_STRING.match(source, start)
    if string is not None:
        return _string_fault(source, string)
    bracket = _LONG_BRACKET.match(source, start)
    if bracket is not None:
        return _bracket_fault(source, bracket)
    number = _NUMBER.match(source, start)
    return None if number is None else LexicalFault("malformed number", number[0], start)


def _bracket_fault(source: str, bracket: re.Match[str]) -> LexicalFault:
    if bracket[2] is None:
        return LexicalFault("invalid long string delimiter", bracket[0], bracket.start())
    line = 1 + source.count("\n", 0, bracket.start())
    what = "string" if bracket[1] is None else "comment"
    return LexicalFault(f"unfinished long {what} (starting at line {line})", None, len(source))


def _string_fault(source: str, string: re.Match[str]) -> LexicalFault:
    """The first wrong escape of a string, else its missing end; `string` is all but its end."""
    try:
        shown = unescaped(string[0])
    except EscapeError as fault:
        return _escape_fault(source, string.start(), string.start() + fault.position)
    if source[string.end() : string.end() + 1] == "\n":
        return LexicalFault("unfinished string", shown, string.end())
    return LexicalFault("unfinished string", None, len(source))


def _escape_fault(source: str, start: int, escape: int) -> LexicalFault:
    """What was read of the string is shown, up to the character that makes the escape wrong."""
    for pattern, message in _ESCAPE_FAULTS:
        fault = pattern.match(source, escape)
        if fault is not None:
            shown = unescaped(source[start:escape]) + source[escape : fault.end() + 1]
            return LexicalFault(message, shown, fault.end(), shows_culprit=fault.end() < len(source))
    raise AssertionError("an escape begins with a backslash")
