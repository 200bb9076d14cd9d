"""Stores that somebody waits for: a table and a name come in, watches that take it for unchanged end.

    Watch(sub, {(string, "sub")}, …)      +  string.sub = f            ->   it is over: `ended` is called
    Watch(…, name="total", metatable=m)   +  t.total = f, m t's        ->   it is over

Code that names what it once found in tables, instead of looking there each time, takes two things for
granted: that some places of some tables (classes, libraries) do not change, and that no table with a
certain metatable has a certain key itself. TELLING has the names of which that is so, and those that
change how a metatable works. Who stores at such a name calls `tell`; who gives a table a metatable,
`tell_metatable`. Code that stores at a name it knows asks for it while it is made (jit.watches).
"""

from __future__ import annotations

from _weakref import ref

from pylua.hints import TYPE_CHECKING, Any, Final, TypeAlias
from pylua.values.records import field, record

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["METATABLE", "TELLING", "TELLING_EVENTS", "Place", "Watch", "add_watch", "tell", "tell_metatable"]

TELLING_EVENTS: Final = frozenset({"__gc", "__mode", "__newindex"})
"""A metatable without these is plain."""
METATABLE: Final = "→metatable"
"""Stands for a table's metatable among the names; no text of Lua has such a character."""

Place: TypeAlias = "tuple[int, str]"
"""The identity of a table, and a name."""


@record(eq=False, weakref_slot=True)
class Watch:
    """What was found, taking `places` for unchanged, and that no table with `metatable` has a `name` itself.

    `tables` are those of the places: they live as long as it does.
    """

    value: Any
    places: frozenset[Place]
    tables: tuple[Any, ...]
    name: str
    ended: Callable[[Watch], None]
    metatable: Any = None
    users: list[Any] = field(default_factory=list)
    """What relies on it, as weak references."""
    names_for_it: list[tuple[Any, str]] = field(default_factory=list)
    """Functions that have a name for it, as weak references, and the name."""
    is_over: bool = False

    def names(self) -> set[str]:
        """The names at which stores concern it."""
        return {name for _, name in self.places} | {self.name}

    def concerns(self, table: Any, name: str) -> bool:
        """Whether a store at `name` of `table` does."""
        is_own = self.metatable is not None and name == self.name and table.metatable is self.metatable
        return is_own or (id(table), name) in self.places

    def end(self) -> None:
        """It holds no more."""
        if not self.is_over:
            self.is_over = True
            self.ended(self)


TELLING: Final[dict[str, list[ref[Watch]]]] = {event: [] for event in TELLING_EVENTS}
"""By name: the watches that stores there may concern, of all States."""


def add_watch(watch: Watch) -> None:
    """From now on stores are told to `watch`, as long as it lives."""
    names = watch.names()

    def forget(gone: ref[Watch]) -> None:
        for name in names:
            TELLING[name].remove(gone)

    known = ref(watch, forget)
    for name in names:
        TELLING.setdefault(name, []).append(known)  # it stays: another thread may be adding to it


def tell(table: Any, name: str) -> None:
    """A name in TELLING was stored to, or is about to be."""
    if name in TELLING_EVENTS:
        table.is_plain = False
    for each in [*TELLING.get(name, ())]:
        watch = each()
        if watch is not None and watch.concerns(table, name):
            watch.end()


def tell_metatable(table: Any) -> None:
    """A table, or the types that are no tables, have got a metatable."""
    if METATABLE in TELLING:
        tell(table, METATABLE)
    if hasattr(type(table), "__match_args__"):
        return  # fields of shaped tables have names that code knows: these are not watched
    fields = getattr(table, "hash_part", None)
    if fields and not TELLING.keys().isdisjoint(fields):
        for name in TELLING.keys() & fields.keys():
            if fields[name] is not None:
                tell(table, name)
