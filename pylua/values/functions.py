"""Functions as values: Lua closures with their upvalues, and functions written in Python."""

from __future__ import annotations

from _weakref import ref
from collections.abc import Callable, Generator

from pylua.errors import NotFast
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.records import record

if TYPE_CHECKING:
    from pylua.values.types import LuaValue

__all__ = [
    "ABSENT",
    "NOT_FAST",
    "ControlFunction",
    "ForeignCall",
    "LuaFunction",
    "NativeFunction",
    "Only",
    "OpenUpvalue",
    "Prepared",
    "Upvalue",
    "count_closure",
    "demand_vm",
    "new_final_upvalue",
    "new_function",
    "new_upvalue",
]


class _NotFast:
    __slots__ = ()


NOT_FAST: Final = _NotFast()
"""What `enter` gives for a function that only the VM may call."""


class Upvalue:
    """A variable shared by closures; `value` reads and writes it (§3.5).

    While the variable still lives in a frame's register it is an OpenUpvalue, whose `value`
    goes to that register; `close()` makes it an Upvalue that holds the value itself.
    """

    __slots__ = ("__weakref__", "index", "registers", "value")
    value: LuaValue
    registers: list[LuaValue]
    index: int
    is_open = False

    def close(self) -> None:
        """The value is here already; what is left of the frame is let go."""
        self.registers = self.index = None  # type: ignore[assignment]


def new_upvalue(value: LuaValue = None) -> Upvalue:
    """A variable of its own. (Upvalue has no `__init__`: generated code sets the slot itself.)"""
    upvalue = Upvalue()
    upvalue.value = value
    return upvalue


def new_final_upvalue(registers: list[LuaValue], index: int) -> Upvalue:
    """The upvalue of a variable that never changes; only the debug library cares where it lives."""
    upvalue = Upvalue()
    upvalue.value = registers[index]
    upvalue.registers = registers
    upvalue.index = index
    return upvalue


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
    """A Lua closure: a Prototype and the upvalues it captured, in the Prototype's order.

    Closures of a Prototype that the fast tier has translated are of a subclass of their own,
    whose methods are the Python functions: `one(…)` gives exactly one result (the first, or
    nil), `many(…)` one value or a tuple of any other number, `flow(…)` a generator that yields
    what coroutine.yield gets meanwhile and returns what `many` does.
    """

    __slots__ = ("__weakref__", "attached", "prototype", "upvalues", "values")
    lua_type = "function"

    prototype: Any
    upvalues: list[Any]
    is_usable = False
    """Whether `one` and `many` are fast code that the VM may call."""
    values: tuple[LuaValue, ...]
    """What fast code keeps: the values of the upvalues that never change (vm.constancy)."""

    def enter(self, *_: LuaValue) -> Any:
        """`many` while `is_usable`, else NOT_FAST: found by one look where that alone would take 15 ns."""
        return NOT_FAST

    def one(self, *_: LuaValue) -> LuaValue:
        """Calls the function in fast code; this one is not translated."""
        if self.__class__ is LuaFunction and self.prototype.fast_class is not None:
            self.__class__ = self.prototype.fast_class
            return self.one(*_)
        raise NotFast(self)

    def many(self, *_: LuaValue) -> LuaValue:
        """As `one`, for all results."""
        if self.__class__ is LuaFunction and self.prototype.fast_class is not None:
            self.__class__ = self.prototype.fast_class
            return self.many(*_)
        raise NotFast(self)

    def flow(self, *_: LuaValue) -> Generator[LuaValue, LuaValue, LuaValue]:
        """As `one`, for a function that may yield."""
        if self.__class__ is LuaFunction and self.prototype.fast_class is not None:
            self.__class__ = self.prototype.fast_class
            return self.flow(*_)
        raise NotFast(self)


def new_function(prototype: Any, upvalues: list[Any]) -> LuaFunction:
    """A closure; fast if its Prototype is. (LuaFunction has no `__init__`, see `new_upvalue`.)"""
    function: LuaFunction = (prototype.fast_class or LuaFunction)()
    function.prototype = prototype
    function.upvalues = upvalues
    if not prototype.has_several:
        count_closure(prototype, function)
    return function


class Only:
    """The closure of a Prototype that has no other: `function` gives it while it lives.

    `end_of_it` is called with it when there is a second one: what was made for one does not do for two.
    """

    __slots__ = ("end_of_it", "function")

    def __init__(self, function: LuaFunction) -> None:
        self.function = ref(function)
        self.end_of_it: Callable[[LuaFunction | None], None] | None = None


