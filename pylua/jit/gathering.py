"""Lines of generated code → the same with reads written where their values are used.

    r3 = r0.x                                 [1]
    if r3 is None: raise HandOver             [1]
    r4 = r1.x                                 [2]        t = r0.x * r1.x                        [1]
    if r4 is None: raise HandOver             [2]   ─▶   if t > 1073741823 …: t = fit(t)        [1]
    t = r3 * r4                               [3]        r3 = t                                 [1]
    if t > 1073741823 …: t = fit(t)           [3]
    r3 = t                                    [3]

A value that is used once needs no register, and where nil fails anyway it needs no check: a read, its
check, a store and a load are half of what such a product costs. Reading a table changes nothing, so
where the line fails the VM runs again from the first of the instructions in it on: the lines get the pc
of that one. Three things are done:

- a read moves into the sum, product, comparison or read that alone uses its value;
- a check for nil goes if the next line surely fails on nil;
- a check for nil and one for a certain native function become one.
"""

from __future__ import annotations

import re

from pylua.hints import Final
from pylua.jit.lowering import Line
from pylua.jit.occurrences import places, replaced
from pylua.values.late import late_pattern
from pylua.values.records import record

__all__ = ["Gathered", "gather"]

_READ: Final = re.compile(
    r"(?P<target>r\d+|t) = (?P<value>(?P<table>[rv]\d+)\.(?P<field>[A-Za-z_]\w*)"
    r"|u\d+\.value"
    r"|(?P<list>[rv]\d+)\.array_part\[(?P<key>r\d+|\d+)\])",
    re.ASCII,
)
_CHECK: Final = re.compile(
    r"if (?P<place>r\d+|t) is None(?P<metatable> and [rv]\d+\.metatable is not None)?: raise HandOver"
)
_IS_PLACE: Final = re.compile(r"if \w+ < 1: raise HandOver", re.ASCII)
"""Stands before a read, and stays where it is."""
_IS_NIL: Final = "is None: raise HandOver"
_HANDS_OVER: Final = ": raise HandOver"
_FINISH: Final = re.compile(r"(?P<target>r\d+) = t", re.ASCII)
_SUM: Final = re.compile(
    r"(?:[rv]\d+(?![\w.])|t(?![\w.])|\d+(?:\.\d+)?(?:e[+-]?\d+)?| (?:[-+*/&|^]|<<|>>|//|\*\*) |[()-])+",
    re.ASCII,
)
_COMPARISONS: Final = (" < ", " <= ", " > ", " >= ")
_ACCESS: Final = late_pattern(r"(?a)(?:\w+ = |if )(?:len\()?(\w+)\.(?!__class__|one\(|many\(|flow\()")
_MORE_TARGETS: Final = late_pattern(r"(?:, \w+)* = ")
_IS_STRING: Final = "if {}.__class__ is not str: raise HandOver"
_BRANCHES: Final = (" if ", " and ", " or ", "(")
_IS_NATIVE: Final = re.compile(r"if (r\d+|t) is not (native_\w+): raise HandOver", re.ASCII)
_NAMES: Final = re.compile(r"(?<![.\w])(?:r\d+|t)\b", re.ASCII)
_WRAPS: Final = "- HALF"
"""The end of a line that wraps an integer around, and cannot fail (see arithmetic_code)."""
_CHECKED: Final = re.compile(
    r"if (?:t\.__class__ is not float: raise HandOver|[^:]*\bt [<>] -?\d+[^:]*: t = (?:fit|wrapped)\(t\))",
    re.ASCII,
)
_PLACE: Final = re.compile(r"\w+(?:, \w+)*,?", re.ASCII)
_BREAKS: Final = ("while ", "for ", "else", "elif ", "break", "continue", "return", "raise ", "try", "except")
_SLOTS: Final = frozenset({"array_part", "hash_part", "metatable", "one", "many", "flow", "value", "values"})
_FAR: Final = 12
"""So many lines further the question for a native function is looked for."""


@record(frozen=True)
class Gathered:
    """`aliases[n]` belongs to `lines[n]` (see folding).

    `reaches`: by the pc of lines, the last instruction whose work they do.
    """

    lines: list[Line]
    aliases: list[dict[str, str]]
    reaches: dict[int, int]


@record(frozen=True)
class _Read:
    """A read whose lines begin with line `start`: what it sets, and its value as an expression."""

    start: int
    register: str
    value: str


def gather(lines: list[Line], aliases: list[dict[str, str]], live: dict[int, int]) -> Gathered:
    """Moves reads to where their values are used. `live`: what registers are read behind each instruction."""
    work = _Work(lines, aliases, live)
    work.join_checks()
    at = 0
    while at < len(work.lines):
        at = work.try_use(at) if work.may_follow_read(at) else at + 1
    work.drop_checks()
    work.settle()
    return Gathered(work.lines, work.aliases, work.reaches)


