"""Names found by reasoning over the bytecode, on compiled chunks."""

from __future__ import annotations

import pytest

from pylua.bytecode.opcodes import OPCODES
from pylua.bytecode.prototype import Prototype
from pylua.loading import load_text
from pylua.vm.variables import Name, describe, local_name, name_in_call, register_name


def last_of(prototype: Prototype, name: str) -> int:
    """The place of the last instruction called `name`."""
    return max(pc for pc, word in enumerate(prototype.code) if word & 0x7F == OPCODES[name])


CALLED = {
    "f()": Name("global", "f"),
    "local f; f()": Name("local", "f"),
    "local t; t.f()": Name("field", "f"),
    "local t; t:f()": Name("method", "f"),
    "local t; t[1]()": Name("field", "integer index"),
    "local t, k; t[k]()": Name("field", "?"),
    "local t; t.a.b.f()": Name("field", "f"),
    "local _ENV = {}; f()": Name("global", "f"),
    "local e = _ENV; e.f()": Name("field", "f"),
    "local t = _ENV; t['x y']()": Name("field", "x y"),
    "('constant')()": Name("constant", "constant"),
    "local f; (f or g)()": None,
    "local a, b; (a and b)()": None,
    "(function() end)()": None,
    "f()()": None,
    f"local t; t.{'x' * 50}()": Name("field", "x" * 50),
}


@pytest.mark.parametrize(("source", "expected"), CALLED.items(), ids=CALLED.keys())
def test_the_name_of_what_is_called(source, expected):
    prototype = load_text(source, "=chunk")
    assert name_in_call(prototype, last_of(prototype, "CALL")) == expected


def test_locals_are_known_only_while_they_live():
    prototype = load_text("local a; do local b end; local c = a", "=chunk")
    last = len(prototype.code) - 2
    assert [local_name(prototype, number, last) for number in (1, 2, 3)] == ["a", None, None]
    assert local_name(prototype, 2, len(prototype.code) - 1) == "c"


def test_upvalues():
    prototype = load_text("local up; return function() up() end", "=chunk").prototypes[0]
    assert name_in_call(prototype, last_of(prototype, "CALL")) == Name("upvalue", "up")


def test_registers_set_on_one_branch_only_have_no_name():
    prototype = load_text("local c; return c.x .. (c and c.y)", "=chunk")
    concat = last_of(prototype, "CONCAT")
    assert register_name(prototype, concat, 1) == Name("field", "x")
    assert register_name(prototype, concat, 2) is None


def test_texts_end_at_a_zero_byte():
    prototype = load_text("local t; t['a\\0b']()", "=chunk")
    assert describe(name_in_call(prototype, last_of(prototype, "CALL"))) == " (field 'a')"
