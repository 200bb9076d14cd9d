"""The library `os` (§6.9): time, environment, files and processes of the host.

os.date("!%Y", 0) -> "1970"      os.time{year=2000, month=1, day=1} -> 946724400 + …      os.remove("x")
"""

from __future__ import annotations

import errno
import os
import time

from pylua.errors import ArgumentError, LibraryError
from pylua.hints import TYPE_CHECKING, Final
from pylua.stdlib.file_access import failure
from pylua.stdlib.library import Library, lua_function
from pylua.stdlib.streams import exit_results, host_path, make_temporary
from pylua.values.functions import ABSENT
from pylua.values.late import late_module
from pylua.values.table import new_table
from pylua.values.types import FALSE, TRUE, Boolean, LuaValue, is_truthy, lua_boolean
from pylua.vm.native import (
    check_integer,
    check_option,
    check_string,
    check_table,
    opt_integer,
    opt_string,
    to_integer,
)

if TYPE_CHECKING:
    from pylua.stdlib import dates
else:
    dates = late_module("pylua.stdlib.dates")

__all__ = ["OsLibrary"]

_LARGEST_FIELD: Final = (1 << 31) - 1
"""C keeps the fields of a date in ints."""
_SMALLEST_FIELD: Final = -(1 << 31)
_TIME_FIELDS: Final = (
    # field, default (None: required), what C subtracts
    ("year", None, 1900),
    ("month", None, 1),
    ("day", None, 0),
    ("hour", 12, 0),
    ("min", 0, 0),
    ("sec", 0, 0),
)
_CATEGORIES: Final = ("all", "collate", "ctype", "monetary", "numeric", "time")
_SHELL: Final = "/bin/sh"


class OsLibrary(Library):
    """The functions of `os`."""

    # --- time ---------------------------------------------------------------------------

    @lua_function
    def clock(self, *_: LuaValue) -> LuaValue:
        """os.clock ()"""
        return time.process_time()

    @lua_function
    def date(self, layout: LuaValue = None, seconds: LuaValue = None, *_: LuaValue) -> LuaValue:
        """os.date ([format [, time]])"""
        layout = opt_string(layout, 1, "%c")
        seconds = int(time.time()) if seconds is None else check_integer(seconds, 2)
        utc = layout.startswith("!")
        if utc:
            layout = layout[1:]
        moment = dates.moment_at(seconds, utc)
        if moment is None:
            raise LibraryError("date result cannot be represented in this installation")
        if layout.partition("\0")[0] == "*t":
            table = new_table()
            for field, value in _fields(moment).items():
                table.raw_set(field, value)
            return table
        try:
            return dates.format_moment(moment, layout)
        except dates.UnknownSpecifier as unknown:
            specifier = unknown.rest.partition("\0")[0]
            raise ArgumentError(1, f"invalid conversion specifier '%{specifier}'") from None

    @lua_function
    def difftime(self, later: LuaValue = ABSENT, earlier: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """os.difftime (t2, t1)"""
        return float(check_integer(later, 1) - check_integer(earlier, 2))

    @lua_function
    def time(self, table: LuaValue = None, *_: LuaValue) -> LuaValue:
        """os.time ([table]); writes the fields back in their ranges"""
        if table is None:
            return int(time.time())
        check_table(table, 1)
        fields = [self._field(table, *rule) for rule in _TIME_FIELDS]
        saving = self.state.index(table, "isdst")
        seconds = dates.seconds_of(fields, None if saving is None else is_truthy(saving))
        moment = None if seconds is None else dates.moment_at(seconds, utc=False)
        if moment is not None:
            for field, value in _fields(moment).items():
                self.state.set_index(table, field, value)
        if moment is None or seconds == -1:  # -1 is how C's mktime says that it failed
            raise LibraryError("time result cannot be represented in this installation")
        return seconds

    def _field(self, table: LuaValue, field: str, default: int | None, bias: int) -> int:
        """A field of a date table; C must be able to hold it less `bias`."""
        value = self.state.index(table, field)
        number = to_integer(value)
        if number is None:
            if value is not None:
                raise LibraryError(f"field '{field}' is not an integer")
            if default is None:
                raise LibraryError(f"field '{field}' missing in date table")
            return default
        if not _SMALLEST_FIELD <= number - bias <= _LARGEST_FIELD:
            raise LibraryError(f"field '{field}' is out-of-bound")
        return number

    # --- processes and environment ------------------------------------------------------

    @lua_function
    def execute(self, command: LuaValue = None, *_: LuaValue) -> LuaValue:
        """os.execute ([command])"""
        if command is None:
            return lua_boolean(os.name == "nt" or os.path.exists(_SHELL))
        command = host_path(check_string(command, 1))
        try:
            status = os.system(os.fsdecode(command) if os.name == "nt" else command)
        except OSError as error:
            return failure(error)
        if status == -1:
            return failure(OSError(errno.ENOSYS, ""))
        return exit_results(status if os.name == "nt" else os.waitstatus_to_exitcode(status))

    @lua_function
    def exit(self, code: LuaValue = None, close: LuaValue = None, *_: LuaValue) -> LuaValue:
        """os.exit ([code [, close]])"""
        if type(code) is Boolean:
            status = 0 if code is TRUE else 1
        else:
            status = opt_integer(code, 1, 0)
        if is_truthy(close):
            self.state.close()
        raise SystemExit(status & 0xFF if os.name != "nt" else status & 0xFFFFFFFF)

    @lua_function
    def getenv(self, name: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """os.getenv (varname)"""
        value = os.environ.get(os.fsdecode(host_path(check_string(name, 1))))
        return None if value is None else os.fsencode(value).decode("latin-1")

    @lua_function
    def setlocale(self, locale: LuaValue = None, category: LuaValue = None, *_: LuaValue) -> LuaValue:
        """os.setlocale ([locale [, category]]): there is the "C" locale and no other"""
        locale = opt_string(locale, 1, "C")
        check_option(category, 2, "all", _CATEGORIES)
        return "C" if locale in ("", "C", "POSIX") else None

    # --- files --------------------------------------------------------------------------

    @lua_function
    def remove(self, name: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """os.remove (filename): a file or an empty directory"""
        name = check_string(name, 1)
        path = host_path(name)
        try:
            if os.path.isdir(path) and not os.path.islink(path):
                os.rmdir(path)
            else:
                os.unlink(path)
        except OSError as error:
            return failure(error, name.partition("\0")[0])
        return TRUE

    @lua_function
    def rename(self, old: LuaValue = ABSENT, new: LuaValue = ABSENT, *_: LuaValue) -> LuaValue:
        """os.rename (oldname, newname)"""
        old, new = check_string(old, 1), check_string(new, 2)
        try:
            os.rename(host_path(old), host_path(new))
        except OSError as error:
            return failure(error)
        return TRUE

    @lua_function
    def tmpname(self, *_: LuaValue) -> LuaValue:
        """os.tmpname (): the file exists, empty"""
        try:
            descriptor, path = make_temporary()
        except OSError:
            raise LibraryError("unable to generate a unique filename") from None
        os.close(descriptor)
        return path.decode("latin-1")


def _fields(moment: dates.Moment) -> dict[str, LuaValue]:
    """The fields of a date table."""
    fields: dict[str, LuaValue] = {
        "year": moment.year,
        "month": moment.month,
        "day": moment.day,
        "hour": moment.hour,
        "min": moment.minute,
        "sec": moment.second,
        "yday": moment.yearday + 1,
        "wday": moment.weekday + 1,
    }
    if moment.daylight_saving is not None:
        fields["isdst"] = TRUE if moment.daylight_saving else FALSE
    return fields
