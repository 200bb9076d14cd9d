"""`python -m benchmarks [options]`: runs the programs with every engine and compares with plain Python."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from functools import partial
from pathlib import Path

from benchmarks.catalogue import Program, find_programs
from benchmarks.chart import chart
from benchmarks.engines import BASELINE, ENGINES, Engine
from benchmarks.measuring import BenchmarkFault, Interpreter, Plan, find_interpreter, measure, present
from benchmarks.report import Report

__all__ = ["main"]


def parse_arguments(arguments: list[str] | None, programs: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    option = parser.add_argument
    flag = partial(parser.add_argument, action="store_true")
    option("--only", nargs="+", choices=programs, metavar="NAME", help="run these programs")
    option("--engine", nargs="+", choices=list(ENGINES), help="compare these engines with plain Python")
    option("--python", nargs="+", default=[sys.executable], metavar="PATH", help="run under these Pythons")
    option("--runs", type=_positive, default=3, metavar="N", help="how often each program runs")
    option("--scale", type=float, default=1.0, metavar="F", help="work, relative to the default sizes")
    option("--timeout", type=float, default=900.0, metavar="SECONDS", help="for one run of one program")
    flag("--median", help="take the median of the runs instead of the minimum")
    flag("--warm-up", help="a tenth of the size, and CPU time from process start")
    option("--json", type=Path, metavar="FILE", help="write everything measured")
    option("--svg", type=Path, metavar="FILE", help="draw a bar chart")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 if every program ran and all engines agreed."""
    programs = find_programs()
    options = parse_arguments(arguments, list(programs))
    chosen = [programs[name] for name in options.only or programs]
    reports, faults = [], 0
    try:
        for interpreter in [find_interpreter(command) for command in options.python]:
            report, failed = run_all(interpreter, chosen, options)
            faults += failed
            if report.measurements:
                reports.append(report)
    except BenchmarkFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    if options.json:
        options.json.write_text(json.dumps(as_json(reports, options), indent=2) + "\n", encoding="utf-8")
    if options.svg:
        options.svg.write_text(chart(reports), encoding="utf-8")
    return 1 if faults else 0


def run_all(
    interpreter: Interpreter, programs: list[Program], options: argparse.Namespace
) -> tuple[Report, int]:
    """Runs all programs with one Python and prints the table as it grows; also the number of failures."""
    engines = present(interpreter, chosen_engines(options.engine), programs[0])
    scale = options.scale / 10 if options.warm_up else options.scale
    plan = Plan(scale, options.runs, options.warm_up, options.timeout)
    titles = {engine.name: engine.title for engine in engines}
    report = Report(interpreter.version, titles, statistics.median if options.median else min)
    print(report.heading(), flush=True)
    faults = 0
    for program in programs:
        try:
            measurement = measure(interpreter, engines, program, plan)
        except BenchmarkFault as fault:
            faults += 1
            print(fault, flush=True)
        else:
            report.measurements.append(measurement)
            print(report.row(measurement), flush=True)
    if report.measurements:
        print(report.summary(), flush=True)
    return report, faults


def chosen_engines(names: list[str] | None) -> list[Engine]:
    """The engines named on the command line, or the usual ones; always the baseline."""
    if names is None:
        return [engine for engine in ENGINES.values() if engine.by_default]
    return [engine for engine in ENGINES.values() if engine.name in {*names, BASELINE}]


def as_json(reports: list[Report], options: argparse.Namespace) -> dict[str, object]:
    """The reports, and how they were measured."""
    return {
        "mode": "warm-up" if options.warm_up else "steady",
        "scale": options.scale,
        "runs": options.runs,
        "statistic": "median" if options.median else "minimum",
        "reports": [report.as_json() for report in reports],
    }


if __name__ == "__main__":
    sys.exit(main())
