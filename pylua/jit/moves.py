"""Lines of generated code → the same lines without moves that only carry a value to its use.

    r3 = v0                                             at the call r3 is v0, r4 is r1, r5 is 1
    r4 = r1             ─▶    r3 = v0.one(r1, 1)
    r5 = 1
    r3 = r3.one(r4, r5)

Lua code moves what it calls, and the arguments, to registers of their own, which are dead after the
call. Where all uses of a move stand in the straight lines behind it, they take its source instead.
The VM may have to go on at each of these lines: `Shortened.aliases` says what the registers hold there.
"""

from __future__ import annotations

import re

from pylua.bytecode.opcodes import Op
from pylua.hints import Final, TypeAlias
from pylua.jit.lowering import Line
from pylua.values.late import late_pattern
from pylua.values.records import record
from pylua.vm.decoding import CALL_OPEN, Decoded

__all__ = ["Shortened", "shorten"]

Aliases: TypeAlias = dict[str, str]
"""By the names of registers: the variable or literal that stands for them."""

_CALLS: Final = frozenset({Op.CALL, CALL_OPEN})
_MOVE: Final = re.compile(
    r"(r\d+) = (r\d+|v\d+|me|t|\d+(?:\.\d+)?|\(-\d+\)|TRUE|FALSE|None|'(?:[^'\\]|\\.)*')", re.ASCII
)
_NAME: Final = re.compile(
    r"""(?<!f)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![.\w])(r\d+|v\d+|t)\b""", re.ASCII
)
_PLAIN_TEXT: Final = late_pattern(r"(?a)'[\w .,:;=+*/<>()\[\]-]*'")
"""What means the same within the quotation marks of other texts."""
_TARGETS: Final = re.compile(r"(?:^|: |; )((?:r\d+|t|c\d+\.value)(?:, (?:r\d+|c\d+\.value))*),? = ", re.ASCII)
_IN_ELSE: Final = late_pattern(r"(?a)(?:if .*?: |else: )(r\d+) = ")


@record(frozen=True)
class Shortened:
    """`aliases[n]` belongs to `lines[n]`."""

    lines: list[Line]
    aliases: list[Aliases]


def shorten(lines: list[Line], code: list[Decoded], aliases: list[Aliases]) -> Shortened:
    """Takes out the moves that can be. `aliases`: what stands for registers already, by line."""
    work = _Work(lines, code, aliases)
    for at in range(len(lines) - 1, -1, -1):  # a method's receiver moves just before its function
        if work.lines[at][1][:1] == "r" and (move := _MOVE.fullmatch(work.lines[at][1])) is not None:
            work.try_move(at, move[1], move[2])
    kept = [at for at in range(len(lines)) if at not in work.removed]
    return Shortened([work.lines[at] for at in kept], [work.aliases[at] for at in kept])


class _Work:
    def __init__(self, lines: list[Line], code: list[Decoded], aliases: list[Aliases]) -> None:
        self.lines = list(lines)
        self.code = code
        self.removed: set[int] = set()
        self.aliases = aliases

    def try_move(self, at: int, register: str, source: str) -> None:
        """Removes line `at`, a move, if its uses end in straight code."""
        if self._is_call(self.lines[at][2]):
            return
        uses = self._uses(at, register, source)
        if uses is None:
            return
        self.removed.add(at)
        for place, text in uses.items():
            depth, _, pc = self.lines[place]
            self.lines[place] = depth, text, pc
            aliases = self.aliases[place]
            for other, value in aliases.items():
                aliases[other] = _NAME.sub(lambda name: source if name[1] == register else name[0], value)
            aliases.setdefault(register, source)  # else it has got another value by then, by a move taken out

    def _uses(self, at: int, register: str, source: str) -> dict[int, str] | None:
        """The lines until `register` is dead, with `source` in its place; None if that cannot be told."""
        depth, _, start = self.lines[at]
        former = start
        uses: dict[int, str] = {}
        is_stale = False
        for place in range(at + 1, len(self.lines)):
            if place in self.removed:
                continue
            indent, text, pc = self.lines[place]
            if former not in (start, pc) and self._kills(former, int(register[1:])):
                return uses
            if source[0] == "r" and former != pc and self._kills(former, int(source[1:])):
                return None
            if is_stale or indent != depth or text.endswith(":") or text in ("break", "continue"):
                return None
            assigned = _assigned(text) if register in text or source in text else ()
            replaced = _replace(text, register, source)
            if replaced is None:
                return None
            uses[place] = replaced
            former = pc
            if text.startswith(("return ", "raise ", "else: return ")):
                return uses
            if register in assigned:
                return self._overwritten(uses, place, register, source)
            is_stale = source in assigned
        return None

    def _is_call(self, pc: int) -> bool:
        return 0 <= pc < len(self.code) and self.code[pc][0] in _CALLS

    def _kills(self, pc: int, register: int) -> bool:
        """Whether the instruction is a call, after which `register` is dead unless it took a result."""
        return self._is_call(pc) and self.code[pc][1] <= register

    def _overwritten(
        self, uses: dict[int, str], place: int, register: str, source: str
    ) -> dict[int, str] | None:
        """The lines, if `register` surely gets a new value at `place` (or there and in the `else` behind)."""
        text = self.lines[place][1]
        if not text.startswith(("if ", "else:", "elif ")):
            is_last = text.rpartition("; ")[2].startswith(f"{register} = ")
            return uses if ";" not in text or text.startswith("n = ") or is_last else None
        if not text.startswith("if ") or place + 1 >= len(self.lines):
            return None
        _, other, _ = self.lines[place + 1]
        both = [_IN_ELSE.match(each) for each in (text, other)]
        if not other.startswith("else: ") or any(each is None or each[1] != register for each in both):
            return None
        if ";" in text or ";" in other:
            return None
        replaced = _replace(other, register, source)
        if replaced is None:
            return None
        uses[place + 1] = replaced
        return uses


def _assigned(text: str) -> set[str]:
    return {name for targets in _TARGETS.findall(text) for name in targets.split(", ")}


def _replace(text: str, register: str, source: str) -> str | None:
    """`text` with `source` for `register`, but where it is assigned; None if that is no good Python."""
    if register not in text:
        return text
    if source[0] == "'" and 'f"' in text:
        hole = f"{{{register}}}"
        is_simple = text.count(register) == text.count(hole) + text.startswith(f"{register} = ")
        return text.replace(hole, source[1:-1]) if is_simple and _PLAIN_TEXT.fullmatch(source) else None
    targets = [each.span(1) for each in _TARGETS.finditer(text)]
    pieces: list[str] = []
    copied = 0
    for match in _NAME.finditer(text):
        start, end = match.span()
        if match[1] != register or any(first <= start < last for first, last in targets):
            continue
        if not source[0].isalpha() and (
            text.startswith((".", " is "), end) or text.endswith(" is ", 0, start)
        ):
            return None
        pieces += text[copied:start], source
        copied = end
    return "".join([*pieces, text[copied:]])
