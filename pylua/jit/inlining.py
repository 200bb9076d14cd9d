"""Calls in generated code → the callee's own code in their place, where the same small function is called.

    r3 = v0.one(r1, 1)     ─▶    if v0.__class__ is F1:
                                  a1_r1 = 1
                                  a1_t = r1.x + a1_r1
                                  r3 = a1_t
                                 else: r3 = v0.one(r1, 1)

A call costs 50 ns and more, as much as a small function's work. What is written in place is the
translation that the function has at the time, with a prefix before each name; the class of its
closures tells that the call is the expected one. Where the VM goes on in such lines, it needs
frames of both functions: `Inlined.at` tells which line of the callee's translation a line is, and
`Site.variables` what its variables are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pylua.hints import TYPE_CHECKING, Any, Final, TypeAlias
from pylua.jit.c_levels import HAS_ROOM, counting, deeper
from pylua.jit.inlined_bodies import TOKEN, assigned_in, body_of
from pylua.jit.lowering import Line
from pylua.values.late import late_pattern
from pylua.values.records import record

if TYPE_CHECKING:
    from pylua.jit.translation import Translation
    from pylua.values.types import LuaValue

__all__ = ["LONGEST", "Callee", "Find", "Inlined", "Site", "inline", "is_small"]

LONGEST: Final = 100
"""Lines of a function that is worth it."""
_MOST: Final = 400
"""Lines that may be added to one function."""
_CALL: Final = re.compile(
    r"(?P<before>return |(?P<target>[\w.]+) = |)"
    r"(?P<function>[rv]\d+|me|t)\.(?P<form>one|many)\((?P<arguments>.*?)\)"
    r"(?P<open> if top\.__class__ is not tuple else .*)?",
    re.ASCII,
)
_METAMETHOD: Final = late_pattern(
    r"(?a)(?P<before>(?P<target>[\w.]+) = |)"
    r"call_(?:unary|binary|index|store)\((?P<function>t), (?P<operands>.*)\)"
)
_PURE: Final = late_pattern(r"(?a)[\w.]+|\(\)|'[^']*'")


@record(frozen=True)
class Callee:
    """A small function: its code, the class of its closures, how many parameters it has, if it takes more.

    `shared`: the variables for values of upvalues that are also the caller's, if that calls itself.
    """

    translation: Translation
    fast_class: Any
    parameters: int
    is_vararg: bool = False
    shared: frozenset[str] = frozenset()

    def is_surely(self, function: LuaValue) -> bool:
        """Whether a constant is such a function."""
        return function.__class__ is self.fast_class

    def sharing(self, names: frozenset[str]) -> Callee:
        """The same for who calls himself."""
        return Callee(self.translation, self.fast_class, self.parameters, self.is_vararg, names)


@record(frozen=True)
class Site:
    """A call that was replaced: the callee's code, and the expressions for its variables, by their names."""

    translation: Translation
    prefix: str
    bindings: dict[str, str]
    levels: int = 0
    """The nested C call that the code does not count as it runs (see c_levels)."""
    is_metamethod: bool = False

    def variables(self, around: dict[str, Any]) -> dict[str, Any]:
        """The callee's variables, by its own names; `around` are those of the function around."""
        size = len(self.prefix)
        found = {name[size:]: value for name, value in around.items() if name.startswith(self.prefix)}
        for name, source in self.bindings.items():
            if source in around:
                found[name] = around[source]
        return found


@record(frozen=True)
class _Call:
    """A line: what stands before the call, what it is of. `is_open`: the last argument stands for some."""

    before: str
    target: str | None
    function: str
    form: str
    arguments: str
    is_open: bool = False
    is_metamethod: bool = False
    """Whether an instruction that is no call has made it."""


Find: TypeAlias = Callable[[int, str], "list[Callee]"]
"""Gives the functions that an instruction was seen to call, for the form "one" or "many"."""


@record
class Inlined:
    """`lines`, with `aliases` of each as in moves; `at`: by index, the lines that are a callee's."""

    lines: list[Line]
    aliases: list[dict[str, str]]
    at: dict[int, tuple[Site, int]]
    constants: dict[str, Any]
    fallbacks: set[int]
    """Lines that stand for calls of other functions than were expected."""


