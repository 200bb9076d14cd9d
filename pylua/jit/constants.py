"""The source of a generated function → the function, with the objects it names as its constants.

    function_of("def lua_1(me, r1): …", "lua_1", …, {"FALSE": FALSE, "K0": …}, {"FALSE": FALSE, …})
    ->  <function lua_1>

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
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

from pylua.hints import Final
from pylua.values.types import FALSE, TRUE

__all__ = ["eternal", "function_of"]

_MARK: Final = "→"
_NAMED: Final = re.compile(
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
    r"|(?<![.\w])([A-Z]\w*|float|int|str|[a-z]\w*(?=\())\b(\()?",
    re.ASCII,
)
"""A literal, which stays as it is, or a name that may be a constant's."""


def eternal(names: dict[str, Any]) -> dict[str, Any]:
    """Those of the objects that belong to no state."""
    return {name: value for name, value in names.items() if _is_eternal(value)}


def _is_eternal(value: Any) -> bool:
    if isinstance(value, FunctionType):
        return value.__closure__ is None
    if isinstance(value, BuiltinFunctionType):
        return isinstance(value.__self__, ModuleType)
    return isinstance(value, (type, int, frozenset)) or value is TRUE or value is FALSE


def function_of(
    source: str, name: str, filename: str, names: dict[str, Any], constants: dict[str, Any]
) -> Callable[..., Any]:
    """The function that `source` defines, whose globals `names` are. Raises what `compile` raises."""

    def marked(found: re.Match[str]) -> str:
        if found[1] not in constants:
            return found[0]
        return f"(f'{_MARK}{found[1]}' if 1 else 0)(" if found[2] else f"f'{_MARK}{found[1]}'"

    exec(_filled(compile(_NAMED.sub(marked, source), filename, "exec"), constants), names)
    return names[name]  # type: ignore[no-any-return]


def _filled(code: CodeType, constants: dict[str, Any]) -> CodeType:
    return code.replace(co_consts=tuple([_constant(each, constants) for each in code.co_consts]))


def _constant(held: Any, constants: dict[str, Any]) -> Any:
    if held.__class__ is str and held[:1] == _MARK:
        return constants[held[1:]]
    if held.__class__ is tuple:
        return tuple([_constant(each, constants) for each in held])
    return _filled(held, constants) if held.__class__ is CodeType else held