def count_closure(prototype: Any, function: LuaFunction) -> None:
    """Notes that a Prototype has got its first closure, or its second."""
    only = prototype.only
    if only is None:
        prototype.only = Only(function)
        return
    prototype.only = None
    prototype.has_several = True
    if only.end_of_it is not None:
        only.end_of_it(only.function())
        function.__class__ = prototype.fast_class or LuaFunction


class Absent:
    """The type of ABSENT, which stands for an argument that was not given at all."""

    __slots__ = ()
    lua_type = "no value"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


def demand_vm(*_: LuaValue) -> LuaValue:
    """Stands for a native function in fast code that only the VM may call."""
    raise NotFast


@record(frozen=True)
class Prepared:
    """What does a native function's work, of a string and a third argument, for one second argument.

    `call` gives the first result if one is wanted, else all of them as functions do. A third argument
    that is a place in the string is counted from 0; if the character there is one of `sure`, the result
    is its position. `is_pure`: it calls nothing. `gives` are the types that the first result may have.
    """

    call: Callable[[str, Any], Any]
    sure: frozenset[str] | None = None
    is_pure: bool = True
    gives: tuple[type, ...] = ()


class NativeFunction:
    """A function written in Python, called as `call(*arguments)`.

    It gets Lua values and gives back one Lua value, or a tuple for any other number of
    results: `()` for none, `(a, b)` for two (a one-element tuple is allowed). Note that
    falling off the end gives None, one nil. Parameters that a script may leave out default
    to ABSENT where "no value" and nil differ, else to None; extra arguments are swallowed by
    `*_`. Errors are raised as LuaError or as one of the NativeFaults.

    `one` and `many` are what fast code calls (as for LuaFunction): `call` itself if the function
    never looks at the call stack nor calls Lua code, else something that hands over to the VM.
    `name` is for Python's readers only; Lua's messages find names in the calling code.
    `intrinsic` is the name by which generated code knows how to do its work in place, if it does.
    `source` is an object whose iterator `results` gives what the function gives, one call each, if
    there is one. `prepare(pattern, wanted)` gives what does its work for one second argument, or None
    (see Prepared). `upvalues` are what `debug.getupvalue` shows (normally none), or
    what makes them when they are asked for.
    """

    __slots__ = (
        "__weakref__", "attached", "call", "intrinsic", "many", "name", "one", "prepare", "source",
        "upvalues",
    )  # fmt: skip
    lua_type = "function"

    def __init__(self, call: Callable[..., Any], name: str = "?", upvalues: Any = None) -> None:
        self.call = call
        self.one: Callable[..., Any] = demand_vm
        self.many: Callable[..., Any] = demand_vm
        self.name = name
        self.intrinsic = ""
        self.source: Any = None
        self.prepare: Callable[[str, int], Prepared | None] | None = None
        self.upvalues = upvalues

    def fleeting(self, *arguments: LuaValue) -> LuaValue:
        """`one` for a function that is called at once: who gets it need not know it again."""
        return self.one(*arguments)

    def flow(self, *arguments: LuaValue) -> Generator[LuaValue, LuaValue, LuaValue]:
        """`many`, where a function that yields was called before."""
        return self.many(*arguments)
        yield

    def __repr__(self) -> str:
        return f"<native function {self.name}>"


class ForeignCall(NativeFunction):
    """The `__call` of userdata of class `kind`: each has a function of the host in its slot `target`.

    Fast code may call that with numbers, and with ASCII strings if they are plain. What it raises
    is given to `failure`, for what is to be raised instead; what it returns to `first`, for the first result.
    A userdata that may not be called so has no `target`.
    """

    __slots__ = ("is_plain", "kind")
    kind: type
    is_plain: bool

    def failure(self, fault: Exception) -> Exception:
        """What fast code raises for `fault`."""
        raise NotImplementedError

    def first(self, result: Any) -> LuaValue:
        """The first of the results that `result` stands for."""
        raise NotImplementedError


class ControlFunction(NativeFunction):
    """A native function that steers the VM: `call(thread, arguments)` with a list of arguments.

    It returns results like any native function, or a request of `vm.control` (call this
    function and continue there, switch to that coroutine …), so that no Python frame stays
    behind while Lua code runs, and a coroutine may yield through it.
    """

    __slots__ = ()
