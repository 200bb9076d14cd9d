"""String literals → the bytes they denote (§3.1); faulty escapes → what the message must say.

string_value('"a\\\\65\\\\z  b"') -> 'aAb'         string_value("[==[\\nx]]]==]") -> 'x]]'
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING
from pylua.values.late import late_pattern
from pylua.values.utf8_encoding import encode_utf8

if TYPE_CHECKING:
    import re

__all__ = ["EscapeError", "string_value", "unescaped"]

_SIMPLE = {
    "\\a": "\a",
    "\\b": "\b",
    "\\f": "\f",
    "\\n": "\n",
    "\\r": "\r",
    "\\t": "\t",
    "\\v": "\v",
    "\\\\": "\\",
    '\\"': '"',
    "\\'": "'",
    "\\\n": "\n",
}
_LARGEST_CODE = 0x7FFFFFFF
_LARGEST_BYTE = 255

_ESCAPE = late_pattern(
    r"\\(?:z[ \t-\r]*|x[0-9a-fA-F]{2}|[0-9]{1,3}|u\{[0-9a-fA-F]+\}|[\x00-\xff])",
)


class EscapeError(Exception):
    """The escape that begins at `position` of the text is none of Lua's."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def string_value(literal: str) -> str:
    """The value of a complete string literal with its delimiters; EscapeError if an escape is wrong."""
    if literal[0] == "[":
        return _long_string_value(literal)
    if "\\" not in literal:
        return literal[1:-1]
    return unescaped(literal)[1:-1]


def unescaped(text: str) -> str:
    """`text` with its escapes resolved; EscapeError with the position of the first wrong one."""
    return _ESCAPE.sub(_escape_value, text)


def _long_string_value(literal: str) -> str:
    """The text between long brackets; a line end right after the opening one is not part of it."""
    bracket = literal.index("[", 1) + 1
    start = bracket + 1 if literal.startswith("\n", bracket) else bracket
    return literal[start : len(literal) - bracket]


def _escape_value(escape: re.Match[str]) -> str:
    text = escape[0]
    simple = _SIMPLE.get(text)
    if simple is not None:
        return simple
    kind = text[1]
    if kind == "z":
        return ""
    if kind.isdecimal() and int(text[1:]) <= _LARGEST_BYTE:
        return chr(int(text[1:]))
    if kind == "x" and len(text) > len("\\x"):
        return chr(int(text[2:], 16))
    if kind == "u" and len(text) > len("\\u") and int(text[3:-1], 16) <= _LARGEST_CODE:
        return encode_utf8(int(text[3:-1], 16))
    raise EscapeError(escape.start())
