"""Operations with metamethods (§2.4), as the VM's slow paths and as calls for native code.

    find_index(state, object, key)      -> value, or PENDING: a metamethod must be called
    index(state, object, key)           -> value, calling metamethods

The VM must not recurse in Python for a metamethod written in Lua, so the `find_…` functions
only decide: they return the result, or PENDING with the call to make in `state.pending`.
The plain functions make that call themselves; native functions use them.
"""

from __future__ import annotations

from pylua.errors import LibraryError, OperationError
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.arithmetic import OPERATIONS
from pylua.values.integers import float_to_integer
from pylua.values.late import late_module
from pylua.values.numerals import write_number
from pylua.values.table import Table
from pylua.values.types import FALSE, TRUE, Boolean, LuaValue, type_name

if TYPE_CHECKING:
    from pylua.vm import faults
    from pylua.vm.state import State
else:
    faults = late_module("pylua.vm.faults")

__all__ = [
    "NUMERIC",
    "PENDING",
    "PRIMITIVE",
    "address",
    "arithmetic",
    "assign_field",
    "concat",
    "equals",
    "find_concat",
    "find_equals",
    "find_index",
    "find_length",
    "find_less",
    "find_set_field",
    "find_set_index",
    "index",
    "length",
    "less_equal",
    "less_than",
    "metamethod",
    "set_index",
    "text_of",
    "to_bits",
    "to_text",
]

NUMERIC: Final = frozenset({int, float})
PRIMITIVE: Final = frozenset({type(None), Boolean, int, float, str})
"""Types whose equality never asks a metamethod."""
_MAX_CHAIN: Final = 2000


class _Pending:
    __slots__ = ()


PENDING: Final[Any] = _Pending()
"""What a `find_…` function returns when `state.pending` = (function, arguments) must be called."""


def metamethod(state: State, value: LuaValue, event: str) -> LuaValue:
    """The handler of `event` for `value`, or None (§2.4)."""
    metatable = state.metatable_of(value)
    return None if metatable is None else metatable.raw_get(event)


# --- index (§2.4 "index") ------------------------------------------------------------------


def find_index(state: State, value: LuaValue, key: LuaValue) -> LuaValue:
    """`value[key]`, or PENDING."""
    for _ in range(_MAX_CHAIN):
        if isinstance(value, Table):
            found = value.raw_get(key)
            if found is not None:
                return found
            metatable = value.metatable
            if metatable is None:
                return None
            handler = metatable.raw_get("__index")
            if handler is None:
                return None
        else:
            handler = metamethod(state, value, "__index")
            if handler is None:
                raise OperationError(faults.index_fault_here(state, value, key))
        if _is_function(handler):
            state.pending = (handler, [value, key])
            return PENDING
        value = handler
    raise OperationError("'__index' chain too long; possible loop")


def find_set_index(state: State, value: LuaValue, key: LuaValue, new: LuaValue) -> LuaValue:
    """Does `value[key] = new` and returns None, or returns PENDING."""
    for _ in range(_MAX_CHAIN):
        if isinstance(value, Table):
            metatable = value.metatable
            handler = None
            if metatable is not None and value.raw_get(key) is None:
                handler = metatable.raw_get("__newindex")
            if handler is None:
                value.raw_set(key, new)
                return None
        else:
            handler = metamethod(state, value, "__newindex")
            if handler is None:
                raise OperationError(faults.index_fault_here(state, value, key))
        if _is_function(handler):
            state.pending = (handler, [value, key, new])
            return PENDING
        value = handler
    raise OperationError("'__newindex' chain too long; possible loop")


def find_set_field(state: State, value: LuaValue, name: str, new: LuaValue) -> LuaValue:
    """`find_set_index` for `value.name = new`."""
    if isinstance(value, Table) and assign_field(value, name, new):
        return None
    return find_set_index(state, value, name, new)


def assign_field(table: Table, name: str, new: LuaValue) -> bool:
    """Does `table.name = new` unless `__newindex` has a say; whether it did."""
    metatable = table.metatable
    if metatable is not None and "__newindex" in metatable.hash_part and table.hash_part.get(name) is None:
        return False
    table.raw_set_field(name, new)
    return True


def _is_function(value: LuaValue) -> bool:
    return getattr(type(value), "lua_type", None) == "function"


def index(state: State, value: LuaValue, key: LuaValue) -> LuaValue:
    """`value[key]` with metamethods."""
    return _complete(state, find_index(state, value, key))


def set_index(state: State, value: LuaValue, key: LuaValue, new: LuaValue) -> None:
    """`value[key] = new` with metamethods."""
    if find_set_index(state, value, key, new) is PENDING:
        function, arguments = state.pending
        state.call(function, *arguments)


def _complete(state: State, result: LuaValue) -> LuaValue:
    if result is not PENDING:
        return result
    function, arguments = state.pending
    results = state.call(function, *arguments)
    return results[0] if results else None


# --- comparison (§3.4.4) --------------------------------------------------------------------


