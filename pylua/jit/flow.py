"""Decoded instructions → a flow graph: blocks, who dominates whom, which loops there are.

    0 LTI   r0 < 2 ? 2 : 3            Node 0 (test)  ──true──▶ Node 2 (return)
    2 RETURN1 r0                                     └─false─▶ Node 3 (return)
    3 …

Numeric loops get a node of their own, ("for", pc of FORPREP), between the preparation and
the body: FORLOOP jumps to it, and it chooses between the body and what follows.
"""

from __future__ import annotations

from collections.abc import Hashable

from pylua.bytecode.opcodes import Op
from pylua.hints import Any, Final, TypeAlias
from pylua.values.records import field, record
from pylua.vm import decoding
from pylua.vm.decoding import Decoded

__all__ = ["FlowGraph", "Key", "Node", "Untranslatable", "build_graph", "build_loop_graph", "head_around"]

Key: TypeAlias = Hashable

_TESTS: Final = frozenset(
    {Op.EQ, Op.LT, Op.LE, Op.EQK, Op.EQI, Op.LTI, Op.LEI, Op.GTI, Op.GEI, Op.TEST}
)  # fmt: skip
_RETURNS: Final = frozenset(
    {Op.RETURN, Op.RETURN0, Op.RETURN1, Op.TAILCALL, decoding.RETURN_CLOSE, decoding.TAILCALL_OPEN}
)
_BRANCHES: Final = (
    _TESTS
    | _RETURNS
    | {
        Op.TESTSET, Op.JMP, Op.FORPREP, Op.FORLOOP, Op.TFORPREP, Op.TFORLOOP, Op.TFORCALL, Op.LFALSESKIP,
    }
)  # fmt: skip


class Untranslatable(Exception):
    """A function that stays with the VM, and why."""


@record(eq=False)
class Node:
    """Instructions `first` … `last` that run one after the other; the last may choose where to go.

    `kind`: "jump" (one successor or none), "test" (successors: if false, if true), "return",
    "for" and "generic", the heads of loops (body, exit), "leave" (where a region ends).
    """

    key: Key
    first: int
    last: int
    kind: str
    successors: list[Key]
    predecessors: list[Key] = field(default_factory=list)
    order: int = -1
    """Place in reverse postorder."""
    dominator: Key = None
    """The immediate dominator; the entry's is the entry."""


@record
class FlowGraph:
    """Nodes by key in reverse postorder; `loops` maps each loop's header to its nodes."""

    entry: Key
    nodes: dict[Key, Node]
    loops: dict[Key, set[Key]]
    items: Any = None
    """The graph as statements, once `structure.build_items` was asked for them."""

    @property
    def extent(self) -> range:
        """From the first to the last instruction that is not left out."""
        inner = [node for node in self.nodes.values() if node.kind != "leave"]
        return range(min(node.first for node in inner), max(node.last for node in inner) + 1)

    def dominates(self, upper: Key, lower: Key) -> bool:
        """Whether every way to `lower` leads through `upper`."""
        nodes = self.nodes
        while nodes[lower].order > nodes[upper].order:
            lower = nodes[lower].dominator
        return upper == lower


def build_graph(code: list[Decoded]) -> FlowGraph:
    """The flow graph of a whole function; Untranslatable if it cannot be structured."""
    return _connect(_split(code), 0)


def build_loop_graph(code: list[Decoded], header: Key, whole: FlowGraph) -> FlowGraph:
    """The flow graph of one loop of a `whole` function; the ways out of it end in "leave" nodes."""
    members = whole.loops.get(header)
    if not members:
        raise Untranslatable("no loop")
    nodes = _split(code)
    for key in list(nodes):
        if key not in members:
            pc = nodes[key].first
            nodes[key] = Node(key, pc, pc - 1, "leave", [])
    return _connect(nodes, header)


def _connect(nodes: dict[Key, Node], entry: Key) -> FlowGraph:
    reached = _reverse_postorder(nodes, entry)
    for order, key in enumerate(reached):
        nodes[key].order = order
    nodes = {key: nodes[key] for key in reached}
    for node in nodes.values():
        for successor in node.successors:
            nodes[successor].predecessors.append(node.key)
    _find_dominators(nodes, reached)
    graph = FlowGraph(entry, nodes, {})
    _find_loops(graph)
    return graph


# --- blocks ---------------------------------------------------------------------------------


def _leaders(code: list[Decoded]) -> list[int]:
    """The instructions at which blocks begin."""
    found = {0}
    for pc, (op, a, b, c) in enumerate(code):
        if op not in _BRANCHES:
            continue
        if op in _TESTS:
            found.update((pc + 1, *c))
        elif op == Op.TESTSET:
            found.update((pc + 1, pc + 2, c[1]))
        elif op == Op.JMP:
            found.update((a, pc + 1))
        elif op in (Op.FORPREP, Op.FORLOOP, Op.TFORPREP, Op.TFORLOOP):
            found.update((b, pc + 1))
        elif op == Op.TFORCALL:
            found.add(pc)
        elif op == Op.LFALSESKIP:
            found.update((pc + 1, pc + 2))
        elif op in _RETURNS:
            found.add(pc + 1)
    return sorted(pc for pc in found if pc < len(code))


