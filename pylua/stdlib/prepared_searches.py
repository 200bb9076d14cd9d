"""Searches for constant patterns: a pattern comes in, what does the work of string.find and others goes out.

    prepare_find("[0-9]", 1).call("ab1", 0)       ->  3
    prepare_match("(%a)(%d)", 2).call("ab1", 0)   ->  ("b", "1")

The function is written for the pattern and for what is wanted of it, so that there is one call for
each search (with a tuple for the match and a second function around it: 130 ns more).
"""

from __future__ import annotations

from pylua.errors import LibraryError
from pylua.hints import TYPE_CHECKING
from pylua.stdlib.all_matches import iterator_over
from pylua.stdlib.patterns import PATTERNS, UNANCHORED_PATTERNS
from pylua.stdlib.replacements import replace
from pylua.values.functions import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable

    from pylua.stdlib.patterns import Pattern
    from pylua.values.types import LuaValue
    from pylua.vm.state import State

__all__ = ["prepare_find", "prepare_gmatch", "prepare_gsub", "prepare_match"]


def prepare_find(text: str, wanted: int) -> Prepared | None:
    """What does the work of string.find for the pattern `text`."""
    compiled = _ready_pattern(text)
    if compiled is None:
        return None
    if compiled.is_plain:
        return Prepared(_finder(text)) if wanted != 1 else None
    call = compiled.search_for("place" if wanted == 1 else "places")
    if call is None or wanted != 1:
        return call and Prepared(call)
    return Prepared(call, compiled.sure_starts, gives=(int, type(None)))


def prepare_match(text: str, wanted: int) -> Prepared | None:
    """What does the work of string.match for the pattern `text`."""
    compiled = _ready_pattern(text)
    call = None if compiled is None else compiled.search_for("text" if wanted == 1 else "texts")
    return call and Prepared(call)


def prepare_gmatch(text: str, wanted: int) -> Prepared | None:
    """What does the work of string.gmatch for the pattern `text`."""
    pattern = UNANCHORED_PATTERNS[text]
    return Prepared(lambda subject, place: iterator_over(subject, pattern, place)) if wanted == 1 else None


def prepare_gsub(state: State, text: str, wanted: int) -> Prepared | None:
    """What does the work of string.gsub for the pattern `text`, if only the new text is wanted."""
    compiled = PATTERNS[text]

    def new_text(subject: str, replacement: LuaValue) -> LuaValue:
        return replace(state, subject, compiled, replacement, None)[0]

    return Prepared(new_text, is_pure=False, gives=(str,)) if wanted == 1 else None


def _ready_pattern(text: str) -> Pattern | None:
    try:
        compiled = PATTERNS[text]
    except LibraryError:
        return None
    return None if compiled.has_unfinished else compiled


def _finder(text: str) -> Callable[[str, int], LuaValue]:
    """Looks for a text as it is."""
    size = len(text)

    def find(subject: str, place: int) -> LuaValue:
        start = subject.find(text, place)
        return None if start < 0 else (start + 1, start + size)

    return find
