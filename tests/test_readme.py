"""The README keeps its promises: two commands, and an example that runs as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pylua
from pylua import LuaLimitError, LuaRuntime

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_there_are_exactly_two_commands() -> None:
    commands = [block.strip() for block in blocks("sh")]
    assert len(commands) == 2
    assert all("\n" not in command for command in commands)
    assert commands[0].endswith("examples/lisp.lua")
    assert commands[1].endswith("scripts/check")


def test_the_example_gives_what_its_comments_say() -> None:
    (example,) = blocks("python")
    names: dict[str, object] = {}
    statement = ""
    for line in example.splitlines():
        code, _, said = line.partition("  # ")
        if said == "LuaLimitError":
            try:
                exec(code, names)
            except LuaLimitError:
                continue
            raise AssertionError("the limit was not met")
        if said and not code.startswith((" ", "except")):
            exec(statement, names)
            statement = ""
            assert eval(code, names) == eval(said), code
        else:
            statement += line + "\n"
    exec(statement, names)


def test_a_wheel_carries_its_type_marker() -> None:
    assert (Path(str(pylua.__file__)).parent / "py.typed").exists()
    assert LuaRuntime.__doc__
