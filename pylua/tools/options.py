"""lua's command line: arguments in, Options out, nothing run yet.

["pylua", "-i", "-lm", "-e", "x=1", "a.lua", "b"]
    -> Options(is_interactive, actions=[("-l", "m"), ("-e", "x=1")], script=5)
"""

from __future__ import annotations

from collections.abc import Sequence

from pylua import __version__
from pylua.jit import ENGINES
from pylua.values.records import field, record

__all__ = ["Options", "read_options", "usage", "version_line"]

_USAGE = """\
usage: {program} [options] [script [args]]
Available options are:
  -e stat   execute string 'stat'
  -i        enter interactive mode after executing 'script'
  -l mod    require library 'mod' into global 'mod'
  -l g=mod  require library 'mod' into global 'g'
  -v        show version information
  -E        ignore environment variables
  -W        turn warnings on
  --engine=name   run by 'vm', 'jit' or 'auto'
  --stats   show which functions went fast, which did not and why
  --emit-python   print the Python that the script's functions become
  --        stop handling options
  -         stop handling options and execute stdin
"""


@record
class Options:
    """What the command line asks for; `script` is its index there, 0 if there is none."""

    is_interactive: bool = False
    shows_version: bool = False
    ignores_environment: bool = False
    actions: list[tuple[str, str]] = field(default_factory=list)
    """`-e`, `-l` (with their texts) and `-W`, in order."""
    script: int = 0
    script_is_file: bool = False
    """`-- -` runs a file called "-", not standard input."""
    engine: str | None = None
    shows_statistics: bool = False
    emits_python: bool = False
    fault: str | None = None
    """The option that was not understood."""

    @property
    def has_code(self) -> bool:
        """Whether an option `-e` was given."""
        return any(action == "-e" for action, _ in self.actions)


def read_options(arguments: Sequence[str]) -> Options:
    """Reads options up to the script; stops at the first that is wrong."""
    options = Options()
    position = 1
    while position < len(arguments):
        argument = arguments[position]
        if not argument.startswith("-") or argument == "-":
            options.script = position
            return options
        if argument == "--":
            options.script = position + 1 if position + 1 < len(arguments) else 0
            options.script_is_file = True
            return options
        if argument.startswith("--engine=") and argument[9:] in ENGINES:
            options.engine = argument[9:]
        elif argument == "--stats":
            options.shows_statistics = True
        elif argument == "--emit-python":
            options.emits_python = True
        elif argument[1] in "el":
            text = argument[2:]
            if not text:
                position += 1
                text = arguments[position] if position < len(arguments) else "-"
                if text.startswith("-"):
                    options.fault = argument
                    return options
            options.actions.append((argument[:2], text))
        elif not _read_switch(options, argument):
            options.fault = argument
            return options
        position += 1
    return options


def _read_switch(options: Options, argument: str) -> bool:
    if argument == "-i":
        options.is_interactive = options.shows_version = True
    elif argument == "-v":
        options.shows_version = True
    elif argument == "-E":
        options.ignores_environment = True
    elif argument == "-W":
        options.actions.append(("-W", ""))
    else:
        return False
    return True


def usage(program: str, fault: str) -> str:
    """The answer to an option that was not understood."""
    needs_text = fault[1] in "el"
    complaint = f"'{fault}' needs argument" if needs_text else f"unrecognized option '{fault}'"
    return f"{program}: {complaint}\n" + _USAGE.format(program=program)


def version_line() -> str:
    """What `-v` prints."""
    return f"pylua {__version__} (Lua 5.4.8)  The Lua language is by Lua.org, PUC-Rio"
