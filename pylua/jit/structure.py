"""Flow graph → nested statements, the shape that a language without goto needs.

    test 0 ─true─▶ A ─▶ M            [Block(M, [Code(0), If(0, [Code(A), Jump(M)],
           └false▶ B ─▶ M     ->                            [Code(B), Jump(M)])]), Code(M)]

Dominators give the nesting: a node with one way in is written where the jump to it is; a node
where ways meet follows a Block, and `Jump` to its label leaves the Block. What is reached by
leaving a loop follows that loop. Jumps to the header of a loop around them go on with it.
"""

from __future__ import annotations

from collections import defaultdict

from pylua.hints import TypeAlias
from pylua.jit.flow import FlowGraph, Key, Node
from pylua.values.records import record

__all__ = ["Block", "Code", "If", "Item", "Jump", "Loop", "build_items"]


@record
class Code:
    """The instructions of a node, but for a test at their end."""

    node: Node


@record
class If:
    """The choice at the end of `node`."""

    node: Node
    if_true: list[Item]
    if_false: list[Item]


@record
class Block:
    """`items`, which a Jump to `label` leaves for what comes behind the Block."""

    label: Key
    items: list[Item]


@record
class Loop:
    """`items` again and again; a Jump to `node.key` starts the next round.

    `at_end` is where a for loop goes when its values are used up.
    """

    node: Node
    items: list[Item]
    at_end: list[Item]


@record
class Jump:
    label: Key


Item: TypeAlias = Code | If | Block | Loop | Jump

_SMALL = 2


def build_items(graph: FlowGraph) -> list[Item]:
    """The statements of the whole graph; made once."""
    if graph.items is None:
        graph.items = _Builder(graph).tree(graph.entry)
    return graph.items  # type: ignore[no-any-return]


class _Builder:
    def __init__(self, graph: FlowGraph) -> None:
        self.graph = graph
        self.nodes = graph.nodes
        ends = {node.successors[1] for node in self.nodes.values() if node.kind in ("for", "generic")}
        self.inlined = self._dead_ends() - ends  # else each loop of a sequence would lie in the one before
        self.inlined |= {key for key in self.nodes if self._may_be_repeated(key)}
        self.followers: set[Key] = set()
        """Nodes that are written behind a Block."""
        self.inside: dict[Key, list[Key]] = defaultdict(list)
        """Followers by the node whose code they follow."""
        self.outside: dict[Key, list[Key]] = defaultdict(list)
        """Followers by the header of the loop that they follow."""
        for key, node in self.nodes.items():
            if node.kind in ("for", "generic"):
                graph.loops.setdefault(key, {key})  # even if its body never comes to its end
        for key in self.nodes:
            if key != graph.entry and key not in self.inlined:
                self._place(key)

    def _may_be_repeated(self, key: Key) -> bool:
        """Short returns, and ways out of a region, are written wherever they are jumped to."""
        node = self.nodes[key]
        return (
            node.kind in ("return", "leave") and node.last - node.first < _SMALL and key != self.graph.entry
        )

    def _dead_ends(self) -> set[Key]:
        """Nodes with one way in whose code leads nowhere but to returns: they may stay within a loop."""
        region: dict[Key, set[Key]] = {key: {key} for key in self.nodes}
        for key in reversed(list(self.nodes)):
            if key != self.graph.entry:
                region[self.nodes[key].dominator] |= region[key]
        return {
            key
            for key, members in region.items()
            if len(self.nodes[key].predecessors) == 1
            and all(s in members for member in members for s in self.nodes[member].successors)
        }

    def _place(self, key: Key) -> None:
        node = self.nodes[key]
        place = node.dominator
        for header, members in self.graph.loops.items():  # in reverse postorder: the outermost first
            if place in members and key not in members:
                self.outside[header].append(key)
                self.followers.add(key)
                return
        ways_in = [each for each in node.predecessors if self.nodes[each].order < node.order]
        if len(ways_in) > 1:
            self.inside[place].append(key)
            self.followers.add(key)

    def tree(self, key: Key) -> list[Item]:
        """The node, everything that it dominates, and what follows."""
        if key not in self.graph.loops:
            return self._within(key)
        node = self.nodes[key]
        at_end = self._go(node, node.successors[1]) if node.kind in ("for", "generic") else []
        items: list[Item] = [Loop(node, self._within(key), at_end)]
        return self._with_followers(items, self.outside[key])

    def _within(self, key: Key) -> list[Item]:
        return self._with_followers(self._own_items(key), self.inside[key])

    def _with_followers(self, items: list[Item], followers: list[Key]) -> list[Item]:
        for follower in sorted(followers, key=lambda each: self.nodes[each].order):
            items = [Block(follower, items), *self.tree(follower)]
        return items

    def _own_items(self, key: Key) -> list[Item]:
        node = self.nodes[key]
        items: list[Item] = [Code(node)]
        if node.kind in ("jump", "for", "generic"):
            if node.successors:
                items += self._go(node, node.successors[0])
        elif node.kind == "test":
            if_false, if_true = node.successors
            items.append(If(node, self._go(node, if_true), self._go(node, if_false)))
        return items

    def _go(self, node: Node, target: Key) -> list[Item]:
        if self.nodes[target].order <= node.order or target in self.followers:
            return [Jump(target)]
        return self.tree(target)
