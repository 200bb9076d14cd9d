"""What generated code would like to know of a register, so that it has less to check (see Lowering.wish)."""

from __future__ import annotations

from pylua.hints import Final

__all__ = ["BARE", "FLOATING", "INTEGER", "POSITIVE", "TEXT"]

INTEGER: Final = 1
"""A small integer."""
POSITIVE: Final = 2
"""A small integer above zero."""
BARE: Final = 3
"""A table without a metatable."""
FLOATING: Final = 4
"""A float."""
TEXT: Final = 5
"""A string."""
