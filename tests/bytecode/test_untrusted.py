"""Damaged bytecode that the verifier accepts runs in the VM like any code: Lua's errors, nothing else."""

from __future__ import annotations

from random import Random

import pytest

from pylua.bytecode.dump import dump, undump
from pylua.bytecode.prototype import Prototype
from pylua.bytecode.verifier import MalformedCode, verify
from pylua.errors import LuaError
from pylua.loading import load_text
from pylua.stdlib.open_libraries import open_libraries
from pylua.values.functions import new_function, new_upvalue
from pylua.vm.state import State

SOURCE = """
local s = 0 for i = 1, 5 do s = s + i end
for i = 5.0, 1.0, -1.5 do s = s + i end
local t = {1, 2, 3, n = 4, [5] = 6} for k, v in pairs(t) do s = s + v end
for _, v in ipairs{3, 2, 1} do t[#t + 1] = v end
local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end
local fs = {} for i = 1, 3 do local j = i fs[i] = function(...) j = j + 1 return j, i, ... end end
for i = 1, 3 do s = s + select(2, fs[i](1, 2)) end
local c = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) return b .. 'x' end) c(1) c('z')
do local x <close> = setmetatable({}, {__close = function() s = s + 1 end}) s = s + 1 end
local str = '' for w in ('a b c'):gmatch('%a') do str = str .. w .. #w end
while s > 3 do s = s // 2 if s == 7 then goto done end end ::done::
repeat local z = s & 0xff s = s - 1 until z < 1 or not z
return fact(10), str, s, {f = fact, table.unpack(t)}, -s, ~1 << 3, 2^0.5 >= 1 and 'y' or 'n', ...
"""
INSTRUCTIONS = 3000


def all_functions(function: Prototype) -> list[Prototype]:
    found = [function]
    for nested in function.prototypes:
        found += all_functions(nested)
    return found


def damage(function: Prototype, random: Random) -> None:
    """Changes an operand, an opcode or the order of two instructions."""
    code = function.code
    pc = random.randrange(len(code))
    choice = random.randrange(6)
    if choice < 3:
        shift = (7, 16, 24)[choice]
        code[pc] = code[pc] & ~(0xFF << shift) | random.randrange(12) << shift
    elif choice == 3:
        other = random.randrange(len(code))
        code[pc], code[other] = code[other], code[pc]
    elif choice == 4:
        code[pc] = code[pc] & ~0x7F | random.randrange(83)
    else:
        code[pc] ^= 1 << random.randrange(32)


def run(function: Prototype) -> None:
    state = State()
    open_libraries(state)
    state.limit_instructions(INSTRUCTIONS)
    upvalues = [new_upvalue() for _ in function.upvalues]
    upvalues[0].value = state.globals
    state.call(new_function(function, upvalues))


@pytest.mark.parametrize("seed", range(6))
def test_only_errors_of_lua(seed: int) -> None:
    random = Random(seed)
    chunk = dump(load_text(SOURCE, "=x"), strip=False)
    for _ in range(60):
        function = undump(chunk, "=x")
        damage(random.choice([function, *all_functions(function)]), random)
        try:
            verify(function)
            run(function)
        except (MalformedCode, LuaError):
            continue
