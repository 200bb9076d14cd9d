"""A script and the Outcome of a run in; None or the first difference out."""

from __future__ import annotations

from conformance.running import Outcome
from conformance.scripts import Script, mask

__all__ = ["check"]


def check(script: Script, outcome: Outcome) -> str | None:
    """One line that names the first difference, or None when everything is as expected."""
    lines = [line.rstrip() for line in mask(outcome.output).split("\n")]
    if lines and lines[-1] == "":
        lines.pop()
    for index, expectation in enumerate(script.expectations):
        got = lines[index] if index < len(lines) else None
        if got != expectation.text:
            found = "nothing" + _reason(outcome) if got is None else repr(got)
            return f"line {expectation.line}: expected {expectation.text!r}, got {found}"
    if len(lines) > len(script.expectations):
        return f"more output than expected: {lines[len(script.expectations)]!r}"
    if outcome.code != 0:
        return f"ended badly{_reason(outcome)}"
    return None


def _reason(outcome: Outcome) -> str:
    if outcome.code is None:
        return " (timeout)"
    lines = mask(outcome.errors).strip().split("\n")
    first = lines[-1] if lines[0].startswith("Traceback") else lines[0]
    return f" ({first})" if first else f" (exit code {outcome.code})"
