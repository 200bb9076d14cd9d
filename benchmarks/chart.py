"""Reports in, an SVG bar chart out: a bar per program and engine, on a logarithmic scale.

chart([report])  ->  '<svg xmlns="http://www.w3.org/2000/svg" …>…</svg>'
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from benchmarks.report import Report

__all__ = ["chart"]

_COLOURS: Final = ("#2f6f9f", "#c8792b", "#5a9367", "#8a5a9f", "#9f2f4a")
_LEFT, _WIDTH, _RIGHT = 130, 640, 60
_BAR, _GAP, _HEAD, _FOOT = 9, 6, 64, 30


def chart(reports: Sequence[Report]) -> str:
    """One panel a report, below each other; the line at 1 is plain Python."""
    panels, top = [], 0
    for report in reports:
        panels += [f'<g transform="translate(0 {top})">', *_panel(report), "</g>"]
        top += _height(report)
    width = _LEFT + _WIDTH + _RIGHT
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top}" '
        f'viewBox="0 0 {width} {top}" font-family="sans-serif" font-size="11">'
    )
    background = f'<rect width="{width}" height="{top}" fill="white"/>'
    return "\n".join([opening, background, *panels, "</svg>\n"])


def _height(report: Report) -> int:
    rows = len(report.measurements) + 1
    return _HEAD + rows * (_GAP + _BAR * len(report.compared)) + _FOOT


def _panel(report: Report) -> Iterator[str]:
    low, high = _decades(report)

    def across(ratio: float) -> float:
        return _LEFT + _WIDTH * (math.log10(ratio) - low) / (high - low)

    title = f"CPU time relative to plain Python ({report.interpreter})"
    yield _text(_LEFT, 20, title, 'font-size="14" font-weight="bold"')
    yield from _legend(report)
    bottom = _height(report) - _FOOT
    for decade in range(low, high + 1):
        x = across(10.0**decade)
        stroke = "#333" if decade == 0 else "#ccc"
        yield f'<line x1="{x:.1f}" y1="{_HEAD - 6}" x2="{x:.1f}" y2="{bottom}" stroke="{stroke}"/>'
        yield _text(x, bottom + 14, f"{10.0**decade:g}×", 'text-anchor="middle"')
    y = _HEAD
    for label, ratios in _groups(report):
        yield _text(_LEFT - 8, y + _BAR * len(ratios) / 2 + 4, label, 'text-anchor="end"')
        for colour, ratio in zip(_COLOURS, ratios, strict=False):
            yield _bar(across(1.0), across(ratio), y, colour)
            right = across(max(ratio, 1.0)) + 4
            yield _text(right, y + 8, f"{ratio:.2f}", 'font-size="9" fill="#555"')
            y += _BAR
        y += _GAP


def _groups(report: Report) -> Iterator[tuple[str, list[float]]]:
    """What stands at the left, with the ratio of every engine."""
    for measurement in report.measurements:
        yield measurement.program, [report.ratio(measurement, name) for name in report.compared]
    yield "geometric mean", [report.geometric_mean(name) for name in report.compared]


def _decades(report: Report) -> tuple[int, int]:
    """Powers of ten that enclose every ratio, and 1."""
    ratios = [1.0, *(ratio for name in report.compared for ratio in report.ratios(name))]
    low = math.floor(math.log10(min(ratios)))
    return low, max(math.ceil(math.log10(max(ratios))), low + 1)


def _legend(report: Report) -> Iterator[str]:
    for i, (name, colour) in enumerate(zip(report.compared, _COLOURS, strict=False)):
        x = _LEFT + 120 * i
        yield f'<rect x="{x}" y="32" width="10" height="10" fill="{colour}"/>'
        yield _text(x + 15, 41, report.titles[name], "")


def _bar(origin: float, end: float, y: float, colour: str) -> str:
    left, width = min(origin, end), abs(end - origin)
    return f'<rect x="{left:.1f}" y="{y}" width="{width:.1f}" height="{_BAR - 1}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, attributes: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(text)}</text>'
