"""The same source compiled by pylua and by real Lua: binary chunks as bytes, or the error message."""

from __future__ import annotations

from functools import cache
from typing import Any

import lupa.lua54

from pylua.bytecode.disassembler import disassemble
from pylua.bytecode.dump import dump, undump
from pylua.errors import LuaSyntaxError
from pylua.loading import load_text

__all__ = ["assert_same_chunk", "compile_here", "compile_there"]

_COMPILE = """
return function(source, name)
    local f, message = load(source, name, "t")
    if not f then return false, (message:gsub("\\nstack traceback:.*", "")) end
    return string.dump(f), string.dump(f, true)
end
"""


@cache
def _reference() -> Any:
    runtime: Any = lupa.lua54.LuaRuntime(encoding=None, register_eval=False)
    return runtime.execute(_COMPILE.encode())


def compile_there(source: str, name: str = "=x") -> tuple[bytes, bytes] | str:
    """Real Lua's binary chunks, full and stripped, or its message."""
    first, second = _reference()(source.encode("latin-1"), name.encode("latin-1"))
    return (first, second) if first else second.decode("latin-1")


def compile_here(source: str, name: str = "=x") -> tuple[bytes, bytes] | str:
    """pylua's binary chunks, full and stripped, or its message."""
    try:
        prototype = load_text(source, name)
    except LuaSyntaxError as error:
        return str(error)
    return dump(prototype, False), dump(prototype, True)


def assert_same_chunk(source: str, name: str = "=x") -> None:
    """Fails, with both listings, if the compilers disagree on `source`."""
    expected, actual = compile_there(source, name), compile_here(source, name)
    if actual != expected:
        raise AssertionError(f"{source}\n--- expected\n{_readable(expected)}\n--- got\n{_readable(actual)}")


def _readable(result: tuple[bytes, bytes] | str) -> str:
    return result if isinstance(result, str) else disassemble(undump(result[0], "=listing"), True)
