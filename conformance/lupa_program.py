"""`python -m conformance.lupa_program script.lua`: runs one script in real Lua, through lupa.

Stands in for the `lua` program: same output, errors to standard error, exit code 1.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

__all__ = ["main"]


def main(path: str) -> int:
    """Runs the script; its output goes to C's standard output."""
    lupa = importlib.import_module("lupa.lua54")
    runtime = lupa.LuaRuntime(encoding="latin-1", register_eval=False)
    runtime.execute("python = nil; package.loaded.python = nil")
    try:
        runtime.execute(Path(path).read_text(encoding="latin-1"), name="@" + Path(path).name)
    except lupa.LuaError as error:
        sys.stderr.write(f"lua: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
