"""The words of lua.lark for the generated parser: fixed texts by terminal, patterns by terminal."""

from __future__ import annotations

from dataclasses import dataclass

from lark import Lark
from lark.lexer import PatternStr

__all__ = ["Words", "words_of"]


@dataclass(frozen=True, slots=True)
class Words:
    """`fixed`: text → terminal; `patterns`: terminal → regular expression; `ignored`: terminals."""

    fixed: dict[str, str]
    patterns: dict[str, str]
    ignored: list[str]


def words_of(lark: Lark) -> Words:
    """The terminals of a grammar; those that its lexer drops are `ignored`."""
    fixed = {t.pattern.value: t.name for t in lark.terminals if isinstance(t.pattern, PatternStr)}
    patterns = {t.name: t.pattern.value for t in lark.terminals if not isinstance(t.pattern, PatternStr)}
    return Words(fixed, patterns, list(lark.ignore_tokens))