def _split(code: list[Decoded]) -> dict[Key, Node]:
    leaders = _leaders(code)
    nodes: dict[Key, Node] = {}
    ends = [*leaders[1:], len(code)]
    for first, end in zip(leaders, ends, strict=True):
        nodes[first] = _node(code, first, end - 1)
    for pc, (op, _, exit_, _) in enumerate(code):
        if op == Op.FORPREP:
            head = ("for", pc)
            nodes[head] = Node(head, pc, pc - 1, "for", [pc + 1, exit_])
            loop_end = nodes[_block_of(leaders, exit_ - 1)]
            loop_end.successors = [head]
    return nodes


def _block_of(leaders: list[int], pc: int) -> int:
    return max(leader for leader in leaders if leader <= pc)


def _node(code: list[Decoded], first: int, last: int) -> Node:
    op, a, b, c = code[last]
    if op in _TESTS:
        return Node(first, first, last, "test", list(c))
    if op == Op.TESTSET:
        return Node(first, first, last, "test", [last + 2, c[1]])
    if op == Op.JMP:
        return Node(first, first, last, "jump", [a])
    if op == Op.FORPREP:
        return Node(first, first, last, "jump", [("for", last)])
    if op == Op.FORLOOP:
        return Node(first, first, last, "jump", [])  # its successor is set by _split
    if op == Op.TFORPREP:
        return Node(first, first, last, "jump", [b])
    if op == Op.TFORLOOP:
        return Node(first, first, last, "generic", [b, last + 1])
    if op == Op.LFALSESKIP:
        return Node(first, first, last, "jump", [last + 2])
    if op in _RETURNS:
        return Node(first, first, last, "return", [])
    return Node(first, first, last, "jump", [last + 1])


# --- order, dominators, loops ----------------------------------------------------------------


def _reverse_postorder(nodes: dict[Key, Node], entry: Key) -> list[Key]:
    finished: list[Key] = []
    seen = {entry}
    stack = [(entry, iter(nodes[entry].successors))]
    while stack:
        key, successors = stack[-1]
        for successor in successors:
            if successor not in nodes:
                raise Untranslatable("control leaves the code")
            if successor not in seen:
                seen.add(successor)
                stack.append((successor, iter(nodes[successor].successors)))
                break
        else:
            finished.append(key)
            stack.pop()
    return finished[::-1]


def _find_dominators(nodes: dict[Key, Node], reached: list[Key]) -> None:
    """Cooper, Harvey and Kennedy's iteration over reverse postorder."""
    dominators = {reached[0]: reached[0]}
    changed = True
    while changed:
        changed = False
        for key in reached[1:]:
            known = [each for each in nodes[key].predecessors if each in dominators]
            common = known[0]
            for other in known[1:]:
                common = _common_dominator(nodes, dominators, common, other)
            if dominators.get(key) != common:
                dominators[key] = common
                changed = True
    for key in reached:
        nodes[key].dominator = dominators[key]


def _common_dominator(nodes: dict[Key, Node], dominators: dict[Key, Key], left: Key, right: Key) -> Key:
    while left != right:
        while nodes[left].order > nodes[right].order:
            left = dominators[left]
        while nodes[right].order > nodes[left].order:
            right = dominators[right]
    return left


def _find_loops(graph: FlowGraph) -> None:
    """The natural loop of every jump back; a jump back into the middle of something has none."""
    nodes = graph.nodes
    for key, node in nodes.items():
        for header in node.successors:
            if nodes[header].order > node.order:
                continue
            if not graph.dominates(header, key):
                raise Untranslatable("a loop with two entries")
            members = graph.loops.setdefault(header, {header})
            waiting = [key]
            while waiting:
                member = waiting.pop()
                if member not in members:
                    members.add(member)
                    waiting.extend(nodes[member].predecessors)


# --- heads of loops -------------------------------------------------------------------------------


def head_around(code: list[Decoded], head: Key) -> Key:
    """The head of the innermost loop around the one with this head, or None."""
    inner: Any = head[1] if isinstance(head, tuple) else head
    found: Key = None
    size = len(code) + 1
    outer: Key
    for pc, (op, a, b, _) in enumerate(code):
        if op == Op.FORPREP:
            outer, first, last = ("for", pc), pc, b - 1
        elif op == Op.JMP and a <= pc:
            outer, first, last = a, a, pc
        elif op == Op.TFORLOOP:
            outer, first, last = pc - 1, b, pc
        else:
            continue
        if outer != head and first <= inner <= last and last - first < size:
            found, size = outer, last - first
    return found
