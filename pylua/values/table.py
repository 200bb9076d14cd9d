"""Lua tables: an array part for 1…n, a dict for every other key.

    t = {10, 20, x = 1}      array_part  [None, 10, 20]      (index 0 is never used)
                             hash_part   {"x": 1}            (also Python's `__dict__` of the table)

Invariants (the VM's inline paths and generated code rely on them):
- the last element of `array_part` is not nil (holes may come before it), so `len - 1` is a border;
- the key `len(array_part)` is not in `hash_part`; no key 1 … len-1 is;
- tables without an array part share the list NOTHING: who makes an array part longer gives them their own;
- `hash_part` holds no float key that has an integer's value, and nil values only at names: a field
  that `t.x = nil` has set keeps its place (a program has only so many names), so that `table.x`
  does not fail. Names that begin with "__" have no such places: a metamethod is there or not;
- a value already present may be replaced in place: `array_part[k] = v`, `hash_part[k] = v`, v not nil;
- `hash_part` is the table's `__dict__`, so `table.x` reads and writes the field "x" at the speed of
  Python's attributes: 2 ns where `hash_part["x"]` takes 14. The names of this class's own
  attributes mean something else there; such fields are reached through `hash_part` only. One with
  the name of a method would hide that, so the table becomes a SecretiveTable.

A metatable that takes part in no collections and no assignments has `is_plain` true: where code
assigns to a field, or sets a metatable, it need not look for `__newindex`, `__gc` and `__mode`.

Weak tables and tables with finalizers are no different between collections (values/weakening.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pylua.errors import OperationError
from pylua.hints import Any, Final
from pylua.values.types import LuaValue
from pylua.values.watching import TELLING, tell

__all__ = ["METHODS", "NOTHING", "Table", "Traversal", "new_table"]


class Traversal:
    """What `next` remembers of a table: its keys in order and the place of the last one given.

    `order` is a superset of the keys in the dict, None before it is needed; `expected` is how
    many of them are left in the dict if none was added. `former` is a size that the array part
    had: keys below may still be asked for. No key of `order` before `head` is in the dict any more;
    `grows` tells that keys were added since, so that keeping an order for `head` does not pay.
    `peeked` is the key that was given last as the first, without an order; `gone` are keys that were
    given so before, and removed: what follows them is what is first now.
    """

    __slots__ = (
        "cursor",
        "deleted",
        "expected",
        "former",
        "gone",
        "grows",
        "head",
        "order",
        "peeked",
        "places",
    )

    def __init__(self) -> None:
        self.order: list[LuaValue] | None = None
        self.places: dict[LuaValue, int] | None = None
        self.cursor = self.expected = self.deleted = self.former = self.head = 0
        self.grows = False
        self.peeked: LuaValue = None
        self.gone: list[LuaValue] = []


WALKED: Final = Traversal()
"""What hot code leaves at a table that it goes through: only when a key is removed are its keys listed."""


class Table:
    """A Lua table; the methods here are raw, they run no metamethods."""

    __slots__ = (
        "__dict__", "__weakref__", "array_part", "attached", "hash_part", "is_plain", "metatable",
        "traversal",
    )  # fmt: skip
    lua_type = "table"

    array_part: list[LuaValue]
    hash_part: dict[LuaValue, LuaValue]
    metatable: Table | None
    traversal: Traversal
    is_plain: bool
    """Set when a table becomes a metatable; no longer true when it gets one of the TELLING_EVENTS."""

    # --- reading ------------------------------------------------------------------------

    def raw_get(self, key: LuaValue) -> LuaValue:
        """The value at `key`, nil (None) if there is none (§3.2 without metamethods)."""
        if type(key) is int:
            if 0 < key < len(self.array_part):
                return self.array_part[key]
        elif type(key) is float and 0 < key < len(self.array_part) and key == int(key):
            return self.array_part[int(key)]
        return self.hash_part.get(key)

    def has_place(self, name: str) -> bool:
        """Whether the table has the field, be it nil."""
        return name in self.hash_part

    def raw_length(self) -> int:
        """A border of the table (§3.4.7)."""
        return len(self.array_part) - 1

    # --- writing ------------------------------------------------------------------------

    def raw_set(self, key: LuaValue, value: LuaValue) -> None:
        """Stores `value` at `key`; nil removes. Raises OperationError for a nil or NaN key."""
        if type(key) is int:
            self.raw_set_integer(key, value)
        elif type(key) is float:
            self._set_float(key, value)
        elif key is None:
            raise OperationError("table index is nil")
        elif value is None:
            self.raw_delete(key)
        else:
            if key in TELLING:
                self._tell(key)
            self.hash_part[key] = value

    def raw_set_field(self, name: str, value: LuaValue) -> None:
        """`raw_set` for a name that the program has: nil keeps its place."""
        if name[:2] == "__":
            self.raw_set(name, value)
        else:
            if name in TELLING:
                self._tell(name)
            self.hash_part[name] = value

    def _tell(self, name: str) -> None:
        if name in METHODS:
            self.hash_part  # noqa: B018  a table with a shape has none before
            kind: Any = type(self)
            if not issubclass(kind, SecretiveTable):
                self.__dict__ = {}
                self.__class__ = _secretive(kind)
        tell(self, name)

    def raw_set_integer(self, key: int, value: LuaValue) -> None:
        """`raw_set` for a key known to be an integer."""
        array = self.array_part
        size = len(array)
        if 0 < key < size:
            array[key] = value
            if value is None and key == size - 1:
                self._shrink()
        elif value is None:
            self.raw_delete(key)
        elif key == size:
            if array is NOTHING:
                self.array_part = [None, value]
            else:
                array.append(value)
            if self.hash_part:
                self._migrate()
        else:
            self.hash_part[key] = value

    def _set_float(self, key: float, value: LuaValue) -> None:
        if key != key:
            raise OperationError("table index is NaN")
        if key.is_integer() and -(2.0**63) <= key < 2.0**63:
            self.raw_set_integer(int(key), value)
        elif value is None:
            self.raw_delete(key)
        else:
            self.hash_part[key] = value

    def raw_delete(self, key: LuaValue) -> None:
        """Removes `key` from the dict if it is there; an ongoing traversal keeps its order.

        CPython's dicts walk over the places of deleted keys, so a dict that is mostly
        such places is copied: taking the first key again and again stays linear.
        """
        hash_ = self.hash_part
        if key not in hash_:
            return
        if key in TELLING:
            tell(self, key)
        traversal: Traversal | None = getattr(self, "traversal", None)
        if traversal is WALKED:
            traversal = self.traversed()
            self._list_keys(traversal)
        del hash_[key]
        if traversal is None:  # nobody walks over the places yet
            return
        traversal.expected -= 1
        traversal.deleted += 1
        if traversal.deleted > len(hash_) + 8:
            self.replace_hash_part(dict(hash_.items()))

    def replace_hash_part(self, entries: dict[LuaValue, LuaValue]) -> None:
        """Takes `entries` as the dict of this table."""
        is_shared = self.__dict__ is self.hash_part
        self.hash_part = entries
        self.__dict__ = entries if is_shared else {}
        traversal = self.traversed()
        traversal.deleted, traversal.grows = 0, False

    def _shrink(self) -> None:
        array = self.array_part
        # A traversal may stand at a key that is now beyond the array part.
        traversal = self.traversed()
        traversal.former = max(traversal.former, len(array))
        array.pop()
        while array[-1] is None and len(array) > 1:
            array.pop()

    def _migrate(self) -> None:
        """Moves the keys that now follow the array part out of the dict."""
        array = self.array_part
        while (key := len(array)) in self.hash_part:
            array.append(self.hash_part[key])
            self.raw_delete(key)

    def raw_extend(self, first: int, values: list[LuaValue]) -> None:
        """Stores `values` at `first`, `first`+1, … as a table constructor does."""
        array = self.array_part
        end = first + len(values)
        if 0 < first <= len(array) and (end < len(array) or not self.hash_part):
            if array is NOTHING:
                array = self.array_part = [None]
            array[first:end] = values
            while len(array) > 1 and array[-1] is None:
                array.pop()
            return
        for key, value in enumerate(values, first):
            self.raw_set_integer(key, value)

    def raw_insert(self, position: int, value: LuaValue) -> None:
        """Moves the values from `position` up by one and stores `value` there.

        1 <= position <= border + 1.
        """
        array = self.array_part
        if position == len(array):
            self.raw_set_integer(position, value)
            return
        array.insert(position, value)
        if self.hash_part:  # the array grew: its last value may now touch keys of the dict
            last = array.pop()
            self.raw_set_integer(len(array), last)

    def raw_remove(self, position: int) -> LuaValue:
        """Takes out the value at `position`, moving those above down by one; 1 <= position <= border."""
        array = self.array_part
        value = array.pop(position)
        while array[-1] is None and len(array) > 1:
            array.pop()
        return value

    # --- traversal ----------------------------------------------------------------------

    def traversed(self) -> Traversal:
        """The notes for `next`, made when first needed."""
        traversal: Traversal | None = getattr(self, "traversal", None)
        if traversal is None or traversal is WALKED:
            traversal = self.traversal = Traversal()
        return traversal

    def raw_next(self, key: LuaValue) -> tuple[LuaValue, LuaValue] | None:
        """The entry after `key` (None: the first), or None at the end (§6.1 next).

        Raises KeyError if `key` is not in the table. Removing entries during a traversal
        is allowed; the Traversal makes each step constant time.
        """
        array = self.array_part
        if key is None:
            position = 1
        elif type(key) is int and key > 0 and (key < len(array) or self._was_in_array(key)):
            position = key + 1
        elif type(key) is float and key.is_integer() and key > 0:
            return self.raw_next(int(key))
        else:
            return self._next_hashed(key)
        if len(array) > position:
            traversal = self.traversed()
            traversal.former = max(traversal.former, len(array))
        for at in range(position, len(array)):
            if array[at] is not None:
                return at, array[at]
        return self._first_hashed() if self.hash_part else None

    def _was_in_array(self, key: int) -> bool:
        """Whether `key` may come from a traversal, though the array part is smaller by now."""
        return key < self.traversed().former and key not in self.hash_part

    def raw_items(self) -> Iterator[tuple[LuaValue, LuaValue]]:
        """All entries in the order of `raw_next`; they may be changed and removed meanwhile."""
        position = 1
        while position < len(self.array_part):
            value = self.array_part[position]
            if value is not None:
                yield position, value
            position += 1
        for key in self.keys_to_visit():
            value = self.hash_part.get(key)
            if value is not None:
                yield key, value

    def keys_to_visit(self) -> list[LuaValue]:
        """The keys of the dict; `raw_next` knows what follows each of them, also when it is removed."""
        traversal = getattr(self, "traversal", None)
        if traversal is None or traversal is WALKED:
            self.traversal = WALKED
            return list(self.hash_part)
        return self._list_keys(traversal)

    def raw_keys(self) -> Iterator[LuaValue]:
        """The keys of `raw_items`."""
        for key, _ in self.raw_items():
            yield key

    def _first_hashed(self) -> tuple[LuaValue, LuaValue] | None:
        """The first entry of the dict; its keys are listed only when the traversal goes on.

        An order known from an earlier traversal serves again unless keys were added. Who takes the
        first key again and again gets one, as CPython walks over the places of deleted keys.
        """
        traversal = self.traversed()
        if traversal.order is not None and traversal.expected != len(self.hash_part):
            traversal.order, traversal.grows = None, True
        if traversal.order is None and traversal.deleted > _FEW and not traversal.grows:
            self._list_keys(traversal)
        if traversal.order is not None:
            return self._first_listed(traversal, traversal.order)
        traversal.cursor = 0
        if traversal.peeked is not None and traversal.peeked not in self.hash_part:
            traversal.gone = [*traversal.gone[-_FEW:], traversal.peeked]
        for entry in self.hash_part.items():
            if entry[1] is not None:
                traversal.peeked = entry[0]
                return entry
        traversal.peeked = None
        return None

    def _list_keys(self, traversal: Traversal) -> list[LuaValue]:
        former = [*traversal.gone, traversal.peeked]
        gone = [key for key in former if key is not None and key not in self.hash_part]
        order = traversal.order = [*gone, *self.hash_part]
        traversal.cursor = traversal.head = 0
        traversal.places, traversal.expected, traversal.gone = None, len(self.hash_part), []
        return order

    def _first_listed(self, traversal: Traversal, order: list[LuaValue]) -> tuple[LuaValue, LuaValue] | None:
        size, hash_ = len(order), self.hash_part
        while traversal.head < size and order[traversal.head] not in hash_:
            traversal.head += 1
        for at in range(traversal.head, size):
            value = hash_.get(order[at])
            if value is not None:
                traversal.cursor = at
                traversal.peeked = order[at]
                return order[at], value
        traversal.peeked = None
        return None

    def _next_hashed(self, key: LuaValue) -> tuple[LuaValue, LuaValue] | None:
        traversal = self.traversed()
        order = traversal.order
        hash_ = self.hash_part
        if order is None:
            if key not in hash_ and (key == traversal.peeked or key in traversal.gone):
                return self._first_hashed()  # what was first is gone: its successor is first now
            order = self._list_keys(traversal)
        at = traversal.cursor
        if at >= len(order) or order[at] is not key:
            at = _place_of(key, traversal, order)
        for after in range(at + 1, len(order)):
            key = order[after]
            value = hash_.get(key)
            if value is not None:
                traversal.cursor = after
                return key, value
        traversal.order = traversal.peeked = None
        return None

    def __repr__(self) -> str:
        return f"<Table array={self.array_part[1:]!r} hash={self.hash_part!r}>"


class SecretiveTable(Table):
    """A table that has fields with names of METHODS. Its `__dict__` is empty, attributes are looked up."""

    __slots__ = ()

    def __getattr__(self, name: str) -> LuaValue:
        if name in _ATTRIBUTES or name not in self.hash_part:
            raise AttributeError(name)
        return self.hash_part[name]

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _ATTRIBUTES:
            object.__setattr__(self, name, value)
        else:
            self.hash_part[name] = value


@cache
def _secretive(kind: Any) -> Any:
    """The class of such tables that had this class."""
    if kind is Table:
        return SecretiveTable
    return type("SecretiveTable", (SecretiveTable, kind), {"__slots__": ()})


_ATTRIBUTES: Final = frozenset(dir(Table))
METHODS: Final = frozenset(
    name for name, member in vars(Table).items() if callable(member) and name[:2] != "__"
)
"""Names of fields that would hide a method of the table: they are among those that stores tell."""
TELLING.update({name: [] for name in METHODS})

_FEW: Final = 16
"""So many deleted keys are walked over."""


NOTHING: Final[list[LuaValue]] = [None]
"""The array part of all tables that have had none so far: never changed. Most tables are records."""


def _place_of(key: LuaValue, traversal: Traversal, order: list[LuaValue]) -> int:
    if traversal.places is None:
        traversal.places = {each: at for at, each in enumerate(order)}
    return traversal.places[key]


def new_table() -> Table:
    """An empty table. (Table has no `__init__`: generated code fills the slots itself.)"""
    table = Table()
    table.array_part = NOTHING
    table.hash_part = table.__dict__ = {}
    table.metatable = None
    return table
