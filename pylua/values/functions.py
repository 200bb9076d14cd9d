"""Functions as values: Lua closures with their upvalues, and functions written in Python."""

from __future__ import annotations

from collections.abc import Callable
from weakref import ref

from pylua.errors import HandOver
from pylua.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pylua.values.types import LuaValue

__all__ = [
    "ABSENT",
    "ControlFunction",
    "LuaFunction",
    "NativeFunction",
    "OpenUpvalue",
    "Upvalue",
    "demand_vm",
]


class Upvalue:
    """A variable shared by closures; `value` reads and writes it (§3.5).

    While the variable still lives in a frame's register it is an OpenUpvalue, whose `value`
    goes to that register; `close()` makes it an Upvalue that holds the value itself.
    """

    __slots__ = ("__weakref__", "index", "registers", "value")

    def __init__(self, value: LuaValue = None) -> None:
        self.value = value

    is_open = False


class OpenUpvalue(Upvalue):
    """An upvalue whose variable is register `index` of the list `registers`."""

    __slots__ = ()
    is_open = True

    def __init__(self, registers: list[LuaValue], index: int) -> None:
        self.registers = registers
        self.index = index

    def close(self) -> None:
        """Takes the value out of the register; from now on this is a plain Upvalue."""
        value = self.registers[self.index]
        self.__class__ = Upvalue  # type: ignore[assignment]
        self.value = value
        self.registers = self.index = None  # type: ignore[assignment]

    def _read(self) -> LuaValue:
        return self.registers[self.index]

    def _write(self, value: LuaValue) -> None:
        self.registers[self.index] = value

    value = property(_read, _write)


class LuaFunction:
    """A Lua closure: a Prototype and the upvalues it captured, in the Prototype's order."""

    __slots__ = ("__weakref__", "attached", "fast", "prototype", "upvalues")
    lua_type = "function"

    def __init__(self, prototype: Any, upvalues: list[Any]) -> None:
        self.prototype = prototype
        self.upvalues = upvalues
        maker = prototype.maker
        self.fast: Callable[..., Any] | None = None if maker is None else maker(ref(self), *upvalues)


class Absent:
    """The type of ABSENT, which stands for an argument that was not given at all."""

    __slots__ = ()
    lua_type = "no value"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


def demand_vm(*_: LuaValue) -> LuaValue:
    """Stands for a native function in fast code that only the VM may call."""
    raise HandOver


class NativeFunction:
    """A function written in Python, called as `call(*arguments)`.

    It gets Lua values and gives back one Lua value, or a tuple for any other number of
    results: `()` for none, `(a, b)` for two (a one-element tuple is allowed). Note that
    falling off the end gives None, one nil. Parameters that a script may leave out default
    to ABSENT where "no value" and nil differ, else to None; extra arguments are swallowed by
    `*_`. Errors are raised as LuaError or as one of the NativeFaults.

    `fast` is what fast code calls: `call` itself if the function never looks at the call stack
    nor calls Lua code, else something that hands over to the VM.
    `name` is for Python's readers only; Lua's messages find names in the calling code.
    `upvalues` are what `debug.getupvalue` shows (Lua values, normally none).
    """

    __slots__ = ("__weakref__", "attached", "call", "fast", "name", "upvalues")
    lua_type = "function"

    def __init__(self, call: Callable[..., Any], name: str = "?", upvalues: list[Any] | None = None) -> None:
        self.call = call
        self.fast: Callable[..., Any] = demand_vm
        self.name = name
        self.upvalues = upvalues

    def __repr__(self) -> str:
        return f"<native function {self.name}>"


class ControlFunction(NativeFunction):
    """A native function that steers the VM: `call(thread, arguments)` with a list of arguments.

    It returns results like any native function, or a request of `vm.control` (call this
    function and continue there, switch to that coroutine …), so that no Python frame stays
    behind while Lua code runs, and a coroutine may yield through it.
    """

    __slots__ = ()
