"""`pyluac`: luac's options, output, messages and exit statuses."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest

from pylua.bytecode.dump import undump
from pylua.tools import luac
from tests.compiler.oracle import compile_there


class _Standard(io.TextIOWrapper):
    """Standard input, output or error as bytes in memory."""

    def __init__(self, content: bytes = b"") -> None:
        self.memory = io.BytesIO(content)
        super().__init__(self.memory, encoding="utf-8")

    def text(self) -> str:
        self.flush()
        return self.memory.getvalue().decode("latin-1")


class Run:
    """One run of the program in the current directory."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, arguments: str, stdin: bytes = b"") -> None:
        out, err = _Standard(), _Standard()
        monkeypatch.setattr("sys.stdin", _Standard(stdin))
        monkeypatch.setattr("sys.stdout", out)
        monkeypatch.setattr("sys.stderr", err)
        self.status = luac.main(arguments.split())
        self.out, self.err = out.text(), err.text()
        monkeypatch.undo()


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.lua").write_text("x = 1\n")
    (tmp_path / "b.lua").write_text("#!/usr/bin/lua\nreturn x, 'b'\n")
    (tmp_path / "bad.lua").write_text("x =\n")
    os.chdir(tmp_path)
    return tmp_path


def test_compiles_to_luac_out(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, "a.lua")
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (directory / "luac.out").read_bytes() == compile_there("x = 1\n", "@a.lua")[0]


def test_strips_and_names_the_output(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Run(monkeypatch, "-s -o out b.lua").status == 0
    assert (directory / "out").read_bytes() == compile_there("\nreturn x, 'b'\n", "@b.lua")[1]
    assert not (directory / "luac.out").exists()


def test_standard_input_and_output(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, "-o - -", b"return 1")
    assert run.out.encode("latin-1") == compile_there("return 1", "=stdin")[0]


def test_reads_binary_chunks(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Run(monkeypatch, "-o one a.lua")
    Run(monkeypatch, "-o two one")
    assert (directory / "one").read_bytes() == (directory / "two").read_bytes()


def test_combines_several_files(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Run(monkeypatch, "a.lua b.lua").status == 0
    combined = undump((directory / "luac.out").read_bytes(), "=x")
    assert combined.source == "=(luac)"
    assert [nested.source for nested in combined.prototypes] == ["@a.lua", "@b.lua"]
    assert [nested.upvalues[0].in_stack for nested in combined.prototypes] == [False, False]
    listing = Run(monkeypatch, "-l -p a.lua b.lua").out
    assert "main <(luac):0,0> (6 instructions" in listing
    assert "\t3\t[-]\tCALL     \t0 1 1\t; 0 in 0 out\n" in listing


def test_lists_without_writing(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = Run(monkeypatch, "-l -p a.lua")
    full = Run(monkeypatch, "-l -l -p a.lua")
    assert re.match(r"\nmain <a.lua:0,0> \(3 instructions at 0x[0-9a-f]+\)\n0\+ params, 2 slots", short.out)
    assert "constants (2) for 0x" in full.out
    assert "constants (2) for 0x" not in short.out
    assert not (directory / "luac.out").exists()


def test_lists_luac_out_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    Run(monkeypatch, "a.lua")
    assert "main <a.lua:0,0>" in Run(monkeypatch, "-l").out
    assert Run(monkeypatch, "-p").status == 0


def test_listing_and_writing(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "main <a.lua" in Run(monkeypatch, "-l a.lua").out
    assert (directory / "luac.out").exists()


def test_version(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in ("-v", "-v -v", "-v --"):
        run = Run(monkeypatch, arguments)
        assert (run.status, run.err) == (0, "")
        assert run.out.startswith("Lua 5.4.8  Copyright (C) 1994-2025 ")
    assert Run(monkeypatch, "-v -p a.lua").status == 0


USAGE = """\
usage: pyluac [options] [filenames]
Available options are:
  -l       list (use -l -l for full listing)
  -o name  output to file 'name' (default is "luac.out")
  -p       parse only
  -s       strip debug information
  -v       show version information
  --       stop handling options
  -        stop handling options and process stdin
"""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "no input files given"),
        ("-q", "unrecognized option '-q'"),
        ("-o", "'-o' needs argument"),
        ("-o -s a.lua", "'-o' needs argument"),
        ("-o-", "unrecognized option '-o-'"),
    ],
)
def test_usage(arguments: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, arguments)
    assert (run.status, run.out) == (1, "")
    assert run.err == f"pyluac: {message}\n{USAGE}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("missing", "cannot open missing: No such file or directory"),
        ("a.lua missing", "cannot open missing: No such file or directory"),
        ("bad.lua", "bad.lua:2: unexpected symbol near <eof>"),
        ("-o no/such a.lua", "cannot open no/such: No such file or directory"),
        ("-o . a.lua", "cannot open .: Is a directory"),
        ("-p -", "stdin:1: syntax error near <eof>"),
    ],
)
def test_failures(arguments: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, arguments, b"x")
    assert (run.status, run.out, run.err) == (1, "", f"pyluac: {message}\n")


def test_options_end_at_two_hyphens_and_at_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Run(monkeypatch, "-p -- a.lua").status == 0
    assert Run(monkeypatch, "-p - -l", b"x = 1").err == "pyluac: cannot open -l: No such file or directory\n"
