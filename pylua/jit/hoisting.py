"""Lists that all rounds of a numeric loop read → taken from their tables once, before the first round.

    i4 = range(r4, r5 + 1)                               i4 = range(r4, r5 + 1)
    for r7 in i4:                                        for r7 in (h0 := r0.array_part) and i4:
     r3 = r3 + r0.array_part[r7]                 ─▶       r3 = r3 + h0[r7]

A table keeps its list (values.table), except NOTHING, and that has no elements: if the table gets its list
meanwhile, reading fails and the VM goes on. So it does where the register holds no table, at the loop's
first instruction, as if the first round had come to that.
"""

from __future__ import annotations

from collections.abc import Iterator

from pylua.hints import TYPE_CHECKING, Final
from pylua.jit.inlined_bodies import assigned_in
from pylua.values.late import late_pattern

if TYPE_CHECKING:
    from pylua.jit.lowering import Line

__all__ = ["hoist"]

_LOOP: Final = late_pattern(r"(?a)for \w+ in (?P<rounds>\w+):")
_READ: Final = late_pattern(r"(?a)(?<![\w.])(?P<table>(?:a\d+_)*[rv]\d+)\.array_part\[")
_MAY_NOT_RUN: Final = ("if ", "elif ", "else", "for ", "while ", "try", "except ")
_QUOTES: Final = frozenset("'\"")
"""A text may have anything in it."""
_NEAR: Final = 6
"""So many lines before its head a loop's rounds are made, or it is one that is entered half-way."""


def hoist(lines: list[Line]) -> dict[int, str]:
    """By index: lines as they are then."""
    texts = [text for _, text, _ in lines]
    found: dict[int, str] = {}
    number = 0
    for at, (depth, text, _) in enumerate(lines):
        loop = _LOOP.fullmatch(text) if text.startswith("for ") else None
        if loop is None or not _begins(lines, at, depth, loop["rounds"]):
            continue
        body = range(at + 1, _end(lines, at, depth))
        head = ""
        for table in _tables(lines, texts, body, depth):
            head += f"(h{number} := {table}.array_part) and "
            for each in body:
                if f"{table}.array_part[" in texts[each] and not _QUOTES & set(texts[each]):
                    texts[each] = found[each] = _replaced(texts[each], table, f"h{number}")
            number += 1
        if head:
            texts[at] = found[at] = texts[at].replace(" in ", f" in {head}", 1)
    return found


def _begins(lines: list[Line], at: int, depth: int, rounds: str) -> bool:
    """Whether the rounds are made right before the loop."""
    before = lines[max(0, at - _NEAR) : at]
    return any(each == depth and text.startswith(f"{rounds} = range(") for each, text, _ in before)


def _end(lines: list[Line], at: int, depth: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end][0] > depth:
        end += 1
    return end


def _tables(lines: list[Line], texts: list[str], body: range, depth: int) -> Iterator[str]:
    """Registers that stay the same in the loop, and of whose tables each round reads an element."""
    certain = [
        table
        for at in body
        if lines[at][0] == depth + 1 and not texts[at].startswith(_MAY_NOT_RUN)
        for table in _READ.findall(texts[at])
    ]
    if not certain:
        return
    changed = assigned_in(texts[body.start - 1 : body.stop])
    text = "\n".join(texts[at] for at in body)
    for table in dict.fromkeys(certain):
        if table not in changed and f"{table}.array_part = " not in text and f"{table}.raw_" not in text:
            yield table


def _replaced(text: str, table: str, name: str) -> str:
    return _READ.sub(lambda read: f"{name}[" if read["table"] == table else read[0], text)
