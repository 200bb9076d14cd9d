"""Which upvalues never change once they are captured, and how CLOSURE captures what it needs.

    local function fib(n) … fib(n - 1) … end      fib is final: nothing assigns it later
    local n = 0; function tick() n = n + 1 end    n is not

A final variable needs no upvalue that follows its register: the closure gets one that holds the
value from the start, and code may read it once. Found from the enclosing function's code and
its debug information; a stripped chunk has no final upvalues but those of its main function.
The debug library can still assign one, in all places.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import INSTRUCTIONS, Op
from pylua.bytecode.prototype import LocalVariable, Prototype
from pylua.hints import Final, TypeAlias
from pylua.vm import decoding
from pylua.vm.decoding import decode

__all__ = ["FINAL", "OPEN", "OUTER", "Capture", "captures", "final_upvalues"]

OUTER: Final = 0
"""The upvalue of the enclosing function."""
OPEN: Final = 1
"""A register, to be followed."""
FINAL: Final = 2
"""A register whose value stays what it is."""

Capture: TypeAlias = tuple[int, int]
"""OUTER, OPEN or FINAL, and the number of the upvalue or register."""


def captures(parent: Prototype, pc: int) -> list[Capture]:
    """How the CLOSURE at `pc` of `parent` captures each of its upvalues."""
    nested = decode(parent)[pc][2]
    final = final_upvalues(nested)
    return [
        (OUTER if not source.in_stack else FINAL if number in final else OPEN, source.index)
        for number, source in enumerate(nested.upvalues)
    ]


def final_upvalues(prototype: Prototype) -> frozenset[int]:
    """The numbers of the final upvalues, found once."""
    if prototype.final_upvalues is None:
        prototype.final_upvalues = frozenset(
            number for number in range(len(prototype.upvalues)) if _is_final(prototype, number)
        )
    return prototype.final_upvalues  # type: ignore[no-any-return]


def _is_final(prototype: Prototype, number: int) -> bool:
    if prototype.parent is None:
        return not _assigns(prototype, number)
    parent = prototype.parent()
    if parent is None:  # others that share the variable cannot be found any more
        return False
    source = prototype.upvalues[number]
    if not source.in_stack:
        return source.index in final_upvalues(parent)
    code = decode(parent)
    pc = next(pc for pc, (op, _, b, _) in enumerate(code) if op == Op.CLOSURE and b is prototype)
    variable = _variable_in(parent, source.index, pc + 1)
    if variable is None:
        return False
    lifetime = range(variable.start_pc, variable.end_pc)
    if any(pc in lifetime for pc in _writers(parent).get(source.index, ())):
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


def _writers(prototype: Prototype) -> dict[int, list[int]]:
    """By register: the instructions that can assign a variable there, found once.

    Calls and the like write temporary registers only, which lie above all variables.
    """
    if prototype.writers is None:
        writers: dict[int, list[int]] = {}
        for pc, (op, a, b, _) in enumerate(decode(prototype)):
            for register in range(a, a + b + 1) if op == Op.LOADNIL else (a,) if _sets_a(op) else ():
                writers.setdefault(register, []).append(pc)
        prototype.writers = writers
    return prototype.writers  # type: ignore[no-any-return]


def _sets_a(op: int) -> bool:
    if op < len(INSTRUCTIONS):
        return INSTRUCTIONS[op].sets_a
    return op in (decoding.CALL_OPEN, decoding.SELF_R, decoding.VARARG_OPEN)


def _assigns(prototype: Prototype, number: int) -> bool:
    """Whether a function, or one within it, assigns its upvalue `number`."""
    if any(word & 0x7F == Op.SETUPVAL and word >> 16 & 0xFF == number for word in prototype.code):
        return True
    return any(
        not each.in_stack and each.index == number and _assigns(nested, at)
        for nested in prototype.prototypes
        for at, each in enumerate(nested.upvalues)
    )
