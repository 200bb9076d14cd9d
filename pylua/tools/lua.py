"""The command `pylua`: command line in, exit code out; it does what `lua` does.

    main(["pylua", "-e", "print(1)"])  ->  0

The work is in program.py. While that and all it needs are imported, Python's cyclic collector
rests if the process is ours: it would look through modules, which are no garbage, for 4 ms.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line `argv` (by default the process's), whose first item names the program."""
    if argv is None:
        gc.disable()
    from pylua.tools.program import run  # noqa: PLC0415 (see above)

    return run(sys.argv if argv is None else argv, owns_process=argv is None)
