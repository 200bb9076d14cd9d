"""What code may take for unchanged as long as nobody stores there: functions of libraries and classes.

    watches.at(string, "sub", f)     ->   Watch, whose value is string.sub; None if it may not be relied on
    watches.method(meta, "sum", f)   ->   Watch, whose value is what t:sum() calls if t's metatable is meta
    watches.plain(meta, f)           ->   Watch that meta takes part in no assignments and collections

f is the function (Prototype) that uses it: when the watch ends, its code is dropped, and code that runs
finds out where it asks next: for its global name FRESH, or for the metatable by the name it has for it.
Code that stores at a name it knows tells nobody, so it does not go together with watches of that name.
"""

from __future__ import annotations

import gc
import sys
from _weakref import ref

from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.functions import LuaFunction, NativeFunction
from pylua.values.records import record
from pylua.values.shapes import ShapedTable
from pylua.values.table import Table
from pylua.values.userdata import Userdata
from pylua.values.watching import METATABLE, TELLING, TELLING_EVENTS, Place, Watch, add_watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from pylua.bytecode.prototype import Prototype
    from pylua.jit.tier import FastTier
    from pylua.values.types import LuaValue

__all__ = ["FRESH", "Finding", "Watches"]

FRESH: Final = "fresh"
"""A global name of each generated function: None when one of its watches has ended."""
_NOTHING_FOUND: Final[dict[Any, Any]] = {}
"""In place of a metatable, and of a dict of metatables."""
_PLAIN: Final = "→plain"
"""In place of a name."""
_MAX_CHAIN: Final = 4
_EFFORT: Final = 30_000_000
"""So many blocks are looked through for objects with a metatable, all in all: 10 ms a million."""


@record(frozen=True)
class Finding:
    """Of a name in generated code: the watches it relies on, what it stands for until one of them ends."""

    watches: tuple[Watch, ...]
    value: Any = None

    def is_over(self) -> bool:
        return any(watch.is_over for watch in self.watches)


