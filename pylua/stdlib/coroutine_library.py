"""The coroutine library (§6.2): threads made, resumed, asked and closed.

Resuming and yielding are requests to the VM (`vm.control`); no Python frame stands for a
coroutine.
"""

from __future__ import annotations

from pylua.errors import LibraryError
from pylua.hints import Any
from pylua.stdlib.library import Library, control_function, lua_function
from pylua.values.functions import ABSENT
from pylua.values.types import FALSE, TRUE, LuaValue, lua_boolean
from pylua.vm.control import Resume, Yield
from pylua.vm.native import is_function, type_error
from pylua.vm.thread import Status, Thread
from pylua.vm.wrapping import wrap_thread

__all__ = ["CoroutineLibrary"]


def check_thread(value: LuaValue, index: int = 1) -> Thread:
    """The argument, which must be a coroutine."""
    if isinstance(value, Thread):
        return value
    return type_error(value, index, "thread")


class CoroutineLibrary(Library):
    """The functions of the table `coroutine`."""

    @lua_function
    def create(self, body: LuaValue = ABSENT, *_: LuaValue) -> Thread:
        if not is_function(body):
            type_error(body, 1, "function")
        return Thread(self.state, body)

    @control_function
    def resume(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        return Resume(check_thread(arguments[0] if arguments else ABSENT), arguments[1:])

    @lua_function
    def wrap(self, body: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return wrap_thread(self.create(body))

    @control_function("yield")
    def yield_(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        return Yield(arguments)

    @lua_function
    def running(self, *_: LuaValue) -> LuaValue:
        thread = self.state.thread
        return thread, lua_boolean(thread is self.state.main_thread)

    @lua_function
    def isyieldable(self, thread: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        asked = self.state.thread if thread is ABSENT else check_thread(thread)
        return lua_boolean(asked is not self.state.main_thread and asked.boundaries == 0)

    @lua_function
    def status(self, thread: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return check_thread(thread).status._value_  # `value` is a property written in Python

    @lua_function
    def close(self, thread: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        closed = check_thread(thread)
        if closed.status not in (Status.DEAD, Status.SUSPENDED):
            raise LibraryError(f"cannot close a {closed.status.value} coroutine")
        fault = self.state.close_thread(closed)
        return TRUE if fault is None else (FALSE, fault.value)
