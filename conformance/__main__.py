"""`python -m conformance [options] [name…]`: runs the scripts, shows progress, compares with the ledger."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from conformance.cases import Case, Result, run_cases, script_case
from conformance.engines import ENGINES, ORACLE_VERSION, find_oracles
from conformance.ledger import compare, read_ledger, write_ledger
from conformance.official import obtain_suite, official_cases
from conformance.recording import record
from conformance.scripts import find_scripts

__all__ = ["main"]


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("names", nargs="*", help="run only cases whose name contains one of these")
    flag = partial(parser.add_argument, action="store_true")
    flag("--official", help="also run Lua's official test suite (downloaded once)")
    flag("--oracle", help="also run the scripts in real Lua, where installed")
    flag("--update", help="write the ledger of known failures anew")
    option = parser.add_argument
    option("--engine", choices=sorted(ENGINES), help="run one engine instead of all")
    option("--suite", type=Path, help="a folder that holds the official suite already")
    option("--oracle-program", action="append", default=[], help="a real Lua to use as oracle too")
    option("--record", type=Path, metavar="FILE", help="write what real Lua prints into a script")
    option("--jobs", type=int, default=os.cpu_count() or 1, help="how many run at a time")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 if everything went as the ledger says and the oracles agree."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    oracles = find_oracles(options.oracle_program)
    if options.record:
        record(options.record, list(oracles.values())[-1])
        return 0
    cases = collect(options)
    engines = {options.engine: ENGINES[options.engine]} if options.engine else ENGINES
    start = time.perf_counter()
    results = show(run_cases(cases, engines, options.jobs))
    complaints = judge(results, options)
    if options.oracle:
        complaints += ask_oracles(options, oracles)
    for complaint in complaints:
        print(complaint)
    failed = sum(result.failure is not None for result in results)
    passed, seconds = len(results) - failed, time.perf_counter() - start
    print(f"{', '.join(engines)}: {passed} passed, {failed} failed, {len(complaints)} new, {seconds:.1f} s")
    return 1 if complaints else 0


def collect(options: argparse.Namespace) -> list[Case]:
    """The cases that the command line asks for."""
    cases = [script_case(script) for script in find_scripts()]
    if options.official:
        cases += official_cases(options.suite or obtain_suite())
    return [case for case in cases if not options.names or any(name in case.name for name in options.names)]


def show(results: Iterable[Result]) -> list[Result]:
    """Prints one line a failure, and a dot a success, as results come in."""
    seen = []
    for result in results:
        seen.append(result)
        if result.failure is None:
            print(".", end="", flush=True)
        else:
            print(f"\n{result.engine}  {result.case}: {result.failure}", flush=True)
    print()
    return seen


def judge(results: list[Result], options: argparse.Namespace) -> list[str]:
    """Compares with the ledger, or writes it."""
    failures = {
        (result.engine, result.case): result.failure for result in results if result.failure is not None
    }
    known = read_ledger()
    ran = {(result.engine, result.case) for result in results}
    if options.update:
        write_ledger({key: text for key, text in known.items() if key not in ran} | failures)
        return []
    return compare(failures, known, ran)


def ask_oracles(options: argparse.Namespace, oracles: dict[str, list[str]]) -> list[str]:
    """Runs the scripts in real Lua; whatever fails there is a wrong expectation.

    Scripts with `--? program` need what only a complete `lua` program has (processes, its
    own frame below the main chunk); the library in lupa does without.
    """
    if not oracles:
        return [f"no {ORACLE_VERSION} found: install lupa or name a program with --oracle-program"]
    complaints = []
    for oracle, command in oracles.items():
        print(f"oracle: {oracle}")
        scripts = [s for s in find_scripts(options.names) if oracle != "lupa" or "program" not in s.options]
        results = show(run_cases([script_case(s) for s in scripts], {oracle: command}, options.jobs))
        complaints += [f"{oracle} disagrees with {r.case}: {r.failure}" for r in results if r.failure]
    return complaints


if __name__ == "__main__":
    sys.exit(main())
