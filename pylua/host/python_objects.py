"""Python objects in Lua's hands: the userdata that holds one, and what Lua can do with it.

    o.x, o[1], o.x = 1      its attributes, or its items if it has __getitem__ (Access)
    o(1, 2), o:m(1)         calls; a bound method does not get its object twice
    tostring(o)             str(o)

An exception of Python code becomes a Lua error whose value is the exception object: `pcall`
gives it to Lua, and if nothing takes it the host gets the same exception back.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, MethodType

from pylua.errors import ArgumentError, LuaError, LuaLimitError, NativeFault, NotFast
from pylua.hints import Any, Final, Protocol
from pylua.host.protocols import Access, CallArguments
from pylua.values.functions import ABSENT, NativeFunction
from pylua.values.integers import SMALL_INTEGER
from pylua.values.table import Table, new_table
from pylua.values.types import LuaValue
from pylua.values.userdata import Userdata

__all__ = [
    "ObjectBridge",
    "ObjectMetatable",
    "PythonFunction",
    "PythonObject",
    "guarded",
    "python_object",
]

_LEAST: Final = -SMALL_INTEGER
_FRAME_SENSITIVE = (builtins.eval, builtins.exec)
"""Functions that look at their caller's variables."""


class ObjectCall(NativeFunction):
    """The `__call` of Python objects: `call`; who calls them a shorter way needs the conversions."""

    __slots__ = ("to_lua", "to_python", "wrap")

    def __init__(self, call: Callable[..., Any], bridge: ObjectBridge, to_lua: Callable[[Any], Any]) -> None:
        super().__init__(call, "__call")
        self.many = call
        self.to_lua = to_lua
        self.to_python = bridge.to_python
        self.wrap = bridge.wrap


def _caller(is_single: bool) -> Callable[..., LuaValue]:
    """What fast code calls (see NativeFunction), by way of `__call`: functions of plain values at once."""

    def call(self: PythonObject, a: LuaValue = ABSENT, b: LuaValue = ABSENT, *more: LuaValue) -> LuaValue:
        try:
            handler: Any = self.metatable.__call  # type: ignore[union-attr]
        except AttributeError:
            raise NotFast from None
        target = self.value
        kind, other_kind = a.__class__, b.__class__
        if (
            more
            or handler.__class__ is not ObjectCall
            or (target.__class__ is not FunctionType and not _is_plain(target))
            or kind is PythonObject
            or kind is PythonFunction
            or other_kind is PythonObject
            or other_kind is PythonFunction
        ):
            result = _call_other(self, handler, [each for each in (a, b) if each is not ABSENT] + [*more])
        else:
            try:
                if a is ABSENT:
                    result = target()
                else:
                    if kind is not int and kind is not float:
                        a = handler.to_python(a)
                    if b is ABSENT:
                        result = target(a)
                    else:
                        if other_kind is not int and other_kind is not float:
                            b = handler.to_python(b)
                        result = target(a, b)
                kind = result.__class__
                if (
                    kind is float
                    or (kind is int and result < SMALL_INTEGER and result > _LEAST)
                    or result is None
                ):
                    return result
                result = handler.to_lua(result)
            except (LuaLimitError, NativeFault):
                raise
            except Exception as fault:
                raise LuaError(handler.wrap(fault)) from fault
        if is_single and result.__class__ is tuple:
            return result[0] if result else None
        return result

    return call


def _is_plain(target: Any) -> bool:
    """Whether a call of a Python object needs no more than its arguments."""
    return type(target) is BuiltinFunctionType and target not in _FRAME_SENSITIVE


def _call_other(subject: PythonObject, handler: Any, arguments: list[LuaValue]) -> LuaValue:
    if not isinstance(handler, NativeFunction):
        raise NotFast
    return handler.many(subject, *arguments)


class PythonObject(Userdata):
    """A Python object as a userdata; `access` says what indexing means."""

    __slots__ = ("access",)

    def __init__(self, value: Any, access: Access, metatable: Table) -> None:
        super().__init__(value, metatable)
        self.access = access

    one = _caller(is_single=True)
    many = _caller(is_single=False)


class PythonFunction(NativeFunction):
    """A Python callable as a function value (python.as_function)."""

    __slots__ = ("target",)

    def __init__(self, call: Callable[..., Any], target: PythonObject) -> None:
        super().__init__(call, "python")
        self.target = target


class _Deleted:
    """The value of a PythonObject that was finalized."""

    __slots__ = ()


DELETED = _Deleted()


def python_object(value: LuaValue, index: int) -> PythonObject:
    """The argument, which must stand for a Python object."""
    if type(value) is PythonFunction:
        value = value.target
    if type(value) is not PythonObject:
        raise ArgumentError(index, "not a python object")
    if value.value is DELETED:
        raise ArgumentError(index, "deleted python object")
    return value


