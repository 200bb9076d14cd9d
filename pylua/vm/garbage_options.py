"""`collectgarbage` (§6.1): an option and its arguments in, what the function returns out."""

from __future__ import annotations

from collections.abc import Callable

from pylua.errors import ArgumentError
from pylua.hints import Any, Final
from pylua.values.functions import ABSENT
from pylua.values.types import LuaValue, lua_boolean
from pylua.vm.garbage import Collector
from pylua.vm.native import check_string, opt_integer

__all__ = ["collect_garbage"]

_STEP_EXPONENT_MASK: Final = 63


def collect_garbage(collector: Collector, option: LuaValue, arguments: tuple[LuaValue, ...]) -> LuaValue:
    """Does what `option` says. Within a finalizer nothing is done, and the answer is nil."""
    name = "collect" if option is None or option is ABSENT else check_string(option, 1)
    action = _ACTIONS.get(name)
    if action is None:
        raise ArgumentError(1, f"invalid option '{name}'")
    numbers = [opt_integer(value, index, 0) for index, value in enumerate(arguments[:3], 2)]
    numbers += [0] * (3 - len(numbers))
    return None if collector.is_busy else action(collector, *numbers)


def _collect(collector: Collector, *_: int) -> LuaValue:
    collector.collect_fully()
    return 0


def _stop(collector: Collector, *_: int) -> LuaValue:
    collector.pace.is_stopped = True
    return 0


def _restart(collector: Collector, *_: int) -> LuaValue:
    collector.pace.is_stopped = False
    return 0


def _count(collector: Collector, *_: int) -> LuaValue:
    return collector.count() / 1024


def _step(collector: Collector, size: int, *_: int) -> LuaValue:
    return lua_boolean(collector.step(size))


def _is_running(collector: Collector, *_: int) -> LuaValue:
    return lua_boolean(not collector.pace.is_stopped)


def _stored(value: int) -> int:
    """PUC Lua keeps percentages as a quarter in one byte."""
    return (int(value / 4) & 0xFF) * 4


def _set_pause(collector: Collector, value: int, *_: int) -> LuaValue:
    previous, collector.pace.pause = collector.pace.pause, _stored(value)
    return previous


def _set_step_multiplier(collector: Collector, value: int, *_: int) -> LuaValue:
    previous, collector.pace.step_multiplier = collector.pace.step_multiplier, _stored(value)
    return previous


def _incremental(collector: Collector, pause: int, step_multiplier: int, step_size: int) -> LuaValue:
    """Zero leaves a parameter as it is."""
    if pause:
        collector.pace.pause = _stored(pause)
    if step_multiplier:
        collector.pace.step_multiplier = _stored(step_multiplier)
    if step_size:
        collector.pace.step_size = 1 << (step_size & _STEP_EXPONENT_MASK)
    return _change_mode(collector, False)


def _generational(collector: Collector, *_: int) -> LuaValue:
    """Python's collector is generational already, with parameters of its own."""
    return _change_mode(collector, True)


def _change_mode(collector: Collector, is_generational: bool) -> str:
    previous = collector.pace.is_generational
    collector.pace.is_generational = is_generational
    return "generational" if previous else "incremental"


_ACTIONS: Final[dict[str, Callable[..., Any]]] = {
    "collect": _collect,
    "stop": _stop,
    "restart": _restart,
    "count": _count,
    "step": _step,
    "isrunning": _is_running,
    "setpause": _set_pause,
    "setstepmul": _set_step_multiplier,
    "incremental": _incremental,
    "generational": _generational,
}
