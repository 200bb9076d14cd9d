"""The grammar of Lua and what makes a parser of it; needs lark, which pylua itself does not."""

from __future__ import annotations

__all__: list[str] = []
