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
from functools import partial
from types import MethodType

from pylua.errors import ArgumentError, LuaError, LuaLimitError, NativeFault, NotFast
from pylua.hints import Any, Final, Protocol
from pylua.host.protocols import Access, CallArguments
from pylua.values.functions import ABSENT, ForeignCall, NativeFunction
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
_ITEMS: Final = Access.ITEMS
_FRAME_SENSITIVE = (builtins.eval, builtins.exec)
"""Functions that look at their caller's variables."""


class ObjectCall(ForeignCall):
    """The `__call` of Python objects: `call`; who calls them a shorter way needs the conversions."""

    __slots__ = ("converted", "to_lua", "to_python", "wrap")

    def __init__(self, call: Callable[..., Any], bridge: ObjectBridge, to_lua: Callable[[Any], Any]) -> None:
        super().__init__(call, "__call")
        self.kind = PythonObject
        self.many = call
        self.one = partial(_first, call)
        self.to_lua = to_lua
        self.converted = guarded(bridge, to_lua)
        self.to_python = bridge.to_python
        self.wrap = bridge.wrap
        self.is_plain = bridge.ascii_is_plain

    def failure(self, fault: Exception) -> Exception:
        """Exceptions of Python code made into Lua errors."""
        if isinstance(fault, (LuaLimitError, NativeFault)):
            return fault
        error = LuaError(self.wrap(fault))
        error.__cause__ = fault
        return error

    def first(self, result: Any) -> LuaValue:
        value = self.converted(result)
        if value.__class__ is tuple:
            return value[0] if value else None
        return value


def _first(call: Callable[..., Any], *arguments: LuaValue) -> LuaValue:
    result = call(*arguments)
    if result.__class__ is tuple:
        return result[0] if result else None
    return result


class _Unpacks(Exception):
    """An argument stands for several."""


def _caller(is_single: bool) -> Callable[..., LuaValue]:
    """What fast code calls (see NativeFunction), by way of `__call`: up to two arguments without a list."""

    def call(self: PythonObject, a: LuaValue = ABSENT, b: LuaValue = ABSENT, *more: LuaValue) -> LuaValue:
        handler: Any = None
        try:
            handler = self.metatable.__call  # type: ignore[union-attr]
            target = self.target
        except AttributeError:
            is_known = False
        else:
            is_known = handler.__class__ is ObjectCall
        if not is_known:
            result = _call_other(self, handler, a, b, *more)
        else:
            try:
                kind, other_kind = a.__class__, b.__class__
                if more:
                    result = _call_listed(target, handler, a, b, *more)
                elif other_kind is int or other_kind is float:
                    if kind is int or kind is float:
                        result = target(a, b)
                    elif (
                        kind is PythonObject and target.__class__ is MethodType and a.value is target.__self__
                    ):
                        result = target(b)
                    else:
                        result = target(_given(a, handler), b)
                elif b is ABSENT and (kind is int or kind is float):
                    result = target(a)
                elif b is ABSENT and kind is str:
                    result = target(_given(a, handler))
                else:
                    result = _call_listed(target, handler, a, b)
                kind = result.__class__
                if kind is int:
                    if result < SMALL_INTEGER and result > _LEAST:
                        return result
                elif kind is float or (kind is str and handler.is_plain and result.isascii()):
                    return result
                result = handler.to_lua(result)
            except _Unpacks:
                result = _call_other(self, handler, a, b, *more)
            except (LuaLimitError, NativeFault):
                raise
            except Exception as fault:
                raise LuaError(handler.wrap(fault)) from fault
        if is_single and result.__class__ is tuple:
            return result[0] if result else None
        return result

    return call


def _call_listed(target: Any, handler: ObjectCall, *arguments: LuaValue) -> Any:
    """Calls with any arguments; a bound method does not get its object twice."""
    first = arguments[0]
    if target.__class__ is MethodType and first.__class__ is PythonObject and first.value is target.__self__:
        arguments = arguments[1:]
    return target(*[_given(each, handler) for each in arguments if each is not ABSENT])


def _given(value: LuaValue, handler: ObjectCall) -> Any:
    """An argument as Python sees it."""
    if value.__class__ is str and handler.is_plain and value.isascii():
        return value
    result = handler.to_python(value)
    if result.__class__ is CallArguments:
        raise _Unpacks
    return result


def _call_other(subject: PythonObject, handler: Any, *arguments: LuaValue) -> LuaValue:
    if not isinstance(handler, NativeFunction):
        raise NotFast
    return handler.many(subject, *[each for each in arguments if each is not ABSENT])


class PythonObject(Userdata):
    """A Python object as a userdata; `access` says what indexing means.

    `target` is what fast code may call for it: the object, but nothing if that looks at its caller.
    """

    __slots__ = ("access", "target")

    def __init__(self, value: Any, access: int, metatable: Table) -> None:
        self.value = value
        self.metatable = metatable
        self.user_values = []
        self.access = access
        if value is not eval and value is not exec:
            self.target = value

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
    ascii_is_plain: bool

    def to_lua(self, value: Any) -> LuaValue: ...
    def to_python(self, value: LuaValue) -> Any: ...
    def wrap(self, value: Any, access: int = ...) -> PythonObject: ...
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


