"""What can be run, in one shape: a name and a function from an engine's command to a failure or None."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from conformance.checking import check
from conformance.running import run_script
from conformance.scripts import Script

__all__ = ["Case", "Result", "run_cases", "script_case"]


@dataclass(frozen=True, slots=True)
class Case:
    """`run(command)` gives None when the case passes, else one line that says why not."""

    name: str
    run: Callable[[list[str]], str | None]


@dataclass(frozen=True, slots=True)
class Result:
    """How one case went in one engine."""

    engine: str
    case: str
    failure: str | None


def script_case(script: Script) -> Case:
    """The case of one conformance script."""

    def run(command: list[str]) -> str | None:
        return check(script, run_script(command, script.name, script.source, script.timeout))

    return Case(script.name, run)


def run_cases(cases: list[Case], engines: dict[str, list[str]], jobs: int) -> Iterable[Result]:
    """Runs every case in every engine, `jobs` at a time; gives results in order."""
    work = [(engine, command, case) for engine, command in engines.items() for case in cases]

    def one(item: tuple[str, list[str], Case]) -> Result:
        engine, command, case = item
        return Result(engine, case.name, case.run(command))

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(one, work)
