"""LuaRuntime: one Lua state for Python code to use, in lupa's conventions.

    lua = LuaRuntime()
    lua.eval("1 + 1")                            ->  2
    double = lua.eval("function(x) return 2 * x end")
    double(21)                                   ->  42
    lua.globals().log = print                        Lua code can call log("…")

Errors of Lua code are LuaError (`message`, `value`, `traceback`); an exception that Python code
raises below Lua code reaches the host as it is.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from functools import wraps
from types import TracebackType

from pylua.errors import LuaError, LuaSyntaxError
from pylua.hints import Any
from pylua.host.bridge import OVERFLOW_HANDLER, Bridge
from pylua.host.python_module import PythonLibrary, split_arguments
from pylua.host.tables import fill
from pylua.host.wrappers import _LuaFunction, _LuaTable, wrap_function
from pylua.jit import ENGINES, set_engine
from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.values.types import LuaValue
from pylua.vm.state import State

__all__ = ["LuaRuntime", "unpacks_lua_table", "unpacks_lua_table_method"]


class LuaRuntime:
    """A Lua state.

    `encoding`: of all strings that cross the border; None: they are bytes in Python.
    `source_encoding`: of Lua code given as text (default: `encoding` or UTF-8).
    `attribute_filter(obj, name, is_setting)`: gives the attribute's name to use when Lua code
    reaches for an attribute of a Python object, or raises AttributeError.
    `attribute_handlers`: `(getter, setter)` that do the access themselves.
    `register_eval`, `register_builtins`: whether Lua finds `python.eval`, `python.builtins`.
    `unpack_returned_tuples`: a tuple from a Python function is several values in Lua.
    `overflow_handler(number)`: gives something else for an int that does not fit 64 bits.
    `max_memory`: accepted, not yet enforced.
    `max_instructions`: so many VM instructions may run, then LuaLimitError stops the script
    and no `pcall` saves it.
    `engine`: "auto" (hot code runs as Python functions), "jit" (all code, from its first call) or "vm".
    """

    def __init__(
        self,
        encoding: str | None = "UTF-8",
        source_encoding: str | None = None,
        attribute_filter: Callable[[Any, Any, bool], Any] | None = None,
        attribute_handlers: Any = None,
        register_eval: bool = True,
        unpack_returned_tuples: bool = False,
        register_builtins: bool = True,
        overflow_handler: Callable[[int], Any] | None = None,
        max_memory: int | None = None,
        string_hash_seed: int | None = None,
        *,
        max_instructions: int | None = None,
        engine: str = "auto",
    ) -> None:
        if engine not in ENGINES:
            raise ValueError(f"engine must be one of {', '.join(map(repr, ENGINES))}")
        self.engine = engine
        encoding = _ascii_name(encoding)
        self._max_memory = max_memory
        """The limit without what the empty runtime takes; 0: none."""
        self._base_memory = 0
        self._state = State()
        self._bridge = Bridge(self._state, encoding, _ascii_name(source_encoding) or encoding or "UTF-8")
        self._bridge.unpacks_tuples = unpack_returned_tuples
        self._set_attribute_access(attribute_filter, attribute_handlers)
        open_libraries(self._state)
        self._open_python_module(register_eval, register_builtins)
        set_engine(self._state, engine)
        self.set_overflow_handler(overflow_handler)
        self.set_max_instructions(max_instructions)
        if max_memory is not None:
            self._base_memory = self._memory_in_use()

    def _set_attribute_access(self, attribute_filter: Any, handlers: Any) -> None:
        if attribute_filter is not None and not callable(attribute_filter):
            raise ValueError("attribute_filter must be callable")
        self._bridge.attribute_filter = attribute_filter
        if not handlers:
            return
        try:
            getter, setter = handlers
        except (ValueError, TypeError):
            getter = setter = handlers
            callable_pair = False
        else:
            callable_pair = all(each is None or callable(each) for each in (getter, setter))
        if not callable_pair:
            raise ValueError("attribute_handlers must be a sequence of two callables")
        if attribute_filter and (getter is not None or setter is not None):
            raise ValueError("attribute_filter and attribute_handlers are mutually exclusive")
        self._bridge.attribute_getter, self._bridge.attribute_setter = getter, setter

    def _open_python_module(self, register_eval: bool, register_builtins: bool) -> None:
        state, bridge = self._state, self._bridge
        library = PythonLibrary(bridge)
        module = library.install()
        if register_eval:
            library.register(module, "eval", eval)
        if register_builtins:
            library.register(module, "builtins", builtins)
        state.globals.raw_set("python", module)
        state.loaded.raw_set("python", module)
        state.registry.raw_set("POBJECT", bridge.object_metatable.table)

    # --- running code -----------------------------------------------------------------------

    def execute(self, lua_code: Any, *args: Any, name: Any = None, mode: Any = None) -> Any:
        """Runs a chunk with `args` as its `...`; gives what it returns."""
        return self._run(self._source(lua_code), args, name, mode)

    def eval(self, lua_code: Any, *args: Any, name: Any = None, mode: Any = None) -> Any:
        """The value of an expression."""
        return self._run("return " + self._source(lua_code), args, name, mode)

    def _run(self, code: str, args: tuple[Any, ...], name: Any, mode: Any) -> Any:
        try:
            function = self._load(code, name, mode)
        except LuaSyntaxError as fault:
            failure = LuaSyntaxError(f"error loading code: {fault.message}")
        else:
            return self._bridge.call(function, args)
        raise failure

    def compile(self, lua_code: Any, name: Any = None, mode: Any = None) -> _LuaFunction:
        """A chunk as a function that was not called yet."""
        function = self._load(self._source(lua_code), name, mode)
        return wrap_function(self._bridge, function)

    def _load(self, code: str, name: Any, mode: Any) -> LuaValue:
        chunk_name = "<python>" if name is None else self._source(name)
        allowed = "bt" if mode is None else _ascii_name(mode)
        return self._bridge.protected(load_chunk, self._state, code, chunk_name, allowed)

    def _source(self, text: Any) -> str:
        """Lua code, or a chunk's name, as a Lua string."""
        if isinstance(text, str):
            return text.encode(self._bridge.source_encoding).decode("latin-1")
        if isinstance(text, (bytes, bytearray)):
            return bytes(text).decode("latin-1")
        raise TypeError(f"Expected string, got {type(text)}")

    def require(self, modulename: str | bytes) -> Any:
        """Calls Lua's `require`: the module, and where it came from."""
        if not isinstance(modulename, (str, bytes)):
            raise TypeError("modulename must be a string")
        function = self._bridge.protected(self._state.index, self._state.globals, "require")
        if function is None:
            raise LuaError("require is not defined")
        return self._bridge.call(function, (modulename,))

    # --- tables -----------------------------------------------------------------------------

    def globals(self) -> _LuaTable:
        """The table of global variables."""
        return self._bridge.to_python(self._state.globals)  # type: ignore[no-any-return]

    def table(self, *items: Any, **kwargs: Any) -> _LuaTable:
        """A new table: `items` at 1, 2, …, and `kwargs` by their names."""
        return self.table_from(items, kwargs)

    def table_from(self, *args: Any, recursive: bool = False) -> _LuaTable:
        """A new table: mappings and Lua tables by their keys, items of others in order.

        `recursive`: collections within become tables too, shared ones and cycles included.
        """
        table = self._bridge.protected(fill, self._bridge, args, recursive)
        return self._bridge.to_python(table)  # type: ignore[no-any-return]

    # --- settings and resources -------------------------------------------------------------

    def set_overflow_handler(self, overflow_handler: Callable[[int], Any] | None) -> None:
        """Sets what is called for an int that does not fit 64 bits."""
        if overflow_handler is not None and not callable(overflow_handler):
            raise ValueError("overflow_handler must be callable")
        self._state.registry.raw_set(OVERFLOW_HANDLER, self._bridge.to_lua(overflow_handler))

    def set_max_instructions(self, max_instructions: int | None) -> None:
        """From now on so many VM instructions may run; None: no limit.

        A first limit that a Python function sets while Lua code calls it does not count what hot code
        around the call does before it returns: give a runtime for such scripts a limit from its start.
        """
        self._state.limit_instructions(max_instructions)

    @property
    def instructions_left(self) -> int | None:
        """How many VM instructions may still run; None: no limit."""
        return self._state.instructions_left

    def get_max_memory(self, total: bool = False) -> int | None:
        """The limit in bytes (0: none), None if `max_memory` was not given.

        `total`: with what the empty runtime takes.
        """
        return self._max_memory + self._base_memory if self._max_memory and total else self._max_memory

    def get_memory_used(self, total: bool = False) -> int | None:
        """Bytes in use, None if `max_memory` was not given; `total` as for `get_max_memory`."""
        if self._max_memory is None:
            return None
        return self._memory_in_use() - (0 if total else self._base_memory)

    def _memory_in_use(self) -> int:
        kilobytes: float = self._bridge.protected(self._state.collect_garbage, "count", ())
        return int(kilobytes * 1024)

    def set_max_memory(self, max_memory: int, total: bool = False) -> None:
        """Sets the limit; only if `max_memory` was given when the runtime was made."""
        if self._max_memory is None:
            raise RuntimeError("max_memory must be set on LuaRuntime creation")
        if max_memory < 0:
            raise OverflowError("can't convert negative value to size_t")
        self._max_memory = max_memory - self._base_memory if total and max_memory else max_memory

    def gccollect(self) -> None:
        """A full cycle of Lua's garbage collector."""
        self._bridge.protected(self._state.collect_garbage, "collect", ())

    def nogc(self) -> _NoCollection:
        """A context in which the collector does not run."""
        return _NoCollection(self._bridge)

    @property
    def lua_version(self) -> tuple[int, int]:
        """The version of the language."""
        return 5, 4

    @property
    def lua_implementation(self) -> str:
        """The name of the language with its version, as Lua code sees it."""
        return self.eval("_VERSION")  # type: ignore[no-any-return]


