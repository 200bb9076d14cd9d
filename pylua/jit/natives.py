"""How fast code calls native functions.

    math.floor        as the library has it
    table.insert      by a shorter form for the usual arguments
    pcall, xpcall     by fast code as long as nothing fails (see protected_calls)
    error             where it is known to be caught by a pcall in fast code
    debug.…           never: they look at the stack

`install` gives the natives of a State's libraries their `one` and `many`; other functions get theirs
when fast code first comes to them (`adopt`). Natives that call Lua code leave a Seam for who looks
at the stack meanwhile (see hidden_frames).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from functools import partial

from pylua.errors import NotFast
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.intrinsics import INTRINSICS, MANY_VALUES, SEVERAL, python_name
from pylua.jit.protected_calls import ProtectedCalls
from pylua.values.functions import ABSENT, NativeFunction, demand_vm
from pylua.values.table import Table
from pylua.values.types import LuaValue
from pylua.vm.operators import NUMERIC
from pylua.vm.wrapping import WrapFunction

if TYPE_CHECKING:
    from pylua.jit.tier import FastTier
    from pylua.vm.state import State

__all__ = ["adopt", "forms_of", "install"]

_SINGLE: Final = {
    "_G": "rawequal rawget rawlen rawset tonumber type getmetatable",
    "math": "abs ceil floor fmod tointeger type ult acos asin atan cos deg exp log rad sin tan",
    "string": "len gmatch sub char rep reverse lower upper packsize pack",
    "coroutine": "status",
    "os": "clock",
    "table": "pack",
    "utf8": "char",
}
"""They give exactly one value."""
_LOOKERS: Final = {"_G": "error collectgarbage load", "os": "exit"}
"""They look at the stack, as the functions of `debug`, or leave it."""


def install(state: State, tier: FastTier) -> NativeFunction | None:
    """Lets fast code call the natives of `state` that it may; gives `coroutine.yield`, if there is one."""
    call_in_vm = tier.call_in_vm
    for library, names in _SINGLE.items():
        for name in names.split():
            _give(state, library, name, _call_of, _call_of)
    _give(state, "coroutine", "close", partial(_nested, call_in_vm))
    _give(state, "coroutine", "wrap", partial(_wrap, tier))
    _give(state, "coroutine", "resume", tier.coroutines.make_protected_resume)
    protected_calls = ProtectedCalls(tier)
    pcall = protected_calls.make_pcall
    xpcall = partial(pcall, has_handler=True)
    _give(state, "_G", "pcall", pcall, partial(pcall, is_single=True))
    _give(state, "_G", "xpcall", xpcall, partial(xpcall, is_single=True))
    _give(state, "_G", "select", _call_of, _select_one)
    _give(state, "_G", "tostring", _to_string, _to_string)
    _give(state, "string", "byte", _call_of, _byte)
    _give(state, "math", "max", _extreme("max"), _extreme("max"))
    _give(state, "math", "min", _extreme("min"), _extreme("min"))
    _give(state, "math", "sqrt", _square_root, _square_root)
    _give(state, "_G", "error", protected_calls.make_error, protected_calls.make_error)
    check = protected_calls.make_assert
    _give(state, "_G", "assert", check, partial(check, is_single=True))
    _give(state, "_G", "pairs", partial(_pairs, state, call_in_vm))
    _give(state, "_G", "setmetatable", partial(_set_metatable, tier), partial(_set_metatable, tier))
    _give(state, "table", "insert", _insert(()), _insert(None))
    _give(state, "table", "remove", _remove, _remove)
    _give(state, "table", "sort", _sort(()), _sort(None))
    _give(state, "table", "unpack", _unpack)
    tier.lookers = frozenset(_lookers(state))
    tier.names["native_next"] = state.globals.raw_get("next")
    tier.names["native_ipairs_iterator"] = _give_step(state)
    for name in INTRINSICS | SEVERAL:
        tier.names[python_name(name)] = _mark(state, name)
    coroutine_library = state.loaded.raw_get("coroutine")
    return coroutine_library.raw_get("yield") if isinstance(coroutine_library, Table) else None


def _lookers(state: State) -> Iterator[LuaValue]:
    """The natives that look at the stack."""
    debug = state.loaded.raw_get("debug")
    if isinstance(debug, Table):
        yield from debug.hash_part.values()
    for library, names in _LOOKERS.items():
        for name in names.split():
            yield _member(state, library, name)
    yield _member(state, "coroutine", "yield")


def _member(state: State, library: str, name: str) -> LuaValue:
    table = state.loaded.raw_get(library)
    return table.raw_get(name) if isinstance(table, Table) else None


def _mark(state: State, name: str) -> NativeFunction | None:
    """The native whose work generated code can do in place."""
    library, _, field = name.rpartition(".")
    native = _member(state, library or "_G", field)
    if not isinstance(native, NativeFunction) or native.name != field:
        return None
    native.intrinsic = name
    return native


def _give(
    state: State,
    library: str,
    name: str,
    make: Callable[[NativeFunction], Any],
    make_one: Callable[[NativeFunction], Any] | None = None,
) -> None:
    native = _member(state, library, name)
    if not isinstance(native, NativeFunction) or native.name != name:
        return
    _let_call(native, make(native))
    if make_one is not None:
        native.one = make_one(native)


def _let_call(native: NativeFunction, many: Callable[..., Any]) -> None:
    """Fast code may call `native` by `many`."""
    native.many, native.one = many, first_of(many)


def first_of(many: Callable[..., Any]) -> Callable[..., LuaValue]:
    """A function that gives the first result of `many`, or nil."""

    def one(*arguments: LuaValue) -> LuaValue:
        results = many(*arguments)
        if results.__class__ is not tuple:
            return results
        return results[0] if results else None

    return one


def forms_of(many: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """The methods by which fast code calls a function that gives its results as `many` does."""
    one = first_of(many)

    def flow(*arguments: LuaValue) -> Generator[LuaValue, LuaValue, LuaValue]:
        return many(*arguments)
        yield

    return {"one": one, "many": many, "flow": flow}


def _call_of(native: NativeFunction) -> Callable[..., Any]:
    return native.call


def _select_one(native: NativeFunction) -> Callable[..., Any]:
    one = first_of(native.call)

    def select(position: LuaValue = None, *values: LuaValue) -> LuaValue:
        if position.__class__ is int and position > 0:
            return values[position - 1] if position <= len(values) else None
        return len(values) if position == "#" else one(position, *values)

    return select


def _extreme(name: str) -> Callable[[NativeFunction], Callable[..., Any]]:
    """math.max or math.min: Python compares numbers in the same order, and as exactly, as Lua."""
    choose = max if name == "max" else min

    def make(native: NativeFunction) -> Callable[..., Any]:
        call = native.call

        def extreme(*numbers: LuaValue) -> LuaValue:
            if not numbers:
                return call()
            value = choose(numbers)  # raises unless all are numbers, or all texts
            return value if value.__class__ in NUMERIC else call(*numbers)

        return extreme

    return make


def _square_root(native: NativeFunction) -> Callable[..., Any]:
    call, sqrt = native.call, math.sqrt

    def square_root(*numbers: LuaValue) -> LuaValue:
        if len(numbers) == 1 and numbers[0].__class__ is float and numbers[0] >= 0.0:
            return sqrt(numbers[0])
        return call(*numbers)

    return square_root


def _byte(native: NativeFunction) -> Callable[..., Any]:
    one = first_of(native.call)

    def byte(*arguments: LuaValue) -> LuaValue:
        if len(arguments) == 2:
            text, position = arguments
            if text.__class__ is str and position.__class__ is int and 0 < position <= len(text):
                return ord(text[position - 1])
        return one(*arguments)

    return byte


def _to_string(native: NativeFunction) -> Callable[..., Any]:
    call = native.call

    def to_string(*values: LuaValue) -> LuaValue:
        if len(values) == 1:
            value = values[0]
            if value.__class__ is str:
                return value
            if value.__class__ is int:
                return str(value)
        return call(*values)

    return to_string


def _nested(call_in_vm: Callable[..., Any], native: NativeFunction) -> Callable[..., Any]:
    """What calls a native that runs Lua code, but leaves nothing on Python's stack."""

    def nested(*arguments: LuaValue) -> LuaValue:
        return call_in_vm(native, *arguments)

    return nested


