"""SELF as Python: the method is a name where it is watched, else it is looked for where it was found before.

SELF 4 1 "sum"       if r1.metatable is not W0: raise HandOver       r4 is v256, r5 is r1
               or    t = r1.metatable.__index.sum if not hasattr(r1, 'sum') else None
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import Final
from pylua.jit import kinds, notes
from pylua.jit.lowering import Lowering, Writer
from pylua.jit.names import NONE, PLAIN, SHARED, attribute_kind
from pylua.jit.table_code import field_text, level_of
from pylua.jit.watch_code import name_of_text_method, take_method
from pylua.jit.wishes import TEXT
from pylua.vm import decoding

__all__ = ["METHOD_WRITERS"]


def _get_method(code: Lowering, dest: int, receiver: int, key: str) -> None:
    """The receiver goes to dest + 1; the method was found at a depth of the `__index` chain before."""
    target, literal = code.register(receiver), code.literals.get(receiver)
    seen = code.seen()
    depth = notes.depth_of(seen) if level_of(code) == 0 else None
    place: str | None = "t"
    if depth and (place := take_method(code, target, key)) is not None:
        pass
    elif depth is not None and attribute_kind(key) != NONE:
        _find_method(code, target, key, depth)
    elif notes.kinds_of(seen)[0] == notes.STRING and level_of(code) == 0:
        if code.knows(receiver)[0] != kinds.STRING:
            code.wish(TEXT, receiver)
            code.emit(f"if {target}.__class__ is not str: raise HandOver")
        place = name_of_text_method(code, key)
        if place is None:
            found = f".{key}" if attribute_kind(key) == PLAIN else f".hash_part[{key!r}]"
            code.emit(f"t = types.string.__index{found}")
            code.emit("if t is None: raise HandOver")
        code.find_out(receiver, kinds.SOME_STRING)
    else:
        code.barrier()
        found = f"index_object({target}, {key!r}, True)"
        code.emit(f"t = {found if notes.kinds_of(seen)[0] == notes.OTHER else f'index({target}, {key!r})'}")
    code.assign(dest + 1, target, code.knows(receiver))
    code.assign(dest, place or "t", kinds.ANYTHING)
    if place in code.constants:
        code.things[dest] = code.constants[place]
    if literal.__class__ is str:
        code.literals[dest + 1] = literal


def _find_method(code: Lowering, target: str, key: str, depth: int) -> None:
    receiver = code.code[code.pc][2]
    if depth == 0:
        code.emit(f"t = {field_text(target, key, code.is_table(receiver), code)}")
        code.emit("if t is None: raise HandOver")
        code.learn_table(receiver)
        return
    place, conditions = target, []
    for _ in range(depth):
        is_own = place is target and attribute_kind(key) == PLAIN  # a shaped table keeps its shape
        conditions.append(f"not hasattr({place}, {key!r})" if is_own else f"{key!r} not in {place}.hash_part")
        place += ".metatable.__index"
    found = f"{place}.{key}" if attribute_kind(key) != SHARED else f"{place}.hash_part[{key!r}]"
    code.emit(f"t = {found} if {' and '.join(conditions)} else None")
    code.emit("if t is None: raise HandOver")
    code.learn_table(receiver)


def _get_method_by_register(code: Lowering, dest: int, receiver: int, key: int) -> None:
    target = code.register(receiver)
    code.barrier()
    code.emit(f"t = index({target}, {code.register(key)})")
    code.assign(dest + 1, target, code.knows(receiver))
    code.assign(dest, "t", kinds.ANYTHING)


METHOD_WRITERS: Final[dict[int, Writer]] = {
    Op.SELF: _get_method,
    decoding.SELF_R: _get_method_by_register,
}
