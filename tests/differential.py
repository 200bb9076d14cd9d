"""Runs programs in pylua and in real Lua (lupa) and compares: `python -m tests.differential`.

    run_both("return 1 // 0")  ->  (Outcome("error", "…attempt to divide by zero"), the same from lupa)

Every program runs in each of pylua's engines. Options: `--count` programs, from `--seed` on, in `--jobs` processes. A difference is shrunk and
printed with both outcomes.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from lupa import lua54

from pylua.errors import LuaError
from pylua.jit import ENGINES, set_engine
from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State
from tests.strategies.behaviour import generate, shrink

__all__ = ["Outcome", "difference", "main", "run_both", "run_lupa", "run_pylua"]

CHUNK_NAME = "=program"
_LIMIT = 10**9
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended: "result" with its text, or "error" with the message; perhaps after how much."""

    kind: str
    text: str
    count: int | None = None

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


def run_pylua(source: str, engine: str = "vm", limit: int | None = None) -> Outcome:
    """The outcome in a fresh State. A Python exception that is no LuaError passes: it is a fault.

    With a `limit` of instructions, which it must not meet, the number that has run is part of it.
    """
    state = State()
    open_libraries(state)
    set_engine(state, engine)
    if limit is not None:
        state.limit_instructions(limit)
        return replace(_run(state, source), count=limit - (state.instructions_left or 0))
    return _run(state, source)


def _run(state: State, source: str) -> Outcome:
    try:
        results = state.call(load_chunk(state, source, CHUNK_NAME))
    except LuaError as error:
        return Outcome("error", _mask(str(error.value)))
    return Outcome("result", _mask(str(results[0] if results else None)))


def run_lupa(source: str) -> Outcome:
    """The outcome in real Lua 5.4.8."""
    runtime = lua54.LuaRuntime(encoding="latin-1", register_eval=False, register_builtins=False)
    try:
        function = runtime.compile(source, name=CHUNK_NAME)
        protected = runtime.eval("function(f) return pcall(f) end")
        ok, value = _pair(protected(function))
    except lua54.LuaSyntaxError as error:
        return Outcome("error", _mask(str(error)))
    return Outcome("result" if ok else "error", _mask(str(value)))


def _pair(value: object) -> tuple[object, object]:
    if isinstance(value, tuple):
        return value[0], value[1]
    return value, None


def run_both(source: str) -> tuple[Outcome, Outcome]:
    """(pylua's outcome, real Lua's); of pylua's engines the first that differs speaks.

    The engines must also agree on the number of instructions; real Lua is taken to agree with the VM.
    """
    theirs = run_lupa(source)
    for engine in ENGINES:
        ours = run_pylua(source, engine)
        if ours != theirs:
            return ours, theirs
    counts = {engine: run_pylua(source, engine, _LIMIT) for engine in ENGINES}
    ours = next((each for each in counts.values() if each != counts["vm"]), counts["vm"])
    return ours, replace(theirs, count=counts["vm"].count)


def _mask(text: str) -> str:
    return ADDRESS.sub("ADDRESS", text)


def difference(source: str) -> str | None:
    """None, or both outcomes from the first line that differs."""
    try:
        ours, theirs = run_both(source)
    except Exception as fault:
        return f"pylua raised {type(fault).__name__}: {fault}"
    if ours == theirs:
        return None
    for number, (mine, its) in enumerate(
        zip(str(ours).split("\n"), str(theirs).split("\n"), strict=False), 1
    ):
        if mine != its:
            return f"output line {number}:\n  pylua: {mine}\n  lua:   {its}"
    if str(ours) == str(theirs):
        return f"{ours.count} instructions in fast code, {theirs.count} in the VM"
    return f"one output is longer: {len(str(ours))} and {len(str(theirs))}"


def check_seed(seed: int) -> tuple[int, str | None]:
    """(seed, what differs)."""
    return seed, difference(str(generate(seed)))


def report(seed: int) -> str:
    """The smallest program of a seed that still differs, and how."""
    source = shrink(generate(seed), lambda text: difference(text) is not None)
    return f"--- seed {seed}\n{source}\n{difference(source)}\n"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 if any program differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--show", type=int, default=5, help="how many differences to shrink and print")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    seeds = range(options.seed, options.seed + options.count)
    differing = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for done, (seed, found) in enumerate(pool.map(check_seed, seeds, chunksize=20), 1):
            if found is not None:
                differing.append(seed)
                print(f"seed {seed}: {found}", flush=True)
            if done % 500 == 0:
                print(
                    f"{done} programs, {len(differing)} differ, {time.perf_counter() - start:.0f} s",
                    flush=True,
                )
    for seed in islice(differing, options.show):
        print(report(seed))
    print(f"{options.count} programs, {len(differing)} differ, {time.perf_counter() - start:.0f} s")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
