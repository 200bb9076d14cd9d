"""The ledger of known failures: it must be neither too short nor too long.

    # engine  case                    failure
    vm  language/goto.lua  line 12: expected '1', got '2'

A failure that is not in it is new; one whose text differs has changed; an entry whose case
passes is fixed. Each of the three fails the run, so that the ledger always tells the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

__all__ = ["LEDGER", "compare", "read_ledger", "write_ledger"]

LEDGER = Path(__file__).parent / "known_failures.txt"
HEADER = "# engine  case  failure (written by: python -m conformance --update)\n"

Failures = Mapping[tuple[str, str], str]
"""(engine, case) → the failure's text."""


def read_ledger(path: Path = LEDGER) -> dict[tuple[str, str], str]:
    """The entries of the ledger; comments start with #."""
    entries = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            engine, case, failure = line.split("  ", 2)
            entries[engine, case] = failure
    return entries


def write_ledger(failures: Failures, path: Path = LEDGER) -> None:
    """Replaces the ledger by `failures`, in order."""
    lines = [f"{engine}  {case}  {failure}\n" for (engine, case), failure in sorted(failures.items())]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")


def compare(failures: Failures, known: Failures, ran: set[tuple[str, str]]) -> list[str]:
    """Complaints about `failures` against the ledger, for the cases that ran."""
    complaints = []
    for key in sorted(ran):
        now, before = failures.get(key), known.get(key)
        if now == before:
            continue
        if before is None:
            complaints.append(f"new failure: {' '.join(key)}: {now}")
        elif now is None:
            complaints.append(f"fixed, take it out of the ledger: {' '.join(key)}")
        else:
            complaints.append(f"changed failure: {' '.join(key)}: {now} (ledger: {before})")
    return complaints
