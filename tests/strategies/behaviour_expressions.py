"""Random Lua expressions by the kind of value they probably give; names in scope by kind.

Kinds: num, str, arr (a sequence), map, obj (a table with metamethods), fun, any.
"""

from __future__ import annotations

import random

from tests.strategies.behaviour_words import (
    BINARY,
    FLOATS,
    FORMATS,
    INTEGERS,
    NUMERIC,
    PATTERNS,
    STRINGS,
)

__all__ = ["Expressions"]


class Expressions:
    """Writes expressions; knows the names in scope by what they probably hold."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.scopes: list[dict[str, str]] = [{}]
        self.counter = 0
        self.loops = 0
        self.in_coroutine = False
        self.in_vararg = [False]

    # names ------------------------------------------------------------------------------

    def new_name(self, kind: str) -> str:
        """A fresh local name, declared after its statement by the caller."""
        self.counter += 1
        return f"{kind}{self.counter}"

    def declare(self, name: str, kind: str) -> None:
        """From here on, `name` holds a value of `kind`."""
        self.scopes[-1][name] = kind

    def names(self, kind: str) -> list[str]:
        """The visible names of a kind."""
        return [name for scope in self.scopes for name, its in scope.items() if its == kind]

    def chance(self, probability: float) -> bool:
        """True once in a while."""
        return self.random.random() < probability

    def pick(self, items: list[str]) -> str:
        """One of the items."""
        return self.random.choice(items)

    # expressions ------------------------------------------------------------------------

    def expression(self, kind: str, depth: int = 0) -> str:
        """An expression that probably gives a value of `kind`, rarely of another."""
        if self.chance(0.04):
            kind = self.pick(["num", "str", "arr", "map", "fun", "any"])
        return str(getattr(self, f"{kind}_expression")(depth))

    def num_expression(self, depth: int) -> str:
        names = self.names("num")
        roll = self.random.random()
        if names and roll < 0.35:
            return self.pick(names)
        if depth > 3 or roll < 0.55:
            return self.pick(self.random.choice([INTEGERS, INTEGERS, FLOATS]))
        if roll < 0.75:
            return (
                f"({self.num_expression(depth + 1)} {self.pick(NUMERIC)} {self.expression('num', depth + 1)})"
            )
        if roll < 0.80:
            left, right = self.expression("num", depth + 1), self.expression("num", depth + 1)
            return f"({left} {self.pick(['&', '|', '~', '<<', '>>', '^'])} {right})"
        if roll < 0.84:
            return f"({self.pick(['- ', '~', '- - '])}{self.expression('num', depth + 1)})"
        if roll < 0.88:
            return f"#{self.pick(self.names('arr') or [chr(34) + 'len' + chr(34)])}"
        if roll < 0.96:
            return self.math_call(depth)
        return f"({self.any_expression(depth + 1)} and {self.num_expression(depth + 1)} or 5)"

    def math_call(self, depth: int) -> str:
        name = self.pick(
            ["abs", "ceil", "floor", "sqrt", "max", "min", "fmod", "tointeger", "ult", "modf", "type", "deg"]
        )
        count = 2 if name in ("fmod", "ult", "max", "min") else 1
        arguments = ", ".join(self.expression("num", depth + 2) for _ in range(count))
        return f"(math.{name}({arguments}))"

    def str_expression(self, depth: int) -> str:
        names = self.names("str")
        roll = self.random.random()
        if names and roll < 0.35:
            return self.pick(names)
        if depth > 3 or roll < 0.55:
            return self.pick(STRINGS) if self.chance(0.9) else self.random_bytes()
        if roll < 0.70:
            return f"({self.expression('str', depth + 1)} .. {self.expression(self.pick(['str', 'num']), depth + 1)})"
        return self.string_call(depth)

    def random_bytes(self) -> str:
        return (
            '"'
            + "".join(f"\\{self.random.randrange(256):03d}" for _ in range(self.random.randint(0, 6)))
            + '"'
        )

    def string_call(self, depth: int) -> str:
        subject = self.expression("str", depth + 1)
        small = self.pick(
            ["0", "1", "2", "3", "-1", "-2", "5", "100", "-100", "2.0", "'2'", "math.mininteger"]
        )
        pattern, fmt = (
            self.quote(self.pick(PATTERNS)),
            self.quote(self.pick(FORMATS) + self.pick(["", "", " %s"])),
        )
        return self.pick([
            f"({subject}):sub({small})", f"({subject}):sub({small}, {self.pick(['-1', '2', '-2', '3'])})",
            f"({subject}):upper()", f"({subject}):reverse()", f"(clip({subject}):rep({self.pick(['0', '1', '3', '-1'])}))",
            f"(({subject}):byte({small}) or 'none')", f"(({subject}):match({pattern}) or 'none')",
            f"(({subject}):gsub({pattern}, {self.replacement(depth)}))", f"({subject}):lower()",
            f"string.format({fmt}, plain({self.expression(self.pick(['num', 'str', 'any']), depth + 1)}), 1)",
            f"text({self.expression(self.pick(['num', 'str']), depth + 1)})", f"type({self.any_expression(depth + 1)})",
            f"string.char({self.random.randrange(256)}, {self.random.randrange(260)})",
            f"(({subject}):find({pattern}, {small}) or 'none')", f"(({subject}):find({pattern}, 1, true) or 'none')",
            f"table.concat({self.expression('arr', depth + 1)}, {self.quote(self.pick(['', ',', '--']))})",
        ])  # fmt: skip

    def replacement(self, depth: int) -> str:
        return self.pick([
            '"<%0>"', '"%1"', '"%%"', '"-"', "string.upper", "{a = 'A', b = false, l = 1}",
            "function(c) enter() return c .. '!' end", "function() end", '"%2"', '"%"', f"{self.num_expression(depth + 2)}",
        ])  # fmt: skip

    def quote(self, text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def arr_expression(self, depth: int) -> str:
        names = self.names("arr")
        if names and self.chance(0.6):
            return self.pick(names)
        items = [
            f"{self.expression(self.pick(['num', 'str']), depth + 1)} or 0"
            for _ in range(self.random.randint(0, 5))
        ]
        return "{" + ", ".join(items) + "}"

    def map_expression(self, depth: int) -> str:
        names = self.names("map") + self.names("obj")
        if names and self.chance(0.6):
            return self.pick(names)
        fields = []
        for _ in range(self.random.randint(0, 4)):
            value = self.expression(self.pick(["num", "str", "any"]), depth + 1)
            fields.append(
                self.pick([f"x = {value}", f"y = {value}", f'["k z"] = {value}', f"[{self.key()}] = {value}"])
            )
        return "{" + ", ".join(fields) + "}"

    def key(self) -> str:
        return self.pick(
            ['"x"', '"y"', "1", "1.0", "2.5", "true", "-1", "2^53", '"1"', "math.huge", *self.names("str")]
        )

    def fun_expression(self, depth: int) -> str:
        names = self.names("fun")
        if names and self.chance(0.7):
            return self.pick(names)
        return f"function(a, ...) enter() return a, select('#', ...), {self.num_expression(depth + 2)} end"

    def bool_expression(self, depth: int) -> str:
        roll = self.random.random()
        if depth > 3 or roll < 0.1:
            return self.pick(["true", "false", "nil", *self.names("any")])
        if roll < 0.6:
            kind = self.pick(["num", "num", "str"])
            operator = self.pick(["==", "~=", "<", "<=", ">", ">="])
            return f"({self.expression(kind, depth + 1)} {operator} {self.expression(kind, depth + 1)})"
        if roll < 0.75:
            return f"(not {self.any_expression(depth + 1)})"
        return f"({self.bool_expression(depth + 1)} {self.pick(['and', 'or'])} {self.bool_expression(depth + 1)})"

    def any_expression(self, depth: int) -> str:
        roll = self.random.random()
        if depth > 3 or roll < 0.15:
            return self.pick(["nil", "true", "false", *self.names("any"), *self.names("num")])
        if roll < 0.45:
            return self.expression(self.pick(["num", "str", "num", "str", "map"]), depth + 1)
        if roll < 0.60:
            return self.bool_expression(depth + 1)
        if roll < 0.75:
            maps = self.names("map") + self.names("obj") or ["({x = 1})"]
            return f"{self.pick(maps)}{self.pick(['.x', '.y', '[1]', '[' + self.key() + ']', '.missing'])}"
        if roll < 0.85 and self.names("fun"):
            return self.call(depth)
        if roll < 0.90 and self.names("obj"):
            return f"({self.expression('obj', depth + 1)} {self.pick(BINARY)} {self.expression('num', depth + 1)})"
        if roll < 0.94 and self.in_vararg[-1]:
            return self.pick(["...", "(...)", "select('#', ...)", "(select(-1, ...))", "#{...}"])
        if roll < 0.97 and self.in_coroutine:
            return f"coroutine.yield({self.num_expression(depth + 1)})"
        return f"tonumber({self.str_expression(depth + 1)}{self.pick(['', '', ', 16', ', 2', ', 37'])})"

    def obj_expression(self, depth: int) -> str:
        names = self.names("obj")
        return self.pick(names) if names else self.map_expression(depth)

    def call(self, depth: int) -> str:
        arguments = [
            self.expression(self.pick(["num", "str", "any"]), depth + 1)
            for _ in range(self.random.randint(0, 3))
        ]
        return f"{self.pick(self.names('fun'))}({', '.join(arguments)})"
