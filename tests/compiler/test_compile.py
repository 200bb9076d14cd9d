"""Every construct compiles to the bytes that real Lua writes: instructions, constants, debug information."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from tests.compiler.oracle import assert_same_chunk
from tests.strategies.programs import programs, write_program

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.lua"))

# One entry a line, blank lines between groups; `|` stands for a line break.
SNIPPETS = """
return
return ;
return 1
return 1, 2, 3
return f()
return f(), g()
return (f())
return ...
return a, ...
return (...)
local x = ... return x

local a; local b; local c
local a, b local c = nil
local a <const> = 1; local b <const> = a + 1; return a, b
local a <const>, b <const> = 1, 2 return a, b
local a <const> = {} return a
local a <const> = "x" return a .. "y", t[a], t.x
local a <const> = nil; local b <const> = true; return a and b, not a
local a <close> = f() return g()
local a <close>, b = f() do return b end
do local a <close> = x return f() end
local a, b, c = f()
local a, b, c = f(), g()
local a = f(), g()
local a, b = 1

x = 1
x, y = 1, 2
x, y = y, x
x, y, z = f()
x, y = f(), 1
local a, b = 1, 2 a, b = b, a
local i, t i, t[i] = 1, 2
local i, t t[i], i, t = 1, 2, 3
local t t.x, t[1], t = 1, 2, 3
local t function f() t.x, t = 1, 2 end
local a a = a
a.b.c.d = a["b"].c["d e"]
a[1], a[255], a[256], a[-1], a[1.0] = 1, 2, 3, 4, 5
a[nil], a[true], a.x = nil, true, false
a.x = 1.5 a.y = "s" a.z = f()

return -1, -1.5, - -1, -x, not x, not nil, not 1, not not x, #x, ~x, ~5, -"2"
return 1 + 2, 1 / 2, 7 // 2, 7 % 3, 2 ^ 10, 1 << 4, 256 >> 4, 3 & 5, 3 | 5, 3 ~ 5
return 1 / 0, 1 // 0, 1 % 0, 0 / 1, 0.0 * 1, -0.0, 0 * -1, 1.5 // 0.5, 5.5 % -2
return 2^63, -2^63, 9223372036854775807 + 1, 1e308 * 10, 3 & 1.0, 3 & 1.5, 1 << 64, 1 << -1
return x + 1, 1 + x, x + 1.5, x - 1, x - 127, x - 128, x - 129, 1 - x, x + 127, x + 128, x + -128
return x * 2, 2 * x, x / 2, 2 / x, x // 2, x % 2, x ^ 2, 2 ^ x
return x & 1, 1 & x, x | 1.0, 1.0 | x, x ~ 255, x & 1.5, x << 1, 1 << x, x >> 1, 1 >> x, x << 200, x << y
return a + b * c - d / e // f % g ^ h, (a + b) * (c - d)
return a .. b .. c, (a .. b) .. c, a .. (b .. c), "x" .. 1 .. 2.5, a .. b + c
return a == b, a ~= b, a == 1, 1 == a, a == 1.0, a == 1000, a == 1000.0, a == 2.5, a == "x", "x" == a
return a == nil, nil == a, a == true, a ~= false, 1 == 1, "a" == "b", nil == nil
return a < b, a <= b, a > b, a >= b, a < 1, a <= 1, a > 1, a >= 1, 1 < a, 1 <= a, 1 > a, 1 >= a
return a < 1.0, a < 1000.0, a < 1000, 5 < 1000.0, a < 1.5, a > -127, a > -128, a > 128
return a and b, a or b, a and b or c, (a or b) and c, not (a and b), not a or b, a and not b
return a and nil, nil and a, false or a, a or true, 1 and a, 1 or a, nil or false
return (a and b) == c, (a or b) + 1, (a and b).x, (a or f)(), {a and b}, a < b and b < c or d
local a, b a = a and b a = a or b b = a == b a = not a a = (a and b) and (b or a)
local x = a and b and c or d or e and f local y = x and 5
if a and (b or c) and not d then x() end
if not (a == 1 or b ~= 2) then x() else y() end

