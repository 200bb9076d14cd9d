"""Lists are taken from their tables before a loop where each round reads them, and nowhere else."""

from pylua.jit.hoisting import hoist

HEAD = [(0, "i4 = range(r4, r5 + 1)", 4), (0, "for r7 in i4:", 4)]


def hoisted(*body: str, head: list[tuple[int, str, int]] = HEAD) -> list[str]:
    """The head of the loop and the body, whose lines begin with their depth in spaces, as they are then."""
    lines = [*head, *((len(text) - len(text.lstrip()), text.lstrip(), 5) for text in body)]
    found = hoist(lines)
    return [found.get(at, text) for at, (_, text, _) in enumerate(lines)][1:]


def test_each_round_reads_the_lists() -> None:
    assert hoisted(
        " r3 = r0.array_part[r7] * v1.array_part[r7]", " if r3 > 1:", "  r2 = r0.array_part[1]"
    ) == [
        "for r7 in (h0 := r0.array_part) and (h1 := v1.array_part) and i4:",
        "r3 = h0[r7] * h1[r7]",
        "if r3 > 1:",
        "r2 = h0[1]",
    ]


def test_what_some_rounds_read_stays() -> None:
    body = [" if r3 > 1:", "  r2 = r0.array_part[1]", " r3 = c0.value.array_part[r7]"]
    assert hoisted(*body) == ["for r7 in i4:", *(text.lstrip() for text in body)]


def test_registers_and_lists_that_may_change_stay() -> None:
    for body in (
        [" r2 = r0.array_part[r7]", " r0 = r2.next"],
        [" r2 = r0.array_part[r7]", " elif t is NOTHING: r0.array_part = [None, r2]"],
        [" r2 = r0.array_part[r7]", " r0.raw_set_integer(r7, r2)"],
    ):
        assert hoisted(*body) == ["for r7 in i4:", *(text.lstrip() for text in body)]


def test_the_variable_of_the_loop_stays() -> None:
    assert hoisted(" r2 = r7.array_part[1]") == ["for r7 in i4:", "r2 = r7.array_part[1]"]


def test_loops_that_are_entered_half_way_stay() -> None:
    assert hoisted(" r2 = r0.array_part[r7]", head=[(0, "r3 = 1", 3), (0, "for r7 in i4:", 4)]) == [
        "for r7 in i4:",
        "r2 = r0.array_part[r7]",
    ]


def test_texts_stay() -> None:
    assert hoisted(" r2 = r0.array_part[r7]", " r3 = 'r0.array_part[1]'")[2] == "r3 = 'r0.array_part[1]'"