class ObjectBridge(Protocol):
    """What this module needs of a runtime."""

    attribute_filter: Callable[[Any, Any, bool], Any] | None
    attribute_getter: Callable[[Any, Any], Any] | None
    attribute_setter: Callable[[Any, Any, Any], None] | None
    unpacks_tuples: bool

    def to_lua(self, value: Any) -> LuaValue: ...
    def to_python(self, value: LuaValue) -> Any: ...
    def wrap(self, value: Any, access: Access = ...) -> PythonObject: ...
    def forget(self, value: PythonObject) -> None: ...
    def encode(self, text: str) -> str: ...
    def source_text(self, text: bytes) -> str: ...


def guarded(bridge: ObjectBridge, action: Callable[..., Any]) -> Callable[..., Any]:
    """`action` with exceptions of Python code made into Lua errors."""

    def run(*arguments: Any) -> Any:
        try:
            return action(*arguments)
        except (LuaLimitError, NativeFault):
            raise
        except Exception as fault:
            raise LuaError(bridge.wrap(fault)) from fault

    return run


class ObjectMetatable:
    """The metatable that all Python objects of one runtime share."""

    def __init__(self, bridge: ObjectBridge) -> None:
        self.bridge = bridge
        self.table = new_table()
        self.table.raw_set("__name", "POBJECT")
        for event, method in (
            ("__index", self.get),
            ("__newindex", self.set),
            ("__tostring", self.text),
            ("__gc", self.delete),
        ):
            native = NativeFunction(guarded(bridge, method), event)
            native.many = native.call
            self.table.raw_set(event, native)
        self.table.raw_set("__call", ObjectCall(guarded(bridge, self.call), bridge, self.results))

    # --- calls ------------------------------------------------------------------------------

    def call(self, subject: LuaValue = ABSENT, *arguments: LuaValue) -> LuaValue:
        """Calls the Python object; a tuple is one value unless the runtime unpacks tuples."""
        target = python_object(subject, 1).value
        positional, keyword = self._arguments(arguments)
        if positional and type(target) is MethodType and positional[0] is target.__self__:
            target = target.__func__
        elif target in _FRAME_SENSITIVE and len(positional) == 1:
            frame = _host_frame()
            positional += [frame.f_globals, frame.f_locals]
        return self.results(target(*positional, **keyword))

    def _arguments(self, arguments: tuple[LuaValue, ...]) -> tuple[list[Any], dict[str, Any]]:
        positional: list[Any] = []
        keyword: dict[str, Any] = {}
        for argument in map(self.bridge.to_python, arguments):
            if type(argument) is CallArguments:
                positional += argument.positional
                keyword = dict(**keyword, **argument.keyword)
            else:
                positional.append(argument)
        return positional, keyword

    def results(self, result: Any) -> LuaValue:
        """What a Python function returned, as results of a native function."""
        if self.bridge.unpacks_tuples and isinstance(result, tuple):
            return tuple(map(self.bridge.to_lua, result))
        return self.bridge.to_lua(result)

    # --- items and attributes ---------------------------------------------------------------

    def get(self, subject: LuaValue = ABSENT, key: LuaValue = None, *_: LuaValue) -> LuaValue:
        """`o[key]`."""
        holder = python_object(subject, 1)
        bridge = self.bridge
        name = bridge.to_python(key)
        if bridge.attribute_getter is not None:
            return bridge.to_lua(bridge.attribute_getter(holder.value, name))
        if holder.access & Access.ITEMS:
            return bridge.to_lua(holder.value[name])
        return bridge.to_lua(getattr(holder.value, self._attribute(holder.value, name, False)))

    def set(
        self, subject: LuaValue = ABSENT, key: LuaValue = None, new: LuaValue = None, *_: LuaValue
    ) -> LuaValue:
        """`o[key] = new`."""
        holder = python_object(subject, 1)
        bridge = self.bridge
        name, value = bridge.to_python(key), bridge.to_python(new)
        if bridge.attribute_setter is not None:
            bridge.attribute_setter(holder.value, name, value)
        elif holder.access & Access.ITEMS:
            holder.value[name] = value
        else:
            setattr(holder.value, self._attribute(holder.value, name, True), value)
        return ()

    def _attribute(self, target: Any, name: Any, is_setting: bool) -> Any:
        if self.bridge.attribute_filter is not None:
            name = self.bridge.attribute_filter(target, name, is_setting)
        return self.bridge.source_text(name) if isinstance(name, bytes) else name

    # --- text and end -----------------------------------------------------------------------

    def text(self, subject: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """`tostring(o)`."""
        return self.bridge.encode(str(python_object(subject, 1).value))

    def delete(self, subject: LuaValue = None, *_: LuaValue) -> LuaValue:
        """Lets go of the Python object."""
        if type(subject) is PythonObject and subject.value is not DELETED:
            self.bridge.forget(subject)
            subject.value = DELETED
        return ()


def _host_frame() -> Any:
    """The innermost Python frame outside of this package: who called into Lua."""
    frame = sys._getframe(1)
    while frame.f_back is not None and str(frame.f_globals.get("__name__", "")).partition(".")[0] == "pylua":
        frame = frame.f_back
    return frame