def inline(lines: list[Line], aliases: list[dict[str, str]], find: Find, certain: dict[str, Any]) -> Inlined:
    """Puts the code of small functions in place of calls of them; `certain`: what names stand for."""
    made = Inlined([], [], {}, {}, set())
    number = 0
    for (outer, line, pc), names in zip(lines, aliases, strict=True):
        text = line.lstrip(" ")
        depth = outer + len(line) - len(text)
        start = len(made.lines)
        call = _call_in(text) if pc >= 0 else None
        may_add = len(made.lines) - len(lines) < _MOST
        for callee in find(pc, call.form) if call is not None and may_add else ():
            assert call is not None
            expansion = _Expansion(made, callee, call, f"a{number + 1}_", certain)
            if expansion.is_possible:
                number += 1
                expansion.write(depth, pc)
                if expansion.is_certain:
                    break
                made.lines.append((depth, "else:", pc))
                depth += 1
        else:
            if len(made.lines) > start:
                made.fallbacks.add(len(made.lines))
            made.lines.append((depth, text, pc))
        made.aliases += [names] * (len(made.lines) - start)
    return made


def is_small(translation: Translation) -> bool:
    """Whether the code may stand in other code."""
    return not (
        translation.is_generator
        or translation.captured
        or translation.charges
        or translation.source.count("\n") > LONGEST
    )


def _call_in(text: str) -> _Call | None:
    """The call that a line is."""
    if ".one(" in text or ".many(" in text:
        found = _CALL.fullmatch(text)
        if found is None:
            return None
        before, target, function, form, arguments, is_open = found.groups()
        return _Call(before, target, function, form, arguments, bool(is_open))
    found = _METAMETHOD.fullmatch(text) if "call_" in text else None
    if found is None:
        return None
    before, target, function, operands = found.groups()
    arguments = f"{operands}, {operands}" if "_unary(" in text else operands
    return _Call(before, target, function, "one", arguments, is_metamethod=True)


def _arguments(call: _Call, callee: Callee) -> list[str] | None:
    """The arguments of a call, one for each parameter, and a tuple of more; None if that cannot be told."""
    text = call.arguments
    if text == "*top" and callee.is_vararg and not callee.parameters and not call.is_open:
        return ["top"]
    if call.is_open:
        if callee.is_vararg or not text.endswith("top"):
            return None
    elif "*" in text.replace(" * ", ""):
        return None
    given = _split(text)
    if given is not None and call.is_metamethod and not callee.is_vararg:
        given = given[: callee.parameters]
    if given is None or (len(given) > callee.parameters and not callee.is_vararg):
        return None
    named, rest = given[: callee.parameters], given[callee.parameters :]
    named += ["None"] * (callee.parameters - len(given))
    return [*named, f"({', '.join(rest)},)" if rest else "()"] if callee.is_vararg else named


def _split(text: str) -> list[str] | None:
    """Expressions separated by commas; None if `text` is not a whole list of them."""
    parts: list[str] = []
    depth = start = 0
    masked = TOKEN.sub(lambda token: token[0] if token["name"] else "_" * len(token[0]), text)
    for at, character in enumerate(masked):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth < 0:
                return None
        elif character == "," and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    if text:
        parts.append(text[start:].strip())
    return parts


