"""Calls of Lua functions from Python: a bridge and a function come in, a callable goes out.

    Calls(bridge).prepare(f, wrapper)      f: function(a, b) … end
    wrapper(1, "x")                    ->  what f returns, as Python sees it

What a call needs is bound once, in code for its number of parameters. While no Lua code runs and the
function is fast code, it is called right there; the bridge makes all other calls.
"""

from __future__ import annotations

from _weakref import ref
from collections.abc import Callable
from functools import cache
from types import CodeType

from pylua.errors import LuaError, NativeFault
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.host.formulas import FORMULA, formula_of
from pylua.host.gate import TOKEN, Gate
from pylua.values.functions import NOT_FAST, LuaFunction
from pylua.values.integers import SMALL_INTEGER

if TYPE_CHECKING:
    from pylua.host.bridge import Bridge
    from pylua.values.types import LuaValue

__all__ = ["Calls"]

_FIXED: Final = 4
"""Functions with up to so many parameters get code without a tuple of arguments."""

_CALL: Final = """
def make(function, home):
    def call({parameters}*more):
        if state.keeps_to_vm or not free:
            return call_again(function, home, ({given}*more,))
        taken = True
        try:
            free.pop()
        except IndexError:
            taken = False
        if not taken:
            return call_again(function, home, ({given}*more,))
        try:
            {conversions}
            try:
                value = function.enter({arguments})
            except BaseException as fault:
                value = go_on(fault)
            kind = value.__class__
            if kind is int or kind is float or value is None:
                return value
            if kind is str and is_plain and value.isascii():
                return value
            if value is NOT_FAST:
                value = call_first(function, ({given}*more,))
                if function.is_usable:
                    shorten(function, home)
            return to_python(value)
        except (LuaError, NativeFault) as fault:
            failure = failure_of(fault)
        finally:
            free.append(TOKEN)
            if gate.wanted:
                hand_over()
        raise failure
    return call
"""
"""What is the same for all functions has global names: variables of an outer function are copied at calls."""
_CONVERSION: Final = """
                kind = {name}.__class__
                if kind is int:
                    if {name} > {small} or {name} < -{small}:
                        {name} = to_lua({name})
                elif kind is str:
                    if not is_plain or not {name}.isascii():
                        {name} = to_lua({name})
                elif {name} is not None and kind is not float:
                    {name} = to_lua({name})
"""
_DROPPING: Final = """
            if more:
                for each in more:
                    to_lua(each)
                more = ()
"""
_CONVERSION_OF_ALL: Final = """
            for each in more:
                kind = each.__class__
                if kind is not float and (kind is not int or each > {small} or each < -{small}):
                    more = tuple(map(to_lua, more))
                    break
            if count is not None and len(more) > count:
                more = more[:count]
"""


class Calls:
    """Of one runtime."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._makers: dict[int | None, Callable[[LuaFunction, Any], Callable[..., Any]]] = {}

    def prepare(self, function: LuaValue, wrapper: Any) -> None:
        """Gives `wrapper` a `__call__` that takes Python's arguments, and gives Python's results."""
        if not isinstance(function, LuaFunction):
            call = self._bridge.call
            wrapper.__call__ = lambda *arguments: call(function, arguments)
            return
        prototype = function.prototype
        count = None if prototype.is_vararg else prototype.parameter_count
        make = self._makers.get(count)
        if make is None:
            make = self._makers[count] = self._maker(count)
        home = ref(wrapper)
        wrapper.__call__ = make(function, home)
        if function.is_usable:
            self._shorten(function, home)

    def _call_again(self, function: LuaFunction, home: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
        """A call while Lua code runs, or is observed."""
        try:
            return self._bridge.call(function, arguments)
        finally:
            if function.is_usable:
                self._shorten(function, home)

    def _shorten(self, function: LuaFunction, home: Callable[[], Any]) -> None:
        """`function` is fast code by now: its wrapper may call it an even shorter way (see formulas)."""
        notes = function.prototype.notes
        if notes.formula is None:
            try:
                notes.formula = formula_of(function, self._bridge.state, self._bridge.gate.free) or False
            except (RecursionError, MemoryError):  # the host is in straits: another time
                return
        wrapper = home() if notes.formula else None
        if wrapper is not None and wrapper.__call__.__name__ != FORMULA:
            wrapper.__call__ = notes.formula(wrapper.__call__)

    def _maker(self, count: int | None) -> Callable[[LuaFunction, Any], Callable[..., Any]]:
        bridge, gate, state = self._bridge, self._bridge.gate, self._bridge.state
        names: dict[str, Any] = {
            "__name__": __name__, "LuaError": LuaError, "NativeFault": NativeFault, "NOT_FAST": NOT_FAST,
            "TOKEN": TOKEN, "call_again": self._call_again, "call_first": state.call_first, "count": count,
            "failure_of": bridge.failure, "free": gate.free, "gate": gate, "go_on": state.finish_first_call,
            "hand_over": gate.hand_over, "is_plain": bridge.ascii_is_plain, "shorten": self._shorten,
            "state": state, "to_lua": bridge.to_lua, "to_python": bridge.results_of,
        }  # fmt: skip
        exec(_code(count if count is not None and count <= _FIXED else None), names)
        make = names["make"]
        Gate.shorts.add(id(next(each for each in make.__code__.co_consts if hasattr(each, "co_code"))))
        return make  # type: ignore[no-any-return]


@cache
def _code(count: int | None) -> CodeType:
    """The code of what makes calls of functions with `count` parameters; None: any number."""
    names = [f"a{number}" for number in range(count or 0)]
    given = "".join(f"{name}, " for name in names)
    source = _CALL.format(
        parameters="".join(f"{name}=None, " for name in names) + ("/, " if names else ""),
        given=given,
        conversions=_CONVERSION_OF_ALL.format(small=SMALL_INTEGER) if count is None else _conversions(names),
        arguments="*more" if count is None else given,
    )
    return compile(source, "<call of a Lua function>", "exec")


def _conversions(names: list[str]) -> str:
    """Small integers as they are, by one condition for all; what is too much is converted, but not passed."""
    if not names:
        return _DROPPING
    odd = [f"{name}.__class__ is not int" for name in names]
    odd += [f"{name} > {SMALL_INTEGER} or {name} < -{SMALL_INTEGER}" for name in names]
    each = "".join(_CONVERSION.format(name=name, small=SMALL_INTEGER) for name in names)
    return f"if {' or '.join(odd)}:{each}{_DROPPING}"
