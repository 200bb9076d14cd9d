"""Prototype → the source of a Python function, whole or from the head of a loop on.

translate(prototype, notes, "one")   ->  Translation("def lua_1(me, r0=None): …", …)
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.prototype import Prototype
from pylua.hints import Final, TypeAlias
from pylua.jit.charges import Charges
from pylua.jit.display_code import Display
from pylua.jit.emitter import Emitter
from pylua.jit.flow import FlowGraph, Key, Untranslatable
from pylua.jit.folding import fold
from pylua.jit.gathering import gather
from pylua.jit.graphs import graph_of, liveness
from pylua.jit.held import kind_of_held
from pylua.jit.hoisting import hoist
from pylua.jit.inlined_bodies import Body, assigned_in
from pylua.jit.inlining import Callee, Find, Site, inline
from pylua.jit.kinds import ANYTHING, Known
from pylua.jit.list_ends import without_unread
from pylua.jit.list_loops import places_in_lists
from pylua.jit.loop_code import is_counter_shared
from pylua.jit.lowering import Line, Lowering
from pylua.jit.moves import shorten
from pylua.jit.notes import FLOWS, YIELDS, Notes
from pylua.jit.repeated_checks import find_repeated
from pylua.jit.switching import START
from pylua.jit.unmaking import ESCAPED, Unmade, unmake
from pylua.jit.watches import Finding
from pylua.values.records import field, record
from pylua.values.types import LuaValue
from pylua.vm.decoding import decode

__all__ = [
    "FORMS",
    "CalleeFinder",
    "Draft",
    "Translation",
    "check",
    "draft",
    "translate",
    "translate_loop",
]

FORMS: Final = ("one", "many", "flow")
"""The methods of a fast function (see LuaFunction)."""

CalleeFinder: TypeAlias = Callable[[Prototype, str, list[Known]], "Callee | None"]
"""Gives the code that may stand for calls of a Prototype's closures, in the form "one" or "many", and for
arguments of which this is known."""

_REFUEL: Final = "else: refuel("
_MAX_SIZE = 4000
"""Instructions of the longest function worth a translation."""


@record
class Translation:
    """Python source, its constants, and the pc of each source line.

    `pcs[line]` is the instruction that source line number `line` (from 1) belongs to.
    """

    source: str
    constants: dict[str, LuaValue]
    pcs: list[int]
    first_line: int
    """The source line behind those that read upvalues."""
    aliases: dict[int, dict[str, str]]
    """By source line: registers that live in another variable there, or are a literal (see moves)."""
    inlined: dict[int, tuple[Site, int]]
    """By source line: the callee whose code it is, and the line of that code."""
    reaches: dict[int, int]
    """By the pc of lines that do the work of several instructions: the last of these (see gathering)."""
    captured: list[int]
    """Registers that closures share, in order."""
    is_generator: bool
    gives_nothing: bool
    """Whether the function returns no values."""
    takes_more: bool
    """Whether, of what comes back when it has yielded, it uses more than the first value."""
    displays: list[Display]
    """Table constructors that are made as a whole."""
    loops: dict[int, bool]
    """The FORPREPs of the numeric loops in the source; True if the loop's counter is the variable itself."""
    charges: Charges | None
    """What is paid where, if instructions are counted."""
    paid_from: int
    """The source line from which on the price of going in is paid."""
    unpaid: dict[int, int]
    """By source line: the price of what is behind it, if it is only paid there."""
    counted_twice: int
    """How many instructions the VM has counted that it runs again if it goes on before `paid_from`."""
    wished: set[int]
    """The parameters of which something should be known to spare checks."""
    is_for_all: bool
    """Whether the method `one` is no other than `many`."""
    fallbacks: set[int]
    """By source line: calls of other functions than were expected."""
    unmade: dict[int, dict[str, str]]
    """By source line: registers whose objects are not made, and what makes them (see unmaking)."""
    uncounted: set[int]
    """Source lines that count no nested C calls, whatever their sites say."""
    positions: dict[int, str] = field(default_factory=dict)
    """By source line: what messages of errors begin with there (see protected_calls)."""
    bodies: dict[int, Body] = field(default_factory=dict)
    """What is known of the source as part of other code, by the line from which on it stands there."""

    def numbered(self, number: int) -> tuple[str, str]:
        """The function's name with a number, and its source with that name.

        Python takes code objects of equal code for equal, even if it belongs to two loops of a function.
        """
        definition, rest = self.source.split("(", 1)
        return f"{definition[4:]}_{number}", f"{definition}_{number}({rest}"

    def is_stale(self) -> bool:
        """Whether a watch that the code relies on has ended."""
        return any(each.__class__ is Finding and each.is_over() for each in self.constants.values())

    def forms(self, form: str) -> tuple[str, ...]:
        """The methods that it can be, made for `form`."""
        return ("one", "many") if self.is_for_all else (form,)

    def paid_ahead(self, line: int) -> int:
        """What is paid, when `line` is left, of the instruction there and those behind it."""
        if self.charges is None:
            return 0
        if line < self.paid_from:
            return self.counted_twice
        return self.charges.paid_ahead(self.pcs[line]) - self.unpaid.get(line, 0)

    def escapes_at(self, line: int) -> bool:
        """Whether a line is reached only if an object is needed that is not made."""
        return self.source.split("\n")[line - 1].endswith(ESCAPED)

    def price_of_rounds(self, line: int) -> dict[int, int]:
        """By FORPREP: the price of a round, of loops that have paid for all when `line` is left."""
        return {} if self.charges is None or line < self.paid_from else self.charges.rounds


