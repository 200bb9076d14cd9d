"""Damaged scripts in pylua and in real Lua (lupa), compared: `python -m tests.mutations`.

    verdict_difference("x = = 1")  ->  None      both refuse it in the same words

Every file of Lua's official test suite (or the files and folders named on the command line) is cut
off at `--count` places and changed `--count` times. Both must accept the same texts, with the same
binary chunks, and refuse the others with the same message; no text may take pylua long.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeAlias

from conformance.official import obtain_suite
from pylua.syntax.prelude import strip_file_prelude
from tests.compiler.oracle import compile_here, compile_there
from tests.strategies.mutations import mutate, truncate

__all__ = ["Report", "check_file", "damaged_texts", "lua_files", "main", "verdict_difference"]

TIME_LIMIT = 5.0
"""Seconds of processor time that pylua may take for any text."""
CHUNK_NAME = "=x"
BINARY_MARK = "\x1b"

Verdict: TypeAlias = tuple[bytes, bytes] | str
"""The binary chunks of a text that compiles (full and stripped), or the message."""


@dataclass(slots=True)
class Report:
    """What was found in the texts made of one file."""

    texts: int = 0
    refused: int = 0
    slowest: float = 0.0
    complaints: list[str] = field(default_factory=list)

    def add(self, label: str, ours: Verdict, theirs: Verdict, seconds: float) -> None:
        self.texts += 1
        self.refused += isinstance(ours, str)
        self.slowest = max(self.slowest, seconds)
        found = _compare(ours, theirs)
        if found is not None:
            self.complaints.append(f"{label}: {found}")
        if seconds > TIME_LIMIT:
            self.complaints.append(f"{label}: {seconds:.1f} s")


def damaged_texts(source: str, name: str, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """(which text, the text): `count` of each kind, the same for the same name and seed."""
    for number in range(seed, seed + count):
        label = f"{name} truncated {number}"
        yield label, truncate(source, Random(label))
    for number in range(seed, seed + count):
        label = f"{name} mutated {number}"
        yield label, _mutated(source, Random(label))


def _mutated(source: str, random: Random) -> str:
    """One change more often than several, of which the first can hide the others."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        source = mutate(source, random)
    return source


def verdict_difference(text: str) -> str | None:
    """None, or how pylua's and real Lua's verdict on a source text differ."""
    return _compare(_verdict_here(text), compile_there(text, CHUNK_NAME))


def _verdict_here(text: str) -> Verdict:
    try:
        return compile_here(text, CHUNK_NAME)
    except Exception as fault:
        return f"raised {type(fault).__name__}: {fault}"


def _compare(ours: Verdict, theirs: Verdict) -> str | None:
    if ours == theirs:
        return None
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return "both accept it, but the binary chunks differ"
    mine, its = (each if isinstance(each, str) else "accepted" for each in (ours, theirs))
    return f"\n  pylua: {mine}\n  lua:   {its}"


def check_file(path: Path, count: int, seed: int) -> Report:
    """Compares all texts made of one file, but those that a changed first byte makes binary chunks."""
    source = strip_file_prelude(path.read_bytes().decode("latin-1"))
    report = Report()
    for label, text in damaged_texts(source, path.name, count, seed):
        if not text.startswith(BINARY_MARK):
            start = time.process_time()
            ours = _verdict_here(text)
            seconds = time.process_time() - start
            report.add(label, ours, compile_there(text, CHUNK_NAME), seconds)
    return report


def lua_files(paths: list[Path]) -> list[Path]:
    """The files named, and those inside of the folders named."""
    found = [sorted(path.rglob("*.lua")) if path.is_dir() else [path] for path in paths]
    return [path for group in found for path in group]


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 if there is any difference, or any text takes too long."""
    options = _parse_options(arguments)
    start = time.perf_counter()
    files = lua_files(options.paths or [obtain_suite()])
    check = partial(check_file, count=options.count, seed=options.seed)
    reports = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for path, report in zip(files, pool.map(check, files), strict=True):
            reports.append(report)
            print("\n".join((_summary(path.name, [report]), *report.complaints)), flush=True)
    print(f"{_summary(f'{len(files)} files', reports)}, {time.perf_counter() - start:.0f} s")
    return 1 if any(report.complaints for report in reports) else 0


def _parse_options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="files and folders; default: the official suite")
    parser.add_argument("--count", type=int, default=200, help="texts of each kind a file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args(arguments)


def _summary(name: str, reports: list[Report]) -> str:
    texts = sum(report.texts for report in reports)
    refused = sum(report.refused for report in reports)
    complaints = sum(len(report.complaints) for report in reports)
    slowest = max((report.slowest for report in reports), default=0.0)
    return f"{name}: {texts} texts, {refused} refused, {complaints} complaints, slowest {slowest:.2f} s"


if __name__ == "__main__":
    sys.exit(main())
