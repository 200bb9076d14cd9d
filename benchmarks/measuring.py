"""Runs programs in fresh processes, engine by engine in turn, and keeps times that belong together.

    measure(interpreter, engines, program, plan)  ->  Measurement("fib", 2000, "fib 5168000", {"vm": (…), …})

Every engine must print the same line; a program that does not run, or answers differently,
raises BenchmarkFault.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.catalogue import Program
from benchmarks.engines import Engine

__all__ = ["BenchmarkFault", "Interpreter", "Measurement", "Plan", "find_interpreter", "measure", "present"]

_ROOT: Final = Path(__file__).parent.parent
_WHO: Final = "import platform as p; print(p.python_implementation(), p.python_version())"


class BenchmarkFault(Exception):
    """A program failed, or its answers differ between engines."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python to measure with, and what it calls itself."""

    command: str
    version: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How to measure: times the default size, how often, and from where CPU time counts."""

    scale: float = 1.0
    runs: int = 3
    warm_up: bool = False
    timeout: float = 900.0


@dataclass(frozen=True, slots=True)
class Measurement:
    """One program: the line that all engines print, and each engine's CPU seconds, run by run."""

    program: str
    size: int
    line: str
    seconds: dict[str, tuple[float, ...]]


def find_interpreter(command: str) -> Interpreter:
    """Asks a Python for its name and version."""
    try:
        done = subprocess.run([command, "-c", _WHO], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise BenchmarkFault(f"{command} is no Python that runs: {error}") from None
    return Interpreter(command, done.stdout.strip())


def present(interpreter: Interpreter, engines: Iterable[Engine], program: Program) -> list[Engine]:
    """The engines that this Python has.

    Afterwards the bytecode of their modules lies on the disk, so that no measurement pays for it.
    """
    found = []
    for engine in engines:
        try:
            _run(interpreter, engine, program, 1, Plan())
        except BenchmarkFault as fault:
            if not (engine.may_be_absent and "ModuleNotFoundError" in str(fault)):
                raise
        else:
            found.append(engine)
    return found


def measure(interpreter: Interpreter, engines: list[Engine], program: Program, plan: Plan) -> Measurement:
    """Runs the program `plan.runs` times with every engine, alternately: A B C A B C …"""
    size = program.scaled(plan.scale)
    seconds: dict[str, list[float]] = {engine.name: [] for engine in engines}
    lines = {}
    for _ in range(plan.runs):
        for engine in engines:
            lines[engine.name], spent = _run(interpreter, engine, program, size, plan)
            seconds[engine.name].append(spent)
    if len(set(lines.values())) != 1:
        answers = ", ".join(f"{name}: {line!r}" for name, line in lines.items())
        raise BenchmarkFault(f"{program.name} {size} gives different answers: {answers}")
    times = {name: tuple(each) for name, each in seconds.items()}
    return Measurement(program.name, size, lines[engines[0].name], times)


def _run(
    interpreter: Interpreter, engine: Engine, program: Program, size: int, plan: Plan
) -> tuple[str, float]:
    """The line that the program prints, and its CPU seconds."""
    mode = "warm-up" if plan.warm_up else "steady"
    command = [interpreter.command, "-m", engine.module, str(engine.path(program)), str(size), mode]
    try:
        done = subprocess.run(
            [*command, *engine.settings],
            cwd=_ROOT,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONHASHSEED": "0"},  # "": not set
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=plan.timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BenchmarkFault(f"{program.name} with {engine.name}: no end in {plan.timeout} s") from None
    if done.returncode != 0:
        raise BenchmarkFault(f"{program.name} with {engine.name}: {done.stderr.strip() or done.returncode}")
    return done.stdout.strip(), float(done.stderr.split()[-1])