def find_equals(state: State, left: LuaValue, right: LuaValue) -> LuaValue:
    """`left == right` as a Python bool, or PENDING (the call's truth is the answer)."""
    if left == right:
        return True
    if type(left) in PRIMITIVE or type_name(left) != type_name(right):
        return False
    if type_name(left) not in ("table", "userdata"):
        return False
    handler = metamethod(state, left, "__eq")
    if handler is None:
        handler = metamethod(state, right, "__eq")
        if handler is None:
            return False
    state.pending = (handler, [left, right])
    return PENDING


def find_less(state: State, left: LuaValue, right: LuaValue, event: str) -> LuaValue:
    """`left < right` (`__lt`) or `left <= right` (`__le`) as a Python bool, or PENDING."""
    if (type(left) in NUMERIC and type(right) in NUMERIC) or (type(left) is str and type(right) is str):
        return left < right if event == "__lt" else left <= right
    handler = metamethod(state, left, event)
    if handler is None:
        handler = metamethod(state, right, event)
        if handler is None:
            raise OperationError(faults.compare_fault(left, right))
    state.pending = (handler, [left, right])
    return PENDING


def _truth(state: State, result: LuaValue) -> bool:
    if result is not PENDING:
        return result is True
    answer = _complete(state, result)
    return answer is not None and answer is not FALSE


def equals(state: State, left: LuaValue, right: LuaValue) -> bool:
    """`left == right` with metamethods."""
    return _truth(state, find_equals(state, left, right))


def less_than(state: State, left: LuaValue, right: LuaValue) -> bool:
    """`left < right` with metamethods."""
    return _truth(state, find_less(state, left, right, "__lt"))


def less_equal(state: State, left: LuaValue, right: LuaValue) -> bool:
    """`left <= right` with metamethods."""
    return _truth(state, find_less(state, left, right, "__le"))


# --- length, concatenation ------------------------------------------------------------------


def find_length(state: State, value: LuaValue) -> LuaValue:
    """`#value`, or PENDING."""
    if type(value) is str:
        return len(value)
    handler = metamethod(state, value, "__len")
    if handler is None:
        if isinstance(value, Table):
            return value.raw_length()
        raise OperationError(faults.length_fault_here(state, value))
    state.pending = (handler, [value, value])
    return PENDING


def length(state: State, value: LuaValue) -> LuaValue:
    """`#value` with metamethods; any value a metamethod gives."""
    return _complete(state, find_length(state, value))


def text_of(value: LuaValue) -> str | None:
    """The text of a string or number as concatenation takes it, else None."""
    if type(value) is str:
        return value
    if type(value) is int or type(value) is float:
        return write_number(value)
    return None


def find_concat(state: State, left: LuaValue, right: LuaValue) -> LuaValue:
    """`left .. right`, or PENDING."""
    left_text, right_text = text_of(left), text_of(right)
    if left_text is not None and right_text is not None:
        return left_text + right_text
    handler = metamethod(state, left, "__concat")
    if handler is None:
        handler = metamethod(state, right, "__concat")
        if handler is None:
            raise OperationError(faults.concat_fault_here(state, left, right))
    state.pending = (handler, [left, right])
    return PENDING


def concat(state: State, left: LuaValue, right: LuaValue) -> LuaValue:
    """`left .. right` with metamethods."""
    return _complete(state, find_concat(state, left, right))


# --- arithmetic ------------------------------------------------------------------------------


def to_bits(value: LuaValue) -> int | None:
    """The integer that a bitwise operation takes `value` for: whole floats convert, strings do not."""
    if type(value) is float:
        return float_to_integer(value)
    return value if type(value) is int else None


def arithmetic(state: State, event: str, left: LuaValue, right: LuaValue) -> LuaValue:
    """An arithmetic or bitwise operation with coercions and metamethods (lua_arith)."""
    if type(left) in NUMERIC and type(right) in NUMERIC:
        return OPERATIONS[event](left, right)
    handler = metamethod(state, left, event)
    if handler is None:
        handler = metamethod(state, right, event)
        if handler is None:
            raise OperationError(faults.arithmetic_fault(None, 0, event, left, right))
    results = state.call(handler, left, right)
    return results[0] if results else None


# --- text -------------------------------------------------------------------------------------


def to_text(state: State, value: LuaValue) -> str:
    """What `tostring` gives: `__tostring`, `__name`, or the plain text of the value (§6.1)."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is int or kind is float:
        return write_number(value)
    if value is None:
        return "nil"
    handler = metamethod(state, value, "__tostring")
    if handler is not None:
        text = _complete_call(state, handler, value)
        if type(text) is not str:
            if type(text) in NUMERIC:
                return write_number(text)
            raise LibraryError("'__tostring' must return a string")
        return text
    if value is TRUE or value is FALSE:
        return value.name
    name = metamethod(state, value, "__name")
    return f"{name if type(name) is str else type_name(value)}: {address(value)}"


def _complete_call(state: State, function: LuaValue, *arguments: LuaValue) -> LuaValue:
    results = state.call(function, *arguments)
    return results[0] if results else None


def address(value: LuaValue) -> str:
    """What `%p` prints for an object: a number that is its own while it lives."""
    return f"0x{id(value):014x}"
