"""Objects that code in place makes and only code in place reads → none: their fields are variables.

    a1_t = S0() …                                              (see display_code)
    a1_t.x = a1_r3
    if a1_v1.is_plain: a1_t.metatable = a1_v1; r7 = a1_t       if a1_v1.is_plain: pass
    else: r7 = a1_r2.one(a1_t, a1_v1)                    ─▶    else: raise Escaped
    t = r7.metatable.__add                                     t = a1_v1.__add
    if t.__class__ is F2: a2_r3 = r7.x + r1.x …                if t.__class__ is F2: a2_r3 = a1_r3 + r1.x …
    else: r7 = call_binary(t, r7, r1)                          else: raise Escaped

Where the VM goes on while the object lives it is made after all: `unmade` has an expression for it, by line.
A function whose object was needed nevertheless is translated again without this (Notes.escapes).
"""

from __future__ import annotations

import re

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Final
from pylua.jit.inlined_bodies import assigned_in
from pylua.jit.inlining import Inlined
from pylua.jit.occurrences import is_in
from pylua.values.late import late_pattern
from pylua.values.records import record

if TYPE_CHECKING:
    from pylua.jit.inlining import Site
    from pylua.jit.lowering import Line
    from pylua.vm.decoding import Decoded

__all__ = ["ESCAPED", "Unmade", "unmake"]

ESCAPED: Final = "raise Escaped"
_ATTACHED: Final = late_pattern(
    r"(?a)if (?P<meta>\w+)\.is_plain: (?P<table>\w+)\.metatable = (?P=meta); (?P<target>r\d+) = (?P=table)"
)
_SHAPED: Final = late_pattern(r"(?a)(?P<table>\w+) = (?P<shape>\w+)\(\)")
_ASKS: Final = ") else None"
_ASKED: Final = late_pattern(r" if not hasattr\((?P<table>\w+), '(?P<key>\w+)'\) else None")
_ATTRIBUTE: Final = late_pattern(r"(?<![\w.])(?P<table>\w+)\.(?P<name>\w+)(?!\w|\()")
_LITERAL: Final = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_QUOTED: Final = late_pattern(_LITERAL)
_SIMPLE: Final = late_pattern(rf"(?a)[\w.]+|\(-[\d.]+\)|{_LITERAL}")
_VARIABLE: Final = late_pattern(r"(?a)\bf1\d\d\d_\d+\b")
_FIRST: Final = 1000
"""Variables for fields have numbers from here on: those of constructors have registers' numbers."""


@record
class Unmade:
    """What `unmake` gives: the lines, and by index expressions for registers whose objects are not made.

    `uncounted`: lines of callees that do not count nested C calls any more, as nothing is called.
    """

    lines: list[Line]
    aliases: list[dict[str, str]]
    at: dict[int, tuple[Site, int]]
    fallbacks: set[int]
    unmade: dict[int, dict[str, str]]
    uncounted: set[int]

    def changed(self, texts: dict[int, str]) -> Unmade:
        """The same with other texts of some lines, and without those that have none any more."""
        if not texts:
            return self
        lines = [(depth, texts.get(at, text), pc) for at, (depth, text, pc) in enumerate(self.lines)]
        kept = [at for at, (_, text, _) in enumerate(lines) if text]
        places = {at: place for place, at in enumerate(kept)}
        return Unmade(
            [lines[at] for at in kept],
            [self.aliases[at] for at in kept],
            {places[at]: site for at, site in self.at.items() if at in places},
            {places[at] for at in self.fallbacks if at in places},
            {places[at]: names for at, names in self.unmade.items() if at in places},
            {places[at] for at in self.uncounted if at in places},
        )


@record(frozen=True)
class _Object:
    """An object on its way to `register`: the lines of its instruction, and how each of them is without it.

    `fields` are variables or literals by name. `place` is the line that gives `table` a metatable.
    """

    register: str
    table: str
    meta: str
    fields: dict[str, str]
    place: int
    start: int
    end: int
    texts: dict[int, str | None]

    def expression(self, metatable: str) -> str:
        """What makes it."""
        entries = ", ".join(f"{key!r}: {value}" for key, value in self.fields.items())
        return f"attached({{{entries}}}, {metatable})"


def unmake(inlined: Inlined, live: dict[int, int], code: list[Decoded], makes_objects: bool) -> Unmade:
    """Takes objects out, unless all are to be made. `live`: what is read behind each instruction."""
    work = _Work(inlined, live, code)
    for at in sorted(inlined.at) if not makes_objects else ():
        found = _ATTACHED.fullmatch(work.lines[at][1]) if ".is_plain: " in work.lines[at][1] else None
        if found is not None:
            work.try_object(at, found)
    return work.result()


