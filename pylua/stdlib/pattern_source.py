"""The parts of a search function's source: places to go to come in, lines of Python go out.

    writer.skip_run(digits)   ->   if p < end and subject[p] in set3:
                                       window = subject[p:p + 24]
                                       near = len(window) - len(window.lstrip('0123456789'))
                                       p += near
                                       if near == 24: p = run4(subject, p)

In the source, `subject` is what is searched, `end` its length and `p` the present place.
"""

from __future__ import annotations

from pylua.hints import Any
from pylua.stdlib.pattern_scanning import STRIP_WINDOW, make_run_end, outside_table, strip_members
from pylua.stdlib.pattern_syntax import ALL_CHARACTERS, Characters

__all__ = ["SourceWriter"]


class SourceWriter:
    """Collects the lines of a function.

    `fail` gives up the present try: go on with the innermost loop, or return None. `names`
    are the function's globals. `charged` functions tell how much they do; `mapped` ones are
    for one subject, of which they have a map for each set of characters.
    """

    def __init__(self, charged: bool, mapped: bool) -> None:
        self.charged = charged
        self.mapped = mapped
        self.maps: dict[str, str] = {}
        """Name of a subject's map → name of the table it is made with."""
        self.lines: list[str] = []
        self.indentation = "    "
        self.fail = ["return None"]
        self.loops: list[list[str]] = []
        """Of each open loop the `fail` to write after its end."""
        self.names: dict[str, Any] = {}

    def source(self) -> str:
        if not self.mapped:
            return "\n".join(self.lines) + "\n"
        head = ["def bind(subject):", "    raw = subject.encode('latin-1')"]
        head += [f"    {name} = raw.translate({table})" for name, table in self.maps.items()]
        return "\n".join([*head, *("    " + line for line in self.lines), "    return search"]) + "\n"

    def line(self, text: str) -> None:
        self.lines.append(self.indentation + text)

    def fail_if(self, condition: str) -> None:
        if len(self.fail) == 1:
            self.line(f"if {condition}: {self.fail[0]}")
            return
        self.line(f"if {condition}:")
        for statement in self.fail:
            self.line("    " + statement)

    def open_loop(self, head: str) -> None:
        """Begins a loop over the ways to go on; what fails inside tries the next way."""
        self.line(head)
        self.indentation += "    "
        self.loops.append(self.fail)
        self.fail = ["continue"]

    def close_loops(self) -> None:
        """Ends all loops: after the last way of each, what is around it fails."""
        while self.loops:
            self.indentation = self.indentation[:-4]
            for statement in self.loops.pop():
                self.line(statement)

    def charge(self, steps: str) -> None:
        """Has the function tell how much work it did, if it was asked to."""
        if self.charged:
            self.line(f"charge({steps})")

    def map_of(self, characters: Characters) -> str:
        """The name of the map of the subject that is 0 where characters of the set are."""
        table = self.name("outside", outside_table(characters))
        self.maps["map" + table] = table
        return "map" + table

    def jump_to(self, place: str, first: Characters) -> None:
        """Sets `place` to the next place after it with a character of `first`, or to the end."""
        if len(first) == 1:
            self.find(place, f"subject.find({min(first)!r}, {place} + 1)")
        elif self.mapped:
            self.find(place, f"{self.map_of(first)}.find(0, {place} + 1)")
        elif self.charged:
            seek = self.name("run", make_run_end(ALL_CHARACTERS - first))
            self.jump(place, f"{seek}(subject, {place} + 1)")
        else:
            self.jump_within_window(place, first)

    def jump_within_window(self, place: str, first: Characters) -> None:
        """`jump_to`, with the first window written out, which saves a call."""
        others = ALL_CHARACTERS - first
        seek, outside = self.name("run", make_run_end(others)), self.name("outside", outside_table(others))
        window = f"subject[{place} + 1:{place} + {1 + STRIP_WINDOW}]"
        self.line(f"near = {window}.encode('latin-1').translate({outside}).find(1)")
        self.line(f"if near >= 0: {place} += near + 1")
        self.line(f"else: {place} = {seek}(subject, {place} + {1 + STRIP_WINDOW})")

    def find(self, place: str, target: str) -> None:
        """`jump` to what str.find or bytes.find gives, or to the end if that finds nothing."""
        self.jump(place, target)
        self.line(f"if {place} < 0: {place} = end")

    def jump(self, place: str, target: str) -> None:
        """Sets the variable `place` to a place further on (or -1, if there is none)."""
        if self.charged:
            self.line(f"was = {place}")
        self.line(f"{place} = {target}")
        self.charge(f"(end if {place} < 0 else {place}) - was")

    def name(self, kind: str, value: Any) -> str:
        """A global name for a constant, the same for the same value."""
        for known, other in self.names.items():
            if known.startswith(kind) and other is value:
                return known
        name = f"{kind}{len(self.names)}"
        self.names[name] = value
        return name

    def outside(self, characters: Characters) -> str:
        """The condition that the next character is not in the set."""
        if len(characters) == 1:
            return f"subject[p] != {min(characters)!r}"
        missing = ALL_CHARACTERS - characters
        if len(missing) == 1:
            return f"subject[p] == {min(missing)!r}"
        return f"subject[p] not in {self.name('set', characters)}"

    def inside(self, characters: Characters) -> str:
        """The condition that there is a next character and it is in the set."""
        if len(characters) == len(ALL_CHARACTERS):
            return "p < end"
        if len(characters) == 1:
            return f"p < end and subject[p] == {min(characters)!r}"
        return f"p < end and subject[p] in {self.name('set', characters)}"

    def skip_run(self, characters: Characters) -> None:
        """Moves to the end of the run of characters of the set."""
        if len(characters) == len(ALL_CHARACTERS):
            self.jump("p", "end")
            return
        missing = ALL_CHARACTERS - characters
        if len(missing) == 1:
            self.find("p", f"subject.find({min(missing)!r}, p)")
            return
        if self.mapped:
            self.find("p", f"{self.map_of(characters)}.find(1, p)")
            return
        if self.charged:
            self.line("was = p")
        self.line(f"if {self.inside(characters)}:")
        members = strip_members(characters)
        run_end = self.name("run", make_run_end(characters))
        if members is None:
            self.line(f"    p = {run_end}(subject, p + 1)")
        else:
            self.indentation += "    "
            self.measure_run(members)
            self.line("p += near")
            self.line(f"if near == {STRIP_WINDOW}: p = {run_end}(subject, p)")
            self.indentation = self.indentation[:-4]
        self.charge("p - was")

    def skip_some(self, characters: Characters) -> bool:
        """`skip_run` of a run that must not be empty; False if its first character is a step of its own.

        Looking at the first two characters by themselves costs as much as measuring a run of five.
        """
        members = strip_members(characters)
        if members is None or len(characters) == 1 or self.mapped or self.charged:
            return False
        self.measure_run(members)
        self.fail_if("not near")
        self.line("p += near")
        self.line(f"if near == {STRIP_WINDOW}: p = {self.name('run', make_run_end(characters))}(subject, p)")
        return True

    def measure_run(self, members: str) -> None:
        """Sets `near` to how many of the next characters are members of the set."""
        self.line(f"window = subject[p:p + {STRIP_WINDOW}]")
        self.line(f"near = len(window) - len(window.lstrip({members!r}))")
