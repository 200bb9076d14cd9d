"""The parser's automaton walked slowly: what may follow a sequence of words, and how deep it nests.

Used only when the generated parser refuses a text, to say why. It runs over the same states;
what waits on its stack tells what is unfinished and how many levels of it there are:

    if x then f(1     waiting: if expression then statements prefix ( expressions     3 levels
"""

from __future__ import annotations

from collections.abc import Sequence

from pylua.hints import Any
from pylua.syntax.generated_parser import RULES, STATES, SYMBOLS, entry

__all__ = ["NUMBERS", "Stack", "first_obstacle", "stack_after"]

NUMBERS = {symbol: number for number, symbol in enumerate(SYMBOLS)}
"""The symbols of the grammar → their number; words are written as messages show them."""

_WORDS = range(NUMBERS["<eof>"], NUMBERS["block"])

_NIL, _WHILE, _FOR, _NAME = (NUMBERS[symbol] for symbol in ("nil", "while", "for", "<name>"))
_TARGETS = NUMBERS["targets"]
_LABEL_MARK = NUMBERS["::"]
_CHAINED = {_LABEL_MARK, NUMBERS[";"]}
_SEPARATORS = {NUMBERS[","], NUMBERS[";"]}
_ITEM_STARTS = {NUMBERS["{"], *_SEPARATORS}
_BRACKET, _CLOSING_BRACKET, _EQUALS = (NUMBERS[symbol] for symbol in "[]=")
_CONDITION_ENDS = {NUMBERS["then"], NUMBERS["do"]}
_ENDERS = {NUMBERS[symbol] for symbol in (")", "}", ";", "end", "else", "elseif", "until", "<eof>")}
"""Words that may stand where an expression may, and begin none."""


class Stack:
    """What waits to be completed: parallel lists of states, symbols, first tokens and levels.

    A level is what the reference parser counts: a statement or an operand that has begun and
    not ended. `levels[i]` counts those that have begun up to the end of symbol i.
    """

    def __init__(self) -> None:
        self.rows: list[Any] = [STATES[0]]
        self.symbols = [0]
        self.starts = [0]
        self.levels = [0]

    def take(self, word: int, position: int) -> bool:
        """Go on with a word; False, and what waits is as complete as can be, if it cannot come."""
        rows = self.rows
        action = entry(rows[-1], word)
        while isinstance(action, int):
            self._reduce(action, position)
            action = entry(rows[-1], word)
        if action is None:
            return False
        self._push(action, word, position, self._level_after(action, word))
        return True

    def possible(self, word: int) -> bool:
        """Whether some program goes on with `word`."""
        rows = self.rows.copy()
        action = entry(rows[-1], word)
        while isinstance(action, int):
            symbol, size = RULES[action]
            del rows[len(rows) - size :]
            rows.append(entry(rows[-1], symbol))
            action = entry(rows[-1], word)
        return action is not None

    def expected(self) -> set[str]:
        """All words with which some program goes on."""
        return {SYMBOLS[word] for word in _WORDS if self.possible(word)}

    def level_of_next(self) -> int:
        """The level on which a wrong word stands: it begins a statement or operand before it is refused."""
        if self.possible(_WHILE):
            fork = self.copy()
            fork.take(_WHILE, 0)
            return fork.levels[-2] + 1
        return self.levels[-1] if self.possible(_NIL) else 0

    def copy(self) -> Stack:
        twin = Stack()
        twin.rows, twin.symbols = self.rows.copy(), self.symbols.copy()
        twin.starts, twin.levels = self.starts.copy(), self.levels.copy()
        return twin

    def begins_statement_at(self, at: int) -> bool:
        """Whether the symbol of that index on the stack is the first one of a statement."""
        return _takes(self.rows[at - 1], _WHILE)

    def _push(self, row: Any, symbol: int, start: int, level: int) -> None:
        self.rows.append(row)
        self.symbols.append(symbol)
        self.starts.append(start)
        self.levels.append(level)

    def _reduce(self, rule: int, position: int) -> None:
        symbol, size = RULES[rule]
        bottom = len(self.rows) - size
        start = self.starts[bottom] if size else position
        level = self.levels[bottom - 1] + _takes(self.rows[bottom - 1], _WHILE)
        if symbol == _TARGETS and size > 1:  # every further target is one level more
            level = self.levels[bottom] + 1
        for waiting in (self.rows, self.symbols, self.starts, self.levels):
            del waiting[bottom:]
        self._push(entry(self.rows[-1], symbol), symbol, start, level)

    def _level_after(self, row: Any, word: int) -> int:
        """The level behind `word`: deeper if a statement begins with it or an operand after it."""
        level = self.levels[-1]
        if _takes(self.rows[-1], _WHILE):
            level += 1
        elif word in _CONDITION_ENDS:
            return level - 1
        if word in _SEPARATORS or self._is_in_item(word):
            return level
        return level + _takes(row, _NIL)

    def _is_in_item(self, word: int) -> bool:
        """Whether `word` is the `[` or `=` of a table item, whose level began with the brace."""
        before = self.symbols[-1]
        if word == _BRACKET:
            return before in _ITEM_STARTS
        return word == _EQUALS and (
            before == _CLOSING_BRACKET or (before == _NAME and self.symbols[-2] != _FOR)
        )


def _takes(row: Any, word: int) -> bool:
    return isinstance(entry(row, word), list)


def stack_after(kinds: Sequence[int]) -> Stack:
    """What waits after these words, which some program begins with."""
    stack = Stack()
    for position, word in enumerate(kinds):
        taken = stack.take(word, position)
        assert taken, f"word {position} cannot come"
    return stack


def first_obstacle(kinds: Sequence[int], limit: int) -> tuple[int, bool]:
    """The first word that cannot come or stands on level `limit`, and whether it is the level.

    The number of words if there is none. Labels in a row nest, too.
    """
    stack = Stack()
    labels = 0
    for position, word in enumerate(kinds):
        if not stack.take(word, position):
            return position, False
        level = stack.levels[-2]
        if stack.begins_statement_at(-1):
            labels = labels if word in _CHAINED else 0
            level += 1 + labels
            labels += word == _LABEL_MARK
        elif word in _ENDERS:
            labels = 0
            continue
        if level >= limit:
            return position, True
    return len(kinds), False
