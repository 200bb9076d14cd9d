"""What fast code pays for instructions, and where: a flow graph comes in, payments on its edges go out.

    while r0 < 10 do            pay 2 at the start          for q in fuel.f2: break
        r0 = r0 + 1                                         else: refuel(2)
    end                         pay 3 for each round        …

A limit of instructions counts them one by one, in fast code as in the VM. Paying for each alone would
cost more than running it, so a function pays in advance for the usual way to its end that does not
go round a loop, and a loop's body for one round more; where a way turns out longer the rest is paid, and
where it turns out shorter given back. A counted loop that is only left at its end pays for all its
rounds before the first, unless there are stops in it.

Hence at every instruction it is known what is paid but not yet run (`paid_ahead`): who leaves fast
code there gets it back, and the VM goes on with the exact number. At calls of what may look at the
number, or may not come back (natives, yields), nothing is paid ahead (`stops`).
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.hints import Final
from pylua.jit import notes
from pylua.jit.flow import FlowGraph, Key, Node
from pylua.jit.notes import Notes
from pylua.vm import decoding
from pylua.vm.decoding import Decoded

__all__ = ["Charges"]

_UNCOUNTED: Final = frozenset(
    {Op.MMBIN, Op.MMBINI, Op.MMBINK, Op.EXTRAARG, Op.VARARGPREP, Op.TFORLOOP, Op.TFORPREP}
)
"""Part of the instruction before, or of the call; TFORPREP and its first TFORCALL count as one."""
_SELDOM: Final = 4
_CALLS: Final = frozenset({Op.CALL, decoding.CALL_OPEN})


class Charges:
    """Of one flow graph. `is_unseen` tells whether code only stops at a node."""

    def __init__(
        self,
        graph: FlowGraph,
        code: list[Decoded],
        seen: Notes,
        is_generator: bool,
        is_unseen: Callable[[Node], bool],
    ) -> None:
        self.graph = graph
        self.code = code
        self.is_unseen = is_unseen
        self.rounds: dict[int, int] = {}
        """By FORPREP: the price of a round, of loops that pay for all at once (the emitter chooses them)."""
        self._pays_rounds = set(seen.pays_rounds)
        self._stops = {pc for pc in range(len(code)) if _is_stop(code[pc], pc, seen, is_generator)}
        self._heat = dict(seen.heat)
        self._tails: dict[Key, int] = {}
        """What is paid ahead at the end of each node: for the most usual of its ways on."""
        self._ahead: dict[Key, int] = {}
        """The same at the beginnings."""
        for key in graph.nodes:
            self._find(key)
        self._nodes = {
            pc: node
            for node in graph.nodes.values()
            if node.kind not in ("for", "leave")
            for pc in range(node.first, node.last + 1)
        }

    # --- what is to be paid -------------------------------------------------------------------

    def at_entry(self) -> int:
        """The price of going in. The VM has counted the call of a generic loop that it hands over."""
        entry = self.graph.nodes[self.graph.entry]
        return self._ahead[entry.key] - (entry.kind == "generic")

    def on_edge(self, node: Node, successor: Key) -> int:
        """The price of going from `node` to `successor`; negative: so much comes back."""
        return self._ahead[successor] - self._tails[node.key]

    def after(self, node: Node, pc: int) -> int:
        """The price of going on behind the instruction at `pc`: 0 unless it is a stop."""
        return self._until_stop(node, pc + 1) if pc in self._stops else 0

    def of_round(self, node: Node) -> int | None:
        """The price of a round of a numeric loop, if it can be paid for all rounds in advance."""
        members = self.graph.loops.get(node.key, set())
        if node.successors[0] not in members or node.first in self._pays_rounds:
            return None
        nodes = self.graph.nodes
        for key in members - {node.key}:
            if not self._stops.isdisjoint(range(nodes[key].first, nodes[key].last + 1)):
                return None
            for successor in nodes[key].successors:
                if successor not in members and not self.is_unseen(nodes[successor]):
                    return None
        return self.on_edge(node, node.successors[0])

    # --- what has been paid -------------------------------------------------------------------

    def rounds_paid_at(self, pc: int) -> list[int]:
        """The FORPREPs of the loops that have paid for all their rounds at `pc`, or were to."""
        return [prep for prep in self.rounds if prep <= pc < self.code[prep][2]]

    def paid_ahead(self, pc: int) -> int:
        """The price, paid already, of the instruction at `pc` and what follows; not of further rounds."""
        node = self._nodes.get(pc)
        return 0 if node is None else self._until_stop(node, pc)

    def _until_stop(self, node: Node, start: int) -> int:
        price = 0
        for pc in range(start, node.last + 1):
            price += self.code[pc][0] not in _UNCOUNTED
            if pc in self._stops:
                return price
        return price + self._tails[node.key]

    # --- the usual ways -----------------------------------------------------------------------

    def _ways_on(self, node: Node) -> list[Key]:
        exit_ = self._exit_of(node)
        if exit_ is not None:
            return [exit_]
        nodes = self.graph.nodes
        ways = [key for key in node.successors if not self.is_unseen(nodes[key])] or node.successors
        return [key for key in ways if nodes[key].order > node.order or self._exit_of(nodes[key]) is not None]

    def _usual(self, node: Node, ways: list[Key]) -> list[Key]:
        """Those of the `ways` on from a node that were seen to be gone about as often as any."""
        heat = {key: self._heat_of(node, key) for key in ways}
        return [key for key in ways if heat[key] * _SELDOM >= max(heat.values())]

    def _heat_of(self, node: Node, successor: Key) -> int:
        nodes = self.graph.nodes
        heat = self._heat.get(nodes[successor].first, 0)
        for other in node.successors:
            if other != successor and len(nodes[other].predecessors) == 1:
                rest = self._heat.get(node.last, 0) - self._heat.get(nodes[other].first, 0)
                heat = min(heat, max(rest, 0))
        return heat

    def _exit_of(self, node: Node) -> Key:
        """Where the loop that begins with `node` is left by it: rounds are paid on the other way."""
        if node.kind in ("for", "generic"):
            return node.successors[1]
        members = self.graph.loops.get(node.key)
        if members is None:
            return None
        ways_out = [key for key in node.successors if key not in members]
        return ways_out[0] if len(ways_out) == 1 < len(node.successors) else None

    def _find(self, key: Key) -> None:
        """Fills in `_ahead` for a node, and first for those that it depends on: there is no cycle of them."""
        nodes, ahead = self.graph.nodes, self._ahead
        waiting = [key]
        while waiting:
            node = nodes[waiting[-1]]
            missing = [each for each in self._ways_on(node) if each not in ahead]
            if missing:
                waiting += missing
                continue
            if node.key not in ahead:
                is_stop = node.kind == "generic" and node.first in self._stops
                ways = [] if is_stop else self._usual(node, self._ways_on(node))
                tail = self._tails[node.key] = min((ahead[each] for each in ways), default=0)
                ahead[node.key] = tail if node.kind == "for" else self._until_stop(node, node.first)
            waiting.pop()


def _is_stop(instruction: Decoded, pc: int, seen: Notes, is_generator: bool) -> bool:
    """Whether nothing may be paid ahead while the instruction runs."""
    op, bits, level = instruction[0], seen.seen.get(pc, 0), seen.level.get(pc, 0)
    if op == Op.TFORCALL:
        walks = level == 0 and bits & (notes.ELEMENTS | notes.ENTRIES | notes.MATCHES)
        return not walks and bits != notes.OTHER
    if op not in _CALLS:
        return False
    native = seen.natives.get(pc)
    if native == notes.SOME_NATIVE or level > 0:
        return True
    return is_generator and (native is None or bool(bits & (notes.YIELDS | notes.FLOWS)))