class _Work:
    def __init__(self, lines: list[Line], aliases: list[dict[str, str]], live: dict[int, int]) -> None:
        self.lines = list(lines)
        self.aliases = list(aliases)
        self.live = live
        self.reaches: dict[int, int] = {}

    def remove(self, first: int, end: int) -> None:
        del self.lines[first:end]
        del self.aliases[first:end]

    def put(self, at: int, text: str, pc: int) -> None:
        """Gives line `at` a text and the pc of an earlier instruction."""
        depth, _, own = self.lines[at]
        self.lines[at] = depth, text, pc
        self.reaches[pc] = max(self.reaches.get(pc, pc), self.reaches.get(own, own))

    # --- reads into uses ----------------------------------------------------------------------

    def may_follow_read(self, at: int) -> bool:
        """Whether line `at` begins an instruction, and the line before may end a read: most do not."""
        if at == 0:
            return False
        _, text, pc = self.lines[at - 1]
        own = self.lines[at][2]
        if own < 0 or pc == own:
            return False
        if text.startswith("if "):
            return text.endswith(_HANDS_OVER)
        return "." in text or text.endswith(" = t")

    def try_use(self, at: int) -> int:
        """Moves the reads just before line `at` into it, if it uses them; gives the line to look at next."""
        _, text, own = self.lines[at]
        if not _is_use(text):
            return at + 1
        first = at
        while (read := self._read_before(first)) is not None and self._is_only(at, text, read.register):
            moved = _substitute(text, read.register, read.value)
            if self._is_clobbered(at, moved):
                break
            text, first = moved, read.start
        if first == at:
            return at + 1
        pc = self.lines[first][2]
        self.put(at, text, pc)
        for place in range(at + 1, len(self.lines)):
            if self.lines[place][2] != own:
                break
            self.put(place, self.lines[place][1], pc)
        self.live[pc] = self.live.get(own, -1)
        self.remove(first, at)
        return first + 1

    def _is_clobbered(self, at: int, text: str) -> bool:
        """Whether `text`, in place of line `at`, sets what it reads, while later lines of it may fail."""
        target, assigns, _ = text.partition(" = ")
        goes_on = at + 1 < len(self.lines) and self.lines[at + 1][2] == self.lines[at][2]
        may_fail = goes_on and not self.lines[at + 1][1].endswith(_WRAPS)
        return bool(assigns) and may_fail and target in _read_names(text)

    def settle(self) -> None:
        """Lets results that are checked in `t` be checked where they go, if nothing needs what was there."""
        at = 0
        while at < len(self.lines) - 2:
            (depth, text, pc), check, finish = self.lines[at : at + 3]
            target = _FINISH.fullmatch(finish[1]) if text.startswith("t = ") else None
            if (
                target is not None
                and (depth, pc) == check[0::2] == finish[0::2]
                and _CHECKED.fullmatch(check[1])
                and not self._is_needed(at, target["target"])
            ):
                name = target["target"]
                self.lines[at] = depth, name + text[1:], pc
                self.lines[at + 1] = depth, replaced(check[1], "t", name), pc
                self.remove(at + 2, at + 3)
            at += 1

    def _is_needed(self, at: int, register: str) -> bool:
        """Whether the value of `register` is used by line `at`, or where the VM goes on at the next."""
        expressions = [self.lines[at][1], *self.aliases[at + 1].values()]
        return any(register in _NAMES.findall(each) for each in expressions)

    def _read_before(self, at: int) -> _Read | None:
        """The read whose lines end just before line `at`."""
        depth, _, pc = self.lines[at - 1]
        if at == 0 or pc < 0 or depth != self.lines[at][0] or pc in self.reaches:
            return None
        start = at - 1
        while start > 0 and self.lines[start - 1][2] == pc and self.lines[start - 1][0] == depth:
            start -= 1
        if start < at - 1 and _IS_PLACE.fullmatch(self.lines[start][1]):
            start += 1
        texts = [text for _, text, _ in self.lines[start:at]]
        read = _READ.fullmatch(texts.pop(0))
        if read is None or read["field"] in _SLOTS:
            return None
        register = read["target"]
        if texts and (check := _CHECK.fullmatch(texts[0])) is not None and check["place"] == register:
            texts.pop(0)
        if register == "t":
            finish = _FINISH.fullmatch(texts.pop(0)) if texts else None
            if finish is None:
                return None
            register = finish["target"]
        return None if texts else _Read(start, register, read["value"])

    def _is_only(self, at: int, text: str, register: str) -> bool:
        """Whether `text`, in place of line `at`, reads `register` once, and nothing reads it later."""
        _, _, pc = self.lines[at]
        if _read_names(text).count(register) != 1:
            return False
        for place in range(at, len(self.lines)):
            _, later, there = self.lines[place]
            if there != pc:
                break
            if place > at and register in _read_names(later):
                return False
            if later.startswith(f"{register} = "):
                return True
        return not self.live.get(pc, -1) >> int(register[1:]) & 1

    # --- checks -------------------------------------------------------------------------------

    def drop_checks(self) -> None:
        """Takes out checks for nil where the next line fails on nil, before it does anything."""
        for at in range(len(self.lines) - 2, 0, -1):
            if self.lines[at][1].endswith(_HANDS_OVER) and self._is_needless(at):
                for place in range(at + 1, self._next(at) + 1):
                    self.put(place, self.lines[place][1], self.lines[at][2])
                self.remove(at, at + 1)

    def _next(self, at: int) -> int:
        """The line behind line `at`, but for a check that a key is positive."""
        (_, text, pc), (_, _, following) = self.lines[at + 1], self.lines[min(at + 2, len(self.lines) - 1)]
        return at + 2 if pc == following and _IS_PLACE.fullmatch(text) else at + 1

    def _is_needless(self, at: int) -> bool:
        depth, text, pc = self.lines[at]
        if self.lines[at - 1][2] != pc:
            return False
        check = _CHECK.fullmatch(text)
        read = _READ.fullmatch(self.lines[at - 1][1])
        if check is None or read is None:
            return False
        place = check["place"]
        if read["target"] != place or place == "t" or place in (read["table"], read["list"], read["key"]):
            return False
        next_depth, following, next_pc = self.lines[self._next(at)]
        return next_depth == depth and next_pc > pc and _fails_on_nil(following, place)

    def join_checks(self) -> None:
        """Asks for the native function where the check for nil is, and nowhere else."""
        if not any(" is not native_" in text for _, text, _ in self.lines):
            return
        at = 0
        while at < len(self.lines):
            found = self._native_behind(at) if self.lines[at][1].endswith(_IS_NIL) else None
            if found is not None:
                place, name = found
                depth, text, pc = self.lines[at]
                self.reaches[pc] = self.lines[place][2]
                self.lines[at] = depth, text.replace("is None", f"is not {name}"), pc
                self.remove(place, place + 1)
            at += 1

    def _native_behind(self, at: int) -> tuple[int, str] | None:
        """The line that asks for a native function in the value that line `at` checks, and its name."""
        depth, text, pc = self.lines[at]
        check = _CHECK.fullmatch(text)
        if check is None or check["metatable"]:
            return None
        register = check["place"]
        for place in range(at + 1, min(at + _FAR, len(self.lines))):
            indent, later, there = self.lines[place]
            if indent != depth or there < 0 or later.startswith(_BREAKS) or later.endswith(":"):
                return None
            if register == "t":
                finish = _FINISH.fullmatch(later) if there == pc else None
                if finish is None and there != pc:
                    return None
                register = finish["target"] if finish is not None else register
                continue
            asked = _IS_NATIVE.fullmatch(later)
            if asked is not None and asked[1] == register:
                return place, asked[2]
            is_set = any(_MORE_TARGETS.match(later, each + len(register)) for each in places(later, register))
            if is_set or ".one(" in later or ".many(" in later:
                return None
        return None


