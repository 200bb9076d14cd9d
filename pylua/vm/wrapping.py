"""The functions that coroutine.wrap makes: a thread comes in, what resumes it at each call goes out.

    wrap_thread(thread).call(running, [1, 2])  ->  Resume(thread, [1, 2], unwrapped=True)

There may be one for each call of a hot function, so that they have no `__init__`, and their methods
belong to a class (fast code gives them a class of its own: see jit.coroutines). With closures for
each, and upvalues, one cost 1,400 ns, and was freed by cycle collections only.
"""

from __future__ import annotations

from pylua.hints import Any
from pylua.values.functions import ControlFunction, Upvalue, demand_vm, new_upvalue
from pylua.values.types import LuaValue
from pylua.vm.control import Resume
from pylua.vm.thread import Thread

__all__ = ["WrapFunction", "wrap_thread"]


class WrapFunction(ControlFunction):
    """Each call resumes `thread`."""

    __slots__ = ("boxes", "thread")

    thread: Thread
    boxes: list[Upvalue]
    name = "wrap"
    intrinsic = ""
    source = None
    prepare = None
    one = many = demand_vm

    def call(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        """What the VM calls."""
        return Resume(self.thread, arguments, unwrapped=True)

    @property
    def upvalues(self) -> list[Any]:
        """What the debug library sees: the thread."""
        try:
            return self.boxes
        except AttributeError:
            self.boxes = [new_upvalue(self.thread)]
            return self.boxes


def wrap_thread(thread: Thread) -> WrapFunction:
    """A function that resumes `thread`."""
    wrapped = WrapFunction.__new__(WrapFunction)
    wrapped.thread = thread
    return wrapped
