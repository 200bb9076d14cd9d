"""`python -m benchmarks.starting`: what it costs to start `pylua`, and to make one more LuaRuntime.

                                     CPU          ×    user ×
    python -c "print(1)"         10.3 ms       1.00      1.00
    pylua -e "print(1)"          38.0 ms       3.69      3.81
    …

CPU time is the median of all runs, user and system together. Systems that only sample which of
the two a process is in know it for no single run that short, so user time is added up over all
runs. The processes take turns, with all their bytecode on the disk.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Final, TypeAlias

__all__ = ["main"]

Times: TypeAlias = list[tuple[float, float]]
"""User and system seconds, run by run."""

_ROOT: Final = Path(__file__).parent.parent
_PROGRAM: Final = """\
import re
import sys
from pylua.tools.lua import main
if __name__ == "__main__":
    sys.argv[0] = re.sub(r"(-script\\.pyw|\\.exe)?$", "", sys.argv[0])
    sys.exit(main())
"""
"""The program `pylua` as pip installs it."""

_SECOND_RUNTIME: Final = """\
import gc, sys, time, tracemalloc
from pylua import LuaRuntime
kept = [LuaRuntime()]
if sys.argv[1] == "time":
    times = []
    for _ in range(30):
        start = time.process_time()
        kept.append(LuaRuntime())
        times.append(time.process_time() - start)
    print(1000 * sorted(times)[len(times) // 2])
else:
    gc.collect()
    tracemalloc.start()
    kept.append(LuaRuntime())
    gc.collect()
    print(tracemalloc.get_traced_memory()[0] / 1024)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.starting", description=__doc__)
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="how often each program starts")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "bin", "pylua")  # `pylua` in the cache folder itself is where chunks are kept
        program.parent.mkdir()
        program.write_text(_PROGRAM, encoding="utf-8")
        environment = _environment(folder)
        commands = _commands(program)
        print(f"{'':32}{'CPU':>8}{'×':>11}{'user ×':>10}")
        for line in _lines(measure(commands, environment, options.runs)):
            print(line)
        print(f"{'another LuaRuntime':32}{_inside('time', environment):8.2f} ms")
        print(f"{'':32}{_inside('memory', environment):8.0f} KiB")
    return 0


def _environment(folder: str) -> dict[str, str]:
    """Like ours, but Python keeps bytecode, and nothing else lies in its cache folders."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LUA"))}
    return kept | {"PYTHONPYCACHEPREFIX": folder, "PYTHONPATH": str(_ROOT), "XDG_CACHE_HOME": folder}


def _commands(program: Path) -> dict[str, list[str]]:
    return {
        'python -c "print(1)"': [sys.executable, "-c", "print(1)"],
        'pylua -e "print(1)"': [sys.executable, str(program), "-e", "print(1)"],
        'python -m pylua -e "print(1)"': [sys.executable, "-m", "pylua", "-e", "print(1)"],
        'python -c "import pylua"': [sys.executable, "-c", "import pylua"],
        "import LuaRuntime": [sys.executable, "-c", "from pylua import LuaRuntime"],
        "LuaRuntime()": [sys.executable, "-c", "from pylua import LuaRuntime; LuaRuntime()"],
    }


def measure(commands: dict[str, list[str]], environment: dict[str, str], runs: int) -> dict[str, Times]:
    """The times of each command's process: `runs` of them, in turns after one for nothing."""
    times: dict[str, Times] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            spent = _cpu_seconds(command, environment)
            if turn:
                times[name].append(spent)
    return times


def _cpu_seconds(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """User and system time of a process."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, cwd=_ROOT, stdout=subprocess.DEVNULL, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime


def _lines(times: dict[str, Times]) -> Iterator[str]:
    """A line for each command, compared with the first."""
    medians = {name: statistics.median(map(sum, each)) for name, each in times.items()}
    users = {name: sum(user for user, _ in each) for name, each in times.items()}
    base, user_base = next(iter(medians.values())), next(iter(users.values()))
    for name, spent in medians.items():
        user = users[name] / user_base if user_base else float("nan")
        yield f"{name:32}{1000 * spent:8.1f} ms{spent / base:8.2f}{user:10.2f}"


def _inside(mode: str, environment: dict[str, str]) -> float:
    """What the script about a second runtime finds out."""
    command = [sys.executable, "-c", _SECOND_RUNTIME, mode]
    done = subprocess.run(command, env=environment, cwd=_ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