class _NoCollection:
    """Stops the collector while the block runs."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    def __enter__(self) -> None:
        self._bridge.protected(self._bridge.state.collect_garbage, "stop", ())

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bridge.protected(self._bridge.state.collect_garbage, "restart", ())


def _ascii_name(name: Any) -> str | None:
    """The name of an encoding or a mode, which must be ASCII."""
    if name is None:
        return None
    if isinstance(name, str):
        return name.encode("ascii").decode()
    if isinstance(name, (bytes, bytearray)):
        if not bytes(name).isascii():
            raise ValueError("byte string input has unknown encoding, only ASCII is allowed")
        return bytes(name).decode("ascii")
    raise ValueError(f"expected string, got {type(name)}")


def unpacks_lua_table(func: Callable[..., Any]) -> Callable[..., Any]:
    """Lets Lua call `func{1, x = 2}`: a single table becomes positional and keyword arguments."""

    @wraps(func)
    def unpacking(*args: Any) -> Any:
        call = split_arguments(args)
        return func(*call.positional, **call.keyword)

    return unpacking


def unpacks_lua_table_method(meth: Callable[..., Any]) -> Callable[..., Any]:
    """`unpacks_lua_table` for methods: their first argument is left alone."""

    @wraps(meth)
    def unpacking(self: Any, *args: Any) -> Any:
        call = split_arguments(args)
        return meth(self, *call.positional, **call.keyword)

    return unpacking
