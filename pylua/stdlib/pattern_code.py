"""Pattern items → Python source: a tuple of items comes in, a `search(subject, start)` goes out.

    (%a+)=        def search(subject, start):
                      end = len(subject)
                      start -= 1
                      while True:
                          start += 1
                          if start < end and subject[start] not in first:
                              start = next_first(subject, start + 1)
                          if start >= end:
                              return None
                          p = start
                          begin0 = p
                          p = run_of_letters(subject, p)
                          end0 = p
                          run_stop = p
                          if p >= end or subject[p] != '=':
                              start = run_stop               # starts within the run fail there too
                              continue
                          p += 1
                          return start, p, (subject[begin0:end0],)

The function does what pattern_interpreter.search does, at the speed of a hand-written scanner:
- a repetition is a loop over its possible ends, with the rest of the pattern inside; but where
  the rest must begin with a character that the repetition cannot give back, or cannot fail,
  there is one end only and no loop;
- places where no match can begin are skipped by str.find or a scan for the first characters.

Patterns with too many loops for Python, or so many nesting items that "pattern too complex"
might be due, have no such function: `compile_search` gives None.
"""

from __future__ import annotations

from pylua.errors import LibraryError
from pylua.hints import Any, Final
from pylua.stdlib.pattern_interpreter import MAX_DEPTH, UNFINISHED, balanced_end
from pylua.stdlib.pattern_prospects import Prospect, beginning, prospects
from pylua.stdlib.pattern_scanning import strip_members
from pylua.stdlib.pattern_source import SourceWriter
from pylua.stdlib.pattern_syntax import (
    ALL_CHARACTERS,
    BackReference,
    Balance,
    Characters,
    CloseCapture,
    EndAnchor,
    Fault,
    Frontier,
    Item,
    Never,
    OpenCapture,
    PositionCapture,
    Repeat,
)

__all__ = ["FORMS", "compile_mapped_search", "compile_search", "search_source"]

FORMS: Final = {
    "match": "start, p, {captures}",
    "place": "start + 1",
    "places": "start + 1, p{values}",
    "text": "{first}",
    "texts": "{texts}",
}
"""What a search function gives: all of a match, or what find or match gives, one value or all of them."""

_MAX_LOOPS: Final = 15
"""CPython allows 20 nested blocks."""

_MAX_ITEMS: Final = 120


def compile_search(
    items: tuple[Item, ...], anchored: bool, charged: bool = False, form: str = "match"
) -> Any:
    """The search function of a pattern, None if it is too large for one. It gives what `form` says.

    With `charged` it is `search(subject, start, charge)` and calls `charge(steps)` as it goes,
    often enough for a limit to stop it: for each start and each end of a repetition that is
    tried, and for the lengths of runs.
    """
    writer = _Writer(items, anchored, charged, form=form)
    if not writer.write():
        return None
    exec(compile(writer.source(), "<pattern>", "exec"), writer.names)
    return writer.names["search"]


def compile_mapped_search(items: tuple[Item, ...], anchored: bool) -> Any:
    """`bind(subject)` that gives a search function for this one subject; None if there is none.

    Binding costs a nanosecond or two per character and set: for each set of the pattern the
    subject is translated to bytes that are 1 outside of the set, and a search for the end or
    the beginning of a run is a bytes.find, which halves the time of short runs.
    """
    writer = _Writer(items, anchored, mapped=True)
    if not writer.write() or not writer.maps:
        return None
    exec(compile(writer.source(), "<pattern>", "exec"), writer.names)
    return writer.names["bind"]


def search_source(items: tuple[Item, ...], anchored: bool) -> str | None:
    """The source of the search function, for readers and tests."""
    writer = _Writer(items, anchored)
    return writer.source() if writer.write() else None


