"""string.gsub's work (§6.4): subject, pattern and a way to replace come in, the new text and a count go out.

    substitute("a1b2", PATTERNS["%d"], template("<%0>", pattern), 9)  ->  ("a<1>b<2>", 2)

A Replacement is a text, or a function that gives the text for a match, or None to keep it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from pylua.errors import LibraryError
from pylua.hints import TYPE_CHECKING, Any, Final, TypeAlias
from pylua.stdlib.patterns import MANY_MATCHES, Pattern
from pylua.values.late import late_module

if TYPE_CHECKING:
    from pylua.stdlib import pattern_interpreter
    from pylua.stdlib.pattern_interpreter import Match
else:
    pattern_interpreter = late_module("pylua.stdlib.pattern_interpreter")

__all__ = ["Replacement", "finished", "put_between", "substitute", "template"]

Replacement: TypeAlias = str | Callable[[str, tuple[Any, ...]], str | None]
"""The function is called with the matched text and the captures (the text, if there are none)."""

_DIGITS: Final = frozenset("0123456789")


def substitute(
    subject: str, pattern: Pattern, replacement: Replacement, limit: int, first: Match | None = None
) -> tuple[str, int]:
    """Replaces up to `limit` matches; returns the text and how many matches were found.

    `first` is the first match, if that is known. If no match was replaced the result is `subject`
    itself. An empty match right after the match before it does not count.
    """
    search, anchored = pattern.search, pattern.anchored
    constant = replacement if isinstance(replacement, str) else None
    text: str | None
    pieces: list[str] = []
    place = copied = count = 0
    last_end = -1
    while count < limit:
        match = first or search(subject, place)
        if match is None:
            break
        first = None
        start, end, captures = match
        if end == last_end:
            place += 1
            continue
        count += 1
        if count == MANY_MATCHES:
            search = pattern.search_bound(subject)
        if constant is not None:
            text = constant
        else:
            whole = subject[start:end]
            text = replacement(whole, captures or (whole,))  # type: ignore[operator]
        if text is not None:
            pieces.append(subject[copied:start])
            pieces.append(text)
            copied = end
        last_end = end
        place = end if end > start else end + 1  # an empty match would be found there again
        if anchored:
            break
    if not pieces:
        return subject, count
    pieces.append(subject[copied:])
    return "".join(pieces), count


def put_between(between: list[str], texts: Iterable[Any]) -> list[Any]:
    """The pieces of a text that was divided: `texts` come in the places of the matches."""
    pieces: list[Any] = [""] * (2 * len(between) - 1)
    pieces[::2] = between
    pieces[1::2] = texts
    return pieces


def finished(value: Any) -> Any:
    """A capture's value, which must be known: the pattern may have left it open."""
    if value is pattern_interpreter.UNFINISHED:
        raise LibraryError("unfinished capture")
    return value


def template(text: str, pattern: Pattern) -> Replacement:
    """The Replacement for a string with `%0`…`%9`; faults in it show at the first match."""
    if "%" not in text:
        return text
    try:
        form, numbers = _parse_template(text, pattern.capture_count)
    except LibraryError as fault:
        return _raiser(fault.message)
    if len(numbers) == 1 and not pattern.has_unfinished:
        number = numbers[0]
        if number == 0:
            return lambda whole, captures: form % whole
        return lambda whole, captures: form % captures[number - 1]

    def replace(whole: str, captures: tuple[Any, ...]) -> str:
        values = (whole, *captures)
        return form % tuple([finished(values[number]) for number in numbers])

    return replace


def _raiser(message: str) -> Replacement:
    def fail(whole: str, captures: tuple[Any, ...]) -> str:
        raise LibraryError(message)

    return fail


@lru_cache(256)
def _parse_template(text: str, capture_count: int) -> tuple[str, tuple[int, ...]]:
    """A form for Python's `%`, and the numbers of the captures to put in (0 is the whole match)."""
    pieces: list[str] = []
    numbers: list[int] = []
    place = 0
    while True:
        percent = text.find("%", place)
        if percent < 0:
            pieces.append(text[place:])
            return "".join(pieces), tuple(numbers)
        pieces.append(text[place:percent])
        letter = text[percent + 1 : percent + 2]
        if letter == "%":
            pieces.append("%%")
        elif letter in _DIGITS:
            number = int(letter)
            if number > max(capture_count, 1):
                raise LibraryError(f"invalid capture index %{number}")
            numbers.append(number)
            pieces.append("%s")
        else:
            raise LibraryError("invalid use of '%' in replacement string")
        place = percent + 2
