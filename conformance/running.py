"""A command and a script in, an Outcome out: one subprocess in a folder of its own, with a time limit."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["TREE", "Outcome", "run_command", "run_script"]

TREE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program did: exit code (None after a timeout) and what it wrote."""

    code: int | None
    output: str
    errors: str


def run_script(command: list[str], name: str, source: str, timeout: float) -> Outcome:
    """Writes `source` into an empty folder under its base name and runs it there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(name).name)
        path.write_text(source, encoding="latin-1")
        return run_command([*command, path.name], Path(folder), timeout)


def run_command(
    command: list[str], folder: Path, timeout: float, variables: dict[str, str] | None = None
) -> Outcome:
    """Runs `command` in `folder` with an empty pipe as input; pylua is found from anywhere."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LUA_", "PYTHONPATH"))
    }
    environment |= {"PYTHONPATH": str(TREE), "PYLUA_CACHE": ""} | (variables or {})
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            input=b"",
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return Outcome(None, _text(error.stdout), _text(error.stderr))
    return Outcome(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(data: bytes | str | None) -> str:
    if isinstance(data, str):
        return data
    return (data or b"").decode("latin-1")
