"""What stands before the text in files: a file's content comes in, the text to be parsed goes out.

"#!/usr/bin/lua\nprint(1)"   ->   "\nprint(1)"
"""

from __future__ import annotations

from pylua.hints import Final

__all__ = ["strip_file_prelude"]

_BYTE_ORDER_MARK: Final = "\xef\xbb\xbf"


def strip_file_prelude(source: str) -> str:
    """`source` without a byte order mark and with an empty first line if that began with `#`.

    Files are read so, texts given to `load` are not.
    """
    source = source.removeprefix(_BYTE_ORDER_MARK)
    if not source.startswith("#"):
        return source
    end = source.find("\n")
    return "\n" if end < 0 else source[end:]
