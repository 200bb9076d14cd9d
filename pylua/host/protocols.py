"""How Lua sees one Python object: by its items or by its attributes, and how calls are spelled.

as_attrgetter({"keys": 1})    in Lua: d.keys is the method, not the item
python.args{1, b = 2}         in Lua: calls f(1, b=2)
"""

from __future__ import annotations

from pylua.hints import Any, Final
from pylua.values.records import record

__all__ = ["Access", "CallArguments", "ProtocolWrapper", "as_attrgetter", "as_itemgetter"]


class Access:
    """What an access from Lua means for a Python object: bits (an IntFlag takes 1 µs to test)."""

    ATTRIBUTES: Final = 0
    ITEMS: Final = 1
    UNPACKS_TUPLES: Final = 2
    ENUMERATES: Final = 4


@record(frozen=True)
class ProtocolWrapper:
    """A Python object on its way to Lua, with the access that was asked for."""

    wrapped: Any
    access: int


def as_attrgetter(obj: Any) -> ProtocolWrapper:
    """`obj` so that Lua's indexing reads and writes its attributes."""
    return ProtocolWrapper(obj, Access.ATTRIBUTES)


def as_itemgetter(obj: Any) -> ProtocolWrapper:
    """`obj` so that Lua's indexing reads and writes its items."""
    return ProtocolWrapper(obj, Access.ITEMS)


@record(frozen=True)
class CallArguments:
    """Positional and keyword arguments that Lua's `python.args` put together."""

    positional: tuple[Any, ...]
    keyword: dict[str, Any]
