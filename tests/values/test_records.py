"""Records: the first ones of a class are made as all others are."""

from __future__ import annotations

import pytest

from pylua.values.records import field, record


def test_constructors_before_and_after_they_are_compiled() -> None:
    @record
    class Place:
        name: str
        line: int = 1
        notes: list[str] = field(default_factory=list)

    made = [Place("x", line=number) for number in range(200)]
    assert [place.line for place in made] == list(range(200))
    assert made[0].notes == []
    assert made[0].notes is not made[1].notes
    assert Place("x", 7, ["n"]) == Place(name="x", notes=["n"], line=7)


@pytest.mark.parametrize("arguments", [(), ("x", 1, 2)])
def test_wrong_arguments(arguments: tuple[object, ...]) -> None:
    @record
    class Pair:
        left: str
        right: int = 1

    with pytest.raises(TypeError):
        Pair(*arguments)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Pair("x", other=1)  # type: ignore[call-arg]
