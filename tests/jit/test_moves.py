"""Moves are taken out where, and only where, the value is dead behind the lines that take its source."""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.jit.moves import shorten

CALL, OTHER = (Op.CALL, 3, 6, 1), (Op.ADD, 0, 0, 0)


def shortened(*texts: str, calls: tuple[int, ...] = ()) -> list[str]:
    """One line an instruction; those numbered in `calls` are calls of the function in register 3."""
    lines = [(len(text) - len(text.lstrip()), text.strip(), pc) for pc, text in enumerate(texts)]
    code = [CALL if pc in calls else OTHER for pc in range(len(texts))]
    return [text for _, text, _ in shorten(lines, code, [{} for _ in lines]).lines]  # type: ignore[arg-type]


def test_arguments_of_a_call() -> None:
    lines = "r3 = v0", "r4 = r1", "r5 = 'one'", "r3 = r3.one(r4, r5)", "r1 = r3"
    assert shortened(*lines, calls=(3,)) == ["r3 = v0.one(r1, 'one')", "r1 = r3"]


def test_a_source_that_changes_meanwhile_stays() -> None:
    lines = "r4 = r1", "r1 = r2 + 1", "r3.one(r4)", "r0 = r1"
    assert shortened(*lines, calls=(2,)) == list(lines)


def test_a_value_that_may_be_used_elsewhere_stays() -> None:
    assert shortened("r4 = r1", "if r4:", " pass") == ["r4 = r1", "if r4:", "pass"]
    assert shortened("r2 = r1", "r3.one(r2)", "r0 = r2", calls=(1,)) == ["r2 = r1", "r3.one(r2)", "r0 = r2"]


def test_what_returns_needs_no_registers() -> None:
    assert shortened("r4 = TRUE", "return r4") == ["return TRUE"]
    assert shortened("r4 = 5", "return r4.one(r4)") == ["r4 = 5", "return r4.one(r4)"]


def test_the_receiver_whose_register_the_method_takes() -> None:
    lines = "r4 = r3", "r3 = t", "r3 = r3.one(r4)", "r0 = r3"
    assert shortened(*lines, calls=(2,)) == ["r3 = t.one(r3)", "r0 = r3"]


def test_aliases_say_what_the_registers_hold() -> None:
    lines = [(0, text, pc) for pc, text in enumerate(("r4 = r3", "r3 = t", "r3 = r3.one(r4)", "r0 = r3"))]
    result = shorten(lines, [OTHER, OTHER, CALL, OTHER], [{} for _ in lines])  # type: ignore[list-item]
    assert result.aliases[0] == {"r3": "t", "r4": "r3"}


def test_texts_that_look_like_registers_stay() -> None:
    lines = "r4 = r1", "r3.one(r4, 'r4', r2.r4)", "r0 = 1"
    assert shortened(*lines, calls=(1,)) == ["r3.one(r1, 'r4', r2.r4)", "r0 = 1"]
