"""Code points → UTF-8 bytes in Lua's wide sense: any value below 2^31, in up to six bytes (§6.5).

encode_utf8(0x20AC) -> "\\xe2\\x82\\xac"
"""

from __future__ import annotations

__all__ = ["encode_utf8"]

_ASCII_END = 0x80


def encode_utf8(code: int) -> str:
    """The bytes, as code points 0–255, that encode `code` (0 ≤ code < 2^31); surrogates included."""
    if code < _ASCII_END:
        return chr(code)
    continuation: list[str] = []
    room = 0x3F  # the largest value that fits into the first byte beside its length mark
    while code > room:
        continuation.append(chr(0x80 | code & 0x3F))
        code >>= 6
        room >>= 1
    mark = ~((room << 1) | 1) & 0xFF
    return chr(mark | code) + "".join(reversed(continuation))
