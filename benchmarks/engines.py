"""What can run a program: a name, a module to start in a fresh process, and its settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.catalogue import Program

__all__ = ["BASELINE", "ENGINES", "Engine"]


@dataclass(frozen=True, slots=True)
class Engine:
    """`module` runs one program and tells its CPU time; `settings` are its last arguments."""

    name: str
    title: str
    module: str
    settings: tuple[str, ...] = ()
    language: str = "lua"
    by_default: bool = True
    may_be_absent: bool = False

    def path(self, program: Program) -> Path:
        """The file that this engine runs."""
        return program.python_path if self.language == "python" else program.lua_path


BASELINE: Final = "python"
"""The engine that all others are compared with."""

ENGINES: Final = {
    engine.name: engine
    for engine in (
        Engine("pylua", "pylua", "benchmarks.inside_pylua", ("auto",)),
        Engine("vm", "VM only", "benchmarks.inside_pylua", ("vm",)),
        Engine("jit", "fast at once", "benchmarks.inside_pylua", ("jit",), by_default=False),
        Engine("limited", "counted", "benchmarks.inside_pylua", ("auto", str(10**15)), by_default=False),
        Engine("lupa", "Lua 5.4", "benchmarks.inside_lupa", may_be_absent=True),
        Engine(BASELINE, "plain Python", "benchmarks.inside_python", language="python"),
    )
}
"""By name, in the order of the table's columns. `limited` has an instruction limit that it never meets."""
