"""Entering and leaving blocks: declares variables, places labels, resolves gotos.

In go a function under construction and the block's events in source order; what comes out is
its scope chain kept right, debug entries for variables, and CLOSE instructions (§3.3.8, §3.5).
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op, encode_abc
from pylua.bytecode.prototype import LocalVariable, UpvalueKind
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.labels import BREAK, PendingGoto, PlacedLabel
from pylua.compiler.scopes import LOCAL_LIMIT, Scope, Variable
from pylua.hints import Final

__all__ = [
    "activate",
    "activate_constant",
    "add_goto",
    "declare",
    "enter_scope",
    "find_label",
    "leave_scope",
    "mark_to_be_closed",
    "place_label",
]

_MAX_LOCAL_ENTRIES: Final = 32767
_MAX_LABELS: Final = 32767


def enter_scope(function: FunctionBuilder, is_loop: bool = False) -> Scope:
    """Opens a block."""
    scope = function.scope = Scope(
        function.scope,
        is_loop,
        function.active_count,
        function.local_registers,
        len(function.labels),
        len(function.gotos),
    )
    return scope


def leave_scope(function: FunctionBuilder) -> None:
    """Ends the innermost block: its variables die, its pending gotos go to the block around it."""
    scope = function.scope
    assert scope is not None
    _remove_variables(function, scope)
    closes = scope.is_loop and _place(function, BREAK, 0, scope.active_count, function.local_registers)
    if scope.captured and not closes and scope.enclosing is not None:
        function.emit(encode_abc(Op.CLOSE, scope.first_register, 0, 0))
    function.free_register = scope.first_register
    del function.labels[scope.first_label :]
    function.scope = scope.enclosing
    if len(function.gotos) > scope.first_goto:
        _pass_gotos_on(function, scope)


def _remove_variables(function: FunctionBuilder, scope: Scope) -> None:
    variables = function.variables
    count = scope.active_count
    if function.active_count == count:
        return
    pc = len(function.code)
    visible = function.visible
    for variable in reversed(variables[count:]):
        if variable.debug is not None:
            variable.debug.end_pc = pc
        if variable.shadowed is None:
            del visible[variable.name]
        else:
            visible[variable.name] = variable.shadowed
    del variables[count:]
    function.active_count = count
    function.local_registers = scope.first_register


# --- variables ----------------------------------------------------------------------------


def declare(function: FunctionBuilder, name: str) -> Variable:
    """A new variable that is not in scope yet."""
    variables = function.variables
    if len(variables) >= LOCAL_LIMIT:
        raise function.limit_fault(LOCAL_LIMIT, "local variables")
    variable = Variable(name)
    variables.append(variable)
    return variable


def activate(function: FunctionBuilder, count: int) -> None:
    """Brings the next `count` declared variables into scope, in the next registers."""
    first = function.active_count
    register = function.local_registers
    visible = function.visible
    entries = function.local_variables
    pc = len(function.code)
    for variable in function.variables[first : first + count]:
        name = variable.name
        variable.register = register
        register += 1
        variable.scope = function.scope
        if len(entries) >= _MAX_LOCAL_ENTRIES:
            raise function.table_full(_MAX_LOCAL_ENTRIES, "local variables")
        variable.debug = LocalVariable(name, pc, 0)
        entries.append(variable.debug)
        variable.shadowed = visible.get(name)
        visible[name] = variable
    function.active_count = first + count
    function.local_registers = register


def activate_constant(function: FunctionBuilder, variable: Variable, value: object) -> None:
    """Brings the next declared variable into scope as a compile-time constant."""
    variable.kind = UpvalueKind.COMPILE_TIME_CONSTANT
    variable.value = value
    variable.shadowed = function.visible.get(variable.name)
    function.visible[variable.name] = variable
    function.active_count += 1


def mark_to_be_closed(function: FunctionBuilder) -> None:
    """Says that the innermost block has a variable whose end must be noticed."""
    scope = function.scope
    assert scope is not None
    scope.captured = True
    scope.in_to_be_closed = True
    function.needs_close = True


# --- labels and gotos -----------------------------------------------------------------------


def find_label(function: FunctionBuilder, name: str) -> PlacedLabel | None:
    """The visible label called `name`."""
    for label in function.labels:
        if label.name == name:
            return label
    return None


def place_label(function: FunctionBuilder, name: str, line: int, is_last: bool) -> None:
    """Puts a label here. If it `is_last` in its block, the block's variables count as dead."""
    scope = function.scope
    assert scope is not None
    if is_last:
        _place(function, name, line, scope.active_count, scope.first_register)
    else:
        _place(function, name, line, function.active_count, function.local_registers)


def _place(function: FunctionBuilder, name: str, line: int, active_count: int, level: int) -> bool:
    """Puts a label here and resolves the block's gotos to it; True if that took a CLOSE."""
    if len(function.labels) >= _MAX_LABELS:
        raise function.table_full(_MAX_LABELS, "labels/gotos")
    label = PlacedLabel(name, line, function.mark_target(), active_count, level)
    function.labels.append(label)
    scope = function.scope
    assert scope is not None
    if len(function.gotos) > scope.first_goto and _resolve_gotos(function, label, scope.first_goto):
        function.emit(encode_abc(Op.CLOSE, function.local_registers, 0, 0))
        return True
    return False


def _resolve_gotos(function: FunctionBuilder, label: PlacedLabel, first: int) -> bool:
    """Points the block's gotos to `label`; True if one of them must close variables."""
    must_close = False
    waiting = []
    for goto in function.gotos[first:]:
        if goto.name != label.name:
            waiting.append(goto)
            continue
        must_close = must_close or goto.must_close
        if goto.active_count < label.active_count:
            entered = function.variables[goto.active_count].name
            raise function.semantic_fault(
                f"<goto {goto.name}> at line {goto.line} jumps into the scope of local '{entered}'"
            )
        function.patch(goto.jumps, label.pc)
    function.gotos[first:] = waiting
    return must_close


def add_goto(function: FunctionBuilder, name: str, line: int, jumps: list[int] | None) -> None:
    """Lets `jumps` wait for a label."""
    if len(function.gotos) >= _MAX_LABELS:
        raise function.table_full(_MAX_LABELS, "labels/gotos")
    function.gotos.append(PendingGoto(name, line, jumps, function.active_count, function.local_registers))


def _pass_gotos_on(function: FunctionBuilder, scope: Scope) -> None:
    """Gotos that the ended block did not resolve may find their label in the block around it."""
    gotos = function.gotos
    if scope.enclosing is None:
        raise _unresolved(function, gotos[scope.first_goto])
    for goto in gotos[scope.first_goto :]:
        if goto.register_level > scope.first_register:
            goto.must_close = goto.must_close or scope.captured
        goto.active_count = scope.active_count
        goto.register_level = scope.first_register


def _unresolved(function: FunctionBuilder, goto: PendingGoto) -> Exception:
    if goto.name == BREAK:
        return function.semantic_fault(f"break outside loop at line {goto.line}")
    return function.semantic_fault(f"no visible label '{goto.name}' for <goto> at line {goto.line}")
