"""Lua tables: an array part for 1…n, a dict for every other key.

    t = {10, 20, x = 1}      array  [None, 10, 20]      (index 0 is never used)
                             hash   {"x": 1}

Invariants (the VM's inline paths rely on them; only this module's methods add or remove keys):
- the last element of `array` is not nil (holes may come before it), so `len(array) - 1` is a border;
- the key `len(array)` is not in `hash`; no key 1 … len(array)-1 is;
- `hash` holds no nil values and no float key that has an integer's value;
- a value already present may be replaced in place: `array[k] = v`, `hash[k] = v`, v not nil.

Weak tables and tables with finalizers are no different between collections (values/weakening.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from pylua.errors import OperationError
from pylua.values.types import LuaValue

__all__ = ["Table"]


class Table:
    """A Lua table; the methods here are raw, they run no metamethods."""

    __slots__ = (
        "__weakref__",
        "array",
        "attached",
        "cursor",
        "deleted",
        "former",
        "hash",
        "metatable",
        "order",
        "peeked",
        "places",
    )
    lua_type = "table"

    def __init__(self) -> None:
        self.array: list[LuaValue] = [None]
        self.hash: dict[LuaValue, LuaValue] = {}
        self.metatable: Table | None = None
        self.order: list[LuaValue] | None = None
        """The keys of `hash` while a traversal goes on; superset of the live ones."""
        self.deleted = 0
        self.former = 0
        self.peeked: LuaValue = None
        self.cursor = 0

    # --- reading ------------------------------------------------------------------------

    def get(self, key: LuaValue) -> LuaValue:
        """The value at `key`, nil (None) if there is none (§3.2 without metamethods)."""
        if type(key) is int:
            if 0 < key < len(self.array):
                return self.array[key]
        elif type(key) is float and 0 < key < len(self.array) and key == int(key):
            return self.array[int(key)]
        return self.hash.get(key)

    def length(self) -> int:
        """A border of the table (§3.4.7)."""
        return len(self.array) - 1

    # --- writing ------------------------------------------------------------------------

    def set(self, key: LuaValue, value: LuaValue) -> None:
        """Stores `value` at `key`; nil removes. Raises OperationError for a nil or NaN key."""
        if type(key) is int:
            self.set_integer(key, value)
        elif type(key) is float:
            self._set_float(key, value)
        elif key is None:
            raise OperationError("table index is nil")
        elif value is None:
            self._delete(key)
        elif key in self.hash:
            self.hash[key] = value
        else:
            self._insert(key, value)

    def set_integer(self, key: int, value: LuaValue) -> None:
        """`set` for a key known to be an integer."""
        array = self.array
        size = len(array)
        if 0 < key < size:
            array[key] = value
            if value is None and key == size - 1:
                self._shrink()
        elif value is None:
            self._delete(key)
        elif key == size:
            array.append(value)
            if self.hash:
                self._migrate()
        elif key in self.hash:
            self.hash[key] = value
        else:
            self._insert(key, value)

    def _set_float(self, key: float, value: LuaValue) -> None:
        if key != key:
            raise OperationError("table index is NaN")
        if key.is_integer() and -(2.0**63) <= key < 2.0**63:
            self.set_integer(int(key), value)
        elif value is None:
            self._delete(key)
        elif key in self.hash:
            self.hash[key] = value
        else:
            self._insert(key, value)

    def _insert(self, key: LuaValue, value: LuaValue) -> None:
        self.hash[key] = value
        self.order = None

    def _delete(self, key: LuaValue) -> None:
        """Removes `key` from the dict; an ongoing traversal keeps its order.

        CPython's dicts walk over the places of deleted keys, so a dict that is mostly
        such places is copied: taking the first key again and again stays linear.
        """
        hash_ = self.hash
        if key not in hash_:
            return
        del hash_[key]
        self.deleted += 1
        if self.deleted > len(hash_) + 8:
            self.hash = dict(hash_.items())
            self.deleted = 0

    def _shrink(self) -> None:
        array = self.array
        # A traversal may stand at a key that is now beyond the array part.
        self.former = max(self.former, len(array))
        array.pop()
        while len(array) > 1 and array[-1] is None:
            array.pop()

    def _migrate(self) -> None:
        """Moves the keys that now follow the array part out of the dict."""
        array, hash_ = self.array, self.hash
        while (key := len(array)) in hash_:
            array.append(hash_[key])
            self._delete(key)
            hash_ = self.hash

    def extend(self, first: int, values: list[LuaValue]) -> None:
        """Stores `values` at `first`, `first`+1, … as a table constructor does."""
        array = self.array
        end = first + len(values)
        if 0 < first <= len(array) and (end < len(array) or not self.hash):
            array[first:end] = values
            while len(array) > 1 and array[-1] is None:
                array.pop()
            return
        for key, value in enumerate(values, first):
            self.set_integer(key, value)

    def insert(self, position: int, value: LuaValue) -> None:
        """Moves the values from `position` up by one and stores `value` there.

        1 <= position <= border + 1.
        """
        array = self.array
        if position == len(array):
            self.set_integer(position, value)
            return
        array.insert(position, value)
        if self.hash:  # the array grew: its last value may now touch keys of the dict
            last = array.pop()
            self.set_integer(len(array), last)

    def remove(self, position: int) -> LuaValue:
        """Takes out the value at `position`, moving those above down by one; 1 <= position <= border."""
        array = self.array
        if len(array) > self.former:
            self.former = len(array)
        value = array.pop(position)
        while array[-1] is None and len(array) > 1:
            array.pop()
        return value

    # --- traversal ----------------------------------------------------------------------

    def next(self, key: LuaValue) -> tuple[LuaValue, LuaValue] | None:
        """The entry after `key` (None: the first), or None at the end (§6.1 next).

        Raises KeyError if `key` is not in the table. Removing entries during a traversal
        is allowed; `order` and `cursor` make each step constant time.
        """
        array = self.array
        if key is None:
            position = 1
        elif (
            type(key) is int
            and key > 0
            and (key < len(array) or (key < self.former and key not in self.hash))
        ):
            position = key + 1
        elif type(key) is float and key.is_integer() and key > 0:
            return self.next(int(key))
        else:
            return self._next_hashed(key)
        for at in range(position, len(array)):
            if array[at] is not None:
                return at, array[at]
        return self._first_hashed()

    def items(self) -> Iterator[tuple[LuaValue, LuaValue]]:
        """All entries in the order of `next`; they may be changed and removed meanwhile."""
        position = 1
        while position < len(self.array):
            value = self.array[position]
            if value is not None:
                yield position, value
            position += 1
        for key in list(self.hash):
            value = self.hash.get(key)
            if value is not None:
                yield key, value

    def keys(self) -> Iterator[LuaValue]:
        """The keys of `items`."""
        for key, _ in self.items():
            yield key

    def _first_hashed(self) -> tuple[LuaValue, LuaValue] | None:
        """The first entry of the dict; its keys are listed only when the traversal goes on."""
        self.cursor = 0
        for entry in self.hash.items():
            self.peeked = entry[0]
            return entry
        self.peeked = None
        return None

    def _next_hashed(self, key: LuaValue) -> tuple[LuaValue, LuaValue] | None:
        order = self.order
        if order is None:
            if key not in self.hash and key == self.peeked:
                return self._first_hashed()  # what was first is gone: its successor is first now
            order = self.order = list(self.hash)
            self.cursor = 0
            self.places: dict[LuaValue, int] | None = None
        at = self.cursor
        if at >= len(order) or (order[at] is not key and order[at] != key):
            at = self._place_of(key, order)
        hash_ = self.hash
        for after in range(at + 1, len(order)):
            key = order[after]
            value = hash_.get(key)
            if value is not None:
                self.cursor = after
                return key, value
        self.order = self.peeked = None
        return None

    def _place_of(self, key: LuaValue, order: list[LuaValue]) -> int:
        if self.places is None:
            self.places = {each: at for at, each in enumerate(order)}
        return self.places[key]

    def __repr__(self) -> str:
        return f"<Table array={self.array[1:]!r} hash={self.hash!r}>"
