"""The debug library (§6.10): levels, variables, upvalues, hooks and metatables of running code.

Most functions take a thread before their other arguments; numbers of arguments in messages
count it.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.errors import ArgumentError, LuaError, Unhide
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.loading import load_chunk
from pylua.stdlib.files import read_line, write_stderr
from pylua.stdlib.library import Library, control_function, lua_function
from pylua.values.functions import ABSENT, LuaFunction, NativeFunction, Upvalue
from pylua.values.late import late_module
from pylua.values.numerals import write_number
from pylua.values.table import Table, new_table
from pylua.values.types import TRUE, LuaValue, lua_boolean
from pylua.values.userdata import Userdata
from pylua.vm.control import Call
from pylua.vm.native import (
    check_any,
    check_integer,
    check_string,
    is_function,
    opt_integer,
    opt_string,
    type_error,
)
from pylua.vm.state import MAX_C_LEVELS
from pylua.vm.thread import Hook, NativeFrame, Thread

if TYPE_CHECKING:
    import weakref

    from pylua.values import chunk_names
    from pylua.vm import local_variables, tracebacks, variables
    from pylua.vm.state import State
    from pylua.vm.tracebacks import Level
else:
    weakref = late_module("weakref")
    chunk_names = late_module("pylua.values.chunk_names")
    local_variables = late_module("pylua.vm.local_variables")
    tracebacks = late_module("pylua.vm.tracebacks")
    variables = late_module("pylua.vm.variables")

__all__ = ["DebugLibrary", "UpvalueIdentity"]

_HOOKS: Final = "_HOOKKEY"
"""The registry's field with the table from threads to their hooks."""


class UpvalueIdentity(Userdata):
    """What `debug.upvalueid` gives: one light userdata for each upvalue while that lives."""

    __slots__ = ()


