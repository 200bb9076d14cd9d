"""The border between Python and one Lua state: values converted, calls made, errors translated.

    bridge.call(f, (1, "a"))          arguments to Lua, results to Python
    to_lua   None nil, bool, int, float, str/bytes string, wrappers what they wrap, else userdata
    to_python   the other way; tables, functions and threads become wrappers

One gate per runtime, passed at every call from Python, lets threads of the host share it.
"""

from __future__ import annotations

import math
from _weakref import ref
from collections.abc import Callable, Sequence
from types import BuiltinFunctionType, FunctionType, MethodType

from pylua.errors import LuaError, LuaLimitError, LuaMemoryError, LuaSyntaxError, NativeFault
from pylua.hints import Any, Final, TypeVar
from pylua.host.calls import Calls
from pylua.host.gate import TOKEN, Gate
from pylua.host.protocols import Access, ProtocolWrapper
from pylua.host.python_objects import ObjectMetatable, PythonFunction, PythonObject
from pylua.host.wrappers import (
    _LuaObject,
    _LuaTable,
    lua_value,
    wrap_function,
    wrap_thread,
    wrapper,
)
from pylua.values.functions import ControlFunction, LuaFunction, NativeFunction
from pylua.values.integers import MAX_INTEGER, MIN_INTEGER
from pylua.values.numerals import write_number
from pylua.values.table import Table
from pylua.values.types import FALSE, TRUE, LuaValue, type_name
from pylua.vm.control import Resume
from pylua.vm.state import State
from pylua.vm.thread import Status, Thread

__all__ = ["OVERFLOW_HANDLER", "Bridge"]

OVERFLOW_HANDLER: Final = "LUPA_NUMBER_OVERFLOW_CALLBACK_FUNCTION"
"""The handler's key in the registry."""
_OUT_OF_MEMORY: Final = "not enough memory"

Result = TypeVar("Result")
_FUNCTIONS: Final = frozenset({BuiltinFunctionType, FunctionType, MethodType})
"""Without items; to ask methods for them takes as long as all the rest."""


class _Known(ref[PythonObject]):
    """Where a userdata is, and its key: a WeakValueDictionary would take 1 µs to enter one."""

    __slots__ = ("key",)
    key: tuple[int, int]


