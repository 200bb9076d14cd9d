"""Names for annotations, as `typing` has them, without the 4 ms that importing it takes.

    from pylua.hints import TYPE_CHECKING, Any, Final

Type checkers see the names of `typing`. At run time annotations are texts that nobody reads;
what stands elsewhere in the code (`class Items(Protocol)`, `TypeVar("Made")`) gets stand-ins.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import (
        Any,
        Final,
        NoReturn,
        Protocol,
        TypeAlias,
        TypeVar,
        dataclass_transform,
        overload,
    )
else:

    class Any:
        """Any type."""

    class Protocol:
        """The base of structural types."""

    Final = NoReturn = TypeAlias = Any

    def TypeVar(name, **_):
        """A type variable: only its place matters."""
        return Any

    def overload(function):
        """An overload; the definition that follows counts."""
        return function

    def dataclass_transform(**_):
        """A decorator that changes nothing."""
        return lambda function: function


__all__ = [
    "TYPE_CHECKING",
    "Any",
    "Final",
    "NoReturn",
    "Protocol",
    "TypeAlias",
    "TypeVar",
    "dataclass_transform",
    "overload",
]
