"""Modules and regular expressions that are only prepared when they are first used.

    dates = late_module("pylua.stdlib.dates")      dates.moment_at(0)   imports it, then calls
    DIGITS = late_pattern("[0-9]+")                DIGITS.match("12")   compiles it, then matches

What was asked for once is kept as an attribute, so that it costs no more than that afterwards.
A module takes 0.2 ms to import, an expression as long to compile, and most scripts need few. (So
does `weakref`, which is why `ref` comes of `_weakref` everywhere.)
"""

from __future__ import annotations

import sys

from pylua.hints import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import re

__all__ = ["late_module", "late_pattern"]


class _LateModule:
    """Stands for the module `name`; its functions and constants are those of the module."""

    def __init__(self, name: str) -> None:
        self._late_name = name

    def __getattr__(self, name: str) -> Any:
        __import__(self._late_name)
        value = getattr(sys.modules[self._late_name], name)
        setattr(self, name, value)
        return value


class _LatePattern:
    """Stands for the compiled expression `text`."""

    def __init__(self, text: str | bytes) -> None:
        self._late_text = text

    def __getattr__(self, name: str) -> Any:
        import re  # noqa: PLC0415 (not every import of this module needs it)

        value = getattr(re.compile(self._late_text), name)
        setattr(self, name, value)
        return value


def late_module(name: str) -> Any:
    """The module called `name`; for modules whose constants are never set anew."""
    return _LateModule(name)


@overload
def late_pattern(text: str) -> re.Pattern[str]: ...
@overload
def late_pattern(text: bytes) -> re.Pattern[bytes]: ...
def late_pattern(text: Any) -> Any:
    """`re.compile(text)`."""
    return _LatePattern(text)
