"""A word of the source → how messages show it after "near".

""  ->  <eof>        x  ->  'x'        "a\\65"  ->  '"aA"'        an é byte  ->  '<\\233>'
"""

from __future__ import annotations

from pylua.syntax.escapes import string_value, unescaped

__all__ = ["quoted", "shown_word"]


def shown_word(text: str) -> str:
    """The word in quotes, a string with its escapes resolved; "" for a zero byte, which ends messages."""
    if not text:
        return "<eof>"
    if text[0] in "\"'":
        return quoted(unescaped(text))
    if text[0] == "[" != text:
        bracket = text[: text.index("[", 1) + 1]
        return quoted(bracket + string_value(text) + bracket.replace("[", "]"))
    if len(text) == 1 and not " " <= text <= "~":
        return f"'<\\{ord(text)}>'" if text != "\0" else ""
    return quoted(text)


def quoted(text: str) -> str:
    """In quotes, up to the first zero byte: messages are C strings."""
    return "'" + text.partition("\0")[0] + "'"