f() f(1) f(1, 2) f(g()) f(1, g()) f(...) f"s" f{} f{1} f[[x]] f(g"x")
f():g():h() a.b:c(1, 2) a.b.c() a[1](2)(3)
a:b():c(f()) ("x"):rep(3) (f or g)(1)
return f(1), g(2)
return f{1}
return f"x"
return a:b(...)

return {} , {1}, {1, 2, 3}, {a = 1}, {["a"] = 1, [1] = 2, [x] = y, 3}, {f()}, {f(), 1}
return {...}, {..., 1}, {(f())}
local t = {1, 2, a = 3, 4, {5, {6}}, [f()] = g(), x = function() end; 7, ...}
return {a = nil, b = true, [nil] = 1, [1.5] = 2, [2^53] = 3, x, x = x, x.y, x[1]}

do end do do end end
do local a end do local b = 1 end
while true do end
while x do y() end
while x < 10 do x = x + 1 if x == 5 then break end end
while a do if b then break end c() if d then goto continue end ::continue:: end
repeat until x
repeat local a = f() until a
repeat local a f = function() return a end until a
repeat if x then break end local a f = function() return a end until a
for i = 1, 10 do end
for i = a, b, c do print(i) end
for i = 1, 2 do for j = i, 3 do if j then break end end end
for i = 1, 3 do f = function() return i end end
for k in pairs(t) do end
for k, v in next, t do print(k, v) end
for a, b, c, d, e in f() do break end
for a in f, g, h, i, j do x = function() return a end end
for i = 1, 2 do local x <close> = f() if x then break end end
for i = 1, 2 do local x <const> = 3 if x == i then goto out end end ::out::

if a then end
if a then b() elseif c then d() else e() end
if nil then a() elseif false then b() elseif true then c() elseif 1 then d() end
while 1 do if a then break else b() end end
while 1 do if a then break; end if b then break c() end end
while 1 do if a then break elseif b then break end end
while 1 do if false then break end if true then break end if nil then break end end
goto a ::a:: ::b:: goto b
do goto out local x ::out:: end
do local x goto out ::out:: f = function() return x end end
::top:: local x f = function() return x end if x then goto top end
while 1 do local a local function f() return a end if f() then goto done end end ::done::
do ::l1:: do local x <close> = 1 goto l1 end end

