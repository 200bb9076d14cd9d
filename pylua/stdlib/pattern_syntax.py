"""Lua patterns (§6.4.1): the text of a pattern comes in, a tuple of items goes out.

    parse_pattern("(%d*)x$")  ->  OpenCapture(0), Repeat(digits, "*"), CloseCapture(0),
                                  Repeat({"x"}, ""), EndAnchor()

A pattern has no alternatives, so which captures are open, closed or still unknown at an item
never depends on the subject. A fault in the pattern becomes a Fault item: as in PUC Lua, it
is an error only when a match gets that far.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pylua.hints import Final, TypeAlias
from pylua.values.records import record

__all__ = [
    "ALL_CHARACTERS",
    "BackReference",
    "Balance",
    "Characters",
    "CloseCapture",
    "EndAnchor",
    "Fault",
    "Frontier",
    "Item",
    "Never",
    "OpenCapture",
    "PositionCapture",
    "Repeat",
    "count_captures",
    "parse_pattern",
]

Characters: TypeAlias = frozenset[str]

MAX_CAPTURES: Final = 32
_SUFFIXES: Final = frozenset("*+-?")


@record(frozen=True)
class Repeat:
    """One character of a set; how often, `suffix` tells: "", "?", "*", "+" or "-"."""

    characters: Characters
    suffix: str


@record(frozen=True)
class OpenCapture:
    """`(`: capture number `index` (from 0) begins."""

    index: int


@record(frozen=True)
class PositionCapture:
    """`()`: capture number `index` is the position in the subject."""

    index: int


@record(frozen=True)
class CloseCapture:
    """`)`: capture number `index` ends."""

    index: int


@record(frozen=True)
class BackReference:
    """`%1`…`%9`: the text of the finished capture number `index` again."""

    index: int


@record(frozen=True)
class Balance:
    """`%bxy`: a text from `opening` to the `closing` that balances it."""

    opening: str
    closing: str


@record(frozen=True)
class Frontier:
    """`%f[set]`: the previous character is not in the set, the next one is (`\\0` at the ends)."""

    characters: Characters


@record(frozen=True)
class EndAnchor:
    """`$` as the last character of the pattern."""


@record(frozen=True)
class Never:
    """Matches nothing: a back reference to a position capture."""


@record(frozen=True)
class Fault:
    """The pattern is wrong from here on; reaching this item is an error."""

    message: str


Item: TypeAlias = (
    Repeat
    | OpenCapture
    | PositionCapture
    | CloseCapture
    | BackReference
    | Balance
    | Frontier
    | EndAnchor
    | Never
    | Fault
)


class PatternFault(Exception):
    """Raised within the parser; ends up as a Fault item."""


ALL_CHARACTERS: Final[Characters] = frozenset(map(chr, range(256)))

_LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
_UPPER: Final = _LOWER.upper()
_LETTERS: Final = frozenset(_LOWER + _UPPER)
_DIGITS: Final = frozenset("0123456789")
_PUNCTUATION: Final = frozenset(map(chr, range(ord("!"), ord("~") + 1))) - _LETTERS - _DIGITS

_CLASSES: Final[dict[str, Characters]] = {
    "a": _LETTERS,
    "c": frozenset(map(chr, (*range(32), 127))),
    "d": _DIGITS,
    "g": _LETTERS | _DIGITS | _PUNCTUATION,
    "l": frozenset(_LOWER),
    "p": _PUNCTUATION,
    "s": frozenset(" \t\n\v\f\r"),
    "u": frozenset(_UPPER),
    "w": _LETTERS | _DIGITS,
    "x": _DIGITS | frozenset("abcdefABCDEF"),
    "z": frozenset("\0"),
}
"""The classes of C's <ctype.h> in the C locale; `%z` is deprecated but still there."""

_CLASSES.update({name.upper(): ALL_CHARACTERS - characters for name, characters in _CLASSES.items()})

_SINGLETONS: Final = tuple(frozenset((chr(code),)) for code in range(256))


def parse_pattern(pattern: str) -> tuple[Item, ...]:
    """The items of `pattern`, which is given without a `^` that anchors it."""
    return _PatternReader(pattern).read()


def _class_named(letter: str) -> Characters:
    """The set that `%letter` denotes; any other character denotes itself."""
    return _CLASSES.get(letter) or _SINGLETONS[ord(letter)]