class ObjectReader(NativeFunction):
    """The `__index` of Python objects."""

    __slots__ = ("fleeting",)

    def __init__(self, bridge: ObjectBridge, metatable: Table) -> None:
        super().__init__(_reader(bridge, metatable, False), "__index")
        self.one = self.many = self.call
        self.fleeting = _reader(bridge, metatable, True)  # type: ignore[method-assign]


def _reader(bridge: ObjectBridge, metatable: Table, is_fleeting: bool) -> Callable[..., LuaValue]:
    """`o[key]`; `is_fleeting`: methods are called at once; nobody can tell their userdata from others."""
    to_lua, to_python, is_plain = bridge.to_lua, bridge.to_python, bridge.ascii_is_plain

    def get(subject: LuaValue = ABSENT, key: LuaValue = None, *_: LuaValue) -> LuaValue:
        try:
            is_there = subject.__class__ is PythonObject and subject.value is not DELETED
            holder = subject if is_there else python_object(subject, 1)
            target = holder.value
            is_text = key.__class__ is str and is_plain and key.isascii()
            name = key if is_text or key.__class__ is int else to_python(key)
            if bridge.attribute_getter is not None:
                result = bridge.attribute_getter(target, name)
            elif holder.access & _ITEMS:
                result = target[name]
            elif is_text and bridge.attribute_filter is None:
                result = getattr(target, name)
            else:
                result = getattr(target, attribute_name(bridge, target, name, False))
            kind = result.__class__
            if kind is float or (kind is int and result < SMALL_INTEGER and result > _LEAST):
                return result
            if is_fleeting and kind is MethodType:
                return PythonObject(result, Access.ATTRIBUTES, metatable)
            return to_lua(result)
        except (LuaLimitError, NativeFault):
            raise
        except Exception as fault:
            raise LuaError(bridge.wrap(fault)) from fault

    return get


def _writer(bridge: ObjectBridge) -> Callable[..., LuaValue]:
    """`o[key] = new`."""
    to_python, is_plain = bridge.to_python, bridge.ascii_is_plain

    def set_(
        subject: LuaValue = ABSENT, key: LuaValue = None, new: LuaValue = None, *_: LuaValue
    ) -> LuaValue:
        try:
            holder = python_object(subject, 1)
            target = holder.value
            is_text = key.__class__ is str and is_plain and key.isascii()
            name = key if is_text or key.__class__ is int else to_python(key)
            value = new if new.__class__ is int or new.__class__ is float else to_python(new)
            if bridge.attribute_setter is not None:
                bridge.attribute_setter(target, name, value)
            elif holder.access & _ITEMS:
                target[name] = value
            elif is_text and bridge.attribute_filter is None:
                setattr(target, name, value)
            else:
                setattr(target, attribute_name(bridge, target, name, True), value)
        except (LuaLimitError, NativeFault):
            raise
        except Exception as fault:
            raise LuaError(bridge.wrap(fault)) from fault
        return ()

    return set_


def attribute_name(bridge: ObjectBridge, target: Any, name: Any, is_setting: bool) -> Any:
    """The attribute that an access with `name` means."""
    if bridge.attribute_filter is not None:
        name = bridge.attribute_filter(target, name, is_setting)
    return bridge.source_text(name) if isinstance(name, bytes) else name


class ObjectMetatable:
    """The metatable that all Python objects of one runtime share."""

    def __init__(self, bridge: ObjectBridge) -> None:
        self.bridge = bridge
        self.table = new_table()
        self.table.raw_set("__name", "POBJECT")
        for event, method in (
            ("__newindex", _writer(bridge)),
            ("__tostring", guarded(bridge, self.text)),
            ("__gc", guarded(bridge, self.delete)),
        ):
            native = NativeFunction(method, event)
            native.one = native.many = native.call
            self.table.raw_set(event, native)
        self.table.raw_set("__index", ObjectReader(bridge, self.table))
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

    # --- text and end -----------------------------------------------------------------------

    def text(self, subject: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """`tostring(o)`."""
        return self.bridge.encode(str(python_object(subject, 1).value))

    def delete(self, subject: LuaValue = None, *_: LuaValue) -> LuaValue:
        """Lets go of the Python object."""
        if type(subject) is PythonObject and subject.value is not DELETED:
            self.bridge.forget(subject)
            subject.value = DELETED
            if hasattr(subject, "target"):
                del subject.target
        return ()


def _host_frame() -> Any:
    """The innermost Python frame outside of this package: who called into Lua."""
    frame = sys._getframe(1)
    while frame.f_back is not None and str(frame.f_globals.get("__name__", "")).partition(".")[0] == "pylua":
        frame = frame.f_back
    return frame
