"""What is known of every register where each block begins: the lowering, run over the flow graph.

    local s = 0                       block of the loop's body:
    for i = 1, n do             ->    s (NUMBER), i (INT, 1, 1073741823)
      s = s + i * x
    end

Blocks are gone through in reverse postorder until nothing changes; a range that still grows when
its loop is entered again is given up on the side that grows.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.hints import Final
from pylua.jit.flow import FlowGraph, Key, Node
from pylua.jit.guesses import Guesses
from pylua.jit.kinds import ANYTHING, INT, NUMBER, Known, is_within, join, widen
from pylua.jit.loop_code import enter_generic, enter_numeric
from pylua.jit.lowering import Lowering

__all__ = ["infer"]

_ROUNDS: Final = 30


def infer(
    graph: FlowGraph,
    code: Lowering,
    lower_block: Callable[[Node], bool],
    entry: list[Known],
    guesses: Guesses,
) -> dict[Key, list[Known]]:
    """The registers' Knowns at the beginning of each node of `graph`; `entry` is what holds at first.

    `lower_block(node)` lowers a node's instructions (the emitter's own) and gives whether the code goes on
    behind them; nodes that are not reached then have no state. `guesses` hold where loops, or the whole, are
    gone into from outside.
    """
    size = len(code.known)
    code.doubtful.clear()
    states: dict[Key, list[Known]] = {graph.entry: _guessed(code, entry, graph.entry, guesses)}
    changed = {graph.entry}
    for round_ in range(_ROUNDS):
        if not changed:
            return states
        for key, node in graph.nodes.items():
            if key not in changed:
                continue
            changed.discard(key)
            code.known = list(states[key])
            for successor in node.successors if lower_block(node) else ():
                _flow_into(graph, states, changed, code, node, successor, round_, guesses)
    return {key: [ANYTHING] * size for key in graph.nodes}


def _flow_into(
    graph: FlowGraph,
    states: dict[Key, list[Known]],
    changed: set[Key],
    code: Lowering,
    node: Node,
    successor: Key,
    round_: int,
    guesses: Guesses,
) -> None:
    known = code.known
    if successor == node.successors[0] and node.kind in ("for", "generic"):
        known = list(known)
        saved, code.known = code.known, known
        (enter_numeric if node.kind == "for" else enter_generic)(code, node.first)
        code.known = saved
    elif node.kind == "test":
        known = _refined(code, node, successor)
    if successor in guesses and node.key not in graph.loops.get(successor, ()):
        known = _guessed(code, known, successor, guesses)
    before = states.get(successor)
    if before is None:
        states[successor] = list(known)
        changed.add(successor)
        return
    if before == known:
        return
    now = [old if old == new else join(old, new) for old, new in zip(before, known, strict=True)]
    if round_ > 1 and successor in graph.loops:
        now = [old if old == new else widen(old, new) for old, new in zip(before, now, strict=True)]
    if now != before:
        states[successor] = now
        changed.add(successor)


def _guessed(code: Lowering, known: list[Known], head: Key, guesses: Guesses) -> list[Known]:
    """What is known where guesses have been checked; those that are no news need no check."""
    guessed = guesses.get(head)
    if not guessed:
        return known
    known = list(known)
    for register, guess in guessed.items():
        if not is_within(known[register], guess):
            known[register] = guess
            code.doubtful.add((head, register))
    return known


def _refined(code: Lowering, node: Node, successor: Key) -> list[Known]:
    """What a test tells on the way to `successor`: of a compared integer, of a register that is set."""
    op, a, b, _ = code.code[node.last]
    if op == Op.TESTSET and successor == node.successors[1]:
        known = list(code.known)
        known[a] = ANYTHING if a in code.captured else code.known[b]
        return known if node.successors[0] != successor else [ANYTHING] * len(known)
    if op not in (Op.LTI, Op.LEI, Op.GTI, Op.GEI) or type(b) is not int or not code.known[a][0] & INT:
        return code.known
    if node.successors[0] == node.successors[1]:
        return code.known
    if a in code.captured or code.notes.level.get(node.last, 0) > 0:
        return code.known
    mask, lowest, highest = code.known[a]
    is_true = successor == node.successors[1]
    if (op in (Op.LTI, Op.LEI)) is is_true:
        highest = min(highest, b - 1 if op == (Op.LTI if is_true else Op.GEI) else b)
    else:
        lowest = max(lowest, b + 1 if op == (Op.GTI if is_true else Op.LEI) else b)
    if lowest > highest:
        return code.known
    known = list(code.known)
    known[a] = (mask & NUMBER, lowest, highest)
    return known
