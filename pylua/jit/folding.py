"""Lines of generated code → the same with results that are used once written where they are used.

    r4 = r1 * r1
    r5 = r2 * r2          ─▶    r4 = (r1 * r1) + (r2 * r2)
    r4 = r4 + r5

A register that only carries a value to the next operation costs a store and a load. Only sums and
products that cannot fail are moved: both operands are surely numbers, and no check follows.
Where the VM goes on between the two places, or at the second, `Folded.aliases` has the expression, which
is evaluated then.
"""

from __future__ import annotations

import re

from pylua.hints import Final
from pylua.jit.lowering import Line
from pylua.jit.occurrences import replaced
from pylua.values.records import record

__all__ = ["Folded", "fold"]

_SUM: Final = re.compile(
    r"(r\d+) = ((?:[rv]\d+(?![\w.])|\d+(?:\.\d+)?(?:e[+-]?\d+)?| / [1-9]\d*(?:\.\d+)?| [*+-] |[()-])+)",
    re.ASCII,
)
_NAME: Final = re.compile(r"(?<![.\w])[rv]\d+\b", re.ASCII)
_ASSIGNED: Final = re.compile(r"(?:^|: )((?:r\d+|t)(?:, r\d+)*),? = ", re.ASCII)
_TARGET: Final = re.compile(r"(?:r\d+|t)(?:, r\d+)*,?", re.ASCII)
_OUTWARD: Final = ("else", "elif ", "for ", "while ", "try", "except", "break", "continue")
_LONGEST: Final = 150
_FAR: Final = 12
"""So many lines further a use is looked for."""


@record(frozen=True)
class Folded:
    """`aliases[n]` belongs to `lines[n]`: by the names of registers, the expressions that stand for them."""

    lines: list[Line]
    aliases: list[dict[str, str]]


def fold(lines: list[Line], sure: set[int], live: dict[int, int], aliases: list[dict[str, str]]) -> Folded:
    """Moves what can be moved: results of the instructions `sure` to have numbers as operands.

    `live` tells which registers are read behind each instruction. `aliases`: what stands for them already.
    """
    work = _Work(lines, live, aliases)
    for at, (_, _, pc) in enumerate(lines):
        if pc in sure:
            work.try_sum(at)
    kept = [at for at in range(len(lines)) if at not in work.removed]
    return Folded([work.lines[at] for at in kept], [work.aliases[at] for at in kept])


class _Work:
    def __init__(self, lines: list[Line], live: dict[int, int], aliases: list[dict[str, str]]) -> None:
        self.lines = list(lines)
        self.live = live
        self.removed: set[int] = set()
        self.aliases = aliases

    def try_sum(self, at: int) -> None:
        """Moves line `at` to where its result is used, if it is a sum or product that is used once."""
        found = _SUM.fullmatch(self.lines[at][1])
        if found is None or len(found[2]) > _LONGEST or not any(each in found[2] for each in "+-*/"):
            return
        register, expression = found[1], found[2]
        place = self._use(at, register, set(_NAME.findall(expression)))
        if place is None:
            return
        depth, text, pc = self.lines[place]
        target, assigns, value = _split(text)
        value = replaced(value, register, f"({expression})")
        self.lines[place] = depth, target + assigns + value, pc
        self.removed.add(at)
        for between in range(at + 1, place + 1):
            self.aliases[between][register] = f"({expression})"

    def _use(self, at: int, register: str, operands: set[str]) -> int | None:
        """The line that alone reads `register`, if the operands are still the same there."""
        depth, _, pc = self.lines[at]
        for place in range(at + 1, min(at + _FAR, len(self.lines))):
            if place in self.removed:
                continue
            indent, text, there = self.lines[place]
            if indent != depth or there < 0 or text.startswith(_OUTWARD):
                return None
            assigned = {name for targets in _ASSIGNED.findall(text) for name in targets.split(", ")}
            reads = _NAME.findall(_split(text)[2]).count(register)
            if reads:
                return place if reads == 1 and there != pc and self._is_last(place, register) else None
            if register in assigned or assigned & operands:
                return None
            if text.endswith(":") or text.startswith(("return", "raise")):
                return None
        return None

    def _is_last(self, place: int, register: str) -> bool:
        """Whether nothing reads `register` behind the line at `place`."""
        _, text, pc = self.lines[place]
        if '"' in text or "'" in text or ";" in text:
            return False
        for _, later, there in self.lines[place + 1 :]:
            if there != pc:
                break
            if register in _NAME.findall(later):
                return False
        return text.startswith(f"{register} = ") or not self.live.get(pc, -1) >> int(register[1:]) & 1


def _split(text: str) -> tuple[str, str, str]:
    """A line's target, " = ", and what is read; ("", "", text) if it is no plain assignment."""
    target, assigns, value = text.partition(" = ")
    if assigns and _TARGET.fullmatch(target):
        return target, assigns, value
    return "", "", text