def _wrap(tier: FastTier, native: NativeFunction) -> Callable[..., Any]:
    call = native.call

    def wrap(*arguments: LuaValue) -> LuaValue:
        wrapped = call(*arguments)
        wrapped.__class__ = tier.coroutines.resumer
        return wrapped

    return wrap


def adopt(native: Any, tier: FastTier) -> bool:
    """Lets fast code call a native that a library has made on the way; False if the VM must call it."""
    if isinstance(native, WrapFunction):
        native.__class__ = tier.coroutines.resumer
    elif not isinstance(native, NativeFunction) or native.many is not demand_vm or native in tier.lookers:
        return False
    elif type(native) is NativeFunction:
        _let_call(native, native.call)
    else:
        _let_call(native, _nested(tier.call_in_vm, native))
    return True


def _pairs(state: State, call_in_vm: Callable[..., Any], native: NativeFunction) -> Callable[..., Any]:
    step = state.globals.raw_get("next")

    def pairs(*arguments: LuaValue) -> Any:
        subject = arguments[0] if arguments else None
        if not isinstance(subject, Table) or subject.metatable is not None:
            return call_in_vm(native, *arguments)
        return step, subject, None

    return pairs


def _set_metatable(tier: FastTier, native: NativeFunction) -> Callable[..., Any]:
    call = native.call

    def set_metatable(*arguments: LuaValue) -> LuaValue:
        if not tier.counts_allocations and len(arguments) > 1 and isinstance(arguments[1], Table):
            events = arguments[1].hash_part
            if "__gc" in events or "__mode" in events:
                raise NotFast  # from now on allocations count, which the code that runs does not do
        return call(*arguments)

    return set_metatable


