"""Labels, and jumps that wait for them: `goto`, and `break` as a goto to the loop's end (§3.3.4).

    goto done       PendingGoto("done", …, jumps=[7])       a jump with an open target
    local x         …
    ::done::        PlacedLabel("done", …, pc=12)           the jump at 7 now goes to 12

A goto that leaves the scope of captured variables must close them on its way.
"""

from __future__ import annotations

from pylua.hints import Final

__all__ = ["BREAK", "PendingGoto", "PlacedLabel"]

BREAK: Final = "break"
"""The label at the end of every loop; no script can write it."""


class PlacedLabel:
    """A label and the variables in scope there."""

    __slots__ = ("active_count", "line", "name", "pc", "register_level")

    def __init__(self, name: str, line: int, pc: int, active_count: int, register_level: int) -> None:
        self.name = name
        self.line = line
        self.pc = pc
        self.active_count = active_count
        self.register_level = register_level


class PendingGoto:
    """Jumps to a label that has not been seen, and the innermost scope they are known to leave to.

    `must_close`: on the way out a block was left whose variables were captured.
    """

    __slots__ = ("active_count", "jumps", "line", "must_close", "name", "register_level")

    def __init__(
        self, name: str, line: int, jumps: list[int] | None, active_count: int, register_level: int
    ) -> None:
        self.name = name
        self.line = line
        self.jumps = jumps
        self.active_count = active_count
        self.register_level = register_level
        self.must_close = False
