"""The programs that can run a script: pylua's engines by name, and real Lua where it is installed."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys

__all__ = ["ENGINES", "ORACLE_VERSION", "find_oracles"]

ENGINES: dict[str, list[str]] = {
    "vm": [sys.executable, "-m", "pylua", "--engine=vm"],
    "jit": [sys.executable, "-m", "pylua", "--engine=jit"],
    "auto": [sys.executable, "-m", "pylua"],
}
"""Engine name → command line; a script's path and arguments follow."""

ORACLE_VERSION = "Lua 5.4.8"


def find_oracles(programs: list[str]) -> dict[str, list[str]]:
    """Real Lua of the right version: the lupa package, `lua5.4` and `lua` on the path, `programs`."""
    found = {}
    if importlib.util.find_spec("lupa") is not None:
        found["lupa"] = [sys.executable, "-m", "conformance.lupa_program"]
    for program in [*programs, "lua5.4", "lua"]:
        path = shutil.which(program)
        if path is not None and _version(path).startswith(ORACLE_VERSION):
            found[program] = [path]
    return found


def _version(program: str) -> str:
    done = subprocess.run([program, "-v"], capture_output=True, text=True, timeout=10, check=False)
    return re.sub(r"  .*", "", done.stdout.strip(), flags=re.DOTALL)
