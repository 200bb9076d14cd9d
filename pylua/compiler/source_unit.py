"""SourceUnit: what all functions of one chunk share while they are compiled."""

from __future__ import annotations

from pylua.hints import Any
from pylua.syntax.ast import Tokens

__all__ = ["SourceUnit"]


class SourceUnit:
    """The chunk's name and tokens, and the constants' last known indices."""

    __slots__ = ("chunk_name", "constant_index", "lines", "lines_before", "texts")

    def __init__(self, chunk_name: str, tokens: Tokens) -> None:
        self.chunk_name = chunk_name
        self.texts = tokens.texts
        self.lines = tokens.lines
        self.lines_before = [1, *tokens.lines]
        """`lines_before[p]` is the line that code written while looking at token `p` gets."""
        self.constant_index: dict[Any, int] = {}

    def note_peek(self, position: int) -> None:
        """A one-pass compiler must look behind the name at `position` to understand it.

        So when that name has been read, the current line already is that of the next token.
        """
        self.lines_before[position + 1] = self.lines[position + 1]
