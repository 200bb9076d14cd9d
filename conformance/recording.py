"""Writes expectations that real Lua gives into a script: `python -m conformance --record FILE`.

Comes in: a script whose `print` lines have no `-->` yet (those that have are written anew).
Goes out: the same file with what each line printed. Read the difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path

from conformance.running import run_script
from conformance.scripts import PRELUDE, mask, parse_script

__all__ = ["record"]

TRACER = (
    "do local show, inspect, main = print, debug.getinfo, coroutine.running() "
    "local function line() local found, level = 0, 0 while true do "
    "local info = inspect(main, level, 'Sl') if not info then return found end "
    "if info.currentline > 1 and info.source == '@' .. SCRIPT then found = info.currentline end "
    "level = level + 1 end end "
    "local out = io.stdout "
    "function print(...) out:write('\\1@', line(), '\\2') show(...) end end "
)
"""Marks each piece of output with the line that the main chunk has reached."""

WIDTH = 105
OLD = re.compile(r"\s*--> ?[^\n]*$")


def record(path: Path, command: list[str]) -> None:
    """Rewrites the file until nothing changes: messages hold line numbers, and lines move."""
    path = path.resolve()
    before = None
    while before != (before := path.read_bytes()):
        _record_once(path, command)


def _record_once(path: Path, command: list[str]) -> None:
    script = parse_script(path)
    tracer = TRACER.replace("SCRIPT", repr(path.name))
    source = script.source.replace(PRELUDE, tracer + PRELUDE, 1)
    outcome = run_script(command, script.name, source, script.timeout)
    if outcome.code != 0:
        raise SystemExit(f"{path}: {outcome.errors}")
    printed: dict[int, list[str]] = {}
    for piece in mask(outcome.output).split("\1@")[1:]:
        number, _, text = piece.partition("\2")
        if text:  # a print that failed wrote nothing
            printed.setdefault(int(number), []).extend(text.removesuffix("\n").split("\n"))
    path.write_text("\n".join(_rewrite(path, printed)), encoding="latin-1")


def _rewrite(path: Path, printed: dict[int, list[str]]) -> list[str]:
    result = []
    for number, line in enumerate(path.read_text(encoding="latin-1").split("\n"), 1):
        if re.match(r"-->", line):
            continue
        texts = printed.get(number, [])
        if re.search(r"\s--!", line):
            line = re.sub(r"\s*--!.*$", "", line) + "  --! " + "".join(texts).removeprefix("error: ")
            texts = []
        elif texts and len(line := OLD.sub("", line)) + len(texts[0]) < WIDTH:
            line = f"{line}  --> {texts.pop(0)}"
        result.append(line.rstrip())
        result.extend(("--> " + text).rstrip() for text in texts)
    return result
