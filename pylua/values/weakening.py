"""Weak tables let go of their contents for the time of one collection, and then take back what is left.

Between collections a weak table is a Table like any other, at full speed. A collection does

    weakening.weaken(table, "k")    {[object] = value, x = 1}   becomes   references that hold nothing
    (Python's collector runs)
    weakening.restore(…)            entries whose object has died are gone, the rest is as it was

so that entries vanish at collections only, as in PUC Lua. Objects are held weakly, strings,
numbers and booleans are values and stay (§2.5.4). In a table with weak keys (an ephemeron
table) a value hangs on its key meanwhile, in the key's slot `attached`: it lives if the key does.

An object that is dead but waits for its finalizer, and all it leads to, is resurrected. It still
counts as a key; as a value it counts in tables that are resurrected themselves.

Whatever is parked is owned by the table itself; all else here holds tables and keys weakly, or
a table that is only reachable from its own entries could not be collected.
"""

from __future__ import annotations

import gc
from _weakref import ReferenceType, ref
from collections.abc import Collection, Iterator, Mapping

from pylua.hints import Any, Final
from pylua.values.table import Table
from pylua.values.types import Boolean, LuaValue

__all__ = ["Attached", "Weakening", "is_object"]


class _Objects(dict[type, bool]):
    """Whether values of a type are objects, which die, or mere values.

    Objects whose identity does not matter (they compare by content) count as values.
    """

    def __missing__(self, kind: type) -> bool:
        compares_by_identity = vars(object)["__eq__"] is getattr(kind, "__eq__", None)
        is_object = compares_by_identity and hasattr(kind, "attached")
        self[kind] = is_object
        return is_object


is_object: Final = _Objects(dict.fromkeys((type(None), Boolean, int, float, str), False))
"""By type: `is_object[type(value)]`."""

_PARKED: Final = object()
"""The key under which a table with weak keys keeps its entries during a collection."""
_GONE: Final = object()
"""In place of a dead key in the order of a traversal that is going on."""

_Parked = tuple[Any, int, Any, int]
"""An entry: the key or a reference to it, its identity, the value, the value's place on the key."""
_Hanging = tuple[ReferenceType[Any], int, int, int]
"""A value on a key: a reference to the key, its identity, the value's place, the entry's place."""


class Attached(list[Any]):
    """What hangs on an object: its finalizer's guard, if it has one, then values of weak tables."""

    __slots__ = ()


def _ignore(_reference: Any) -> None:
    """References with a callback are cleared before finalizers run, in every Python version."""


class Weakening:
    """The weak tables during one collection, by identity, and what hangs on their keys."""

    def __init__(self) -> None:
        self.tables: dict[int, ReferenceType[Table]] = {}
        self.entry_count = 0
        self._hanging: dict[int, list[_Hanging]] = {}
        """By a table's identity, the values that hang on its keys."""
        self._dead_keys: list[Any] = []

    # --- letting go -------------------------------------------------------------------------

    def weaken(self, table: Table, mode: str) -> None:
        """Replaces the objects that `table` holds weakly by references ("k" and "v" in `mode`)."""
        weak_keys, weak_values = "k" in mode, "v" in mode
        self.tables[id(table)] = ref(table, _ignore)
        self.entry_count += len(table.array_part) + len(table.hash_part)
        if weak_values:
            _weaken_values(table.array_part, enumerate(table.array_part))
        if weak_keys and any(is_object[kind] for kind in set(map(type, table.hash_part))):
            parked: list[_Parked] = []
            for key, value in table.hash_part.items():
                parked.append(self._park(table, key, value, weak_values, len(parked)))
            table.replace_hash_part({_PARKED: parked})
            _weaken_order(table)
        elif weak_values:
            _weaken_values(table.hash_part, table.hash_part.items())

    def _park(self, table: Table, key: LuaValue, value: LuaValue, weak_values: bool, entry: int) -> _Parked:
        place = -1
        if weak_values:
            if is_object[type(value)]:
                value = (ref(value, _ignore), id(value))
        elif is_object[type(key)] and is_object[type(value)]:
            place = self._hang(table, key, value, entry)
            value = None
        if is_object[type(key)]:
            return ref(key, self._dead_keys.append), id(key), value, place
        return key, 0, value, place

    def _hang(self, table: Table, key: LuaValue, value: LuaValue, entry: int) -> int:
        try:
            attached = key.attached
        except AttributeError:
            attached = key.attached = Attached()
        place = len(attached)
        attached.append(value)
        self._hanging.setdefault(id(table), []).append((ref(key, _ignore), id(key), place, entry))
        return place

    # --- after Python's collector ran -------------------------------------------------------

    def is_damaged(self) -> bool:
        """Whether a table or a weak key was found dead."""
        return bool(self._dead_keys) or any(each() is None for each in self.tables.values())

    def find_hidden(self, resurrected: Mapping[int, LuaValue]) -> list[LuaValue]:
        """Tables that live on although neither a reference nor `resurrected` knows them.

        Objects of the host may lead to them; none may be left without its contents.
        """
        dead = set(self.dead_tables(resurrected))
        if not dead:
            return []
        return [each for each in gc.get_objects() if id(each) in dead and isinstance(each, Table)]

    def values_of_keys(self, keys: Mapping[int, LuaValue]) -> list[LuaValue]:
        """Values that hang on `keys` (by identity) in tables that are alive or among `keys`."""
        return [
            key.attached[place]
            for identity, reference in self.tables.items()
            if reference() is not None or identity in keys
            for _, key_identity, place, _ in self._hanging.get(identity, ())
            if (key := keys.get(key_identity)) is not None
        ]

    def hanging_values(self) -> Iterator[tuple[int, int, LuaValue]]:
        """For every value that hangs on a living key: identities of its table and key, and the value."""
        for identity, hanging in self._hanging.items():
            for reference, key_identity, place, _ in hanging:
                key = reference()
                if key is not None and key.attached[place] is not None:
                    yield identity, key_identity, key.attached[place]

    def drop_values(self, tables: Collection[int], resurrected: Mapping[int, LuaValue]) -> bool:
        """Takes the values of `tables` (identities) off keys that are alive; whether there were any."""
        has_dropped = False
        for identity in tables:
            for key_reference, key_identity, place, _ in self._hanging.pop(identity, ()):
                key = _again(key_reference, key_identity, resurrected)
                if key is not None:
                    key.attached[place] = None
                    has_dropped = True
        return has_dropped

    def dead_tables(self, resurrected: Mapping[int, LuaValue]) -> list[int]:
        """The identities of tables that are gone."""
        return [each for each in self._found_dead() if each not in resurrected]

    def resurrected_tables(self, resurrected: Mapping[int, LuaValue]) -> list[int]:
        """The identities of tables that are dead, but still here."""
        return [each for each in self._found_dead() if each in resurrected]

    def _found_dead(self) -> list[int]:
        return [identity for identity, reference in self.tables.items() if reference() is None]

    def take_values_back(self, tables: Collection[int], resurrected: Mapping[int, LuaValue]) -> bool:
        """Lets `tables` (identities) hold their values themselves; whether that changed anything.

        A value on a living key lives, but it must not if its table is dead.
        """
        has_taken = False
        for identity in tables:
            table = _again(self.tables[identity], identity, resurrected)
            for key_reference, key_identity, place, entry in self._hanging.get(identity, ()):
                key = key_reference()
                if key is not None and key.attached[place] is not None:
                    parked = table.hash_part[_PARKED]
                    parked[entry] = (parked[entry][0], key_identity, key.attached[place], -1)
                    key.attached[place] = None
                    has_taken = True
        return has_taken

    def restore(self, resurrected: Mapping[int, LuaValue]) -> list[Table]:
        """Undoes `weaken`, without entries whose object has died; gives the tables that were resurrected."""
        returned = []
        for identity, reference in self.tables.items():
            table = reference()
            if table is not None:
                _restore(table, resurrected, {})
            elif identity in resurrected:
                table = resurrected[identity]
                _restore(table, resurrected, resurrected)
                returned.append(table)
        for hanging in self._hanging.values():
            for key_reference, key_identity, _, _ in hanging:
                _take_off(_again(key_reference, key_identity, resurrected))
        return returned


