"""One run of the command `pylua`: command line in, exit code out.

    pylua -l m -e "print(m.x)" script.lua a b      run(["pylua", …], owns_process=True)  ->  0

Options are read first (options.py), then the state is made, LUA_INIT runs, then `-e`, `-l`
and `-W` in their order, the script, and the interactive mode (repl.py).
"""

from __future__ import annotations

import gc
import os
import sys

from pylua.bytecode.store import user_store
from pylua.errors import LuaError, NativeFault
from pylua.hints import TYPE_CHECKING
from pylua.jit import ENGINES, set_engine
from pylua.stdlib.open_libraries import open_libraries
from pylua.tools.interrupts import end_with_reader
from pylua.tools.options import Options, read_options, usage, version_line
from pylua.tools.session import Session
from pylua.values.table import Table, new_table
from pylua.values.types import TRUE
from pylua.vm.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]


def run(argv: Sequence[str], owns_process: bool) -> int:
    """Runs the command line `argv`; `owns_process`: nothing but us runs in this process, then or later."""
    if owns_process:
        end_with_reader()
    arguments = [os.fsencode(text).decode("latin-1") for text in argv]
    if os.path.basename(arguments[0]) == "__main__.py":
        arguments[0] = "pylua"
    options = read_options(arguments)
    if options.fault is not None:
        sys.stderr.write(usage(arguments[0], options.fault))
        return 1
    session = Session(State(), arguments[0])
    if owns_process:
        # What is loaded by now stays, so Python's collector may pass it over: a collectgarbage()
        # with little to do takes 5 µs instead of 2 ms.
        gc.freeze()
        gc.enable()
    try:
        succeeded = _run_reporting(session, options, arguments)
        session.close()
    finally:  # os.exit leaves by SystemExit and has closed the state if it was asked to
        session.flush()
        if owns_process:
            gc.freeze()  # the state is not garbage if the script left it open: no finalizer may run
    return 0 if succeeded else 1


def _run_reporting(session: Session, options: Options, arguments: list[str]) -> bool:
    """Runs it all; shows what fails outside of any chunk, such as a metamethod of `arg` or `_PROMPT`."""
    try:
        return _run(session, options, arguments)
    except LuaError as fault:
        return session.report(fault)
    except NativeFault as fault:
        return session.report(LuaError(fault.message))


def _engine(options: Options) -> str:
    """The engine of the option, else of PYLUA_ENGINE."""
    if options.engine is not None:
        return options.engine
    named = None if options.ignores_environment else os.environ.get("PYLUA_ENGINE")
    return named if named in ENGINES else "auto"


def _run(session: Session, options: Options, arguments: list[str]) -> bool:
    state = session.state
    if options.shows_version:
        session.write(version_line() + "\n")
    if options.ignores_environment:
        state.registry.raw_set("LUA_NOENV", TRUE)
    open_libraries(state)
    set_engine(state, _engine(options))
    state.chunk_store = user_store()
    state.collect_garbage("generational", ())
    state.globals.raw_set("arg", argument_table(arguments, options.script))
    if not options.ignores_environment and not run_environment(session):
        return False
    for action, text in options.actions:
        if not _perform(session, action, text):
            return False
    if options.script and options.emits_python:
        return _emit_python(session, arguments[options.script])
    succeeded = not options.script or _run_script(session, arguments[options.script], options)
    if options.shows_statistics:
        _show_statistics(state)
    return succeeded and _interact(session, options)


def _emit_python(session: Session, path: str) -> bool:
    from pylua.tools.fast_code import python_listing  # noqa: PLC0415

    try:
        function = session.load_file(path)
    except LuaError as fault:
        return session.report(fault)
    with open(path, encoding="latin-1") as file:
        session.write(python_listing(function.prototype, file.read().splitlines()))
    return True


def _show_statistics(state: State) -> None:
    from pylua.tools.fast_code import statistics  # noqa: PLC0415

    sys.stderr.write(statistics(state))


def _interact(session: Session, options: Options) -> bool:
    if options.is_interactive:
        session.interact()
    elif not options.script and not options.has_code and not options.shows_version:
        if sys.stdin is not None and sys.stdin.isatty():
            session.write(version_line() + "\n")
            session.interact()
        else:
            session.run_file(None)
    return True


def argument_table(arguments: list[str], script: int) -> Table:
    """The table `arg`: the script at 0, its arguments after it, everything else before it."""
    table = new_table()
    for position, argument in enumerate(arguments):
        table.raw_set(position - script, argument)
    return table


def run_environment(session: Session) -> bool:
    """Runs LUA_INIT_5_4 or LUA_INIT: a file's name behind `@`, or Lua code."""
    for name in ("LUA_INIT_5_4", "LUA_INIT"):
        code = os.environ.get(name)
        if code is not None:
            text = os.fsencode(code).decode("latin-1")
            if text.startswith("@"):
                return session.run_file(text[1:])
            return session.run_text(text, "=" + name)
    return True


def _perform(session: Session, action: str, text: str) -> bool:
    if action == "-W":
        session.state.warn("@on", False)
        return True
    if action == "-e":
        return session.run_text(text, "=(command line)")
    return session.require(text)


def _run_script(session: Session, script: str, options: Options) -> bool:
    """Runs the script with what the table `arg` holds now; `-` is standard input."""
    is_input = script == "-" and not options.script_is_file
    try:
        function = session.load_file(None if is_input else script)
    except LuaError as fault:
        return session.report(fault)
    table = session.state.globals.raw_get("arg")
    if not isinstance(table, Table):
        return session.report(LuaError("'arg' is not a table"))
    values = [table.raw_get(position) for position in range(1, session.length(table) + 1)]
    return session.run(function, *values) is not None
