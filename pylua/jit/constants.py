"""The source of a generated function → the function, with what it often names as its constants.

    function_of("def lua_1(me, r1): …", "lua_1", …, {"FALSE": FALSE, "K0": …})   ->   <function lua_1>

    if r1 is FALSE: …                  LOAD_GLOBAL FALSE, which asks for the version of two dicts
    if r1 is f'→FALSE': …              LOAD_CONST '→FALSE', for which LOAD_CONST FALSE is put

A constant takes a third of what a global name takes (CPython 3.11: 10 instructions of the machine, not 30;
5 % of what generated code does are such names). Python compiles no constants but its own, so texts
stand for them while it does, beginning with a character that no text of Lua has. They are f-strings,
since Python warns of other literals beside `is`, and chosen by `if 1`, of which nothing is left in the
code, where they are called, since there it warns of f-strings too.

Python's collector does not look into code. So a constant is only what belongs to no state: from no other
object the code could be reached that it would keep alive for ever. And it has a hash, as code has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import CodeType

from pylua.hints import Any, Final
from pylua.values.functions import Upvalue
from pylua.values.table import Table
from pylua.values.types import FALSE, TRUE

__all__ = ["CONSTANTS", "function_of"]

CONSTANTS: Final[dict[str, Any]] = {
    "FALSE": FALSE,
    "TRUE": TRUE,
    **{each.__name__: each for each in (Table, Upvalue, float, int, str, tuple)},
    **{each.__name__: each for each in (abs, iter, len, next, ord)},
}
"""What code asks for all the time; to look for more names took longer than they gained. Global names, too."""
_MARK: Final = "→"
_NAMED: Final = re.compile(
    "|".join(
        [
            r"'[^'\\\n]*(?:\\.[^'\\\n]*)*'",
            r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"',
            *(rf"{name[0]}(?<![\w.]{name[0]}){name[1:]}\b\(?" for name in CONSTANTS),
        ]
    ),
    re.ASCII,
)
"""A literal, or a constant's name: each alternative begins with its letter, for which Python looks fast."""


def function_of(source: str, name: str, filename: str, names: dict[str, Any]) -> Callable[..., Any]:
    """The function that `source` defines, whose globals `names` are. Raises what `compile` raises."""
    exec(_filled(compile(_NAMED.sub(_marked, source), filename, "exec")), names)
    return names[name]  # type: ignore[no-any-return]


def _marked(found: re.Match[str]) -> str:
    text = found[0]
    if text in CONSTANTS:
        return f"f'{_MARK}{text}'"
    return f"(f'{_MARK}{text[:-1]}'if 1 else 0)(" if text[-1] == "(" else text


def _filled(code: CodeType) -> CodeType:
    return code.replace(co_consts=tuple(map(_constant, code.co_consts)))


def _constant(held: Any) -> Any:
    if held.__class__ is str and held[:1] == _MARK:
        return CONSTANTS[held[1:]]
    if held.__class__ is tuple:
        return tuple(map(_constant, held))
    return _filled(held) if held.__class__ is CodeType else held
