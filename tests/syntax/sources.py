"""Source texts for tests of the parser: every alternative of the grammar, and the scripts of this project."""

from __future__ import annotations

from pathlib import Path

__all__ = ["EVERY_ALTERNATIVE", "SCRIPTS", "script_text"]

_ROOT = Path(__file__).parent.parent.parent

SCRIPTS = sorted(
    str(path.relative_to(_ROOT))
    for folder in ("examples", "conformance")
    for path in (_ROOT / folder).rglob("*.lua")
)


def script_text(name: str) -> str:
    return (_ROOT / name).read_bytes().decode("latin-1")


EVERY_ALTERNATIVE = r"""
local a <const>, b <close>, c = 1, nil, false;;
local d
local function e(x, y, ...) return ... end
local function f(...) return end
function g() return true; end
function g.h.i(x) return x, 0x1p-3, .5e+1, 3. end
function g.h:j() self[1] = "\65\z
    \x41\u{48}\
" end
a, g.x[a + 1], f().y = 1, 2
f() f{} f"x" f'y' f[[z]] f[==[ ]] ]==]
g:j() g.h:j(1, 2) g:j{1} g:j"s" g:j[=[
long]=]
(f or g)(1)
do end do local x = {} ; end
while a < b do break end
repeat local u = ~1 until u
if a then elseif b then a = 1 else b = 2 end
if not a then return end
for i = 1, 10 do goto continue ::continue:: end
for i = 10, 1, -1 do end
for k, v in pairs(t), nil do end
for k in next, {} do end
x = {} x = {1} x = {1, 2; 3} x = {a = 1, [b] = 2, c, } x = {f(), ...; }
x = a or b and c < d and c > d and c <= d and c >= d and c ~= d and c == d
x = a | b ~ c & d << e >> f .. g .. h + i - j * k / l // m % n ^ o ^ -p
x = -a ^ 2 .. #b + ~c
x = function() end
x = (function(...) return (...) end)(((1)))
--[[ a long
comment ]] --[==[ another ]==] -- a short one --[[
return f(a), g
"""
