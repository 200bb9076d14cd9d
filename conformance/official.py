"""Lua's official test suite (5.4.8): where it comes from, and its cases.

It lies in the source archive of lupa 2.8, which is downloaded once into the user's cache
folder, checked by its hash and unpacked there. Every case runs in a copy of the folder,
because the tests write files.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from conformance.cases import Case
from conformance.running import TREE, Outcome, run_command
from conformance.scripts import mask

__all__ = ["obtain_suite", "official_cases"]

REQUIREMENT = "lupa==2.8"
ARCHIVE = "lupa-2.8.tar.gz"
SHA256 = "d8022641b9ec8ecf2c5ecbe9f47e5a70e0b87c4b5ae921b92cb02a638e0acd08"
INSIDE = "lupa-2.8/third-party/lua54/testes/"

PORTABLE = "_port=true; _soft=true"
TIMEOUT = 240.0
NEVER = {"all.lua", "heavy.lua"}
"""heavy.lua fills the memory by design; all.lua is the driver."""

BIG = "local f = coroutine.wrap(assert(loadfile('big.lua'))) assert(f() == 'b') assert(f() == 'a')"
ALONE = {
    "main.lua": ["main.lua"],
    "big.lua": ["-e", BIG],
    "verybig.lua": ["verybig.lua"],
    "files.lua": ["files.lua"],
}
"""The files that must also pass with nothing left out, and how they are started (as all.lua does)."""

STAND_IN = "package.preload['lib2-v2'] = function() lib2 = {id = function() return true end} return lib2 end"
"""LUA_INIT for main.lua, which asks once for a module in C (`-l lib2-v2`)."""


def cache_folder() -> Path:
    """Where downloaded things are kept: outside the tree, in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "pylua-conformance"


def obtain_suite() -> Path:
    """The folder of the suite, downloaded and unpacked if it isn't there yet."""
    suite = cache_folder() / "testes-5.4.8"
    if not suite.exists():
        archive = cache_folder() / ARCHIVE
        if not archive.exists():
            _download(archive)
        _unpack(archive, suite)
    return suite


def _download(archive: Path) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "lupa"]
        subprocess.run([*command, "--dest", folder, REQUIREMENT], check=True)
        shutil.move(str(Path(folder, ARCHIVE)), archive)


def _unpack(archive: Path, suite: Path) -> None:
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{archive} has the hash {digest}, not {SHA256}: delete it and try again")
    with tempfile.TemporaryDirectory(dir=suite.parent) as folder:
        with tarfile.open(archive) as tar:
            members = [member for member in tar.getmembers() if member.name.startswith(INSIDE)]
            tar.extractall(folder, members, filter="data")
        Path(folder, INSIDE).rename(suite)


def official_cases(suite: Path) -> list[Case]:
    """Each file in portable mode, the whole `_U` run, and the four files with nothing left out."""
    names = sorted(path.name for path in suite.glob("*.lua") if path.name not in NEVER)
    portable = [
        _case(suite, f"official/portable/{name}", ["-W", "-e", PORTABLE, name], _exit_code) for name in names
    ]
    whole = _case(suite, "official/all.lua", ["-W", "-e", "_U=true", "all.lua"], _final_ok)
    full = [_case(suite, f"official/full/{name}", start, _exit_code) for name, start in ALONE.items()]
    return [*portable, whole, *full]


def _case(suite: Path, name: str, arguments: list[str], judge: Callable[[Outcome], str | None]) -> Case:
    def run(command: list[str]) -> str | None:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "testes")
            shutil.copytree(suite, copy)
            (copy / "libs" / "P1").mkdir(exist_ok=True)
            variables = {"LUA_INIT": STAND_IN} if name.endswith("full/main.lua") else None
            program = _program(Path(folder), command)
            return judge(run_command([*program, *arguments], copy, TIMEOUT, variables))

    return Case(name, run)


def _program(folder: Path, command: list[str]) -> list[str]:
    """`command` (python -m pylua --engine=…) as one program, as main.lua starts it: by its path alone."""
    engine = command[3].partition("=")[2] if command[3:] else "auto"
    program = folder / "bin" / "pylua"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        f"sys.path.insert(0, {str(TREE)!r})\n"
        f"os.environ['PYLUA_ENGINE'] = {engine!r}\n"
        "from pylua.tools.lua import main\n"
        "sys.exit(main())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return [str(program)]


def _exit_code(outcome: Outcome) -> str | None:
    if outcome.code is None:
        return f"more than {TIMEOUT:.0f} seconds"
    if outcome.code == 0:
        return None
    lines = outcome.errors.strip().split("\n")
    fault = [line for line in lines if re.match(r"\w+: |\w*Error", line) and not line.startswith("sh: ")]
    return mask((fault or lines)[-1] or f"exit code {outcome.code}")


def _final_ok(outcome: Outcome) -> str | None:
    failure = _exit_code(outcome)
    if failure is None and "final OK !!!" not in outcome.output:
        return "'final OK !!!' is missing"
    return failure
