"""Runs one Python program in this process; its CPU seconds are the last line of standard error.

    python -m benchmarks.inside_python path size steady|warm-up

`steady` counts the program alone, `warm-up` everything since the process started. So this module
imports next to nothing.
"""

import sys
import time

__all__ = ["main"]


def main(path: str, size: str, mode: str) -> None:
    """Runs the program at `path`."""
    with open(path, encoding="utf-8") as file:
        code = compile(file.read(), path, "exec", dont_inherit=True)
    sys.argv = [path, size]
    start = time.process_time() if mode == "steady" else 0.0
    exec(code, {"__name__": "__main__"})
    sys.stderr.write(f"{time.process_time() - start}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
