"""Random Lua programs for differential tests: a seed in, a program that always ends out.

    generate(7)  ->  Program; str(program) is Lua text that defines and runs `main`

Every program prints what it computes through `emit`, which writes values unmistakably
(kind of number, all digits, quoted strings). Loops and functions spend fuel, so that a
program ends; values whose text or order Lua leaves open (addresses, `pairs`, the border of a
table with holes) are never observed. A program is a tree of pieces, so that `shrink` can
take pieces out while a difference remains.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.strategies.behaviour_expressions import Expressions
from tests.strategies.behaviour_words import BINARY, EVENTS, FORMATS, PACKS, PATTERNS, POSTLUDE, PRELUDE

__all__ = ["Piece", "Program", "generate", "shrink"]


@dataclass(slots=True)
class Piece:
    """One statement: text in front, pieces inside, text behind. `kept` is off while shrinking."""

    head: str
    body: list[Piece] = field(default_factory=list)
    tail: str = ""
    kept: bool = True

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The text of the piece, line by line."""
        if not self.kept:
            return
        yield "  " * depth + self.head
        for piece in self.body:
            yield from piece.lines(depth + 1)
        if self.tail:
            yield "  " * depth + self.tail

    def walk(self) -> Iterator[Piece]:
        """Every piece inside, outer ones first."""
        for piece in self.body:
            yield piece
            yield from piece.walk()


@dataclass(slots=True)
class Program:
    """A whole program; `str` gives its text."""

    seed: int
    main: Piece

    def __str__(self) -> str:
        return PRELUDE + "\n".join(self.main.lines()) + POSTLUDE


def generate(seed: int) -> Program:
    """The program of a seed, always the same."""
    writer = Writer(random.Random(seed))
    body = writer.block(depth=0, size=writer.random.randint(4, 12))
    return Program(seed, Piece("local function main()", body, "end"))


def shrink(program: Program, differs: Callable[[str], bool]) -> str:
    """The smallest text found, by taking pieces out, that still differs."""
    changed = True
    while changed:
        changed = False
        for piece in list(program.main.walk()):
            if piece.kept:
                piece.kept = False
                if differs(str(program)):
                    changed = True
                else:
                    piece.kept = True
    return str(program)


