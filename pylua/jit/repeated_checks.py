"""Checks in lines of generated code that cannot fail, after what was checked on every way to them → none.

    r3 = r0.x - r1.x                                r3 = r0.x - r1.x
    if r3.__class__ is not float: raise HandOver    if r3.__class__ is not float: raise HandOver
    r2 = r3 * r2.x                            ─▶    r2 = r3 * r2.x
    if r2.__class__ is not float: raise HandOver

Inference knows a function's registers; here the code of several functions, and fields without objects,
have come together. A sum, difference, product or quotient with a float in it is one. Also, where there was
room for a nested C call there still is (see c_levels): what was called meanwhile has returned. And where no
watch had ended, none has unless Lua code ran, or something was stored at a name (see watches).
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Final, TypeAlias
from pylua.jit.c_levels import HAS_ROOM, may_ask
from pylua.jit.inlined_bodies import assigned_in
from pylua.jit.watches import FRESH
from pylua.values.late import late_pattern

if TYPE_CHECKING:
    from pylua.jit.lowering import Line

__all__ = ["find_repeated"]

_IS_FLOAT: Final = late_pattern(r"(?a)if (\w+)\.__class__ is not float: raise HandOver")
_ASSIGNMENT: Final = late_pattern(r"(?a)(\w+) = (.*)")
_OPERAND: Final = r"[(-]*(?:\d[\d.]*e[+-]?\d+|[\w.]+)\)*"
_SUM: Final = late_pattern(rf"(?a){_OPERAND}(?: [-+*/] {_OPERAND})*")
_LEAF: Final = late_pattern(r"(?a)(?<![\w.])(?:[A-Za-z_]\w*(?:\.\w+)*|\d[\w.]*(?:e[+-]?\d+)?)")
_IS_FRESH: Final = f"if {FRESH} is None: raise HandOver"
_CHECKS: Final = ("is not float: raise HandOver", _IS_FRESH, f"{HAS_ROOM}:")
_STORES: Final = late_pattern(r"\b(?:put|raw_delete|raw_set|set_nil|store)\(")
_ROOM: Final = late_pattern(r" and state\.thread\.c_levels < (\d+)(?=:$)")
_MORE: Final = ("elif ", "else:", "except ")
_OUT: Final = ("return", "raise ", "continue", "break")

_Facts: TypeAlias = "set[str] | None"
"""Names of floats, how much room there is, FRESH if no watch has ended; None where nothing goes on."""


def find_repeated(lines: list[Line]) -> dict[int, str]:
    """By index: lines as they are without checks that cannot fail; "" for those that are no more."""
    if sum(text.endswith(_CHECKS) for _, text, _ in lines) < 2:
        return {}
    walk = _Walk(lines)
    walk.block(0, 0, set())
    return walk.found


class _Walk:
    """Goes through the lines once, with what is known where each begins."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.found: dict[int, str] = {}

    def block(self, at: int, depth: int, facts: _Facts) -> tuple[int, _Facts]:
        """The end of the block that begins at line `at`, and what is known there."""
        while at < len(self.lines) and self.lines[at][0] >= depth:
            text = self.lines[at][1]
            if text.startswith(("while ", "for ")):
                at, facts = self.loop(at, depth, facts)
            elif text.startswith(("if ", "try:")):
                at, facts = self.branches(at, depth, facts)
            else:
                facts = self.statement(at, text, _after(facts, text))
                at += 1
        return at, facts

    def loop(self, at: int, depth: int, facts: _Facts) -> tuple[int, _Facts]:
        """What the loop sets may be anything, in it and behind it."""
        end = at + 1
        while end < len(self.lines) and self.lines[end][0] > depth:
            end += 1
        facts = _without(facts, [text for _, text, _ in self.lines[at:end]])
        if facts and FRESH in facts and any(_may_end_watches(text) for _, text, _ in self.lines[at:end]):
            facts = facts - {FRESH}
        self.block(at + 1, depth + 1, _copy(facts))
        while end < len(self.lines) and self.lines[end][0] == depth and self.lines[end][1] == "else:":
            end, _ = self.block(end + 1, depth + 1, _copy(facts))
            facts = _without(facts, [text for _, text, _ in self.lines[at:end]])
        return end, facts

    def branches(self, at: int, depth: int, facts: _Facts) -> tuple[int, _Facts]:
        """An `if` or `try` with all that belongs to it: what is known on every way behind it."""
        known: list[_Facts] = []
        is_whole = False
        start = at
        while True:
            text = self.lines[at][1]
            facts = _after(facts, text)
            inner = _copy(facts)
            if text.endswith(":"):
                inner = self.condition(at, text, inner)
                at, inner = self.block(at + 1, depth + 1, inner)
            else:
                inner = self.statement(at, text, inner)
                at += 1
            known.append(inner)
            is_whole |= text.startswith("else:")
            if at >= len(self.lines) or self.lines[at][0] != depth or not self.lines[at][1].startswith(_MORE):
                break
        if self.lines[start][1].startswith("try:"):
            return at, _without(facts, [text for _, text, _ in self.lines[start:at]])
        if not is_whole:
            known.append(self.otherwise(start, at, facts))
        return at, _join(known)

    def condition(self, at: int, text: str, facts: _Facts) -> _Facts:
        """What holds within a block: that there is room, if that was asked; it is not asked again."""
        room = _ROOM.search(text)
        if room is None or facts is None:
            return facts
        if any(each.isdigit() and int(each) <= int(room[1]) for each in facts):
            self.found[at] = text.replace(room[0], "")
        return facts | {room[1]}

    def otherwise(self, start: int, end: int, facts: _Facts) -> _Facts:
        """What is known where the condition of a lone `if` did not hold."""
        fact = _checked_by(self.lines[start][1]) if end == start + 1 else None
        if fact is None or facts is None:
            return _copy(facts)
        if fact in facts and start > 0 and self.lines[start - 1][0] == self.lines[start][0]:
            self.found[start] = ""
        return facts | {fact}

    def statement(self, at: int, text: str, facts: _Facts) -> _Facts:
        """What is known behind a line."""
        body = (
            text.partition(": ")[2]
            if text.startswith(("if ", "elif ", "else: ", "try: ", "except "))
            else text
        )
        is_plain = body is text or not ("'" in text or '"' in text)  # a text may have anything in it
        if is_plain and (body.startswith(_OUT) or body.endswith(("; break", "; continue"))):
            return None
        if facts is None:
            return None
        if "yield" in text:
            facts = {each for each in facts if not each.isdigit()}
        found = _ASSIGNMENT.fullmatch(text)
        is_float = found is not None and _is_float(found[2], facts)
        facts = _without(facts, [text]) or set()
        return facts | {found[1]} if found is not None and is_float else facts


