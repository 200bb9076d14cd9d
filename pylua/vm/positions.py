"""Where errors happened and in which function: what messages of native functions are put together from.

where(state, thread, 1)                              ->  "script.lua:3: "
argument_message(state, thread, 1, "table expected") ->  "bad argument #1 to 'insert' (table expected)"
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING
from pylua.vm.thread import Frame, Thread
from pylua.vm.tracebacks import find_level, loaded_name, short_source
from pylua.vm.variables import calling_name

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["argument_message", "where"]


def where(thread: Thread, level: int) -> str:
    """`chunk:line: ` of the function at `level` (0 runs, 1 called it), "" for native ones (luaL_where)."""
    top = thread.frames[-1]
    if level == 1 and thread.native is not None and type(top) is Frame:
        line = top.line()
        return f"{short_source(top.function)}:{line}: " if line > 0 else ""
    found = find_level(thread, level)
    if found is None or found.line <= 0:
        return ""
    return f"{short_source(found.function)}:{found.line}: "


def argument_message(state: State, thread: Thread, index: int, message: str) -> str:
    """The message for a wrong argument of the native function that runs (luaL_argerror)."""
    name = calling_name(thread.frames[-1])
    if name is not None:
        kind, text = name.kind, name.name.partition("\0")[0]
        if kind == "method":
            index -= 1
            if index == 0:
                return f"calling '{text}' on bad self ({message})"
    else:
        text = loaded_name(state, thread.native) or "?"
    return f"bad argument #{index} to '{text}' ({message})"
