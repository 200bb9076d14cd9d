"""What functions return and capture, as Python: returns, closures, variables that closures share, varargs.

RETURN 2 4             return (r2, r3)
CLOSURE 4 0            t = (P0.fast_class or LuaFunction)(); t.prototype = P0; t.upvalues = [c1, u0]; r4 = t
VARARG 5 2             r5, r6 = adjust(va, 2)
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.bytecode.prototype import Prototype
from pylua.hints import Any, Final
from pylua.jit import kinds
from pylua.jit.kinds import ANYTHING
from pylua.jit.lowering import Lowering, Writer
from pylua.jit.table_code import open_list
from pylua.vm import decoding
from pylua.vm.constancy import final_upvalues
from pylua.vm.garbage import CLOSURE_SIZE

__all__ = ["CLOSURE_WRITERS"]

# --- returns ------------------------------------------------------------------------------------


def _return(code: Lowering, first: int, end: int | None, _: Any) -> None:
    if end is None:
        _return_open(code, first)
    elif end == first:
        _return_none(code, first, None, None)
    elif code.single or end - first == 1:
        code.emit(f"return {code.register(first)}")
    else:
        code.emit(f"return ({code.registers(first, end)})")


def _return_open(code: Lowering, first: int) -> None:
    start, is_tuple = code.open_results
    if code.single:
        if start > first:
            code.emit(f"return {code.register(first)}")
        else:
            code.emit("return top if top.__class__ is not tuple else top[0] if top else None")
    elif start > first:
        code.emit(f"return ({open_list(code, first)},)")
    else:
        code.emit("return top if len(top) != 1 else top[0]" if is_tuple else "return top")


def _return_one(code: Lowering, source: int, b: Any, c: Any) -> None:
    code.emit(f"return {code.register(source)}")


def _return_none(code: Lowering, a: int, b: Any, c: Any) -> None:
    code.emit("return None" if code.single else "return ()")


# --- closures, varargs, loops' preparation -------------------------------------------------------


def _closure(code: Lowering, dest: int, prototype: Prototype, _: Any) -> None:
    captured = [
        f"c{source.index}" if source.in_stack else code.upvalue(source.index) for source in prototype.upvalues
    ]
    code.allocate(CLOSURE_SIZE)
    final_upvalues(prototype)  # found while the function around it is alive
    number = next(at for at, nested in enumerate(code.prototype.prototypes) if nested is prototype)
    code.emit(f"t = (P{number}.fast_class or LuaFunction)()")
    code.emit(f"t.prototype = P{number}")
    code.emit(f"t.upvalues = [{', '.join(captured)}]")
    code.emit(f"if not P{number}.has_several: count_closure(P{number}, t)")
    code.assign(dest, "t", kinds.SOME_FUNCTION)


def _close(code: Lowering, first: int, b: Any, c: Any) -> None:
    """Variables that closures share get new boxes for the next time they are declared."""
    for number in sorted(code.captured):
        if number >= first:
            code.emit(f"t = c{number}; c{number} = Upvalue(); c{number}.value = t.value")


def _vararg(code: Lowering, dest: int, count: int, _: Any) -> None:
    if count:
        comma = "," if count == 1 else ""
        code.emit(f"{code.registers(dest, dest + count)}{comma} = adjust(va, {count})")
    for number in range(dest, dest + count):
        code.learn(number, ANYTHING)


def _vararg_open(code: Lowering, dest: int, b: Any, c: Any) -> None:
    code.emit("top = va")
    code.open_results = (dest, True)


def _check_closing_value(code: Lowering, base: int, b: Any, c: Any) -> None:
    if code.knows(base + 3)[0] != kinds.NIL:
        code.emit(f"if {code.register(base + 3)} is not None: raise HandOver")


def _leave_to_vm(code: Lowering, a: Any, b: Any, c: Any) -> None:
    code.emit("raise HandOver")


CLOSURE_WRITERS: Final[dict[int, Writer]] = {
    Op.RETURN: _return,
    decoding.RETURN_CLOSE: _return,
    Op.RETURN1: _return_one,
    Op.RETURN0: _return_none,
    Op.CLOSURE: _closure,
    Op.CLOSE: _close,
    Op.VARARG: _vararg,
    decoding.VARARG_OPEN: _vararg_open,
    Op.TFORPREP: _check_closing_value,
    Op.TBC: _leave_to_vm,
}