def _is_use(text: str) -> bool:
    """Whether a line fails if any of the registers it reads is nil."""
    if text.startswith("if "):
        condition = text[3:-1].removeprefix("not ")
        for each in _COMPARISONS:
            left, found, right = condition.partition(each)
            if found:
                return text[-1] == ":" and bool(_SUM.fullmatch(left) and _SUM.fullmatch(right))
        return False
    target, _, value = text.partition(" = ")
    if target != "t" and not (target[:1] == "r" and target[1:].isdigit()):
        return False
    if _SUM.fullmatch(value):
        return " " in value or value[0] == "-"
    read = _READ.fullmatch(text)
    if read is None:
        return False
    if read["field"]:
        return read["table"][0] == "r"
    return bool(read["list"]) and read["key"][0] == "r"


def _fails_on_nil(text: str, register: str) -> bool:
    """Whether a line surely raises if `register` is nil, before it changes anything."""
    access = _ACCESS.match(text) if f"{register}." in text else None
    if text == _IS_STRING.format(register) or (access is not None and access[1] == register):
        return True
    if text.startswith(f"if {register} is not native_") and text.endswith(": raise HandOver"):
        return True
    if any(each in text.removeprefix("if ") for each in _BRANCHES):
        return False
    value = text.partition(" = ")[2]
    return (_is_use(text) and register in _read_names(text)) or any(
        value.startswith(".", end) and not value.startswith(".__class__", end)
        for at in places(value, register)
        if (end := at + len(register))
    )


def _read_names(text: str) -> list[str]:
    """The registers that a line reads; to set a field or an element is to read the table."""
    target, assigns, value = text.partition(" = ")
    return _NAMES.findall(value if assigns and _PLACE.fullmatch(target) else text)


def _substitute(text: str, register: str, value: str) -> str:
    """`text` with `value` where `register` is read."""
    target, assigns, expression = text.partition(" = ")
    if not assigns:
        target, expression = "", text
    return target + assigns + replaced(expression, register, value)
