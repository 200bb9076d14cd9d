"""Every benchmark at a tiny size: pylua's engines and plain Python print the same line; the runner's parts."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import inside_pylua, inside_python, measuring
from benchmarks.__main__ import main
from benchmarks.catalogue import Program, find_programs
from benchmarks.chart import chart
from benchmarks.engines import BASELINE, ENGINES
from benchmarks.measuring import BenchmarkFault, Interpreter, Measurement, find_interpreter
from benchmarks.report import Report

PROGRAMS = find_programs()


def test_there_are_enough_programs() -> None:
    assert len(PROGRAMS) >= 28


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_both_versions_have_the_same_default_size(program: Program) -> None:
    last_line = program.python_path.read_text(encoding="utf-8").rstrip().splitlines()[-1]
    assert last_line.endswith(f" else {program.size}))")


@pytest.mark.parametrize("engine", ["vm", "auto", "jit"])
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_results_are_equal(
    program: Program, engine: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [])
    inside_python.main(str(program.python_path), "3", "steady")
    expected = capsys.readouterr().out
    assert re.fullmatch(rf"{program.name} .+\n", expected)
    inside_pylua.main(str(program.lua_path), "3", "steady", engine)
    assert capsys.readouterr().out == expected


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, drawing = tmp_path / "report.json", tmp_path / "chart.svg"
    arguments = ["--only", "fib", "--engine", "vm", "--runs", "1", "--warm-up", "--scale", "0.0001"]
    assert main([*arguments, "--json", str(report), "--svg", str(drawing)]) == 0
    assert "geometric mean" in capsys.readouterr().out
    [measured] = json.loads(report.read_text())["reports"]
    [program] = measured["programs"]
    assert program["line"] == "fib 2584"
    assert set(program["seconds"]) == {"vm", "python"}
    ElementTree.parse(drawing)


def test_a_command_that_is_no_python_is_named() -> None:
    with pytest.raises(BenchmarkFault, match="no-such-python is no Python that runs"):
        find_interpreter("no-such-python")


def test_different_answers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([("fib 1", 0.1), ("fib 2", 0.1)])
    monkeypatch.setattr(measuring, "_run", lambda *_: next(answers))
    engines = [ENGINES["vm"], ENGINES[BASELINE]]
    with pytest.raises(BenchmarkFault, match="different answers: vm: 'fib 1', python: 'fib 2'"):
        measuring.measure(Interpreter("python", ""), engines, PROGRAMS["fib"], measuring.Plan(runs=1))


def example_report() -> Report:
    report = Report("CPython", {"vm": "VM <only>", BASELINE: "Python"}, min)
    report.measurements.append(Measurement("fib", 1, "fib 1", {"vm": (9.0, 8.0), BASELINE: (2.0, 3.0)}))
    report.measurements.append(Measurement("sort", 1, "sort 1", {"vm": (1.0, 1.0), BASELINE: (1.0, 1.0)}))
    return report


def test_ratios_and_geometric_mean() -> None:
    report = example_report()
    assert report.ratios("vm") == [4.0, 1.0]
    assert report.geometric_mean("vm") == pytest.approx(2.0)
    assert report.summary().split() == ["geometric", "mean", "2.00", "highest", "4.00"]


def test_chart_is_well_formed() -> None:
    drawing = ElementTree.fromstring(chart([example_report(), example_report()]))
    texts = ["".join(element.itertext()) for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("fib") == 2
    assert "VM <only>" in texts
