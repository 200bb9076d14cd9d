"""The verifier passes all that compilers write, and nothing that would break the VM's trust."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from pylua.bytecode.opcodes import Op, encode_abc, encode_abx, encode_ax, encode_sj
from pylua.bytecode.prototype import LocalVariable, Prototype, UpvalueSource
from pylua.bytecode.verifier import MalformedCode, verify
from pylua.errors import LuaSyntaxError
from pylua.loading import load_text
from tests.strategies.programs import write_program

RETURN = encode_abc(Op.RETURN0, 0, 1, 0)


def function(*code: int, **fields: object) -> Prototype:
    """A function of four registers, one upvalue and the constants "name", 1, 2.5."""
    settings: dict[str, object] = {
        "code": [*code, RETURN],
        "stack_size": 4,
        "constants": ["name", 1, 2.5],
        "upvalues": [UpvalueSource("_ENV", True, 0)],
        **fields,
    }
    return Prototype(**settings)  # type: ignore[arg-type]


ACCEPTED = {
    "nothing": function(),
    "a loop": function(
        encode_abx(Op.FORPREP, 0, 1), encode_abc(Op.MOVE, 3, 3, 0), encode_abx(Op.FORLOOP, 0, 2)
    ),
    "a list": function(
        encode_abc(Op.NEWTABLE, 0, 0, 1), encode_ax(Op.EXTRAARG, 0), encode_abc(Op.SETLIST, 0, 1, 0)
    ),
    "an open call": function(encode_abc(Op.CALL, 0, 1, 0), encode_abc(Op.RETURN, 0, 0, 0)),
    "a close above all registers": function(encode_abc(Op.CLOSE, 4, 0, 0)),
}


@pytest.mark.parametrize("prototype", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_accepted(prototype: Prototype) -> None:
    verify(prototype)


REFUSED = {
    "no code": Prototype(),
    "no return": Prototype(code=[encode_abc(Op.MOVE, 0, 0, 0)]),
    "an unknown opcode": function(83),
    "a register too high": function(encode_abc(Op.MOVE, 4, 0, 0)),
    "a source register too high": function(encode_abc(Op.MOVE, 0, 4, 0)),
    "a range of registers too long": function(encode_abc(Op.LOADNIL, 2, 2, 0)),
    "arguments beyond the frame": function(encode_abc(Op.CALL, 0, 6, 1)),
    "results beyond the frame": function(encode_abc(Op.CALL, 2, 1, 4)),
    "a missing constant": function(encode_abx(Op.LOADK, 0, 3)),
    "a missing upvalue": function(encode_abc(Op.GETUPVAL, 0, 1, 0)),
    "a missing prototype": function(encode_abx(Op.CLOSURE, 0, 0)),
    "a key that is no string": function(encode_abc(Op.GETFIELD, 0, 0, 1)),
    "a method that is no string": function(encode_abc(Op.SELF, 0, 0, 1, 1)),
    "a constant operand that is no number": function(
        encode_abc(Op.ADDK, 0, 0, 0), encode_abc(Op.MMBINK, 0, 1, 6)
    ),
    "a bitwise constant that is no integer": function(
        encode_abc(Op.BANDK, 0, 0, 2), encode_abc(Op.MMBINK, 0, 1, 13)
    ),
    "arithmetic without its metamethod": function(encode_abc(Op.ADD, 0, 0, 0)),
    "a metamethod without arithmetic": function(encode_abc(Op.MMBIN, 0, 0, 6)),
    "an event that is no operator": function(encode_abc(Op.ADD, 0, 0, 0), encode_abc(Op.MMBIN, 0, 0, 0)),
    "a test without jump": function(encode_abc(Op.TEST, 0, 0, 0)),
    "a jump outside": function(encode_sj(Op.JMP, 5)),
    "a jump before the start": function(encode_sj(Op.JMP, -2)),
    "a jump to an extra argument": function(
        encode_sj(Op.JMP, 1), encode_abc(Op.NEWTABLE, 0, 0, 0), encode_ax(Op.EXTRAARG, 0)
    ),
    "a jump past the open call": function(
        encode_sj(Op.JMP, 1), encode_abc(Op.CALL, 0, 1, 0), encode_abc(Op.RETURN, 0, 0, 0)
    ),
    "an extra argument alone": function(encode_ax(Op.EXTRAARG, 0)),
    "a table without extra argument": function(encode_abc(Op.NEWTABLE, 0, 0, 0)),
    "LOADKX without extra argument": function(encode_abx(Op.LOADKX, 0, 0)),
    "LOADKX beyond the constants": function(encode_abx(Op.LOADKX, 0, 0), encode_ax(Op.EXTRAARG, 3)),
    "an open end that nobody takes": function(encode_abc(Op.CALL, 0, 1, 0)),
    "an open end that nobody left": function(encode_abc(Op.CALL, 0, 0, 1)),
    "a concatenation of one": function(encode_abc(Op.CONCAT, 0, 1, 0)),
    "varargs of a function without": function(encode_abc(Op.VARARG, 0, 1, 0)),
    "VARARGPREP without varargs": function(encode_abc(Op.VARARGPREP, 0, 0, 0)),
    "a return for other parameters": function(encode_abc(Op.RETURN, 0, 1, 3)),
    "a loop without preparation": function(encode_abx(Op.FORLOOP, 0, 1)),
    "a loop entered from outside": function(
        encode_sj(Op.JMP, 1), encode_abx(Op.FORPREP, 0, 0), encode_abx(Op.FORLOOP, 0, 1)
    ),
    "a loop whose state is overwritten": function(
        encode_abx(Op.FORPREP, 0, 1), encode_abc(Op.LOADTRUE, 1, 0, 0), encode_abx(Op.FORLOOP, 0, 2)
    ),
    "a loop whose state is captured": function(
        encode_abx(Op.CLOSURE, 3, 0),
        encode_abx(Op.FORPREP, 0, 0),
        encode_abx(Op.FORLOOP, 0, 1),
        prototypes=[function(upvalues=[UpvalueSource(None, True, 1)])],
    ),
    "a list in no table": function(encode_abc(Op.SETLIST, 0, 1, 0)),
    "a list in a table on one way only": function(
        encode_abc(Op.TEST, 0, 0, 0),
        encode_sj(Op.JMP, 2),
        encode_abc(Op.NEWTABLE, 0, 0, 0),
        encode_ax(Op.EXTRAARG, 0),
        encode_abc(Op.SETLIST, 0, 1, 0),
    ),
    "a generic loop cut in two": function(encode_abc(Op.TFORCALL, 0, 0, 1)),
    "a generic loop within itself": function(
        encode_abc(Op.TFORCALL, 0, 0, 1), encode_abx(Op.TFORLOOP, 0, 1), stack_size=8
    ),
    "too few registers": function(stack_size=2, parameter_count=3),
    "an upvalue of a missing register": function(
        prototypes=[function(upvalues=[UpvalueSource(None, True, 4)])]
    ),
    "an upvalue of a missing upvalue": function(
        prototypes=[function(upvalues=[UpvalueSource(None, False, 1)])]
    ),
    "lines for other code": function(line_deltas=[0, 0]),
    "an absolute line that is missing": function(line_deltas=[-128]),
    "a local variable without name": function(local_variables=[LocalVariable(None, 0, 1)]),
    "a local variable beyond the code": function(local_variables=[LocalVariable("a", 0, 9)]),
    "a broken nested function": function(prototypes=[Prototype()]),
}


@pytest.mark.parametrize("prototype", REFUSED.values(), ids=REFUSED.keys())
def test_refused(prototype: Prototype) -> None:
    with pytest.raises(MalformedCode):
        verify(prototype)


@pytest.mark.parametrize("seed", range(60))
def test_compiled_code_is_accepted(seed: int) -> None:
    verify(load_text(write_program(Random(seed), 300), "=x"))


def mutations(random: Random) -> list[Callable[[Prototype], None]]:
    def change_word(prototype: Prototype) -> None:
        pc = random.randrange(len(prototype.code))
        prototype.code[pc] ^= 1 << random.randrange(32)

    def swap_words(prototype: Prototype) -> None:
        code = prototype.code
        first, second = random.randrange(len(code)), random.randrange(len(code))
        code[first], code[second] = code[second], code[first]

    return [change_word, swap_words]


def test_damaged_code_raises_nothing_else() -> None:
    random = Random(3)
    for seed in range(40):
        try:
            prototype = load_text(write_program(Random(seed), 100), "=x")
        except LuaSyntaxError:
            continue
        original = list(prototype.code)
        for _ in range(40):
            random.choice(mutations(random))(prototype)
            try:
                verify(prototype)
            except MalformedCode:
                prototype.code[:] = original
