"""Source text → words: their kinds, texts and lines, and the values of the literals among them.

    "x = 0x10\\n"  ->  texts ["x", "=", "0x10", ""], lines [1, 1, 1, 2], constants {"0x10": 16}

Lines end in "\\n" only here (`with_plain_line_ends`). A text that is no word, or a literal
without a value, gets the kind UNKNOWN, which no state of the parser accepts; why it is wrong is
asked only when the parser comes to it (`diagnosis`).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, compress, islice, repeat

from pylua.syntax.escapes import EscapeError, string_value
from pylua.syntax.generated_parser import (
    END_OF_TEXT,
    FIXED_WORDS,
    IGNORED,
    PATTERN_KINDS,
    PATTERNS,
    UNKNOWN,
)
from pylua.values.late import late_pattern
from pylua.values.numerals import read_numeral
from pylua.values.records import record

__all__ = ["Words", "offset_of", "original_line_end", "read_words", "with_plain_line_ends"]

_LINE_END = late_pattern("\r\n|\n\r|\r|\n")

_NAME = PATTERN_KINDS["NAME"]

_LONG_BRACKET = late_pattern(r"(?s)\\\[\(\?P<(\w+)>=\*\).*?\(\?P=\1\)\\\]")
"""In a pattern: a long bracket."""

_LEVEL = late_pattern(r"\(\?P<\w+>=\*\)|\(\?P=\w+\)")
"""In a pattern: the equal signs of a long bracket, opening and closing."""

_BEGINNINGS = {"SPACE": " \t\n\v\f\r", "COMMENT": "-", "NUMBER": ".0123456789", "STRING": "\"'["}
"""Terminals other than names → the characters that they begin with."""

_CANDIDATES = {
    character: candidate
    for name, characters in _BEGINNINGS.items()
    for candidate in [(name, late_pattern(PATTERNS[name]))]
    for character in characters
}
"""First character → what the word may be, and how that looks; each is compiled when it first is met."""

_USUAL_LEVELS = 3
_UNUSUAL_LEVEL = "[" + "=" * _USUAL_LEVELS

_UNFINISHED = (
    r"(?:--)?\[=*\[[\x00-\xff]*",
    r"\[=+",
    r'"(?:[^"\\\n]|\\z[ \t-\r]*+|\\[\x00-\xff])*+',
    r"'(?:[^'\\\n]|\\z[ \t-\r]*+|\\[\x00-\xff])*+",
)
"""Beginnings of words without their ends, taken whole: so hostile texts, too, take linear time."""

_ANY = r"[\s\S]"

_STRING, _NUMBER = PATTERN_KINDS["STRING"], PATTERN_KINDS["NUMBER"]

_FEW_DIGITS = 19
"""Numbers of fewer digits are integers."""


@record(frozen=True)
class Words:
    """The words of one source text, ended by the end of the text; `constants` by literal text."""

    kinds: list[int]
    texts: list[str]
    lines: list[int]
    constants: dict[str, object]


class _Kinds(dict[str, int]):
    """Text → kind; each different text is looked at once, and what it holds is noted."""

    def __init__(self) -> None:
        super().__init__(FIXED_WORDS)
        self.constants: dict[str, object] = {}
        self.line_ends: dict[str, int] = {}

    def __missing__(self, text: str) -> int:
        if text.isidentifier() and text.isascii():
            kind = _NAME
        elif text[0] in "'\"" and text[-1] == text[0] and "\\" not in text and len(text) > 1:
            self.constants[text], kind = text[1:-1], _STRING  # the usual ones need no second look
        elif text.isdecimal() and len(text) < _FEW_DIGITS:
            self.constants[text], kind = int(text), _NUMBER
        else:
            kind = self._kind(text)
        self[text] = kind
        return kind

    def _kind(self, text: str) -> int:
        line_ends = text.count("\n")
        if line_ends:
            self.line_ends[text] = line_ends
        candidate = _CANDIDATES.get(text[0])
        if candidate is None or not candidate[1].fullmatch(text):
            return UNKNOWN
        return self._literal(candidate[0], text)

    def _literal(self, name: str, text: str) -> int:
        """The kind of a number, a string or what is no word; the value of a literal is kept."""
        value: object = None
        if name == "NUMBER":
            value = read_numeral(text)
        elif name == "STRING":
            value = _string_value(text)
        if value is None and PATTERN_KINDS[name] != IGNORED:
            return UNKNOWN
        self.constants[text] = value
        return PATTERN_KINDS[name]


def _string_value(literal: str) -> str | None:
    try:
        return string_value(literal)
    except EscapeError:
        return None


def with_plain_line_ends(source: str) -> str:
    """`source` with each of Lua's four line ends as one "\\n" (§3.1)."""
    return _LINE_END.sub("\n", source) if "\r" in source else source


def original_line_end(source: str, number: int) -> str:
    """The first byte of line end `number`, from 0, of a text as it was given."""
    return next(islice(_LINE_END.finditer(source), number, None))[0][0]


def read_words(source: str) -> Words:
    """All words of `source`, without what lies between them."""
    everything = _scanner(_UNUSUAL_LEVEL in source).findall(source)
    if everything and not isinstance(everything[0], str):
        everything = [groups[0] for groups in everything]
    kinds = _Kinds()
    kept = list(map(kinds.__getitem__, everything))
    lines = accumulate(map(kinds.line_ends.get, everything, repeat(0)), initial=1)
    next(lines)
    return Words(
        [*filter(None, kept), END_OF_TEXT],
        [*compress(everything, kept), ""],
        [*compress(lines, kept), 1 + source.count("\n")],
        kinds.constants,
    )


def offset_of(source: str, position: int) -> int:
    """Where in `source` the word of that index begins."""
    kinds = _Kinds()
    found = (match for match in _scanner(True).finditer(source) if kinds[match[1]] != IGNORED)
    return next(islice(found, position, None)).start(1)


@cache
def _scanner(any_level: bool) -> re.Pattern[str]:
    """Finds what comes next, blanks before it left out: its first group is that text.

    Long brackets of any level need further groups, which make every match slower.
    """
    patterns = [pattern if any_level else _at_usual_levels(pattern) for pattern in PATTERNS.values()]
    longer = (text for text in FIXED_WORDS if not text.isalpha() and len(text) > 1)  # others: `_ANY`
    fixed = sorted(longer, key=len, reverse=True)
    alternatives = [*patterns, *_UNFINISHED, *map(re.escape, fixed), _ANY]
    return re.compile(rf"[ \t\f\v]*({'|'.join(alternatives)})")


def _at_usual_levels(pattern: str) -> str:
    """The pattern with all usual numbers of equal signs written out in place of groups."""
    return _LONG_BRACKET.sub(lambda found: f"(?:{_at_each_level(found[0])})", pattern)


def _at_each_level(bracket: str) -> str:
    return "|".join(_LEVEL.sub("=" * level, bracket) for level in range(_USUAL_LEVELS))
