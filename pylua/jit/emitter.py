"""Nested statements → the text of a Python function, and which instruction each line comes from.

    function(n) if n < 2 then return n end …      def lua_1(me, r0=None):
                                              ->      u0 = me.upvalues[0]
                                                      if r0 < 2:
                                                          return r0
                                                      …

`me` is the closure: the function becomes a method of the class of the Prototype's closures.

Jumps cost nothing where they lead to what comes next anyway; a Block becomes a Python loop
that runs once only if something really jumps out of it; a jump out of several Python loops
sets `goto` and is passed on behind each of them.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import Final
from pylua.jit import notes
from pylua.jit.arithmetic_code import ARITHMETIC_WRITERS
from pylua.jit.call_code import CALL_WRITERS, FIRST_RESULT, adjust, take_results
from pylua.jit.closure_code import CLOSURE_WRITERS
from pylua.jit.conditions import condition
from pylua.jit.filling import filling
from pylua.jit.flow import FlowGraph, Key, Node, Untranslatable
from pylua.jit.graphs import is_unseen
from pylua.jit.guesses import Guesses, find_guesses, mistake
from pylua.jit.inference import infer
from pylua.jit.kinds import Known
from pylua.jit.loop_code import (
    LOOP_WRITERS,
    enter_generic,
    enter_numeric,
    goes_through,
    has_source,
    is_counter_shared,
    is_iterated,
    is_started,
    loop_variable,
    quicken,
    resumes,
)
from pylua.jit.lowering import BASIC_WRITERS, Line, Lowering, Writer
from pylua.jit.metamethod_code import calls_metamethod
from pylua.jit.method_code import METHOD_WRITERS
from pylua.jit.payments import Payments
from pylua.jit.structure import Block, Code, If, Item, Jump, Loop, build_items
from pylua.jit.table_code import TABLE_WRITERS
from pylua.values.records import record

__all__ = ["Emitter"]

_WRITERS: Final[dict[int, Writer]] = {
    **BASIC_WRITERS, **ARITHMETIC_WRITERS, **TABLE_WRITERS, **CALL_WRITERS, **CLOSURE_WRITERS,
    **LOOP_WRITERS, **METHOD_WRITERS,
}  # fmt: skip
_NOWHERE: Final[frozenset[Key]] = frozenset()
_GUESSES: Final = 2
"""How often it is asked what should be guessed: what is known by guesses may make others worth it."""


@record
class _Around:
    """A Python loop around the place: where `continue` and `break` lead."""

    restart: Key
    after: frozenset[Key]


class Emitter:
    """Writes the statements of a flow graph as lines of Python."""

    def __init__(self, graph: FlowGraph, lowering: Lowering, entry: list[Known]) -> None:
        self.code = lowering.code
        self.notes = lowering.notes
        self.graph = graph
        self.items = build_items(graph)
        self.lines: list[Line] = []
        self.depth = 0
        self.lowering = lowering
        self.payments = Payments(graph, lowering, self.stops_at)
        self.guesses: Guesses = {}
        self.states = infer(graph, lowering, self.straight, entry, self.guesses)
        for _ in range(_GUESSES if self.payments.charges is None else 0):
            guesses = find_guesses(graph, lowering, self.guesses)
            if guesses == self.guesses:
                break
            self.guesses = guesses
            self.states = infer(graph, lowering, self.straight, entry, guesses)
        lowering.emit = self.emit
        self.paid_from = 0
        """The first line with the price of going in paid, but for rounds of a loop."""
        self.wrapped: set[Key] = set()
        """Labels of Blocks that must be Python loops."""
        self.numbers: dict[Key, int] = {}
        self.passing: dict[int, list[Key]] = {}
        """By number of Python loops around: labels that jumps from within are on their way to."""

    def run(self) -> list[Line]:
        """The lines; again as long as Blocks turn out to be jumped out of."""
        while True:
            self.lines.clear()
            self.passing.clear()
            self.lowering.constants.clear()
            self.lowering.displays.clear()
            self.lowering.sure.clear()
            known = len(self.wrapped)
            self.payments.for_entry(self.states)
            self.paid_from = len(self.lines)
            self.payments.at_entry()
            if self.graph.entry not in self.graph.loops:
                self.check_guesses(self.graph.nodes[self.graph.entry])
            self.statements(self.items, _NOWHERE, [])
            if len(self.wrapped) == known:
                return self.lines

    def emit(self, text: str) -> None:
        self.lines.append((self.depth, text, self.lowering.pc))

    def structure(self, text: str) -> None:
        """Emits a line that belongs to no instruction."""
        self.lines.append((self.depth, text, -1))

    # --- statements ---------------------------------------------------------------------------

    def statements(self, items: list[Item], follow: frozenset[Key], around: list[_Around]) -> None:
        """`follow`: the labels of what comes next when control falls off the end of `items`."""
        start = len(self.lines)
        for at, item in enumerate(items):
            is_last = at == len(items) - 1
            self.statement(item, follow if is_last else _NOWHERE, around)
        if len(self.lines) == start:
            self.structure("pass")

    def statement(self, item: Item, follow: frozenset[Key], around: list[_Around]) -> None:
        if isinstance(item, (Code, If, Loop)) and item.node.key not in self.states:
            return
        if isinstance(item, Code):
            self.lowering.known = list(self.states[item.node.key])
            self.straight(item.node)
        elif isinstance(item, Jump):
            self.jump(item.label, follow, around)
        elif isinstance(item, If):
            self.choice(item, follow, around)
        elif isinstance(item, Loop):
            self.loop(item, follow, around)
        else:
            self.block(item, follow, around)

    def straight(self, node: Node) -> bool:
        """Writes a node's instructions; whether the code goes on behind them."""
        lowering = self.lowering
        lowering.pc = node.first
        lowering.open_displays.clear()
        lowering.literals.clear()
        lowering.things.clear()
        lowering.is_fresh = False
        lowering.begin = node.first
        lowering.copies = {}
        lowering.ends.clear()
        if node.kind == "leave":
            lowering.emit("raise LeaveLoop")
        if node.kind in ("for", "generic"):
            return True
        if self.stops_at(node):
            lowering.emit("raise Unseen")
            return False
        charges = self.payments.charges
        end = lowering.end = node.last if node.kind == "test" else node.last + 1
        while lowering.pc < end:
            pc = lowering.pc
            op, a, b, c = self.code[pc]
            writer = _WRITERS.get(op)
            if writer is None:
                raise Untranslatable(f"instruction {op}")
            lowering.wishes.pop(pc, None)
            lowering.barriers.pop(pc, None)
            lowering.pc += writer(lowering, a, b, c) or 1
            if charges is not None:
                self.payments.behind(node, pc)
        if node.kind == "jump" and node.successors:
            self.payments.at_jump(node)
        if node.kind == "test" and (
            self.notes.level.get(node.last, 0) > 0 or calls_metamethod(lowering, node.last)
        ):
            lowering.barrier()  # what compares may call a metamethod
        return True

    def stops_at(self, node: Node) -> bool:
        """Whether none of the instructions that were to be observed was; a block surprises once."""
        if not self.notes.expects_surprises or node.first in self.notes.visited:
            return False
        return is_unseen(node, self.code, self.notes)

    def indented(
        self,
        items: list[Item],
        follow: frozenset[Key],
        around: list[_Around],
        way: tuple[Node, int] | None = None,
    ) -> None:
        """`way`: the node, and which of its successors, that lead here."""
        self.depth += 1
        if way is not None:
            self.payments.on_edge(*way)
        self.statements(items, follow, around)
        self.depth -= 1

    def block(self, item: Block, follow: frozenset[Key], around: list[_Around]) -> None:
        inner = frozenset({item.label})
        if item.label not in self.wrapped:
            self.statements(item.items, inner, around)
            return
        saved = self.enter(around)
        self.structure("while True:")
        self.indented(item.items, inner, [*around, _Around(None, inner)])
        self.depth += 1
        self.structure("break")
        self.depth -= 1
        self.leave(saved, around)

    # --- loops --------------------------------------------------------------------------------

    def loop(self, item: Loop, follow: frozenset[Key], around: list[_Around]) -> None:
        node = item.node
        self.check_guesses(node)
        saved = self.enter(around)
        within = [*around, _Around(node.key, follow)]
        self.lowering.known = list(self.states[node.key])
        if node.kind == "for":
            self.numeric_head(node)
        elif node.kind == "generic":
            self.generic_head(item, within)
        else:
            self.structure("while True:")
        way = (node, 0) if node.kind in ("for", "generic") else None
        start = len(self.lines)
        self.indented(item.items, frozenset({node.key}), within, way)
        if node.kind == "generic":
            quicken(self.lines, start, self.lowering, node.first)
        if node.kind == "for" or (node.kind == "generic" and is_iterated(self.lowering, node.first)):
            self.at_end(item, follow, around)
        self.leave(saved, around)

    def check_guesses(self, node: Node) -> None:
        """Before what relies on them."""
        self.lowering.pc = node.first
        for register, known in self.guesses.get(node.key, {}).items():
            if (node.key, register) in self.lowering.doubtful:
                self.lowering.emit(f"if {mistake(self.lowering, register, known)}: raise Mistaken")

    def at_end(self, item: Loop, follow: frozenset[Key], around: list[_Around]) -> None:
        """Where the values of a for loop are used up."""
        is_generic = item.node.kind == "generic"
        is_walk = is_generic and goes_through(self.lowering, item.node.first) == "elements"
        is_switch = is_generic and resumes(self.lowering, item.node.first)
        if (
            not (is_walk or is_switch)
            and self.leads_nowhere(item.at_end, follow)
            and not self.payments.costs(item.node, 1)
        ):
            return
        self.structure("else:")
        if is_walk and item.node.first not in self.lowering.unmade:
            self.lowering.pc = item.node.first
            subject = self.lowering.register(self.code[item.node.first][1] + 1)
            self.depth += 1
            self.lowering.emit(f"if {subject}.metatable is not None: raise HandOver")
            self.depth -= 1
        if is_switch:
            self.lowering.pc = item.node.first
            base = self.code[item.node.first][1]
            self.depth += 1
            self.lowering.emit(f"finish(i{base}, {self.lowering.register(base)})")
            self.depth -= 1
        self.indented(item.at_end, follow if is_walk or is_switch else _NOWHERE, around, (item.node, 1))

    def numeric_head(self, node: Node) -> None:
        """The values come from `iN`, which FORPREP has made (or who entered the loop half-way)."""
        lowering = self.lowering
        base = self.code[node.first][1]
        enter_numeric(lowering, node.first)
        charges = self.payments.charges
        may_fill = charges is None or node.first in charges.rounds
        rounds = (filling(lowering, node.first) if may_fill else None) or f"i{base}"
        lowering.emit(f"for {loop_variable(lowering, node.first)} in {rounds}:")
        if is_counter_shared(lowering, node.first):
            self.depth += 1
            lowering.emit(f"{lowering.register(base + 3)} = r{base}")
            self.depth -= 1

    def generic_head(self, item: Loop, within: list[_Around]) -> None:
        lowering = self.lowering
        _, base, _, count = self.code[item.node.first]
        lowering.pc = item.node.first
        place = lowering.register
        function, subject, control, first = (place(base + at) for at in (0, 1, 2, 4))
        enter_generic(lowering, item.node.first)
        walk = goes_through(lowering, item.node.first)
        if walk is not None:
            self.walk_head(item, within, walk)
            return
        if has_source(lowering, item.node.first):
            self.head_with_source(base, count, control)
            return
        if resumes(lowering, item.node.first):
            self.head_of_switches(item, within)
            return
        if is_iterated(lowering, item.node.first):
            targets = lowering.registers(base + 4, base + 4 + count)
            source = f"iterate({function}, {subject}, {control}, {count})"
            lowering.emit(f"for {targets} in {source}:")
            self.depth += 1
            lowering.emit(f"{control} = {first}")
            self.depth -= 1
            return
        self.structure("while True:")
        self.depth += 1
        if lowering.seen() & (notes.RESUMES | notes.NATIVE):
            before = f"n = {function}.many; "
            if count == 1:
                lowering.emit(f"{before}t = n({subject}, {control})")
                lowering.emit(f"{first} = {FIRST_RESULT}")
            else:
                adjust(lowering, f"n({subject}, {control})", base + 4, count, before)
        elif count == 1:
            lowering.emit(f"{first} = {function}.one({subject}, {control})")
        else:
            adjust(lowering, f"{function}.many({subject}, {control})", base + 4, count)
        lowering.emit(f"if {first} is None:")
        self.indented(item.at_end, _NOWHERE, within, (item.node, 1))
        lowering.pc = item.node.first
        lowering.emit(f"{control} = {first}")
        self.depth -= 1

    def walk_head(self, item: Loop, within: list[_Around], walk: str) -> None:
        """A loop over a table: `walk` is the function of jit.support that gives what it goes through."""
        lowering = self.lowering
        call = item.node.first
        _, base, _, count = self.code[call]
        function, subject, control, first = (lowering.register(base + at) for at in (0, 1, 2, 4))
        second = lowering.register(base + 5) if count == 2 else f"x{base}"
        source = f"{walk}({function}, {subject}, {control})"
        if walk == "elements":
            is_whole = (
                f"{function} is native_ipairs_iterator and {control} == 0 and {subject}.metatable is None"
            )
            quick = f"enumerate({subject}.array_part)"
            source = quick if is_started(lowering, call) else f"{quick} if {is_whole} else {source}"
        lowering.emit(f"for {first}, {second} in {source}:")
        self.depth += 1
        if walk == "entries":
            lowering.emit(f"if {second} is None: continue")
        else:
            lowering.emit(f"if {second} is None:")
            self.depth += 1
            lowering.emit(f"if {first} == 0: continue")
            lowering.emit(f"if {subject}.metatable is not None: raise HandOver")
            self.depth -= 1
            self.indented(item.at_end, _NOWHERE, within, (item.node, 1))
            lowering.pc = call
        lowering.emit(f"{control} = {first}")
        self.depth -= 1

    def head_of_switches(self, item: Loop, within: list[_Around]) -> None:
        """A loop over what a coroutine yields."""
        lowering = self.lowering
        call = item.node.first
        base = self.code[call][1]
        function, subject, control, first = (lowering.register(base + at) for at in (0, 1, 2, 4))
        lowering.emit(f"for {first} in (i{base} := direct({function}, {subject}, {control})):")
        self.depth += 1
        lowering.emit(f"if {first} is None:")
        self.depth += 1
        lowering.emit(f"{first} = given({function})")
        lowering.emit(f"if {first} is None:")
        self.indented(item.at_end, _NOWHERE, within, (item.node, 1))
        self.depth -= 1
        lowering.pc = call
        lowering.emit(f"{control} = {first}")
        self.depth -= 1

    def head_with_source(self, base: int, count: int, control: str) -> None:
        """A loop over a native function whose results an iterator gives."""
        lowering = self.lowering
        first = lowering.register(base + 4)
        result = first if count == 1 else "t"
        lowering.emit(f"for {result} in results_of({lowering.register(base)}):")
        self.depth += 1
        if count == 1:
            lowering.emit(f"if {first}.__class__ is tuple: {first} = {first}[0]")
        else:
            take_results(lowering, base + 4, count)
        lowering.emit(f"{control} = {first}")
        self.depth -= 1

    # --- jumps --------------------------------------------------------------------------------

    def jump(self, label: Key, follow: frozenset[Key], around: list[_Around]) -> None:
        if label in follow:
            return
        if around:
            if label == around[-1].restart:
                self.structure("continue")
                return
            if label in around[-1].after:
                self.structure("break")
                return
            for level in range(len(around) - 2, -1, -1):
                if label == around[level].restart or label in around[level].after:
                    self.jump_far(label, level, len(around))
                    return
        self.wrapped.add(label)

    def jump_far(self, label: Key, level: int, height: int) -> None:
        for passed in range(level + 1, height):
            self.passing.setdefault(passed, []).append(label)
        self.structure(f"goto = {self.numbers.setdefault(label, len(self.numbers) + 1)}")
        self.structure("break")

    def enter(self, around: list[_Around]) -> tuple[list[Key] | None, int]:
        return self.passing.pop(len(around), None), len(self.lines)

    def leave(self, saved: tuple[list[Key] | None, int], around: list[_Around]) -> None:
        """Behind a Python loop: jumps on their way to an outer one go on."""
        outer, start = saved
        labels = self.passing.pop(len(around), None)
        if outer is not None:
            self.passing[len(around)] = outer
        if not labels:
            return
        self.lines.insert(start, (self.depth, "goto = 0", -1))
        for label in dict.fromkeys(labels):
            self.structure(f"if goto == {self.numbers[label]}:")
            self.depth += 1
            self.jump(label, _NOWHERE, around)
            self.depth -= 1

    # --- choices ------------------------------------------------------------------------------

    def choice(self, item: If, follow: frozenset[Key], around: list[_Around]) -> None:
        lowering = self.lowering
        pc = lowering.pc = item.node.last
        true, false = condition(lowering, pc)
        is_assignment = self.code[pc][0] == Op.TESTSET
        if (
            not is_assignment
            and self.leads_nowhere(item.if_true, follow)
            and not self.payments.costs(item.node, 1)
        ):
            lowering.emit(f"if {false}:")
            self.indented(item.if_false, follow, around, (item.node, 0))
            return
        lowering.emit(f"if {true}:")
        self.depth += 1
        if is_assignment:
            lowering.emit(f"{lowering.register(self.code[pc][1])} = {lowering.register(self.code[pc][2])}")
        self.depth -= 1
        self.indented(item.if_true, follow, around, (item.node, 1))
        if not self.leads_nowhere(item.if_false, follow) or self.payments.costs(item.node, 0):
            self.structure("else:")
            self.indented(item.if_false, follow, around, (item.node, 0))

    @staticmethod
    def leads_nowhere(items: list[Item], follow: frozenset[Key]) -> bool:
        return all(isinstance(item, Jump) and item.label in follow for item in items)
