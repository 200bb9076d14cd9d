"""One run of `pylua`: a State, how chunks are run in it, and how their errors are shown.

session.run_text("error 'x'", "=(command line)")  ->  False, and on standard error:
    pylua: (command line):1: x
    stack traceback: …
"""

from __future__ import annotations

from collections.abc import Iterator

from pylua.errors import LuaError
from pylua.hints import TYPE_CHECKING, Any
from pylua.loading import SCRIPT_LEVELS, load_chunk, load_file
from pylua.stdlib.files import StandardInput, StandardOutput, write_stderr, write_stdout
from pylua.tools.interrupts import interruptible
from pylua.values.contexts import contextmanager, suppress
from pylua.values.functions import ControlFunction, LuaFunction, NativeFunction
from pylua.values.late import late_module
from pylua.values.table import Table
from pylua.values.types import LuaValue, type_name
from pylua.vm.control import Call
from pylua.vm.native import to_integer
from pylua.vm.state import State
from pylua.vm.thread import NativeFrame, Thread

if TYPE_CHECKING:
    from pylua.vm import tracebacks
else:
    tracebacks = late_module("pylua.vm.tracebacks")

__all__ = ["Session"]


class Session:
    """A State that is driven from a command line."""

    def __init__(self, state: State, program: str) -> None:
        self.state = state
        self.program: str | None = program
        """What stands before messages; None in the interactive mode."""
        self._handler = NativeFunction(self._show_error, "message_handler")
        self._runner = ControlFunction(self._protected, "pylua")

    def close(self) -> None:
        """Ends the state: finalizers run."""
        self.state.close()

    # --- running ----------------------------------------------------------------------------

    def load_file(self, path: str | None) -> LuaFunction:
        """The file, or standard input, as a function."""
        with self._counted():
            return load_file(self.state, path, read_standard_input=StandardInput().read_all)

    def load_text(self, text: str, chunk_name: str, is_kept: bool = False) -> LuaFunction:
        """The text as a function; `is_kept`: it may come from the store of compiled chunks."""
        with self._counted():
            return load_chunk(self.state, text, chunk_name, is_kept=is_kept)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """The program's main function counts as a C level for what is loaded."""
        self.state.thread.c_levels += SCRIPT_LEVELS
        try:
            yield
        finally:
            self.state.thread.c_levels -= SCRIPT_LEVELS

    def run_file(self, path: str | None) -> bool:
        """Runs a file (None: standard input); errors are shown."""
        try:
            function = self.load_file(path)
        except LuaError as fault:
            return self.report(fault)
        return self.run(function) is not None

    def run_text(self, text: str, chunk_name: str) -> bool:
        """Runs a text; errors are shown."""
        try:
            function = self.load_text(text, chunk_name, is_kept=True)
        except LuaError as fault:
            return self.report(fault)
        return self.run(function) is not None

    def require(self, text: str) -> bool:
        """`-l`: requires a module into a global variable; `text` is `mod`, `global=mod` or `mod-version`."""
        name, equals, module = text.partition("=")
        if not equals:
            module, name = text, text.partition("-")[0]
        results = self.run(self.state.globals.raw_get("require"), module)
        if results is None:
            return False
        self.state.set_index(self.state.globals, name, results[0] if results else None)
        return True

    def run(self, function: LuaValue, *arguments: LuaValue) -> list[LuaValue] | None:
        """Calls `function`; its results, or None after its error was shown."""
        try:
            with interruptible(self.state):
                results = self.state.call(self._runner, function, *arguments)
        except LuaError as fault:
            self.report(fault)
            return None
        if results[0] is None:
            return results[1:]
        self.report(LuaError(results[0]))
        return None

    def _protected(self, _thread: Thread, arguments: list[LuaValue]) -> Any:
        return Call(arguments[0], arguments[1:], then=_succeeded, recover=_failed, handler=self._handler)

    def length(self, table: Table) -> int:
        """`#table` as an integer."""
        length = to_integer(self.state.length(table))
        if length is None:
            raise LuaError("object length is not an integer")
        return length

    # --- output -----------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Writes to standard output."""
        with suppress(OSError):
            write_stdout(text)

    def flush(self) -> None:
        """Hands buffered output to the system."""
        with suppress(OSError):
            StandardOutput("stdout").flush()

    def report(self, fault: LuaError) -> bool:
        """Shows an error; always False, the outcome of what failed."""
        message = str(fault) if type(fault.value) in (str, int, float) else "(error message not a string)"
        if self.program is not None:
            message = f"{self.program}: {message}"
        self._write_error(message + "\n")
        return False

    def _write_error(self, text: str) -> None:
        self.flush()
        write_stderr(text)

    def _show_error(self, error: LuaValue = None, *_: LuaValue) -> LuaValue:
        """The message handler: the text of the error and a traceback."""
        if type(error) not in (str, int, float):
            handler = self.state.metafield(error, "__tostring")
            if handler is not None:
                results = self.state.call(handler, error)
                if results and type(results[0]) is str:
                    return results[0]
            error = f"(error object is a {type_name(error)} value)"
        elif type(error) is not str:
            error = self.state.to_text(error)
        return tracebacks.traceback(self.state, self.state.thread, error, 1)

    def interact(self) -> None:
        """The interactive mode."""
        from pylua.tools.repl import interact  # noqa: PLC0415 (scripts don't need it)

        interact(self)


def _succeeded(_thread: Thread, _frame: NativeFrame, results: list[LuaValue]) -> Any:
    return [None, *results]


def _failed(_thread: Thread, _frame: NativeFrame, error: LuaValue) -> Any:
    return [error if error is not None else "nil"]
