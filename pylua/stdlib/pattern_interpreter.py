"""Matches pattern items one by one: a search over items, subject and start comes in, a match goes out.

    search(parse_pattern("(%d+)x"), "a12x", 0)  ->  (1, 4, ("12",))

The plain engine for every pattern. Its choices lie on a list, not on Python's stack, so
neither long subjects nor long patterns meet Python's recursion limit. Where PUC Lua's
matcher would call itself more than 200 times deep, "pattern too complex" is raised, exactly
there (the depth is counted, not used). pattern_code.py makes faster functions of the same
items for patterns in frequent use.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.errors import LibraryError
from pylua.hints import Any, Final, TypeAlias
from pylua.stdlib.pattern_syntax import (
    BackReference,
    Balance,
    CloseCapture,
    EndAnchor,
    Fault,
    Frontier,
    Item,
    OpenCapture,
    PositionCapture,
    Repeat,
)

__all__ = ["MAX_DEPTH", "UNFINISHED", "Charge", "Match", "balanced_end", "search"]

Match: TypeAlias = tuple[int, int, tuple[Any, ...] | None]
"""Start and end of a match (from 0) and the values of its captures, None if the pattern has none."""

Charge: TypeAlias = Callable[[int], object]
"""Is told of each piece of work as it is done, in steps; a limit may raise from it."""

UNFINISHED: Final = object()
"""Stands for the value of a capture that was not closed; to use it is an error."""

MAX_DEPTH: Final = 199
"""How deep PUC's matcher may nest below its first call (MAXCCALLS is 200)."""


def search(
    items: tuple[Item, ...], anchored: bool, subject: str, start: int, charge: Charge | None = None
) -> Match | None:
    """The first match that begins at `start` or, if not anchored, after it."""
    attempt = _Attempt(items, subject, charge)
    for place in range(start, start + 1 if anchored else len(subject) + 1):
        end = attempt.match(place)
        if end is not None:
            return place, end, attempt.captures()
    return None


def balanced_end(subject: str, place: int, opening: str, closing: str) -> int:
    """The place after the `closing` that balances the `opening` at `place`; -1 if there is none."""
    if not subject.startswith(opening, place):
        return -1
    if opening == closing:
        return subject.find(closing, place + 1) + 1 or -1
    depth = 1
    at = place + 1
    next_opening = subject.find(opening, at)
    while True:
        end = subject.find(closing, at)
        if end < 0:
            return -1
        while -1 < next_opening < end:
            depth += 1
            next_opening = subject.find(opening, next_opening + 1)
        depth -= 1
        if depth == 0:
            return end + 1
        at = end + 1


class _Attempt:
    """Tries items at places of one subject.

    `choices` holds what can still be tried: (next item, place, further, depth), where the
    match goes on with `next item` at `place`; if that fails too, `further` tells what is
    left: fewer repetitions down to that place (an int), or one more of a set (its characters).
    """

    def __init__(self, items: tuple[Item, ...], subject: str, charge: Charge | None) -> None:
        self.items = items
        self.subject = subject
        self.charge = charge
        count = sum(isinstance(item, OpenCapture | PositionCapture) for item in items)
        self.starts = [0] * count
        self.values: list[Any] = [UNFINISHED] * count
        self.choices: list[tuple[int, int, Any, int]] = []

    def captures(self) -> tuple[Any, ...] | None:
        return tuple(self.values) or None

    def match(self, place: int) -> int | None:
        """The end of the match at `place`, None if there is none."""
        if self.charge is not None:
            self.charge(1)
        choices = self.choices
        choices.clear()
        state: tuple[int, int, int] | None = (0, place, 0)
        last = len(self.items)
        while True:
            while state is not None and state[0] < last:
                state = self._step(*state)
            if state is not None:
                return state[1]
            if not choices:
                return None
            state = self._retry(*choices.pop())

    def _retry(self, index: int, place: int, further: Any, depth: int) -> tuple[int, int, int]:
        if self.charge is not None:
            self.charge(1)
        if type(further) is int:
            if place > further:
                self.choices.append((index, place - 1, further, depth))
        elif further is not None and place < len(self.subject) and self.subject[place] in further:
            self.choices.append((index, place + 1, further, depth))
        return index, place, depth

    def _step(self, index: int, place: int, depth: int) -> tuple[int, int, int] | None:
        """Matches one item; the state after it, or None if it fails."""
        item, subject = self.items[index], self.subject
        match item:
            case Repeat():
                return self._repeat(item, index, place, depth)
            case OpenCapture(number):
                self.starts[number] = place
                self.values[number] = UNFINISHED
                return index + 1, place, self._deeper(depth)
            case PositionCapture(number):
                self.values[number] = place + 1
                return index + 1, place, self._deeper(depth)
            case CloseCapture(number):
                self.values[number] = subject[self.starts[number] : place]
                return index + 1, place, self._deeper(depth)
            case BackReference(number):
                if self.charge is not None:
                    self.charge(len(self.values[number]))
                found = subject.startswith(self.values[number], place)
                return (index + 1, place + len(self.values[number]), depth) if found else None
            case EndAnchor():
                return (index + 1, place, depth) if place == len(subject) else None
            case Balance(opening, closing):
                end = balanced_end(subject, place, opening, closing)
                if self.charge is not None:
                    self.charge((end if end >= 0 else len(subject)) - place)
                return (index + 1, end, depth) if end >= 0 else None
            case Frontier(characters):
                before = subject[place - 1] if place > 0 else "\0"
                after = subject[place] if place < len(subject) else "\0"
                holds = before not in characters and after in characters
                return (index + 1, place, depth) if holds else None
            case Fault(message):
                raise LibraryError(message)
            case _:
                return None

    def _repeat(self, item: Repeat, index: int, place: int, depth: int) -> tuple[int, int, int] | None:
        subject, characters, suffix = self.subject, item.characters, item.suffix
        if place >= len(subject) or subject[place] not in characters:
            return None if suffix in ("", "+") else (index + 1, place, depth)
        if suffix == "":
            return index + 1, place + 1, depth
        deeper = self._deeper(depth)
        if suffix == "?":
            self.choices.append((index + 1, place, None, depth))
            return index + 1, place + 1, deeper
        if suffix == "-":
            return self._retry(index + 1, place, characters, deeper)
        end, least = place + 1, place + (suffix == "+")
        while end < len(subject) and subject[end] in characters:
            end += 1
        if self.charge is not None:
            self.charge(end - place)
        if end > least:
            self.choices.append((index + 1, end - 1, least, deeper))
        return index + 1, end, deeper

    def _deeper(self, depth: int) -> int:
        if depth >= MAX_DEPTH:
            raise LibraryError("pattern too complex")
        return depth + 1