def check(prototype: Prototype, notes: Notes) -> FlowGraph:
    """The flow graph of a function; Untranslatable if that tells that the VM must run it."""
    code = decode(prototype)
    if len(code) > _MAX_SIZE:
        raise Untranslatable("too long")
    return graph_of(code, notes)


def translate(
    prototype: Prototype,
    notes: Notes,
    form: str,
    find_callee: CalleeFinder | None = None,
    given: tuple[Known, ...] = (),
) -> Translation:
    """The Python function for `prototype`; Untranslatable if the VM must run it.

    `form` is "one", "many" or "flow" (see LuaFunction); `given` holds of the parameters.
    """
    return draft(prototype, notes, form, given).finish(find_callee)


def draft(prototype: Prototype, notes: Notes, form: str, given: tuple[Known, ...] = ()) -> Draft:
    """What `translate` makes, before other code is put into it."""
    code = decode(prototype)
    lowering = Lowering(prototype, code, notes, form == "one")
    lowering.is_generator = form == "flow"
    entry = [ANYTHING] * len(lowering.known)
    for number, known in enumerate(given):
        if number not in lowering.captured:
            entry[number] = known
    for number, value in lowering.held.items():
        entry[lowering.size + number] = kind_of_held(value)
    emitter = Emitter(check(prototype, notes), lowering, entry)
    body = emitter.run()
    parameters = [f"r{number}=None" for number in range(prototype.parameter_count)]
    if prototype.is_vararg:
        parameters.append("*va")
    elif notes.is_open_ended:
        parameters.append("*_")
    lines = [(0, f"def lua_{prototype.line_defined}({', '.join(['me', *parameters])}):", -1)]
    if lowering.is_generator:
        lines += [(1, "if 0: yield", -1), (1, START, -1)]
    lines += _box_lines(lowering)
    lines += _kept_value_lines(lowering) if _keeps_values(lowering) else _value_lines(lowering)
    for number in sorted(lowering.captured):
        initial = f"r{number}" if number < prototype.parameter_count else "None"
        lines.append((1, f"c{number} = Upvalue(); c{number}.value = {initial}", -1))
    return Draft(form if not any(each != ANYTHING for each in given) else "", lowering, emitter, lines, body)