def _weaken_values(container: Any, items: Any) -> None:
    for key, value in items:
        if is_object[type(value)]:
            container[key] = (ref(value, _ignore), id(value))


def _weaken_order(table: Table) -> None:
    """A traversal that is going on knows the keys: it must not keep them alive."""
    traversal = table.traversed()
    if traversal.order is not None:
        traversal.order = [ref(key) if is_object[type(key)] else key for key in traversal.order]
        traversal.places = None
    if is_object[type(traversal.peeked)]:
        traversal.peeked = ref(traversal.peeked)


def _again(reference: ReferenceType[Any], identity: int, resurrected: Mapping[int, LuaValue]) -> LuaValue:
    """The object of a reference, even if that was cleared because the object was dead for a while."""
    target = reference()
    return resurrected.get(identity) if target is None else target


def _take_off(key: LuaValue) -> None:
    """Removes from `key` what a collection hung on it; the guard stays."""
    attached = getattr(key, "attached", None)
    if attached is not None:
        if getattr(attached[0], "is_guard", False):
            del attached[1:]
        else:
            del key.attached


def _restore(table: Table, keys: Mapping[int, LuaValue], values: Mapping[int, LuaValue]) -> None:
    """Takes back what is alive; dead keys that are in `keys`, and dead values in `values`, too."""
    parked = table.hash_part.get(_PARKED)
    if parked is not None:
        table.replace_hash_part(_unpark(parked, keys, values))
        _restore_order(table)
    else:
        _restore_values(table, values)
    array = table.array_part
    for index, value in enumerate(array):
        if type(value) is tuple:
            array[index] = _again(value[0], value[1], values)
    if array[-1] is None and len(array) > 1:
        table.raw_set_integer(len(array) - 1, None)


def _restore_values(table: Table, values: Mapping[int, LuaValue]) -> None:
    dead = []
    hash_ = table.hash_part
    for key, value in hash_.items():
        if type(value) is tuple:
            target = _again(value[0], value[1], values)
            if target is None:
                dead.append(key)
            else:
                hash_[key] = target
    for key in dead:
        table.raw_set(key, None)


def _unpark(
    parked: list[_Parked], keys: Mapping[int, LuaValue], values: Mapping[int, LuaValue]
) -> dict[LuaValue, LuaValue]:
    hash_ = {}
    for key, identity, value, place in parked:
        if type(key) is ReferenceType:
            key = _again(key, identity, keys)
            if key is None:
                continue
        if place >= 0:
            value = key.attached[place]
        elif type(value) is tuple:
            value = _again(value[0], value[1], values)
        if value is not None:
            hash_[key] = value
    return hash_


def _restore_order(table: Table) -> None:
    traversal = table.traversed()
    if traversal.order is not None:
        traversal.order = [_key_again(key) for key in traversal.order]
        traversal.places, traversal.expected = None, len(table.hash_part)
    traversal.peeked = _key_again(traversal.peeked)


def _key_again(key: Any) -> LuaValue:
    if type(key) is not ReferenceType:
        return key
    key = key()
    return _GONE if key is None else key
