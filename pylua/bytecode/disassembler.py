"""Listings: a Prototype as text, laid out as `luac -l` does.

    return x + 1      main <a.lua:0,0> (5 instructions at 0x7f2c)
                      0+ params, 2 slots, 1 upvalue, 0 locals, 1 constant, 0 functions
                              1       [1]     VARARGPREP      0
                              2       [1]     GETTABUP        0 0 0   ; _ENV "x"
                              3       [1]     ADDI            0 0 1
                              …

The full form adds constants, local variables and upvalues. Nested functions follow their parent.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import INSTRUCTIONS, MAX_C, OFFSET_SBX, OFFSET_SC, OFFSET_SJ, Instruction
from pylua.bytecode.prototype import Prototype
from pylua.hints import Any, Final
from pylua.values.metamethods import EVENTS
from pylua.values.numerals import write_number
from pylua.values.records import record
from pylua.values.types import TRUE

__all__ = ["disassemble", "instruction_text"]

# names of instructions | operands as printed | name of the comment, if any
_TABLE: Final = """
MOVE UNM BNOT NOT LEN CONCAT                    | A B     |
LOADI LOADF                                     | A sBx   |
LOADK                                           | A Bx    | loaded_constant
LOADKX                                          | A       | extra_constant
LOADFALSE LFALSESKIP LOADTRUE CLOSE TBC RETURN1 VARARGPREP | A |
LOADNIL                                         | A B     | nil_count
GETUPVAL SETUPVAL                               | A B     | upvalue
GETTABUP                                        | A B C   | upvalue_field
GETTABLE GETI                                   | A B C   |
ADD SUB MUL MOD POW DIV IDIV BAND BOR BXOR SHL SHR | A B C |
GETFIELD                                        | A B C   | right_constant
ADDK SUBK MULK MODK POWK DIVK IDIVK BANDK BORK BXORK | A B C | right_constant
SETTABUP                                        | A B Ck  | set_upvalue_field
SETTABLE SETI SELF                              | A B Ck  | optional_constant
SETFIELD                                        | A B Ck  | set_field
NEWTABLE                                        | A B C   | array_size
ADDI SHRI SHLI                                  | A B sC  |
MMBIN                                           | A B C   | event
MMBINI                                          | A sB C k | event
MMBINK                                          | A B C k | event_constant
JMP                                             | sJ      | jump
EQ LT LE TESTSET                                | A B k   |
EQK                                             | A B k   | left_constant
EQI LTI LEI GTI GEI                             | A sB k  |
TEST                                            | A k     |
CALL                                            | A B C   | call
TAILCALL                                        | A B Ck  | tail_call
RETURN                                          | A B Ck  | returned
RETURN0                                         |         |
FORLOOP TFORLOOP                                | A Bx    | loop_back
FORPREP                                         | A Bx    | loop_exit
TFORPREP                                        | A Bx    | loop_start
TFORCALL                                        | A C     |
SETLIST                                         | A B C   | list_offset
CLOSURE                                         | A Bx    | closure
VARARG                                          | A C     | varargs
EXTRAARG                                        | Ax      |
"""

_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}


# --- operands -----------------------------------------------------------------------------


@record(frozen=True)
class _Place:
    """One instruction with what its comment may refer to."""

    function: Prototype
    pc: int
    word: int

    @property
    def a(self) -> int:
        return self.word >> 7 & 0xFF

    @property
    def b(self) -> int:
        return self.word >> 16 & 0xFF

    @property
    def c(self) -> int:
        return self.word >> 24

    @property
    def bx(self) -> int:
        return self.word >> 15

    @property
    def is_constant(self) -> bool:
        return bool(self.word >> 15 & 1)

    @property
    def extra(self) -> int:
        """The argument of the EXTRAARG behind this instruction."""
        code = self.function.code
        return code[self.pc + 1] >> 7 if self.pc + 1 < len(code) else 0


_OPERANDS: Final[dict[str, Callable[[_Place], str]]] = {
    "A": lambda place: str(place.a),
    "B": lambda place: str(place.b),
    "C": lambda place: str(place.c),
    "Ck": lambda place: f"{place.c}k" if place.is_constant else str(place.c),
    "k": lambda place: str(int(place.is_constant)),
    "sB": lambda place: str(place.b - OFFSET_SC),
    "sC": lambda place: str(place.c - OFFSET_SC),
    "Bx": lambda place: str(place.bx),
    "sBx": lambda place: str(place.bx - OFFSET_SBX),
    "Ax": lambda place: str(place.word >> 7),
    "sJ": lambda place: str((place.word >> 7) - OFFSET_SJ),
}


# --- comments -----------------------------------------------------------------------------


def _constant(place: _Place, index: int) -> str:
    constants = place.function.constants
    return constant_text(constants[index]) if index < len(constants) else "?"


def _upvalue(place: _Place, index: int) -> str:
    upvalues = place.function.upvalues
    name = upvalues[index].name if index < len(upvalues) else None
    return "-" if name is None else name


def _count(number: int, direction: str) -> str:
    return f"{number - 1} {direction}" if number else f"all {direction}"


def _flip(place: _Place) -> str:
    return " flip" if place.is_constant else ""


def _event(place: _Place) -> str:
    return EVENTS[place.c] if place.c < len(EVENTS) else "?"


def _set_upvalue_field(place: _Place) -> str:
    value = f" {_constant(place, place.c)}" if place.is_constant else ""
    return f"{_upvalue(place, place.a)} {_constant(place, place.b)}{value}"


def _set_field(place: _Place) -> str:
    value = f" {_constant(place, place.c)}" if place.is_constant else ""
    return _constant(place, place.b) + value


def _list_offset(place: _Place) -> str:
    return str(place.c + place.extra * (MAX_C + 1)) if place.is_constant else ""


_COMMENTS: Final[dict[str, Callable[[_Place], str]]] = {
    "": lambda place: "",
    "loaded_constant": lambda place: _constant(place, place.bx),
    "extra_constant": lambda place: _constant(place, place.extra),
    "left_constant": lambda place: _constant(place, place.b),
    "right_constant": lambda place: _constant(place, place.c),
    "optional_constant": lambda place: _constant(place, place.c) if place.is_constant else "",
    "nil_count": lambda place: f"{place.b + 1} out",
    "upvalue": lambda place: _upvalue(place, place.b),
    "upvalue_field": lambda place: f"{_upvalue(place, place.b)} {_constant(place, place.c)}",
    "set_upvalue_field": _set_upvalue_field,
    "set_field": _set_field,
    "array_size": lambda place: str(place.c + place.extra * (MAX_C + 1)),
    "event": lambda place: _event(place) + _flip(place),
    "event_constant": lambda place: f"{_event(place)} {_constant(place, place.b)}{_flip(place)}",
    "jump": lambda place: f"to {place.pc + 2 + (place.word >> 7) - OFFSET_SJ}",
    "call": lambda place: f"{_count(place.b, 'in')} {_count(place.c, 'out')}",
    "tail_call": lambda place: f"{place.b - 1} in",
    "returned": lambda place: _count(place.b, "out"),
    "varargs": lambda place: _count(place.c, "out"),
    "loop_back": lambda place: f"to {place.pc + 2 - place.bx}",
    "loop_exit": lambda place: f"exit to {place.pc + 3 + place.bx}",
    "loop_start": lambda place: f"to {place.pc + 2 + place.bx}",
    "list_offset": _list_offset,
    "closure": lambda place: (
        _address(place.function.prototypes[place.bx]) if place.bx < len(place.function.prototypes) else "?"
    ),
}


# --- the table, read ----------------------------------------------------------------------


@record(frozen=True)
class _Layout:
    row: Instruction
    operands: tuple[str, ...]
    comment: Callable[[_Place], str]


def _read_table() -> tuple[_Layout, ...]:
    layouts = {}
    for line in _TABLE.strip().splitlines():
        names, operands, comment = (part.strip() for part in line.split("|"))
        for name in names.split():
            layouts[name] = (tuple(operands.split()), _COMMENTS[comment])
    return tuple(_Layout(row, *layouts[row.name]) for row in INSTRUCTIONS)


_LAYOUTS: Final = _read_table()


def instruction_text(function: Prototype, pc: int) -> str:
    """The instruction at `pc`: its name, operands and comment."""
    word = function.code[pc]
    number = word & 0x7F
    if number >= len(_LAYOUTS):
        return f"OP_{number}"
    layout = _LAYOUTS[number]
    place = _Place(function, pc, word)
    operands = " ".join(_OPERANDS[operand](place) for operand in layout.operands)
    comment = layout.comment(place)
    return f"{layout.row.name:<9}\t{operands}" + (f"\t; {comment}" if comment else "")


# --- whole functions ----------------------------------------------------------------------


def disassemble(function: Prototype, full: bool) -> str:
    """The listing of a function and those nested in it; `full` adds its tables."""
    parts: list[str] = []
    waiting = [function]
    while waiting:
        current = waiting.pop()
        parts.append(_listing(current, full))
        waiting.extend(reversed(current.prototypes))
    return "".join(parts)


def _listing(function: Prototype, full: bool) -> str:
    lines = [_title(function), _summary(function)]
    for pc in range(len(function.code)):
        line = function.line_of(pc)
        shown = line if line > 0 else "-"
        lines.append(f"\t{pc + 1}\t[{shown}]\t{instruction_text(function, pc)}")
    if full:
        lines += _tables(function)
    return "\n" + "\n".join(lines) + "\n"


def _title(function: Prototype) -> str:
    source = "=?" if function.source is None else function.source
    if source[:1] in ("@", "="):
        source = source[1:]
    else:
        source = "(bstring)" if source[:1] == "\x1b" else "(string)"
    kind = "function" if function.line_defined else "main"
    span = f"{function.line_defined},{function.last_line_defined}"
    count = _plural(len(function.code), "instruction")
    return f"{kind} <{source}:{span}> ({count} at {_address(function)})"


def _summary(function: Prototype) -> str:
    parameters = function.parameter_count
    plus = "+" if function.is_vararg else ""
    return ", ".join(
        (
            f"{parameters}{plus} param{'' if parameters == 1 else 's'}",
            _plural(function.stack_size, "slot"),
            _plural(len(function.upvalues), "upvalue"),
            _plural(len(function.local_variables), "local"),
            _plural(len(function.constants), "constant"),
            _plural(len(function.prototypes), "function"),
        )
    )


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _tables(function: Prototype) -> list[str]:
    address = _address(function)
    lines = [f"constants ({len(function.constants)}) for {address}:"]
    for index, value in enumerate(function.constants):
        lines.append(f"\t{index}\t{_type_letter(value)}\t{constant_text(value)}")
    lines.append(f"locals ({len(function.local_variables)}) for {address}:")
    for index, variable in enumerate(function.local_variables):
        lines.append(f"\t{index}\t{variable.name}\t{variable.start_pc + 1}\t{variable.end_pc + 1}")
    lines.append(f"upvalues ({len(function.upvalues)}) for {address}:")
    for index, upvalue in enumerate(function.upvalues):
        name = "-" if upvalue.name is None else upvalue.name
        lines.append(f"\t{index}\t{name}\t{int(upvalue.in_stack)}\t{upvalue.index}")
    return lines


def _address(function: Prototype) -> str:
    return f"0x{id(function):x}"


def _type_letter(value: Any) -> str:
    return {type(None): "N", int: "I", float: "F", str: "S"}.get(type(value), "B")


def constant_text(value: Any) -> str:
    """A constant as the listing shows it."""
    if isinstance(value, str):
        return '"' + "".join(map(_character, value)) + '"'
    if isinstance(value, int | float):
        return write_number(value)
    if value is None:
        return "nil"
    return "true" if value is TRUE else "false"


def _character(character: str) -> str:
    escape = _ESCAPES.get(character)
    if escape is not None:
        return escape
    return character if " " <= character <= "~" else f"\\{ord(character):03d}"
