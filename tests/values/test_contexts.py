"""Context managers without `contextlib` do what those of `contextlib` do."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pylua.values.contexts import contextmanager, suppress


def steps(seen: list[str], swallows: bool = False) -> Iterator[str]:
    seen.append("in")
    try:
        yield "value"
    except ValueError:
        if not swallows:
            raise
    finally:
        seen.append("out")


@pytest.mark.parametrize("swallows", [False, True])
def test_a_block_is_entered_and_left(swallows: bool) -> None:
    seen: list[str] = []
    with contextmanager(steps)(seen, swallows=swallows) as value:
        seen.append(value)
    assert seen == ["in", "value", "out"]


def test_an_error_goes_through_with_the_traceback_it_had() -> None:
    make: Callable[..., Any] = contextmanager(steps)
    seen: list[str] = []
    with pytest.raises(ValueError, match="x") as caught, make(seen):
        raise ValueError("x")
    assert seen == ["in", "out"]
    assert "steps" not in [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]


def test_an_error_may_be_swallowed_or_replaced() -> None:
    @contextmanager
    def replacing() -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            raise KeyError("y") from error

    with contextmanager(steps)([], swallows=True):
        raise ValueError("x")
    with pytest.raises(KeyError, match="y"), replacing():
        raise ValueError("x")


def test_only_some_kinds_are_suppressed() -> None:
    with suppress(OSError, KeyError):
        raise FileNotFoundError("x")
    with pytest.raises(ValueError, match="x"), suppress(OSError):
        raise ValueError("x")
