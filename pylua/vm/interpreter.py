"""The loop that runs instructions: the State's running thread in, a Python caller's results out.

`execute()` is one long function on purpose: locals are the fastest registers that CPython
has, and a call per instruction would double the cost. It keeps in locals what the current
Frame is made of (code, registers, upvalues, pc) and writes `frame.pc` before anything that
could look at it. Each branch ends in `continue`; falling out of the tree means "call
`callee` with `args`, deliver to `dest` as `wanted`", the section at the end of the loop.

The tree of opcodes is balanced by hand: three or four comparisons find a group of the
instruction table, the rest goes by frequency within it.
"""

from __future__ import annotations

from collections.abc import Callable

from pylua.bytecode.opcodes import Op
from pylua.errors import OperationError, Unhide
from pylua.hints import TYPE_CHECKING, Final
from pylua.values.arithmetic import (
    divide,
    floor_divide,
    modulo,
    power,
    shift_left,
    shift_right,
    to_integer,
)
from pylua.values.functions import (
    LuaFunction,
    NativeFunction,
    OpenUpvalue,
    Upvalue,
    new_final_upvalue,
    new_function,
)
from pylua.values.integers import wrap
from pylua.values.late import late_module
from pylua.values.metamethods import EVENTS
from pylua.values.table import NOTHING, Table
from pylua.values.types import FALSE, TRUE, LuaValue
from pylua.values.watching import TELLING
from pylua.vm.budget import COUNTING, SPECIALLY_COUNTED
from pylua.vm.calls import (
    HIGH_STACK,
    AfterUnwinding,
    base_of,
    begin,
    called_through,
    close_upvalues,
    close_variables,
    concat_registers,
    deliver,
    enter_lua,
    mark_to_be_closed,
)
from pylua.vm.decoding import (
    CALL_OPEN,
    RETURN_CLOSE,
    SELF_R,
    SETFIELD_K,
    SETI_K,
    SETTABLE_K,
    SETTABUP_K,
    TAILCALL_OPEN,
    VARARG_OPEN,
)
from pylua.vm.garbage import (
    CLOSURE_SIZE,
    COLLECTION_DUE,
    RESULT_SIZE,
    STRING_SIZE,
    TABLE_SIZE,
    collect_between_instructions,
)
from pylua.vm.loops import prepare_loop
from pylua.vm.operators import (
    NUMERIC,
    PENDING,
    PRIMITIVE,
    find_equals,
    find_index,
    find_length,
    find_less,
    find_set_field,
    find_set_index,
    metamethod,
    to_bits,
)
from pylua.vm.thread import CONCAT, METAMETHOD, NEWINDEX, OPEN, TEST, Frame
from pylua.vm.throwing import FAULTS, throw

if TYPE_CHECKING:
    from pylua.vm import constancy, faults
    from pylua.vm.state import State
else:
    constancy = late_module("pylua.vm.constancy")
    faults = late_module("pylua.vm.faults")

__all__ = ["execute"]

MAX: Final = (1 << 63) - 1
MIN: Final = -(1 << 63)

(
    MOVE, LOADI, LOADF, LOADK, LOADKX, LOADFALSE, LFALSESKIP, LOADTRUE, LOADNIL, GETUPVAL,
    SETUPVAL, GETTABUP, GETTABLE, GETI, GETFIELD, SETTABUP, SETTABLE, SETI, SETFIELD, NEWTABLE,
    SELF, ADDI, ADDK, SUBK, MULK, MODK, POWK, DIVK, IDIVK, BANDK,
    BORK, BXORK, SHRI, SHLI, ADD, SUB, MUL, MOD, POW, DIV,
    IDIV, BAND, BOR, BXOR, SHL, SHR, MMBIN, MMBINI, MMBINK, UNM,
    BNOT, NOT, LEN, CONCAT_OP, CLOSE_OP, TBC, JMP, EQ, LT, LE,
    EQK, EQI, LTI, LEI, GTI, GEI, TEST_OP, TESTSET, CALL, TAILCALL,
    RETURN, RETURN0, RETURN1, FORLOOP, FORPREP, TFORPREP, TFORCALL, TFORLOOP, SETLIST, CLOSURE,
    VARARG, VARARGPREP, EXTRAARG,
) = range(83)  # fmt: skip
assert (MOVE, NEWTABLE, SHLI, CONCAT_OP, TESTSET, EXTRAARG) == (
    Op.MOVE, Op.NEWTABLE, Op.SHLI, Op.CONCAT, Op.TESTSET, Op.EXTRAARG,
)  # fmt: skip


