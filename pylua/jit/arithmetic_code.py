"""Arithmetic as Python: operators in place where types allow, with the checks that are needed.

What is needed depends on what is known of the operands (kinds) and on what was seen (notes):

    both integers, result fits     r2 = r0 + r1
    an operand is a float          r2 = r0 + r1
    integers were seen             r2 = r0 + r1
                                   if not -1073741823 <= r2 <= 1073741823: r2 = fit(r2)
    floats were seen               r2 = r0 + r1
                                   if r2.__class__ is not float: raise HandOver
    tables were seen               t = r0.metatable.__add …                   (see metamethod_code)

A result within ± 2^30 is compared fastest by CPython (10 ns; asking the class of each operand
takes 18); `fit` lets floats and 64-bit integers pass. Operands of other types make Python raise.
"""

from __future__ import annotations

from pylua.bytecode.opcodes import Op
from pylua.hints import Any, Final, TypeAlias
from pylua.jit import kinds, notes
from pylua.jit.kinds import FLOAT, INT, NUMBER, Known, integer_between
from pylua.jit.lowering import Lowering, Writer
from pylua.jit.metamethod_code import write_arithmetic, write_unary
from pylua.jit.wishes import FLOATING, INTEGER
from pylua.values.integers import MAX_INTEGER, MIN_INTEGER, SMALL_INTEGER
from pylua.values.types import LuaValue

__all__ = ["ARITHMETIC_WRITERS"]

_EXACT: Final = 1 << 53
_ALL_BITS: Final = (1 << 64) - 1
_REFUSED: Final = kinds.NIL | kinds.BOOLEAN | kinds.TABLE | kinds.FUNCTION | kinds.PLAIN | kinds.GUARDED
"""What Python's operators refuse, so that the VM takes over there."""

_Operand: TypeAlias = tuple[str, Known]

_SYMBOLS: Final = {
    Op.ADD: "+", Op.SUB: "-", Op.MUL: "*", Op.MOD: "%", Op.IDIV: "//",
    Op.BAND: "&", Op.BOR: "|", Op.BXOR: "^",
}  # fmt: skip


def _register(code: Lowering, number: int) -> _Operand:
    """A register and what is known of it if the operator takes it."""
    mask, lowest, highest = code.knows(number)
    return code.register(number), (mask & ~_REFUSED or mask, lowest, highest)


def _constant(code: Lowering, value: LuaValue) -> _Operand:
    return code.constant(value), kinds.of_value(value)


# --- plus, minus, times -------------------------------------------------------------------------


def _combine(code: Lowering, dest: int, left: _Operand, right: _Operand, symbol: str) -> int:
    expression = f"{left[0]} {symbol} {right[0]}"
    left_mask, right_mask = left[1][0], right[1][0]
    if _are_numbers(code):
        code.sure.add(code.pc)
    elif _sees_objects(code):
        write_arithmetic(code, dest)
        return 2
    if left_mask == right_mask == INT:
        _integers(code, dest, left, right, symbol, expression)
    elif FLOAT in (left_mask, right_mask):
        code.assign(dest, expression, kinds.SOME_FLOAT)
    elif not (left_mask | right_mask) & ~NUMBER and _fits(left[1], right[1], symbol):
        lowest, highest = _bounds(left[1], right[1], symbol)
        code.assign(dest, expression, (NUMBER, lowest, highest))
    else:
        _speculate(code, dest, left, right, symbol, expression)
    for number in _operands(code):
        if number != dest:
            code.learn_number(number)
    return 2


def _operands(code: Lowering) -> tuple[int, ...]:
    """The registers that the instruction takes."""
    op, _, left, right = code.code[code.pc]
    return (left, right) if op in _SYMBOLS else (left,)


def _are_numbers(code: Lowering) -> bool:
    """Whether the registers surely hold numbers, so that the instruction cannot fail."""
    return not any(code.knows(number)[0] & ~NUMBER for number in _operands(code))


def _unbounded(code: Lowering) -> list[int]:
    """The instruction's registers that are not known to hold integers far from the bounds of 64 bits."""
    found = []
    for number in _operands(code):
        mask, lowest, highest = code.knows(number)
        if mask != INT or lowest < kinds.COUNTED_DOWN or highest > kinds.COUNTED_UP:
            found.append(number)
    return found


