"""The events that metatables can handle (§2.4), in the order that instructions number them."""

from __future__ import annotations

from pylua.hints import Final

__all__ = ["ARITHMETIC_SYMBOLS", "EVENTS", "EVENT_NUMBERS"]

EVENTS: Final = (
    "__index",
    "__newindex",
    "__gc",
    "__mode",
    "__len",
    "__eq",
    "__add",
    "__sub",
    "__mul",
    "__mod",
    "__pow",
    "__div",
    "__idiv",
    "__band",
    "__bor",
    "__bxor",
    "__shl",
    "__shr",
    "__unm",
    "__bnot",
    "__lt",
    "__le",
    "__concat",
    "__call",
    "__close",
)
"""Operand C of MMBIN, MMBINI and MMBINK is an index into this tuple."""

EVENT_NUMBERS: Final = {event: number for number, event in enumerate(EVENTS)}

ARITHMETIC_SYMBOLS: Final = {
    "__add": "+",
    "__sub": "-",
    "__mul": "*",
    "__mod": "%",
    "__pow": "^",
    "__div": "/",
    "__idiv": "//",
    "__band": "&",
    "__bor": "|",
    "__bxor": "~",
    "__shl": "<<",
    "__shr": ">>",
    "__unm": "-",
    "__bnot": "~",
}
"""The operator of each arithmetic and bitwise event, as the source spells it."""
