"""Lua's pattern matching (§6.4.1): a pattern's text comes in, an object that finds its matches goes out.

    PATTERNS["(%d+)x"].search("a12x", 0)  ->  (1, 4, ("12",))

Nothing here knows native functions: subjects are strings, places count from 0.
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.stdlib.text_cache import TextCache
from pylua.values.formats import PATTERN_SPECIALS
from pylua.values.late import late_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from pylua.stdlib import (
        pattern_code,
        pattern_interpreter,
        pattern_pieces,
        pattern_prospects,
        pattern_syntax,
    )
    from pylua.stdlib.pattern_interpreter import Charge, Match
    from pylua.stdlib.pattern_pieces import Cut, Split
    from pylua.stdlib.pattern_syntax import Characters, Item
else:
    pattern_code = late_module("pylua.stdlib.pattern_code")
    pattern_interpreter = late_module("pylua.stdlib.pattern_interpreter")
    pattern_pieces = late_module("pylua.stdlib.pattern_pieces")
    pattern_prospects = late_module("pylua.stdlib.pattern_prospects")
    pattern_syntax = late_module("pylua.stdlib.pattern_syntax")

__all__ = ["MANY_MATCHES", "PATTERNS", "UNANCHORED_PATTERNS", "Pattern"]

MANY_MATCHES: Final = 12
"""After so many matches in one subject it pays to bind the search to it."""

_REHEARSALS: Final = 20
_SHORT: Final = 100


class Pattern:
    """A pattern ready for use.

    `search(subject, start)` gives the first match at or after `start` (start, end, captures),
    or None; of an anchored pattern the match at `start`. `captures` is None for patterns
    without any. `has_unfinished` patterns match, but have captures that must not be used.
    `is_plain`: without special characters, which makes `find` look for the text itself.
    """

    __slots__ = (
        "_bind",
        "_charged",
        "_forms",
        "_rehearsals",
        "anchored",
        "capture_count",
        "cut",
        "has_unfinished",
        "is_plain",
        "items",
        "search",
        "split",
        "text",
    )

    search: Callable[[str, int], Match | None]
    items: tuple[Item, ...]
    """What the pattern consists of."""
    cut: Cut | None
    """What finds all matches of a text at once (see pattern_pieces), if there is such a way."""
    split: Split | None
    """What divides a text at all matches at once, if there is such a way."""

    def __init__(self, text: str, caret_anchors: bool = True) -> None:
        self.text = text
        self.is_plain = PATTERN_SPECIALS.isdisjoint(text)
        self.anchored = caret_anchors and text.startswith("^")
        self._bind: Callable[[str], Callable[[str, int], Match | None]] | None = None
        self._charged: Callable[[str, int, Charge], Match | None] | None = None
        self._forms: dict[str, Callable[[str, int], Any] | None] = {}
        self._rehearsals = 0
        self.search = self._rehearse
        opened = closed = 0
        if "(" in text:
            opened, closed = pattern_syntax.count_captures(self.items)
        self.capture_count = opened
        self.has_unfinished = opened != closed

    def __getattr__(self, name: str) -> Any:
        """What is made when it is first needed: `find` may never ask for the items."""
        if name == "items":
            value: Any = pattern_syntax.parse_pattern(self.text[1:] if self.anchored else self.text)
        elif name == "cut":
            value = pattern_pieces.find_cut(self.items)
        elif name == "split":
            value = None if self.anchored else pattern_pieces.find_split(self.items)
        else:
            raise AttributeError(name)
        setattr(self, name, value)
        return value

    @property
    def sure_starts(self) -> Characters | None:
        """The characters with any of which a match surely begins, if there are such."""
        if self.anchored:
            return None
        return pattern_prospects.sure_starts(self.items)

    @property
    def is_literal(self) -> bool:
        """Whether the pattern is a text, not empty, that only matches itself."""
        return self.is_plain and self.text != "" and ")" not in self.text

    def _rehearse(self, subject: str, start: int) -> Match | None:
        """The first searches are interpreted: to write a function costs as much as 20 short ones."""
        if self._rehearsals < _REHEARSALS and len(subject) - start < _SHORT:
            self._rehearsals += 1
            return pattern_interpreter.search(self.items, self.anchored, subject, start)
        if self.search == self._rehearse:
            self.search = pattern_code.compile_search(self.items, self.anchored) or self._interpret
        return self.search(subject, start)

    def _interpret(self, subject: str, start: int, charge: Charge | None = None) -> Match | None:
        return pattern_interpreter.search(self.items, self.anchored, subject, start, charge)

    def search_for(self, form: str) -> Callable[[str, int], Any] | None:
        """A search function that gives what `form` says (see pattern_code.FORMS); None if there is none."""
        if form not in self._forms:
            self._forms[form] = pattern_code.compile_search(self.items, self.anchored, form=form)
        return self._forms[form]

    def search_bound(self, subject: str) -> Callable[[str, int], Match | None]:
        """A search function for this subject alone, for those who look for many matches in it."""
        if self._bind is None:
            bind = pattern_code.compile_mapped_search(self.items, self.anchored)
            self._bind = bind or (lambda subject: self.search)
        return self._bind(subject)

    def search_charged(self, subject: str, start: int, charge: Charge) -> Match | None:
        """`search`, telling `charge` of every step as it is taken: what a limit on steps needs."""
        if self._charged is None:
            charged = pattern_code.compile_search(self.items, self.anchored, charged=True)
            self._charged = charged or self._interpret
        return self._charged(subject, start, charge)


PATTERNS: Final = TextCache(Pattern)
"""The Pattern of a text."""

UNANCHORED_PATTERNS: Final = TextCache(lambda text: Pattern(text, caret_anchors=False))
"""The same for `gmatch`, which takes a first `^` for an ordinary character."""
