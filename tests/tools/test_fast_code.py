"""The options that show the fast tier: --engine, --stats, --emit-python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPT = """\
local function twice(n)
  return n + n
end
local total = 0
for i = 1, 2000 do total = total + twice(i) end
print(total)
"""


def run(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "script.lua"
    script.write_text(_SCRIPT, encoding="utf-8")
    command = [sys.executable, "-m", "pylua", *options, str(script)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("engine", ["vm", "jit", "auto"])
def test_engines_agree(tmp_path: Path, engine: str) -> None:
    assert run(tmp_path, f"--engine={engine}").stdout == "4002000\n"


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "--engine=fast")
    assert done.returncode == 1
    assert "unrecognized option '--engine=fast'" in done.stderr


def test_statistics_name_what_went_fast(tmp_path: Path) -> None:
    done = run(tmp_path, "--stats")
    assert done.stdout == "4002000\n"
    assert "fast  " in done.stderr
    assert "script.lua:1 " in done.stderr


def test_python_is_shown_beside_the_lua_lines(tmp_path: Path) -> None:
    shown = run(tmp_path, "--emit-python").stdout
    assert "def lua_1(me, r0=None):" in shown
    assert "# 2: return n + n" in shown
