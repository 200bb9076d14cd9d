"""The methods and metamethods of file objects (§6.8).

file:read("l", "n")      file:seek("set", 0)      tostring(file) -> "file (0x…)"
"""

from __future__ import annotations

from os import SEEK_CUR, SEEK_END, SEEK_SET

from pylua.hints import Final
from pylua.stdlib.file_access import (
    close_file,
    failure,
    file_argument,
    flush_stream,
    line_iterator,
    open_file_argument,
    read_values,
    stream_of,
    write_values,
)
from pylua.stdlib.library import Library, lua_function
from pylua.values.functions import ABSENT
from pylua.values.types import TRUE, LuaValue
from pylua.vm.native import check_option, opt_integer

__all__ = ["FileMetamethods", "FileMethods"]

_WHENCE: Final = {"set": SEEK_SET, "cur": SEEK_CUR, "end": SEEK_END}
_DEFAULT_BUFFER: Final = 1024


class FileMethods(Library):
    """The methods of file objects: `file:read(…)`, `file:close()`, …"""

    @lua_function
    def close(self, file: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """file:close ()"""
        return close_file(open_file_argument(file))

    @lua_function
    def flush(self, file: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """file:flush ()"""
        return flush_stream(stream_of(file))

    @lua_function
    def lines(self, file: LuaValue = ABSENT, *formats: LuaValue) -> LuaValue:
        """file:lines (···)"""
        return line_iterator(open_file_argument(file), formats, closes=False)

    @lua_function
    def read(self, file: LuaValue = ABSENT, *formats: LuaValue) -> LuaValue:
        """file:read (···)"""
        return read_values(stream_of(file), formats, first_argument=2)

    @lua_function
    def seek(
        self, file: LuaValue = ABSENT, whence: LuaValue = None, offset: LuaValue = None, *_: LuaValue
    ) -> LuaValue:
        """file:seek ([whence [, offset]])"""
        stream = stream_of(file)
        whence = check_option(whence, 2, "cur", _WHENCE)
        offset = opt_integer(offset, 3, 0)
        try:
            return stream.seek(offset, _WHENCE[whence])
        except OSError as error:
            return failure(error)

    @lua_function
    def setvbuf(
        self, file: LuaValue = ABSENT, mode: LuaValue = ABSENT, size: LuaValue = None, *_: LuaValue
    ) -> LuaValue:
        """file:setvbuf (mode [, size]); the size is left to the system"""
        stream = stream_of(file)
        mode = check_option(mode, 2, None, ("no", "full", "line"))
        opt_integer(size, 3, _DEFAULT_BUFFER)
        stream.set_buffering(mode)
        return TRUE

    @lua_function
    def write(self, file: LuaValue = ABSENT, *values: LuaValue) -> LuaValue:
        """file:write (···)"""
        return write_values(open_file_argument(file), values, first_argument=2)


class FileMetamethods(Library):
    """The metamethods of file objects besides `__index` and `__name`."""

    @lua_function("__gc")
    def finalize(self, file: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """Closes a file that nobody can reach any more."""
        return self.leave(file)

    @lua_function("__close")
    def leave(self, file: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """Closes a file at the end of its variable's scope, unless it is closed already."""
        if file_argument(file).value is not None:
            close_file(file)
        return ()

    @lua_function("__tostring")
    def describe(self, file: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """ "file (0x…)" or "file (closed)" """
        stream = file_argument(file).value
        return "file (closed)" if stream is None else f"file (0x{stream.identity():014x})"
