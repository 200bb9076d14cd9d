"""Calls of Lua functions from Python: a bridge and a function come in, a callable goes out.

    call = Calls(bridge).prepared(f)      f: function(a, b) … end
    call(1, "x")                    ->  what f returns, as Python sees it

What a call needs is bound once, in code for its number of parameters. While no Lua code runs and the
function is fast code, it is called right there; the bridge makes all other calls.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from pylua.errors import LuaError, NativeFault
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.functions import LuaFunction
from pylua.values.integers import SMALL_INTEGER

if TYPE_CHECKING:
    from pylua.host.bridge import Bridge
    from pylua.values.types import LuaValue

__all__ = ["Calls"]

_FIXED: Final = 4
"""Functions with up to so many parameters get code without a tuple of arguments: 320 ns instead of 550."""

_CALL: Final = """
def make_maker(bridge, acquire, release, state, main, to_lua, to_python, is_plain, count):
  def make(function):
    def call({parameters}*more):
        acquire()
        try:
            if {extra}main.c_levels or not function.is_usable or state.keeps_to_vm or main.hook is not None:
                return bridge.call(function, ({given}*more,))
            try:
                {conversions}
                main.c_levels = 1
                try:
                    value = function.many({arguments})
                except BaseException as fault:
                    value = state.finish_first_call(fault)
                finally:
                    main.c_levels = 0
                kind = value.__class__
                if kind is int or kind is float or (kind is str and is_plain and value.isascii()):
                    return value
                return to_python(value)
            except (LuaError, NativeFault) as fault:
                failure = bridge.failure(fault)
        finally:
            release()
        raise failure
    return call
  return make
"""
_CONVERSION: Final = """
                kind = {name}.__class__
                if kind is int:
                    if {name} > {small} or {name} < -{small}:
                        {name} = to_lua({name})
                elif kind is str:
                    if not is_plain or not {name}.isascii():
                        {name} = to_lua({name})
                elif kind is not float:
                    {name} = to_lua({name})
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
        self._makers: dict[int | None, Callable[[LuaFunction], Callable[..., Any]]] = {}

    def prepared(self, function: LuaValue) -> Callable[..., Any]:
        """What calls `function` with Python's arguments, and gives Python's results."""
        if not isinstance(function, LuaFunction):
            call = self._bridge.call
            return lambda *arguments: call(function, arguments)
        prototype = function.prototype
        count = None if prototype.is_vararg else prototype.parameter_count
        make = self._makers.get(count)
        if make is None:
            make = self._makers[count] = self._maker(count)
        return make(function)

    def _maker(self, count: int | None) -> Callable[[LuaFunction], Callable[..., Any]]:
        bridge, lock, state = self._bridge, self._bridge.lock, self._bridge.state
        return _maker(count if count is not None and count <= _FIXED else None)(  # type: ignore[no-any-return]
            bridge, lock.acquire, lock.release, state, state.main_thread,
            bridge.to_lua, bridge.results_of, bridge.ascii_is_plain, count,
        )  # fmt: skip


@cache
def _maker(count: int | None) -> Any:
    """What makes, for a runtime, what makes calls of functions with `count` parameters; None: any number."""
    names = [f"a{number}" for number in range(count or 0)]
    given = "".join(f"{name}, " for name in names)
    conversions = [_CONVERSION.format(name=name, small=SMALL_INTEGER) for name in names]
    if count is None:
        conversions.append(_CONVERSION_OF_ALL.format(small=SMALL_INTEGER))
    source = _CALL.format(
        parameters="".join(f"{name}=None, " for name in names) + ("/, " if names else ""),
        given=given,
        extra="" if count is None else "more or ",
        conversions="".join(conversions),
        arguments="*more" if count is None else given,
    )
    made: dict[str, Any] = {"LuaError": LuaError, "NativeFault": NativeFault}
    exec(compile(source, "<call of a Lua function>", "exec"), made)
    return made["make_maker"]
