"""Variables of running functions by number: a level of the stack in, the place of the value out.

    find_local(level, 1)   ->  Place("x", registers, 0)
    find_local(level, -1)  ->  Place("(vararg)", varargs, 0)

Numbers beyond the named variables reach the temporaries below the call that a Lua function
waits for, and the arguments or results of a native function that a hook looks at. Above the
registers of a function that a hook interrupted lies the table of all hooks, as in PUC Lua.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import INSTRUCTIONS, Op
from pylua.bytecode.prototype import Prototype
from pylua.hints import TYPE_CHECKING, Any
from pylua.values.records import record
from pylua.values.types import LuaValue
from pylua.vm.thread import Frame
from pylua.vm.tracebacks import Level
from pylua.vm.variables import local_name, operand_a, operand_b

if TYPE_CHECKING:
    from pylua.values.functions import Upvalue

__all__ = ["Place", "find_local"]


@record(frozen=True)
class Place:
    """Where a variable lives: `values[index]`; beyond the end of the list it is nil."""

    name: str
    values: list[LuaValue]
    index: int
    upvalues: dict[int, Upvalue] | None = None
    """Of the frame: what closures hold of the same variables."""

    def get(self) -> LuaValue:
        """The variable's value."""
        return self.values[self.index] if self.index < len(self.values) else None

    def set(self, value: LuaValue) -> None:
        """Gives the variable a value."""
        missing = self.index + 1 - len(self.values)
        if missing > 0:
            self.values.extend([None] * missing)
        self.values[self.index] = value
        shared = (self.upvalues or {}).get(self.index)
        if shared is not None:
            shared.value = value


def find_local(level: Level, number: int, arguments: list[LuaValue] | None = None) -> Place | None:
    """Variable `number` of the function at `level`, None if there is none (§6.10 debug.getlocal).

    `arguments` are those of the native function that runs, for level 0.
    """
    if level.is_lua:
        return _in_lua(level, number)
    values = _native_values(level, arguments)
    if number == len(values) + 1 and level.is_interrupted:
        return _hook_table("(C temporary)", level)
    if 1 <= number <= len(values):
        return Place("(C temporary)", values, number - 1)
    return None


def _hook_table(name: str, level: Level) -> Place:
    """What lies on top of an interrupted function: the table of all hooks."""
    return Place(name, [level.thread.state.registry.raw_get("_HOOKKEY")], 0)


def _in_lua(level: Level, number: int) -> Place | None:
    frame: Frame = level.frame
    prototype: Prototype = frame.function.prototype
    if number < 0:
        if prototype.is_vararg and -number <= len(frame.varargs):
            return Place("(vararg)", frame.varargs, -number - 1)
        return None
    name = local_name(prototype, number, level.pc)
    if name is None:
        count = _register_count(level)
        if level.is_interrupted and number == count + 1:
            return _hook_table("(temporary)", level)
        if not 1 <= number <= count:
            return None
        name = "(temporary)"
    return Place(name, frame.registers, number - 1, frame.open_upvalues)


def _register_count(level: Level) -> int:
    """How many registers count as temporaries: those below the function that is being called."""
    frame: Frame = level.frame
    prototype: Prototype = frame.function.prototype
    word = prototype.code[level.pc]
    op = word & 0x7F
    if not level.is_pending:
        first, count = getattr(frame, "transfer", None) or (0, 0)
        is_open = INSTRUCTIONS[op].uses_top and operand_b(word) == 0
        return max(prototype.stack_size, frame.top if is_open and not count else first + count)
    if op in (Op.CALL, Op.TAILCALL):
        return operand_a(word) + _moved_arguments(level.above)
    if op == Op.TFORCALL:
        return operand_a(word) + 4 + _moved_arguments(level.above)
    return prototype.stack_size


def _moved_arguments(callee: Any) -> int:
    """A vararg function leaves its arguments behind and goes on above them."""
    if not isinstance(callee, Frame):
        return 0
    prototype: Prototype = callee.function.prototype
    return 1 + prototype.parameter_count + len(callee.varargs) if prototype.is_vararg else 0


def _native_values(level: Level, arguments: list[LuaValue] | None) -> list[LuaValue]:
    if level.frame is None:
        return arguments or []
    if getattr(level.frame, "transfer", None) is not None:
        values: list[LuaValue] = level.frame.data
        return values
    return []
