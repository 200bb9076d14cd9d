"""What a name means: a local variable, an upvalue, a compile-time constant or a global (§2.2, §3.5).

    local x; function f() return x, y end

In `f`, `x` is upvalue 0 (register 0 of the function around it); `y` is the field "y" of `_ENV`,
which is another upvalue.
"""

from __future__ import annotations

from pylua.bytecode.prototype import UpvalueKind, UpvalueSource
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.indexing import field_of
from pylua.compiler.operands import LOCAL, NAMED_CONSTANT, UPVALUE, Operand
from pylua.compiler.placing import to_register_or_upvalue
from pylua.compiler.scopes import Variable
from pylua.hints import Final

__all__ = ["ENVIRONMENT", "read_name"]

ENVIRONMENT: Final = "_ENV"
_COMPILE_TIME: Final = UpvalueKind.COMPILE_TIME_CONSTANT


def read_name(function: FunctionBuilder, name: str) -> Operand:
    """The operand of variable `name`."""
    operand = _resolve(function, name)
    if operand is None:
        operand = _resolve(function, ENVIRONMENT)
        assert operand is not None, "the main function has an upvalue _ENV"
        to_register_or_upvalue(function, operand)
        field_of(function, operand, name)
    return operand


def _resolve(function: FunctionBuilder, name: str) -> Operand | None:
    """The operand of a local variable, upvalue or constant; None if `name` is a global."""
    variable = function.visible.get(name)
    if variable is None:
        meaning = _outer_meaning(function, name)
        if meaning is None:
            return None
        if type(meaning) is int:
            return Operand(UPVALUE, meaning)
        return Operand(NAMED_CONSTANT, meaning)
    if variable.kind == _COMPILE_TIME:
        return Operand(NAMED_CONSTANT, variable)
    return Operand(LOCAL, variable.register, variable)


def _outer_meaning(function: FunctionBuilder, name: str) -> int | Variable | None:
    """The upvalue's index or the constant that `name` is outside `function`; None for a global.

    The answer is kept: as long as `function` is compiled, nothing changes around it.
    """
    known = function.outer_names
    if name in known:
        return known[name]
    meaning = known[name] = _look_outside(function, name)
    return meaning


def _look_outside(function: FunctionBuilder, name: str) -> int | Variable | None:
    enclosing = function.enclosing
    if enclosing is None:
        return None
    variable = enclosing.visible.get(name)
    if variable is None:
        meaning = _outer_meaning(enclosing, name)
        if type(meaning) is int:
            kind = enclosing.upvalues[meaning].kind
            return function.add_upvalue(UpvalueSource(name, False, meaning, kind))
        return meaning
    if variable.kind == _COMPILE_TIME:
        return variable
    assert variable.scope is not None
    variable.scope.captured = True
    enclosing.needs_close = True
    return function.add_upvalue(UpvalueSource(name, True, variable.register, variable.kind))
