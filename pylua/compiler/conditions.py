"""Conditions: code that goes on in one case and jumps in the other (§3.4.4, §3.4.5).

    if a < b and c then      LT a b; JMP → else      goes on if true: `jump_if_false` twice,
                             TEST c; JMP → else      both jumps in the operand's false_jumps

A value under `and`/`or` is tested by TESTSET, which can deliver it where the jump leads.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.compiler.code_writer import NO_REGISTER
from pylua.compiler.fetching import fetch
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import (
    CONSTANT,
    FALSE_VALUE,
    NIL,
    PENDING,
    REGISTER,
    TEST,
    TRUE_VALUE,
    Operand,
)
from pylua.compiler.placing import load_fetched
from pylua.hints import Final

__all__ = ["invert", "join", "jump_if_false", "jump_if_true"]

_NOT: Final = Op.NOT
_TEST: Final = Op.TEST
_TESTSET: Final = Op.TESTSET | NO_REGISTER << 7
_K: Final = 1 << 15


def jump_if_false(function: FunctionBuilder, operand: Operand) -> None:
    """Goes on if the value is true; otherwise takes one of its false_jumps."""
    fetch(function, operand)
    kind = operand.kind
    if kind == TEST:
        _negate_comparison(function, operand)
        operand.add_false_jump(operand.value)
    elif not TRUE_VALUE <= kind <= CONSTANT:
        operand.add_false_jump(_jump_on(function, operand, False))
    function.patch_here(operand.true_jumps)
    operand.true_jumps = None


def jump_if_true(function: FunctionBuilder, operand: Operand) -> None:
    """Goes on if the value is false; otherwise takes one of its true_jumps."""
    fetch(function, operand)
    kind = operand.kind
    if kind == TEST:
        operand.add_true_jump(operand.value)
    elif kind not in (NIL, FALSE_VALUE):
        operand.add_true_jump(_jump_on(function, operand, True))
    function.patch_here(operand.false_jumps)
    operand.false_jumps = None


def join(jumps: list[int] | None, more: list[int] | None) -> list[int] | None:
    """Both lists in one; neither may be used afterwards. Chains like `a or b or …` keep `more` long."""
    if jumps is None or more is None:
        return jumps or more
    more.extend(jumps)
    return more


def _negate_comparison(function: FunctionBuilder, operand: Operand) -> None:
    function.code[operand.value - 1] ^= _K


def _jump_on(function: FunctionBuilder, operand: Operand, wanted: bool) -> int:
    """Adds a jump taken if the value's truth is `wanted`; a `not` just before is swallowed."""
    if operand.kind == PENDING:
        word = function.code[operand.value]
        if word & 0x7F == _NOT:
            function.remove_last()
            tested = word >> 16 & 0xFF
            return function.conditional_jump(_TEST | tested << 7 | (0 if wanted else _K))
    register = load_fetched(function, operand)
    function.release(register)
    return function.conditional_jump(_TESTSET | register << 16 | (_K if wanted else 0))


def invert(function: FunctionBuilder, operand: Operand) -> None:
    """Makes a fetched value its `not`."""
    kind = operand.kind
    if kind in (NIL, FALSE_VALUE):
        operand.kind = TRUE_VALUE
    elif TRUE_VALUE <= kind <= CONSTANT:
        operand.kind = FALSE_VALUE
    elif kind == TEST:
        _negate_comparison(function, operand)
    else:
        assert kind in (REGISTER, PENDING)
        register = load_fetched(function, operand)
        function.release(register)
        operand.value = function.emit(_NOT | register << 16)
        operand.kind = PENDING
    operand.true_jumps, operand.false_jumps = operand.false_jumps, operand.true_jumps
    function.drop_values(operand.true_jumps)
    function.drop_values(operand.false_jumps)