class Watches:
    """Of one FastTier."""

    def __init__(self, tier: FastTier) -> None:
        self.tier = tier
        self._known: dict[Place, ref[Watch]] = {}
        self.restless: set[str] = set()
        """Names that are stored to now and then."""
        self._own: dict[int, set[Any] | None] = {}
        """By metatable: the keys of tables with it, as long as no Lua code has run since; None if unknown."""
        self._effort = _EFFORT
        """How much may still be looked through, in blocks that Python has allocated."""

    def at(self, table: Table, name: str, user: Prototype) -> Watch | None:
        """That the field `name` of `table` stays what it is."""
        return self._watch(table, name, user, lambda: (table.hash_part[name], {table: {name}}, None))

    def method(self, metatable: Table, name: str, user: Prototype) -> Watch | None:
        """That tables with this metatable have this method, by its `__index` chain of tables."""

        def look() -> Any:
            found = _inherited(metatable, name)
            if found is None:
                return None
            own = self._keys_of_objects(metatable)
            if own is None or name in own:
                self.restless.add(name)
                return None
            return (*found, metatable)

        return self._watch(metatable, f"{METATABLE}.{name}", user, look, name)

    def _keys_of_objects(self, metatable: Table) -> set[Any] | None:
        """All keys of tables with this metatable; None if that cannot be told, or is too much to look for."""
        if id(metatable) not in self._own:
            self._effort -= sys.getallocatedblocks()
            is_known = self._effort > 0 and not gc.get_freeze_count()
            self._own[id(metatable)] = _own_keys(metatable) if is_known else None
        return self._own[id(metatable)]

    def begin(self) -> None:
        """A translation begins: what was seen of objects may have changed since the last."""
        self._own.clear()

    def plain(self, metatable: Table, user: Prototype) -> Watch | None:
        """That a metatable stays plain (see values.table)."""

        def look() -> Any:
            is_plain = TELLING_EVENTS.isdisjoint(metatable.hash_part)
            return (metatable, {metatable: TELLING_EVENTS}, None) if is_plain else None

        return self._watch(metatable, _PLAIN, user, look)

    def text_method(self, name: str, user: Prototype) -> Watch | None:
        """That texts have this method."""
        types = self.tier.state.type_metatables

        def look() -> Any:
            metatable = types.get("string")
            found = None if metatable is None else _inherited(metatable, name)
            return None if found is None else (found[0], found[1], None)

        return self._watch(types, name, user, look, also=(id(types), METATABLE))

    def _watch(
        self,
        holder: Any,
        key: str,
        user: Prototype,
        look: Callable[[], Any],
        name: str | None = None,
        also: Place | None = None,
    ) -> Watch | None:
        """The watch known by `holder` and `key`, or a new one of what `look` finds."""
        name = name or key
        if name in self.restless or self.tier.counts_allocations or not self.tier.keeps_values:
            return None
        known = self._known.get((id(holder), key))
        watch = known() if known is not None else None
        if watch is None:
            found = look()
            if found is None or not isinstance(found[0], (LuaFunction, NativeFunction, Table)):
                return None
            value, tables, metatable = found
            places = {(id(table), each) for table, names in tables.items() for each in names}
            places |= {also} if also is not None else set()
            watch = Watch(value, frozenset(places), (*tables, holder), name, self._end, metatable)
            self._known[id(holder), key] = ref(watch, lambda gone: self._forget((id(holder), key), gone))
            add_watch(watch)
        owner = ref(user)
        if owner not in watch.users:
            watch.users.append(owner)
        return watch

    def _forget(self, place: Place, gone: ref[Watch]) -> None:
        if self._known.get(place) is gone:
            del self._known[place]

    def give_up(self, name: str) -> None:
        """Fast code is going to store at this name of tables, without telling."""
        self.restless.add(name)
        for each in [*TELLING.get(name, ())]:
            watch = each()
            if watch is not None and watch.ended == self._end:
                watch.end()

    def bind(self, function: Any, constants: dict[str, Any]) -> None:
        """Lets a generated function know of its watches: its name for one is that of its metatable."""
        for name, finding in constants.items():
            if finding.__class__ is not Finding:
                continue
            function.__globals__[name] = finding.value
            for watch in finding.watches:
                watch.names_for_it.append((ref(function), name))
            if finding.is_over():
                _spoil(function, name)

    def _end(self, watch: Watch) -> None:
        self.restless.add(watch.name)
        for known, name in watch.names_for_it:
            if (function := known()) is not None:
                _spoil(function, name)
        for user in watch.users:
            if (prototype := user()) is not None:
                self.tier.translate_again(prototype)


def _spoil(function: Any, name: str) -> None:
    """Lets a function that runs find out that a watch has ended."""
    function.__globals__[FRESH] = None
    function.__globals__[name] = _NOTHING_FOUND


def _inherited(metatable: Table, name: str) -> tuple[LuaValue, dict[Table, set[str]]] | None:
    """What tables with this metatable have by a chain of `__index` tables, and the places it depends on."""
    places: dict[Table, set[str]] = {}
    link: Table | None = metatable
    for _ in range(_MAX_CHAIN):
        heir = None if link is None else link.hash_part.get("__index")
        if link is None or not isinstance(heir, Table):
            return None
        places.setdefault(link, set()).add("__index")
        places.setdefault(heir, set()).add(name)
        value = heir.hash_part.get(name)
        if value is not None:
            return value, places
        places[heir].add(METATABLE)
        link = heir.metatable
    return None


def _own_keys(metatable: Table) -> set[Any] | None:
    """The keys of all tables with this metatable that the collector knows; None if userdata have it, too."""
    keys: set[Any] = set()
    for each in gc.get_referrers(metatable):
        if isinstance(each, Userdata):
            return None
        is_open = isinstance(each, Table) and not isinstance(each, ShapedTable)  # shapes have names given up
        if is_open and each.metatable is metatable:
            keys.update(each.hash_part)
    return keys
