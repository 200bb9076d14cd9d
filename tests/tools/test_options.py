"""lua's command line as data."""

from __future__ import annotations

import pytest

from pylua.tools.options import read_options, usage


def test_everything_at_once() -> None:
    options = read_options(["lua", "-W", "-e", "x=1", "-ey=2", "-l", "m", "-lg=n", "-i", "-E", "s.lua", "-v"])
    assert options.actions == [("-W", ""), ("-e", "x=1"), ("-e", "y=2"), ("-l", "m"), ("-l", "g=n")]
    assert options.is_interactive
    assert options.shows_version
    assert options.ignores_environment
    assert options.script == 10
    assert options.has_code
    assert options.fault is None


@pytest.mark.parametrize(
    ("arguments", "script"),
    [
        ([], 0),
        (["-v"], 0),
        (["script.lua", "-x"], 1),
        (["-", "-h"], 1),
        (["--", "-x.lua"], 2),
        (["--"], 0),
        (["-e", "code", "script"], 3),
        (["-e ", "--", "script"], 3),
    ],
)
def test_script(arguments: list[str], script: int) -> None:
    assert read_options(["lua", *arguments]).script == script


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-h"], "unrecognized option '-h'"),
        (["---"], "unrecognized option '---'"),
        (["-Ex"], "unrecognized option '-Ex'"),
        (["-vv"], "unrecognized option '-vv'"),
        (["-iv"], "unrecognized option '-iv'"),
        (["-Wx"], "unrecognized option '-Wx'"),
        (["-e"], "'-e' needs argument"),
        (["-l"], "'-l' needs argument"),
        (["-l", "-e"], "'-l' needs argument"),
    ],
)
def test_faults(arguments: list[str], complaint: str) -> None:
    options = read_options(["lua", *arguments])
    assert options.fault is not None
    assert usage("lua", options.fault).startswith(f"lua: {complaint}\nusage: lua [options] [script [args]]\n")


def test_dash_behind_two_dashes_is_a_file() -> None:
    assert read_options(["lua", "--", "-"]).script_is_file
    assert not read_options(["lua", "-"]).script_is_file
