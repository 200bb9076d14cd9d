"""The folder `programs/` as data: each program's name, files and default size.

    find_programs()  ->  {"fib": Program("fib", 2000), …}

A program's size says how much work it does: twice the size, twice the time. Its last line
states the default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "Program", "find_programs"]

FOLDER: Final = Path(__file__).parent / "programs"
_DEFAULT: Final = re.compile(r" or (\d+)\)\)\n\Z")


@dataclass(frozen=True, slots=True)
class Program:
    """One benchmark, in both languages."""

    name: str
    size: int

    @property
    def lua_path(self) -> Path:
        """The program in Lua."""
        return FOLDER / f"{self.name}.lua"

    @property
    def python_path(self) -> Path:
        """The same program in Python."""
        return FOLDER / f"{self.name}.py"

    def scaled(self, scale: float) -> int:
        """The size for `scale` times the work, at least 1."""
        return max(1, round(self.size * scale))


def find_programs() -> dict[str, Program]:
    """All programs by name, in alphabetical order."""
    return {path.stem: Program(path.stem, _default_size(path)) for path in sorted(FOLDER.glob("*.lua"))}


def _default_size(path: Path) -> int:
    match = _DEFAULT.search(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path.name} does not end with its default size")
    return int(match[1])
