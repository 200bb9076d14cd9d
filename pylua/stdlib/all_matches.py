"""string.gmatch's work (§6.4): subject, pattern and a place come in, an iterator for Lua goes out.

    iterator_over("a1b2", UNANCHORED_PATTERNS["%a"], 0).call()  ->  "a", then "b", then ()

What a loop in fast code goes through is `source.results`: no call for each match.
"""

from __future__ import annotations

from pylua.errors import LibraryError
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.stdlib.patterns import MANY_MATCHES, Pattern
from pylua.values.functions import NativeFunction, Upvalue, new_upvalue
from pylua.values.types import LuaValue
from pylua.values.userdata import Userdata

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["checked", "iterator_over"]

_MUCH_TEXT: Final = 100_000
"""Characters: the matches of longer texts are looked for one by one, as a script may want only a few."""


def iterator_over(subject: str, pattern: Pattern, place: int) -> NativeFunction:
    """What gives one match after the other, from `place` (from 0) on."""
    matches = _Matches(subject, pattern, place)
    iterator = NativeFunction(matches.next_match, "gmatch iterator", matches.upvalues)
    iterator.source = matches
    iterator.many = iterator.call
    iterator.one = matches.next_value
    return iterator


def checked(pattern: Pattern, captures: tuple[Any, ...]) -> tuple[LuaValue, ...]:
    """The captures of a match, which must be complete."""
    if pattern.has_unfinished:
        raise LibraryError("unfinished capture")
    return captures


class _Matches:
    """What an iterator goes through; `results` gives one match at a time."""

    __slots__ = ("pattern", "results", "subject")

    def __init__(self, subject: str, pattern: Pattern, place: int) -> None:
        self.subject = subject
        self.pattern = pattern
        if pattern.cut is None or len(subject) - place > _MUCH_TEXT:
            self.results = self._walk(place, -1)
        else:
            self.results = iter(pattern.cut(subject[place:] if place else subject))

    def upvalues(self) -> list[Upvalue]:
        """What the debug library shows."""
        return [new_upvalue(self.subject), new_upvalue(self.pattern.text), new_upvalue(Userdata())]

    def next_match(self, *_: LuaValue) -> LuaValue:
        """The next match's captures; nothing after the last one."""
        return next(self.results, ())

    def next_value(self, *_: LuaValue) -> LuaValue:
        """The first of them."""
        match = next(self.results, None)
        return match[0] if match.__class__ is tuple else match

    def _walk(self, place: int, last_end: int) -> Iterator[LuaValue]:
        subject, pattern, search = self.subject, self.pattern, self.pattern.search
        count = 0
        while True:
            try:
                match = search(subject, place)
                if match is not None and match[1] == last_end:
                    match = search(subject, place + 1)
                if match is not None and pattern.has_unfinished:
                    checked(pattern, ())
            except BaseException:
                self.results = self._walk(place, last_end)  # the next call fails, too
                raise
            if match is None:
                return
            count += 1
            if count == MANY_MATCHES:
                search = pattern.search_bound(subject)
            start, last_end, captures = match
            place = last_end if last_end > start else last_end + 1  # an empty match would be found again
            yield subject[start:last_end] if captures is None else captures