def _fits(left: Known, right: Known, symbol: str) -> bool:
    """Whether no result can leave 64 bits, if both are integers."""
    if not (left[0] & INT and right[0] & INT):
        return True
    lowest, highest = _bounds(left, right, symbol)
    return lowest >= MIN_INTEGER and highest <= MAX_INTEGER


def _integers(
    code: Lowering, dest: int, left: _Operand, right: _Operand, symbol: str, expression: str
) -> None:
    lowest, highest = _bounds(left[1], right[1], symbol)
    if lowest >= MIN_INTEGER and highest <= MAX_INTEGER:
        code.assign(dest, expression, (INT, lowest, highest))
        return
    code.wish(INTEGER, *_unbounded(code))
    place = code.target(dest, left[0], right[0])
    if lowest < 0 and _may_be_in_place(code, dest, place, left, right, symbol):
        _combine_in_place(code, dest, expression, (lowest, highest), symbol)
        code.learn(dest, kinds.SOME_INTEGER)
        return
    code.emit(f"{place} = {expression}")
    wraps = code.level() > 0
    code.emit(
        f"if {_is_doubtful(place, lowest, highest, symbol)}:"
        f" {place} = {'wrapped' if wraps else 'fit'}({place})"
    )
    code.settle(dest, place, kinds.SOME_INTEGER if wraps else integer_between(lowest, highest))


def _may_be_in_place(
    code: Lowering, dest: int, place: str, left: _Operand, right: _Operand, symbol: str
) -> bool:
    """Whether a result that replaces an operand may be checked there: no string can get there."""
    texts = (left[1][0] & kinds.STRING) + (right[1][0] & kinds.STRING)
    is_safe = symbol == "-" or texts == 0 or (symbol == "+" and texts < 2 * kinds.STRING)
    return is_safe and place == "t" and dest not in code.captured


def _combine_in_place(
    code: Lowering, dest: int, expression: str, bounds: tuple[int, int], symbol: str
) -> None:
    """The operands are gone when the result is checked: the check must not fail, so it calls nothing."""
    place = code.register(dest)
    code.emit(f"{place} = {expression}")
    doubt = f"{_is_large(place, *bounds, symbol)} and {_is_outside(place)}"
    code.emit(f"if {doubt} and {place}.__class__ is int: {place} = ({place} + HALF & ALL_BITS) - HALF")


def _is_doubtful(place: str, lowest: int, highest: int, symbol: str) -> str:
    """The condition under which a result between the bounds may have left 64 bits."""
    large = _is_large(place, lowest, highest, symbol)
    return f"{large} and {_is_outside(place)}" if symbol == "*" else large


def _is_outside(place: str) -> str:
    return f"not {MIN_INTEGER} <= {place} <= {MAX_INTEGER}"


def _is_large(place: str, lowest: int, highest: int, symbol: str) -> str:
    """Whether a result is no integer of one digit: only those are compared fast, in 8 ns."""
    too_low, too_high = f"{place} < {-SMALL_INTEGER}", f"{place} > {SMALL_INTEGER}"
    if symbol != "*" and lowest >= MIN_INTEGER:
        return too_high
    if symbol != "*" and highest <= MAX_INTEGER:
        return too_low
    return f"({too_high} or {too_low})"


def _bounds(left: Known, right: Known, symbol: str) -> tuple[int, int]:
    if symbol == "-":
        return kinds.stepped(left, -right[2], -right[1])
    if symbol == "+":
        counted, step = (left, right) if right[2] <= kinds.LARGEST_STEP else (right, left)
        return kinds.stepped(counted, *step[1:])
    products = [low * high for low in left[1:] for high in right[1:]]
    return min(products), max(products)


def _sees_objects(code: Lowering) -> bool:
    """Whether a metamethod, or a string's arithmetic, is what the instruction is about."""
    left, right = notes.kinds_of(code.seen())
    return bool((left | right) & (notes.TABLE | notes.OTHER | notes.STRING)) or code.level() > 1


