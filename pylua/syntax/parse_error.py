"""The error for a text that is no program: Lua's message, and what the compiler may look at before."""

from __future__ import annotations

from pylua.errors import LuaSyntaxError
from pylua.syntax.ast import Chunk

__all__ = ["ParseError"]


class ParseError(LuaSyntaxError):
    """A text is no program.

    An error of meaning that shows at a token before `position` comes first; `prefix` is a program
    that begins with all the right tokens, for finding such an error. The word that is wrong
    itself has been read then, unless it is none.
    """

    def __init__(self, message: str, position: int, prefix: Chunk) -> None:
        super().__init__(message)
        self.position = position
        self.prefix = prefix