class Bridge:
    """Conversions and calls of one runtime; the settings are the runtime's."""

    def __init__(self, state: State, encoding: str | None, source_encoding: str) -> None:
        self.state = state
        self.encoding = encoding
        self.source_encoding = source_encoding
        self.attribute_filter: Callable[[Any, Any, bool], Any] | None = None
        self.attribute_getter: Callable[[Any, Any], Any] | None = None
        self.attribute_setter: Callable[[Any, Any, Any], None] | None = None
        self.unpacks_tuples = False
        self.gate = Gate(state.main_thread)
        self._objects: dict[tuple[int, int], _Known] = {}
        self.ascii_is_plain = encoding is not None and _keeps_ascii(encoding)
        self.calls = Calls(self)
        self.object_metatable = ObjectMetatable(self)
        self.none = self.wrap(None, Access.ATTRIBUTES)
        self.prepare = self.calls.prepare
        self._resume = ControlFunction(_resume_thread, "resume")

    # --- Python → Lua -----------------------------------------------------------------------

    def to_lua(self, value: Any, wraps_none: bool = False) -> LuaValue:
        """`value` as Lua sees it; `wraps_none`: None becomes python.none, for table keys."""
        kind = type(value)
        if kind is str and self.encoding is not None:
            return value if self.ascii_is_plain and value.isascii() else self.encode(value)
        if kind is int:
            return value if MIN_INTEGER <= value <= MAX_INTEGER else self._overflow(value)
        if kind is float:
            return value
        if value is None:
            return self.none if wraps_none else None
        if kind is bool:
            return TRUE if value else FALSE
        if isinstance(value, _LuaObject):
            if value.__lua_bridge__ is not self:
                raise LuaError("cannot mix objects from different Lua runtimes")
            return lua_value(value)
        if isinstance(value, bytes):
            return value.decode("latin-1")
        if isinstance(value, str) and self.encoding is not None:
            return self.encode("".join(value))
        if isinstance(value, int):
            return self.to_lua(int.__add__(value, 0))
        if isinstance(value, float):
            return float.__add__(value, 0.0) if value else math.copysign(0.0, value)
        if isinstance(value, ProtocolWrapper):
            return self.wrap(value.wrapped, value.access)
        return self.wrap(value)

    def encode(self, text: str) -> str:
        """A Python text as a Lua string, by the runtime's encoding."""
        if self.ascii_is_plain and text.isascii():
            return text
        return text.encode(self.encoding or "UTF-8").decode("latin-1")

    def wrap(self, value: Any, access: int | None = None) -> PythonObject:
        """The userdata of a Python object: always the same one while Lua holds it."""
        if access is None:
            is_function = value.__class__ in _FUNCTIONS
            access = Access.ATTRIBUTES if is_function or not hasattr(value, "__getitem__") else Access.ITEMS
        key = id(value), access
        reference = self._objects.get(key)
        known = None if reference is None else reference()
        if known is None:
            known = PythonObject(value, access, self.object_metatable.table)
            reference = self._objects[key] = _Known(known, self._let_go)
            reference.key = key
        return known

    def _let_go(self, reference: _Known) -> None:
        if self._objects.get(reference.key) is reference:
            del self._objects[reference.key]

    def forget(self, value: PythonObject) -> None:
        """Drops a userdata that lets go of its object."""
        self._objects.pop((id(value.value), value.access), None)

    def _overflow(self, value: int) -> LuaValue:
        """What the overflow handler makes of an integer that does not fit 64 bits."""
        handler = self.state.registry.raw_get(OVERFLOW_HANDLER)
        if handler is not None:
            try:
                results = self.state.call(handler, self.wrap(value, Access.ATTRIBUTES))
                return results[0] if results else None
            except LuaLimitError:
                raise
            except LuaError:
                pass
        raise OverflowError("Python int too large to convert to C long")

    # --- Lua → Python -----------------------------------------------------------------------

    def to_python(self, value: LuaValue) -> Any:
        """`value` as Python sees it."""
        kind = type(value)
        if kind is str:
            return value if self.ascii_is_plain and value.isascii() else self.decode(value)
        if kind is int or kind is float or value is None:
            return value
        if value is TRUE or value is FALSE:
            return value is TRUE
        if kind is PythonObject:
            return value.value
        if isinstance(value, Table):
            return wrapper(_LuaTable, self, value)
        if kind is PythonFunction:
            return value.target.value
        if isinstance(value, (LuaFunction, NativeFunction)):
            return wrap_function(self, value)
        if isinstance(value, Thread):
            return wrap_thread(self, value)
        return wrapper(_LuaObject, self, value)

    def decode(self, text: str) -> str | bytes:
        """A Lua string by the runtime's encoding; its bytes if there is none."""
        if self.ascii_is_plain and text.isascii():
            return text
        data = text.encode("latin-1")
        return data if self.encoding is None else data.decode(self.encoding)

    def source_text(self, text: bytes) -> str:
        """A name that came from Lua as bytes."""
        return text.decode(self.source_encoding)

    def results(self, results: Sequence[LuaValue]) -> Any:
        """Results of a call: None, the value, or a tuple of several."""
        if len(results) == 1:
            return self.to_python(results[0])
        return tuple(map(self.to_python, results)) if results else None

    def results_of(self, value: LuaValue) -> Any:
        """`results` of what fast code gives: one value, or a tuple of any other number."""
        return self.results(value) if type(value) is tuple else self.to_python(value)

    # --- calls ------------------------------------------------------------------------------

    def protected(self, action: Callable[..., Result], *arguments: Any) -> Result:
        """Runs `action` while no other thread is in; Lua's errors leave it as the host's."""
        gate = self.gate
        free = gate.free
        if not free:
            return self._protected_again(action, arguments)
        taken = True
        try:
            free.pop()
        except IndexError:
            taken = False  # for the gate
        if not taken:
            return self._protected_again(action, arguments)
        main = self.state.main_thread
        try:
            main.c_levels = 0
            return action(*arguments)
        except (LuaError, NativeFault) as fault:
            failure = self.failure(fault)
        finally:
            main.c_levels = 1
            free.append(TOKEN)
            if gate.wanted:
                gate.hand_over()
        # Raised out here: the host's traceback need not tell of the translation.
        raise failure

    def _protected_again(self, action: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
        """`protected` where some thread is in, perhaps this one."""
        held = self.gate.enter()
        try:
            return action(*arguments)
        except (LuaError, NativeFault) as fault:
            failure = self.failure(fault)
        finally:
            self.gate.leave(held)
        raise failure

    def failure(self, fault: LuaError | NativeFault) -> BaseException:
        """What the host gets for a fault of Lua's: limits as they are."""
        if isinstance(fault, LuaLimitError):
            return fault
        return self.host_error(fault) if isinstance(fault, LuaError) else LuaError(fault.message)

    def call(self, function: LuaValue, arguments: tuple[Any, ...]) -> Any:
        """Calls a Lua value with Python's arguments (see calls for those that are called again and again)."""
        return self.protected(self._call, function, arguments)

    def _call(self, function: LuaValue, arguments: tuple[Any, ...]) -> Any:
        return self.results_of(self.state.call_many(function, tuple(map(self.to_lua, arguments))))

    def new_thread(self, function: LuaFunction) -> Thread:
        """A coroutine that was not started."""
        return Thread(self.state, function)

    def resume(self, thread: Thread, arguments: tuple[Any, ...]) -> Any:
        """Resumes a coroutine; StopIteration when it ends without results."""
        results = self.protected(self._resume_now, thread, arguments)
        if not results and thread.status is Status.DEAD:
            raise StopIteration
        return self.protected(self.results, results)

    def _resume_now(self, thread: Thread, arguments: tuple[Any, ...]) -> list[LuaValue]:
        succeeded, *results = self.state.call(self._resume, thread, *map(self.to_lua, arguments))
        if succeeded is TRUE:
            return results
        raise LuaError(results[0])

    def host_error(self, fault: LuaError) -> BaseException:
        """What the host gets for an error that no Lua code took."""
        value = fault.value
        if type(value) is PythonObject and isinstance(value.value, BaseException):
            return value.value
        message = self._message(value)
        kind: type[LuaError] = LuaSyntaxError if isinstance(fault, LuaSyntaxError) else LuaError
        if _OUT_OF_MEMORY in message:
            kind = LuaMemoryError
        traceback = fault.traceback if self._may_show_tracebacks() else None
        error = kind(message if traceback is None else f"{message}\n{_innermost_last(traceback)}")
        error.value = message if type(value) is str else self.to_python(value)
        error.text = message
        error.traceback = traceback
        return error

    def _may_show_tracebacks(self) -> bool:
        """Whether Lua code may: a host that takes `debug.traceback` away gets none either."""
        debug = self.state.globals.raw_get("debug")
        return isinstance(debug, Table) and debug.raw_get("traceback") is not None

    def _message(self, value: LuaValue) -> str:
        if type(value) in (int, float):
            return write_number(value)
        if type(value) is not str:
            text = self.text(value)
            return f"(error object is a {type_name(value)} value)" if text is None else text
        return self.lenient_text(value)

    # --- what wrappers do -------------------------------------------------------------------

    def get(self, value: LuaValue, key: Any) -> Any:
        """`value[key]`."""
        return self.protected(self._get, value, key)

    def _get(self, value: LuaValue, key: Any) -> Any:
        wanted = self.to_lua(key, wraps_none=isinstance(value, Table))
        found = value.raw_get(wanted) if isinstance(value, Table) else None
        return self.to_python(self.state.index(value, wanted) if found is None else found)

    def set(self, value: LuaValue, key: Any, new: Any) -> None:
        """`value[key] = new`."""
        self.protected(self._set, value, key, new)

    def _set(self, value: LuaValue, key: Any, new: Any) -> None:
        wanted, converted = self.to_lua(key, wraps_none=True), self.to_lua(new)
        if isinstance(value, Table) and value.metatable is None:
            value.raw_set(wanted, converted)
        else:
            self.state.set_index(value, wanted, converted)

    def attribute_key(self, name: str) -> bytes:
        """The key in Lua of an attribute's name: names are written in the encoding of sources."""
        return name.encode(self.source_encoding)

    def raw_length(self, value: LuaValue) -> int:
        """The length without `__len`; values that have none count 0."""
        return value.raw_length() if isinstance(value, Table) else 0

    def text(self, value: LuaValue) -> str | None:
        """What `__tostring` gives, None without it."""
        handler = self.state.metafield(value, "__tostring")
        if handler is None:
            return None
        results = self.protected(self.state.call, handler, value)
        text: LuaValue = results[0] if results else None
        if type(text) in (int, float):
            return write_number(text)
        if type(text) is not str:
            raise TypeError("__tostring returned non-string object")
        return self.lenient_text(text)

    def lenient_text(self, text: str) -> str:
        """A Lua string as text, whatever its bytes are."""
        try:
            return text.encode("latin-1").decode(self.encoding or "UTF-8")
        except UnicodeDecodeError:
            return text


Gate.shorts.add(id(Bridge.protected.__code__))


def _resume_thread(_thread: Thread, arguments: list[LuaValue]) -> Resume:
    return Resume(arguments[0], arguments[1:])


def _innermost_last(traceback: str) -> str:
    """A traceback in Python's order, as lupa shows it if only texts (`[string …]`) and natives are in it."""
    title, *lines = traceback.splitlines()
    return "\n".join([title, *reversed(lines)]) if all(map(_is_bracketed, lines)) else traceback


def _is_bracketed(line: str) -> bool:
    return line.startswith("\t[")


def _keeps_ascii(encoding: str) -> bool:
    """Whether ASCII text is itself in this encoding."""
    ascii_text = "".join(map(chr, range(128)))
    try:
        return ascii_text.encode(encoding) == ascii_text.encode("ascii")
    except (LookupError, UnicodeError):
        return False
