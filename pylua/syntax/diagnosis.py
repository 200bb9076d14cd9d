"""A refused text → the message that Lua gives for it, and the longest beginning that is right.

The reference compiler reads once and stops at the first thing that is wrong, so the first word
that cannot follow those before it decides. What could stand in its place, a set of words that
the parser's automaton knows, tells what the reference compiler was waiting for:

    if x y      possible after x:  then + == ( .…     ->  'then' expected near 'y'
"""

from __future__ import annotations

from pylua.syntax.ast import Chunk, Tokens
from pylua.syntax.automaton import NUMBERS, Stack, first_obstacle, stack_after
from pylua.syntax.completion import completion, in_target_list
from pylua.syntax.generated_parser import SYMBOLS, UNKNOWN, UnexpectedToken, build
from pylua.syntax.lexer import Words, offset_of, original_line_end, with_plain_line_ends
from pylua.syntax.lexical_faults import lexical_fault
from pylua.syntax.parse_error import ParseError
from pylua.syntax.shown import quoted, shown_word
from pylua.values.chunk_names import chunk_id

__all__ = ["diagnose"]

_NO_LOOP_YET = "'=' or 'in' expected"

_EXPECTATIONS = tuple(
    (message, frozenset(possible.split()))
    for message, possible in (
        ("unexpected symbol", "<name> ("),
        ("<name> or '...' expected", "<name> ..."),
        ("<name> expected", "<name>"),
        ("'}' expected", "}"),
        ("')' expected", ")"),
        ("']' expected", "]"),
        ("'then' expected", "then"),
        ("'do' expected", "do"),
        ("'end' expected", "end"),
        ("'until' expected", "until"),
        ("<eof> expected", "<eof>"),
        ("'::' expected", "::"),
        ("',' expected", ", +"),
        ("'>' expected", ">"),
        (_NO_LOOP_YET, "= in"),
        ("'in' expected", "in"),
        ("syntax error", ". <string>"),
        ("function arguments expected", "( <string>"),
        ("'(' expected", "("),
        ("'=' expected", "="),
    )
)
"""What Lua says where all these words are possible; the first row that fits holds."""

_CLOSERS = ("<eof>", "end", "until")
_BLOCK_ENDS = {*_CLOSERS, "else", "elseif"}

_OPENERS = {
    "end": {"if", "if_clauses", "while", "for", "function", "do"},
    "until": {"repeat"},
    ")": {"("},
    "}": {"{"},
}
"""What closes → the symbols that it may close."""

_ANY_DEPTH = 1 << 62


def diagnose(
    source: str, words: Words, position: int | None, chunk_name: str, limit: int
) -> ParseError | None:
    """The error of a text in which the word at `position`, or one before it, is wrong.

    `limit` is the first level of nesting on which nothing may stand; None for `position` means
    that there may be such a level, and the text may be right.
    """
    end = len(words.kinds) if position is None else position + 1
    obstacle, too_deep = first_obstacle(words.kinds[:end], limit)
    if obstacle == end:
        return None if position is None else _misplaced_vararg(words, position, chunk_name)
    position = obstacle
    stack = stack_after(words.kinds[:position])
    word = words.kinds[position]
    try:
        prefix = _prefix(words, stack, position)
    except UnexpectedToken as earlier:
        return _misplaced_vararg(words, earlier.position, chunk_name)
    lexical = _lexical_message(source, position, chunk_name) if word == UNKNOWN else None
    if lexical is not None:
        return ParseError(lexical, position, prefix)
    if too_deep or stack.level_of_next() >= limit:
        return ParseError("C stack overflow", position + 1, prefix)
    return _refusal(words, position, chunk_name, _complaint(words, stack, position), prefix)


def _misplaced_vararg(words: Words, position: int, chunk_name: str) -> ParseError:
    """The error for a `...` where the function around it has none (§3.4.11)."""
    prefix = _prefix(words, stack_after(words.kinds[:position]), position)
    return _refusal(words, position, chunk_name, "cannot use '...' outside a vararg function", prefix)


