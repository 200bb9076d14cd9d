"""Opens the standard libraries into a State: globals and package.loaded get their tables."""

from __future__ import annotations

from collections.abc import Collection

from pylua.hints import TYPE_CHECKING, Final
from pylua.stdlib.base_library import BaseLibrary
from pylua.stdlib.coroutine_library import CoroutineLibrary
from pylua.stdlib.debug_library import DebugLibrary
from pylua.stdlib.io_library import IoLibrary
from pylua.stdlib.library import Library
from pylua.stdlib.math_library import MathLibrary
from pylua.stdlib.os_library import OsLibrary
from pylua.stdlib.package_library import PackageLibrary
from pylua.stdlib.string_library import StringLibrary
from pylua.stdlib.table_library import TableLibrary
from pylua.stdlib.utf8_library import Utf8Library

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["LIBRARIES", "open_libraries"]

LIBRARIES: Final[dict[str, type[Library]]] = {
    "_G": BaseLibrary,
    "package": PackageLibrary,
    "coroutine": CoroutineLibrary,
    "table": TableLibrary,
    "io": IoLibrary,
    "os": OsLibrary,
    "string": StringLibrary,
    "math": MathLibrary,
    "utf8": Utf8Library,
    "debug": DebugLibrary,
}
"""Name → library, in the order in which Lua opens them."""


def open_libraries(state: State, names: Collection[str] | None = None) -> None:
    """Opens the libraries called `names` (by default all) into `state`."""
    for name, library in LIBRARIES.items():
        if names is None or name in names:
            table = library(state).install()
            state.globals.raw_set(name, table)
            state.loaded.raw_set(name, table)
    state.collector.settle()
