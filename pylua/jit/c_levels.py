"""Nested C calls where a metamethod's code stands in that of others: Lua counts the call while it runs.

    r2 = call_binary(t, r0, r1)   ─▶   if t.__class__ is F1 and state.thread.c_levels < 199:
                                        a1_t = …                          nobody asks: not counted
                                        state.thread.c_levels += 1; r2 = v0.one(a1_t); …  -= 1

A call of a metamethod counts against the limit of 200 (§4.6, "C stack overflow"). Whether there is room is
asked before the code; the count itself matters only to what that code calls. Where the VM takes over at a
line that does not count, it gets the count with the frame (see handover).
"""

from __future__ import annotations

from pylua.hints import Final
from pylua.jit.occurrences import called_in
from pylua.values.late import late_pattern
from pylua.vm.state import MAX_C_LEVELS

__all__ = ["HAS_ROOM", "can_count", "counting", "deeper", "may_ask"]

_COUNT: Final = "state.thread.c_levels < "
HAS_ROOM: Final = f"{_COUNT}{MAX_C_LEVELS - 1}"
_ROOM: Final = late_pattern(rf"(?<={_COUNT})\d+".replace(".", r"\."))
_TEXT: Final = late_pattern(r"""(?<!f)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_HEAD: Final = late_pattern(r"(?:(?:if|elif) (?P<condition>[^:]*)|else): ")
_BRANCHES: Final = ("if ", "elif ", "else:", "for ", "while ", "try:", "except ")
_INDIFFERENT: Final = frozenset(
    {
        "Table", "Upvalue", "LuaFunction", "adjust", "append", "bit_and", "bit_or", "bit_xor", "ceil",
        "copied", "cos", "divide", "drop_nils", "enumerate", "exp", "filled", "fit", "float",
        "floor", "floor_divide", "get", "getattr", "hasattr", "insert", "int", "isinstance", "iter",
        "join", "joined", "len", "loop_range", "max", "min", "modulo", "next", "pop", "power", "put",
        "range", "raw_delete", "raw_extend", "raw_get", "raw_length", "raw_set", "raw_set_integer",
        "read_numeral", "same", "setattr", "shift_left", "shift_right", "sin", "spread", "sqrt",
        "store", "str", "text", "trim", "tuple", "wrapped",
    }
)  # fmt: skip
"""What generated code calls that runs no Lua code, and asks for no room."""


def may_ask(text: str) -> bool:
    """Whether a line calls what may run Lua code, or ask whether there is room for it."""
    return "(" in text and any(name not in _INDIFFERENT for name in called_in(_TEXT.sub("''", text)))


def can_count(text: str) -> bool:
    """Whether `counting` can be asked for this line."""
    head = _HEAD.match(text)
    if head is None:
        return not text.startswith(_BRANCHES)
    return not may_ask(head["condition"] or "") and "'" not in head[0] and '"' not in head[0]


def counting(text: str) -> str:
    """A statement, or one behind a condition on the same line, that counts while it runs."""
    head = _HEAD.match(text)
    before = head[0] if head is not None else ""
    return f"{before}state.thread.c_levels += 1; {text[len(before) :]}; state.thread.c_levels -= 1"


def deeper(text: str) -> str:
    """A line as part of a call that is not counted: there is room for one call less."""
    return _ROOM.sub(lambda room: str(int(room[0]) - 1), text) if _COUNT in text else text
