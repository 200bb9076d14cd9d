"""The Python that functions become: what it contains and, above all, which checks it can do without."""

from __future__ import annotations

import pytest

from pylua.bytecode.prototype import Prototype
from pylua.jit.flow import Untranslatable, head_around
from pylua.jit.kinds import COUNTED_UP, INT, SOME_INTEGER, SOME_STRING, integer_between, join, stepped, widen
from pylua.jit.names import NONE, PLAIN, SHARED, attribute_kind
from pylua.jit.notes import Notes
from pylua.jit.translation import translate
from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.constancy import final_upvalues
from pylua.vm.decoding import decode
from pylua.vm.state import State

MAINS: list[Prototype] = []
"""Kept alive: what is final is found from the function around."""


def prototype_of(source: str) -> Prototype:
    """The first function within `source`."""
    state = State()
    open_libraries(state)
    main = load_chunk(state, source, "=x").prototype
    decode(main)
    MAINS.append(main)
    nested: Prototype = main.prototypes[0]
    return nested


def python_of(source: str) -> str:
    return translate(prototype_of(source), Notes(), "one").source


def test_a_comparison_makes_the_check_for_overflow_needless() -> None:
    checked = python_of("local function f(n) return n - 1 end")
    unchecked = python_of("local function f(n) if n < 2 then return 0 end return n - 1 end")
    assert "fit(" in checked
    assert "fit(" not in unchecked


def test_a_loop_counter_is_bounded() -> None:
    text = python_of("local function f(n) local t = 0 for i = 1, n do t = i * i end return t end")
    assert "for r5 in i2:" in text
    assert "fit(" not in text


def test_fields_are_attributes() -> None:
    text = python_of("local function f(p) return {x = p.x} end")
    assert "r2 = r0.x\n" in text
    assert "t.x = r2\n" in text


def test_constructors_and_fields_set_behind_them_have_places() -> None:
    source = "local function f(p) local t = {x = p.x, y = 2} g(t) t.z = 1 if p then t.w = 2 end return t end"
    made = translate(prototype_of(source), Notes(), "one")
    assert made.constants["S0"].__match_args__ == ("x", "y", "z", "w")


def test_keys_that_are_no_attributes_are_displays() -> None:
    text = python_of("local function f(p) return {x = 1, __index = p} end")
    assert "{'x': 1, '__index': r0}" in text


def test_variables_that_never_change_are_final() -> None:
    assert final_upvalues(prototype_of("local function f() return f end")) == {0}
    assert final_upvalues(prototype_of("local n = 0 local function f() n = n + 1 end")) == set()
    assert final_upvalues(prototype_of("local n local function f() return n end n = 1")) == set()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("balance", PLAIN), ("count", SHARED), ("class", NONE), ("__dict__", NONE), ("a b", NONE)],
)
def test_field_names(name: str, kind: int) -> None:
    assert attribute_kind(name) == kind


def test_what_is_known_is_joined_and_widened() -> None:
    assert join(integer_between(1, 3), integer_between(2, 9)) == (INT, 1, 9)
    assert join(integer_between(1, 3), SOME_STRING)[1:] == (1, 3)
    assert widen(integer_between(1, 3), integer_between(1, 4)) == (INT, 1, COUNTED_UP)
    assert widen(integer_between(1, 3), integer_between(1, 1 << 62)) == (INT, 1, SOME_INTEGER[2])
    counted = widen(integer_between(1, 3), (INT, 1, COUNTED_UP))
    assert counted[2] is COUNTED_UP
    assert stepped(counted, -3, 7) == (-2, COUNTED_UP)
    assert stepped(counted, 0, 7000)[1] > COUNTED_UP


def test_the_loop_around_a_loop() -> None:
    code = decode(prototype_of("local function f() for i = 1, 2 do for j = 1, 2 do g() end end end"))
    inner, outer = (("for", pc) for pc, row in reversed(list(enumerate(code))) if row[0] == 74)
    assert head_around(code, inner) == outer
    assert head_around(code, outer) is None


def test_what_is_too_long_stays_with_the_vm() -> None:
    with pytest.raises(Untranslatable):
        python_of("local function f() " + "g() " * 3000 + "end")
