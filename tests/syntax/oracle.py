"""What real Lua says about a source text: None if it compiles, else the message."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import lupa.lua54

from pylua.syntax.parser import ParseError, parse

__all__ = ["ORACLE_LEVELS", "lua_runtime", "meaning_is_wrong", "refusal_here", "refusal_there"]

ORACLE_LEVELS = 1
"""C levels in use when Python calls a Lua function that calls `load`."""

_MEANING = re.compile(
    r"attempt to assign to const|<goto |no visible label|break outside|already defined|too many "
    r"|multiple to-be-closed|unknown attribute|control structure"
)


@cache
def lua_runtime() -> Any:
    return lupa.lua54.LuaRuntime(encoding="latin-1", unpack_returned_tuples=True)


@cache
def _loader() -> Any:
    return lua_runtime().eval(
        """function(source, name, calls)
            local function refusal(calls)
                if calls > 0 then return select(2, pcall(refusal, calls - 1)) end
                local _, message = load(source, name, "t")
                return message and message:gsub("\\nstack traceback:.*", "") or nil
            end
            return (refusal(calls))
        end"""
    )


def refusal_there(source: str, name: str = "=x", calls: int = 0) -> str | None:
    """Real Lua's message; `load` is called inside so many nested calls of C functions."""
    message: str | None = _loader()(source, name, calls)
    return message


def refusal_here(source: str, name: str = "=x", calls: int = 0) -> str | None:
    try:
        parse(source, name, ORACLE_LEVELS + calls)
    except ParseError as refusal:
        return refusal.message
    return None


def meaning_is_wrong(message: str | None) -> bool:
    """Whether real Lua's message is one that the compiler gives, not the parser."""
    return message is not None and _MEANING.search(message) is not None
