"""The name of a chunk as messages show it: chunk name in, at most 59 characters out (§6.1 `load`).

chunk_id("@dir/file.lua") -> 'dir/file.lua'        chunk_id("=stdin") -> 'stdin'
chunk_id("return 1\\n…")   -> '[string "return 1..."]'
"""

from __future__ import annotations

__all__ = ["chunk_id"]

_LONGEST = 59
_ELLIPSIS = "..."
_LONGEST_SOURCE = _LONGEST - len('[string "' + _ELLIPSIS + '"]')


def chunk_id(name: str) -> str:
    """What stands before the line number in a message about the chunk called `name`."""
    name, kind = name.partition("\0")[0], name[:1]
    if kind == "=":
        return name[1 : 1 + _LONGEST]
    if kind == "@":
        path = name[1:]
        return path if len(path) <= _LONGEST else _ELLIPSIS + path[len(_ELLIPSIS) - _LONGEST :]
    line, newline, _ = name.partition("\n")
    if newline or len(line) >= _LONGEST_SOURCE:
        line = line[:_LONGEST_SOURCE] + _ELLIPSIS
    return f'[string "{line}"]'
