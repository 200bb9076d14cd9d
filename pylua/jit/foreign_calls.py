"""Calls of the host's functions with numbers or texts: a call comes in, lines of Python go out.

    add(i, 1)     if r4.__class__ is not K0 or r4.metatable.__call is not K1: raise HandOver
                  n = r4.target
                  try: t = n(r3, 1)
                  except Exception as fault: raise K2(fault)
                  if (t.__class__ is not int or t > 1073741823 or t < -1073741823) and t is not None: K3(t)

What is surely a number is for Python what it is for Lua. The function itself is called, which is twice as
fast as a call by way of its userdata. Only its own call may stand behind `try`: what fails besides is
for the VM.
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Final
from pylua.jit import kinds
from pylua.jit.kinds import ANYTHING
from pylua.values.integers import SMALL_INTEGER

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering
    from pylua.values.functions import ForeignCall

__all__ = ["write_foreign_call"]

_IS_ODD: Final = f"(t.__class__ is not int or t > {SMALL_INTEGER} or t < -{SMALL_INTEGER})"
"""Whether a result may be something else in Lua."""


def write_foreign_call(code: Lowering, function: int, end: int, wanted: int) -> bool:
    """Writes the call at `code.pc` if it is one, of a known kind, and wants one result or none."""
    handler = code.notes.foreign.get(code.pc)
    if handler is None or code.level() > 0 or code.is_generator or wanted not in (0, 1):
        return False
    conditions = _conditions(code, function, end, handler)
    if conditions is None:
        return False
    callee = code.register(function)
    kind, call, failed, converted = map(
        code.constant_object, (handler.kind, handler, handler.failure, handler.first)
    )
    conditions = [
        f"{callee}.__class__ is not {kind}",
        f"{callee}.metatable.__call is not {call}",
        *conditions,
    ]
    code.emit(f"if {' or '.join(conditions)}: raise HandOver")
    code.emit(f"n = {callee}.target")
    code.emit(f"try: t = n({code.registers(function + 1, end)})")
    code.emit(f"except Exception as fault: raise {failed}(fault)")
    if wanted == 0:
        code.emit(f"if {_IS_ODD} and t is not None: {converted}(t)")
    else:
        code.emit(f"if {_IS_ODD} and t is not None: t = {converted}(t)")
        code.emit(f"{callee} = t")
    code.end_call(function)
    code.learn(function, ANYTHING)
    return True


def _conditions(code: Lowering, function: int, end: int, handler: ForeignCall) -> list[str] | None:
    """When the arguments are something else for Python; None if that cannot be told."""
    conditions = []
    for number in range(function + 1, end):
        mask = code.knows(number)[0]
        if not mask & ~kinds.NUMBER:
            continue
        literal = code.literals.get(number)
        if not handler.is_plain or (mask & ~kinds.STRING and not isinstance(literal, str)):
            return None
        if literal is None or not literal.isascii():
            conditions.append(f"not {code.register(number)}.isascii()")
    return conditions if end > function + 1 else None
