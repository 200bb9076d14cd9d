"""Dates for `os.date` and `os.time`: seconds since 1970 ↔ fields ↔ text (§6.9).

    moment_at(0, utc=True)                        -> Moment(year=1970, month=1, day=1, …)
    format_moment(moment, "%d/%m/%Y")             -> "01/01/1970"
    seconds_of((2005, 13, -1, 25, 0, 0), None)    -> the second that this means in local time

Texts are those of the "C" locale.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from pylua.hints import Final
from pylua.values.records import record

__all__ = ["Moment", "UnknownSpecifier", "format_moment", "moment_at", "seconds_of"]

_DAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_CYCLE: Final = 400
"""After so many years the Gregorian calendar repeats itself, weekdays included."""
_CYCLE_SECONDS: Final = 146_097 * 86_400
_SAFE_YEARS: Final = range(10_000)
"""Years that `mktime` gets: outside of them time zones have no history, and floats no precision."""


@record(frozen=True)
class Moment:
    """A point in time by the calendar; `weekday` 0 is Sunday, `yearday` 0 is January 1st."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    weekday: int
    yearday: int
    daylight_saving: bool | None
    zone: str
    offset: int
    """Seconds east of Greenwich."""


class UnknownSpecifier(ValueError):
    """A format holds `%` with something that is no conversion specifier; `rest` follows the `%`."""

    def __init__(self, rest: str) -> None:
        super().__init__(rest)
        self.rest = rest


def moment_at(seconds: int, utc: bool) -> Moment | None:
    """The date at `seconds` since 1970, local or in UTC; None if the system cannot represent it."""
    try:
        fields = time.gmtime(seconds) if utc else time.localtime(seconds)
    except (OverflowError, OSError, ValueError):
        return None
    return Moment(
        fields.tm_year,
        fields.tm_mon,
        fields.tm_mday,
        fields.tm_hour,
        fields.tm_min,
        fields.tm_sec,
        (fields.tm_wday + 1) % 7,
        fields.tm_yday - 1,
        None if fields.tm_isdst < 0 else fields.tm_isdst > 0,
        "GMT" if utc else fields.tm_zone,
        0 if utc else fields.tm_gmtoff,
    )


def seconds_of(fields: Sequence[int], daylight_saving: bool | None) -> int | None:
    """The second that year, month, day, hour, minute and second mean in local time.

    They need not be in their ranges. None if the system cannot tell. The year is moved by
    whole cycles of the calendar to where the C library is precise.
    """
    year, month, day, hour, minute, second = fields
    carry, month_index = divmod(month - 1, 12)
    year += carry
    safe_year = year
    if year not in _SAFE_YEARS:
        nearest = _SAFE_YEARS[0] if year < 0 else _SAFE_YEARS[-1] + 1 - _CYCLE
        safe_year = nearest + year % _CYCLE
    saving = -1 if daylight_saving is None else int(daylight_saving)
    try:
        near = time.mktime((safe_year, month_index + 1, day, hour, minute, second, 0, 0, saving))
    except (OverflowError, OSError, ValueError):
        return None
    return int(near) + (year - safe_year) // _CYCLE * _CYCLE_SECONDS


def format_moment(moment: Moment, layout: str) -> str:
    """`layout` with its conversion specifiers replaced. Raises UnknownSpecifier."""
    pieces = []
    written: dict[str, str] = {}
    position = 0
    while (percent := layout.find("%", position)) >= 0:
        pieces.append(layout[position:percent])
        length = 2 if layout[percent + 1 : percent + 2] in _MODIFIERS else 1
        position = percent + 1 + length
        specifier = layout[percent + 1 : position]
        if specifier not in written:
            if specifier not in _WRITERS:
                raise UnknownSpecifier(layout[percent + 1 :])
            written[specifier] = _WRITERS[specifier](moment)
        pieces.append(written[specifier])
    pieces.append(layout[position:])
    return "".join(pieces)


# --- the specifiers ------------------------------------------------------------------------


