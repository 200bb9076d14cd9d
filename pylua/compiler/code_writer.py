"""CodeWriter: instruction words in the order of execution, with their lines and jumps.

    writer.emit(encode_abc(Op.MOVE, 1, 0, 0))    adds an instruction at the current line
    pc = writer.jump()                           a jump whose target is not known yet
    writer.patch_here([pc])                      … it is here

`position` is the token a one-pass compiler would be looking at. Every instruction gets the
line of the token before it, the last one read; messages get the line and the text of the
token itself.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import INSTRUCTIONS, MAX_SJ, OFFSET_SJ, Op
from pylua.bytecode.prototype import ABSOLUTE_LINE
from pylua.compiler.faults import fault_near, semantic_fault
from pylua.compiler.source_unit import SourceUnit
from pylua.errors import LuaSyntaxError
from pylua.hints import Final

__all__ = ["NO_REGISTER", "CodeWriter"]

NO_REGISTER: Final = 0xFF
"""The target of a TESTSET that nobody asked a value of yet."""

_MAX_LINE_DELTA: Final = 127
_MAX_RELATIVE_RUN: Final = 128
"""So many instructions in a row may have relative line information only."""
_MAX_JUMP_HOPS: Final = 100

_OPCODE: Final = 0x7F
_K: Final = 1 << 15
_WITHOUT_A: Final = 0xFFFFFFFF ^ 0xFF << 7
_IS_TEST: Final = tuple(row.is_test for row in INSTRUCTIONS) + (False,) * (128 - len(INSTRUCTIONS))
_JMP: Final = Op.JMP
_TEST: Final = Op.TEST
_TESTSET: Final = Op.TESTSET
_UNPATCHED_JUMP: Final = Op.JMP | (OFFSET_SJ - 1) << 7


class CodeWriter:
    """The code of one function while it is written."""

    __slots__ = (
        "absolute_pcs",
        "code",
        "last_target",
        "line_defined",
        "lines",
        "lines_before",
        "position",
        "unit",
    )

    def __init__(self, unit: SourceUnit, line: int, position: int) -> None:
        self.unit = unit
        self.line_defined = line
        self.position = position
        self.lines_before = unit.lines_before
        self.code: list[int] = []
        self.lines: list[int] = []
        self.absolute_pcs: set[int] = set()
        """Instructions whose line is stored absolutely, though its difference is small."""
        self.last_target = 0
        """Latest pc that may be jumped to: no instruction is merged across it."""

    # --- instructions ---------------------------------------------------------------------

    def emit(self, word: int) -> int:
        """Adds an instruction at the line of the token before `position`; returns its pc."""
        code = self.code
        code.append(word)
        self.lines.append(self.lines_before[self.position])
        return len(code) - 1

    def emit_at(self, word: int, line: int) -> int:
        """Adds an instruction at `line`; returns its pc."""
        code = self.code
        code.append(word)
        lines = self.lines
        lines.append(self.lines_before[self.position])
        if line != lines[-1]:
            self.move_last_to(line)
        return len(code) - 1

    def move_last_to(self, line: int) -> None:
        """Says that the last instruction belongs to `line`."""
        self._remember_far_line()
        self.lines[-1] = line

    def remove_last(self) -> None:
        """Takes the last instruction back."""
        self._remember_far_line()
        self.lines.pop()
        self.code.pop()

    def _remember_far_line(self) -> None:
        """An instruction once given a line far from its predecessor's keeps an absolute entry."""
        lines = self.lines
        previous = lines[-2] if len(lines) > 1 else self.line_defined
        if not -_MAX_LINE_DELTA <= lines[-1] - previous <= _MAX_LINE_DELTA:
            self.absolute_pcs.add(len(lines) - 1)

    def set_target(self, pc: int, register: int) -> None:
        """Fills in the target register of the instruction at `pc`."""
        self.code[pc] = self.code[pc] & _WITHOUT_A | register << 7

    def mark_target(self) -> int:
        """Says that the next instruction may be jumped to; returns its pc."""
        pc = self.last_target = len(self.code)
        return pc

    def last_mergeable(self) -> int:
        """The last instruction's word if nothing can jump behind it, else a word of no opcode."""
        code = self.code
        return code[-1] if len(code) > self.last_target else _OPCODE

    # --- jumps ----------------------------------------------------------------------------

    def jump(self) -> int:
        """Adds a jump with an open target; returns its pc."""
        return self.emit(_UNPATCHED_JUMP)

    def jump_to(self, target: int) -> None:
        """Adds a jump to an earlier instruction."""
        self.point_jump(self.emit(_UNPATCHED_JUMP), target)

    def conditional_jump(self, word: int) -> int:
        """Adds a test and the jump that follows it; returns the jump's pc."""
        self.emit(word)
        return self.emit(_UNPATCHED_JUMP)

    def point_jump(self, pc: int, target: int) -> None:
        """Sets the target of the jump at `pc`."""
        offset = target - (pc + 1)
        if not -OFFSET_SJ <= offset <= MAX_SJ - OFFSET_SJ:
            raise self.fault_near("control structure too long")
        self.code[pc] = _JMP | (offset + OFFSET_SJ) << 7

    def patch(self, jumps: list[int] | None, target: int) -> None:
        """Points all `jumps` to `target`; the tests before them need give no value."""
        if jumps:
            for pc in jumps:
                self.give_test_register(pc, NO_REGISTER)
                self.point_jump(pc, target)

    def patch_here(self, jumps: list[int] | None) -> None:
        """Points all `jumps` to the next instruction."""
        self.last_target = len(self.code)
        if jumps:
            self.patch(jumps, self.last_target)

    def patch_values(
        self, jumps: list[int] | None, register: int, with_value: int, without_value: int
    ) -> None:
        """Points jumps whose test can leave its value in `register` to `with_value`, others elsewhere."""
        for pc in jumps or ():
            gives_value = self.give_test_register(pc, register)
            self.point_jump(pc, with_value if gives_value else without_value)

    def give_test_register(self, pc: int, register: int) -> bool:
        """Sets the target of the TESTSET that steers the jump at `pc`; False if there is none.

        Without a register, or if it is the tested one, the TESTSET becomes a TEST.
        """
        code = self.code
        control = self.control_of(pc)
        word = code[control]
        if word & _OPCODE != _TESTSET:
            return False
        tested = word >> 16 & 0xFF
        if register not in (NO_REGISTER, tested):
            code[control] = word & _WITHOUT_A | register << 7
        else:
            code[control] = _TEST | tested << 7 | word & _K
        return True

    def control_of(self, pc: int) -> int:
        """The pc of the test that steers the jump at `pc`; the jump itself if it has none."""
        if pc > 0 and _IS_TEST[self.code[pc - 1] & _OPCODE]:
            return pc - 1
        return pc

    def all_give_values(self, jumps: list[int] | None) -> bool:
        """Whether every one of `jumps` is steered by a TESTSET."""
        code = self.code
        return all(code[self.control_of(pc)] & _OPCODE == _TESTSET for pc in jumps or ())

    def drop_values(self, jumps: list[int] | None) -> None:
        """Says that the tests before `jumps` need give no value."""
        for pc in jumps or ():
            self.give_test_register(pc, NO_REGISTER)

    def skip_jump_chains(self) -> None:
        """Points jumps to jumps to where those lead."""
        for pc, word in enumerate(self.code):
            if word & _OPCODE == _JMP:
                self.point_jump(pc, self._final_target(pc))

    def _final_target(self, pc: int) -> int:
        """Where a chain of jumps that starts at `pc` ends; endless ones are given up."""
        code = self.code
        for _ in range(_MAX_JUMP_HOPS):
            word = code[pc]
            if word & _OPCODE != _JMP:
                break
            pc += (word >> 7) - OFFSET_SJ + 1
        return pc

    # --- lines ----------------------------------------------------------------------------

    def line_information(self) -> tuple[list[int], list[tuple[int, int]]]:
        """Differences from line to line, with an absolute line where one is due."""
        deltas: list[int] = []
        anchors: list[tuple[int, int]] = []
        forced = self.absolute_pcs
        previous = self.line_defined
        run = 0
        for pc, line in enumerate(self.lines):
            delta = line - previous
            if run < _MAX_RELATIVE_RUN and -_MAX_LINE_DELTA <= delta <= _MAX_LINE_DELTA and pc not in forced:
                deltas.append(delta)
                run += 1
            else:
                deltas.append(ABSOLUTE_LINE)
                anchors.append((pc, line))
                run = 1
            previous = line
        return deltas, anchors

    # --- errors ---------------------------------------------------------------------------

    def fault_near(self, message: str) -> LuaSyntaxError:
        """An error that names the current token."""
        return fault_near(self.unit, self.position, message)

    def semantic_fault(self, message: str) -> LuaSyntaxError:
        """An error at the current token's line."""
        return semantic_fault(self.unit, self.position, message)
