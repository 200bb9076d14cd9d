"""What is written from an AST gives the same AST again, but for positions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pylua.syntax import ast
from pylua.syntax.ast import Number, String
from pylua.syntax.parser import ParseError, parse
from pylua.syntax.prelude import strip_file_prelude
from pylua.syntax.unparse import unparse
from tests.strategies.programs import programs
from tests.syntax.sources import EVERY_ALTERNATIVE, SCRIPTS, script_text


def _without_positions(root: Any) -> list[object]:
    """The node classes and plain values of a tree in order; every number but a literal's is a position."""
    found: list[object] = []
    pending = [root]
    while pending:
        node = pending.pop()
        if type(node).__module__ == ast.__name__:
            found.append(type(node))
            if isinstance(node, Number):
                found.append(repr(node.value))
            pending.extend(getattr(node, name) for name in node.__match_args__)
        elif isinstance(node, list):
            found.append(len(node))
            pending.extend(node)
        elif not isinstance(node, int | float) or isinstance(node, bool):
            found.append(node)
    return found


def _assert_same_again(source: str) -> None:
    once = parse(source, "=x").body
    assert _without_positions(parse(unparse(once), "=x").body) == _without_positions(once)


def test_every_construct_comes_back() -> None:
    _assert_same_again(EVERY_ALTERNATIVE)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_come_back(name: str) -> None:
    try:
        source = strip_file_prelude(script_text(name))
        parse(source, "=x")
    except ParseError:
        return
    _assert_same_again(source)


@settings(max_examples=60, deadline=None)
@given(programs())
def test_generated_programs_come_back(source: str) -> None:
    _assert_same_again(source)


@given(st.text(st.characters(max_codepoint=255)))
def test_all_strings_come_back(value: str) -> None:
    node = parse("return " + unparse(String(value, 0)), "=x").body.statements[0]
    assert node.values[0].value == value  # type: ignore[union-attr]


@given(st.integers(-(1 << 63), (1 << 63) - 1) | st.floats(min_value=0, allow_nan=False))
def test_all_numbers_come_back(value: int | float) -> None:
    node = parse("return " + unparse(Number(value, 0)), "=x").body.statements[0]
    assert repr(node.values[0].value) == repr(value)  # type: ignore[union-attr]


def test_the_layout() -> None:
    source = """\
local a <const>, b = -1, - -2
if a then
    f(b);
    (g or h)("x\\n")
elseif not b then
else
    return a, {1, x = 2, [3] = 4}
end"""
    assert unparse(parse(source, "=x")) == source.replace(";\n    (", "\n    ;(")


def test_deep_chains_need_no_recursion() -> None:
    source = "x = a" + " + a" * 20_000 + "\nx" + ".x" * 20_000 + " = 1"
    assert unparse(parse(source, "=x")) == source
