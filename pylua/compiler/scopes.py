"""Scopes: which local variables exist where, and in which register each one lives (§3.5).

A variable is declared first and comes into scope later, when its initial values are known:

    local x = x     declare x; compile x (an outer one); activate x

Compile-time constants (`local limit <const> = 100`) are variables without a register.
"""

from __future__ import annotations

from pylua.bytecode.prototype import LocalVariable, UpvalueKind
from pylua.hints import Any, Final

__all__ = ["LOCAL_LIMIT", "Scope", "Variable"]

LOCAL_LIMIT: Final = 200
"""So many local variables may be active in one function."""


class Variable:
    """A local variable while its function is compiled.

    `kind` is an UpvalueKind; `value` is that of a compile-time constant; `debug` is the
    entry for the Prototype, made at activation; `shadowed` the variable hidden by this one.
    """

    __slots__ = ("debug", "kind", "name", "register", "scope", "shadowed", "value")

    def __init__(self, name: str, kind: int = UpvalueKind.REGULAR) -> None:
        self.name = name
        self.kind = kind
        self.register = -1
        self.value: Any = None
        self.scope: Scope | None = None
        self.debug: LocalVariable | None = None
        self.shadowed: Variable | None = None


class Scope:
    """A block: what to restore when it ends, and what must be closed then.

    `captured`: a variable of the block is an upvalue of some closure, or to be closed.
    """

    __slots__ = (
        "active_count",
        "captured",
        "enclosing",
        "first_goto",
        "first_label",
        "first_register",
        "in_to_be_closed",
        "is_loop",
    )

    def __init__(
        self,
        enclosing: Scope | None,
        is_loop: bool,
        active_count: int,
        first_register: int,
        first_label: int,
        first_goto: int,
    ) -> None:
        self.enclosing = enclosing
        self.is_loop = is_loop
        self.active_count = active_count
        self.first_register = first_register
        self.first_label = first_label
        self.first_goto = first_goto
        self.captured = False
        self.in_to_be_closed: bool = enclosing is not None and enclosing.in_to_be_closed