def _speculate(
    code: Lowering, dest: int, left: _Operand, right: _Operand, symbol: str, expression: str
) -> None:
    seen_left, seen_right = notes.kinds_of(code.seen())
    if not (seen_left | seen_right) & ~notes.INT:
        code.wish(INTEGER, *_unbounded(code))
    place = code.target(dest, left[0], right[0])
    if (seen_left | seen_right) & ~notes.INT == 0 and _may_be_in_place(
        code, dest, place, left, right, symbol
    ):
        _combine_in_place(code, dest, expression, _bounds(left[1], right[1], symbol), symbol)
        code.learn(dest, kinds.SOME_NUMBER)
        return
    code.emit(f"{place} = {expression}")
    if notes.FLOAT in (seen_left, seen_right) and code.level() == 0:
        for number, seen in zip(_operands(code), (seen_left, seen_right), strict=False):
            if seen == notes.FLOAT:
                code.wish(FLOATING, number)
        code.emit(f"if {place}.__class__ is not float: raise HandOver")
        code.settle(dest, place, kinds.SOME_FLOAT)
        return
    is_mixed = (seen_left | seen_right) & notes.FLOAT
    doubt = _is_doubtful(place, *_bounds(left[1], right[1], symbol), symbol)
    condition = f"{place}.__class__ is not float and ({doubt})" if is_mixed else doubt
    function = "wrapped" if code.level() else "fit"
    code.emit(f"if {condition}: {place} = {function}({place})")
    code.settle(dest, place, kinds.SOME_NUMBER)


def _write_registers(code: Lowering, dest: int, left: int, right: int) -> int:
    symbol = _SYMBOLS[code.code[code.pc][0]]
    return _combine(code, dest, _register(code, left), _register(code, right), symbol)


def _write_constant(symbol: str) -> Writer:
    def write(code: Lowering, dest: int, left: int, right: LuaValue) -> int:
        return _combine(code, dest, _register(code, left), _constant(code, right), symbol)

    return write


# --- division, remainder, power -----------------------------------------------------------------


def _is_exact(known: Known) -> bool:
    return known[0] == INT and known[1] >= -_EXACT and known[2] <= _EXACT


def _divide(code: Lowering, dest: int, left: _Operand, right: _Operand) -> int:
    if _sees_objects(code):
        write_arithmetic(code, dest)
        return 2
    if code.level() > 0:
        code.assign(dest, f"divide({left[0]}, {right[0]})", kinds.SOME_FLOAT)
        return 2
    is_plain = FLOAT in (left[1][0], right[1][0]) or (_is_exact(left[1]) and _is_exact(right[1]))
    if is_plain and right[0][0].isdigit() and _are_numbers(code):
        code.sure.add(code.pc)
    text = f"{left[0]} / {right[0]}" if is_plain else f"{left[0]} * 1.0 / {right[0]}"
    code.assign(dest, text, kinds.SOME_FLOAT)
    return 2


def _modulo(code: Lowering, dest: int, left: _Operand, right: _Operand) -> int:
    _whole(code, dest, left, right, "%", "modulo", _modulo_range(right[1]))
    return 2


def _modulo_range(right: Known) -> Known:
    if right[1] > 0:
        return integer_between(0, right[2] - 1)
    return integer_between(min(right[1] + 1, 0), max(right[2] - 1, 0))


def _floor_divide(code: Lowering, dest: int, left: _Operand, right: _Operand) -> int:
    _whole(code, dest, left, right, "//", "floor_divide", _quotient_range(left[1], right[1]))
    return 2


