"""A conformance script in, its expectations and the text to run out.

    -- §3.4.1 Arithmetic                     the first line says what the script is about
    print(7 // 2)          --> 3             what this line prints; more lines follow alone
    for i = 1, 2 do print(i) end  --> 1
    --> 2
    return 1 + {}          --! attempt to perform arithmetic on a table value
    --? timeout 60                           an option of the script

The whole output must equal the `-->` and `--!` texts in the order they stand in the file.
A line with `--!` is compiled and run as a chunk of its own (it sees globals only), so both
syntax errors and run-time errors can stand there; its position (`line:1:`) is left out.
ADDRESS stands for the address of an object.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ROOT", "Expectation", "Script", "find_scripts", "mask", "parse_script"]

ROOT = Path(__file__).parent
FOLDERS = ("language", "library", "errors", "limits", "regressions")

PRELUDE = (
    "function expect_error(text, name) "
    "local chunk, message = load(text, name or '=line') "
    "if chunk then local ok ok, message = pcall(chunk) if ok then message = 'none' end end "
    "if type(message) == 'string' then message = message:gsub('^line:1: ', '') end "
    "print('error: ' .. tostring(message)) end"
)
"""Takes the place of a script's first line, so that line numbers stay."""

MARK = re.compile(r"(?:^|\s)--([>!?])(?: (.*))?$")
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected line of output, and the line of the script that says so."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed script: `source` is what runs, `options` what `--?` lines set."""

    name: str
    source: str
    expectations: tuple[Expectation, ...]
    options: dict[str, str]

    @property
    def timeout(self) -> float:
        """Seconds that a run may take."""
        return float(self.options.get("timeout", "60"))


def find_scripts(names: list[str] | None = None) -> list[Script]:
    """Every script of the folders, or those whose path contains one of `names`."""
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.lua"))
    scripts = [parse_script(path) for path in paths]
    return [script for script in scripts if not names or any(name in script.name for name in names)]


def parse_script(path: Path) -> Script:
    """Reads one script; text is taken byte for byte (latin-1)."""
    lines = path.read_text(encoding="latin-1").split("\n")
    if not lines[0].startswith("-- "):
        raise ValueError(f"{path}: the first line must say what the script is about")
    run = [PRELUDE]
    expectations: list[Expectation] = []
    options: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        match = MARK.search(line)
        run.append(line)
        if match is None:
            continue
        kind, text = match[1], (match[2] or "").rstrip()
        if kind == ">":
            expectations.append(Expectation(number, text))
        elif kind == "!":
            run[-1] = error_check(line[: match.start()])
            expectations.append(Expectation(number, "error: " + text))
        else:
            key, _, value = text.partition(" ")
            options[key] = value
    name = path.relative_to(ROOT).as_posix()
    return Script(name, "\n".join(run), tuple(expectations), options)


def error_check(statement: str) -> str:
    """A line that runs `statement` as a chunk and prints its error."""
    return f"expect_error [====[{statement}]====]"


def mask(text: str) -> str:
    """Output with the addresses of objects made equal, as lines compare it."""
    return ADDRESS.sub("ADDRESS", text)