def execute(state: State, first: Callable[[State], None], is_nested: bool = False) -> list[LuaValue]:
    """Does `first`, runs the running thread until its innermost Python caller gets its results.

    Raises LuaError when no protected call within reach takes an error. `is_nested`: fast code
    below hides frames; what needs them is left to the VM below by Unhide.
    """
    # What has been done must not live on: it may be the last to refer to Lua objects.
    task: Callable[[State], None] | None = first
    del first
    while True:
        try:
            due, task = task, None
            if due is not None:
                due(state)
                due = None
            results = _run(state)
            if results is not COLLECTION_DUE:
                return results
            task = collect_between_instructions
        except AfterUnwinding as request:
            task = request.finisher()
        except Unhide as request:
            if is_nested:
                request.has_left_vm = True
                raise
            task = state.fast_tier.unhide(request)
        except FAULTS as error:
            try:
                throw(state, error)
            except AfterUnwinding as request:
                task = request.finisher()
        if is_nested and task is not None:
            raise Unhide(task=task)


def _run(state: State) -> list[LuaValue]:
    """Runs from the state as it is until results for a Python caller are there.

    COLLECTION_DUE instead of results: a collection is to be made between two instructions,
    when this function's locals are gone, which would keep dead objects alive.
    """
    callee: LuaValue
    args: list[LuaValue]
    while True:
        if state.results is not None:
            final, state.results = state.results, None
            return final
        thread = state.thread
        frames = thread.frames
        frame = frames[-1]
        assert type(frame) is Frame
        collector = state.collector
        cell = state.budget.cell
        tier = state.fast_tier
        function = frame.function
        upvalues = function.upvalues
        code = frame.code
        regs = frame.registers
        pc = frame.pc
        trap = thread.hook is not None or state.watching
        while True:
            if trap:
                if (
                    trap is COUNTING
                    and cell[0] > 0
                    and code[pc][0] not in SPECIALLY_COUNTED
                    and thread.unobserved is None
                ):
                    cell[0] -= 1
                else:
                    frame.pc = pc
                    state.observe(thread, frame, pc)
                    pc = frame.pc
                    trap = thread.hook is not None or state.watching
            op, a, b, c = code[pc]
            pc += 1
            if op < 34:
                if op < 15:
                    if op == MOVE:
                        regs[a] = regs[b]
                        continue
                    if op == LOADK:
                        regs[a] = b
                        continue
                    if op == GETFIELD:
                        table = regs[b]
                        if type(table) is Table:
                            value = table.hash_part.get(c)
                            if value is not None or table.metatable is None:
                                regs[a] = value
                                continue
                        frame.pc = pc
                        value = find_index(state, table, c)
                        if value is not PENDING:
                            regs[a] = value
                            continue
                        callee, args = state.pending
                        dest, wanted = a, METAMETHOD
                    elif op == GETTABUP:
                        table = upvalues[b].value
                        if type(table) is Table:
                            value = table.hash_part.get(c)
                            if value is not None or table.metatable is None:
                                regs[a] = value
                                continue
                        frame.pc = pc
                        value = find_index(state, table, c)
                        if value is not PENDING:
                            regs[a] = value
                            continue
                        callee, args = state.pending
                        dest, wanted = a, METAMETHOD
                    elif op in (GETTABLE, GETI):
                        table = regs[b]
                        key = regs[c] if op == GETTABLE else c
                        if type(table) is Table:
                            if type(key) is int:
                                array = table.array_part
                                value = array[key] if 0 < key < len(array) else table.hash_part.get(key)
                            else:
                                value = table.hash_part.get(key) if type(key) is str else table.raw_get(key)
                            if value is not None or table.metatable is None:
                                regs[a] = value
                                continue
                        frame.pc = pc
                        value = find_index(state, table, key)
                        if value is not PENDING:
                            regs[a] = value
                            continue
                        callee, args = state.pending
                        dest, wanted = a, METAMETHOD
                    elif op == GETUPVAL:
                        regs[a] = upvalues[b].value
                        continue
                    elif op == SETUPVAL:
                        upvalues[b].value = regs[a]
                        continue
                    elif op == LOADNIL:
                        for index in range(a, a + b + 1):
                            regs[index] = None
                        continue
                    elif op == LOADTRUE:
                        regs[a] = TRUE
                        continue
                    elif op == LOADFALSE:
                        regs[a] = FALSE
                        continue
                    elif op == LFALSESKIP:
                        regs[a] = FALSE
                        pc += 1
                        continue
                    elif op == LOADKX:
                        regs[a] = b
                        pc += 1
                        continue
                    else:
                        raise AssertionError(f"opcode {op} is not decoded")
                elif op < 21:
                    if op == SETFIELD:
                        table = regs[a]
                        value = regs[c]
                        if (
                            type(table) is Table
                            and value is not None
                            and table.hash_part.get(b) is not None
                            and b not in TELLING
                        ):
                            table.hash_part[b] = value
                            continue
                        key = b
                    elif op in (SETTABLE, SETI):
                        table = regs[a]
                        value = regs[c]
                        key = regs[b] if op == SETTABLE else b
                        if type(table) is Table and type(key) is int and table.metatable is None:
                            array = table.array_part
                            if 0 < key < len(array) and value is not None:
                                array[key] = value
                            else:
                                table.raw_set_integer(key, value)
                            continue
                    elif op == SELF:
                        table = regs[b]
                        key = c
                        regs[a + 1] = table
                        if type(table) is Table:
                            value = table.hash_part.get(key)
                            if value is not None or table.metatable is None:
                                regs[a] = value
                                continue
                        frame.pc = pc
                        value = find_index(state, table, key)
                        if value is not PENDING:
                            regs[a] = value
                            continue
                        callee, args = state.pending
                        dest, wanted = a, METAMETHOD
                    elif op == NEWTABLE:
                        regs[a] = table = Table()
                        table.array_part = NOTHING
                        table.hash_part = table.__dict__ = {}
                        table.metatable = None
                        pc += 1
                        debt = collector.debt = collector.debt + TABLE_SIZE
                        if debt > 0:
                            frame.pc = pc
                            collector.first_dead = a + 1
                            return COLLECTION_DUE
                        continue
                    else:  # SETTABUP
                        table = upvalues[a].value
                        value = regs[c]
                        key = b
                        if (
                            type(table) is Table
                            and value is not None
                            and table.hash_part.get(key) is not None
                            and key not in TELLING
                        ):
                            table.hash_part[key] = value
                            continue
                    if op != SELF:
                        frame.pc = pc
                        find_set = find_set_index if op in (SETTABLE, SETI) else find_set_field
                        if find_set(state, table, key, value) is not PENDING:
                            continue
                        callee, args = state.pending
                        dest, wanted = 0, NEWINDEX
                elif op in (ADDI, ADDK):
                    left = regs[b]
                    if type(left) in NUMERIC:
                        value = left + c
                        regs[a] = value if type(value) is float or MIN <= value <= MAX else wrap(value)
                        pc += 1
                    continue
                elif op == SUBK:
                    left = regs[b]
                    if type(left) in NUMERIC:
                        value = left - c
                        regs[a] = value if type(value) is float or MIN <= value <= MAX else wrap(value)
                        pc += 1
                    continue
                elif op == MULK:
                    left = regs[b]
                    if type(left) in NUMERIC:
                        value = left * c
                        regs[a] = value if type(value) is float or MIN <= value <= MAX else wrap(value)
                        pc += 1
                    continue
                elif op == MODK:
                    left = regs[b]
                    if type(left) is int and type(c) is int and c:
                        regs[a] = left % c
                        pc += 1
                    elif type(left) in NUMERIC:
                        frame.pc = pc
                        regs[a] = modulo(left, c)
                        pc += 1
                    continue
                elif op == DIVK:
                    left = regs[b]
                    if type(left) in NUMERIC:
                        regs[a] = divide(left, c)
                        pc += 1
                    continue
                elif op == IDIVK:
                    left = regs[b]
                    if type(left) in NUMERIC:
                        frame.pc = pc
                        regs[a] = floor_divide(left, c)
                        pc += 1
                    continue
                elif op == POWK:
                    left = regs[b]
                    if type(left) in NUMERIC:
                        regs[a] = power(left, c)
                        pc += 1
                    continue
                elif op == SHRI:
                    left = regs[b]
                    if type(left) is not int:
                        left = to_bits(left)
                    if left is not None:
                        regs[a] = shift_right(left, c)
                        pc += 1
                    continue
                elif op == SHLI:
                    right = regs[b]
                    if type(right) is not int:
                        right = to_bits(right)
                    if right is not None:
                        regs[a] = shift_left(c, right)
                        pc += 1
                    continue
                else:  # BANDK, BORK, BXORK
                    left = regs[b]
                    if type(left) is not int:
                        left = to_bits(left)
                    if left is not None:
                        right = to_integer(c)
                        if op == BANDK:
                            regs[a] = left & right
                        elif op == BORK:
                            regs[a] = left | right
                        else:
                            regs[a] = left ^ right
                        pc += 1
                    continue
            elif op < 57:
                if op < 46:
                    left = regs[b]
                    right = regs[c]
                    if op < 37:
                        if type(left) in NUMERIC and type(right) in NUMERIC:
                            if op == ADD:
                                value = left + right
                            elif op == SUB:
                                value = left - right
                            else:
                                value = left * right
                            regs[a] = value if type(value) is float or MIN <= value <= MAX else wrap(value)
                            pc += 1
                        continue
                    if op == DIV:
                        if type(left) in NUMERIC and type(right) in NUMERIC:
                            # Integers become floats first: Python's own int / int is more exact.
                            regs[a] = left * 1.0 / right if right else divide(left, right)
                            pc += 1
                        continue
                    if op < 41:
                        if type(left) in NUMERIC and type(right) in NUMERIC:
                            frame.pc = pc
                            if op == MOD:
                                regs[a] = modulo(left, right)
                            elif op == IDIV:
                                regs[a] = floor_divide(left, right)
                            else:
                                regs[a] = power(left, right)
                            pc += 1
                        continue
                    if type(left) is not int:
                        left = to_bits(left)
                    if type(right) is not int:
                        right = to_bits(right)
                    if left is not None and right is not None:
                        if op == BAND:
                            regs[a] = left & right
                        elif op == BOR:
                            regs[a] = left | right
                        elif op == BXOR:
                            regs[a] = left ^ right
                        elif op == SHL:
                            regs[a] = shift_left(left, right)
                        else:
                            regs[a] = shift_right(left, right)
                        pc += 1
                    continue
                if op == JMP:
                    if a < pc and tier is not None and tier.is_loop_hot():
                        frame.pc = a
                        if tier.enter_loop(frame, a):
                            break
                        trap = thread.hook is not None or state.watching
                    pc = a
                    continue
                if op == NOT:
                    value = regs[b]
                    regs[a] = TRUE if value is None or value is FALSE else FALSE
                    continue
                if op == LEN:
                    value = regs[b]
                    if type(value) is Table and value.metatable is None:
                        regs[a] = len(value.array_part) - 1
                        continue
                    frame.pc = pc
                    value = find_length(state, value)
                    if value is not PENDING:
                        regs[a] = value
                        continue
                    callee, args = state.pending
                    dest, wanted = a, METAMETHOD
                elif op == CONCAT_OP:
                    frame.pc = pc
                    end = concat_registers(state, regs, a, a + b)
                    if end == a + 1:
                        debt = collector.debt = collector.debt + STRING_SIZE + len(regs[a])
                        if debt > 0:
                            collector.first_dead = end
                            return COLLECTION_DUE
                        continue
                    callee, args = state.pending
                    frame.top = end - 2
                    dest, wanted = a, CONCAT
                elif op == UNM:
                    value = regs[b]
                    if type(value) is int:
                        regs[a] = -value if value != MIN else value
                        continue
                    if type(value) is float:
                        regs[a] = -value
                        continue
                    frame.pc = pc
                    callee = metamethod(state, value, "__unm")
                    if callee is None:
                        raise OperationError(faults.arithmetic_fault(frame, pc - 1, "__unm", value, value))
                    args = [value, value]
                    dest, wanted = a, METAMETHOD
                elif op == BNOT:
                    value = regs[b]
                    bits = value if type(value) is int else to_bits(value)
                    if bits is not None:
                        regs[a] = ~bits
                        continue
                    frame.pc = pc
                    callee = metamethod(state, value, "__bnot")
                    if callee is None:
                        raise OperationError(faults.arithmetic_fault(frame, pc - 1, "__bnot", value, value))
                    args = [value, value]
                    dest, wanted = a, METAMETHOD
                elif op == CLOSE_OP:
                    if frame.to_close:
                        frame.pc = pc - 1
                        if close_variables(state, frame, a):
                            break
                        pc = frame.pc + 1
                    if frame.open_upvalues:
                        close_upvalues(frame, a)
                    continue
                elif op == TBC:
                    frame.pc = pc
                    mark_to_be_closed(state, frame, a)
                    continue
                else:  # MMBIN, MMBINI, MMBINK: an arithmetic instruction met something else than numbers
                    left = regs[a]
                    if op == MMBIN:
                        right = regs[b]
                    else:
                        right, swapped = b
                        if swapped:
                            left, right = right, left
                    event = EVENTS[c]
                    frame.pc = pc
                    callee = metamethod(state, left, event)
                    if callee is None:
                        callee = metamethod(state, right, event)
                        if callee is None:
                            raise OperationError(faults.arithmetic_fault(frame, pc - 1, event, left, right))
                    args = [left, right]
                    dest, wanted = code[pc - 2][1], METAMETHOD
            elif op < 68:
                if op == TEST_OP:
                    value = regs[a]
                    pc = c[0] if value is None or value is FALSE else c[1]
                    continue
                if op == EQK:
                    pc = c[regs[a] == b]
                    continue
                if op == EQI:
                    pc = c[regs[a] == b]
                    continue
                if op == EQ:
                    left = regs[a]
                    right = regs[b]
                    if left == right:
                        pc = c[1]
                        continue
                    if type(left) in PRIMITIVE or type(right) in PRIMITIVE:
                        pc = c[0]
                        continue
                    frame.pc = pc
                    value = find_equals(state, left, right)
                    if value is not PENDING:
                        pc = c[value]
                        continue
                    callee, args = state.pending
                    dest, wanted = 0, TEST
                elif op == TESTSET:
                    value = regs[b]
                    if (value is not None and value is not FALSE) is c[0]:
                        regs[a] = value
                        pc = c[1]
                    else:
                        pc += 1
                    continue
                elif op < 60:
                    left = regs[a]
                    right = regs[b]
                    if type(left) in NUMERIC and type(right) in NUMERIC:
                        pc = c[left < right] if op == LT else c[left <= right]
                        continue
                    frame.pc = pc
                    value = find_less(state, left, right, "__lt" if op == LT else "__le")
                    if value is not PENDING:
                        pc = c[value]
                        continue
                    callee, args = state.pending
                    dest, wanted = 0, TEST
                else:
                    left = regs[a]
                    if type(left) in NUMERIC:
                        if op == LTI:
                            pc = c[left < b]
                        elif op == GTI:
                            pc = c[left > b]
                        elif op == LEI:
                            pc = c[left <= b]
                        else:
                            pc = c[left >= b]
                        continue
                    frame.pc = pc
                    right = float(b) if function.prototype.code[pc - 1] >> 24 else b
                    event = "__lt" if op in (LTI, GTI) else "__le"
                    if op in (GTI, GEI):
                        left, right = right, left
                    value = find_less(state, left, right, event)
                    if value is not PENDING:
                        pc = c[value]
                        continue
                    callee, args = state.pending
                    dest, wanted = 0, TEST
            elif op < 78:
                if op == FORLOOP:
                    step = regs[a + 2]
                    if type(step) is int:
                        count = regs[a + 1]
                        if count > 0:
                            if not count & 7 and tier is not None and tier.is_loop_hot():
                                frame.pc = pc - 1
                                if tier.enter_loop(frame, ("for", b - 1)):
                                    break
                                trap = thread.hook is not None or state.watching
                            regs[a + 1] = count - 1
                            regs[a] = regs[a + 3] = regs[a] + step
                            pc = b
                        continue
                    value = regs[a] + step
                    if value <= regs[a + 1] if step > 0.0 else regs[a + 1] <= value:
                        regs[a] = regs[a + 3] = value
                        pc = b
                    continue
                if op == CALL:
                    callee = regs[a]
                    args = regs[a + 1 : b]
                    dest, wanted = a, c
                elif op == RETURN1:
                    if trap:
                        frame.pc = pc
                        frame.transfer = (a, 1)
                        state.on_return(thread, frame)
                    value = regs[a]
                    frames.pop()
                    frame = frames[-1]
                    if type(frame) is Frame:
                        wanted = frame.wanted
                        function = frame.function
                        upvalues = function.upvalues
                        code = frame.code
                        regs = frame.registers
                        pc = frame.pc
                        if wanted == 1:
                            regs[frame.dest] = value
                            continue
                        if wanted == 0:
                            continue
                    deliver(state, [value])
                    break
                elif op == RETURN0:
                    if trap:
                        frame.pc = pc
                        frame.transfer = (a, 0)
                        state.on_return(thread, frame)
                    frames.pop()
                    frame = frames[-1]
                    if type(frame) is Frame and frame.wanted == 0:
                        function = frame.function
                        upvalues = function.upvalues
                        code = frame.code
                        regs = frame.registers
                        pc = frame.pc
                        continue
                    deliver(state, [])
                    break
                elif op == RETURN:
                    results = regs[a:b] if b is not None else regs[a : frame.top]
                    if trap:
                        frame.pc = pc
                        frame.transfer = (a, len(results))
                        state.on_return(thread, frame)
                    frames.pop()
                    deliver(state, results)
                    break
                elif op == TFORCALL:
                    if tier is not None and tier.is_loop_hot():
                        frame.pc = pc - 1
                        if tier.enter_loop(frame, pc - 1):
                            break
                        trap = thread.hook is not None or state.watching
                    callee = regs[a]
                    args = regs[a + 1 : a + 3]
                    dest, wanted = a + 4, c
                elif op == TFORLOOP:
                    value = regs[a + 4]
                    if value is not None:
                        regs[a + 2] = value
                        pc = b
                    continue
                elif op == FORPREP:
                    frame.pc = pc
                    if prepare_loop(frame, regs, a):
                        continue
                    pc = b
                    continue
                elif op == TFORPREP:
                    frame.pc = pc
                    mark_to_be_closed(state, frame, a + 3)
                    if trap:
                        thread.unobserved = frame
                    pc = b
                    continue
                else:  # TAILCALL
                    frame.pc = pc
                    callee = regs[a]
                    args = regs[a + 1 : b]
                    if frame.open_upvalues:
                        close_upvalues(frame, 0)
                    if not isinstance(callee, (LuaFunction, NativeFunction)):
                        callee = called_through(state, callee, args)
                    if isinstance(callee, LuaFunction):
                        frames.pop()
                        frame = enter_lua(state, thread, callee, args, base_of(frame))
                        frame.is_tail_call = True
                        if trap and not callee.prototype.is_vararg:
                            state.on_call(thread, frame)
                        break
                    dest, wanted = a, OPEN
            elif op == CALL_OPEN:
                callee = regs[a]
                args = regs[a + 1 : frame.top]
                dest, wanted = a, c
            elif op == VARARG:
                varargs = frame.varargs
                count = len(varargs)
                if b <= count:
                    regs[a : a + b] = varargs[:b]
                else:
                    regs[a : a + b] = varargs + [None] * (b - count)
                continue
            elif op == VARARG_OPEN:
                varargs = frame.varargs
                frame.top = top = a + len(varargs)
                regs[a:top] = varargs
                continue
            elif op == RETURN_CLOSE:
                if b is not None:
                    # From now on the values end at `top`: the instruction may run again.
                    frame.top = b
                if frame.to_close:
                    frame.pc = pc - 1
                    if close_variables(state, frame, 0):
                        break
                    pc = frame.pc + 1
                results = regs[a : frame.top]
                if frame.open_upvalues:
                    close_upvalues(frame, 0)
                if trap:
                    frame.pc = pc
                    frame.transfer = (a, len(results))
                    state.on_return(thread, frame)
                frames.pop()
                deliver(state, results)
                break
            elif op == CLOSURE:
                plan = c
                if plan is None:
                    plan = constancy.captures(function.prototype, pc - 1)
                    code[pc - 1] = (CLOSURE, a, b, plan)
                captured = []
                own = None
                for kind, index in plan:
                    if kind == 0:
                        captured.append(upvalues[index])
                        continue
                    open_upvalues = frame.open_upvalues
                    if open_upvalues is None:
                        open_upvalues = frame.open_upvalues = {}
                    upvalue: Upvalue | None = open_upvalues.get(index)
                    if upvalue is None:
                        if kind == 1:
                            upvalue = open_upvalues[index] = OpenUpvalue(regs, index)
                        else:
                            upvalue = open_upvalues[index] = new_final_upvalue(regs, index)
                            if index == a:
                                own = upvalue
                    captured.append(upvalue)
                regs[a] = new_function(b, captured)
                if own is not None:
                    own.value = regs[a]
                debt = collector.debt = collector.debt + CLOSURE_SIZE
                if debt > 0:
                    frame.pc = pc
                    collector.first_dead = a + 1
                    return COLLECTION_DUE
                continue
            elif op == SETLIST:
                first, next_pc = c
                values = regs[a + 1 : b] if b is not None else regs[a + 1 : frame.top]
                regs[a].raw_extend(first, values)
                pc = next_pc
                continue
            elif op == SETFIELD_K:
                table = regs[a]
                if (
                    type(table) is Table
                    and c is not None
                    and table.hash_part.get(b) is not None
                    and b not in TELLING
                ):
                    table.hash_part[b] = c
                    continue
                frame.pc = pc
                if find_set_field(state, table, b, c) is not PENDING:
                    continue
                callee, args = state.pending
                dest, wanted = 0, NEWINDEX
            elif op == VARARGPREP:
                if trap:
                    frame.pc = pc
                    state.on_call(thread, frame)
                continue
            elif op < 87:  # SETTABUP_K, SETTABLE_K, SETI_K
                table = upvalues[a].value if op == SETTABUP_K else regs[a]
                key = regs[b] if op == SETTABLE_K else b
                frame.pc = pc
                if op == SETI_K and type(table) is Table and table.metatable is None:
                    table.raw_set_integer(key, c)
                    continue
                find_set = find_set_field if op == SETTABUP_K else find_set_index
                if find_set(state, table, key, c) is not PENDING:
                    continue
                callee, args = state.pending
                dest, wanted = 0, NEWINDEX
            elif op == SELF_R:
                table = regs[b]
                key = regs[c]
                regs[a + 1] = table
                frame.pc = pc
                value = find_index(state, table, key)
                if value is not PENDING:
                    regs[a] = value
                    continue
                callee, args = state.pending
                dest, wanted = a, METAMETHOD
            elif op == TAILCALL_OPEN:
                frame.pc = pc
                callee = regs[a]
                args = regs[a + 1 : frame.top]
                if frame.open_upvalues:
                    close_upvalues(frame, 0)
                if not isinstance(callee, (LuaFunction, NativeFunction)):
                    callee = called_through(state, callee, args)
                if isinstance(callee, LuaFunction):
                    frames.pop()
                    frame = enter_lua(state, thread, callee, args, base_of(frame))
                    frame.is_tail_call = True
                    if trap and not callee.prototype.is_vararg:
                        state.on_call(thread, frame)
                    break
                dest, wanted = a, OPEN
            else:
                raise AssertionError(f"instruction {op} cannot be executed")

            # --- call `callee` with `args`; the results go to `dest` as `wanted` says ---
            frame.pc = pc
            frame.dest = dest
            frame.wanted = wanted
            if isinstance(callee, LuaFunction):
                if (
                    tier is None
                    or wanted < OPEN
                    or frame.base > HIGH_STACK
                    or (trap and state.must_keep_to_vm(thread))
                    or not tier.is_fast(callee)
                ):
                    if wanted >= OPEN:
                        base = frame.base + dest + 1
                    else:
                        base = frame.base + function.prototype.stack_size + 1
                        state.count_c_level(thread)
                    frame = enter_lua(state, thread, callee, args, base)
                    if trap and not callee.prototype.is_vararg:
                        state.on_call(thread, frame)
                    function = callee
                    upvalues = function.upvalues
                    code = frame.code
                    regs = frame.registers
                    pc = 0
                    trap = thread.hook is not None or state.watching
                    continue
                prototype = callee.prototype
                if len(args) > prototype.parameter_count and not prototype.is_vararg:
                    del args[prototype.parameter_count :]
                if frame.open_upvalues:
                    tier.before_call(frame)
                value = callee.one(*args) if wanted == 1 or wanted == 0 else callee.many(*args)
                if frame.open_upvalues:
                    tier.after_call(frame)
            elif type(callee) is NativeFunction and wanted >= OPEN and thread.hook is None:
                thread.native = callee
                value = callee.call(*args)
                thread.native = None
            else:
                if wanted < OPEN:
                    state.count_c_level(thread)
                deliver(state, begin(state, thread, callee, args))
                break
            trap = thread.hook is not None or state.watching
            if trap and thread.hook is not None:  # set by `callee`, whose return is an event
                state.on_native_return(thread, callee, value if type(value) is tuple else (value,))
            if type(value) is not tuple:
                if wanted == 1:
                    regs[dest] = value
                elif wanted == OPEN:
                    regs[dest] = value
                    frame.top = dest + 1
                elif wanted:
                    regs[dest] = value
                    for index in range(dest + 1, dest + wanted):
                        regs[index] = None
            else:
                count = len(value)
                if wanted == OPEN:
                    frame.top = dest + count
                    regs[dest : dest + count] = value
                elif count == wanted:
                    regs[dest : dest + count] = value
                elif count > wanted:
                    regs[dest : dest + wanted] = value[:wanted]
                else:
                    regs[dest : dest + wanted] = value + (None,) * (wanted - count)
            debt = collector.debt = collector.debt + RESULT_SIZE
            if debt > 0:
                collector.first_dead = frame.top if wanted == OPEN else dest + wanted
                return COLLECTION_DUE
            continue
