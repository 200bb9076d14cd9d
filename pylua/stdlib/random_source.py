"""The pseudo-random numbers of `math.random`: xoshiro256** as Lua 5.4 uses it (§6.7).

source = RandomSource(); source.seed(42, 0)
source.next_bits()   -> -1276290044721465627 modulo 2**64      (what math.random(0) shows)
source.next_float()  -> 0.45178389935924...
"""

from __future__ import annotations

from pylua.hints import Final

__all__ = ["RandomSource"]

_MASK: Final = (1 << 64) - 1
_DISCARDED: Final = 16
"""Numbers thrown away after seeding, so that similar seeds give unlike sequences."""


class RandomSource:
    """The generator's state: four words of 64 bits."""

    __slots__ = ("_words",)

    def __init__(self) -> None:
        self._words = (0, 0xFF, 0, 0)

    def seed(self, first: int, second: int) -> None:
        """Starts the sequence that belongs to these two integers."""
        self._words = (first & _MASK, 0xFF, second & _MASK, 0)
        for _ in range(_DISCARDED):
            self.next_bits()

    def next_bits(self) -> int:
        """The next 64 random bits, 0 <= result < 2**64."""
        a, b, c, d = self._words
        scrambled = b * 5 & _MASK
        c ^= a
        d ^= b
        self._words = (
            a ^ d,
            b ^ c,
            c ^ (b << 17 & _MASK),
            (d << 45 | d >> 19) & _MASK,
        )
        return ((scrambled << 7 | scrambled >> 57) & _MASK) * 9 & _MASK

    def next_float(self) -> float:
        """The next random float in [0, 1), from the upper 53 bits."""
        return (self.next_bits() >> 11) * 2.0**-53

    def project(self, bits: int, largest: int) -> int:
        """`bits` brought into 0 … largest without bias, drawing more bits where they miss it."""
        mask = (1 << largest.bit_length()) - 1
        while (bits & mask) > largest:
            bits = self.next_bits()
        return bits & mask
