"""FunctionBuilder: everything about one function while it is compiled; at the end, its Prototype.

It is the writer of the function's code, hands out registers and constants, and keeps the
variables, labels and upvalues that are known at this point of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from pylua.bytecode.opcodes import MAX_BX, Op
from pylua.bytecode.prototype import LocalVariable, Prototype, UpvalueSource
from pylua.compiler.code_writer import CodeWriter
from pylua.compiler.faults import plain_fault
from pylua.compiler.labels import PendingGoto, PlacedLabel
from pylua.compiler.scopes import Scope, Variable
from pylua.compiler.source_unit import SourceUnit
from pylua.errors import LuaSyntaxError
from pylua.hints import Any, Final

__all__ = ["FunctionBuilder"]

_MAX_REGISTERS: Final = 255
_MAX_UPVALUES: Final = 255
_MAX_PROTOTYPES: Final = MAX_BX

_OPCODE: Final = 0x7F
_K: Final = 1 << 15
_RETURN: Final = Op.RETURN
_TAILCALL: Final = Op.TAILCALL
_RETURNS: Final = frozenset({Op.RETURN, Op.RETURN0, Op.RETURN1, Op.TAILCALL})


class FunctionBuilder(CodeWriter):
    """The state of one function that is being compiled."""

    __slots__ = (
        "active_count",
        "constant_index",
        "constants",
        "enclosing",
        "free_register",
        "gotos",
        "is_vararg",
        "labels",
        "local_registers",
        "local_variables",
        "needs_close",
        "outer_names",
        "parameter_count",
        "prototypes",
        "scope",
        "stack_size",
        "upvalues",
        "variables",
        "visible",
    )

    def __init__(self, unit: SourceUnit, enclosing: FunctionBuilder | None, line: int, position: int) -> None:
        super().__init__(unit, line, position)
        self.enclosing = enclosing
        self.parameter_count = 0
        self.is_vararg = False
        self.needs_close = False
        """Whether returning must close upvalues or variables."""

        self.constants: list[Any] = []
        self.constant_index = unit.constant_index
        self.prototypes: list[Prototype | None] = []
        self.stack_size = 2
        self.free_register = 0
        self.local_registers = 0
        """Number of registers that belong to active local variables."""

        self.scope: Scope | None = None
        self.variables: list[Variable] = []
        """Declared variables; the first `active_count` of them are in scope."""
        self.active_count = 0
        self.visible: dict[str, Variable] = {}
        self.outer_names: dict[str, int | Variable | None] = {}
        """What a name that is no local variable means: see names.py."""
        self.upvalues: list[UpvalueSource] = []
        self.local_variables: list[LocalVariable] = []
        self.labels: list[PlacedLabel] = []
        self.gotos: list[PendingGoto] = []

    # --- registers ------------------------------------------------------------------------

    def reserve(self, count: int) -> int:
        """Takes the next `count` registers; returns the first of them."""
        first = self.free_register
        end = first + count
        if end > self.stack_size:
            self.require_registers(count)
        self.free_register = end
        return first

    def require_registers(self, count: int) -> None:
        """Makes the frame large enough for `count` registers above those in use."""
        end = self.free_register + count
        if end > self.stack_size:
            if end >= _MAX_REGISTERS:
                raise self.fault_near("function or expression needs too many registers")
            self.stack_size = end

    def release(self, register: int) -> None:
        """Gives a register back unless it is a local variable's."""
        if register >= self.local_registers:
            self.free_register -= 1
            assert register == self.free_register, "registers are released in reverse order"

    # --- constants, upvalues, nested functions --------------------------------------------

    def constant(self, value: Any) -> int:
        """The index of constant `value`, which is added if it is not there.

        The index last given to a value in *any* function of the chunk is tried, and only
        that one: after a nested function has used the same constant there may be two.
        """
        return self.constant_for(value, value)

    def constant_for(self, key: Any, value: Any) -> int:
        """The index of constant `value`, remembered under `key`."""
        constants = self.constants
        index = self.constant_index.get(key)
        if index is not None and index < len(constants):
            known = constants[index]
            if type(known) is type(value) and known == value:
                return index
        index = self.constant_index[key] = len(constants)
        constants.append(value)
        return index

    def float_constant(self, value: float) -> int:
        """The index of a float constant. Integral ones must not share a key with integers."""
        key: float = value
        if -(2.0**63) <= value < 2.0**63 and value == int(value):
            key = value + value * 2.0**-52 if value else 2.0**-52
        return self.constant_for(key, value)

    def add_upvalue(self, source: UpvalueSource) -> int:
        """Adds an upvalue; returns its index."""
        if len(self.upvalues) >= _MAX_UPVALUES:
            raise self.limit_fault(_MAX_UPVALUES, "upvalues")
        self.upvalues.append(source)
        return len(self.upvalues) - 1

    def reserve_prototype(self) -> int:
        """Keeps a place for a nested function, in the order of their beginnings."""
        if len(self.prototypes) >= _MAX_PROTOTYPES:
            raise self.table_full(_MAX_PROTOTYPES, "functions")
        self.prototypes.append(None)
        return len(self.prototypes) - 1

    # --- errors ---------------------------------------------------------------------------

    def limit_fault(self, limit: int, what: str) -> LuaSyntaxError:
        """An error that this function has too many of something."""
        line = self.line_defined
        where = f"function at line {line}" if line else "main function"
        return self.fault_near(f"too many {what} (limit is {limit}) in {where}")

    def table_full(self, limit: int, what: str) -> LuaSyntaxError:
        """An error that one of the function's tables is full."""
        return plain_fault(self.position, f"too many {what} (limit is {limit})")

    # --- the end --------------------------------------------------------------------------

    def finish(self, last_line: int) -> Prototype:
        """The finished function."""
        self._finish_returns()
        self.skip_jump_chains()
        deltas, anchors = self.line_information()
        return Prototype(
            source=self.unit.chunk_name,
            line_defined=self.line_defined,
            last_line_defined=last_line,
            parameter_count=self.parameter_count,
            is_vararg=self.is_vararg,
            stack_size=self.stack_size,
            code=self.code,
            constants=self.constants,
            upvalues=self.upvalues,
            prototypes=list(_complete(self.prototypes)),
            line_deltas=deltas,
            absolute_lines=anchors,
            local_variables=self.local_variables,
            lines=self.lines,
        )

    def _finish_returns(self) -> None:
        """Returns learn whether there is something to close and how many parameters there are."""
        closing = _K if self.needs_close else 0
        parameters = (self.parameter_count + 1) << 24 if self.is_vararg else 0
        if not (closing or parameters):
            return
        code = self.code
        for pc, word in enumerate(code):
            op = word & _OPCODE
            if op in _RETURNS:
                if op != _TAILCALL:
                    word = word & ~_OPCODE | _RETURN
                code[pc] = word | closing | parameters


def _complete(prototypes: list[Prototype | None]) -> Iterator[Prototype]:
    for prototype in prototypes:
        assert prototype is not None, "every nested function is finished before its parent"
        yield prototype
