"""Source text → AST (`Chunk`), or ParseError with Lua's own words.

    parse("return 1", "=stdin") -> Chunk(body=Block([Return([Number(1, 1)], 0)], end=2), tokens=…)

Everything is linear in the length of the source, and nothing recurses: hostile texts neither
take long nor meet Python's recursion limit.
"""

from __future__ import annotations

import gc

from pylua.syntax.ast import Block, Chunk, Tokens
from pylua.syntax.generated_parser import TooDeep, UnexpectedToken, build
from pylua.syntax.lexer import Words, read_words, with_plain_line_ends
from pylua.syntax.parse_error import ParseError

__all__ = ["LEVELS", "ParseError", "parse"]

LEVELS = 200
"""How many C levels the reference implementation has: nested calls of C functions and syntax."""

_USED_LEVELS = 2
"""The levels in use when the main chunk of a script runs."""

_SYMBOLS_AHEAD = 5
"""A nesting of n levels has more than n - 5 symbols on the parser's stack at some reduction."""

_ANY_DEPTH = 1 << 62


def parse(source: str, chunk_name: str, used_levels: int = _USED_LEVELS) -> Chunk:
    """The AST of `source`, whose characters are bytes (0–255).

    `used_levels` of the C levels are taken already; statements and operands nest in the rest.
    """
    collecting = gc.isenabled()
    gc.disable()  # a parse makes no garbage, but so many objects that the collector would run often
    try:
        words = read_words(with_plain_line_ends(source))
        limit = LEVELS - used_levels
        body = _main_block(source, words, chunk_name, limit, limit - _SYMBOLS_AHEAD)
    finally:
        if collecting:
            gc.enable()
    return Chunk(body, Tokens(words.texts, words.lines))


def _main_block(source: str, words: Words, chunk_name: str, limit: int, deepest: int) -> Block:
    """The main function's block; `limit` is the first level of nesting that is too much.

    `deepest` is how many symbols may wait on the stack before the levels are counted one by one.
    """
    try:
        return build(words.kinds, words.texts, words.constants, deepest)
    except UnexpectedToken as refusal:
        position: int | None = refusal.position
    except TooDeep:
        position = None
    from pylua.syntax.diagnosis import diagnose  # noqa: PLC0415 (most texts are right)

    fault = diagnose(source, words, position, chunk_name, limit)
    if fault is not None:
        raise fault
    return _main_block(source, words, chunk_name, limit, _ANY_DEPTH)
