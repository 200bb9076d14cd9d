"""Lua's tables, functions, threads and userdata as Python objects.

    t["x"], t.x, len(t), t(1), for key in t, t.items()      tables
    f(1, 2), f.coroutine(1)                                  functions
    next(co), co.send(1), for value in co                    threads

Names that Lua code may use as keys must not be found on the wrappers, so their own attributes
have names with double underscores, which attribute access never looks up in Lua.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pylua.errors import LuaError
from pylua.hints import Any, NoReturn, Protocol
from pylua.values.functions import LuaFunction
from pylua.values.table import Table
from pylua.values.types import LuaValue, type_name
from pylua.vm.thread import Status, Thread

__all__ = [
    "LuaBridge",
    "_LuaCoroutineFunction",
    "_LuaFunction",
    "_LuaIter",
    "_LuaObject",
    "_LuaTable",
    "_LuaThread",
    "lua_type",
    "lua_value",
    "table_of",
    "wrap_function",
    "wrap_thread",
    "wrapper",
]


class LuaBridge(Protocol):
    """What a wrapper needs of its runtime."""

    def call(self, function: LuaValue, arguments: tuple[Any, ...]) -> Any: ...
    def prepare(self, function: LuaValue, wrapper: Any) -> None: ...
    def resume(self, thread: Thread, arguments: tuple[Any, ...]) -> Any: ...
    def new_thread(self, function: LuaFunction) -> Thread: ...
    def get(self, value: LuaValue, key: Any) -> Any: ...
    def set(self, value: LuaValue, key: Any, new: Any) -> None: ...
    def attribute_key(self, name: str) -> bytes: ...
    def raw_length(self, value: LuaValue) -> int: ...
    def text(self, value: LuaValue) -> str | None: ...
    def to_python(self, value: LuaValue) -> Any: ...


class _LuaObject:
    """A value that stays in Lua; `__lua_value__` is it, `__lua_bridge__` leads to its runtime."""

    __slots__ = ("__lua_bridge__", "__lua_value__", "__weakref__")
    __lua_bridge__: LuaBridge
    __lua_value__: Any

    def __init__(self) -> None:
        raise TypeError("Type cannot be instantiated manually")

    def __call__(self, *arguments: Any) -> Any:
        return self.__lua_bridge__.call(self.__lua_value__, arguments)

    def __len__(self) -> int:
        return self.__lua_bridge__.raw_length(self.__lua_value__)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("iteration is only supported for tables")

    def __repr__(self) -> str:
        value = self.__lua_value__
        return f"<Lua {type_name(value)} at {id(value):#x}>"

    def __str__(self) -> str:
        text = self.__lua_bridge__.text(self.__lua_value__)
        return repr(self) if text is None else text

    def __getitem__(self, key: Any) -> Any:
        return self.__lua_bridge__.get(self.__lua_value__, key)

    def __getattr__(self, name: str) -> Any:
        if _is_python_name(name):
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        bridge = self.__lua_bridge__
        return bridge.get(self.__lua_value__, bridge.attribute_key(name))


def _is_python_name(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


class _LuaTable(_LuaObject):
    """A Lua table."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return _LuaIter(self, "keys")

    def keys(self) -> _LuaIter:
        """An iterator over the keys."""
        return _LuaIter(self, "keys")

    def values(self) -> _LuaIter:
        """An iterator over the values."""
        return _LuaIter(self, "values")

    def items(self) -> _LuaIter:
        """An iterator over pairs of keys and values."""
        return _LuaIter(self, "items")

    def __setitem__(self, key: Any, value: Any) -> None:
        self.__lua_bridge__.set(self.__lua_value__, key, value)

    def __delitem__(self, key: Any) -> None:
        self.__lua_bridge__.set(self.__lua_value__, key, None)

    def __setattr__(self, name: str, value: Any) -> None:
        if _is_python_name(name):
            object.__setattr__(self, name, value)
        else:
            bridge = self.__lua_bridge__
            bridge.set(self.__lua_value__, bridge.attribute_key(name), value)

    def __delattr__(self, name: str) -> None:
        if _is_python_name(name):
            object.__delattr__(self, name)
        else:
            bridge = self.__lua_bridge__
            bridge.set(self.__lua_value__, bridge.attribute_key(name), None)


