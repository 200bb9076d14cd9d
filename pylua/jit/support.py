"""What generated functions call: the operations that are too long to be written in place.

Each gives the result that Lua's semantics have, calling metamethods that are fast functions, or
raises HandOver before anything has happened: then the VM runs the instruction, calls what must
be called, and names variables in messages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pylua.errors import HandOver, OperationError, Spent
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.jit.constants import CONSTANTS
from pylua.jit.filling import copied, filled
from pylua.jit.indexing import MAX_CHAIN, index_operations
from pylua.jit.intrinsics import NAMES
from pylua.jit.iteration import adjust, elements, entries, iterate, loop_range, results_of
from pylua.jit.watches import FRESH
from pylua.values import arithmetic
from pylua.values.functions import LuaFunction, NativeFunction, count_closure
from pylua.values.integers import MAX_INTEGER, MIN_INTEGER, wrap
from pylua.values.numerals import write_number
from pylua.values.shapes import ShapedTable
from pylua.values.table import NOTHING, Table
from pylua.values.types import FALSE
from pylua.values.watching import TELLING
from pylua.vm.operators import NUMERIC as _NUMBER_TYPES
from pylua.vm.operators import PRIMITIVE, to_bits

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["CollectionDue", "Escaped", "LeaveLoop", "Mistaken", "Unseen", "namespace"]

NUMERIC: Any = _NUMBER_TYPES
_BUILTINS: Final = {each.__name__: each for each in (enumerate, range)}
"""As globals they cost an eighth less than from `builtins`."""


class LeaveLoop(HandOver):
    """A translated loop has ended: the VM goes on behind it."""


class Mistaken(HandOver):
    """What was guessed of a loop's variables does not hold."""


class Escaped(HandOver):
    """An object that was not made is needed (see unmaking)."""


class Unseen(HandOver):
    """Fast code came to a block whose operands nobody has seen yet."""


class CollectionDue(HandOver):
    """It is time for the VM to let a collection run."""


class _Types:
    """The metatables of types as attributes, which take 5 ns instead of the 15 of a dict."""


def namespace(state: State) -> dict[str, Any]:
    """The global names of generated code."""
    types = _Types()
    types.__dict__ = state.type_metatables
    names: dict[str, Any] = {
        **CONSTANTS,
        **_BUILTINS,
        "__name__": "pylua.jit.generated",
        "ALL_BITS": (1 << 64) - 1,
        "Escaped": Escaped,
        "HALF": 1 << 63,
        "HandOver": HandOver,
        FRESH: True,
        "LeaveLoop": LeaveLoop,
        "LuaFunction": LuaFunction,
        "Mistaken": Mistaken,
        "NOTHING": NOTHING,
        "PRIMITIVE": PRIMITIVE,
        "Spent": Spent,
        "TEXTS": frozenset({int, str}),
        "ShapedTable": ShapedTable,
        "TELLING": TELLING,
        "Unseen": Unseen,
        "adjust": adjust,
        "bit_and": _bitwise(arithmetic.bitwise_and),
        "bit_or": _bitwise(arithmetic.bitwise_or),
        "bit_xor": _bitwise(arithmetic.bitwise_xor),
        "drop_nils": drop_nils,
        "elements": elements,
        "entries": entries,
        "divide": _numeric(arithmetic.divide),
        "fit": fit,
        "floor_divide": _whole(arithmetic.floor_divide),
        "iterate": iterate,
        "joined": joined,
        "fuel": state.budget.fuel,
        "left": state.budget.cell,
        "copied": copied,
        "count_closure": count_closure,
        "filled": filled,
        "loop_range": loop_range,
        "metatables": state.type_metatables,
        "modulo": _whole(arithmetic.modulo),
        "power": _numeric(arithmetic.power),
        "refuel": state.budget.refuel,
        "results_of": results_of,
        "state": state,
        "shift_left": _bitwise(arithmetic.shift_left),
        "shift_right": _bitwise(arithmetic.shift_right),
        "spread": spread,
        "text": text,
        "trim": trim,
        "types": types,
        "wrapped": wrapped,
    }
    return names | NAMES | _operations(state)


# --- operations with metamethods ------------------------------------------------------------------