class Writer(Expressions):
    """Writes statements; every one may use what the ones before declared."""

    # statements -------------------------------------------------------------------------

    def block(self, depth: int, size: int) -> list[Piece]:
        """`size` statements in a scope of their own."""
        self.scopes.append({})
        pieces: list[Piece] = []
        for _ in range(size):
            pieces.append(self.statement(depth))
        self.scopes.pop()
        return pieces

    def statement(self, depth: int) -> Piece:
        simple = [
            "local_",
            "local_",
            "assign",
            "assign",
            "emit",
            "emit",
            "emit",
            "array",
            "map",
            "map",
            "risky",
            "risky",
            "library",
        ]
        nested = [
            "if_",
            "while_",
            "repeat_",
            "numeric_for",
            "generic_for",
            "function",
            "coroutine",
            "object",
            "do_",
            "goto_",
            "close",
            "hook",
            "method",
            "traceback",
            "shared",
        ]
        if depth < 3 and self.chance(0.4):
            return getattr(self, f"{self.pick(nested)}_statement")(depth)  # type: ignore[no-any-return]
        return getattr(self, f"{self.pick(simple)}_statement")(depth)  # type: ignore[no-any-return]

    def inner(self, depth: int) -> list[Piece]:
        return self.block(depth + 1, self.random.randint(1, 4))

    def value_for(self, kind: str) -> str:
        """An expression for a variable of `kind`, mostly one that can't fail."""
        value = self.expression(kind) if kind != "str" else f"clip({self.expression(kind)})"
        if kind in ("num", "str", "any") and self.chance(0.75):
            default = {"num": "5", "str": "'text'", "any": "nil"}[kind]
            dots = "..." if self.in_vararg[-1] else ""
            value = f"try({default}, function({dots}) return {value} end{dots and ', ...'})"
        return value

    def local__statement(self, depth: int) -> Piece:
        kind = self.pick(["num", "num", "str", "str", "arr", "map", "any"])
        value = self.value_for(kind)
        name = self.new_name(kind)
        attribute = " <const>" if self.chance(0.1) else ""
        if attribute:
            kind = "constant"
        self.declare(name, kind)
        if self.chance(0.15):
            other = self.new_name("any")
            piece = Piece(f"local {name}{attribute}, {other} = {value}, {self.any_expression(0)}")
            self.declare(other, "any")
            return piece
        return Piece(f"local {name}{attribute} = {value}")

    def assign_statement(self, depth: int) -> Piece:
        kind = self.pick(["num", "num", "str", "any"])
        names = self.names(kind)
        if not names:
            return self.local__statement(depth)
        value = self.value_for(kind)
        if self.chance(0.2) and len(names) > 1:
            first, second = self.random.sample(names, 2)
            return Piece(f"{first}, {second} = {second}, {value}")
        return Piece(f"{self.pick(names)} = {value}")

    def emit_statement(self, depth: int) -> Piece:
        values = [
            self.expression(self.pick(["num", "str", "any", "bool"]))
            for _ in range(self.random.randint(1, 3))
        ]
        if self.chance(0.2):
            return Piece(f"emit({', '.join(values)})")
        dots = "..." if self.in_vararg[-1] else ""
        return Piece(f"emit(pcall(function({dots}) return {', '.join(values)} end{dots and ', ...'}))")

    def risky_statement(self, depth: int) -> Piece:
        """Something that may fail; its result or error message is shown."""
        left, right = (self.any_expression(0) for _ in range(2))
        held = self.pick(self.names("any") + self.names("map") + self.names("num") or ["unknown"])
        action = self.pick([
            f"return {left} {self.pick(BINARY)} {right}", f"return {held}.field.deeper", f"return {held}()",
            f"return {held}:method({left})", f"{held}[{left}] = {right}", f"return #{held}", f"return - {held}",
            f"for i = {left}, {right} do break end", f"for i in {held} do break end", f"error({left}, {self.random.randint(0, 3)})",
            f"return string.rep('xxx' .. {left}, {self.pick(['-1', '2', '1 << 62', 'nil'])})", f"return setmetatable({held}, {left})",
            f"return ({left}) < ({right})", f"return {held}.x .. {left}", f"return undefined{self.random.randint(1, 3)}.x",
            f"return math.floor({left}), ({left} | 0)", f"local t = {held} t.x.y = 1", f"return ({left}) // 0, {left} % 0",
            f"return select({left}, 1, 2, 3)", f"return tostring({left}), tonumber({right})", f"return ipairs({left})",
            f"return rawequal({left}, {right}), rawlen({held})", f"return {left} & {right}",
        ])  # fmt: skip
        if not self.in_vararg[-1]:
            return Piece(f"emit(pcall(function() {action} end))")
        return Piece(f"emit(pcall(function(...) {action} end, ...))")

    def array_statement(self, depth: int) -> Piece:
        names = self.names("arr")
        if not names:
            name, value = self.new_name("arr"), self.arr_expression(0)
            self.declare(name, "arr")
            return Piece(f"local {name} = {value}")
        name = self.pick(names)
        value = self.pick([f"({self.num_expression(1)} or 0)", f"clip({self.str_expression(1)})"])
        return Piece(self.pick([
            f"if #{name} < 50 then {name}[#{name} + 1] = {value} end", f"if #{name} < 50 then table.insert({name}, {value}) end",
            f"emit(table.remove({name}))", f"emit(#{name}, {name}[1], {name}[#{name}])", f"emit(pcall(table.sort, {name}))",
            f"emit(pcall(table.concat, {name}, ','))", f"emit(table.unpack({name}, 1, 3))", f"emit(select('#', table.unpack({name})))",
            f"if #{name} < 50 then table.insert({name}, 1, {value}) end", f"emit(#table.move({name}, 1, #{name}, 2, {{0}}))",
            f"emit(pcall(table.sort, {name}, function(a, b) tick() return text(a) > text(b) end))",
        ]))  # fmt: skip

    def map_statement(self, depth: int) -> Piece:
        names = self.names("map")
        if not names:
            name, value = self.new_name("map"), self.map_expression(0)
            self.declare(name, "map")
            return Piece(f"local {name} = {value}")
        name, value = self.pick(names), self.expression(self.pick(["num", "any", "bool"]))
        return Piece(self.pick([
            f"{name}.x = {value}", f"{name}[{self.key()}] = {value}", f"emit({name}.x, {name}[{self.key()}])",
            f"emit(sorted({name}))", f"{name}.n = ({name}.n or 0) + 1", f"emit(next({name}) == nil, rawget({name}, 'x'))",
            f"{name}.x, {name}.y = {name}.y, {value}", f"emit(pcall(rawset, {name}, {value}, 1))",
        ]))  # fmt: skip

    def library_statement(self, depth: int) -> Piece:
        """Calls with several results, each in a pcall."""
        subject = self.str_expression(1)
        pattern, pack = self.quote(self.pick(PATTERNS)), self.quote(self.pick(PACKS))
        number, text = self.num_expression(1), self.quote(self.pick([
            "return 1 + 1", "return ...", "x =", "return 1 +", "local a <const> = 1; a = 2", "goto nowhere", "for", "return {1, 2",
            "error('inside')", "return 'a' .. {}", "local t = nil; return t.x", "::a:: ::a::", "return \\\\q", "break", "f(", "return 08, 1e",
        ]))  # fmt: skip
        return Piece(self.pick([
            f"emit(pcall(string.find, {subject}, {pattern}))", f"emit(pcall(string.gsub, {subject}, {pattern}, {self.replacement(1)}))",
            f"emit(pcall(string.match, {subject}, {pattern}, {number}))", f"emit(pcall(string.byte, {subject}, 1, 5))",
            f"for a, b in ({subject}):gmatch({self.quote(self.pick(PATTERNS[:18]))}) do tick() emit(a, b) end",
            f"emit(pcall(string.pack, {pack}, {number}))", f"emit(pcall(string.pack, {pack}, {subject}))",
            f"emit(pcall(string.unpack, {pack}, {subject}))", f"emit(pcall(string.format, {self.quote(self.pick(FORMATS))}, {number}))",
            f"emit(pcall(load({text}, '=text') or error, 1, 2))", f"emit(load({text}, '=text') == nil, select(2, load({text}, '=text')))",
            f"emit(pcall(utf8.len, {subject}))", f"emit(pcall(utf8.char, {number}))", f"emit(pcall(utf8.codepoint, {subject}, 1, -1))",
            f"emit(math.modf({number}))", f"emit(tostring({number}), {number} // 1, math.type({number}))", f"emit(pcall(math.fmod, {number}, {self.num_expression(1)}))",
            f"emit(xpcall(function(...) error({self.any_expression(1)}) end, function(m) return 'handled', m end))",
            f"emit(pcall(string.rep, {subject}, 3, ','))", f"emit(table.unpack({{{number}, {subject}}}, 1, 3))",
            f"emit(pcall(tonumber, {subject}, {self.pick(['10', '16', '2', '36'])}))", f"emit(#{self.random_bytes()}, {self.random_bytes()} < {self.random_bytes()})",
        ]))  # fmt: skip

    def if__statement(self, depth: int) -> Piece:
        body = self.inner(depth)
        if self.chance(0.5):
            body.append(
                Piece(f"elseif {self.bool_expression(0)} then" if self.chance(0.5) else "else", [], "")
            )
            body += self.inner(depth)
        return Piece(f"if {self.bool_expression(0)} then", body, "end")

    def do__statement(self, depth: int) -> Piece:
        return Piece("do", self.inner(depth), "end")

    def loop(self, head: str, depth: int, names: dict[str, str], tail: str = "end") -> Piece:
        """A loop whose body spends fuel and may break or continue."""
        self.scopes.append(dict(names))
        self.loops += 1
        body = [Piece("tick()"), *self.inner(depth)]
        if self.chance(0.25):
            body.append(Piece(f"if {self.bool_expression(0)} then break end"))
        if self.chance(0.25):
            label = f"continue{self.counter}"
            self.counter += 1
            inside = [Piece(f"if {self.bool_expression(0)} then goto {label} end"), *self.inner(depth)]
            body.append(Piece("do", inside, f"end ::{label}::"))
        self.loops -= 1
        self.scopes.pop()
        return Piece(head, body, tail)

    def while__statement(self, depth: int) -> Piece:
        counter = self.new_name("num")
        limit = self.random.randint(1, 6)
        loop = self.loop(f"while {counter} < {limit} do {counter} = {counter} + 1", depth, {})
        return Piece("do", [Piece(f"local {counter} = 0"), loop], "end")

    def repeat__statement(self, depth: int) -> Piece:
        counter = self.new_name("num")
        head = f"repeat local {counter}i = {counter} {counter} = {counter} + 1"
        loop = self.loop(
            head, depth, {f"{counter}i": "num"}, f"until {counter} > {self.random.randint(1, 5)}"
        )
        return Piece("do", [Piece(f"local {counter} = 0"), loop], "end")

    def numeric_for_statement(self, depth: int) -> Piece:
        name = self.new_name("num")
        bounds = self.pick([
            "1, 3", "3, 1, -1", "1, 2, 0.5", "1.0, 3", "math.maxinteger - 1, math.maxinteger", "1, 0", "-1, -3, -1",
            "math.mininteger, math.mininteger + 1", "1, math.huge", "0.1, 0.35, 0.1", "5, 1, -2", "1, '3'", "1, 3, 0",
            f"{self.num_expression(2)}, {self.num_expression(2)}", f"1, {self.random.randint(2, 5)}",
        ])  # fmt: skip
        loop = self.loop(f"for {name} = {bounds} do", depth, {name: "num"})
        return Piece(
            "emit(pcall(function(...)" if self.in_vararg[-1] else "emit(pcall(function()", [loop], "end))"
        )

    def generic_for_statement(self, depth: int) -> Piece:
        key, value = self.new_name("num"), self.new_name("any")
        source = self.pick([
            f"ipairs({self.arr_expression(0)})", f"ipairs({self.arr_expression(0)})", f"next, {{{self.num_expression(2)}}}",
            "coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i, i * i) end end)",
            "function(s, c) if c < s then return c + 1, s end end, 3, 0",
            "setmetatable({}, {__call = function(_, _, c) c = (c or 0) + 1 if c < 4 then return c, 'm' end end})",
            "pairs(setmetatable({}, {__pairs = function(t) return function(_, k) if not k then return 1, 2 end end, t, nil end}))",
            "function(s, c) if c < s then return c + 1, s end end, 2, 0, setmetatable({}, {__close = function(_, e) emit('closed', e) end})",
        ])  # fmt: skip
        return self.loop(f"for {key}, {value} in {source} do", depth, {key: "num", value: "any"})

    def function_body(self, depth: int, parameters: dict[str, str], is_vararg: bool) -> list[Piece]:
        self.scopes.append(dict(parameters))
        self.in_vararg.append(is_vararg)
        outside, self.in_coroutine = self.in_coroutine, False
        loops, self.loops = self.loops, 0
        body = [Piece("enter()"), *self.inner(depth)]
        results = [self.any_expression(1) for _ in range(self.random.randint(0, 3))]
        if results and self.chance(0.2) and self.names("fun"):
            results = [self.call(1)]
        if is_vararg and self.chance(0.3):
            results.append("...")
        body.append(Piece(f"do return {', '.join(results)} end"))
        self.in_vararg.pop()
        self.scopes.pop()
        self.in_coroutine, self.loops = outside, loops
        return body

    def function_statement(self, depth: int) -> Piece:
        name = self.new_name("fun")
        parameters = {self.new_name("any"): "any" for _ in range(self.random.randint(0, 3))}
        is_vararg = self.chance(0.3)
        listed = ", ".join([*parameters, *(["..."] if is_vararg else [])])
        self.declare(name, "fun")
        body = self.function_body(depth, parameters, is_vararg)
        return Piece(
            f"local function {name}({listed})", body, f"end emit(pcall({name}, {self.num_expression(1)}))"
        )

    def coroutine_statement(self, depth: int) -> Piece:
        name, parameter = self.new_name("co"), self.new_name("any")
        self.scopes.append({parameter: "any"})
        self.in_vararg.append(False)
        outside, self.in_coroutine = self.in_coroutine, True
        loops, self.loops = self.loops, 0
        body = [
            Piece("enter()"),
            *self.inner(depth),
            Piece(f"emit('resumed', coroutine.yield({parameter}, 1))"),
            *self.inner(depth),
        ]
        if self.chance(0.3):
            body.append(
                Piece(
                    f"emit(pcall(function() coroutine.yield({parameter}) error({self.any_expression(1)}) end))"
                )
            )
        self.in_vararg.pop()
        self.scopes.pop()
        self.in_coroutine, self.loops = outside, loops
        resumes = " ".join(
            f"emit(coroutine.resume({name}, {self.num_expression(1)}))"
            for _ in range(self.random.randint(1, 5))
        )
        if self.chance(0.3):
            resumes += f" emit(coroutine.close({name}))"
        return Piece(
            f"do local {name} = coroutine.create(function({parameter})",
            body,
            f"end) {resumes} emit(coroutine.status({name})) end",
        )

    def object_statement(self, depth: int) -> Piece:
        """A table with a metatable full of metamethods."""
        name = self.new_name("obj")
        fields = [
            f"__{event} = function(a, b) enter() return '{event}', type(a) .. type(b) end"
            for event in self.random.sample(EVENTS, 4)
        ]
        choices = [
            "__index = function(_, k) enter() return k end", "__index = {x = 1, y = 'inherited'}", "__newindex = function(t, k, v) rawset(t, k, v) end",
            "__call = function(self, ...) enter() return select('#', ...), ... end", "__eq = function() return true end", "__lt = function(a, b) return 1 end",
            "__le = function(a, b) return nil end", "__concat = function(a, b) return 'cat' end", "__len = function() return 42 end",
            "__tostring = function() return 'object' end", "__name = 'Thing'", "__index = function(_, k) error('no ' .. tostring(k), 2) end", "__metatable = 'locked'",
        ]  # fmt: skip
        fields += self.random.sample(choices, 5)
        self.declare(name, "obj")
        return Piece(
            f"local {name} = setmetatable({{x = {self.num_expression(1)}}}, {{{', '.join(fields)}}})"
        )

    def goto__statement(self, depth: int) -> Piece:
        counter, label = self.new_name("num"), f"top{self.counter}"
        body = [Piece(f"local {counter} = 0 ::{label}:: tick()"), Piece("do", self.inner(depth), "end")]
        body.append(
            Piece(
                f"{counter} = {counter} + 1 if {counter} < {self.random.randint(1, 4)} then goto {label} end"
            )
        )
        return Piece("do", body, "end")

    def close_statement(self, depth: int) -> Piece:
        name = self.new_name("closing")
        action = self.pick(
            ["emit('close', e)", "emit('close', e) error('in close', 0)", "emit('close', e) tick()"]
        )
        opened = Piece(
            f"local {name} <close> = setmetatable({{}}, {{__close = function(_, e) {action} end}})"
        )
        saved, self.in_vararg = self.in_vararg, [False]
        outside, self.in_coroutine = self.in_coroutine, False
        loops, self.loops = self.loops, 0
        ending = Piece(
            self.pick(["do return 'value' end", f"error({self.str_expression(2)})", "emit('body ends')"])
        )
        body = [opened, *self.inner(depth), ending]
        self.in_vararg, self.in_coroutine, self.loops = saved, outside, loops
        return Piece("emit(pcall(function()", body, "end))")

    def hook_statement(self, depth: int) -> Piece:
        """Counts what a hook sees while a block runs: lines, calls, returns, instructions."""
        name = self.new_name("seen")
        masks = ["'l'", "'c'", "'r'", "'cr'"]
        if not self.in_coroutine:  # known difference: `return coroutine.yield()` counts one less
            masks += ["'', 1", "'', 7", "'lcr', 3"]
        mask = self.pick(masks)
        note = self.pick([f"{name} = {name} + 1", f"{name} = {name} * 31 % 1000003 + #event + (line or 0)"])
        body = self.protected(depth)
        hook = f"debug.sethook(function(event, line) {note} end, {mask})"
        return Piece(f"do local {name} = 0 {hook}", [body], f"debug.sethook() emit('seen', {name}) end")

    def traceback_statement(self, depth: int) -> Piece:
        """An error's traceback, down to the xpcall around it."""
        handler = "function(m) return (debug.traceback(text(m), 1):gsub(\"\\n[^\\n]*'xpcall'.*\", '')) end"
        dots = "..." if self.in_vararg[-1] else ""
        body = [*self.inner(depth), Piece(f"error({self.str_expression(2)}, {self.random.randint(0, 2)})")]
        return Piece(f"emit(xpcall(function({dots})", body, f"end, {handler}{dots and ', ...'}))")

    def protected(self, depth: int) -> Piece:
        dots = "..." if self.in_vararg[-1] else ""
        return Piece(f"emit(pcall(function({dots})", self.inner(depth), f"end{dots and ', ...'}))")

    def method_statement(self, depth: int) -> Piece:
        """A method on a table, called with a colon, dumped and loaded again."""
        name, parameter = self.new_name("map"), self.new_name("any")
        body = self.function_body(depth, {"self": "map", parameter: "any"}, False)
        self.declare(name, "map")
        calls = [
            f"emit(pcall({name}.go, {name}, {self.num_expression(1)}))",
            f"emit(({name}:go({self.num_expression(2)})))",
        ]
        if self.chance(0.4):
            calls.append(
                f"emit(pcall(load(string.dump({name}.go, {self.pick(['true', 'false'])})), {name}, 1))"
            )
        head = f"local {name} = {{x = {self.num_expression(1)}}} function {name}:go({parameter})"
        return Piece(head, body, "end " + " ".join(calls[: 1 + self.random.randint(0, 2)]))

    def shared_statement(self, depth: int) -> Piece:
        """Closures made in a loop that share one variable and own another."""
        name, loop = self.new_name("num"), self.new_name("num")
        self.scopes.append({name: "num", loop: "num"})
        body = self.inner(depth)
        value = self.value_for("num")
        self.scopes.pop()
        make = f"made[#made + 1] = function() enter() {loop} = {loop} + 1 {name} = {name} + {loop} return {loop}, {name}, {value} end"
        if self.in_vararg[-1] and "..." in make:
            make = make.replace("function() enter()", "function(...) enter()")
        body.append(Piece(make))
        uses = " ".join(f"emit(pcall(made[{self.random.randint(1, 2)}]))" for _ in range(3))
        return Piece(f"do local {name}, made = 0, {{}} for {loop} = 1, 2 do tick()", body, f"end {uses} end")
