"""Measurements in; ratios to plain Python, their geometric means, a text table and JSON out.

report = Report("CPython 3.11.7", titles, min, [measurement, …])
report.ratio(measurement, "vm")   ->  57.3
report.geometric_mean("vm")       ->  48.1
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.engines import BASELINE
from benchmarks.measuring import Measurement

__all__ = ["Report"]

_NAME, _COLUMN = 16, 13


@dataclass(frozen=True, slots=True)
class Report:
    """All measurements with one Python; `titles` names the engines, in the order of the columns.

    `statistic` makes one time of several runs (min or median).
    """

    interpreter: str
    titles: dict[str, str]
    statistic: Callable[[Sequence[float]], float]
    measurements: list[Measurement] = field(default_factory=list)

    @property
    def compared(self) -> list[str]:
        """The engines besides the baseline."""
        return [name for name in self.titles if name != BASELINE]

    def time(self, measurement: Measurement, engine: str) -> float:
        """CPU seconds of one program; never 0, however coarse the clock."""
        return max(self.statistic(measurement.seconds[engine]), 1e-6)

    def ratio(self, measurement: Measurement, engine: str) -> float:
        """How many times the baseline's time."""
        return self.time(measurement, engine) / self.time(measurement, BASELINE)

    def ratios(self, engine: str) -> list[float]:
        """The ratio of every program."""
        return [self.ratio(measurement, engine) for measurement in self.measurements]

    def geometric_mean(self, engine: str) -> float:
        """Of all programs' ratios."""
        ratios = self.ratios(engine)
        return math.exp(sum(map(math.log, ratios)) / len(ratios))

    # --- text -----------------------------------------------------------------------------

    def heading(self) -> str:
        """The table's first line."""
        titles = [self.titles[BASELINE], *(self.titles[name] for name in self.compared)]
        return self.interpreter.ljust(_NAME) + "".join(title.rjust(_COLUMN) for title in titles)

    def row(self, measurement: Measurement) -> str:
        """One program: the baseline's time, the others' ratios."""
        ratios = [self.ratio(measurement, name) for name in self.compared]
        return _line(measurement.program, f"{self.time(measurement, BASELINE):.3f} s", ratios)

    def summary(self) -> str:
        """The geometric means and the highest ratios."""
        means = [self.geometric_mean(name) for name in self.compared]
        highest = [max(self.ratios(name)) for name in self.compared]
        return _line("geometric mean", "", means) + "\n" + _line("highest", "", highest)

    # --- JSON -----------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """Everything, as values that the json module writes."""
        return {
            "python": self.interpreter,
            "engines": self.titles,
            "geometric_means": {name: self.geometric_mean(name) for name in self.compared},
            "highest": {name: max(self.ratios(name)) for name in self.compared},
            "programs": [self._program_as_json(measurement) for measurement in self.measurements],
        }

    def _program_as_json(self, measurement: Measurement) -> dict[str, Any]:
        return {
            "name": measurement.program,
            "size": measurement.size,
            "line": measurement.line,
            "seconds": {name: list(times) for name, times in measurement.seconds.items()},
            "ratios": {name: self.ratio(measurement, name) for name in self.compared},
        }


def _line(name: str, first: str, ratios: list[float]) -> str:
    cells = [first, *(f"{ratio:.2f}" for ratio in ratios)]
    return name.ljust(_NAME) + "".join(cell.rjust(_COLUMN) for cell in cells)
