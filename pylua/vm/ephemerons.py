"""Weak-keyed tables that only their own values keep alive.

    cache[key] = {owner = cache}     key lives on, nobody else refers to cache

During a collection the value hangs on `key`, and the value leads to `cache`: Python's collector
finds all alive. But an ephemeron's value counts only if the table is alive, too (§2.5.4), so
all but `key` is garbage. What the hanging values lead to is examined here as Python's
collector does it: references from within are taken off the reference counts; what has some
left is held from outside, and so is what that leads to, a value only together with its table.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable

from pylua.hints import Any
from pylua.values.types import LuaValue
from pylua.values.weakening import Attached, Weakening
from pylua.vm.reachability import follow

__all__ = ["find_self_kept_tables"]


def find_self_kept_tables(weakening: Weakening, barriers: Iterable[LuaValue]) -> set[int]:
    """The identities of tables that are alive only through values that hang on keys for them."""
    hanging = list(weakening.hanging_values())
    if not hanging or not _counts_are_exact():
        return set()
    seen: dict[int, Any] = {id(barrier): barrier for barrier in barriers}
    barred = set(seen)
    follow([value for _, _, value in hanging], seen)
    within = {identity: each for identity, each in seen.items() if identity not in barred}
    suspects = {owner for owner, _, _ in hanging if owner in within}
    if not suspects:
        return suspects
    del seen
    pairs = [(owner, key, id(value)) for owner, key, value in hanging]
    del hanging
    alive = _held_from_outside(within, [value for _, _, value in pairs])
    _spread(alive, within, pairs)
    return suspects - alive


def _counts_are_exact() -> bool:
    """Free-threaded Python counts some references late."""
    is_gil_enabled = getattr(sys, "_is_gil_enabled", None)
    return is_gil_enabled is None or is_gil_enabled()


def _held_from_outside(within: dict[int, Any], hanging: list[int]) -> set[int]:
    """Objects that have references besides those from `within`, from keys and from guards."""
    counts = _reference_counts(within)
    for identity in hanging:
        counts[identity] -= 1
    for each in within.values():
        for referent in gc.get_referents(each):
            if id(referent) in counts:
                counts[id(referent)] -= 1
            elif type(referent) is Attached and getattr(referent[0], "is_guard", False):
                counts[id(each)] -= 1
    return {identity for identity, count in counts.items() if count > 0}


def _reference_counts(objects: dict[int, Any]) -> dict[int, int]:
    """References to each object but those of `objects` and of looking at it, which a probe tells."""
    objects[0] = object()
    counts = {identity: sys.getrefcount(objects[identity]) for identity in objects}
    del objects[0]
    own = counts.pop(0)
    return {identity: count - own for identity, count in counts.items()}


def _spread(alive: set[int], within: dict[int, Any], pairs: list[tuple[int, int, int]]) -> None:
    """Adds to `alive` what it leads to."""
    fresh = list(alive)
    while fresh:
        while fresh:
            for referent in gc.get_referents(within[fresh.pop()]):
                identity = id(referent)
                if identity in within and identity not in alive:
                    alive.add(identity)
                    fresh.append(identity)
        for owner, key, value in pairs:
            if value not in alive and all(each in alive or each not in within for each in (owner, key)):
                alive.add(value)
                fresh.append(value)
