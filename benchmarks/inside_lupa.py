"""Runs one Lua program with real Lua (lupa) in this process; CPU seconds end standard error.

    python -m benchmarks.inside_lupa path size steady|warm-up

`steady` counts the program alone, `warm-up` everything since the process started.
"""

import importlib
import sys
import time

__all__ = ["main"]


def main(path: str, size: str, mode: str) -> None:
    """Runs the program at `path`."""
    runtime = importlib.import_module("lupa.lua54").LuaRuntime(encoding="latin-1")
    with open(path, encoding="latin-1") as file:
        program = runtime.compile(file.read(), name="@" + path)
    start = time.process_time() if mode == "steady" else 0.0
    program(size)
    sys.stderr.write(f"{time.process_time() - start}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
