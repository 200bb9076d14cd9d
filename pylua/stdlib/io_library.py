"""The library `io` (§6.8): opening files and commands, the default files.

    io.open("notes.txt"):read("l", "n") -> "first line", 42      io.open("absent") -> nil, "absent: …", 2

Failures of the system come back as (nil, message, errno); misuse raises.
"""

from __future__ import annotations

from pylua.errors import ArgumentError, LibraryError
from pylua.hints import Final
from pylua.stdlib.file_access import (
    close_file,
    failure,
    flush_stream,
    line_iterator,
    open_file_argument,
    read_values,
    reason,
    write_values,
)
from pylua.stdlib.file_methods import FileMetamethods, FileMethods
from pylua.stdlib.files import File, StandardOutput, standard_input
from pylua.stdlib.library import Library, lua_function
from pylua.stdlib.streams import ProcessStream, Stream, open_file, open_temporary
from pylua.values.functions import ABSENT
from pylua.values.late import late_pattern
from pylua.values.table import Table, new_table
from pylua.values.types import LuaValue
from pylua.vm.native import check_any, check_string, opt_string

__all__ = ["IoLibrary"]

_MODE: Final = late_pattern(r"[rwa]\+?b*")
_INPUT: Final = "_IO_input"
_OUTPUT: Final = "_IO_output"


class IoLibrary(Library):
    """The functions of `io`; default input and output live in the registry."""

    def install(self, table: Table | None = None) -> Table:
        """Adds the metatable of files, the standard files and the default ones."""
        table = super().install(table)
        self._streams: list[Stream] = []
        self._most_streams = 8
        self.metatable = new_table()
        self.metatable.raw_set("__name", "FILE*")
        FileMetamethods(self.state).install(self.metatable)
        self.metatable.raw_set("__index", FileMethods(self.state).install())
        registry = self.state.registry
        registry.raw_set("FILE*", self.metatable)
        standard = {
            "stdin": File(standard_input, self.metatable),
            "stdout": File(StandardOutput("stdout"), self.metatable),
            "stderr": File(StandardOutput("stderr"), self.metatable),
        }
        for name, file in standard.items():
            self.state.set_metatable(file, self.metatable)
            table.raw_set(name, file)
        registry.raw_set(_INPUT, standard["stdin"])
        registry.raw_set(_OUTPUT, standard["stdout"])
        return table

    # --- opening and closing ------------------------------------------------------------

    def _new_file(self, stream: Stream) -> File:
        """A file that closes when it can no longer be reached.

        The library holds its stream: Python's collector would close it before the finalizers
        of objects that still want to write to the file.
        """
        if len(self._streams) >= self._most_streams:
            self._streams = [each for each in self._streams if not each.file.closed]
            self._most_streams = 2 * len(self._streams) + 8
        self._streams.append(stream)
        file = File(stream, self.metatable)
        self.state.set_metatable(file, self.metatable)
        return file

    @lua_function
    def close(self, file: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """io.close ([file])"""
        if file is ABSENT:
            file = self.state.registry.raw_get(_OUTPUT)
        return close_file(open_file_argument(file))

    @lua_function
    def open(self, name: LuaValue = ABSENT, mode: LuaValue = None, *_: LuaValue) -> LuaValue:
        """io.open (filename [, mode])"""
        name = check_string(name, 1)
        mode = opt_string(mode, 2, "r")
        if _MODE.fullmatch(mode) is None:
            raise ArgumentError(2, "invalid mode")
        try:
            return self._new_file(open_file(name, mode))
        except OSError as error:
            return failure(error, _printable(name))

    @lua_function
    def popen(self, command: LuaValue = ABSENT, mode: LuaValue = None, *_: LuaValue) -> LuaValue:
        """io.popen (prog [, mode])"""
        command = check_string(command, 1)
        mode = opt_string(mode, 2, "r")
        if mode not in ("r", "w"):
            raise ArgumentError(2, "invalid mode")
        try:
            return self._new_file(ProcessStream(command, mode))
        except OSError as error:
            return failure(error, _printable(command))

    @lua_function
    def tmpfile(self, *_: LuaValue) -> LuaValue:
        """io.tmpfile ()"""
        try:
            return self._new_file(open_temporary())
        except OSError as error:
            return failure(error)

    @lua_function("type")
    def file_type(self, value: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """io.type (obj)"""
        if not isinstance(check_any(value, 1), File):
            return None
        return "closed file" if value.value is None else "file"

    # --- default files ------------------------------------------------------------------

    @lua_function
    def input(self, file: LuaValue = None, *_: LuaValue) -> LuaValue:
        """io.input ([file])"""
        return self._default_file(_INPUT, file, "r")

    @lua_function
    def output(self, file: LuaValue = None, *_: LuaValue) -> LuaValue:
        """io.output ([file])"""
        return self._default_file(_OUTPUT, file, "w")

    def _default_file(self, key: str, file: LuaValue, mode: str) -> LuaValue:
        if file is not None:
            if type(file) in (str, int, float):
                file = self._open_or_raise(check_string(file, 1), mode)
            else:
                open_file_argument(file)
            self.state.registry.raw_set(key, file)
        return self.state.registry.raw_get(key)

    def _default_stream(self, key: str) -> Stream:
        stream: Stream | None = self.state.registry.raw_get(key).value
        if stream is None:
            raise LibraryError(f"default {key.removeprefix('_IO_')} file is closed")
        return stream

    def _open_or_raise(self, name: str, mode: str) -> File:
        try:
            return self._new_file(open_file(name, mode))
        except OSError as error:
            raise LibraryError(f"cannot open file '{_printable(name)}' ({reason(error)})") from None

    @lua_function
    def flush(self, *_: LuaValue) -> LuaValue:
        """io.flush ()"""
        return flush_stream(self._default_stream(_OUTPUT))

    @lua_function
    def lines(self, name: LuaValue = None, *formats: LuaValue) -> LuaValue:
        """io.lines ([filename, ···])"""
        if name is None:
            file = open_file_argument(self.state.registry.raw_get(_INPUT))
            return line_iterator(file, formats, closes=False)
        file = self._open_or_raise(check_string(name, 1), "r")
        return line_iterator(file, formats, closes=True), None, None, file

    @lua_function
    def read(self, *formats: LuaValue) -> LuaValue:
        """io.read (···)"""
        return read_values(self._default_stream(_INPUT), formats, first_argument=1)

    @lua_function
    def write(self, *values: LuaValue) -> LuaValue:
        """io.write (···)"""
        file = self.state.registry.raw_get(_OUTPUT)
        if file.value is None:
            self._default_stream(_OUTPUT)
        return write_values(file, values, first_argument=1)


def _printable(name: str) -> str:
    """A name as C prints it, up to a zero byte."""
    return name.partition("\0")[0]
