"""Lines that pay for instructions, if these are counted: prices of ways come in, Python goes out.

a way that costs 7 more     for q in fuel.f7: break
                            else: refuel(7)
one that costs 2 less       left[0] += 2
all rounds of a loop        q = left[0] - len(i3) * 5
                            if q < 0: raise Spent
                            left[0] = q
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.jit.charges import Charges
from pylua.jit.flow import FlowGraph, Key, Node
from pylua.jit.kinds import Known
from pylua.jit.loop_code import is_counted
from pylua.jit.lowering import Lowering

__all__ = ["Payments"]


class Payments:
    """Of one flow graph; nothing is written unless the function counts instructions."""

    def __init__(self, graph: FlowGraph, lowering: Lowering, is_unseen: Callable[[Node], bool]) -> None:
        self.graph = graph
        self.lowering = lowering
        self.charges: Charges | None = None
        if lowering.notes.counts_instructions:
            self.charges = Charges(graph, lowering.code, lowering.notes, lowering.is_generator, is_unseen)

    def for_entry(self, states: dict[Key, list[Known]]) -> None:
        """Before anything is done: for the rounds of a loop that is entered half-way."""
        lowering, entry = self.lowering, self.graph.nodes[self.graph.entry]
        lowering.pc = entry.first
        if entry.kind == "for":
            lowering.pc = lowering.code[entry.first][2] - 1
            lowering.known = list(states[entry.key])
            self._for_rounds(entry)

    def at_entry(self) -> None:
        """Then: for the first way."""
        if self.charges is not None:
            self._pay(self.charges.at_entry())

    def behind(self, node: Node, pc: int) -> None:
        """For what comes behind an instruction during which nothing may be paid ahead."""
        if self.charges is not None:
            self._pay(self.charges.after(node, pc))

    def on_edge(self, node: Node, way: int) -> None:
        """For going from a node to one of its successors."""
        if self.charges is None:
            return
        self.lowering.pc = self.graph.nodes[node.successors[way]].first
        if not (node.kind == "for" and way == 0 and node.first in self.charges.rounds):
            self._pay(self.charges.on_edge(node, node.successors[way]))

    def at_jump(self, node: Node) -> None:
        """For going on behind a node with one successor, perhaps with all rounds of a loop."""
        self.on_edge(node, 0)
        head = self.graph.nodes[node.successors[0]]
        if head.kind == "for" and self.lowering.code[node.last][0] == Op.FORPREP:
            self.lowering.pc = node.last
            self._for_rounds(head)

    def costs(self, node: Node, way: int) -> bool:
        """Whether going to a successor is to be paid for."""
        return self.charges is not None and self.charges.on_edge(node, node.successors[way]) != 0

    # --- the lines ----------------------------------------------------------------------------

    def _pay(self, price: int) -> None:
        if price > 0:
            self.lowering.emit(f"for q in fuel.f{price}: break")
            self.lowering.emit(f"else: refuel({price})")
        elif price < 0:
            self.lowering.emit(f"left[0] += {-price}")

    def _for_rounds(self, node: Node) -> None:
        """Before a numeric loop: for the whole of it, if that can be."""
        price = self._price_of_rounds(node)
        if price:
            self.lowering.emit(f"q = left[0] - {price}")
            self.lowering.emit("if q < 0: raise Spent")
            self.lowering.emit("left[0] = q")

    def _price_of_rounds(self, node: Node) -> str:
        """What all rounds of a numeric loop cost, as Python; "" if each is to be paid for."""
        charges, lowering = self.charges, self.lowering
        if charges is None:
            return ""
        base = lowering.code[node.first][1]
        pc, lowering.pc = lowering.pc, node.first
        price = charges.of_round(node) if is_counted(lowering, base) else None
        lowering.pc = pc
        if price is None:
            charges.rounds.pop(node.first, None)
            return ""
        charges.rounds[node.first] = price
        return f"len(i{base}) * {price}"
