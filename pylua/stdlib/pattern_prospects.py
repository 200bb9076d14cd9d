"""What the rest of a pattern can begin with: items come in, a Prospect for each place goes out.

%d*x$   ->   [first {0-9, x}], [first {x}], [first {}, at_end], [anything, cannot_fail]
"""

from __future__ import annotations

from pylua.stdlib.pattern_syntax import (
    BackReference,
    Balance,
    Characters,
    CloseCapture,
    EndAnchor,
    Fault,
    Frontier,
    Item,
    Never,
    OpenCapture,
    PositionCapture,
    Repeat,
)
from pylua.values.records import record

__all__ = ["Prospect", "beginning", "prospects", "sure_starts"]


@record(frozen=True)
class Prospect:
    """What is known of the items from some place on.

    Before the end of the subject they match only if the next character is in `first`; None
    if that is not known. `at_end`: they may match at the end of the subject. `cannot_fail`:
    they match everywhere (or raise an error).
    """

    first: Characters | None
    at_end: bool
    cannot_fail: bool


_END = Prospect(None, True, True)


def prospects(items: tuple[Item, ...]) -> list[Prospect]:
    """The Prospect of `items[index:]` for every index, the end included."""
    rest = _END
    result = [rest]
    for item in reversed(items):
        rest = _before(item, rest)
        result.append(rest)
    result.reverse()
    return result


def beginning(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items that decide where a match begins: not those at the end that cannot fail.

    "[set]+"  ->  "[set]"          "%a%d*"  ->  "%a"
    """
    if any(isinstance(item, Fault) for item in items):
        return items
    size = next(index for index, prospect in enumerate(prospects(items)) if prospect.cannot_fail)
    last = items[size - 1] if size else None
    if isinstance(last, Repeat) and last.suffix == "+":
        return *items[: size - 1], Repeat(last.characters, "")
    return items[:size]


def sure_starts(items: tuple[Item, ...]) -> Characters | None:
    """The characters with any of which a match surely begins, if there are such: of "[set]+", the set."""
    match beginning(items):
        case (Repeat(characters, ""),):
            return characters
    return None


def _before(item: Item, rest: Prospect) -> Prospect:
    match item:
        case Repeat(characters, suffix):
            if suffix in ("", "+"):
                return Prospect(characters, False, False)
            first = None if rest.first is None else rest.first | characters
            return Prospect(first, rest.at_end, rest.cannot_fail)
        case OpenCapture() | CloseCapture() | PositionCapture():
            return rest
        case BackReference():
            return Prospect(None, rest.at_end, False)
        case Balance(opening, _):
            return Prospect(frozenset(opening), False, False)
        case Frontier(characters):
            first = characters if rest.first is None else characters & rest.first
            return Prospect(first, rest.at_end and "\0" in characters, False)
        case EndAnchor():
            return Prospect(frozenset(), True, False)
        case Never():
            return Prospect(frozenset(), False, False)
        case Fault():
            return Prospect(None, True, True)
    raise AssertionError(f"no prospect for {item!r}")
