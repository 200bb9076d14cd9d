"""The beginning of a program → words that complete it, as few and as harmless as can be.

    local function f(a) if a      ->   then end end
    for i =                       ->   nil , nil do end

They let the compiler look at the beginning: what is wrong there comes first, if anything is.
"""

from __future__ import annotations

from pylua.syntax.automaton import NUMBERS, Stack

__all__ = ["completion", "in_target_list"]

_CLOSING = [NUMBERS[word] for word in ["<eof>", "end", "until", ")", "}", "]", "then", "do"]]
_LEADING_ON = [NUMBERS[word] for word in ["in", "nil", "(", "::", ">", "<name>", "="]]
"""What to go on with: the first of these that is possible; a comma only between the bounds of a `for`."""

_END_OF_TEXT, _WHILE, _DO, _END, _SEMICOLON, _COMMA, _PLUS, _DOT, _NAME, _EQUALS, _TARGETS = (
    NUMBERS[symbol]
    for symbol in ["<eof>", "while", "do", "end", ";", ",", "+", ".", "<name>", "=", "targets"]
)
_BLOCK_ENDS = {NUMBERS[word] for word in ("<eof>", "end", "else", "elseif")}
"""Words before which a label is the last of its block; `until` is none: its condition is in the block."""


def completion(stack: Stack, refused: int) -> list[int]:
    """The words after those on the stack, where `refused` could not follow.

    Where a statement could begin, one does, unless `refused` would have ended the block: it
    matters to labels whether they are the last of their block (§3.5).
    """
    stack = stack.copy()
    words: list[int] = []
    if stack.possible(_WHILE) and refused not in _BLOCK_ENDS:
        words = [_DO, _END]
    elif stack.possible(_SEMICOLON):
        words = [_SEMICOLON]
    for word in words:
        stack.take(word, 0)
    while _END_OF_TEXT not in words[-1:]:
        word = _next(stack)
        taken = stack.take(word, 0)
        assert taken, "what is possible can be taken"
        words.append(word)
    return words


def _next(stack: Stack) -> int:
    for word in _CLOSING:
        if stack.possible(word):
            return word
    if stack.possible(_PLUS):
        return _COMMA
    if in_target_list(stack):
        return _EQUALS
    if stack.possible(_DOT):  # to make a target of what is none, after other targets
        field = stack.copy()
        if field.take(_DOT, 0) and field.take(_NAME, 0) and in_target_list(field):
            return _DOT
    return next(filter(stack.possible, _LEADING_ON))


def in_target_list(stack: Stack) -> bool:
    """Whether the last word completes a target, and not the first one, of an assignment."""
    if not stack.possible(_EQUALS):
        return False
    assigning = stack.copy()
    assigning.take(_EQUALS, 0)
    targets = len(assigning.symbols) - 2
    return assigning.symbols[targets] == stack.symbols[targets] == _TARGETS
