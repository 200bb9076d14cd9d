"""`python -m benchmarks.parsing`: how fast source texts become trees and bytecode, against stock Lark.

    stage                        KB/s   × stock Lark
    stock Lark, tree              520           1.00
    parse                        4700           9.04
    …

CPU time of this process; the stages take turns over the same corpus, the best turn counts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

from lark import Lark

from benchmarks.corpus import read_corpus
from grammar.reference_parser import GRAMMAR_PATH
from pylua.bytecode.dump import dump, undump
from pylua.loading import load_text
from pylua.syntax.parser import parse

__all__ = ["main"]

_NAME: Final = "=corpus"
_BASELINE: Final = "stock Lark, tree"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parsing", description=__doc__)
    parser.add_argument("--size", type=int, default=1_500_000, metavar="BYTES", help="of the corpus")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="how many turns each stage has")
    options = parser.parse_args(arguments)
    texts = read_corpus(options.size)
    seconds = measure(_stages(texts), options.runs)
    kilobytes = sum(map(len, texts)) / 1000
    print(f"{'stage':26}{'KB/s':>8}{'× stock Lark':>15}")
    for name, spent in seconds.items():
        print(f"{name:26}{kilobytes / spent:8.0f}{seconds[_BASELINE] / spent:15.2f}")
    return 0


def _stages(texts: list[str]) -> dict[str, Callable[[], None]]:
    """What is measured, by name: each does one thing to all texts."""
    lark = Lark(GRAMMAR_PATH.read_text(encoding="utf-8"), parser="lalr", lexer="basic")
    chunks = [dump(load_text(text, _NAME), strip=False) for text in texts]
    return {
        _BASELINE: lambda: _each(lark.parse, texts),
        "parse": lambda: _each(lambda text: parse(text, _NAME), texts),
        "source to bytecode": lambda: _each(lambda text: load_text(text, _NAME), texts),
        "binary chunk to bytecode": lambda: _each(lambda chunk: undump(chunk, _NAME), chunks),
    }


def _each(work: Callable[..., object], items: Sequence[object]) -> None:
    for item in items:
        work(item)


def measure(stages: dict[str, Callable[[], None]], runs: int) -> dict[str, float]:
    """The CPU seconds of each stage: the least of `runs`, in turns."""
    least = dict.fromkeys(stages, float("inf"))
    for _ in range(runs):
        for name, work in stages.items():
            start = time.process_time()
            work()
            least[name] = min(least[name], time.process_time() - start)
    return least


if __name__ == "__main__":
    sys.exit(main())
