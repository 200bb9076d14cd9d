"""Damaged source texts: a text and a source of randomness in, the same text cut off or changed out.

truncate("x = 1 y = 2", Random(1))   ->  "x = "
mutate("x = 1 y = 2", Random(1))     ->  a piece lost, doubled, replaced or put between
damage("x = 1 y = 2", Random(1))     ->  either of them
"""

from __future__ import annotations

from random import Random

__all__ = ["damage", "mutate", "truncate"]

_LONGEST_PIECE = 20
_WORDS = (
    *("end", "do", "=", "(", ")", "{", "}", "[", "]", "::", ";", ":", ",", ".", "..", "...", "1", "0x"),
    *("'a'", '"', "'", "[=", "[[", "--", "--[[", "@", "\x00", "é", "\r\n", "\\", "local", "\n"),
    *("goto", "break", "return", "function", "until", "else", "<const>", "<close>", "\\u{", "1e", "%", "#"),
)


def truncate(source: str, random: Random) -> str:
    """The beginning of `source`."""
    return source[: random.randrange(len(source) + 1)]


def mutate(source: str, random: Random) -> str:
    """`source` with a piece lost, a piece doubled, a word more or another byte."""
    at, other = random.randrange(len(source) + 1), random.randrange(len(source) + 1)
    length = random.randrange(1, _LONGEST_PIECE)
    return random.choice(
        (
            source[:at] + source[at + length :],
            source[:at] + source[other : other + length] + source[at:],
            f"{source[:at]} {random.choice(_WORDS)} {source[at:]}",
            source[:at] + chr(random.randrange(256)) + source[at + 1 :],
        )
    )


def damage(source: str, random: Random) -> str:
    """`source` cut off (one time in five) or changed."""
    return truncate(source, random) if random.randrange(5) == 0 else mutate(source, random)
