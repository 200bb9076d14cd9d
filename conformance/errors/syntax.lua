-- Syntax errors, word for word
x =  --! unexpected symbol near <eof>
x = 1 1  --! unexpected symbol near '1'
= 1  --! unexpected symbol near '='
x == 1  --! syntax error near '=='
local  --! <name> expected near <eof>
local x =  --! unexpected symbol near <eof>
local x y  --! syntax error near <eof>
local function  --! <name> expected near <eof>
local function f  --! '(' expected near <eof>
local function f.x() end  --! '(' expected near '.'
function  --! <name> expected near <eof>
function f  --! '(' expected near <eof>
function f(  --! <name> or '...' expected near <eof>
function f(a  --! ')' expected near <eof>
function f(a,  --! <name> or '...' expected near <eof>
function f(a b) end  --! ')' expected near 'b'
function f()  --! 'end' expected near <eof>
function f:x:y() end  --! '(' expected near ':'
function f.x:y.z() end  --! '(' expected near '.'
if  --! unexpected symbol near <eof>
if x  --! 'then' expected near <eof>
if x then  --! 'end' expected near <eof>
if x then else  --! 'end' expected near <eof>
if x then elseif  --! unexpected symbol near <eof>
if x do end  --! 'then' expected near 'do'
while  --! unexpected symbol near <eof>
while x  --! 'do' expected near <eof>
while x do  --! 'end' expected near <eof>
while x then end  --! 'do' expected near 'then'
repeat  --! 'until' expected near <eof>
repeat until  --! unexpected symbol near <eof>
for  --! <name> expected near <eof>
for i  --! '=' or 'in' expected near <eof>
for i =  --! unexpected symbol near <eof>
for i = 1  --! ',' expected near <eof>
for i = 1,  --! unexpected symbol near <eof>
for i = 1, 2  --! 'do' expected near <eof>
for i = 1, 2 do  --! 'end' expected near <eof>
for i in  --! unexpected symbol near <eof>
for i in x  --! 'do' expected near <eof>
for i, in x do end  --! <name> expected near 'in'
for i.x = 1, 2 do end  --! '=' or 'in' expected near '.'
do  --! 'end' expected near <eof>
return return  --! unexpected symbol near 'return'
return 1,  --! unexpected symbol near <eof>
return 1; 2  --! <eof> expected near '2'
break  --! break outside loop at line 1
goto  --! <name> expected near <eof>
goto 1  --! <name> expected near '1'
goto nowhere  --! no visible label 'nowhere' for <goto> at line 1
::  --! <name> expected near <eof>
::label  --! '::' expected near <eof>
::1::  --! <name> expected near '1'
f(  --! unexpected symbol near <eof>
f(1  --! ')' expected near <eof>
f(1,  --! unexpected symbol near <eof>
f(1 2)  --! ')' expected near '2'
f{  --! unexpected symbol near <eof>
f{1  --! '}' expected near <eof>
f.  --! <name> expected near <eof>
f:  --! <name> expected near <eof>
f:m  --! function arguments expected near <eof>
f[  --! unexpected symbol near <eof>
f[1  --! ']' expected near <eof>
f[]  --! unexpected symbol near ']'
(  --! unexpected symbol near <eof>
()  --! unexpected symbol near ')'
(f  --! ')' expected near <eof>
(f)  --! syntax error near <eof>
f  --! syntax error near <eof>
f.x  --! syntax error near <eof>
f[1]  --! syntax error near <eof>
"str"  --! unexpected symbol near '"str"'
1  --! unexpected symbol near '1'
{}  --! unexpected symbol near '{'
nil  --! unexpected symbol near 'nil'
...  --! unexpected symbol near '...'
x, y  --! '=' expected near <eof>
x, y =  --! unexpected symbol near <eof>
x, 1 = 1, 2  --! unexpected symbol near '1'
f(), x = 1, 2  --! syntax error near ','
x = {  --! unexpected symbol near <eof>
x = {1  --! '}' expected near <eof>
x = {1,,}  --! unexpected symbol near ','
x = {[1}  --! ']' expected near '}'
x = {[1]}  --! '=' expected near '}'
x = {a.b = 1}  --! '}' expected near '='
x = {a = 1 b = 2}  --! '}' expected near 'b'
x = (1  --! ')' expected near <eof>
x = 1 +  --! unexpected symbol near <eof>
x = * 2  --! unexpected symbol near '*'
x = not  --! unexpected symbol near <eof>
x = -  --! unexpected symbol near <eof>
x = #  --! unexpected symbol near <eof>
x = ~  --! unexpected symbol near <eof>
x = 1 .. .. 2  --! unexpected symbol near '..'
x = a.1  --! unexpected symbol near '.1'
x = a..b..  --! unexpected symbol near <eof>
x = 1..2  --! malformed number near '1..2'
x = 3x  --! malformed number near '3x'
x = 0x  --! malformed number near '0x'
x = 0xg  --! malformed number near '0xg'
x = 1e  --! malformed number near '1e'
x = 1e+  --! malformed number near '1e+'
x = 1.2.3  --! malformed number near '1.2.3'
x = 0x1p  --! malformed number near '0x1p'
x = 08a  --! malformed number near '08a'
x = "unfinished  --! unfinished string near <eof>
x = 'unfinished  --! unfinished string near <eof>
x = "bad \q escape"  --! invalid escape sequence near '"bad \q'
x = "\x1"  --! hexadecimal digit expected near '"\x1"'
x = "\xzz"  --! hexadecimal digit expected near '"\xz'
x = "\u"  --! missing '{' near '"\u"'
x = "\u{"  --! hexadecimal digit expected near '"\u{"'
x = "\u{110000000}"  --! UTF-8 value too large near '"\u{110000000'
x = "\u{12"  --! missing '}' near '"\u{12"'
x = "\u{xyz}"  --! hexadecimal digit expected near '"\u{x'
x = "\256"  --! decimal escape too large near '"\256"'
x = "\999"  --! decimal escape too large near '"\999"'
x = [[unfinished  --! unfinished long string (starting at line 1) near <eof>
x = [==[unfinished]]  --! unfinished long string (starting at line 1) near <eof>
x = [=  --! invalid long string delimiter near '[='
x = [=x  --! invalid long string delimiter near '[='
--[[ unfinished comment  --! unfinished long comment (starting at line 1) near <eof>
--[==[ unfinished ]]  --! unfinished long comment (starting at line 1) near <eof>
x = $  --! unexpected symbol near '$'
x = @  --! unexpected symbol near '@'
x = `  --! unexpected symbol near '`'
x = !  --! unexpected symbol near '!'
x = a ? b  --! unexpected symbol near '?'
x = \  --! unexpected symbol near '\'
x ~= 1  --! syntax error near '~='
x != 1  --! syntax error near '!'
x = a && b  --! unexpected symbol near '&'
x += 1  --! syntax error near '+'
x++  --! syntax error near '+'
end  --! <eof> expected near 'end'
until  --! <eof> expected near 'until'
else  --! <eof> expected near 'else'
then  --! unexpected symbol near 'then'
)  --! unexpected symbol near ')'
}  --! unexpected symbol near '}'
]  --! unexpected symbol near ']'
,  --! unexpected symbol near ','
;  --! none
::a:: ::a::  --! label 'a' already defined on line 1
do ::a:: end goto a  --! no visible label 'a' for <goto> at line 1
goto a; local x; ::a:: print(x)  --! <goto a> at line 1 jumps into the scope of local 'x'
repeat if x then goto cont end; local y; ::cont:: until y  --! <goto cont> at line 1 jumps into the scope of local 'y'
local x <const> = 1; x = 2  --! attempt to assign to const variable 'x'
local x <const> = 1; function f() x = 2 end  --! attempt to assign to const variable 'x'
local x <close>, y <close> = nil  --! multiple to-be-closed variables in local list
local x <bad> = 1  --! unknown attribute 'bad'
local x < = 1  --! <name> expected near '='
local x <const = 1  --! '>' expected near '='
local x <1> = 1  --! <name> expected near '1'
function f(a, ...) return function() return ... end end  --! cannot use '...' outside a vararg function near '...'
function f(...) local function g() return ... end end  --! cannot use '...' outside a vararg function near '...'
function f(..., a) end  --! ')' expected near ','
function f(a, a) end  --! none
x = function() return 1 end end  --! <eof> expected near 'end'
x = function( return 1 end  --! <name> or '...' expected near 'return'
return 1 x = 2  --! <eof> expected near 'x'
local and = 1  --! <name> expected near 'and'
and = 1  --! unexpected symbol near 'and'
x.end = 1  --! <name> expected near 'end'
x = {end = 1}  --! unexpected symbol near 'end'
goto end  --! <name> expected near 'end'
local function f() goto out end ::out::  --! no visible label 'out' for <goto> at line 1
while true do local function f() break end end  --! break outside loop at line 1