def _insert(nothing: Any) -> Callable[[NativeFunction], Callable[..., Any]]:
    """table.insert; it gives `nothing`."""

    def make(native: NativeFunction) -> Callable[..., Any]:
        call = native.call

        def insert(table: LuaValue = ABSENT, *arguments: LuaValue) -> Any:
            if not isinstance(table, Table) or table.metatable is not None:
                call(table, *arguments)
            elif len(arguments) == 1 and arguments[0] is not None and not table.hash_part:
                table.raw_set_integer(len(table.array_part), arguments[0])
            elif len(arguments) == 2 and arguments[1] is not None and not table.hash_part:
                position, value = arguments
                if position.__class__ is int and 0 < position < len(table.array_part):
                    table.array_part.insert(position, value)
                else:
                    call(table, *arguments)
            else:
                call(table, *arguments)
            return nothing

        return insert

    return make


def _sort(nothing: Any) -> Callable[[NativeFunction], Callable[..., Any]]:
    """table.sort; it gives `nothing`."""

    def make(native: NativeFunction) -> Callable[..., Any]:
        call = native.call

        def sort(table: LuaValue = ABSENT, *order: LuaValue) -> Any:
            if order or not isinstance(table, Table) or table.metatable is not None:
                call(table, *order)
                return nothing
            values = table.array_part[1:]
            if values and values[0].__class__ is str:
                try:
                    values.sort()
                except TypeError:  # texts can only be compared with texts
                    call(table)
                else:
                    table.array_part[1:] = values
            else:
                call(table)
            return nothing

        return sort

    return make


def _remove(native: NativeFunction) -> Callable[..., Any]:
    call = native.call

    def remove(table: LuaValue = ABSENT, *position: LuaValue) -> Any:
        if not isinstance(table, Table) or table.metatable is not None:
            return call(table, *position)
        array = table.array_part
        size = len(array)
        if size == 2 and not position:
            return array.pop()
        if size < 3 or array[-2] is None:
            return call(table, *position)
        at = position[0] if position else -1
        if at.__class__ is not int or at >= size or (position and at < 1):
            return call(table, *position)
        return array.pop(at)

    return remove


def _unpack(native: NativeFunction) -> Callable[..., Any]:
    call = native.call

    def unpack(table: LuaValue = None, first: LuaValue = 1, last: LuaValue = None, *_: LuaValue) -> Any:
        if not isinstance(table, Table) or table.metatable is not None:
            return call(table, first, last)
        array = table.array_part
        if last is None:
            last = len(array) - 1
        if first.__class__ is last.__class__ is int and 0 < first < last < len(array) <= MANY_VALUES:
            return tuple(array[first : last + 1])
        return call(table, first, last)

    return unpack


def _give_step(state: State) -> NativeFunction | None:
    """The iterator of ipairs is in no table."""
    ipairs = state.globals.raw_get("ipairs")
    if not (isinstance(ipairs, NativeFunction) and ipairs.name == "ipairs"):
        return None
    step: NativeFunction = ipairs.call(Table.__new__(Table))[0]
    _let_call(step, step.call)
    return step
