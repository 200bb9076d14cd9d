"""Runs every program of `examples/` with pylua and compares its output with what Lua 5.4.8 printed.

To record a new program: `lua5.4 examples/NAME.lua > examples/expected/NAME.txt`, from the root.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXPECTED = sorted((ROOT / "examples" / "expected").glob("*.txt"))
MODULES = {"json"}
"""Files of `examples/` that only other examples load."""


def test_every_program_has_a_recorded_output() -> None:
    programs = {path.stem for path in (ROOT / "examples").glob("*.lua")}
    assert programs - MODULES == {path.stem for path in EXPECTED}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_output(expected: Path) -> None:
    program = f"examples/{expected.stem}.lua"
    done = subprocess.run(
        [sys.executable, "-m", "pylua", program],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.stderr.decode() == ""
    assert done.stdout.decode() == expected.read_text(encoding="utf-8")
    assert done.returncode == 0
