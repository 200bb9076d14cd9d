"""Warnings on standard error (§6.1 warn): off until the control message "@on".

state.warn("@on"); state.warn("low on ", True); state.warn("memory")   ->  Lua warning: low on memory
"""

from __future__ import annotations

from pylua.stdlib.files import write_stderr
from pylua.values.contexts import suppress

__all__ = ["WarningOutput"]


class WarningOutput:
    """Takes warnings in pieces; control messages are whole warnings that begin with `@`."""

    def __init__(self) -> None:
        self.is_on = False
        self._is_inside = False
        """Whether a piece was written that more pieces follow."""

    def take(self, text: str, to_continue: bool) -> None:
        """Writes a piece of a warning, or obeys a control message."""
        if not self._is_inside and not to_continue and text.startswith("@"):
            self._control(text)
        elif self.is_on:
            self._write(text, to_continue)

    def _control(self, text: str) -> None:
        if text in ("@on", "@off"):
            self.is_on = text == "@on"

    def _write(self, text: str, to_continue: bool) -> None:
        with suppress(OSError):
            write_stderr(("" if self._is_inside else "Lua warning: ") + text + ("" if to_continue else "\n"))
        self._is_inside = to_continue
