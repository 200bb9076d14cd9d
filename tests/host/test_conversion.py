"""Values that cross the border come out as lupa brings them out."""

from __future__ import annotations

import math
from typing import Any

import lupa.lua54
from hypothesis import given, settings
from hypothesis import strategies as st

import pylua

OURS = pylua.LuaRuntime()
THEIRS: Any = lupa.lua54.LuaRuntime()
IDENTITY = "function(...) return ... end"
OUR_IDENTITY, THEIR_IDENTITY = OURS.eval(IDENTITY), THEIRS.eval(IDENTITY)

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=8).filter(lambda data: not _fails_to_decode(data))
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


def _fails_to_decode(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def described(value: Any) -> Any:
    """A value with its type; tables as sorted entries."""
    if hasattr(value, "items") and not isinstance(value, dict):
        entries = [(described(key), described(item)) for key, item in value.items()]
        return "table", sorted(entries, key=repr)
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return type(value).__name__, value


@settings(max_examples=200, deadline=None)
@given(st.lists(scalars, max_size=4))
def test_round_trip(values: list[Any]) -> None:
    ours, theirs = OUR_IDENTITY(*values), THEIR_IDENTITY(*values)
    assert repr(ours) == repr(theirs)
    assert type(ours) is type(theirs)


@settings(max_examples=100, deadline=None)
@given(st.lists(trees, max_size=3) | st.dictionaries(st.text(max_size=3), trees, max_size=3))
def test_collections_become_tables(tree: Any) -> None:
    ours = described(OURS.table_from(tree, recursive=True))
    theirs = described(THEIRS.table_from(tree, recursive=True))
    assert ours == theirs


@settings(max_examples=100, deadline=None)
@given(st.lists(scalars, max_size=4), st.dictionaries(st.text(max_size=3), scalars, max_size=4))
def test_flat_tables(items: list[Any], entries: dict[str, Any]) -> None:
    keys = {key: value for key, value in entries.items() if key.isidentifier()}
    assert described(OURS.table(*items, **keys)) == described(THEIRS.table(*items, **keys))
    assert len(OURS.table(*items)) == OURS.eval("function(t) return #t end")(OURS.table(*items))