class _Work:
    def __init__(self, inlined: Inlined, live: dict[int, int], code: list[Decoded]) -> None:
        self.lines = list(inlined.lines)
        self.inlined = inlined
        self.live = live
        self.code = code
        self.removed: set[int] = set()
        self.unmade: dict[int, dict[str, str]] = {}
        self.uncounted: set[int] = set()
        self.number = _FIRST

    def result(self) -> Unmade:
        """The lines that are left."""
        inlined = self.inlined
        made = Unmade(self.lines, inlined.aliases, inlined.at, inlined.fallbacks, self.unmade, self.uncounted)
        return made.changed(dict.fromkeys(self.removed, ""))

    def group(self, at: int) -> tuple[int, int]:
        """The lines of the instruction that line `at` is of."""
        pc = self.lines[at][2]
        start, end = at, at + 1
        while start > 0 and self.lines[start - 1][2] == pc >= 0:
            start -= 1
        while end < len(self.lines) and self.lines[end][2] == pc >= 0:
            end += 1
        return start, end

    def try_object(self, at: int, found: re.Match[str]) -> None:
        """Takes out the object that line `at` finishes, if it is only read until it is gone."""
        made = self._production(at, found)
        use = None if made is None else self._uses(made)
        if made is None or use is None:
            return
        last, texts = use
        if self._is_set(made.meta, made.place, made, last):
            return
        names = self._settle_fields(made, last)
        for place, text in made.texts.items():
            self._put(place, text)
        for place, text in texts.items():
            self._put(place, text and _VARIABLE.sub(lambda name: names.get(name[0], name[0]), text))
        for place in (at, at + 1):  # where the metatable turns out to be none, or another kind
            self.unmade.setdefault(place, {})[made.table] = made.expression("None")
        for place in range(made.end, last):
            self.unmade.setdefault(place, {})[made.register] = made.expression(made.meta)

    def _put(self, place: int, text: str | None) -> None:
        if text is None:
            self.removed.add(place)
            return
        if text.endswith(ESCAPED):
            self.uncounted.add(place)
        depth, _, pc = self.lines[place]
        self.lines[place] = depth, text, pc

    # --- where it is made -----------------------------------------------------------------------

    def _production(self, at: int, found: re.Match[str]) -> _Object | None:
        """The object, if nothing can fail from its first line on, and no other way leads to its register."""
        table, register = found["table"], found["target"]
        start, end = self.group(at)
        beginning = self._beginning(at, start, table)
        if beginning is None or at + 1 >= end:
            return None
        first, fields = beginning
        if [text for _, text, _ in self.lines[first + 1 : first + 3]] != [
            f"{table}.array_part = NOTHING",
            f"{table}.metatable = None",
        ]:
            return None
        texts: dict[int, str | None] = dict.fromkeys(range(first, first + 3))
        texts |= {at: f"if {found['meta']}.is_plain: pass", at + 1: f"else: {ESCAPED}"}
        for place in range(first + 3, at):
            if not self._take_field(place, table, fields, texts):
                return None
        if not self.lines[at + 1][1].startswith("else: ") or not self._only_falls_back(
            register, start, end, texts
        ):
            return None
        return _Object(register, table, found["meta"], fields, at, start, end, texts)

    def _beginning(self, at: int, start: int, table: str) -> tuple[int, dict[str, str]] | None:
        """The line before line `at` from which on `table` is made, and what its fields are at first."""
        for first in range(at - 1, start, -1):
            made = _SHAPED.fullmatch(self.lines[first][1])
            if made is not None and made["table"] == table:
                shape = self.inlined.constants.get(made["shape"])
                return first, dict.fromkeys(getattr(shape, "__match_args__", ()), "None")
        return None

    def _only_falls_back(self, register: str, start: int, end: int, texts: dict[int, str | None]) -> bool:
        """Whether the other lines that set the register are calls of functions that were not expected."""
        for place in range(start, end):
            text = self.lines[place][1]
            if place not in texts and f"{register} = " in text and register in assigned_in([text]):
                if place not in self.inlined.fallbacks:
                    return False
                texts[place] = f"else: {ESCAPED}" if text.startswith("else: ") else ESCAPED
        return True

    def _take_field(
        self, place: int, table: str, fields: dict[str, str], texts: dict[int, str | None]
    ) -> bool:
        target, _, value = self.lines[place][1].partition(" = ")
        key = target.removeprefix(f"{table}.")
        if key not in fields or not target.startswith(f"{table}.") or not _SIMPLE.fullmatch(value):
            return False
        fields[key] = f"f{self.number}_{place - min(texts)}"
        texts[place] = f"{fields[key]} = {value}"
        return True

    def _settle_fields(self, made: _Object, last: int) -> dict[str, str]:
        """Lets fields be the variables that they come from, where these stay: what stands for variables."""
        self.number += 1
        names: dict[str, str] = {}
        for key, variable in made.fields.items():
            at = next(
                (at for at, text in made.texts.items() if (text or "").startswith(f"{variable} = ")), None
            )
            value = "" if at is None else (made.texts[at] or "").partition(" = ")[2]
            if at is not None and not self._is_set(value, at, made, last):
                made.fields[key] = names[variable] = value
                made.texts[at] = None
        return names

    def _is_set(self, variable: str, start: int, made: _Object, last: int) -> bool:
        """Whether a variable is set between line `start` and line `last`."""
        texts = (
            self.lines[at][1]
            for at in range(start + 1, last)
            if at not in self.removed and at not in made.texts
        )
        return variable in assigned_in([text for text in texts if variable in text])

    # --- where it is read -------------------------------------------------------------------------

    def _uses(self, made: _Object) -> tuple[int, dict[int, str | None]] | None:
        """The end of the lines during which the object lives, and how these are without it."""
        texts: dict[int, str | None] = {}
        depth = self.lines[made.start][0]
        place = made.end
        while place < len(self.lines):
            start, end = self.group(place)
            indent, _, pc = self.lines[start]
            is_jump = self.lines[start][1] in ("continue", "break")
            if is_jump and self._is_live(start, made.register):
                return None
            if indent < depth:
                return (start, texts) if self._is_left(made.end, start, depth) else None
            is_set = False
            for each in range(start, end):
                if each in self.removed:
                    continue
                text = self.lines[each][1]
                is_set |= f"{made.register} = " in text and made.register in assigned_in([text])
                if _reads(text, made.register, is_value=True):
                    texts[each] = self._without(made, each, text)
                    if texts[each] == "":
                        return None
            if is_set:
                return (end, texts) if indent == depth and self._always_sets(pc) else None
            if indent == depth and pc >= 0 and self._is_gone(end, depth, made.register):
                return end, texts
            place = end
        return place, texts

    def _is_gone(self, at: int, depth: int, register: str) -> bool:
        """Whether nothing reads a register from line `at` on, as itself or for others (see moves)."""
        if self._is_live(at, register):
            return False
        for place in range(at, len(self.lines)):
            indent, text, _ = self.lines[place]
            aliases = self.inlined.aliases[place].values()
            if indent < depth:
                return True
            if _reads(text, register, is_value=True) or any(_reads(each, register) for each in aliases):
                return False
            if indent == depth and f"{register} = " in text and register in assigned_in([text]):
                return not text.startswith(("if ", "else:", "elif "))
        return True

    def _is_live(self, at: int, register: str) -> bool:
        """Whether a register may be read behind the last instruction before line `at`."""
        pc = next((self.lines[each][2] for each in range(at - 1, -1, -1) if self.lines[each][2] >= 0), -1)
        return bool(self.live.get(pc, -1) >> int(register[1:]) & 1)

    def _always_sets(self, pc: int) -> bool:
        return 0 <= pc < len(self.code) and self.code[pc][0] != Op.TESTSET

    def _without(self, made: _Object, place: int, text: str) -> str | None:
        """A line without the object; "" if it needs it."""
        if place in self.inlined.fallbacks:
            return f"else: {ESCAPED}" if text.startswith("else: ") else ESCAPED
        register = made.register
        if text == f"{register}.array_part":
            return None
        asked = [each for each in _ASKED.finditer(text) if each["table"] == register] if _ASKS in text else ()
        for each in asked:
            if each["key"] in made.fields:
                return ""
            text = text.replace(each[0], "")
        target, assigns, _ = text.partition(" = ")
        if any(_reads(each, register) for each in _QUOTED.findall(text)):
            return ""
        if assigns and _reads(target, register) and target != register:
            return ""
        if f"{register}." in text:
            text = _ATTRIBUTE.sub(lambda read: self._read(made, read), text)
        return "" if _reads(text, register, is_value=True) else text

    def _read(self, made: _Object, read: re.Match[str]) -> str:
        name = read["name"]
        if read["table"] != made.register:
            return read[0]
        if name == "metatable":
            return made.meta
        if name == "__class__":
            return "Table"
        return made.fields.get(name, read[0])

    def _is_left(self, start: int, end: int, depth: int) -> bool:
        """Whether the lines of a block all lead out of the function."""
        last = end - 1
        if self.lines[last][0] == depth:
            return self.lines[last][1].startswith(("return", "raise "))
        heads = [at for at in range(start, end) if self.lines[at][0] == depth]
        if not heads or not self.lines[heads[-1]][1].startswith("else:") or len(heads) < 2:
            return False
        inner = self.lines[heads[-1] + 1][0]
        if not self.lines[heads[-2]][1].startswith("if "):
            return False
        return self._is_left(heads[-1] + 1, end, inner) and self._is_left(heads[-2] + 1, heads[-1], inner)


def _reads(text: str, name: str, is_value: bool = False) -> bool:
    """Whether a line has a name in it, besides as the target if `is_value`."""
    if name not in text:
        return False
    if is_value:
        target = f"{name} = "
        text = text.removeprefix(target).replace(f": {target}", ": ").replace(f"; {target}", "; ")
    return is_in(text, name)