def _checked_by(text: str) -> str | None:
    """What is known behind a line that goes no further otherwise."""
    if text == _IS_FRESH:
        return FRESH
    check = _IS_FLOAT.fullmatch(text)
    return None if check is None else check[1]


def _is_float(value: str, facts: set[str]) -> bool:
    """Whether an expression surely gives a float, if it gives anything."""
    if not _SUM.fullmatch(value):
        return False
    return " / " in value or any(leaf in facts or _is_literal(leaf) for leaf in _LEAF.findall(value))


def _is_literal(leaf: str) -> bool:
    return leaf[0].isdigit() and ("." in leaf or "e" in leaf)


def _without(facts: _Facts, texts: list[str]) -> _Facts:
    """What is still known behind lines that set variables."""
    return None if facts is None else facts - assigned_in(texts) if facts else set()


def _may_end_watches(text: str) -> bool:
    return "yield" in text or may_ask(text) or _STORES.search(text) is not None


def _after(facts: _Facts, text: str) -> _Facts:
    """What of it is still known behind what a line calls."""
    return facts - {FRESH} if facts and FRESH in facts and _may_end_watches(text) else facts


def _copy(facts: _Facts) -> _Facts:
    return None if facts is None else set(facts)


def _join(ways: list[_Facts]) -> _Facts:
    """What is known wherever one comes from."""
    open_ways = [facts for facts in ways if facts is not None]
    return set.intersection(*open_ways) if open_ways else None