class DebugLibrary(Library):
    """The functions of the table `debug`."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self._identities: weakref.WeakKeyDictionary[Upvalue, UpvalueIdentity] | None = None

    def _thread_of(self, arguments: tuple[LuaValue, ...]) -> tuple[Thread, int]:
        """The thread that a function works on, and how many arguments come before its others."""
        if arguments and isinstance(arguments[0], Thread):
            return arguments[0], 1
        return self.state.thread, 0

    def _running_arguments(self, thread: Thread, arguments: tuple[LuaValue, ...]) -> list[LuaValue]:
        """The arguments of the native function that runs on `thread`, which is known of one's own only."""
        return list(arguments) if thread is self.state.thread else []

    # --- the stack ------------------------------------------------------------------------------

    @lua_function
    def getinfo(self, *arguments: LuaValue) -> LuaValue:
        thread, skip = self._thread_of(arguments)
        options = opt_string(_argument(arguments, skip + 1), skip + 2, "flnSrtu").partition("\0")[0]
        if options[:1] == ">":
            raise ArgumentError(skip + 2, "invalid option '>'")
        subject = _argument(arguments, skip)
        level = None
        if not is_function(subject):
            level = tracebacks.find_level(thread, _check_int(subject, skip + 1))
            if level is None:
                return None
            subject = level.function
        if not _FIELDS.keys() >= set(options):
            raise ArgumentError(skip + 2, "invalid option")
        info = new_table()
        for option, add_fields in _FIELDS.items():
            if option in options:
                add_fields(info, subject, level)
        return info

    @lua_function
    def getlocal(self, *arguments: LuaValue) -> LuaValue:
        thread, skip = self._thread_of(arguments)
        number = _check_int(_argument(arguments, skip + 1), skip + 2)
        subject = _argument(arguments, skip)
        if is_function(subject):
            return (
                variables.local_name(subject.prototype, number, 0)
                if isinstance(subject, LuaFunction)
                else None
            )
        level = _check_level(thread, subject, skip + 1)
        place = local_variables.find_local(level, number, self._running_arguments(thread, arguments))
        return None if place is None else (place.name, place.get())

    @lua_function
    def setlocal(self, *arguments: LuaValue) -> LuaValue:
        thread, skip = self._thread_of(arguments)
        number_of_level = _check_int(_argument(arguments, skip), skip + 1)
        number = _check_int(_argument(arguments, skip + 1), skip + 2)
        level = _check_level(thread, number_of_level, skip + 1)
        value = check_any(_argument(arguments, skip + 2), skip + 3)
        place = local_variables.find_local(level, number, self._running_arguments(thread, arguments))
        if place is None:
            return None
        self._distrust_upvalues()
        place.set(value)
        return place.name

    @lua_function
    def traceback(self, *arguments: LuaValue) -> LuaValue:
        thread, skip = self._thread_of(arguments)
        message = _argument(arguments, skip)
        if type(message) in (int, float):
            message = write_number(message)
        elif message is ABSENT:
            message = None
        elif message is not None and type(message) is not str:
            return message
        default = 1 if thread is self.state.thread else 0
        level = opt_integer(_argument(arguments, skip + 1), skip + 2, default)
        text = None if message is None else message.partition("\0")[0]
        return tracebacks.traceback(self.state, thread, text, _to_int(level))

    # --- upvalues -------------------------------------------------------------------------------

    @lua_function
    def getupvalue(self, function: LuaValue = ABSENT, number: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        name, upvalue = _find_upvalue(function, 1, number, 2)
        return () if upvalue is None else (name, upvalue.value)

    @lua_function
    def setupvalue(
        self, function: LuaValue = ABSENT, number: LuaValue = ABSENT, value: LuaValue = ABSENT, *_: LuaValue
    ) -> LuaValue:
        check_any(value, 3)
        name, upvalue = _find_upvalue(function, 1, number, 2)
        if upvalue is None:
            return ()
        self._distrust_upvalues()
        upvalue.value = value
        if not upvalue.is_open and getattr(upvalue, "registers", None) is not None:
            upvalue.registers[upvalue.index] = value
        return (name,)

    def _distrust_upvalues(self) -> None:
        """Variables that no code changes are about to change after all."""
        if self.state.fast_tier is not None:
            self.state.fast_tier.keep_no_values()

    @lua_function
    def upvalueid(self, function: LuaValue = ABSENT, number: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        upvalue = _find_upvalue(function, 1, number, 2)[1]
        if upvalue is None:
            return None
        if self._identities is None:
            self._identities = weakref.WeakKeyDictionary()
        identity = self._identities.get(upvalue)
        if identity is None:
            identity = self._identities[upvalue] = UpvalueIdentity()
        return identity

    @lua_function
    def upvaluejoin(
        self,
        function: LuaValue = ABSENT,
        number: LuaValue = ABSENT,
        source: LuaValue = ABSENT,
        source_number: LuaValue = ABSENT,
        *_: LuaValue,
    ) -> LuaValue:
        for owner, owner_index, position in ((function, 1, number), (source, 3, source_number)):
            if _find_upvalue(owner, owner_index, position, owner_index + 1)[1] is None:
                raise ArgumentError(owner_index + 1, "invalid upvalue index")
        for owner, owner_index in ((function, 1), (source, 3)):
            if not isinstance(owner, LuaFunction):
                raise ArgumentError(owner_index, "Lua function expected")
        self._distrust_upvalues()
        function.upvalues[_check_int(number, 2) - 1] = source.upvalues[_check_int(source_number, 4) - 1]
        return ()

    # --- hooks ----------------------------------------------------------------------------------

    @lua_function
    def sethook(self, *arguments: LuaValue) -> LuaValue:
        thread, skip = self._thread_of(arguments)
        if thread.seams:
            raise Unhide
        if thread.generator is not None:
            self.state.fast_tier.coroutines.materialize(thread)
        function = _argument(arguments, skip)
        hook = None
        if function is None or function is ABSENT:
            function = None
        else:
            mask = check_string(_argument(arguments, skip + 1), skip + 2)
            if not is_function(function):
                type_error(function, skip + 1, "function")
            count = _to_int(opt_integer(_argument(arguments, skip + 2), skip + 3, 0))
            hook = Hook(function, mask.partition("\0")[0], count)
        self._hook_table().raw_set(thread, function)
        is_idle = hook is None or not (hook.call or hook.return_ or hook.line or hook.count > 0)
        thread.hook = None if is_idle else hook
        self.state.watch()
        return ()

    def _hook_table(self) -> Table:
        """The table from threads to hooks that the registry shows (weak keys)."""
        known = self.state.registry.raw_get(_HOOKS)
        if isinstance(known, Table):
            return known
        table = new_table()
        table.raw_set("__mode", "k")
        self.state.set_metatable(table, table)
        self.state.registry.raw_set(_HOOKS, table)
        return table

    @lua_function
    def gethook(self, *arguments: LuaValue) -> LuaValue:
        thread, _ = self._thread_of(arguments)
        hook = thread.hook
        if hook is None:
            return None
        events = (("c", hook.call), ("r", hook.return_), ("l", hook.line))
        return hook.function, "".join(letter for letter, is_set in events if is_set), hook.count

    # --- metatables, user values, the registry --------------------------------------------------

    @lua_function
    def getmetatable(self, value: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        return self.state.metatable_of(check_any(value, 1))

    @lua_function
    def setmetatable(self, value: LuaValue = ABSENT, metatable: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        if metatable is not None and not isinstance(metatable, Table):
            type_error(metatable, 2, "nil or table")
        self.state.set_metatable(value, metatable)
        return value

    @lua_function
    def getuservalue(self, value: LuaValue = ABSENT, number: LuaValue = None, *_: LuaValue) -> LuaValue:
        position = _to_int(opt_integer(number, 2, 1))
        if not _is_full_userdata(value) or not 1 <= position <= len(value.user_values):
            return None
        return value.user_values[position - 1], TRUE

    @lua_function
    def setuservalue(
        self, userdata: LuaValue = ABSENT, value: LuaValue = ABSENT, number: LuaValue = None, *_: LuaValue
    ) -> LuaValue:
        position = _to_int(opt_integer(number, 3, 1))
        if isinstance(userdata, UpvalueIdentity):
            raise ArgumentError(1, "userdata expected, got light userdata")
        if not _is_full_userdata(userdata):
            type_error(userdata, 1, "userdata")
        check_any(value, 2)
        if not 1 <= position <= len(userdata.user_values):
            return None
        userdata.user_values[position - 1] = value
        return userdata

    @lua_function
    def getregistry(self, *_: LuaValue) -> LuaValue:
        return self.state.registry

    @lua_function
    def setcstacklimit(self, limit: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """Does nothing any more, as in Lua 5.4.3 and later."""
        check_integer(limit, 1)
        return MAX_C_LEVELS

    # --- the prompt -----------------------------------------------------------------------------

    @control_function
    def debug(self, thread: Thread, arguments: list[LuaValue]) -> Any:
        """Reads lines from the standard input and runs them, until one says `cont`."""
        return _next_command(thread)


def _next_command(thread: Thread) -> Any:
    while True:
        write_stderr("lua_debug> ")
        line = read_line()
        if line in ("", "cont\n"):
            return []
        try:
            command = load_chunk(thread.state, line, "=(debug command)")
        except LuaError as refused:
            _report(thread, refused.value)
        else:
            return Call(command, [], then=_command_done, recover=_command_failed)


def _command_done(thread: Thread, frame: NativeFrame, results: list[LuaValue]) -> Any:
    return _next_command(thread)


def _command_failed(thread: Thread, frame: NativeFrame, error: LuaValue) -> Any:
    _report(thread, error)
    return _next_command(thread)


def _report(thread: Thread, error: LuaValue) -> None:
    write_stderr(thread.state.to_text(error) + "\n")


# --- arguments --------------------------------------------------------------------------------------


def _argument(arguments: tuple[LuaValue, ...], position: int) -> LuaValue:
    return arguments[position] if position < len(arguments) else ABSENT


def _to_int(value: int) -> int:
    """`value` cut down to 32 bits, as C's conversion to int does."""
    return (value + 0x80000000 & 0xFFFFFFFF) - 0x80000000


def _check_int(value: LuaValue, index: int) -> int:
    return _to_int(check_integer(value, index))


def _check_level(thread: Thread, value: LuaValue, index: int) -> Level:
    level = tracebacks.find_level(thread, _check_int(value, index))
    if level is None:
        raise ArgumentError(index, "level out of range")
    return level


def _is_full_userdata(value: LuaValue) -> bool:
    return isinstance(value, Userdata) and not isinstance(value, UpvalueIdentity)


def _find_upvalue(
    function: LuaValue, function_index: int, number: LuaValue, number_index: int
) -> tuple[str, Upvalue | None]:
    """Upvalue `number` of `function` with its name; native functions' upvalues are called ""."""
    position = _check_int(number, number_index)
    if not is_function(function):
        type_error(function, function_index, "function")
    upvalues = _upvalues_of(function)
    if not 1 <= position <= len(upvalues):
        return "", None
    if not isinstance(function, LuaFunction):
        return "", upvalues[position - 1]
    name = function.prototype.upvalues[position - 1].name
    return "(no name)" if name is None else name, upvalues[position - 1]


def _upvalues_of(function: Any) -> list[Upvalue]:
    if isinstance(function, NativeFunction) and callable(function.upvalues):
        function.upvalues = function.upvalues()
    return function.upvalues or []


# --- fields of getinfo ------------------------------------------------------------------------------


def _add_source(info: Table, function: LuaValue, level: Level | None) -> None:
    if isinstance(function, LuaFunction):
        prototype = function.prototype
        source = "=?" if prototype.source is None else prototype.source
        lines = prototype.line_defined, prototype.last_line_defined
        what = "main" if prototype.line_defined == 0 else "Lua"
    else:
        source, lines, what = "=[C]", (-1, -1), "C"
    info.raw_set("source", source)
    info.raw_set("short_src", chunk_names.chunk_id(source))
    info.raw_set("linedefined", lines[0])
    info.raw_set("lastlinedefined", lines[1])
    info.raw_set("what", what)


def _add_line(info: Table, function: LuaValue, level: Level | None) -> None:
    info.raw_set("currentline", -1 if level is None else level.line)


def _add_parameters(info: Table, function: LuaValue, level: Level | None) -> None:
    is_lua = isinstance(function, LuaFunction)
    info.raw_set("nups", len(_upvalues_of(function)))
    info.raw_set("nparams", function.prototype.parameter_count if is_lua else 0)
    info.raw_set("isvararg", lua_boolean(not is_lua or function.prototype.is_vararg))


def _add_name(info: Table, function: LuaValue, level: Level | None) -> None:
    name = None if level is None else level.name
    info.raw_set("name", None if name is None else name.name.partition("\0")[0])
    info.raw_set("namewhat", "" if name is None else name.kind)


def _add_transfer(info: Table, function: LuaValue, level: Level | None) -> None:
    first, count = (0, 0) if level is None else level.transfer
    info.raw_set("ftransfer", first)
    info.raw_set("ntransfer", count)


def _add_tail_call(info: Table, function: LuaValue, level: Level | None) -> None:
    info.raw_set("istailcall", lua_boolean(level is not None and level.is_tail_call))


def _add_active_lines(info: Table, function: LuaValue, level: Level | None) -> None:
    if not isinstance(function, LuaFunction):
        return
    prototype = function.prototype
    lines = new_table()
    # The first instruction of a vararg function belongs to the call, not to a line.
    for pc in range(1 if prototype.is_vararg else 0, len(prototype.line_deltas)):
        lines.raw_set(prototype.line_of(pc), TRUE)
    info.raw_set("activelines", lines)


def _add_function(info: Table, function: LuaValue, level: Level | None) -> None:
    info.raw_set("func", function)


_FIELDS: Final[dict[str, Callable[[Table, Any, Level | None], None]]] = {
    "S": _add_source,
    "l": _add_line,
    "u": _add_parameters,
    "n": _add_name,
    "r": _add_transfer,
    "t": _add_tail_call,
    "L": _add_active_lines,
    "f": _add_function,
}
"""What each option of `debug.getinfo` adds."""
