"""Results that are used once: where they may move, and what the VM finds in their registers."""

from __future__ import annotations

from pylua.jit.folding import fold
from pylua.jit.lowering import Line

SURE = set(range(20))


def lines(*texts: str) -> list[Line]:
    """One instruction a line; a line that begins with `& ` belongs to the one before."""
    made: list[Line] = []
    for text in texts:
        pc = made[-1][2] if text.startswith("& ") else len(made)
        made.append((0, text.removeprefix("& "), pc))
    return made


def folded(*texts: str, live: dict[int, int] | None = None) -> list[str]:
    nothing = dict.fromkeys(range(len(texts)), 0)
    return [text for _, text, _ in fold(lines(*texts), SURE, live or nothing, [{} for _ in texts]).lines]


def test_sums_of_products_become_one_line() -> None:
    assert folded("r4 = r1 * r1", "r5 = r2 * r2", "r4 = r4 + r5", "return r4") == [
        "return ((r1 * r1) + (r2 * r2))"
    ]


def test_results_that_are_read_again_stay() -> None:
    assert folded("r4 = r1 * r1", "r5 = r4 + r4") == ["r4 = r1 * r1", "r5 = r4 + r4"]
    live = {0: 1 << 4, 1: 1 << 4}
    assert folded("r4 = r1 * r1", "r5 = r4 + r1", live=live) == ["r4 = r1 * r1", "r5 = r4 + r1"]


def test_operands_must_not_change_on_the_way() -> None:
    assert folded("r4 = r1 * r1", "r1 = r2.x", "r5 = r4 + r1") == [
        "r4 = r1 * r1",
        "r1 = r2.x",
        "r5 = r4 + r1",
    ]
    assert folded("r4 = r1 * r1", "r3 = r2.x", "r1 = r4 + r1") == ["r3 = r2.x", "r1 = (r1 * r1) + r1"]


def test_what_is_checked_stays() -> None:
    checked = ["r4 = r1 + r2", "& if r4 > 1073741823: r4 = fit(r4)", "r5 = r4 * 2"]
    assert folded(*checked) == [text.removeprefix("& ") for text in checked]


def test_nothing_moves_into_branches_or_loops() -> None:
    for head in ("if r3 is None:", "while True:", "for r3 in i0:"):
        assert folded("r4 = r1 * r1", head, "r5 = r4 + r1")[0] == "r4 = r1 * r1"
    assert folded("r4 = r1 * r1", "if r4 < r2:") == ["if (r1 * r1) < r2:"]


def test_only_what_cannot_fail_moves() -> None:
    for text in ("r4 = r1.x", "r4 = r1 / r2", "r4 = v0.one(r1)", "r4 = r1 % r2"):
        assert folded(text, "r5 = r4 + r1") == [text, "r5 = r4 + r1"]
    unsure = fold(lines("r4 = r1 * r1", "r5 = r4 + r1"), set(), {0: 0, 1: 0}, [{}, {}])
    assert len(unsure.lines) == 2


def test_the_vm_finds_the_registers() -> None:
    made = fold(lines("r4 = r1 * r1", "r3 = r2.x", "r5 = r4 + r3"), SURE, {0: 0, 1: 0, 2: 0}, [{}, {}, {}])
    assert [text for _, text, _ in made.lines] == ["r3 = r2.x", "r5 = (r1 * r1) + r3"]
    assert made.aliases == [{"r4": "(r1 * r1)"}, {"r4": "(r1 * r1)"}]
