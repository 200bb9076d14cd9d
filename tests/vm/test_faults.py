"""Messages of failed operations: every kind of operation on every kind of operand, against real Lua.

The names in the messages ("local 'x'", "field 'y'" …) depend on the instructions around the
operand, so each faulty form is put together with each operand, within two surroundings.
"""

from __future__ import annotations

import re

import lupa.lua54
import pytest

from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State

OPERANDS = """
nil ; a ; up ; glob ; t.x ; t.y.z ; t[1] ; t['k'] ; t[a] ; t[key] ; (a) ; s ; 'lit' ; 1.5 ; n ; t.f ; g() ;
{} ; ...
_ENV.q ; true ; #t ; up.x ; t[s] ; -n ; t:m() ; 2^53 ; 'zero\\0byte' ; t['zero\\0byte'] ; u ; u.z ; t.y[a] ;
a and t
""".replace("\n", ";")

FORMS = """
return X.y ;; X.y = 1 ;; return X[1] ;; return X[nil] ;; X[1] = 2 ;; return X:m() ;; return X() ;; X()
return X + 1 ;; return 1 + X ;; return X + n ;; return n - X ;; return X | 1 ;; return 2^53 | X ;;
return X & n
return n << X ;; return X >> 1 ;; return 1 << X ;; return -X ;; return ~X ;; return #X
return X .. 'a' ;; return 'a' .. X ;; return X .. nil .. 'b' ;; return s .. X .. s .. X ;;
return X .. X .. 'x'
return X < 1 ;; return 1 <= X ;; return X < s ;; return X >= t ;; return X < X ;; if X < t then end
for i = X, 10 do break end ;; for i = 1, X do break end ;; for i = 1, 2, X do break end ;; for k in X do end
local x <close> = X ;; local x <close>, y = nil, X ;; for k in next, {}, nil, X do end
return X.a.b ;; return X.a.b.c() ;; t.y.z.w = X.q ;; return (X)() ;; return X 'str' ;; return X.a:b()
return X // 0 ;; return X % 0 ;; return X // n ;; return X ^ {} ;; return X * t ;; return t / X
return X[a] ;; return t[X]() ;; t[X] = 1 ;; t[X] = nil ;; return t[X].z
local _ENV = X; return zz ;; local _ENV = X; zz = 1
local _ENV = t; return X.k ;; local _ENV = t; return q.k
local l = X; return l.b ;; local l = X; l() ;; local y = X and X.z; return y.w ;; while X.y do break end
return X.y or X.z ;; local function h() return X.y end; h() ;; local function h() X = X.y end; h()
return math.floor(X) ;; return string.rep(X) ;; return ('x'):rep(X) ;; return t.f(X) ;;
return setmetatable(X, X)
return X.y + X.z ;; X.y, X.z = 1, 2 ;; return {X.y} ;; return {[X] = 1} ;; return {X()} ;; return X(X, X.y)
goto l; do local q = 1 end ::l:: return X.y ;; repeat local q = X; local w = q.r until true ;;
return (t.y or X).z.y
""".replace("\n", ";;")

SURROUNDINGS: dict[str, str] = {
    "in a function with upvalues": """
        local t = {x = nil, y = {}, k = false, f = function() error(nil) end}
        local s, n, key, up = "str", 3.7, "kk", nil
        function glob2() end
        local function g() end
        local function run(a, ...) local u = up; %s end
        return pcall(run)""",
    "in the main chunk": """
        local t = {}; local up, s, n, key, a, x, y, z, u; local function g() return 1 end; %s""",
    "with a metatable whose handlers can't be used": """
        local mt = {__index = 5, __newindex = 5, __call = 5, __add = 5, __concat = 5, __lt = 5, __close = 5,
                    __unm = "x", __len = 5, __bor = 5, __name = "My Type"}
        local t, u = setmetatable({}, mt), nil
        local a, up, n, s, key = t, t, t, t, t
        glob, q = t, t
        local function g() return t end
        local function run(...) %s end
        return pcall(run, t)""",
}

WRAPPER = """
local chunk = ...
glob, q, zz, glob2 = nil
local f, message = load(chunk, "=chunk")
if not f then return "refused" end
local results = table.pack(pcall(f))
for i = 1, results.n do results[i] = tostring(results[i]) end
return table.concat(results, "\\n")
"""


def split(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def without_addresses(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x", text)


@pytest.fixture(scope="module")
def engines():
    state = State()
    open_libraries(state)
    ours = load_chunk(state, WRAPPER, "=wrapper")
    theirs = lupa.lua54.LuaRuntime(encoding="latin-1", register_eval=False).compile(WRAPPER)
    return (lambda source: str(theirs(source))), (lambda source: str(state.call(ours, source)[0]))


@pytest.mark.parametrize("operand", split(OPERANDS, ";"))
def test_messages_are_those_of_real_lua(operand, engines):
    reference, pylua = engines
    compared = 0
    for surroundings in SURROUNDINGS.values():
        for form in split(FORMS, ";;"):
            source = surroundings % form.replace("X", operand)
            expected = reference(source)
            if expected != "refused":
                compared += 1
                assert without_addresses(pylua(source)) == without_addresses(expected), source
    assert compared > 40
