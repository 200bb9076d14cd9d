"""The table `python` that Lua code finds in a LuaRuntime: Python's side of the border.

for line in python.iter(file) do … end
python.builtins.print(python.as_attrgetter(d).keys)
"""

from __future__ import annotations

from pylua.errors import ArgumentError, LuaError
from pylua.hints import Any
from pylua.host.bridge import OVERFLOW_HANDLER, Bridge
from pylua.host.protocols import Access, CallArguments
from pylua.host.python_objects import PythonFunction, guarded, python_object
from pylua.host.wrappers import _LuaTable
from pylua.stdlib.library import Library, lua_function
from pylua.values.functions import ABSENT, NativeFunction
from pylua.values.table import Table, new_table
from pylua.values.types import LuaValue, type_name
from pylua.vm.native import check_table, is_function, to_integer

__all__ = ["PythonLibrary", "split_arguments"]


class PythonLibrary(Library):
    """The functions of the table `python`."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge.state)
        self.bridge = bridge
        self._next = NativeFunction(guarded(bridge, self._iterate), "python_iterator")

    def install(self, table: Table | None = None) -> Table:
        """The functions, with exceptions of Python code made into Lua errors, and `none`."""
        table = new_table() if table is None else table
        for name, method, _kind in self.exports:
            table.raw_set(name, NativeFunction(guarded(self.bridge, getattr(self, method)), name))
        table.raw_set("none", self.bridge.none)
        return table

    def register(self, table: Table, name: str, value: Any) -> None:
        """Adds a Python object to the module."""
        table.raw_set(name, self.bridge.wrap(value, Access.ATTRIBUTES))

    # --- how an object is seen --------------------------------------------------------------

    @lua_function
    def as_attrgetter(self, subject: LuaValue = ABSENT, *rest: LuaValue) -> LuaValue:
        return self.bridge.wrap(_only_object(subject, rest), Access.ATTRIBUTES)

    @lua_function
    def as_itemgetter(self, subject: LuaValue = ABSENT, *rest: LuaValue) -> LuaValue:
        return self.bridge.wrap(_only_object(subject, rest), Access.ITEMS)

    @lua_function
    def as_function(self, subject: LuaValue = ABSENT, *rest: LuaValue) -> LuaValue:
        _only_object(subject, rest)
        target = python_object(subject, 1)
        call = self.bridge.object_metatable.call
        return PythonFunction(guarded(self.bridge, lambda *arguments: call(target, *arguments)), target)

    # --- iteration --------------------------------------------------------------------------

    @lua_function
    def iter(self, subject: LuaValue = ABSENT, *rest: LuaValue) -> LuaValue:
        return self._iterator(iter(_only_object(subject, rest)), Access.ATTRIBUTES, None)

    @lua_function
    def iterex(self, subject: LuaValue = ABSENT, *rest: LuaValue) -> LuaValue:
        return self._iterator(iter(_only_object(subject, rest)), Access.UNPACKS_TUPLES, None)

    @lua_function
    def enumerate(self, subject: LuaValue = ABSENT, start: LuaValue = ABSENT, *rest: LuaValue) -> LuaValue:
        if rest:
            raise ArgumentError(3, "invalid arguments")
        target = python_object(subject, 1).value
        first = 0 if start is ABSENT else to_integer(start)
        if first is None:
            raise LuaError(f"Could not convert {type_name(start)} to string")
        return self._iterator(iter(target), Access.ENUMERATES, first - 1)

    def _iterator(self, iterator: Any, access: int, control: LuaValue) -> LuaValue:
        if self.bridge.unpacks_tuples:
            access |= Access.UNPACKS_TUPLES
        return self._next, self.bridge.wrap(iterator, access), control

    def _iterate(self, state: LuaValue = ABSENT, control: LuaValue = None, *_: LuaValue) -> LuaValue:
        holder = python_object(state, 1)
        try:
            item = next(holder.value)
        except StopIteration:
            return None
        counts = bool(holder.access & Access.ENUMERATES)
        prefix = [(to_integer(control) or 0) + 1] if counts else []
        values = item if holder.access & Access.UNPACKS_TUPLES and isinstance(item, tuple) else (item,)
        # The first value must not be nil, which would end the loop.
        to_lua = self.bridge.to_lua
        return (
            *prefix,
            *(to_lua(value, wraps_none=not counts and at == 0) for at, value in enumerate(values)),
        )

    # --- calls ------------------------------------------------------------------------------

    @lua_function
    def args(self, arguments: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        call = split_table(self.bridge, check_table(arguments, 1))
        return self.bridge.wrap(call, Access.ATTRIBUTES)

    @lua_function
    def set_overflow_handler(self, handler: LuaValue = None, *_: LuaValue) -> LuaValue:
        if handler is not None and not is_function(handler):
            python_object(handler, 1)
        self.state.registry.raw_set(OVERFLOW_HANDLER, handler)
        return ()


def _only_object(subject: LuaValue, rest: tuple[LuaValue, ...]) -> Any:
    if rest:
        raise ArgumentError(2, "invalid arguments")
    return python_object(subject, 1).value


def split_table(bridge: Bridge, table: Table) -> CallArguments:
    """A table's items 1…n as positional, its strings' entries as keyword arguments."""
    positional: list[Any] = [None] * table.raw_length()
    keyword: dict[str, Any] = {}
    entry = table.raw_next(None)
    while entry is not None:
        key, value = entry
        entry = table.raw_next(key)
        if type(key) is int:
            if not 1 <= key <= len(positional):
                raise IndexError("table index out of range")
            positional[key - 1] = bridge.to_python(value)
        elif type(key) is str:
            name = bridge.to_python(key)
            keyword[bridge.source_text(name) if isinstance(name, bytes) else name] = bridge.to_python(value)
        else:
            raise TypeError("table key is neither an integer nor a string")
    return CallArguments(tuple(positional), keyword)


def split_arguments(arguments: tuple[Any, ...]) -> CallArguments:
    """The arguments of a Python function that Lua called: one table is taken apart."""
    if len(arguments) == 1 and isinstance(arguments[0], _LuaTable):
        table = arguments[0]
        bridge: Any = table.__lua_bridge__
        return split_table(bridge, table.__lua_value__)
    return CallArguments(arguments, {})
