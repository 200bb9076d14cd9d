"""Lua texts to parse: the project's scripts, generated programs, and the official suite if it is there.

    read_corpus(1_500_000)  ->  ["-- $Id: …", "local t = {}…", …]     together at least that many characters

Texts are `str` with one character per byte, without the first line of a shell script; each of
them compiles. All are taken as often as the size asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Final

from conformance.official import cache_folder
from pylua.errors import LuaSyntaxError
from pylua.loading import load_text
from pylua.syntax.prelude import strip_file_prelude
from tests.strategies.programs import write_program

__all__ = ["read_corpus"]

_ROOT: Final = Path(__file__).parent.parent
_FOLDERS: Final = ("benchmarks", "conformance", "examples")
_GENERATED: Final = 12
_NODES: Final = 400
"""How many generated programs there are, and how large they are."""


def read_corpus(size: int) -> list[str]:
    """Texts of `size` characters or a little more."""
    chosen: list[str] = []
    texts = cycle(filter(_compiles, _texts()))
    while size > 0:
        chosen.append(next(texts))
        size -= len(chosen[-1])
    return chosen


def _texts() -> Iterator[str]:
    folders = [*(_ROOT / name for name in _FOLDERS), cache_folder() / "testes-5.4.8"]
    for folder in folders:
        for path in sorted(folder.rglob("*.lua")):
            yield strip_file_prelude(path.read_bytes().decode("latin-1"))
    for seed in range(_GENERATED):
        yield write_program(Random(seed), _NODES)


def _compiles(text: str) -> bool:
    try:
        load_text(text, "=corpus")
    except LuaSyntaxError:
        return False
    return bool(text)