def _quotient_range(left: Known, right: Known) -> Known:
    if right[1] > 0:
        quotients = [each // by for each in left[1:] for by in right[1:]]
        return integer_between(min(quotients), max(quotients))
    return kinds.SOME_INTEGER


def _whole(
    code: Lowering, dest: int, left: _Operand, right: _Operand, symbol: str, function: str, known: Known
) -> None:
    """`%` and `//` differ from Python's for floats only (and for the one quotient that overflows)."""
    plain = f"{left[0]} {symbol} {right[0]}"
    called = f"{function}({left[0]}, {right[0]})"
    overflows = symbol == "//" and right[1][1] <= -1 <= right[1][2]
    if _sees_objects(code):
        write_arithmetic(code, dest)
    elif overflows or FLOAT in (left[1][0], right[1][0]) or code.level() > 0:
        both_integers = left[1][0] == right[1][0] == INT
        code.assign(dest, called, known if both_integers else _number_like(left, right))
    elif left[1][0] == right[1][0] == INT:
        code.assign(dest, plain, known)
    else:
        if notes.kinds_of(code.seen())[0] == notes.INT:
            code.wish(INTEGER, *_unbounded(code))
        checks = [f"{text}.__class__ is int" for text, known_ in (left, right) if known_[0] != INT]
        code.assign(dest, f"{plain} if {' and '.join(checks)} else {called}", kinds.SOME_NUMBER)


def _number_like(left: _Operand, right: _Operand) -> Known:
    return kinds.SOME_FLOAT if FLOAT in (left[1][0], right[1][0]) else kinds.SOME_NUMBER


def _power(code: Lowering, dest: int, left: _Operand, right: _Operand) -> int:
    if _sees_objects(code):
        write_arithmetic(code, dest)
    elif right[0] in ("2", "2.0") and left[1][0] == FLOAT:
        code.assign(dest, f"{left[0]} * {left[0]}", kinds.SOME_FLOAT)
    elif right[0] in ("2", "2.0"):
        code.emit(f"t = {left[0]} * 1.0")
        code.assign(dest, "t * t", kinds.SOME_FLOAT)
    else:
        code.assign(dest, f"power({left[0]}, {right[0]})", kinds.SOME_FLOAT)
    return 2


def _of_registers(write: Any) -> Writer:
    return lambda code, dest, left, right: write(code, dest, _register(code, left), _register(code, right))


def _by_constant(write: Any) -> Writer:
    return lambda code, dest, left, right: write(code, dest, _register(code, left), _constant(code, right))


# --- one operand --------------------------------------------------------------------------------


def _negate(code: Lowering, dest: int, operand: int, _: Any) -> None:
    text, known = code.register(operand), code.knows(operand)
    if known[0] == FLOAT:
        code.assign(dest, f"-{text}", kinds.SOME_FLOAT)
    elif known[0] == INT and known[1] > MIN_INTEGER:
        code.assign(dest, f"-{text}", (INT, -known[2], -known[1]))
    elif code.seen() == notes.TABLE and code.level() == 0:
        write_unary(code, dest, operand, "__unm")
    elif code.seen() & (notes.TABLE | notes.OTHER | notes.STRING) or code.level() > 0:
        code.barrier()
        code.assign(dest, f"negative({text})", kinds.ANYTHING)
    else:
        place = code.target(dest, text)
        code.emit(f"{place} = -{text}")
        if code.seen() == notes.FLOAT:
            code.emit(f"if {place}.__class__ is not float: raise HandOver")
            code.settle(dest, place, kinds.SOME_FLOAT)
        else:
            code.emit(f"if {place} > {SMALL_INTEGER}: {place} = fit({place})")
            code.settle(dest, place, kinds.SOME_NUMBER)


# --- bits ---------------------------------------------------------------------------------------


def _bitwise(code: Lowering, dest: int, left: _Operand, right: _Operand, symbol: str, function: str) -> int:
    if code.level() > 0 or _sees_objects(code):
        if code.level() > 1 or _sees_objects(code):
            write_arithmetic(code, dest)
        else:
            code.assign(dest, f"{function}({left[0]}, {right[0]})", kinds.SOME_INTEGER)
        return 2
    code.assign(dest, f"{left[0]} {symbol} {right[0]}", _bits_range(left[1], right[1], symbol))
    return 2


def _bits_range(left: Known, right: Known, symbol: str) -> Known:
    bounds = [known[2] for known in (left, right) if known[0] == INT and known[1] >= 0]
    if symbol == "&":
        return integer_between(0, min(bounds)) if bounds else kinds.SOME_INTEGER
    if len(bounds) == 2:
        return integer_between(0, (1 << max(bounds).bit_length()) - 1)
    return kinds.SOME_INTEGER


_BIT_FUNCTIONS: Final = {"&": "bit_and", "|": "bit_or", "^": "bit_xor"}


def _bits_of_registers(code: Lowering, dest: int, left: int, right: int) -> int:
    symbol = _SYMBOLS[code.code[code.pc][0]]
    return _bitwise(code, dest, _register(code, left), _register(code, right), symbol, _BIT_FUNCTIONS[symbol])


def _bits_by_constant(symbol: str) -> Writer:
    def write(code: Lowering, dest: int, left: int, right: LuaValue) -> int:
        if type(right) is float and right.is_integer() and abs(right) < MAX_INTEGER:
            right = int(right)
        return _bitwise(
            code, dest, _register(code, left), _constant(code, right), symbol, _BIT_FUNCTIONS[symbol]
        )

    return write


def _bit_not(code: Lowering, dest: int, operand: int, _: Any) -> None:
    text, known = _register(code, operand)
    if code.level() > 0 or code.seen() & ~notes.INT:
        code.barrier()
        code.assign(dest, f"bit_not({text})", kinds.ANYTHING)
    elif known[0] == INT:
        code.assign(dest, f"~{text}", (INT, ~known[2], ~known[1]))
    else:
        code.assign(dest, f"~{text}", kinds.SOME_INTEGER)


def _shift_by(code: Lowering, dest: int, operand: int, right: int) -> int:
    """R[operand] >> right; to the left if negative."""
    text, known = _register(code, operand)
    if code.level() > 0 or _sees_objects(code) or not -64 < right < 64:
        _shift_slowly(code, dest, "shift_right", text, str(right))
    elif right < 0:
        _shift_left(code, dest, text, known, -right)
    elif known[0] == INT and known[1] >= 0:
        code.assign(dest, f"{text} >> {right}", (INT, known[1] >> right, known[2] >> right))
    elif right == 0:
        code.assign(dest, f"{text} >> 0", kinds.SOME_INTEGER)
    else:
        code.assign(dest, f"({text} & {_ALL_BITS}) >> {right}", (INT, 0, _ALL_BITS >> right))
    return 2


def _shift_left(code: Lowering, dest: int, text: str, known: Known, by: int) -> None:
    if known[0] == INT and known[1] << by >= MIN_INTEGER and known[2] << by <= MAX_INTEGER:
        code.assign(dest, f"{text} << {by}", (INT, known[1] << by, known[2] << by))
        return
    code.emit(f"t = {text} << {by} & {_ALL_BITS}")
    code.assign(dest, f"t if t <= {MAX_INTEGER} else t - {_ALL_BITS + 1}", kinds.SOME_INTEGER)


def _shift_slowly(code: Lowering, dest: int, function: str, left: str, right: str) -> None:
    if code.level() > 1 or _sees_objects(code):
        write_arithmetic(code, dest)
    else:
        code.assign(dest, f"{function}({left}, {right})", kinds.SOME_INTEGER)


def _shift_constant(code: Lowering, dest: int, operand: int, left: int) -> int:
    """left << R[operand]."""
    _shift_slowly(code, dest, "shift_left", str(left) if left >= 0 else f"({left})", code.register(operand))
    return 2


def _shift_registers(function: str) -> Writer:
    def write(code: Lowering, dest: int, left: int, right: int) -> int:
        (text, known), (by, amount) = _register(code, left), _register(code, right)
        fits = amount[0] == INT and amount[1] >= 0 and amount[2] < 64 and not _sees_objects(code)
        if function == "shift_right" and fits and known[0] == INT and known[1] >= 0:
            code.assign(dest, f"{text} >> {by}", (INT, 0, known[2]))
        else:
            _shift_slowly(code, dest, function, text, by)
        return 2

    return write


ARITHMETIC_WRITERS: Final[dict[int, Writer]] = {
    Op.ADD: _write_registers,
    Op.SUB: _write_registers,
    Op.MUL: _write_registers,
    Op.ADDI: _write_constant("+"),
    Op.ADDK: _write_constant("+"),
    Op.SUBK: _write_constant("-"),
    Op.MULK: _write_constant("*"),
    Op.DIV: _of_registers(_divide),
    Op.DIVK: _by_constant(_divide),
    Op.MOD: _of_registers(_modulo),
    Op.MODK: _by_constant(_modulo),
    Op.IDIV: _of_registers(_floor_divide),
    Op.IDIVK: _by_constant(_floor_divide),
    Op.POW: _of_registers(_power),
    Op.POWK: _by_constant(_power),
    Op.UNM: _negate,
    Op.BAND: _bits_of_registers,
    Op.BOR: _bits_of_registers,
    Op.BXOR: _bits_of_registers,
    Op.BANDK: _bits_by_constant("&"),
    Op.BORK: _bits_by_constant("|"),
    Op.BXORK: _bits_by_constant("^"),
    Op.BNOT: _bit_not,
    Op.SHRI: _shift_by,
    Op.SHLI: _shift_constant,
    Op.SHL: _shift_registers("shift_left"),
    Op.SHR: _shift_registers("shift_right"),
}
