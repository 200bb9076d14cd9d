"""The flow graphs of a function and its loops, and what is live in it: each made once, kept in its notes."""

from __future__ import annotations

from pylua.bytecode.prototype import Prototype
from pylua.jit.flow import FlowGraph, Key, Node, Untranslatable, build_graph, build_loop_graph
from pylua.jit.liveness import live_behind
from pylua.jit.notes import OBSERVED, Notes
from pylua.vm.decoding import Decoded

__all__ = ["graph_of", "is_partly_unseen", "is_unseen", "liveness"]


def graph_of(code: list[Decoded], notes: Notes, head: Key = None) -> FlowGraph:
    """The flow graph of a function, or of one of its loops; made once."""
    found = notes.graphs.get(head)
    if found is None:
        made = build_graph(code) if head is None else build_loop_graph(code, head, graph_of(code, notes))
        found = notes.graphs[head] = made
    return found


def liveness(prototype: Prototype, code: list[Decoded], notes: Notes) -> dict[int, int]:
    """What is read behind each instruction: for all loops, too, as the VM goes on behind them."""
    if notes.live is None:
        notes.live = live_behind(graph_of(code, notes), prototype)
    return notes.live


def is_unseen(node: Node, code: list[Decoded], notes: Notes) -> bool:
    """Whether a block has instructions that were to be observed, and none of them was."""
    seen = notes.seen
    is_observable = False
    for pc in range(node.first, node.last + 1):
        if code[pc][0] in OBSERVED:
            if pc in seen:
                return False
            is_observable = True
    return is_observable


def is_partly_unseen(code: list[Decoded], notes: Notes, head: Key = None) -> bool:
    """Whether a loop, or a function, has such blocks."""
    try:
        nodes = graph_of(code, notes, head).nodes.values()
    except Untranslatable:
        return False
    return any(is_unseen(node, code, notes) for node in nodes)
