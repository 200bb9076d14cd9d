"""The frame of a standard library: a class whose decorated methods become a table of functions.

    class MathLibrary(Library):
        @lua_function
        def floor(self, x=ABSENT, *_): …

    MathLibrary(state).install()  ->  Table {floor = <native function floor>}

One library object belongs to one State (`self.state`).
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.hints import TYPE_CHECKING, Any, TypeVar, overload
from pylua.values.functions import ControlFunction, NativeFunction
from pylua.values.table import Table, new_table

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["Library", "control_function", "lua_function"]

Method = TypeVar("Method", bound=Callable[..., Any])


@overload
def lua_function(method: Method) -> Method: ...
@overload
def lua_function(method: str) -> Callable[[Method], Method]: ...
def lua_function(method: Any) -> Any:
    """Marks a method as a Lua function; its name is the method's, or the one given."""
    return _mark(method, NativeFunction)


@overload
def control_function(method: Method) -> Method: ...
@overload
def control_function(method: str) -> Callable[[Method], Method]: ...
def control_function(method: Any) -> Any:
    """Marks a method `(self, thread, arguments)` as a Lua function that steers the VM."""
    return _mark(method, ControlFunction)


def _mark(method: Any, kind: type[NativeFunction]) -> Any:
    if isinstance(method, str):

        def decorate(function: Any) -> Any:
            function.lua_export = (method, kind)
            return function

        return decorate
    method.lua_export = (method.__name__, kind)
    return method


class Library:
    """The base of every standard library."""

    exports: tuple[tuple[str, str, type[NativeFunction]], ...] = ()
    """(Lua name, method name, kind) of every function, in the order of the class body."""

    def __init_subclass__(cls) -> None:
        cls.exports = tuple(
            (value.lua_export[0], name, value.lua_export[1])
            for name, value in vars(cls).items()
            if hasattr(value, "lua_export")
        )

    def __init__(self, state: State) -> None:
        self.state = state

    def install(self, table: Table | None = None) -> Table:
        """Puts every function into `table` (a new one by default) and returns it."""
        if table is None:
            table = new_table()
        for name, method, kind in self.exports:
            table.raw_set(name, kind(getattr(self, method), name))
        return table
