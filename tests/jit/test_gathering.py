"""Reads move to where their values are used, if nothing is changed by running them again."""

from __future__ import annotations

from pylua.jit.gathering import gather
from pylua.jit.lowering import Line

X, CHECK_3 = "r3 = r0.x", "& if r3 is None: raise HandOver"
Y, CHECK_4 = "r4 = r1.y", "& if r4 is None: raise HandOver"


def lines(*texts: str) -> list[Line]:
    """One instruction a line; a line that begins with `& ` belongs to the one before."""
    made: list[Line] = []
    for text in texts:
        pc = made[-1][2] if text.startswith("& ") else (made[-1][2] + 1 if made else 0)
        made.append((0, text.removeprefix("& "), pc))
    return made


def gathered(*texts: str, live: int = 0) -> list[tuple[str, int]]:
    """`live`: the registers that are read behind, as bits."""
    made = lines(*texts)
    result = gather(made, [{} for _ in made], {pc: live for _, _, pc in made})
    return [(text, pc) for _, text, pc in result.lines]


def test_operands_of_sums_and_comparisons() -> None:
    assert gathered(X, CHECK_3, Y, CHECK_4, "t = r3 * r4", "& if t > 9: t = fit(t)", "& r3 = t") == [
        ("r3 = r0.x * r1.y", 0),
        ("if r3 > 9: r3 = fit(r3)", 0),
    ]
    wraps = "& if r5 > 9 and r5.__class__ is int: r5 = (r5 + HALF & ALL_BITS) - HALF"
    assert gathered(X, CHECK_3, "r5 = r5 + r3", wraps)[0] == ("r5 = r5 + r0.x", 0)
    assert gathered(X, CHECK_3, Y, CHECK_4, "if r3 < r4:") == [("if r0.x < r1.y:", 0)]
    assert gathered("r3 = r0.array_part[2]", "t = r3 + 1") == [("t = r0.array_part[2] + 1", 0)]


def test_a_read_of_what_is_read() -> None:
    assert gathered(X, CHECK_3, "r4 = r3.y", "& if r4 is None: raise HandOver", "return r4") == [
        ("r4 = r0.x.y", 0),
        ("if r4 is None: raise HandOver", 0),
        ("return r4", 2),
    ]


def test_the_code_tells_which_instructions_a_line_is_of() -> None:
    made = lines(X, CHECK_3, Y, CHECK_4, "r5 = r3 + r4")
    assert gather(made, [{} for _ in made], {2: 0}).reaches == {0: 2}


def test_values_that_are_used_again_stay() -> None:
    lines_ = X, CHECK_3, "r5 = r3 + 1"
    assert gathered(*lines_, live=1 << 3)[0] == (X, 0)
    assert gathered(X, CHECK_3, "r5 = r3 * r3")[0] == (X, 0)


def test_nothing_is_set_before_all_has_succeeded() -> None:
    again = "r0 = r3.x", "& if r0 is None: raise HandOver"
    assert gathered(X, CHECK_3, *again)[0] == (X, 0)
    assert gathered(X, CHECK_3, "r0 = r3 + 1", "& if r0 > 9: r0 = fit(r0)")[0] == (X, 0)
    assert gathered(X, CHECK_3, "r0 = r3 + 1") == [("r0 = r0.x + 1", 0)]
    assert gathered(X, CHECK_3, "t = r3 + 1", "& if t > 9: t = fit(t)", "& r0 = t")[0] == ("t = r0.x + 1", 0)


def test_results_are_checked_where_they_go_if_nothing_needs_what_was_there() -> None:
    check, is_float = "& if t > 9: t = fit(t)", "& if t.__class__ is not float: raise HandOver"
    assert gathered("t = r1 * r2", is_float, "& r3 = t")[0] == ("r3 = r1 * r2", 0)
    assert gathered("t = r3 * r2", is_float, "& r3 = t")[0] == ("t = r3 * r2", 0)
    made = lines("t = r1 * r2", check, "& r3 = t")
    aliased = gather(made, [{}, {"r4": "(r3 + 1)"}, {}], {0: 0})
    assert aliased.lines == made


def test_other_work_in_between_keeps_a_read_in_its_place() -> None:
    for between in ("r0.x = r1", "r2 = r2.one()", "r0 = r1", "while True:"):
        assert gathered(X, CHECK_3, between, "r5 = r3 + 1")[0] == (X, 0)


def test_nil_is_only_let_through_where_it_fails() -> None:
    check = CHECK_3.removeprefix("& ")
    assert (check, 0) not in gathered(X, CHECK_3, "t = r3.array_part", "return t", live=1 << 3)
    assert (check, 0) not in gathered(X, CHECK_3, "if r3.metatable is not None: raise HandOver", live=1 << 3)
    for use in ("r4 = r3", "return r3", "r5 = r3.one(1)", "if r3 == 1:", "r5 = r3 is None", "r2.y = r3"):
        assert (check, 0) in gathered(X, CHECK_3, use, live=1 << 3), use
    assert gathered("r3 = r3.x", CHECK_3, "t = r3.array_part", live=1 << 3)[1] == (check, 0)


def test_one_question_for_a_native_function() -> None:
    made = gathered("t = r0.floor", "& if t is None: raise HandOver", "& r3 = t", "r4 = r1 / 2",
                    "if r3 is not native_math_floor: raise HandOver", "& r3 = floor(r4)", live=-1)  # fmt: skip
    assert made[1] == ("if t is not native_math_floor: raise HandOver", 0)
    assert [text for text, _ in made].count("if r3 is not native_math_floor: raise HandOver") == 0
    assigned = gathered(
        "r3 = r0.floor", CHECK_3, "r3 = r1", "if r3 is not native_math_floor: raise HandOver", live=-1
    )
    assert assigned[1] == (CHECK_3.removeprefix("& "), 0)
