"""Which upvalues of a Prototype never change once they are captured: fast code reads them once.

    local function fib(n) … fib(n - 1) … end      fib is final: nothing assigns it later
    local n = 0; function tick() n = n + 1 end    n is not

Found from the enclosing function's code and its debug information; a stripped chunk has none and
no final upvalues but those of its main function. The debug library can still assign them:
it runs in the VM, where they are read each time.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.bytecode.prototype import LocalVariable, Prototype
from pylua.jit.effects import writes
from pylua.jit.notes import notes_of
from pylua.vm.decoding import decode

__all__ = ["final_upvalues"]


def final_upvalues(prototype: Prototype) -> frozenset[int]:
    """The numbers of the final upvalues, found once."""
    notes = notes_of(prototype)
    if notes.final_upvalues is None:
        notes.final_upvalues = frozenset(
            number for number in range(len(prototype.upvalues)) if _is_final(prototype, number)
        )
    return notes.final_upvalues


def _is_final(prototype: Prototype, number: int) -> bool:
    parent = None if prototype.parent is None else prototype.parent()
    if parent is None:
        return not _assigns(prototype, number)
    source = prototype.upvalues[number]
    if not source.in_stack:
        return source.index in final_upvalues(parent)
    pc = next(pc for pc, (op, _, b, _) in enumerate(decode(parent)) if op == Op.CLOSURE and b is prototype)
    variable = _variable_in(parent, source.index, pc + 1)
    if variable is None:
        return False
    code = decode(parent)
    if any(source.index in writes(code[at]) for at in range(variable.start_pc, variable.end_pc)):
        return False
    return not any(
        each.in_stack and each.index == source.index and _assigns(nested, at)
        for nested in parent.prototypes
        for at, each in enumerate(nested.upvalues)
    )


def _variable_in(prototype: Prototype, register: int, pc: int) -> LocalVariable | None:
    """The local variable that lives in a register at an instruction."""
    alive = [each for each in prototype.local_variables if each.start_pc <= pc < each.end_pc]
    return alive[register] if register < len(alive) else None


def _assigns(prototype: Prototype, number: int) -> bool:
    """Whether a function, or one within it, assigns its upvalue `number`."""
    if any(op == Op.SETUPVAL and b == number for op, _, b, _ in decode(prototype)):
        return True
    return any(
        not each.in_stack and each.index == number and _assigns(nested, at)
        for nested in prototype.prototypes
        for at, each in enumerate(nested.upvalues)
    )
