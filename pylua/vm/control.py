"""What a ControlFunction may ask of the VM instead of returning results.

    def pcall(thread, arguments):
        return Call(arguments[0], arguments[1:], then=succeeded, recover=failed)

    def succeeded(thread, frame, results):      # results: a list
        return [TRUE, *results]

A `then` or `recover` function returns results (a list or tuple) or a further request.
They must be functions of a module, not closures: `frame.data` carries what they need.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.hints import TYPE_CHECKING, Any
from pylua.values.records import record

if TYPE_CHECKING:
    from pylua.values.types import LuaValue
    from pylua.vm.thread import Thread

__all__ = ["Call", "Request", "Resume", "Yield"]


@record
class Call:
    """Call `function`, then go on with `then` (or, after an error, with `recover`)."""

    function: LuaValue
    arguments: list[LuaValue]
    then: Callable[..., Any]
    recover: Callable[..., Any] | None = None
    handler: LuaValue = None
    data: Any = None


@record
class Resume:
    """Switch to `thread`, handing it `arguments`.

    `unwrapped`: results and errors come back as from a function (coroutine.wrap), else as
    `true, …` or `false, error` (coroutine.resume).
    """

    thread: Thread
    arguments: list[LuaValue]
    unwrapped: bool = False


@record
class Yield:
    """Suspend the running thread and hand `values` to its resumer."""

    values: list[LuaValue]


Request = Call | Resume | Yield