function f() end
function f.g.h() end
function f.g:h(a, ...) return self, a, ... end
local function f(a, b) return f(b, a) end
local f = function(...) return select("#", ...) end
local a, b function f() a = b return function() b = a end end
local a do local a function f() return a end end return a
local x <const> = 5 return function() return x, function() return x end end
local x <const> = {} return function() return x end
return function(a, b, c, ...) local d = ... return d, ... end
local _ENV = {} x = 1 return x
local _ENV <const> = {} x = 1
local _ENV <const> = 1 x = 1
function f(_ENV) return x end
local function f(_ENV) return function() return x end end
"""

# Lines of the debug information depend on where a one-pass compiler stands when it writes code.
LINES = {
    "call over lines": "f\n(\na\n,\nb\n)\n",
    "operators": "return a\n+\nb\n*\nc\n..\nd\n..\ne\n",
    "unary": "return -\n-\na, not\nb",
    "comparison": "if a\n<\nb\nthen\nc\n(\n)\nend",
    "constructor with leading names": "x = {\na\n,\nb\n=\nc\n,\nd\n.\ne\n,\nf\n(\n)\n}",
    "constructor, name before a brace": "local t = {a\n}",
    "constructor with keys": "x = {\n[\na\n]\n=\nb\n;\n1\n,\n}",
    "long string": "x = [[\n\n\n]] .. y\nz = 1",
    "numeric for": "for\ni\n=\n1\n,\n2\n,\n3\ndo\nf()\nend",
    "generic for": "for\nk\n,\nv\nin\nf\n,\ng\ndo\nh()\nend",
    "while": "while\na\ndo\nb()\nend\n",
    "repeat": "repeat\nlocal a\nf = function() return a end\nuntil\na\n",
    "if": "if\na\nthen\nb()\nelseif\nc\nthen\nd()\nelse\ne()\nend\n",
    "function": "function\na\n.\nb\n:\nc\n(\nd\n,\n...\n)\nreturn\nd\nend\n",
    "local function": "local\nfunction\nf\n(\n)\nend\n",
    "semicolons": "do local x <close> = f();;\n;\nend\n;return\n;",
    "return": "return\na\n,\nb\n",
    "goto": "goto\na\n;\n::\na\n::\n;\n::\nb\n::\nf()",
    "far lines": "local a = 1\n" + "\n" * 127 + "local b\n" + "\n" * 128 + "f()\n" + "\n" * 500 + "g()",
    "far and back": "x = f(\n" + "\n" * 200 + "a + b)",
    "far not": "if not\n" + "\n" * 200 + "a\n" + "\n" * 200 + "then f() end",
    "far method": "function a.b()" + "\n" * 300 + "end",
    "many on one line": "f() " * 200,
    "many lines": "f()\n" * 200,
    "negations at an absolute line": "f() " * 42 + "if not a then b() end " * 20,
}

LARGE = {
    "constants beyond an operand": "".join(f"x{i} = y{i} .. 'z{i}' + {i}.5\n" for i in range(120)),
    "constants again in nested functions": "x = 'a' f = function() x = 'b' y = 'a' end x = 'a' y = 'b'",
    "strings too long for a field": f"x.{'n' * 40} = x.{'n' * 41} x:{'m' * 41}() {'g' * 41} = {'h' * 40}",
    "keys beyond an operand": "".join(f"t.k{i} = {i}.25 " for i in range(150)) + "t:late() t.a = 'late'",
    "late constants": "".join(f"x = {i}.5 " for i in range(260)) + "return a == 'late', a + 0.125, a & 77777",
    "float keys": "return 1.0, 0.0, 1.0000000000000002, 2.0^53, 9007199254740994, 1e15, 1e300, 1e5, 100000",
    "long list": "return {" + "1, 'x', y, " * 60 + "f()}",
    "list beyond an operand": "return {" + "1, " * 700 + "n = 1, [2] = 3}",
    "list of 50": "return {" + "x, " * 50 + "}, {" + "x, " * 51 + "}, {" + "x, " * 49 + "f()}",
    "concatenation": "return " + " .. ".join("abc" * 30),
    "deep chain": "return " + "+".join(["a"] * 30000),
    "deep fields": "return a" + ".b[c](d):e{}" * 3000,
    "many elseifs": "if a then " + "elseif b then c() " * 300 + "else d() end",
    "jump chains": "while a do " * 60 + " break " + "end " * 60,
}


def snippet_lines() -> list[str]:
    return [line for line in SNIPPETS.splitlines() if line]


@pytest.mark.parametrize("source", snippet_lines())
def test_snippets(source: str) -> None:
    assert_same_chunk(source)
    assert_same_chunk(f"local a, t, f = ...\n{source}")
    assert_same_chunk(f"local a, b, x return function(...)\nlocal c = a;\n{source}\nend")


@pytest.mark.parametrize("source", LINES.values(), ids=LINES.keys())
def test_lines(source: str) -> None:
    assert_same_chunk(source)
    assert_same_chunk(f"\n\nlocal a, b, f\n{source}")


@pytest.mark.parametrize("source", LARGE.values(), ids=LARGE.keys())
def test_large(source: str) -> None:
    assert_same_chunk(source)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples(path: Path) -> None:
    text = path.read_text(encoding="latin-1")
    assert_same_chunk("--" + text if text.startswith("#") else text, "@" + path.name)


@pytest.mark.parametrize("seed", range(100))
def test_random_programs(seed: int) -> None:
    random = Random(seed)
    assert_same_chunk(write_program(random, random.choice((20, 60, 200, 400))))


@given(programs(80))
@settings(max_examples=30, deadline=None)
def test_small_random_programs(source: str) -> None:
    assert_same_chunk(source)


@pytest.mark.parametrize("seed", range(60))
def test_faulty_programs(seed: int) -> None:
    assert_same_chunk(write_program(Random(seed), 150, faulty=True))