class _Expansion:
    """One callee's lines on their way into `made`."""

    def __init__(
        self, made: Inlined, callee: Callee, call: _Call, prefix: str, certain: dict[str, Any]
    ) -> None:
        self.made = made
        self.callee = callee
        self.call = call
        self.prefix = prefix
        self.is_certain = (
            callee.is_surely(certain.get(call.function)) and not call.is_metamethod and not call.is_open
        )
        translation = callee.translation
        values = assigned_in(translation.source.split("\n")[1 : translation.first_line - 1])
        self.calls_itself = bool(callee.shared) and values <= callee.shared
        self.first_line = translation.first_line if self.calls_itself else 2
        self.body = body_of(translation, self.first_line)
        self.bindings = {name: name for name in values} if self.calls_itself else {}
        self.arguments = _arguments(call, callee)
        self.pc = 0

    @property
    def is_possible(self) -> bool:
        """Whether what the callee gets can be told, and its code can stand here."""
        return self.arguments is not None and (not self.call.is_metamethod or self.body.can_count)

    def write(self, depth: int, pc: int) -> None:
        """Writes the question whether this is the function, unless that is certain, and its body."""
        self.pc = pc
        function = self.call.function
        for name, value in self.callee.translation.constants.items():
            self.made.constants[self.prefix + name] = value
        if self.is_certain:
            depth -= 1
        else:
            also = f" and {HAS_ROOM}" if self.call.is_metamethod else ""
            if self.call.is_open:
                also = " and top.__class__ is not tuple"
            self.line(depth, f"if {self.question(function)}{also}:")
        self.bind(depth + 1, "me" if self.calls_itself else function, self.arguments or [])
        goes_on = self.call.before != "return "
        if goes_on and self.body.ends:
            self.line(depth + 1, f"{self.prefix}done = False")
        is_looped = goes_on and not self.body.returns_at_end
        if is_looped:
            self.line(depth + 1, "while True:")
            depth += 1
        self.statements(depth, is_looped, self.body.ends if goes_on else {})

    def question(self, function: str) -> str:
        """Whether the function is the expected one; who calls himself has his upvalues at hand, too."""
        if self.calls_itself:
            return f"{function} is me"
        kind = f"F{self.prefix[1:-1]}"
        self.made.constants[kind] = self.callee.fast_class
        return f"{function}.__class__ is {kind}"

    def line(self, depth: int, text: str) -> None:
        self.made.lines.append((depth, text, self.pc))

    def bind(self, depth: int, function: str, arguments: list[str]) -> None:
        """Names for the callee and its parameters: those of the function around where they stay."""
        names = ["me", *(f"r{number}" for number in range(self.callee.parameters)), "va"]
        names = names[: len(arguments) + 1]
        for name, value in zip(names, [function, *arguments], strict=True):
            stays = value not in ("None", "TRUE", "FALSE") and name not in self.body.assigned
            if stays and value.isidentifier():
                self.bindings[name] = value
            else:
                self.line(depth, f"{self.prefix}{name} = {value}")

    def statements(self, depth: int, is_looped: bool, ends: dict[int, list[int]]) -> None:
        befores, returns = self.body.renamed(self.prefix, self.bindings)
        sites = [self.site(0), self.site(int(self.call.is_metamethod))]
        for at, level in enumerate(self.body.depths):
            for outer in ends.get(at, ()):
                self.line(depth + outer, f"if {self.prefix}done: break")
            start = len(self.made.lines)
            counts = self.call.is_metamethod and at in self.body.asks
            if at in self.body.returns:
                leave = f"{self.prefix}done = True; break" if at in self.body.from_loops else "break"
                is_next = at > 0 and self.body.depths[at - 1] == level and at not in self.body.ends
                if not (is_next and self.returns_last(depth + level, befores[at], returns[at])):
                    self.give(depth + level, befores[at], returns[at], leave if is_looped else "", counts)
                elif is_looped:
                    self.line(depth + level, leave)
            else:
                text = deeper(befores[at]) if self.call.is_metamethod else befores[at]
                self.line(depth + level, counting(text) if counts else text)
            for place in range(start, len(self.made.lines)):
                self.made.at[place] = sites[not counts], at + self.first_line
                if at + self.first_line in self.callee.translation.fallbacks:
                    self.made.fallbacks.add(place)
        for outer in ends.get(len(self.body.depths), ()):
            self.line(depth + outer, f"if {self.prefix}done: break")

    def site(self, levels: int) -> Site:
        return Site(self.callee.translation, self.prefix, self.bindings, levels, self.call.is_metamethod)

    def returns_last(self, depth: int, before: str, value: str) -> bool:
        """Lets the line before a return set the call's target itself, if it sets what is returned."""
        target = self.call.target
        previous_depth, text, pc = self.made.lines[-1]
        own = value.startswith(self.prefix) and value not in self.bindings.values()
        if before or not target or not own or previous_depth != depth or not text.startswith(f"{value} = "):
            return False
        self.made.lines[-1] = depth, target + text[len(value) :], pc
        return True

    def give(self, depth: int, before: str, value: str, leave: str, counts: bool) -> None:
        """Writes what stands for `return value`; `leave` leaves the loops around."""
        if self.call.before == "return ":
            action, leave = f"return {value}", ""
        elif self.call.target:
            action = f"{self.call.target} = {value}"
        else:
            action = "" if _PURE.fullmatch(value) else value
        action = counting(action) if counts else action
        if before:
            self.line(depth, before + ("; ".join(filter(None, (action, leave))) or "pass"))
            return
        if action or not leave:
            self.line(depth, action or "pass")
        if leave:
            self.line(depth, leave)
