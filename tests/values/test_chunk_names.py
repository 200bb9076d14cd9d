"""Shortened chunk names against the ones in real Lua's messages."""

from __future__ import annotations

from functools import cache
from typing import Any

import lupa.lua54
import pytest

from pylua.values.chunk_names import chunk_id


@cache
def _refuse() -> Any:
    runtime = lupa.lua54.LuaRuntime(encoding="latin-1")
    return runtime.eval("function(name) local _, message = load('x', name) return message end")


@pytest.mark.parametrize("mark", ["=", "@", ""])
@pytest.mark.parametrize("length", [0, 1, 20, 43, 44, 45, 46, 57, 58, 59, 60, 61, 100])
def test_names_of_every_length(mark: str, length: int) -> None:
    for name in ("n" * length, "n" * length + "\nsecond line", "\n" * length):
        message: str = _refuse()(mark + name)
        assert chunk_id(mark + name) == message[: message.rindex(":1: ")]
