"""Lua functions that only compute numbers of numbers: a function comes in, code to call it with goes out.

    function(a, b) return a + b end      def compute(r0=None, r1=None, /, *more):
                                             if free and state.is_unwatched and not more:
                                                 if r0.__class__ is int and …:
                                                     try:
                                                         return (r0 + r1)
                                                     except Exception: pass
                                             return general(r0, r1, *more)

Such code sees nothing but its arguments, and does nothing to others. So nobody has to be kept out while
it runs, and whatever it has no way for is begun anew by the general call. It is the fast tier's code,
once for small integers and once for any numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pylua.bytecode.opcodes import Op
from pylua.hints import TYPE_CHECKING, Any, Final, TypeAlias
from pylua.values.integers import SMALL_INTEGER
from pylua.values.late import late_module, late_pattern

if TYPE_CHECKING:
    from pylua.jit import flow, kinds, notes, translation
    from pylua.jit.kinds import Known
    from pylua.values.functions import LuaFunction
    from pylua.vm.state import State
else:
    flow = late_module("pylua.jit.flow")
    kinds = late_module("pylua.jit.kinds")
    notes = late_module("pylua.jit.notes")
    translation = late_module("pylua.jit.translation")

__all__ = ["FORMULA", "formula_of"]

FORMULA: Final = "compute"
"""The name of all that formulas give."""

Formula: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]
"""Gives the short way to call a function, of the general one."""

_MOST_PARAMETERS: Final = 4
_MOST_INSTRUCTIONS: Final = 60
_ARITHMETIC: Final = frozenset(range(Op.ADDI, Op.BNOT + 1))
_COMPUTING: Final = _ARITHMETIC.union(
    range(Op.MOVE, Op.LOADNIL + 1),
    range(Op.EQ, Op.TESTSET + 1),
    (Op.NOT, Op.JMP, Op.RETURN, Op.RETURN0, Op.RETURN1),
)
_NAME: Final = late_pattern(r"(?a)(?<![\w.])[A-Za-z_]\w*|\.[A-Za-z_]\w*")
_REGISTER: Final = late_pattern(r"(?a)r\d+|t")
_NAMES: Final = frozenset(
    {
        "ALL_BITS", "HALF", "HandOver", "None", ".__class__", "and", "divide", "elif", "else", "fit", "float",
        "floor_divide", "if", "int", "is", "modulo", "not", "or", "raise", "return", "wrapped",
    }
)  # fmt: skip
"""What may stand in code that computes numbers of numbers, besides registers."""
_STRANGE: Final = ("'", '"', "[", "{", "()")
_RESULTS: Final = {"return TRUE": "return True", "return FALSE": "return False", "return ()": "return None"}


def formula_of(function: LuaFunction, state: State, free: list[None]) -> Formula | None:
    """The short way to call `function`, which is fast code; None if it does more than to compute.

    `free` holds something while nobody is in (see gate).
    """
    prototype = function.prototype
    count = prototype.parameter_count
    if prototype.is_vararg or not 0 < count <= _MOST_PARAMETERS or len(prototype.code) > _MOST_INSTRUCTIONS:
        return None
    ops = {word & 0x7F for word in prototype.code}
    if not ops <= _COMPUTING or not ops & _ARITHMETIC:  # comparisons alone are for texts as often
        return None
    small: Known = (kinds.INT, -SMALL_INTEGER, SMALL_INTEGER)
    bodies = [_body(prototype, (known,) * count) for known in (small, kinds.SOME_NUMBER)]
    if bodies[0] is None or bodies[1] is None:
        return None
    names = {**state.fast_tier.names, "__name__": __name__, "free": free, "state": state}
    exec("\n".join(_source(count, bodies[0], bodies[1])), names)
    return names["make"]  # type: ignore[no-any-return]


def _body(prototype: Any, given: tuple[Known, ...]) -> list[str] | None:
    """The lines that compute the results of arguments of which that is known; None if some do more."""
    try:
        made = translation.translate(prototype, notes.Notes(), "many", None, given)
    except flow.Untranslatable:
        return None
    body = []
    for line in made.source.splitlines()[1:]:
        text = line.lstrip()
        is_kept = not any(text.startswith(f"r{number} = ") for number in range(len(given)))
        if not is_kept or not (text in _RESULTS or _is_plain(text)):
            return None
        body.append(line[: -len(text)] + _RESULTS.get(text, text))
    return body


def _is_plain(line: str) -> bool:
    """Whether a line computes numbers of numbers, or tells what to compute."""
    if any(each in line for each in _STRANGE):
        return False
    return all(name in _NAMES or _REGISTER.fullmatch(name) for name in _NAME.findall(line))


def _source(count: int, of_small: list[str], of_numbers: list[str]) -> Iterator[str]:
    names = [f"r{number}" for number in range(count)]
    large = [f"{name} > {SMALL_INTEGER} or {name} < -{SMALL_INTEGER}" for name in names]
    is_small = " and ".join([*(f"{name}.__class__ is int" for name in names), f"not ({' or '.join(large)})"])
    is_number = " and ".join(
        f"({name}.__class__ is float or {name}.__class__ is int and not ({is_large}))"
        for name, is_large in zip(names, large, strict=True)
    )
    yield "def make(general):"
    yield f" def {FORMULA}({''.join(f'{name}=None, ' for name in names)}/, *more):"
    yield "  if free and state.is_unwatched and not more:"
    for start, condition, body in (("if", is_small, of_small), ("elif", is_number, of_numbers)):
        yield f"   {start} {condition}:"
        yield "    try:"
        yield from ("    " + line for line in body)
        yield "    except Exception: pass"
    yield f"  return general({', '.join(names)}, *more)"
    yield f" return {FORMULA}"
