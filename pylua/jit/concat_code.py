"""Concatenation as Python, by what is known and was seen of the operands.

strings                        r2 = r2 + r3 + r4
strings and integers           r2 = f"{r2}{r3 if r3.__class__ in TEXTS else text(r3)}"
tables, two operands           t = r2.metatable.__concat …                  (see metamethod_code)
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING, Any
from pylua.jit import kinds, notes
from pylua.jit.kinds import INT
from pylua.jit.metamethod_code import write_concat
from pylua.vm.garbage import STRING_SIZE

if TYPE_CHECKING:
    from pylua.jit.lowering import Lowering

__all__ = ["concat"]


def concat(code: Lowering, dest: int, count: int, _: Any) -> None:
    """Writes a CONCAT of registers from `dest` on."""
    code.allocate(STRING_SIZE * 4)
    if count == 2 and write_concat(code, dest):
        return
    parts = range(dest, dest + count)
    if code.level() > 0 or notes.kinds_of(code.seen())[0] & ~(notes.STRING | notes.INT | notes.FLOAT):
        code.assign(dest, f"concat({code.registers(dest, dest + count)})", kinds.ANYTHING)
        return
    is_text = [code.knows(number)[0] == kinds.STRING for number in parts]
    if (any(is_text) and notes.kinds_of(code.seen())[0] == notes.STRING) or all(is_text):
        code.assign(dest, " + ".join(code.register(number) for number in parts), kinds.SOME_STRING)
        return
    pieces = []
    for number in parts:
        text, known = code.register(number), code.knows(number)
        if known[0] in (kinds.STRING, INT):
            pieces.append(f"{{{text}}}")
        elif notes.kinds_of(code.seen())[0] & notes.INT:
            pieces.append(f"{{{text} if {text}.__class__ in TEXTS else text({text})}}")
        else:
            pieces.append(f"{{{text} if {text}.__class__ is str else text({text})}}")
    code.assign(dest, 'f"' + "".join(pieces) + '"', kinds.SOME_STRING)
