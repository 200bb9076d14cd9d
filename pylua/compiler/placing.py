"""Placing: puts an operand's value into the next register, a given one, or any.

    5 into register 4        INTEGER 5    →  REGISTER 4    LOADI 4 5
    a + b into register 4    PENDING      →  REGISTER 4    the target of the ADD is filled in
    a < b into register 4    TEST         →  REGISTER 4    LFALSESKIP 4, LOADTRUE 4, jumped to

Afterwards the operand describes the register.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import MAX_BX, OFFSET_SBX, Op, encode_ax
from pylua.compiler.fetching import FETCHERS, fetch
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.operands import (
    CONSTANT,
    FALSE_VALUE,
    FLOAT,
    INTEGER,
    NIL,
    PENDING,
    REGISTER,
    STRING,
    TEST,
    TRUE_VALUE,
    UPVALUE,
    Operand,
)
from pylua.hints import Final
from pylua.values.integers import float_to_integer

__all__ = [
    "fetch_plain",
    "load_fetched",
    "load_integer",
    "load_nil",
    "to_any_register",
    "to_next_register",
    "to_register",
    "to_register_or_upvalue",
]

_MOVE: Final = Op.MOVE
_LOADI: Final = Op.LOADI
_LOADF: Final = Op.LOADF
_LOADK: Final = Op.LOADK
_LOADKX: Final = Op.LOADKX
_LOADNIL: Final = Op.LOADNIL
_LOADFALSE: Final = Op.LOADFALSE
_LOADTRUE: Final = Op.LOADTRUE
_LFALSESKIP: Final = Op.LFALSESKIP


def to_next_register(function: FunctionBuilder, operand: Operand) -> None:
    """Puts the value into the next free register."""
    kind = operand.kind
    if kind > TEST:
        FETCHERS[kind](function, operand)
        kind = operand.kind
    if kind == REGISTER and operand.value >= function.local_registers:
        function.free_register -= 1
    register = function.free_register
    if register >= function.stack_size:
        function.require_registers(1)
    function.free_register = register + 1
    to_register(function, operand, register)


def to_any_register(function: FunctionBuilder, operand: Operand) -> int:
    """Puts the value into a register, unless it is in one; returns that."""
    kind = operand.kind
    if kind > TEST:
        FETCHERS[kind](function, operand)
        kind = operand.kind
    if kind == REGISTER:
        register: int = operand.value
        if operand.true_jumps is None and operand.false_jumps is None:
            return register
        if register >= function.local_registers:
            to_register(function, operand, register)
            return register
        # a local variable's register can't take the values of the jumps
    to_next_register(function, operand)
    return operand.value  # type: ignore[no-any-return]


def to_register(function: FunctionBuilder, operand: Operand, register: int) -> None:
    """Puts the value, whichever way its jumps take, into `register`."""
    kind = operand.kind
    if kind > TEST:
        FETCHERS[kind](function, operand)
        kind = operand.kind
    if kind == PENDING:
        function.code[operand.value] |= register << 7
    else:
        _LOADERS[kind](function, operand, register)
        if kind == TEST:
            operand.add_true_jump(operand.value)
    if operand.true_jumps is not None or operand.false_jumps is not None:
        _join_jumps(function, operand, register)
        operand.true_jumps = operand.false_jumps = None
    operand.kind = REGISTER
    operand.value = register


def load_fetched(function: FunctionBuilder, operand: Operand) -> int:
    """Puts a fetched value into a register and leaves its jumps as they are; returns the register."""
    kind = operand.kind
    if kind != REGISTER:
        register = function.reserve(1)
        if kind == PENDING:
            function.code[operand.value] |= register << 7
        else:
            _LOADERS[kind](function, operand, register)
        operand.kind = REGISTER
        operand.value = register
    return operand.value  # type: ignore[no-any-return]


def _join_jumps(function: FunctionBuilder, operand: Operand, register: int) -> None:
    """Lets the jumps of a finished value end here, with true or false loaded where they need it."""
    with_false = with_true = -1
    if not (function.all_give_values(operand.true_jumps) and function.all_give_values(operand.false_jumps)):
        around = None if operand.kind == TEST else [function.jump()]
        function.mark_target()
        with_false = function.emit(_LFALSESKIP | register << 7)
        function.mark_target()
        with_true = function.emit(_LOADTRUE | register << 7)
        function.patch_here(around)
    end = function.mark_target()
    function.patch_values(operand.false_jumps, register, end, with_false)
    function.patch_values(operand.true_jumps, register, end, with_true)


def load_nil(function: FunctionBuilder, first: int, count: int) -> None:
    """Sets registers to nil, by the LOADNIL just before if it is next to them."""
    last = first + count - 1
    word = function.last_mergeable()
    if word & 0x7F == _LOADNIL:
        known_first = word >> 7 & 0xFF
        known_last = known_first + (word >> 16 & 0xFF)
        if known_first <= first <= known_last + 1 or first <= known_first <= last + 1:
            first = min(first, known_first)
            last = max(last, known_last)
            function.code[-1] = _LOADNIL | first << 7 | (last - first) << 16
            return
    function.emit(_LOADNIL | first << 7 | (count - 1) << 16)


def _load_nil(function: FunctionBuilder, operand: Operand, register: int) -> None:
    load_nil(function, register, 1)


def _load_false(function: FunctionBuilder, operand: Operand, register: int) -> None:
    function.emit(_LOADFALSE | register << 7)


def _load_true(function: FunctionBuilder, operand: Operand, register: int) -> None:
    function.emit(_LOADTRUE | register << 7)


def load_integer(function: FunctionBuilder, value: int, register: int) -> None:
    """Puts an integer into `register`, without a constant if it is small."""
    if -OFFSET_SBX <= value <= MAX_BX - OFFSET_SBX:
        function.emit(_LOADI | register << 7 | (value + OFFSET_SBX) << 15)
    else:
        _emit_constant(function, function.constant(value), register)


def _load_integer(function: FunctionBuilder, operand: Operand, register: int) -> None:
    load_integer(function, operand.value, register)


def _load_float(function: FunctionBuilder, operand: Operand, register: int) -> None:
    value: float = operand.value
    whole = float_to_integer(value)
    if whole is not None and -OFFSET_SBX <= whole <= MAX_BX - OFFSET_SBX:
        function.emit(_LOADF | register << 7 | (whole + OFFSET_SBX) << 15)
    else:
        _emit_constant(function, function.float_constant(value), register)


def _load_string(function: FunctionBuilder, operand: Operand, register: int) -> None:
    _emit_constant(function, function.constant(operand.value), register)


def _load_constant(function: FunctionBuilder, operand: Operand, register: int) -> None:
    _emit_constant(function, operand.value, register)


def _emit_constant(function: FunctionBuilder, index: int, register: int) -> None:
    if index <= MAX_BX:
        function.emit(_LOADK | register << 7 | index << 15)
    else:
        function.emit(_LOADKX | register << 7)
        function.emit(encode_ax(Op.EXTRAARG, index))


def _load_register(function: FunctionBuilder, operand: Operand, register: int) -> None:
    if operand.value != register:
        function.emit(_MOVE | register << 7 | operand.value << 16)


def _load_test(function: FunctionBuilder, operand: Operand, register: int) -> None:
    """Nothing to load: a comparison has jumped, or not."""


_LOADERS: Final[dict[int, Callable[[FunctionBuilder, Operand, int], None]]] = {
    NIL: _load_nil,
    FALSE_VALUE: _load_false,
    TRUE_VALUE: _load_true,
    INTEGER: _load_integer,
    FLOAT: _load_float,
    STRING: _load_string,
    CONSTANT: _load_constant,
    REGISTER: _load_register,
    TEST: _load_test,
}


# --- other places -------------------------------------------------------------------------


def fetch_plain(function: FunctionBuilder, operand: Operand) -> None:
    """A value without jumps: a constant, a register, or pending."""
    if operand.kind == TEST or operand.true_jumps or operand.false_jumps:
        to_any_register(function, operand)
    else:
        fetch(function, operand)


def to_register_or_upvalue(function: FunctionBuilder, operand: Operand) -> None:
    """Puts the value into a register, unless it is an upvalue (whose fields have instructions)."""
    if operand.kind != UPVALUE or operand.true_jumps or operand.false_jumps:
        to_any_register(function, operand)
