"""Indexing in fast code where it is no access to a table's own part: tables, keys come in, values go out.

    index(t, "x")            through `__index`, of tables, fast functions, native functions
    index_object(o, "x")     the same, if it was userdata that had none of tables
    set_index(t, "x", 1)     through `__newindex`

They raise HandOver before anything has happened where only the VM knows what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pylua.errors import HandOver, LuaError, NativeFault
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.seams import run_nested
from pylua.values.functions import LuaFunction, NativeFunction, demand_vm
from pylua.values.table import Table
from pylua.values.userdata import Userdata
from pylua.vm.operators import assign_field

if TYPE_CHECKING:
    from pylua.vm.state import State
    from pylua.vm.thread import Thread

__all__ = ["MAX_CHAIN", "index_operations"]

MAX_CHAIN: Final = 100
"""Metamethods that lead to one another, before it is left to the VM to say that they are too many."""


def index_operations(state: State, call: Callable[..., Any]) -> dict[str, Any]:
    """The functions by their names in generated code; `call` calls metamethods that are fast functions."""
    call_native = _native_caller(state)
    index = _reader(state, call, call_native)
    set_index = _setter(state, call, call_native)
    return {
        "index": index,
        "index_object": _object_reader(state, index),
        "inherited": _inheriting(index),
        **_writers(set_index, call_native),
        **_callers(call, index, set_index),
    }


def _callers(
    call: Callable[..., Any], index: Callable[..., Any], set_index: Callable[..., Any]
) -> dict[str, Any]:
    def call_index(handler: Any, table: Any, key: Any) -> Any:
        """What `__index` gives for a key that a table has not."""
        return call(handler, table, key) if isinstance(handler, LuaFunction) else index(table, key)

    def call_store(handler: Any, table: Any, key: Any, value: Any) -> None:
        """Lets `__newindex` assign to a key that a table has not."""
        if isinstance(handler, LuaFunction):
            call(handler, table, key, value)
        else:
            set_index(table, key, value)

    return {"call_index": call_index, "call_store": call_store}


def _native_caller(state: State) -> Callable[..., Any]:
    def call_native(handler: NativeFunction, *arguments: Any) -> Any:
        """`call` for a native metamethod. Its errors are thrown in a nested VM, which finds the callers."""
        thread = state.thread
        levels = thread.c_levels + 1
        if levels >= state.max_c_levels or handler.one is demand_vm:
            raise HandOver
        thread.c_levels = levels
        try:
            result = handler.one(*arguments)
        except HandOver:
            thread.c_levels = levels - 1
            raise HandOver from None
        except (LuaError, NativeFault) as fault:
            return run_nested(state, thread, partial(_fail, thread, handler, fault))
        thread.c_levels = levels - 1
        return result

    return call_native


def _fail(thread: Thread, native: NativeFunction, fault: Exception, _state: State) -> None:
    """What `native` does in a nested VM: it has done all else already."""
    thread.native = native
    raise fault


def _handler_of(state: State, value: Any, event: str) -> Any:
    """The metamethod of what is no table; userdata have metatables of their own."""
    if not isinstance(value, Userdata):
        return state.metamethod(value, event)
    return None if value.metatable is None else value.metatable.hash_part.get(event)


def _reader(state: State, call: Callable[..., Any], call_native: Callable[..., Any]) -> Callable[..., Any]:
    def index(table: Any, key: Any) -> Any:
        for _ in range(MAX_CHAIN):
            if table.__class__ is Table or isinstance(table, Table):  # most have no shape
                value = table.raw_get(key)
                if value is not None:
                    return value
                metatable = table.metatable
                handler = None if metatable is None else metatable.hash_part.get("__index")
                if handler is None:
                    return None
            else:
                handler = _handler_of(state, table, "__index")
                if handler is None:
                    break
            if isinstance(handler, LuaFunction):
                return call(handler, table, key)
            if isinstance(handler, NativeFunction):
                return call_native(handler, table, key)
            table = handler
        raise HandOver

    return index


def _object_reader(state: State, index: Callable[..., Any]) -> Callable[..., Any]:
    def index_object(value: Any, key: Any, is_fleeting: bool = False) -> Any:
        """`index` of userdata that a native function reads: `call_native`, without its lists.

        `is_fleeting`: what it gives is called at once.
        """
        try:
            handler = None if isinstance(value, Table) else value.metatable.__index
        except AttributeError:
            handler = None
        if not isinstance(handler, NativeFunction):
            return index(value, key)
        thread = state.thread
        levels = thread.c_levels + 1
        if levels >= state.max_c_levels or handler.one is demand_vm:
            raise HandOver
        thread.c_levels = levels
        try:
            result = handler.fleeting(value, key) if is_fleeting else handler.one(value, key)
        except HandOver:
            thread.c_levels = levels - 1
            raise HandOver from None
        except (LuaError, NativeFault) as fault:
            return run_nested(state, thread, partial(_fail, thread, handler, fault))
        thread.c_levels = levels - 1
        return result

    return index_object


def _inheriting(index: Callable[..., Any]) -> Callable[..., Any]:
    def inherited(table: Any, key: Any) -> Any:
        """A field that is not in the table itself."""
        while (metatable := table.metatable) is not None:
            heir = metatable.hash_part.get("__index")
            if heir.__class__ is not Table and not isinstance(heir, Table):
                return None if heir is None else index(table, key)
            value = heir.hash_part.get(key)
            if value is not None:
                return value
            table = heir
        return None

    return inherited


def _setter(state: State, call: Callable[..., Any], call_native: Callable[..., Any]) -> Callable[..., Any]:
    def set_index(table: Any, key: Any, value: Any) -> None:
        for _ in range(MAX_CHAIN):
            handler = None
            if not isinstance(table, Table):
                handler = _handler_of(state, table, "__newindex")
                if handler is None:
                    break
            else:
                metatable = table.metatable
                if (
                    metatable is not None
                    and "__newindex" in metatable.hash_part
                    and table.raw_get(key) is None
                ):
                    handler = metatable.hash_part["__newindex"]
            if handler is None:
                if key is None or key != key:
                    break
                table.raw_set(key, value)
                return
            if isinstance(handler, LuaFunction):
                call(handler, table, key, value)
                return
            if isinstance(handler, NativeFunction):
                call_native(handler, table, key, value)
                return
            table = handler
        raise HandOver

    return set_index


def _writers(set_index: Callable[..., Any], call_native: Callable[..., Any]) -> dict[str, Any]:
    def set_field(table: Any, key: str, value: Any) -> None:
        if not isinstance(table, Table) or not assign_field(table, key, value):
            set_index(table, key, value)

    def set_nil(table: Any, key: Any) -> None:
        if isinstance(table, Table) and table.metatable is None:
            if key.__class__ is int and 0 < key < len(table.array_part) - 1:
                table.array_part[key] = None
                return
            if key.__class__ is str:
                table.raw_delete(key)
                return
        set_index(table, key, None)

    def store(table: Any, key: Any, value: Any) -> None:
        """Assigns to a table that has no `__newindex`."""
        if key is None or key != key:
            raise HandOver
        table.raw_set(key, value)

    def set_object(table: Any, key: Any, value: Any) -> None:
        """`set_index` of userdata that a native function writes, if that has not changed."""
        try:
            handler = None if isinstance(table, Table) else table.metatable.__newindex
        except AttributeError:
            handler = None
        if isinstance(handler, NativeFunction):
            call_native(handler, table, key, value)
        else:
            set_index(table, key, value)

    return {
        "put": store,  # of what is not nil, so that it removes nothing (see loop_code)
        "set_field": set_field,
        "set_index": set_index,
        "set_nil": set_nil,
        "set_object": set_object,
        "store": store,
    }
