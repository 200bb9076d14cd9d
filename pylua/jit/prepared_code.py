"""Calls of natives that were prepared for a constant argument: a call comes in, lines of Python go out.

    string.find(s, "[,;]", i)       if r2.__class__ is str and r4 > 0 and r4 <= len(r2):
                                        r1 = r4 if r2[r4 - 1] in K1 else K0(r2, r4 - 1)
                                    else: r1 = r1.one(r2, ',', r4)
    return s:match("^(%a+)=(.*)")   if r0.__class__ is str: return K0(r0, 0)
                                    else: return r2.many(r0, '^(%a+)=(.*)')

The pattern is looked up once, here; what is called is written for it and for the number of results
(NativeFunction.prepare).
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Final
from pylua.jit import kinds
from pylua.jit.intrinsics import INTRINSICS
from pylua.values.records import record
from pylua.vm.garbage import RESULT_SIZE

if TYPE_CHECKING:
    from pylua.jit.kinds import Known
    from pylua.jit.lowering import Lowering
    from pylua.values.functions import Prepared

__all__ = ["PreparedCall", "prepared_call"]

_KNOWN: Final = {
    (str,): kinds.SOME_STRING,
    (int, type(None)): (kinds.INT | kinds.NIL, 0, 1 << 53),
}


@record(frozen=True)
class PreparedCall:
    """A call that was prepared: if `condition` holds (empty: always), `value` is the result, else `call`'s.

    That is the first result if one is wanted, else all of them as functions give them. `known` is what
    is known of the first result. `is_pure`: no Lua code is called.
    """

    condition: str
    value: str
    call: str
    known: Known
    is_pure: bool


def prepared_call(code: Lowering, function: int, end: int, wanted: int) -> PreparedCall | None:
    """The call at `code.pc`, if it was prepared."""
    made = _prepared(code, function, end, wanted)
    if made is None or (end - function == 3 and code.notes.natives[code.pc] == "string.gsub"):
        return None
    code.allocate(RESULT_SIZE)
    callee, subject = code.register(function), code.register(function + 1)
    first = code.register(function + 3) if end - function == 4 else ""
    if_positive = kinds.if_positive(first, code.knows(function + 3)) if first else ""
    conditions = [] if code.knows(function + 1)[0] == kinds.STRING else [f"{subject}.__class__ is str"]
    call = code.constant_object(made.call)
    if code.notes.natives[code.pc] == "string.gsub":
        value = f"{call}({subject}, {first})"
    elif end - function == 3:
        value = f"{call}({subject}, 0)"
    elif made.sure:
        sure = code.constant_object(made.sure)
        value = f"{first} if {subject}[{first} - 1] in {sure} else {call}({subject}, {first} - 1)"
        conditions.append(f"{if_positive}{first} <= len({subject})")
    else:
        value = f"{call}({subject}, {first} - 1)"
        conditions.append(f"{if_positive}{first} <= len({subject}) + 1")
    form = "one" if wanted == 1 else "many"
    arguments = code.registers(function + 1, end)
    condition = " and ".join(conditions)
    known = _KNOWN.get(made.gives, kinds.ANYTHING)
    return PreparedCall(condition, value, f"{callee}.{form}({arguments})", known, made.is_pure)


def _prepared(code: Lowering, function: int, end: int, wanted: int) -> Prepared | None:
    pattern = code.literals.get(function + 2)
    prepare = code.notes.preparers.get(code.pc)
    if prepare is None or code.notes.natives.get(code.pc) not in INTRINSICS or code.level() > 0:
        return None
    return prepare(pattern, wanted) if isinstance(pattern, str) and end - function in (3, 4) else None
