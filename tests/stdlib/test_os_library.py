"""The library `os`: dates against real Lua, files and processes by what they leave behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State
from tests.stdlib.calls import CALLS

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The process lives in this time zone, real Lua with it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def assert_same(expression: str) -> None:
    """Compares results and errors."""
    CALLS.assert_same_result("script", f"return {expression}")


EXPRESSIONS = """
os.date("%Ez")
os.date("%Ez foo")
os.date("%")
os.date("%9abc")
os.date("%O")
os.date("x%Q\\0z")
os.date("%Y", 2^60)
os.date("!%Y", 67768036191676800)
os.date("!%Y", -67768040609740801)
os.date("!%Y-%m-%d", -67768040609740800)
os.date("!%Y", 1.5)
os.date("!%Y", {})
os.date({})
os.date("", 0)
os.date("!", 0)
os.date("a\\0b%%", 0)
os.date("*tz", 0)
os.date("!*t x", 0)
type(os.date("*t\\0z", 0))
os.date("!%c|%x|%X|%p|%r|%T|%D|%F|%R|%h|%n|%t|%z|%Z", 1e9 // 1 | 0)
os.time({})
os.time({year = 2000})
os.time({year = 2000, month = 1})
os.time({year = "x", month = 1, day = 1})
os.time({year = 2000.5, month = 1, day = 1})
os.time({year = "2000", month = "01", day = 1.0})
os.time({year = 2000, month = 1, day = 1, hour = "x"})
os.time(5)
os.time({year = 2147483647 + 1900, month = 1, day = 1})
os.time({year = 2147483647 + 1901, month = 1, day = 1})
os.time({year = -2147483648 + 1900, month = 1, day = 1})
os.time({year = -2147483648 + 1899, month = 1, day = 1})
os.time({year = 2000, month = 2147483649, day = 1})
os.time({year = 2000, month = -2147483648, day = 1})
os.time({year = math.mininteger, month = 1, day = 1})
os.time({year = 2147483647 + 1900, month = 12, day = 31, hour = 24})
os.difftime()
os.difftime(1)
os.difftime(5, 3)
os.difftime(1.5, 2)
os.difftime(math.maxinteger, math.mininteger)
os.getenv()
os.getenv("A_VARIABLE_THAT_IS_NOT_SET")
os.setlocale("no such locale")
os.setlocale("C", "numeric")
os.setlocale(nil, "bad")
os.setlocale({})
os.exit("x")
os.execute({})
os.remove("/no/such/file")
os.remove("/no/such\\0file")
os.remove()
os.rename("/no/such/file", "/x")
os.rename("x")
"""


@pytest.mark.parametrize("expression", EXPRESSIONS.strip().splitlines())
def test_expression(expression: str) -> None:
    assert_same(expression)


SPECIFIERS = (
    *"aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%",
    *("Ec", "EC", "Ex", "EX", "Ey", "EY"),
    *("Od", "Oe", "OH", "OI", "Om", "OM", "OS", "Ou", "OU", "OV", "Ow", "OW", "Oy"),
)
EVERYTHING = "|".join(f"%{specifier}" for specifier in SPECIFIERS)
SECONDS = st.one_of(
    st.integers(-(10**10), 10**10),
    st.integers(-(10**13), 10**13),
    st.integers(-62_200_000_000, -62_100_000_000),
    st.integers(0, 60).map(lambda years: years * 31_556_952),
)


@settings(max_examples=100, deadline=None)
@given(SECONDS)
def test_every_specifier_in_utc(seconds: int) -> None:
    assert_same(f"os.date('!{EVERYTHING}', {seconds})")


def test_every_specifier_in_local_time(zone: str) -> None:
    for month in range(36):
        assert_same(f"os.date('{EVERYTHING}', {1_600_000_000 + month * 2_629_746})")
    assert_same(f"os.date('{EVERYTHING}', -5000000000)")


NORMALIZED = """
local t = {%s}
local ok, seconds = pcall(os.time, t)
local names = {"year", "month", "day", "hour", "min", "sec", "yday", "wday", "isdst"}
for i, name in ipairs(names) do names[i] = name .. "=" .. tostring(t[name]) end
return ok, seconds, ok and table.concat(names, " ")
"""

FIELDS = st.fixed_dictionaries(
    {
        "year": st.one_of(st.integers(1900, 2100), st.integers(-3000, 12000)),
        "month": st.one_of(st.integers(1, 12), st.integers(-50, 50)),
        "day": st.one_of(st.integers(1, 31), st.integers(-1000, 1000)),
    },
    optional={
        "hour": st.one_of(st.integers(0, 23), st.integers(-100, 100)),
        "min": st.one_of(st.integers(0, 59), st.integers(-10000, 10000)),
        "sec": st.one_of(st.integers(0, 60), st.integers(-(10**6), 10**6)),
    },
)


@settings(max_examples=150, deadline=None)
@given(FIELDS)
def test_time_normalizes_fields(fields: dict[str, int]) -> None:
    constructor = ", ".join(f"{name} = {value}" for name, value in fields.items())
    CALLS.assert_same_result("script", NORMALIZED % constructor)


def test_time_in_zones(zone: str) -> None:
    """Through the hours that daylight saving repeats and skips, with each value of isdst."""
    for day in (28, 29, 30, 31):
        for hour in range(5):
            for saving in ("nil", "true", "false"):
                for month in (3, 10):
                    date = f"year = 2021, month = {month}, day = {day}"
                    fields = f"{date}, hour = {hour}, min = 30, isdst = {saving}"
                    CALLS.assert_same_result("script", NORMALIZED % fields)


def test_one_second_before_the_epoch_is_taken_for_a_failure() -> None:
    CALLS.assert_same_result("script", "return os.time(os.date('*t', -1))")


def test_time_uses_metamethods() -> None:
    CALLS.assert_same_result(
        "script",
        """
        local log = {}
        local base = {year = 2020, month = 2, day = 30}
        local t = setmetatable({}, {
          __index = function (_, k) log[#log + 1] = k return base[k] end,
          __newindex = function (_, k, v) log[#log + 1] = k .. "=" .. tostring(v) end,
        })
        return os.time(t), table.concat(log, " ")
        """,
    )


def run(source: str) -> list[object]:
    """The results of `source` in pylua."""
    state = State()
    open_libraries(state)
    return state.call(load_chunk(state, source, "=test"))


def test_remove_and_rename(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    source = f"""
    os.rename("{tmp_path}/a", "{tmp_path}/b")
    local full = {{os.remove("{tmp_path}/folder")}}
    local done, both = os.remove("{tmp_path}/b"), os.remove("{tmp_path}/folder/inner")
    return tostring(done), tostring(both), full[2], full[3]
    """
    assert run(source) == ["true", "true", f"{tmp_path}/folder: Directory not empty", 39]
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_tmpname_creates_a_file() -> None:
    (name,) = run("return os.tmpname()")
    path = Path(str(name))
    assert path.read_bytes() == b""
    assert path.name.startswith("lua_")
    path.unlink()


def test_execute_tells_how_the_command_ended() -> None:
    assert run("return tostring(os.execute()), select(2, os.execute('exit 3'))") == ["true", "exit", 3]
    assert run("return select(2, os.execute('kill -9 $$'))") == ["signal", 9]
    assert run("return tostring(os.execute('true'))") == ["true"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [("", 0), ("true", 0), ("false", 1), ("7", 7), ("-1", 255), ("256", 0), ("nil", 0)],
)  # fmt: skip
def test_exit(arguments: str, status: int) -> None:
    with pytest.raises(SystemExit) as raised:
        run(f"pcall(os.exit, {arguments})" if arguments else "pcall(os.exit)")
    assert raised.value.code == status


def test_exit_closes_the_state_if_asked() -> None:
    source = "setmetatable({}, {__gc = function () CLOSED = true end}) os.exit(0, true)"
    state = State()
    open_libraries(state)
    with pytest.raises(SystemExit):
        state.call(load_chunk(state, source, "=test"))
    assert str(state.globals.raw_get("CLOSED")) == "TRUE"


def test_getenv_gives_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYLUA_TEST", "é")
    assert run("return os.getenv('PYLUA_TEST')") == ["Ã©"]


def test_clock_counts_seconds_of_the_processor() -> None:
    (spent,) = run("local t = os.clock() for i = 1, 10000 do end return os.clock() - t")
    assert isinstance(spent, float)
    assert 0 < spent < 5