class _LuaIter:
    """One pass over a table, raw: no metamethod is asked."""

    __slots__ = ("_key", "_owner", "_what")

    def __init__(self, owner: _LuaTable, what: str) -> None:
        self._owner: _LuaTable | None = owner
        self._what = what
        self._key: LuaValue = None

    def __repr__(self) -> str:
        return f"LuaIter({self._owner!r})"

    def __iter__(self) -> _LuaIter:
        return self

    def __next__(self) -> Any:
        owner = self._owner
        if owner is None:
            raise StopIteration
        try:
            entry = owner.__lua_value__.raw_next(self._key)
        except KeyError:
            raise LuaError("invalid key to 'next'") from None
        if entry is None:
            self._owner = None
            raise StopIteration
        self._key, value = entry
        to_python = owner.__lua_bridge__.to_python
        if self._what == "keys":
            return to_python(self._key)
        return to_python(value) if self._what == "values" else (to_python(self._key), to_python(value))


class _LuaFunction(_LuaObject):
    """A Lua or native function. Its call is an attribute: a method would take 40 ns more to pass it on."""

    __slots__ = ("__call__",)
    __call__: Callable[..., Any]

    @property
    def __signature__(self) -> Any:
        """For `inspect.signature`, which does not find a call that is an attribute."""
        import inspect  # noqa: PLC0415  it would double the time to start

        return inspect.Signature([inspect.Parameter("arguments", inspect.Parameter.VAR_POSITIONAL)])

    def __getitem__(self, key: Any) -> NoReturn:
        raise TypeError("item/attribute access not supported on functions")

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError("item/attribute access not supported on functions")

    def coroutine(self, *arguments: Any) -> _LuaThread:
        """A new coroutine of this function, to be started with `arguments`."""
        function = self.__lua_value__
        if not isinstance(function, LuaFunction):
            raise TypeError("Lua object is not a function")
        thread: _LuaThread = wrapper(
            _LuaThread, self.__lua_bridge__, self.__lua_bridge__.new_thread(function)
        )
        thread.__first_arguments__ = arguments
        return thread


class _LuaCoroutineFunction(_LuaFunction):
    """A coroutine that was not started: calling it gives a new thread of its function."""

    __slots__ = ()

    def __call__(self, *arguments: Any) -> _LuaThread:
        return self.coroutine(*arguments)


class _LuaThread(_LuaObject):
    """A coroutine, used like a generator; what it returns at its end is yielded too."""

    __slots__ = ("__first_arguments__",)
    __first_arguments__: tuple[Any, ...] | None

    def __getitem__(self, key: Any) -> NoReturn:
        raise TypeError("item/attribute access not supported on functions")

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError("item/attribute access not supported on functions")

    def __bool__(self) -> bool:
        return self.__lua_value__.status is not Status.DEAD

    def __iter__(self) -> _LuaThread:
        return self

    def __next__(self) -> Any:
        return self._resume(self._take_first_arguments() or ())

    def send(self, value: Any) -> Any:
        """Resumes with a value (a tuple: several values)."""
        if value is None:
            return self._resume(self._take_first_arguments() or ())
        if self.__first_arguments__ is not None:
            raise TypeError("can't send non-None value to a just-started generator")
        return self._resume(value if isinstance(value, tuple) else (value,))

    def _take_first_arguments(self) -> tuple[Any, ...] | None:
        arguments, self.__first_arguments__ = self.__first_arguments__, None
        return arguments

    def _resume(self, arguments: tuple[Any, ...]) -> Any:
        if not self:
            raise StopIteration
        return self.__lua_bridge__.resume(self.__lua_value__, arguments)


def wrapper(kind: type[Any], bridge: LuaBridge, value: LuaValue) -> Any:
    """A wrapper of class `kind` around a Lua value."""
    made = object.__new__(kind)
    object.__setattr__(made, "__lua_bridge__", bridge)
    object.__setattr__(made, "__lua_value__", value)
    if kind is _LuaThread:
        made.__first_arguments__ = None
    return made


def wrap_function(bridge: LuaBridge, function: LuaValue) -> _LuaFunction:
    """A Lua or native function as a Python callable."""
    made: _LuaFunction = object.__new__(_LuaFunction)
    made.__lua_bridge__ = bridge
    made.__lua_value__ = function
    bridge.prepare(function, made)
    return made


def wrap_thread(bridge: LuaBridge, thread: Thread) -> Any:
    """A started coroutine as a thread, a new one as the function it will run."""
    if thread.start is not None:
        return wrapper(_LuaCoroutineFunction, bridge, thread.start)
    return wrapper(_LuaThread, bridge, thread)


def lua_value(value: _LuaObject) -> LuaValue:
    """The Lua value behind a wrapper."""
    return value.__lua_value__


def lua_type(obj: Any) -> str | None:
    """The name that Lua's `type` gives to what `obj` wraps, None if it wraps nothing."""
    return type_name(obj.__lua_value__) if isinstance(obj, _LuaObject) else None


def table_of(value: _LuaTable) -> Table:
    """The table behind a wrapper."""
    return value.__lua_value__  # type: ignore[no-any-return]