class _PatternReader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.items: list[Item] = []
        self.states: list[str] = []
        """What is known of each capture: "open", "closed" or "position"."""

    def read(self) -> tuple[Item, ...]:
        try:
            while self.place < len(self.pattern):
                self.items.append(self._item())
        except PatternFault as fault:
            self.items.append(Fault(str(fault)))
        return tuple(self.items)

    def _item(self) -> Item:
        pattern, place = self.pattern, self.place
        first = pattern[place]
        if first == "(":
            return self._open_capture()
        if first == ")":
            self.place += 1
            return self._close_capture()
        if first == "$" and place + 1 == len(pattern):
            self.place += 1
            return EndAnchor()
        if first == "%":
            kind = pattern[place + 1 : place + 2]
            if kind == "b":
                return self._balance()
            if kind == "f":
                return self._frontier()
            if kind and kind in "0123456789":
                self.place += 2
                return self._back_reference(int(kind))
        return self._repeat()

    def _open_capture(self) -> Item:
        is_position = self.pattern.startswith("()", self.place)
        index = len(self.states)
        if index >= MAX_CAPTURES:
            raise PatternFault("too many captures")
        self.place += 2 if is_position else 1
        self.states.append("position" if is_position else "open")
        return PositionCapture(index) if is_position else OpenCapture(index)

    def _close_capture(self) -> Item:
        for index in reversed(range(len(self.states))):
            if self.states[index] == "open":
                self.states[index] = "closed"
                return CloseCapture(index)
        raise PatternFault("invalid pattern capture")

    def _back_reference(self, number: int) -> Item:
        if not 0 < number <= len(self.states) or self.states[number - 1] == "open":
            raise PatternFault(f"invalid capture index %{number}")
        return BackReference(number - 1) if self.states[number - 1] == "closed" else Never()

    def _balance(self) -> Item:
        arguments = self.pattern[self.place + 2 : self.place + 4]
        if len(arguments) < 2:
            raise PatternFault("malformed pattern (missing arguments to '%b')")
        self.place += 4
        return Balance(*arguments)

    def _frontier(self) -> Item:
        self.place += 2
        if not self.pattern.startswith("[", self.place):
            raise PatternFault("missing '[' after '%f' in pattern")
        return Frontier(self._set())

    def _repeat(self) -> Item:
        first = self.pattern[self.place]
        if first == "[":
            characters = self._set()
        elif first == "%":
            if self.place + 1 == len(self.pattern):
                raise PatternFault("malformed pattern (ends with '%')")
            characters = _class_named(self.pattern[self.place + 1])
            self.place += 2
        else:
            characters = ALL_CHARACTERS if first == "." else _SINGLETONS[ord(first)]
            self.place += 1
        suffix = self.pattern[self.place : self.place + 1]
        if suffix not in _SUFFIXES:
            return Repeat(characters, "")
        self.place += 1
        return Repeat(characters, suffix)

    def _set(self) -> Characters:
        """The set from `[` at the present place to its `]`."""
        begin, end = self.place + 1, self._end_of_set()
        self.place = end + 1
        return _members(self.pattern[begin:end])

    def _end_of_set(self) -> int:
        """The place of the `]` that ends the set; a `]` that comes first is a member."""
        pattern, size = self.pattern, len(self.pattern)
        place = self.place + (2 if pattern.startswith("[^", self.place) else 1)
        first = True
        while first or not pattern.startswith("]", place):
            if place >= size:
                raise PatternFault("malformed pattern (missing ']')")
            place += 2 if pattern[place] == "%" and place + 1 < size else 1
            first = False
        return place


@lru_cache(256)
def _members(body: str) -> Characters:
    """The characters of a set, given what stands between its brackets."""
    complement = body.startswith("^")
    place, size = int(complement), len(body)
    members: set[str] = set()
    while place < size:
        character = body[place]
        if character == "%":
            # "%" can come last here, as the end of a range: then it names the "]" (as in PUC Lua)
            members |= _class_named(body[place + 1] if place + 1 < size else "]")
            place += 2
        elif body.startswith("-", place + 1) and place + 2 < size:
            members.update(map(chr, range(ord(character), ord(body[place + 2]) + 1)))
            place += 3
        else:
            members.add(character)
            place += 1
    return ALL_CHARACTERS - members if complement else frozenset(members)


def count_captures(items: Iterable[Item]) -> tuple[int, int]:
    """How many captures begin, and how many end."""
    opened = sum(isinstance(item, OpenCapture | PositionCapture) for item in items)
    return opened, sum(isinstance(item, CloseCapture | PositionCapture) for item in items)