def translate_loop(
    prototype: Prototype,
    notes: Notes,
    header: Key,
    known: list[Known],
    has_pending: bool,
    find_callee: CalleeFinder | None = None,
) -> Translation:
    """The Python function of one loop, with all registers and boxes as parameters.

    It is left by an exception at the instruction that follows. `known` holds at its start;
    `has_pending`: the frame has variables to close, so that only the VM can return from it.
    """
    code = decode(prototype)
    lowering = Lowering(prototype, code, notes, False)
    lowering.entered = header
    graph = graph_of(code, notes, header)
    lowering.is_generator = any(
        notes.seen.get(pc, 0) & (YIELDS | FLOWS)
        for node in graph.nodes.values()
        for pc in range(node.first, node.last + 1)
    )
    if has_pending and any(node.kind == "return" for node in graph.nodes.values()):
        raise Untranslatable("variables to close")
    emitter = Emitter(graph, lowering, known)
    body = emitter.run()
    parameters = ["me", "frame", "va"]
    parameters += [f"r{number}" for number in range(prototype.stack_size)]
    parameters += [f"c{number}" for number in sorted(lowering.captured)]
    if isinstance(header, tuple):
        parameters.append(f"i{code[header[1]][1]}")
    lines = [(0, f"def lua_{prototype.line_defined}_loop({', '.join(parameters)}):", -1)]
    if lowering.is_generator:
        lines.append((1, START, -1))
    lines += _box_lines(lowering)
    lines += _value_lines(lowering)
    return Draft("", lowering, emitter, lines, body).finish(find_callee)


def _box_lines(lowering: Lowering) -> list[Line]:
    return [(1, f"u{number} = me.upvalues[{number}]", -1) for number in sorted(lowering.used_upvalues)]


def _value_lines(lowering: Lowering) -> list[Line]:
    value = "me.upvalues[{}].value" if lowering.only is None else "me"  # it holds all others
    return [(1, f"v{number} = {value.format(number)}", -1) for number in sorted(lowering.used_values)]


def _names_for_itself(lowering: Lowering) -> dict[str, LuaValue]:
    """The variables that hold the function itself, if it is the only closure."""
    names = ["me", *(f"v{at}" for at in lowering.used_values)]
    return {} if lowering.only is None else dict.fromkeys(names, lowering.only)


def _keeps_values(lowering: Lowering) -> bool:
    """Whether a closure should keep the values of its final upvalues: if it is one of few, and called often.

    Reading one costs 9 ns, taking all from a tuple 3 and 1 for each, making the tuple a microsecond.
    """
    parent = lowering.prototype.parent and lowering.prototype.parent()
    is_made_once = parent is not None and parent.parent is None
    used = len(lowering.used_values)
    may_keep = lowering.notes.keeps_values and lowering.only is None
    return may_keep and is_made_once and 0 < len(lowering.final_upvalues) <= 5 * used


def _kept_value_lines(lowering: Lowering) -> list[Line]:
    final = sorted(lowering.final_upvalues)
    names = ", ".join(f"v{number}" for number in final) + ","
    values = ", ".join(f"me.upvalues[{number}].value" for number in final) + ","
    return [
        (1, f"try: {names} = me.values", -1),
        (1, f"except AttributeError: {names} = me.values = ({values})", -1),
    ]


class Draft:
    """A translation with its calls as calls: it may be finished with and without other code there."""

    def __init__(
        self, form: str, lowering: Lowering, emitter: Emitter, head: list[Line], body: list[Line]
    ) -> None:
        live = liveness(lowering.prototype, lowering.code, lowering.notes)
        body, named = without_unread(body, places_in_lists(body), lowering.unread)
        folded = fold(body, lowering.sure, live, named)
        self.form = form
        """The form, unless it is of a loop, or something is known of the arguments."""
        self.lowering = lowering
        self.emitter = emitter
        self.head = head
        """The lines before the body."""
        self.behind = dict(live)
        self.gathered = gather(folded.lines, folded.aliases, self.behind)
        self.shortened = shorten(self.gathered.lines, lowering.code, self.gathered.aliases)

    @property
    def size(self) -> int:
        """How many lines it has; it hardly gets shorter."""
        return len(self.head) + len(self.shortened.lines)

    def finish(self, find_callee: CalleeFinder | None) -> Translation:
        """The translation, with the code of small functions in place of calls of them."""
        lowering = self.lowering
        shortened = self.shortened
        certain = {**lowering.constants, **_names_for_itself(lowering)}
        find = _finder(lowering, self.head, find_callee)
        inlined = inline(shortened.lines, shortened.aliases, find, certain)
        made = unmake(inlined, self.behind, lowering.code, lowering.notes.makes_objects)
        made = made.changed(find_repeated(made.lines))
        if self.emitter.payments.charges is None:
            made = made.changed(hoist(made.lines))
        return _assemble(self, inlined.constants, made)


