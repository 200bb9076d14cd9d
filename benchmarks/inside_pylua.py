"""Runs one Lua program with pylua in this process; its CPU seconds are the last line of standard error.

    python -m benchmarks.inside_pylua path size steady|warm-up engine [max_instructions]

`steady` counts the program alone, `warm-up` everything since the process started.
"""

import sys
import time

from pylua import LuaRuntime

__all__ = ["main"]


def main(path: str, size: str, mode: str, engine: str, max_instructions: str | None = None) -> None:
    """Runs the program at `path`."""
    limit = None if max_instructions is None else int(max_instructions)
    runtime = LuaRuntime(encoding="latin-1", engine=engine, max_instructions=limit)
    with open(path, encoding="latin-1") as file:
        program = runtime.compile(file.read(), name="@" + path)
    start = time.process_time() if mode == "steady" else 0.0
    program(size)
    sys.stderr.write(f"{time.process_time() - start}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
