"""The compiler's errors, with the position and the wording of Lua's.

    fault_near(unit, 12, "too many upvalues (limit is 255) in main function")
        → LuaSyntaxError: x.lua:7: too many upvalues (limit is 255) in main function near '='

The error's `position` is the token at which a one-pass compiler would have noticed it.
"""

from __future__ import annotations

from pylua.compiler.source_unit import SourceUnit
from pylua.errors import LuaSyntaxError
from pylua.syntax.shown import shown_word
from pylua.values.chunk_names import chunk_id

__all__ = ["fault_near", "plain_fault", "semantic_fault"]


def plain_fault(position: int, message: str) -> LuaSyntaxError:
    """An error whose message names no place."""
    fault = LuaSyntaxError(message)
    fault.position = position  # type: ignore[attr-defined]
    return fault


def semantic_fault(unit: SourceUnit, position: int, message: str) -> LuaSyntaxError:
    """An error at the line of the token at `position`, which is not named."""
    return plain_fault(position, f"{chunk_id(unit.chunk_name)}:{unit.lines[position]}: {message}")


def fault_near(unit: SourceUnit, position: int, message: str) -> LuaSyntaxError:
    """An error that names the token at `position`."""
    return semantic_fault(unit, position, f"{message} near {shown_word(unit.texts[position])}")
