"""Which fields the tables of a constructor have places for: also what its first tables got from elsewhere.

    {key = k}       ->   a shape for "key"
    64 tables later, of which the first have got `left` and `right` by now
                    ->   the code is made anew, with a shape for "key", "left", "right"

A field without a place costs three times as much to read, and what CPython does for it to be stored, once
for each table, as much as the table itself.
"""

from __future__ import annotations

from _weakref import ref
from collections.abc import Iterable

from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.names import may_have_place
from pylua.values.shapes import ShapedTable, shape_of

if TYPE_CHECKING:
    from pylua.bytecode.prototype import Prototype
    from pylua.jit.tier import FastTier

__all__ = ["MOST_PLACES", "Places"]

MOST_PLACES: Final = 30
"""Fields for which places are kept."""
_MOST_SHAPES: Final = 200
"""Constructors beyond have dicts: a class takes 1.5 KiB."""
_FEW: Final = 64
"""So many tables are looked at when all of them have been made …"""
_ROUNDS: Final = 16
"""… and as many others if none of them lives, so often."""


class Places:
    """Of one FastTier."""

    def __init__(self, tier: FastTier) -> None:
        self._tier = tier
        self._shapes: dict[tuple[str, ...], type[ShapedTable]] = {}
        self._later: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Names of a constructor, and those that its tables get later."""
        self._users: dict[tuple[str, ...], list[ref[Prototype]]] = {}
        self._readers: dict[str, list[ref[Prototype]]] = {}
        """By name: functions that read it of tables of which some have no place for it."""

    def usual(self, name: str, reader: Prototype) -> type[ShapedTable] | None:
        """The shape of tables that have a place for a name, if only one has.

        If there is none, `reader` is made anew when there is one.
        """
        found = [names for names in self._shapes if name in names and names not in self._later]
        if not found:
            _add(self._readers.setdefault(name, []), reader)
        return self._shapes[found[0]] if len(found) == 1 else None

    def shape(self, names: tuple[str, ...], user: Prototype) -> type[ShapedTable] | None:
        """The shape for a constructor of these names in `user`; None if there are too many."""
        while more := self._later.get(names):
            names += more
        if names not in self._shapes:
            if len(self._shapes) >= _MOST_SHAPES:
                return None
            self._make(names)
            self._translate_again([each for each in self._take_readers(names) if each() is not user])
        _add(self._users.setdefault(names, []), user)
        return self._shapes[names]

    def _make(self, names: tuple[str, ...]) -> None:
        self._shapes[names] = shape_of(names)
        self._look_at_first(self._shapes[names], names)

    def _look_at_first(self, shape: Any, names: tuple[str, ...]) -> None:
        """Keeps references to the first tables, and looks later what has become of those that live."""
        made: list[Any] = []
        rounds = 0

        def __init__(table: Any) -> None:
            nonlocal rounds
            made.append(ref(table))
            if len(made) < _FEW:
                return
            living = [table for known in made if (table := known()) is not None]
            rounds += 1
            made.clear()
            if len(living) > 1 or rounds == _ROUNDS:
                del shape.__init__
                self._learn(names, living)

        shape.__init__ = __init__

    def _learn(self, names: tuple[str, ...], tables: list[Any]) -> None:
        stored = filter(may_have_place, self._tier.watches.restless.difference(names))
        found = sorted(name for name in stored if any(table.has_place(name) for table in tables))
        if found and len(names) + len(found) <= MOST_PLACES:
            self._later[names] = tuple(found)
            if names + tuple(found) not in self._shapes:
                self._make(names + tuple(found))
            self._translate_again([*self._users.pop(names), *self._take_readers(found)])

    def _take_readers(self, names: Iterable[str]) -> list[ref[Prototype]]:
        return [reader for name in names for reader in self._readers.pop(name, [])]

    def _translate_again(self, functions: list[ref[Prototype]]) -> None:
        for known in dict.fromkeys(functions):
            if (function := known()) is not None:
                self._tier.translate_again(function)


def _add(functions: list[ref[Prototype]], function: Prototype) -> None:
    if ref(function) not in functions:
        functions.append(ref(function))
