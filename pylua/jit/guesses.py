"""What the code of a loop takes for granted of registers that the loop keeps, and checks once before it.

    local n = m                          if r1.__class__ is not int or r1 > 1073741823 or r1 < 1: raise …
    while n > 0 do               ─▶      while True: …  (n - 1 surely fits 64 bits)
      n = n - 1

    wishes                               what would have spared checks, by instruction (see Lowering.wish)
    find_guesses(graph, code, found)     Guesses by the heads of loops, which `infer` takes for true
    mistake(code, register, known)       what must not be, as Python

A register is kept if the loop only counts it up or down by constants, or gives it remainders and the like.
A guess that was wrong once is not made again (Notes.mistaken); one that is known to be right is not checked.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import METAMETHOD_OPS, Op
from pylua.hints import Final, TypeAlias
from pylua.jit import kinds
from pylua.jit.flow import FlowGraph, Key
from pylua.jit.graphs import liveness
from pylua.jit.kinds import INT, LARGEST_STEP, SMALL_POSITIVE, Known
from pylua.jit.lowering import Lowering
from pylua.jit.wishes import BARE, FLOATING, POSITIVE, TEXT
from pylua.values.integers import SMALL_INTEGER
from pylua.vm.effects import writes

__all__ = ["Guesses", "find_guesses", "mistake"]

Guesses: TypeAlias = dict[Key, dict[int, Known]]

_INTEGER: Final[Known] = (INT, -(1 << 31), 1 << 31)
_CONSTANT: Final = {BARE: kinds.BARE_TABLE, FLOATING: kinds.SOME_FLOAT, TEXT: kinds.SOME_STRING}
"""What is only guessed of registers that nothing writes."""
_STEPS: Final = {Op.ADDI: 1, Op.ADDK: 1, Op.SUBK: -1}
_BOUNDED: Final = frozenset({Op.MODK, Op.BANDK, Op.LEN})
"""What may leave a register as small as it was guessed to be, whatever it is done to."""
_FEW: Final = 3
"""So many wishes outside loops make it worth checking a parameter."""


def find_guesses(graph: FlowGraph, code: Lowering, found: Guesses) -> Guesses:
    """`found`, and what the wishes of the last inference suggest."""
    guesses = {head: dict(known) for head, known in found.items()}
    for head in sorted(graph.loops, key=lambda key: -len(graph.loops[key])):
        if head == graph.entry and code.entered is not None:
            continue
        new = _guess(graph, code, graph.loops[head], graph.nodes[head].first, 1)
        live = _live_before(graph, code, head) if new else 0
        around = {other for other in graph.loops if head in graph.loops[other]}
        taken = {register for other in around for register in guesses.get(other, ())}
        _add(guesses, head, {n: known for n, known in new.items() if live >> n & 1 and n not in taken})
    if code.entered is None and graph.entry not in graph.loops:
        new = _guess(graph, code, set(graph.nodes), 0, _FEW)
        taken = {register for each in guesses.values() for register in each}
        parameters = range(code.prototype.parameter_count)
        _add(guesses, graph.entry, {n: new[n] for n in new if n in parameters and n not in taken})
    return guesses


def _add(guesses: Guesses, head: Key, new: dict[int, Known]) -> None:
    if new:
        guesses[head] = {**new, **guesses.get(head, {})}


def _live_before(graph: FlowGraph, code: Lowering, head: Key) -> int:
    """The registers that have a value which is read where a loop is gone into, as bits."""
    behind = liveness(code.prototype, code.code, code.notes)
    live = -1 << code.size
    for key in graph.nodes[head].predecessors:
        if key not in graph.loops[head]:
            live |= behind.get(graph.nodes[key].last, 0)
    return live


def _guess(graph: FlowGraph, code: Lowering, members: set[Key], head: int, few: int) -> dict[int, Known]:
    """What is worth guessing of the registers that these nodes keep."""
    if head in code.notes.mistaken:
        return {}
    pcs = [pc for key in members for pc in range(graph.nodes[key].first, graph.nodes[key].last + 1)]
    wished: dict[int, list[int]] = {}
    for pc in pcs:
        for register, wish in code.wishes.get(pc, ()):
            wished.setdefault(register, []).append(wish)
    wished = {register: wishes for register, wishes in wished.items() if len(wishes) >= few}
    if not wished:
        return {}
    steps = _steps(code, pcs)
    bare = {n for n, wishes in wished.items() if BARE in wishes and n not in steps and n not in code.captured}
    has_barrier = any(pc in code.barriers and code.barriers[pc] not in bare for pc in pcs)
    guesses = {}
    for register, wishes in wished.items():
        known = _known(wishes, steps.get(register, []), has_barrier)
        if known is not None and register not in code.captured:
            guesses[register] = known
    return guesses


def _known(wishes: list[int], steps: list[int | None], has_barrier: bool) -> Known | None:
    constant = next((_CONSTANT[wish] for wish in wishes if wish in _CONSTANT), None)
    if constant is not None:
        return None if steps or (has_barrier and constant == kinds.BARE_TABLE) else constant
    if None in steps:
        return None
    return SMALL_POSITIVE if POSITIVE in wishes and all(step and step > 0 for step in steps) else _INTEGER


def _steps(code: Lowering, pcs: list[int]) -> dict[int, list[int | None]]:
    """By register: what each instruction that writes it adds to it, None if it does something else."""
    steps: dict[int, list[int | None]] = {}
    for pc in pcs:
        op, dest, left, right = code.code[pc]
        if op in METAMETHOD_OPS:
            continue
        step = None
        if op in _STEPS and dest == left and type(right) is int and -LARGEST_STEP <= right <= LARGEST_STEP:
            step = right * _STEPS[op]
        elif op in _BOUNDED:
            step = 0
        for register in writes(code.code[pc]):
            if register >= code.size:
                break
            steps.setdefault(register, []).append(step)
    return steps


def mistake(code: Lowering, register: int, known: Known) -> str:
    """What must not be true of a register, as Python; it never fails.

    (Numbers of one digit are asked about first: CPython 3.13 takes 360 instructions of the machine, not 620.)
    """
    place = code.register(register)
    if known == kinds.BARE_TABLE:
        return f"not isinstance({place}, Table) or {place}.metatable is not None"
    if known[0] != INT:
        return f"{place}.__class__ is not {'float' if known == kinds.SOME_FLOAT else 'str'}"
    lowest, highest = max(known[1], -SMALL_INTEGER), min(known[2], SMALL_INTEGER)
    outside = f"{place} > {highest} or {place} < {lowest}"
    if (lowest, highest) != known[1:]:
        outside = f"({outside}) and not {known[1]} <= {place} <= {known[2]}"
    return f"{place}.__class__ is not int or {outside}"