def _hour12(moment: Moment) -> int:
    return moment.hour % 12 or 12


def _half(moment: Moment) -> str:
    return "AM" if moment.hour < 12 else "PM"


def _date(moment: Moment) -> str:
    return f"{moment.month:02}/{moment.day:02}/{moment.year % 100:02}"


def _clock(moment: Moment) -> str:
    return f"{moment.hour:02}:{moment.minute:02}:{moment.second:02}"


def _clock12(moment: Moment) -> str:
    return f"{_hour12(moment):02}:{moment.minute:02}:{moment.second:02} {_half(moment)}"


def _date_and_clock(moment: Moment) -> str:
    return (
        f"{_DAYS[moment.weekday][:3]} {_MONTHS[moment.month - 1][:3]} {moment.day:2} "
        f"{_clock(moment)} {moment.year}"
    )


def _offset(moment: Moment) -> str:
    minutes = abs(moment.offset) // 60
    return f"{'-' if moment.offset < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"


def _iso_week(moment: Moment) -> tuple[int, int]:
    """The year and number of the ISO 8601 week: it belongs to the year that has its Thursday."""
    days_from_thursday = (moment.weekday + 6) % 7 - 3
    year, thursday = moment.year, moment.yearday - days_from_thursday
    if thursday < 0:
        year -= 1
        thursday += _days_in(year)
    elif thursday >= _days_in(year):
        thursday -= _days_in(year)
        year += 1
    return year, thursday // 7 + 1


def _days_in(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


_PLAIN: Final[dict[str, Callable[[Moment], str]]] = {
    "a": lambda moment: _DAYS[moment.weekday][:3],
    "A": lambda moment: _DAYS[moment.weekday],
    "b": lambda moment: _MONTHS[moment.month - 1][:3],
    "B": lambda moment: _MONTHS[moment.month - 1],
    "c": _date_and_clock,
    "C": lambda moment: str(moment.year // 100),
    "d": lambda moment: f"{moment.day:02}",
    "D": _date,
    "e": lambda moment: f"{moment.day:2}",
    "F": lambda moment: f"{moment.year}-{moment.month:02}-{moment.day:02}",
    "g": lambda moment: f"{_iso_week(moment)[0] % 100:02}",
    "G": lambda moment: str(_iso_week(moment)[0]),
    "h": lambda moment: _MONTHS[moment.month - 1][:3],
    "H": lambda moment: f"{moment.hour:02}",
    "I": lambda moment: f"{_hour12(moment):02}",
    "j": lambda moment: f"{moment.yearday + 1:03}",
    "m": lambda moment: f"{moment.month:02}",
    "M": lambda moment: f"{moment.minute:02}",
    "n": lambda _moment: "\n",
    "p": _half,
    "r": _clock12,
    "R": lambda moment: f"{moment.hour:02}:{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "t": lambda _moment: "\t",
    "T": _clock,
    "u": lambda moment: str(moment.weekday or 7),
    "U": lambda moment: f"{(moment.yearday + 7 - moment.weekday) // 7:02}",
    "V": lambda moment: f"{_iso_week(moment)[1]:02}",
    "w": lambda moment: str(moment.weekday),
    "W": lambda moment: f"{(moment.yearday + 7 - (moment.weekday + 6) % 7) // 7:02}",
    "x": _date,
    "X": _clock,
    "y": lambda moment: f"{moment.year % 100:02}",
    "Y": lambda moment: str(moment.year),
    "z": _offset,
    "Z": lambda moment: moment.zone,
    "%": lambda _moment: "%",
}
"""C99's conversion specifiers of one letter."""

_MODIFIERS: Final = {"E": "cCxXyY", "O": "deHImMSuUVwWy"}
"""The alternative forms; they mean the same in the "C" locale."""

_WRITERS: Final = _PLAIN | {
    modifier + specifier: _PLAIN[specifier]
    for modifier, specifiers in _MODIFIERS.items()
    for specifier in specifiers
}
