"""The package library (§6.3): `require` and what it looks up.

    require "a.b"  ->  package.loaded["a.b"], else the first loader that package.searchers
                       find: package.preload, a Lua file on package.path ("a/b")

Libraries in C cannot be loaded: where one is found or asked for, the answer is the error that
Lua gives on systems without dynamic linking. `require` leaves no Python frame behind, so a
module's main chunk may yield.
"""

from __future__ import annotations

import os

from pylua.errors import LibraryError, LuaError, LuaLimitError
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.loading import load_file
from pylua.stdlib.library import Library, control_function, lua_function
from pylua.values.functions import ABSENT, NativeFunction
from pylua.values.numerals import write_number
from pylua.values.records import field, record
from pylua.values.table import Table, new_table
from pylua.values.types import TRUE, LuaValue, is_truthy
from pylua.vm.control import Call
from pylua.vm.native import check_string, is_function, opt_string
from pylua.vm.thread import NativeFrame, Thread

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["PackageLibrary"]

_CONFIG: Final = "/\n;\n?\n!\n-\n"
"""Directory separator, template separator, substitution mark, executable's mark, ignore mark."""
_NO_C_LIBRARIES: Final = "dynamic libraries not enabled; check your Lua installation"

_LUA_PATH: Final = (
    "/usr/local/share/lua/5.4/?.lua;/usr/local/share/lua/5.4/?/init.lua;"
    "/usr/local/lib/lua/5.4/?.lua;/usr/local/lib/lua/5.4/?/init.lua;./?.lua;./?/init.lua"
)
_C_PATH: Final = "/usr/local/lib/lua/5.4/?.so;/usr/local/lib/lua/5.4/loadall.so;./?.so"


@record
class Search:
    """A `require` under way: where it stands, and what the searchers said so far."""

    library: PackageLibrary
    name: str
    searchers: Table
    position: int = 0
    messages: list[str] = field(default_factory=list)
    loader_data: LuaValue = None


