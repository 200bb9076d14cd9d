"""Calls of natives that were prepared for a constant argument: a call comes in, lines of Python go out.

    string.find(s, "[,;]", i)       if r2.__class__ is str and 0 < r4 <= len(r2):
                                        r1 = r4 if r2[r4 - 1] in K1 else K0(r2, r4 - 1)
                                    else: r1 = r1.one(r2, ',', r4)
    return s:match("^(%a+)=(.*)")   if r0.__class__ is str: return K0(r0, 0)
                                    else: return r2.many(r0, '^(%a+)=(.*)')

The pattern is looked up once, here; what is called is written for it and for the number of results
(NativeFunction.prepare).
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING
from pylua.jit import kinds
from pylua.jit.intrinsics import INTRINSICS
from pylua.vm.garbage import RESULT_SIZE

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering
    from pylua.values.functions import Prepared

__all__ = ["prepared_call"]


def prepared_call(code: Lowering, function: int, end: int, wanted: int) -> tuple[str, str, str] | None:
    """Condition, value if it holds, and the call in general, of a call at `code.pc` that was prepared.

    The values are the first result if `wanted` is 1, else all of them as functions give them.
    """
    made = _prepared(code, function, end, wanted)
    if made is None:
        return None
    code.allocate(RESULT_SIZE)
    callee, subject, first = (code.register(function + at) for at in (0, 1, 3))
    is_string = [] if code.knows(function + 1)[0] == kinds.STRING else [f"{subject}.__class__ is str"]
    call = code.constant_object(made.call)
    if end - function == 3:
        value, bounds = f"{call}({subject}, 0)", []
    else:
        value, bounds = f"{call}({subject}, {first} - 1)", [f"0 < {first} <= len({subject}) + 1"]
        if made.sure:
            sure = code.constant_object(made.sure)
            value, bounds = f"{first} if {subject}[{first} - 1] in {sure} else {value}", [bounds[0][:-4]]
    form = "one" if wanted == 1 else "many"
    arguments = code.registers(function + 1, end)
    return " and ".join(is_string + bounds) or "True", value, f"{callee}.{form}({arguments})"


def _prepared(code: Lowering, function: int, end: int, wanted: int) -> Prepared | None:
    pattern = code.literals.get(function + 2)
    prepare = code.notes.preparers.get(code.pc)
    if prepare is None or code.notes.natives.get(code.pc) not in INTRINSICS or code.level() > 0:
        return None
    return prepare(pattern, wanted) if isinstance(pattern, str) and end - function in (3, 4) else None
