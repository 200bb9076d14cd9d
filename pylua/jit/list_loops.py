"""Loops over lists with ipairs that do not ask for the index → the same over Python's own iterator.

    for _, v in ipairs(t)          ->   i0 = iter(r1.array_part); next(i0)
                                        for r5 in i0:
                                            if r5 is None: break

    for _, v in ipairs { a, b }    ->   x0 = (r2, r3,)
                                        i0 = iter(x0)
                                        …

The place in the list is found again from the iterator, where the VM goes on; and the table that only
the loop knows is made then.
"""

from __future__ import annotations

import re

from pylua.hints import Final
from pylua.jit.lowering import Line, Lowering
from pylua.jit.occurrences import is_in

__all__ = ["places_in_lists", "walk_list"]

_START: Final = r"i(?P<base>\d+) = iter\((?P<list>[\w.]+)\)(?:; next\(i\d+\))?"
_CONSTRUCTION: Final = (
    r"t = Table\(\)\n"
    r"t\.array_part = \[None, (?P<values>.*)\]\n"
    r"t\.hash_part = t\.__dict__ = \{\}\n"
    r"t\.metatable = None\n"
    r"(?P<table>\w+) = t\n"
    r"(?:if (?P=table)\.array_part\[-1\] is None: trim\((?P=table)\.array_part\)\n)?"
    r"(?:if (?P<function>\w+) is not native_ipairs or (?P=table)\.metatable is not None: raise HandOver\n)?"
    r"(?P=table) = (?P=table)\n"
    r"(?P<iterator>\w+ = native_ipairs_iterator; .*)"
)
"""Compiled where there are such lines, that is seldom: it takes 0.4 ms."""
_LONGEST: Final = 9
"""Lines that make a table and ask ipairs for its loop."""


def walk_list(lines: list[Line], start: int, code: Lowering, call: int) -> None:
    """Lets the loop with the body `lines[start:]` do without the index: 7 ns a round instead of 20 to 80.

    (Python makes an int for each index above 256, and where its memory pools are full that takes long.)
    """
    base = code.code[call][1]
    table, control, index, value = (code.register(base + at) for at in (1, 2, 4, 5))
    if base + 4 in code.captured or _mentions(lines[start:], index):
        return
    head = start - 1
    while " in enumerate(" not in lines[head][1]:
        head -= 1
    skipped = {f"if {index} == 0: continue", f"{control} = {index}"}
    begin = f"i{base} = iter({table}.array_part); next(i{base})"
    first, before = head, _without_table(lines, head, base, start, code)
    if before is not None:
        first -= before[0]
        begin = f"i{base} = iter(x{base})"
        code.unmade.add(call)
        skipped.add(f"if {table}.metatable is not None: raise HandOver")
    depth, _, pc = lines[head]
    lines[first:start] = [
        *(before[1] if before is not None else ()),
        (depth, begin, pc),
        (depth, f"for {value} in i{base}:", pc),
        *(line for line in lines[head + 1 : start] if line[1] not in skipped),
    ]


def _without_table(
    lines: list[Line], head: int, base: int, start: int, code: Lowering
) -> tuple[int, list[Line]] | None:
    """How many lines before line `head` make a table only for the loop, and what does without it."""
    if code.notes.counts_allocations or _mentions(lines[start:], f"r{base + 1}"):
        return None
    for count in range(_LONGEST - 2, _LONGEST + 1):
        part = lines[max(head - count, 0) : head]
        if not part or part[0][1] != "t = Table()":
            continue
        made = re.fullmatch(_CONSTRUCTION, "\n".join(text for _, text, _ in part), re.ASCII)
        if made is not None and len({depth for depth, _, _ in part}) == 1:
            depth, _, pc = part[-1]
            values = "top" if made["values"] == "*top" else f"({made['values']},)"
            check = f"if {made['function']} is not native_ipairs: raise HandOver"
            return count, [
                (depth, f"x{base} = {values}", part[1][2]),
                *([(depth, check, pc)] if made["function"] else ()),
                (depth, made["iterator"], pc),
            ]
    return None


def _mentions(lines: list[Line], name: str) -> bool:
    return any(is_in(text, name) for _, text, _ in lines)


def places_in_lists(lines: list[Line]) -> list[dict[str, str]]:
    """By line: what stands for the index, the control variable and the table of loops that keep none."""
    places: list[dict[str, str]] = [{} for _ in lines]
    for at, (_, text, _) in enumerate(lines):
        start = re.fullmatch(_START, text, re.ASCII) if " = iter(" in text else None
        if start is not None:
            _tell_places(lines, places, at, int(start["base"]), start["list"])
    return places


def _tell_places(lines: list[Line], places: list[dict[str, str]], start: int, base: int, source: str) -> None:
    """For the loop that line `start` begins: before it, in its body, at a nil that ends it, at its end."""
    place = f"i{base}.__reduce__()[2]"
    last = f"len({source})"
    depth, _, call = lines[start]
    first = start
    table = {}
    if source == f"x{base}":
        table = {f"r{base + 1}": f"listed({source})"}
        while not lines[first - 1][1].startswith(f"{source} = "):
            first -= 1
    else:
        place, last = f"{place} - 1", f"{last} - 1"
    end = start + 2
    while end < len(lines) and lines[end][0] > depth:
        control = f"{place} - 1" if lines[end][2] == call else place
        places[end] |= {f"r{base + 2}": control, f"r{base + 4}": place}
        end += 1
    for at in range(first, end):
        places[at] |= table
    if end < len(lines) and lines[end][:2] == (depth, "else:"):
        places[end + 1][f"r{base + 2}"] = last