class PackageLibrary(Library):
    """The table `package` and the global function `require`."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.package = new_table()

    def install(self, table: Table | None = None) -> Table:
        """Fills the table `package` and sets the global `require`."""
        package = self.package = super().install(table)
        self.state.globals.raw_set("require", package.raw_get("require"))
        package.raw_set("require", None)
        package.raw_set("config", _CONFIG)
        package.raw_set("path", self._path_setting("LUA_PATH", _LUA_PATH))
        package.raw_set("cpath", self._path_setting("LUA_CPATH", _C_PATH))
        package.raw_set("loaded", self.state.loaded)
        package.raw_set("preload", self._preload())
        package.raw_set("searchers", self._searchers())
        return package

    def _preload(self) -> Table:
        preload = self.state.registry.raw_get("_PRELOAD")
        if not isinstance(preload, Table):
            preload = new_table()
            self.state.registry.raw_set("_PRELOAD", preload)
        return preload

    def _searchers(self) -> Table:
        searchers = new_table()
        methods = self._search_preload, self._search_lua, self._search_c, self._search_c_root
        for position, method in enumerate(methods, 1):
            searchers.raw_set(position, NativeFunction(method, "searcher"))
        return searchers

    def _path_setting(self, variable: str, default: str) -> str:
        """The path from the environment, `;;` in it standing for `default` (§6.3 package.path)."""
        path = None
        if not is_truthy(self.state.registry.raw_get("LUA_NOENV")):
            path = os.environ.get(variable + "_5_4", os.environ.get(variable))
        if path is None:
            return default
        before, mark, after = os.fsencode(path).decode("latin-1").partition(";;")
        return ";".join(part for part in (before, default, after) if part) if mark else before

    # --- require --------------------------------------------------------------------------

    @control_function
    def require(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        name = check_string(arguments[0] if arguments else ABSENT, 1)
        loaded = self.state.loaded.raw_get(name)
        if is_truthy(loaded):
            return (loaded,)
        searchers = self.state.index(self.package, "searchers")
        if not isinstance(searchers, Table):
            raise LibraryError("'package.searchers' must be a table")
        return _ask_next_searcher(Search(self, name, searchers))

    # --- searchers (§6.3 package.searchers) -----------------------------------------------

    def _search_preload(self, name: LuaValue = ABSENT, *_: LuaValue) -> Any:
        name = check_string(name, 1)
        loader = self.state.index(self._preload(), name)
        if loader is None:
            return f"no field package.preload['{name}']"
        return loader, ":preload:"

    def _search_lua(self, name: LuaValue = ABSENT, *_: LuaValue) -> Any:
        name = check_string(name, 1)
        path, message = self._find(name, "path")
        if path is None:
            return message
        try:
            return load_file(self.state, path), path
        except LuaLimitError:
            raise
        except LuaError as fault:
            raise _loading_fault(name, path, str(fault)) from None

    def _search_c(self, name: LuaValue = ABSENT, *_: LuaValue) -> Any:
        name = check_string(name, 1)
        path, message = self._find(name, "cpath")
        if path is None:
            return message
        raise _loading_fault(name, path, _NO_C_LIBRARIES)

    def _search_c_root(self, name: LuaValue = ABSENT, *_: LuaValue) -> Any:
        name = check_string(name, 1)
        root, dot, _rest = name.partition(".")
        if not dot:
            return ()
        path, message = self._find(root, "cpath")
        if path is None:
            return message
        raise _loading_fault(name, path, _NO_C_LIBRARIES)

    def _find(self, name: str, setting: str) -> tuple[str | None, str]:
        templates = self.state.index(self.package, setting)
        if type(templates) in (int, float):
            templates = write_number(templates)
        if type(templates) is not str:
            raise LibraryError(f"'package.{setting}' must be a string")
        return search_path(name, templates, ".", "/")

    # --- the rest -------------------------------------------------------------------------

    @lua_function
    def searchpath(
        self,
        name: LuaValue = ABSENT,
        path: LuaValue = ABSENT,
        separator: LuaValue = None,
        replacement: LuaValue = None,
        *_: LuaValue,
    ) -> LuaValue:
        # Compiled C looks at the last argument first: of several wrong ones it names that.
        replacement = opt_string(replacement, 4, "/")
        separator = opt_string(separator, 3, ".")
        path = check_string(path, 2)
        found, message = search_path(check_string(name, 1), path, separator, replacement)
        return (None, message) if found is None else found

    @lua_function
    def loadlib(self, path: LuaValue = ABSENT, function: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        check_string(path, 1)
        check_string(function, 2)
        return None, _NO_C_LIBRARIES, "absent"


def search_path(name: str, templates: str, separator: str, replacement: str) -> tuple[str | None, str]:
    """The first readable file that `templates` make of `name`, or None and what was tried."""
    if separator:
        name = name.replace(separator, replacement)
    candidates = templates.replace("?", name)
    for path in candidates.split(";") if candidates else ():
        if _is_readable(path):
            return path, ""
    return None, "no file '" + candidates.replace(";", "'\n\tno file '") + "'"


def _is_readable(path: str) -> bool:
    try:
        os.close(os.open(path.encode("latin-1").partition(b"\0")[0], os.O_RDONLY))
    except OSError:
        return False
    return True


def _loading_fault(name: str, path: str, message: str) -> LibraryError:
    return LibraryError(f"error loading module '{name}' from file '{path}':\n\t{message}")


# --- the steps of a require, each called when the call before it returned ---------------------


def _ask_next_searcher(search: Search) -> Call:
    search.position += 1
    searcher = search.searchers.raw_get(search.position)
    if searcher is None:
        tried = "".join("\n\t" + message for message in search.messages)
        raise LibraryError(f"module '{search.name}' not found:{tried}")
    return Call(searcher, [search.name], then=_searched, data=search)


def _searched(_thread: Thread, frame: NativeFrame, results: list[LuaValue]) -> Any:
    search: Search = frame.data
    answer, loader_data = (*results, None, None)[:2]
    if is_function(answer):
        search.loader_data = loader_data
        return Call(answer, [search.name, loader_data], then=_loaded, data=search)
    if type(answer) in (str, int, float):
        search.messages.append(check_string(answer, 1))
    return _ask_next_searcher(search)


def _loaded(_thread: Thread, frame: NativeFrame, results: list[LuaValue]) -> Any:
    search: Search = frame.data
    state = search.library.state
    value = results[0] if results else None
    if value is not None:
        state.set_index(state.loaded, search.name, value)
    module = state.index(state.loaded, search.name)
    if module is None:
        module = TRUE
        state.set_index(state.loaded, search.name, TRUE)
    return module, search.loader_data