def _refusal(words: Words, position: int, chunk_name: str, complaint: str, prefix: Chunk) -> ParseError:
    """The error for a word that is one, but in a wrong place."""
    shown = shown_word(words.texts[position])
    message = _message(chunk_name, words.lines[position], complaint, shown)
    declared = complaint != _NO_LOOP_YET  # a loop's variables are declared after this word is checked
    return ParseError(message, position + declared, prefix)


def _message(chunk_name: str, line: int, complaint: str, shown: str) -> str:
    near = f" near {shown}" if shown else ""
    return f"{chunk_id(chunk_name)}:{line}: {complaint}{near}"


def _lexical_message(source: str, position: int, chunk_name: str) -> str | None:
    """What is wrong with a word that is none; None if it is a character in a wrong place."""
    plain = with_plain_line_ends(source)
    fault = lexical_fault(plain, offset_of(plain, position))
    if fault is None:
        return None
    line_ends = plain.count("\n", 0, fault.offset)
    shown = fault.shown
    if shown is not None and fault.shows_culprit and plain[fault.offset] == "\n":
        shown = shown[:-1] + original_line_end(source, line_ends)
    shown = shown_word("") if shown is None else quoted(shown)
    return _message(chunk_name, 1 + line_ends, fault.message, shown)


def _prefix(words: Words, stack: Stack, position: int) -> Chunk:
    """A program of the words before `position` and what completes them.

    The word at `position` keeps its text and line, and no block ends with it.
    """
    added = completion(stack, words.kinds[position])
    texts = words.texts[: position + 1] + [""] * len(added)
    lines = words.lines[: position + 1] + [words.lines[position]] * len(added)
    body = build(words.kinds[:position] + added, texts, words.constants, _ANY_DEPTH)
    body.end = max(body.end, position + 1)
    return Chunk(body, Tokens(texts, lines))


# --- what was expected --------------------------------------------------------------------


def _complaint(words: Words, stack: Stack, position: int) -> str:
    """What the reference compiler says about a word that cannot come after those on the stack."""
    expected = stack.expected()
    found = SYMBOLS[words.kinds[position]] if words.kinds[position] != UNKNOWN else ""
    if found in _BLOCK_ENDS and not expected.isdisjoint(_CLOSERS):
        (closer,) = expected.intersection(_CLOSERS)
        complaint = "<eof> expected" if closer == "<eof>" else f"'{closer}' expected"
    elif "while" in expected:
        after_call = "." in expected and "+" not in expected and "=" not in expected
        complaint = "syntax error" if after_call and found in ("=", ",") else "unexpected symbol"
    elif in_target_list(stack):
        complaint = "'=' expected"
    else:
        complaint = next(message for message, possible in _EXPECTATIONS if possible <= expected)
    closer = complaint[1 : -len("' expected")]
    if closer not in _OPENERS or (closer == ")" and "+" not in expected):  # of parameters
        return complaint
    return complaint + _opener(words, stack, position, closer)


def _opener(words: Words, stack: Stack, position: int, closer: str) -> str:
    """Where the word stands that `closer` would close, if not in the line of `position`."""
    closed = stack.copy()
    closed.take(NUMBERS[closer], position)
    for at in range(len(closed.symbols) - 1, 0, -1):
        symbol = SYMBOLS[closed.symbols[at]]
        if symbol not in _OPENERS[closer] or (symbol == "do" and not closed.begins_statement_at(at)):
            continue
        line = words.lines[closed.starts[at] + _name_offset(closed, at)]
        name = "if" if symbol == "if_clauses" else symbol
        return "" if line == words.lines[position] else f" (to close '{name}' at line {line})"
    raise AssertionError(f"nothing to close by {closer}")


def _name_offset(stack: Stack, at: int) -> int:
    """From the first word of what a symbol begins to the word whose line counts as its line."""
    if SYMBOLS[stack.symbols[at]] != "function" or stack.begins_statement_at(at):
        return 0
    return len("f(") if SYMBOLS[stack.symbols[at - 1]] == "local" else len("(")
