"""Damaged scripts get real Lua's verdict, word for word, and soon.

The big run is a command: `python -m tests.mutations --count 200`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from tests.mutations import check_file, damaged_texts, lua_files, main, verdict_difference

ROOT = Path(__file__).parent.parent
SCRIPTS = lua_files([ROOT / "examples", ROOT / "benchmarks" / "programs"])


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_damaged_scripts_get_the_same_verdict(path: Path) -> None:
    report = check_file(path, count=6, seed=0)
    assert report.complaints == []
    assert report.texts == 12


def test_a_difference_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict_difference("x = 1") is None
    assert verdict_difference("x = = 1") is None
    monkeypatch.setattr("tests.mutations.compile_there", lambda text, name: "other words")
    assert verdict_difference("x = 1") == "\n  pylua: accepted\n  lua:   other words"


def test_a_python_exception_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, name: str) -> NoReturn:
        raise RecursionError("too deep")

    monkeypatch.setattr("tests.mutations.compile_here", fail)
    assert "raised RecursionError: too deep" in (verdict_difference("x = 1") or "")


def test_the_same_name_and_seed_give_the_same_texts() -> None:
    first, again, later = (list(damaged_texts("x = 1 y = 2", "a", 5, seed)) for seed in (0, 0, 5))
    assert len(first) == 10
    assert first == again != later


def test_the_command_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.lua").write_text("#!/usr/bin/lua\nlocal x = 1\nreturn x\n")
    assert main([str(tmp_path), "--count", "3", "--jobs", "1"]) == 0
    assert "1 files: 6 texts, " in capsys.readouterr().out