def _assemble(draft: Draft, inlined_constants: dict[str, LuaValue], made: Unmade) -> Translation:
    lowering, emitter, lines = draft.lowering, draft.emitter, draft.head
    first = len(lines) + 1
    aliases = {first + at: names for at, names in enumerate(made.aliases) if names}
    body = made.lines
    lines = lines + [(depth + 1, text, pc) for depth, text, pc in body]
    source = "\n".join(" " * depth + text for depth, text, _ in lines) + "\n"
    constants = {**lowering.constants, **inlined_constants}
    constants |= {f"P{number}": nested for number, nested in enumerate(lowering.prototype.prototypes)}
    # Who cannot even be entered (Python's stack is full) is at its first instruction.
    start = 0 if lowering.entered is None else _first_of_loop(lowering)
    body_begins = len(lines) - len(body)
    pcs = [start] * (body_begins + 1)
    for _, _, pc in body:
        pcs.append(pc if pc >= 0 else pcs[-1])
    return Translation(
        source,
        constants,
        pcs,
        first,
        aliases,
        {first + at: site for at, site in made.at.items()},
        draft.gathered.reaches,
        sorted(lowering.captured),
        lowering.is_generator,
        not any("return" in text and text != "return ()" for _, text, _ in body),
        lowering.takes_more,
        list(lowering.displays.values()),
        _numeric_loops(lowering, emitter),
        emitter.payments.charges,
        body_begins + 1 + emitter.paid_from,
        {
            number: int(text[13:-1])
            for number, (_, text, _) in enumerate(lines, 1)
            if emitter.payments.charges is not None and text.startswith(_REFUEL)
        },
        int(emitter.graph.nodes[emitter.graph.entry].kind in ("for", "generic")),
        _wished_parameters(lowering, emitter),
        not (lowering.asks_form or lowering.is_generator),
        {first + at for at in made.fallbacks},
        {first + at: names for at, names in made.unmade.items()},
        {first + at for at in made.uncounted},
    )


def _wished_parameters(lowering: Lowering, emitter: Emitter) -> set[int]:
    wished = {register for wishes in lowering.wishes.values() for register, _ in wishes}
    wished.update(*emitter.guesses.values())
    return {n for n in wished if n < lowering.prototype.parameter_count and n not in lowering.captured}


def _finder(lowering: Lowering, head: list[Line], find_callee: CalleeFinder | None) -> Find:
    """What finds the functions that calls were seen to call; `head`: the lines before the body."""
    callees = lowering.notes.callees

    def shared() -> frozenset[str]:
        return frozenset(assigned_in([text for _, text, _ in head]))

    def find(pc: int, form: str) -> list[Callee]:
        prototypes = [known() for known in callees.get(pc, ())]
        return [
            found.sharing(shared()) if prototype is lowering.prototype else found
            for prototype in prototypes
            if prototype is not None and find_callee is not None
            if (found := find_callee(prototype, form, lowering.given.get(pc, []))) is not None
        ]

    return find


def _numeric_loops(lowering: Lowering, emitter: Emitter) -> dict[int, bool]:
    """By FORPREP: whether the loop's counter is the variable itself."""
    return {
        node.first: not is_counter_shared(lowering, node.first)
        for node in emitter.graph.nodes.values()
        if node.kind == "for"
    }


def _first_of_loop(lowering: Lowering) -> int:
    """The instruction at which the VM goes on with the loop, a numeric one with its next round."""
    head = lowering.entered
    return lowering.code[head[1]][2] - 1 if isinstance(head, tuple) else head  # type: ignore[no-any-return]