class _Writer(SourceWriter):
    """Writes one search function."""

    def __init__(
        self,
        items: tuple[Item, ...],
        anchored: bool,
        charged: bool = False,
        mapped: bool = False,
        form: str = "match",
    ) -> None:
        super().__init__(charged, mapped)
        self.names.update(LibraryError=LibraryError, UNFINISHED=UNFINISHED, balanced_end=balanced_end)
        self.items = beginning(items) if form == "place" else items
        self.anchored = anchored
        self.form = FORMS[form]
        self.prospects = prospects(self.items)
        self.is_too_deep = False
        self.found_item = -1
        """The item whose first character (or literal text) the search loop has found already."""
        self.found_run = -1
        """The repetition whose end, `stop`, the search loop has found already."""

    # --- the function ---------------------------------------------------------------------

    def write(self) -> bool:
        """Writes everything; False if the pattern is too large."""
        nesting = sum(
            isinstance(item, OpenCapture | PositionCapture | CloseCapture)
            or (isinstance(item, Repeat) and item.suffix != "")
            for item in self.items
        )
        if nesting > MAX_DEPTH or len(self.items) > _MAX_ITEMS:
            return False
        self.lines.append(f"def search(subject, start{', charge' if self.charged else ''}):")
        self.line("end = len(subject)")
        if self.anchored:
            self.line("p = start")
        else:
            self.write_search_loop()
        finished = self.write_items()
        if finished:
            self.line(f"return {self.result()}")
        self.close_loops()
        return not self.is_too_deep

    def write_search_loop(self) -> None:
        """The loop over all starts, skipping those where no match can begin."""
        prospect = self.prospects[0]
        looking = self.after_captures(0, Frontier)
        text = self.text_at(looking)
        if self.write_search_behind_run():
            return
        if looking < len(self.items) and isinstance(self.items[looking], Repeat):
            self.found_item = looking
        if text:
            self.line("start -= 1")
            self.open_loop("while True:")
            self.jump("start", f"subject.find({text!r}, start + 1)")
            self.line("if start < 0: return None")
        elif prospect.first is None:
            self.open_loop("for start in range(start, end + 1):")
            self.charge("1")
        else:
            self.line("start -= 1")
            self.open_loop("while True:")
            self.write_jump_to_start(prospect.first, prospect.at_end)
        self.line("p = start")

    def write_search_behind_run(self) -> bool:
        """`[set]+x`, if x is not in the set: looks for x, and then for where the run before it begins.

        A text of 4,000 letters before the first x: 6 instead of 445 µs. Starts within the run fail alike.
        """
        run = self.after_captures(0)
        item = self.items[run] if run < len(self.items) else None
        behind = self.after_captures(run + 1)
        text = self.text_at(behind)
        if not text or not isinstance(item, Repeat) or item.suffix != "+" or text[0] in item.characters:
            return False
        members = strip_members(item.characters)
        if members is None or any(isinstance(each, BackReference) for each in self.items):
            return False
        self.line("stop = start")
        self.open_loop("while True:")
        self.line("start = stop")
        self.jump("stop", f"subject.find({text!r}, stop + 1)")
        self.line("if stop < 0: return None")
        self.line(f"start += len(subject[start:stop].rstrip({members!r}))")
        self.line("if start == stop: continue")
        self.line("p = start")
        self.found_run, self.found_item = run, behind
        return True

    def write_jump_to_start(self, first: Characters, at_end: bool) -> None:
        """Moves `start` on to the next place where a match can begin."""
        if self.mapped:
            if at_end:
                self.line("if start >= end: return None")
            self.jump_to("start", first)
        else:
            members = self.name("set", first)
            self.line("start += 1")
            # one character between matches is so common that it is worth a line of its own
            self.line(f"if start < end and subject[start] not in {members}:")
            self.line("    start += 1")
            self.line(f"    if start < end and subject[start] not in {members}:")
            self.indentation += "        "
            self.jump_to("start", first)
            self.indentation = self.indentation[:-8]
            self.charge("1")
        self.line(f"if start {'>' if at_end else '>='} end: return None")

    def after_captures(self, index: int, *others: type) -> int:
        """The first item from `index` on that is no capture (nor of the others), or the number of items."""
        passed = (OpenCapture, PositionCapture, CloseCapture, *others)
        while index < len(self.items) and isinstance(self.items[index], passed):
            index += 1
        return index

    def text_at(self, index: int) -> str:
        """The literal text that the items from `index` on demand."""
        text = ""
        for item in self.items[index:]:
            if not isinstance(item, Repeat) or item.suffix not in ("", "+") or len(item.characters) != 1:
                break
            text += min(item.characters)
            if item.suffix == "+":
                break
        return text

    def result(self) -> str:
        """The expression for what the function gives."""
        values = self.captures()
        whole = "subject[start:p]"
        return self.form.format(
            captures=f"({', '.join(values)},)" if values else "None",
            values="".join(f", {value}" for value in values),
            first=values[0] if values else whole,
            texts=f"({', '.join(values or [whole])},)",
        )

    def captures(self) -> list[str]:
        """The expressions for the values of the captures."""
        values: dict[int, str] = {}
        for item in self.items:
            if isinstance(item, OpenCapture):
                values[item.index] = "UNFINISHED"
            elif isinstance(item, PositionCapture):
                values[item.index] = f"begin{item.index}"
            elif isinstance(item, CloseCapture):
                values[item.index] = f"subject[begin{item.index}:end{item.index}]"
        return list(values.values())

    # --- items ----------------------------------------------------------------------------

    def write_items(self) -> bool:
        """Writes every item; False if the function cannot get to the end of them."""
        index = 0
        while index < len(self.items):
            item = self.items[index]
            rest = self.prospects[index + 1]
            text = self.text_at(index)
            if text and item.suffix == "":  # type: ignore[union-attr]
                index += self.write_text(index, text)
                continue
            match item:
                case Repeat():
                    self.write_repeat(item, index, rest)
                case OpenCapture(number):
                    self.line(f"begin{number} = p")
                case CloseCapture(number):
                    self.line(f"end{number} = p")
                case PositionCapture(number):
                    self.line(f"begin{number} = p + 1")
                case EndAnchor():
                    self.fail_if("p != end")
                case BackReference(number):
                    self.line(f"again = subject[begin{number}:end{number}]")
                    self.fail_if("not subject.startswith(again, p)")
                    self.line("p += len(again)")
                    self.charge("len(again)")
                case Balance(opening, closing):
                    self.jump("p", f"balanced_end(subject, p, {opening!r}, {closing!r})")
                    self.fail_if("p < 0")
                case Frontier(characters):
                    self.write_frontier(characters)
                case Never():
                    self.fail_if("True")
                case Fault(message):
                    self.line(f"raise LibraryError({message!r})")
                    return False
            index += 1
        return True

    def write_text(self, index: int, text: str) -> int:
        """A run of literal characters; returns how many items it took."""
        count = len(text)
        last = self.items[index + count - 1]
        if isinstance(last, Repeat) and last.suffix == "+":
            count -= 1
            text = text[:-1]
        if index == self.found_item:
            pass
        elif count == 1:
            self.fail_if(f"p >= end or subject[p] != {text!r}")
        else:
            self.fail_if(f"not subject.startswith({text!r}, p)")
        self.line(f"p += {count}")
        return count

    def write_frontier(self, characters: Characters) -> None:
        members = self.name("set", characters)
        if "\0" in characters:
            before, after = "p == 0 or subject[p - 1] in", "p < end and subject[p] not in"
        else:
            before, after = "p > 0 and subject[p - 1] in", "p >= end or subject[p] not in"
        self.fail_if(f"({before} {members}) or ({after} {members})")

    # --- repetitions ----------------------------------------------------------------------

    def write_repeat(self, item: Repeat, index: int, rest: Prospect) -> None:
        suffix, characters = item.suffix, item.characters
        if index == self.found_run:
            self.line("p = stop")
            return
        one_end = rest.cannot_fail or (rest.first is not None and rest.first.isdisjoint(characters))
        is_found = index == self.found_item
        if suffix == "+" and one_end and not is_found and self.skip_some(characters):
            if not rest.cannot_fail:
                self.skip_starts(index)
            return
        if suffix in ("", "+"):
            self.write_one(characters, is_found)
        if suffix == "":
            return
        if suffix == "?":
            self.write_optional(characters, one_end)
        elif suffix == "-":
            if not rest.cannot_fail:
                if one_end:
                    self.skip_run(characters)
                else:
                    self.write_shortest(characters, index, rest)
        elif one_end:
            self.skip_run(characters)
            if suffix == "+" and not rest.cannot_fail:
                self.skip_starts(index)
        else:
            self.write_longest(characters, index)

    def skip_starts(self, index: int) -> None:
        """After a run that begins a match: starts within it would fail where this one fails."""
        depends_on_start = any(isinstance(item, BackReference) for item in self.items)
        if self.after_captures(0) == index and not self.anchored and not depends_on_start:
            self.line("run_stop = p")
            self.fail = ["start = run_stop", "continue"]

    def write_one(self, characters: Characters, is_found: bool) -> None:
        """One character of the set."""
        if is_found:
            pass
        elif len(characters) == len(ALL_CHARACTERS):
            self.fail_if("p >= end")
        else:
            self.fail_if(f"p >= end or {self.outside(characters)}")
        self.line("p += 1")

    def write_optional(self, characters: Characters, one_end: bool) -> None:
        """`?`: with the character first, then without."""
        if one_end:
            self.line(f"if {self.inside(characters)}: p += 1")
        else:
            self.loop(f"for p in (p + 1, p) if {self.inside(characters)} else (p,):")

    def loop(self, head: str) -> None:
        self.open_loop(head)
        self.charge("1")
        if len(self.loops) > _MAX_LOOPS:
            self.is_too_deep = True

    def write_longest(self, characters: Characters, index: int) -> None:
        """`*`: the longest run first, then shorter ones."""
        number = len(self.loops)
        self.line(f"least{number} = p")
        self.skip_run(characters)
        text = self.text_at(self.after_captures(index + 1))
        if not text:
            self.loop(f"for p in range(p, least{number} - 1, -1):")
            return
        self.line(f"try{number} = p + 1")
        self.loop("while True:")
        self.line(f"try{number} = subject.rfind({text!r}, least{number}, try{number} + {len(text) - 1})")
        self.line(f"if try{number} < 0: break")
        self.line(f"p = try{number}")

    def write_shortest(self, characters: Characters, index: int, rest: Prospect) -> None:
        """`-`: no character first, then more of them."""
        number = len(self.loops)
        everything = len(characters) == len(ALL_CHARACTERS)
        text = self.text_at(self.after_captures(index + 1))
        self.line(f"try{number} = p - 1")
        if everything and text:
            self.loop("while True:")
            self.jump(f"try{number}", f"subject.find({text!r}, try{number} + 1)")
            self.line(f"if try{number} < 0: break")
        elif everything and rest.first is not None:
            self.loop("while True:")
            if rest.at_end:
                self.line(f"if try{number} >= end: break")
            self.jump_to(f"try{number}", rest.first)
            if not rest.at_end:
                self.line(f"if try{number} >= end: break")
        elif everything:
            self.loop(f"for try{number} in range(p, end + 1):")
        else:
            self.line(f"least{number} = p")
            self.loop("while True:")
            self.line(f"p = try{number}")
            self.line(f"if p >= least{number} and not ({self.inside(characters)}): break")
            self.line(f"try{number} += 1")
        self.line(f"p = try{number}")
