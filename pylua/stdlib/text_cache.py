"""A cache of what was made of texts, such as patterns: `cache[text]` makes it or finds it made.

    formats = TextCache(read_format)        formats["%d"]  ->  a Format, the same one each time

A dict with `__missing__` answers in 25 ns, functools.lru_cache in 45, and this one does not
keep long texts alive.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.hints import Final, TypeVar

__all__ = ["TextCache"]

Made = TypeVar("Made")

_MAX_ENTRIES: Final = 512
_MAX_LENGTH: Final = 1000


class TextCache(dict[str, Made]):
    """Keeps up to 512 values, of texts up to 1000 characters; the oldest go first."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> Made:
        made = self._make(text)
        if len(text) <= _MAX_LENGTH:
            if len(self) >= _MAX_ENTRIES:
                self.pop(next(iter(self)), None)
            self[text] = made
        return made
