"""Shaped tables: like every other table for who looks at them, without a dict until somebody asks for it."""

import gc
import weakref

import pytest

from pylua.values.shapes import ShapedTable, shape_of
from pylua.values.table import NOTHING, Table, new_table


def made(**fields: object) -> Table:
    """A table with a shape for these fields."""
    table = shape_of(tuple(fields))()
    table.array_part, table.metatable = NOTHING, None
    for name, value in fields.items():
        setattr(table, name, value)
    return table


def test_reading_makes_no_dict() -> None:
    table = made(x=1, y=None)
    assert table.raw_get("x") == 1
    assert [table.raw_get(key) for key in ("y", "z", "metatable", "raw_get", 1, 1.0, 0.5, True)] == [None] * 8
    assert {table.raw_get(name) for name in dir(type(table)) if name not in ("x", "y")} == {None}
    assert table.raw_length() == 0
    assert [table.has_place(name) for name in ("x", "y", "z", "metatable")] == [True, True, False, False]
    assert isinstance(table, ShapedTable)


def test_elements_are_in_the_array_part() -> None:
    table = made(x=1)
    table.array_part = [None, "a", "b"]
    assert [table.raw_get(key) for key in (0, 1, 2, 3, 2.0, float("nan"), float("inf"), 2.0**60)] == [
        None, "a", "b", None, "b", None, None, None,
    ]  # fmt: skip
    assert isinstance(table, ShapedTable)


def test_the_dict_has_the_fields_in_their_order() -> None:
    table = made(x=1, y=None, a=2)
    table.later = 3  # type: ignore[attr-defined]
    assert list(table.hash_part.items()) == [("x", 1), ("y", None), ("a", 2), ("later", 3)]
    assert table.hash_part is table.__dict__
    assert not isinstance(table, ShapedTable)
    assert table.x == 1  # type: ignore[attr-defined]


def test_fields_that_a_constructor_did_not_come_to_are_not_there() -> None:
    table = shape_of(("x", "y"))()
    table.array_part, table.metatable = NOTHING, None
    table.y = 1  # type: ignore[attr-defined]
    assert table.raw_get("x") is None
    assert table.hash_part == {"y": 1}


@pytest.mark.parametrize("key", ["x", "z", 1, 5, 2.5])
def test_stores_are_those_of_every_table(key: object) -> None:
    table, plain = made(x=1, y=2), new_table()
    plain.hash_part.update(x=1, y=2)
    for each in (table, plain):
        each.raw_set(key, "new")
    assert list(table.raw_items()) == list(plain.raw_items())
    for each in (table, plain):
        each.raw_set(key, None)
    assert list(table.raw_items()) == list(plain.raw_items())


def test_a_field_may_have_the_name_of_a_slot() -> None:
    table = made(x=1)
    table.field_0 = 2  # type: ignore[attr-defined]
    assert table.hash_part == {"x": 1, "field_0": 2}


def test_values_die_with_their_table() -> None:
    table, held = made(x=made(y=1)), []
    held.append(weakref.ref(table.x))  # type: ignore[attr-defined]
    assert table.hash_part["x"] is held[0]()
    table.raw_set("x", None)
    gc.collect()
    assert held[0]() is None


def test_shapes_whose_tables_often_get_dicts_give_them_by_code_of_their_own() -> None:
    shape = shape_of(("x", "y"))
    for number in range(300):
        table: Table = shape()
        table.array_part, table.metatable = NOTHING, None
        table.x = number  # type: ignore[attr-defined]
        if number % 2:
            table.y = None  # type: ignore[attr-defined]
        if number % 3 == 0:
            table.z = "z"  # type: ignore[attr-defined]
        expected = (
            {"x": number} | ({"y": None} if number % 2 else {}) | ({"z": "z"} if number % 3 == 0 else {})
        )
        assert table.hash_part == expected
        assert table.hash_part is table.__dict__
