"""Every conformance script in every engine, against the ledger of known failures; and the
expectations themselves against real Lua, so that no script can be wrong together with pylua."""

from __future__ import annotations

import pytest

from conformance.cases import script_case
from conformance.checking import check
from conformance.engines import ENGINES, find_oracles
from conformance.ledger import compare, read_ledger
from conformance.running import Outcome
from conformance.scripts import ROOT, Script, find_scripts, parse_script
from pylua.stdlib.open_libraries import LIBRARIES, open_libraries
from pylua.values.functions import NativeFunction
from pylua.values.table import Table
from pylua.vm.state import State

SCRIPTS = find_scripts()
FOR_LUPA = [script for script in SCRIPTS if "program" not in script.options]
"""Those with `--? program` need a complete lua program; check them with --oracle-program."""
KNOWN = read_ledger()
ORACLE = find_oracles([])["lupa"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_engine(engine: str, script: Script) -> None:
    key = (engine, script.name)
    failure = script_case(script).run(ENGINES[engine])
    assert compare({key: failure} if failure else {}, KNOWN, {key}) == []


@pytest.mark.parametrize("script", FOR_LUPA, ids=lambda script: script.name)
def test_oracle_agrees(script: Script) -> None:
    assert script_case(script).run(ORACLE) is None


def test_the_ledger_names_only_cases_that_exist() -> None:
    names = {script.name for script in SCRIPTS}
    assert {case for _, case in KNOWN if not case.startswith("official/")} <= names


def test_a_wrong_output_a_missing_line_and_a_line_too_many_are_found() -> None:
    script = parse_script(ROOT / "regressions" / "evaluation_order.lua")
    lines = [expectation.text for expectation in script.expectations]
    good = "\n".join(lines) + "\n"
    assert check(script, Outcome(0, good, "")) is None
    assert "expected" in (check(script, Outcome(0, "wrong\n" + good, "")) or "")
    assert "got nothing" in (check(script, Outcome(0, "\n".join(lines[:-1]), "")) or "")
    assert "more output" in (check(script, Outcome(0, good + "more\n", "")) or "")
    assert "ended badly" in (check(script, Outcome(1, good, "lua: error")) or "")


def test_new_changed_and_fixed_failures_are_complaints() -> None:
    key = ("vm", "language/x.lua")
    assert compare({key: "a"}, {key: "a"}, {key}) == []
    assert "new" in compare({key: "a"}, {}, {key})[0]
    assert "changed" in compare({key: "a"}, {key: "b"}, {key})[0]
    assert "fixed" in compare({}, {key: "b"}, {key})[0]
    assert compare({}, {key: "b"}, set()) == []


def test_every_library_function_has_a_script() -> None:
    text = "\n".join(script.source for script in SCRIPTS)
    state = State()
    open_libraries(state)
    for name in LIBRARIES:
        library = state.globals if name == "_G" else state.globals.raw_get(name)
        assert isinstance(library, Table)
        for key, value in library.raw_items():
            full = str(key) if name == "_G" else f"{name}.{key}"
            if isinstance(value, NativeFunction):
                assert full in text, f"no script uses {full}"