def _operations(state: State) -> dict[str, Any]:
    """The functions that look for metamethods, which may belong to a type."""
    metamethod = state.metamethod
    collector = state.collector
    cell = state.budget.cell

    def count(size: int) -> None:
        """Counts bytes about to be allocated; the VM collects when it is time to."""
        debt = collector.debt = collector.debt + size
        if debt > 0:
            raise CollectionDue

    def call(handler: Any, *arguments: Any) -> Any:
        """A metamethod's first result; it counts as a nested call while it runs, as in the VM.

        Whatever is raised in here counts as raised within the call (see handover).
        """
        thread = state.thread
        levels = thread.c_levels = thread.c_levels + 1
        prototype = handler.prototype
        if levels >= state.max_c_levels:
            raise HandOver
        if len(arguments) > prototype.parameter_count and not prototype.is_vararg:
            arguments = arguments[: prototype.parameter_count]
        result = handler.one(*arguments)
        thread.c_levels -= 1
        return result

    def call_binary(handler: Any, left: Any, right: Any) -> Any:
        """`call` for the usual metamethod."""
        thread = state.thread
        levels = thread.c_levels = thread.c_levels + 1
        if levels >= state.max_c_levels or handler.prototype.parameter_count != 2:
            raise HandOver
        result = handler.one(left, right)
        thread.c_levels -= 1
        return result

    def call_unary(handler: Any, operand: Any) -> Any:
        """`call` for the usual metamethod of a minus, which gets its operand twice if it wants to."""
        thread = state.thread
        levels = thread.c_levels = thread.c_levels + 1
        wanted = handler.prototype.parameter_count
        if levels >= state.max_c_levels or not 1 <= wanted <= 2:
            raise HandOver
        result = handler.one(operand) if wanted == 1 else handler.one(operand, operand)
        thread.c_levels -= 1
        return result

    def call_counted(handler: Any, left: Any, right: Any) -> Any:
        """`call` for a metamethod of arithmetic if instructions are counted: it is one (MMBIN)."""
        cell[0] -= 1
        if cell[0] < 0:
            raise Spent
        return call(handler, left, right)

    def arithmetic_(event: str, left: Any, right: Any, call: Callable[..., Any] = call) -> Any:
        if left.__class__ in NUMERIC and right.__class__ in NUMERIC:
            try:
                return arithmetic.OPERATIONS[event](left, right)
            except OperationError:
                raise HandOver from None
        handler = metamethod(left, event)
        if handler is None:
            handler = metamethod(right, event)
        return call(handler, left, right)

    def negative(value: Any) -> Any:
        if value.__class__ is float:
            return -value
        return wrap(-value) if value.__class__ is int else call(metamethod(value, "__unm"), value, value)

    def bit_not(value: Any) -> Any:
        bits = to_bits(value)
        return ~bits if bits is not None else call(metamethod(value, "__bnot"), value, value)

    def same(left: Any, right: Any) -> bool:
        """Of two different objects: equal only by a metamethod, and then only the VM can tell."""
        if isinstance(left, Table) and isinstance(right, Table):
            mine, its = left.metatable, right.metatable
            if (mine is None or "__eq" not in mine.hash_part) and (
                its is mine or its is None or "__eq" not in its.hash_part
            ):
                return False
        if left.lua_type != getattr(right, "lua_type", None) or left.lua_type not in ("table", "userdata"):
            return False
        if metamethod(left, "__eq") is None and metamethod(right, "__eq") is None:
            return False
        raise HandOver

    def equal(left: Any, right: Any) -> bool:
        """`same`, by a metamethod if there is one."""
        try:
            return same(left, right)
        except HandOver:
            handler = metamethod(left, "__eq")
            result = call(metamethod(right, "__eq") if handler is None else handler, left, right)
            return result is not None and result is not FALSE

    def less(left: Any, right: Any, event: str) -> bool:
        if (
            left.__class__ in NUMERIC and right.__class__ in NUMERIC
        ) or left.__class__ is right.__class__ is str:
            return bool(left < right if event == "__lt" else left <= right)
        handler = metamethod(left, event)
        if handler is None:
            handler = metamethod(right, event)
        result = call(handler, left, right)
        return result is not None and result is not FALSE

    def length(value: Any) -> int:
        """The length of a string, or of a table that has no metamethod for it."""
        if value.__class__ is str:
            return len(value)
        if isinstance(value, Table) and metamethod(value, "__len") is None:
            return value.raw_length()
        raise HandOver

    def length_of(value: Any) -> Any:
        handler = None if value.__class__ is str else metamethod(value, "__len")
        return length(value) if handler is None else call(handler, value, value)

    def concat(*parts: Any) -> Any:
        return "".join([part if part.__class__ is str else text(part) for part in parts])

    def resolve(function: Any, arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        for _ in range(MAX_CHAIN):
            if isinstance(function, (LuaFunction, NativeFunction)):
                return function, arguments
            handler = metamethod(function, "__call")
            if handler is None:
                break
            arguments = (function, *arguments)
            function = handler
        raise HandOver

    def call_one(function: Any, *arguments: Any) -> Any:
        function, arguments = resolve(function, arguments)
        return function.one(*arguments)

    def call_many(function: Any, *arguments: Any) -> Any:
        function, arguments = resolve(function, arguments)
        return function.many(*arguments)

    return index_operations(state, call) | {
        "arithmetic": arithmetic_,
        "arithmetic_counted": partial(arithmetic_, call=call_counted),
        "bit_not": bit_not,
        "call_binary": call_binary,
        "call_unary": call_unary,
        "call_counted": call_counted,
        "call_many": call_many,
        "call_one": call_one,
        "concat": concat,
        "count": count,
        "equal": equal,
        "length": length,
        "length_of": length_of,
        "less": less,
        "metamethod_call": call,
        "negative": negative,
        "same": same,
    }


# --- numbers ----------------------------------------------------------------------------------------


def fit(value: Any) -> Any:
    """A result of arithmetic: floats and 64-bit integers as they are."""
    if value.__class__ is float or MIN_INTEGER <= value <= MAX_INTEGER:
        return value
    raise HandOver


def wrapped(value: Any) -> Any:
    """A result of arithmetic, wrapped around at 64 bits."""
    if value.__class__ is float or MIN_INTEGER <= value <= MAX_INTEGER:
        return value
    return wrap(value)


def text(value: Any) -> str:
    """A string or number as concatenation writes it."""
    if value.__class__ in NUMERIC:
        return write_number(value)
    if value.__class__ is str:
        return value
    raise HandOver


def joined(separator: str, array: list[Any]) -> str:
    """The values of an array part in one string."""
    values = array[1:]
    if values and values[0].__class__ is str:  # an exception would cost as much as all the rest
        try:
            return separator.join(values)
        except TypeError:
            pass
    return separator.join([str(value) if value.__class__ is int else text(value) for value in values])


def _whole(operation: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    """`%` and `//`: by an integer zero only the VM divides, which has the message for it."""

    def checked(left: Any, right: Any) -> Any:
        if left.__class__ not in NUMERIC or right.__class__ not in NUMERIC:
            raise HandOver
        if left.__class__ is int and right.__class__ is int and not right:
            raise HandOver
        return operation(left, right)

    return checked


def _numeric(operation: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def checked(left: Any, right: Any) -> Any:
        if left.__class__ in NUMERIC and right.__class__ in NUMERIC:
            return operation(left, right)
        raise HandOver

    return checked


def _bitwise(operation: Callable[..., Any]) -> Callable[[Any, Any], Any]:
    def checked(left: Any, right: Any) -> Any:
        if left.__class__ is not int:
            left = to_bits(left)
        if right.__class__ is not int:
            right = to_bits(right)
        if left is None or right is None:
            raise HandOver
        return operation(left, right)

    return checked


# --- results ----------------------------------------------------------------------------------------


def spread(results: Any) -> tuple[Any, ...]:
    """Results of a call as a tuple."""
    return results if results.__class__ is tuple else (results,)


# --- table constructors -----------------------------------------------------------------------------


def drop_nils(table: Table) -> None:
    """Takes the fields out that were given as nil."""
    table.hash_part = table.__dict__ = {
        key: value for key, value in table.hash_part.items() if value is not None
    }


def trim(array: list[Any]) -> None:
    """The last element of an array part is not nil."""
    while len(array) > 1 and array[-1] is None:
        array.pop()
