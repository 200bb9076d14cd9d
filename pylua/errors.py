"""Every exception that pylua raises: one tree, from Lua errors to faults of native functions.

    Exception
    ├── LuaError              an error value thrown in Lua; what hosts catch
    │   ├── LuaSyntaxError    a text or binary chunk was refused
    │   ├── LuaMemoryError    a memory limit was met ("not enough memory")
    │   ├── LuaLimitError     a resource limit stopped the script; no pcall catches it
    │   └── Thrown            on its way to a pcall of fast code; hosts see none
    ├── Unhide                no error: frames that only Python's stack holds must become the VM's
    └── NativeFault           raised inside native functions; the VM makes a LuaError of it
        ├── ArgumentError     "bad argument #1 to 'name' (…)", positioned at the caller
        ├── LibraryError      a message positioned at the caller of the native function
        ├── OperationError    a message positioned at the running function, if that is Lua code
        └── HandOver          no error: fast code gives up and the VM goes on
            ├── NotFast       a function was called that only the VM runs
            └── Spent         too few instructions are left to pay for code in advance

A script sees the `value` of a LuaError; a host sees its text through `str()`.
"""

from __future__ import annotations

from pylua.hints import Any

__all__ = [
    "ArgumentError",
    "HandOver",
    "LibraryError",
    "LuaError",
    "LuaLimitError",
    "LuaMemoryError",
    "LuaSyntaxError",
    "NativeFault",
    "NotFast",
    "OperationError",
    "Spent",
    "Thrown",
    "Unhide",
]


class LuaError(Exception):
    """An error thrown by Lua code or by a library function.

    `value` is the error object as Lua sees it (any Lua value, often a string with its
    position in front); `traceback` is the text of `debug.traceback` at the throw, or None.
    """

    def __init__(self, value: object = None, traceback: str | None = None) -> None:
        super().__init__(value)
        self.value = value
        self.traceback = traceback
        self.text: str | None = None
        """The message as a host sees it; `args` then hold it with the traceback appended."""
        self.is_handled = False
        """Whether the message handler has seen the error (the VM's own note)."""
        self.pending: list[object] = []
        """Values whose `__close` must still run on the error's way, the last one first (the VM's note)."""
        self.stack: tuple[list[object], object] | None = None
        """The frames and the native function of a coroutine that ends by the error (the VM's own note)."""

    @property
    def message(self) -> str:
        """The text of the error value; for values without text, what `lua` would print."""
        value = self.value
        if self.text is not None:
            return self.text
        if isinstance(value, str):
            return value
        if type(value) in (int, float):
            return str(value)
        kind = "nil" if value is None else getattr(type(value), "lua_type", type(value).__name__)
        return f"(error object is a {kind} value)"

    def __str__(self) -> str:
        return self.message if self.text is None else str(self.args[0])


class LuaSyntaxError(LuaError):
    """A chunk could not be compiled; the message is `chunk:line: what near 'token'`."""


class LuaMemoryError(LuaError, MemoryError):
    """The script asked for more memory than it may have."""


class LuaLimitError(LuaError):
    """A resource limit was reached; scripts can neither catch nor delay it.

    `limit` names the resource: "instructions" today.
    """

    def __init__(self, limit: str, message: str) -> None:
        super().__init__(message)
        self.limit = limit


class Thrown(LuaError):
    """What `error` throws to a pcall in fast code: its value is what that gives (jit.protected_calls)."""


class NativeFault(Exception):
    """A fault found by a native function, before it knows its own name or its caller's line."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ArgumentError(NativeFault):
    """An argument is wrong: `index` counts from 1 as Lua's messages do (luaL_argerror)."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


class LibraryError(NativeFault):
    """A native function failed; the VM puts its caller's position in front (luaL_error)."""


class OperationError(NativeFault):
    """An operation failed (`table index is nil`); positioned only if Lua code ran it (luaG_runerror)."""


class HandOver(NativeFault):
    """Fast code met something that it has no path for: the VM runs the instruction."""

    def __init__(self) -> None:
        super().__init__("handed over to the VM")


class Spent(HandOver):
    """There are fewer instructions left than fast code must pay for: the VM counts one by one."""


class NotFast(HandOver):
    """Fast code called a function that only the VM runs: the call is made there.

    `function` is the Lua function, None for a native one.
    """

    def __init__(self, function: Any = None) -> None:
        super().__init__()
        self.function = function


class Unhide(Exception):
    """Somebody looks at the stack, or leaves through it, while fast code below a nested VM hides frames.

    It passes the nested VM; when the frames are there, the VM below goes on with what was to be
    done: throw `error`, run `task(state)`, or else call the native function again that has asked
    (with `retry`, its callee and arguments, or by running the instruction again).
    """

    def __init__(self, error: Exception | None = None, task: Any = None) -> None:
        super().__init__("frames are hidden")
        self.error = error
        self.task = task
        self.retry: Any = None
        self.has_left_vm = False
        """It has passed the nested VM: the calls that it passes now are not those that have asked."""
