"""Which registers are read again behind each instruction: a flow graph comes in, sets of bits go out.

0 MUL  r2 = r0 * r0        {r1, r2}
1 ADD  r2 = r2 + r1        {r2}
2 RETURN1 r2               {}
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from pylua.bytecode.prototype import Prototype
from pylua.jit.flow import FlowGraph, Key, Node
from pylua.vm.decoding import decode
from pylua.vm.effects import reads, writes

__all__ = ["live_behind", "variables_in_scope"]


def live_behind(graph: FlowGraph, prototype: Prototype) -> dict[int, int]:
    """By instruction: bit n is set if register n may be read behind it before it is written.

    A variable in scope may be read at any time, by the debug library.
    """
    code = [(~_bits(writes(each)), _bits(reads(each))) for each in decode(prototype)]
    before: dict[Key, int] = dict.fromkeys(graph.nodes, 0)
    behind: dict[int, int] = {}
    changed = True
    while changed:
        changed = False
        for key in reversed(graph.nodes):
            live = _go_through(graph.nodes[key], code, before, behind)
            if live != before[key]:
                before[key] = live
                changed = True
    counts = variables_in_scope(prototype)
    return {pc: live | (1 << counts[pc + 1]) - 1 for pc, live in behind.items()}


def variables_in_scope(prototype: Prototype) -> list[int]:
    """By instruction: how many variables have a name there; they have the first registers."""
    size = len(prototype.code)
    changes = [0] * (size + 2)
    for variable in prototype.local_variables:
        changes[variable.start_pc] += 1
        changes[min(variable.end_pc, size + 1)] -= 1
    return list(accumulate(changes))


def _go_through(
    node: Node, code: list[tuple[int, int]], before: dict[Key, int], behind: dict[int, int]
) -> int:
    """What is live before a node; what is live within is noted in `behind`.

    `code` has for each instruction what it leaves alone, and what it reads.
    """
    live = 0
    for successor in node.successors:
        live |= before[successor]
    if node.kind == "for":
        return live
    for pc in range(node.last, node.first - 1, -1):
        behind[pc] = live
        kept, read = code[pc]
        live = live & kept | read
    return live


def _bits(registers: Iterable[int]) -> int:
    if isinstance(registers, range):
        return (1 << registers.stop) - (1 << registers.start) if registers else 0
    bits = 0
    for register in registers:
        bits |= 1 << register
    return bits
