"""Random Lua programs about control: errors, protected calls, coroutines, closing, metamethods.

    control_flow_program(random.Random(7))  ->  source that returns a log of all that happened

Every program ends: its log has a budget, and each statement that could go on for ever logs.
Values are logged without addresses, so that two implementations can be compared.
"""

from __future__ import annotations

from random import Random
from typing import Final

__all__ = ["control_flow_program"]

_PRELUDE: Final = """
local lines, budget, dice = {}, 400, 7
local function show(value)
  local kind = type(value)
  if kind == "table" or kind == "function" or kind == "thread" then return kind end
  return (tostring(value):gsub("0x%x+", "address"))
end
local function log(...)
  budget = budget - 1
  if budget < 0 then error("budget", 0) end
  local texts = {}
  for i = 1, select("#", ...) do texts[i] = show((select(i, ...))) end
  lines[#lines + 1] = table.concat(texts, " ")
  dice = (dice * 1103515245 + 12345) % 2147483648
  return dice // 65536 % 3 == 0
end
local function closer(name)
  return setmetatable({}, {__close = function(_, e) log("closed", name, e) end})
end
"""

_VALUES: Final = (*("1", "2.5", "'s'", "nil", "true", "{}", "'10'", "print", "math.huge", "-0.0", "1<<62"),)
_OPERATORS: Final = [
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "..",
    "<",
    "<=",
    "==",
    "~=",
    "&",
    "|",
    "~",
    "<<",
    ">>",
    "^",
]
_METAMETHODS: Final = {
    "add": "m + 1",
    "index": "m.x",
    "call": "m(1, 2)",
    "concat": "m .. 'x'",
    "eq": "m == n",
    "lt": "m < n",
    "len": "#m",
    "unm": "-m",
    "newindex": "(function() m.x = 1 end)()",
}
_HANDLERS: Final = (
    "function(m) return 'handled ' .. show(m) end",
    "function(m) log('handler', m) return m, 2 end",
    "function(m) error('in the handler', 0) end",
    "debug.traceback",
)
_RANGES: Final = ("1, 3", "3, 1, -1", "1.0, 2, 0.5", "1, 0")


def control_flow_program(random: Random) -> str:
    """A program that returns what it logged."""
    body = _Writer(random).block(random.randint(2, 4), [], False)
    handler = "function(m) return 'top ' .. show(m) end"
    run = f"log('end', xpcall(function(...)\n{body}\nend, {handler}))"
    return f"{_PRELUDE}\n{run}\nreturn table.concat(lines, '\\n')"


class _Writer:
    """Writes one program; `names` are the variables in sight, `inside` a coroutine or not."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def value(self, names: list[str]) -> str:
        return self.random.choice(names if names and self.random.random() < 0.5 else _VALUES)

    def block(self, depth: int, names: list[str], inside: bool) -> str:
        names = list(names)
        return "\n".join(self.statement(depth, names, inside) for _ in range(self.random.randint(1, 4)))

    def statement(self, depth: int, names: list[str], inside: bool) -> str:
        kinds = _SIMPLE if depth <= 0 else _ALL
        write = self.random.choice(kinds)
        return write(self, depth - 1, names, inside)

    def log(self, _depth: int, names: list[str], _inside: bool) -> str:
        return f"log({self.value(names)}, {self.value(names)})"

    def local(self, _depth: int, names: list[str], _inside: bool) -> str:
        name, value = self.name(), self.value(names)
        names.append(name)
        return f"local {name} = {value}"

    def close(self, _depth: int, _names: list[str], inside: bool) -> str:
        name = self.name()
        ends = ["", f"error('closing {name}', {self.random.randint(0, 2)})", "return 5"]
        end = self.random.choice([*ends, "coroutine.yield('closing')"] if inside else ends)
        handler = f"function(_, e) log('{name}', e) {end} end"
        return f"local {name} <close> = setmetatable({{}}, {{__close = {handler}}})"

    def error(self, _depth: int, _names: list[str], _inside: bool) -> str:
        value = self.random.choice(["'failed'", "{}", "nil", "12"])
        level = self.random.choice(["", ", 0", ", 1", ", 2"])
        return f"if log('error?') then error({value}{level}) end"

    def give_back(self, _depth: int, names: list[str], _inside: bool) -> str:
        return f"if log('return?') then return {self.value(names)}, {self.value(names)} end"

    def operation(self, _depth: int, names: list[str], _inside: bool) -> str:
        left, right = self.value(names), self.value(names)
        operator = self.random.choice(_OPERATORS)
        return f"log(pcall(function() local x, y = {left}, {right} return x {operator} y end))"

    def give_up(self, _depth: int, names: list[str], _inside: bool) -> str:
        if self.random.random() < 0.8:
            return f"log('resumed', coroutine.yield({self.value(names)}))"
        return "log(pcall(coroutine.yield, 'from pcall'))"

    def protected(self, depth: int, names: list[str], inside: bool) -> str:
        body = self.block(depth, names, inside)
        if self.random.random() < 0.5:
            return f"log('pcall', pcall(function(...)\n{body}\nend, {self.value(names)}))"
        return f"log('xpcall', xpcall(function(...)\n{body}\nend, {self.random.choice(_HANDLERS)}, 1, 2))"

    def coroutine(self, depth: int, names: list[str], _inside: bool) -> str:
        name = self.name()
        lines = [f"local {name} = coroutine.create(function(...)\n{self.block(depth, names, True)}\nend)"]
        for _ in range(self.random.randint(1, 4)):
            lines.append(f"log(coroutine.resume({name}, {self.value(names)})) log(coroutine.status({name}))")
        if self.random.random() < 0.5:
            lines.append(f"log('close', coroutine.close({name}))")
        return "\n".join(lines)

    def wrapped(self, depth: int, names: list[str], _inside: bool) -> str:
        name, body = self.name(), self.block(depth, names, True)
        return (
            f"do local {name} = coroutine.wrap(function(...)\n{body}\nend)\n"
            f"for i = 1, 3 do log('wrap', pcall({name}, i)) end end"
        )

    def numeric_loop(self, depth: int, names: list[str], inside: bool) -> str:
        body = self.block(depth, [*names, "i"], inside)
        end = self.random.choice(["", "if i == 2 then break end", "do break end"])
        return f"for i = {self.random.choice(_RANGES)} do log('i', i)\n{body}\n{end}\nend"

    def generic_loop(self, depth: int, names: list[str], inside: bool) -> str:
        yielding = "coroutine.yield(n)" if inside and self.random.random() < 0.5 else ""
        step = f"function() n = n + 1 if n < 3 then {yielding} return n, n * n end end"
        iterator = f"(function() local n = 0 return {step}, nil, nil, closer('loop') end)()"
        return f"for a, b in {iterator} do log(a, b)\n{self.block(depth, [*names, 'a'], inside)}\nend"

    def repeat_loop(self, depth: int, names: list[str], inside: bool) -> str:
        name, body = self.name(), self.block(depth, names, inside)
        return (
            f"local {name} = 0\nrepeat local z <close> = closer('{name}') {name} = {name} + 1\n{body}\n"
            f"until {name} >= 2"
        )

    def jump(self, depth: int, names: list[str], inside: bool) -> str:
        name, body = self.name(), self.block(depth, names, inside)
        return (
            f"do local {name} = 0\n::again{name}::\n{name} = {name} + 1\nlocal c <close> = closer('{name}')\n"
            f"{body}\nif {name} < 3 then goto again{name} end end"
        )

    def function(self, depth: int, names: list[str], inside: bool) -> str:
        name, parameters = self.name(), [self.name() for _ in range(self.random.randint(0, 2))]
        body = self.block(depth, names + parameters, inside)
        names.append(name)
        call = f"log('call', {name}({self.value(names)}, {self.value(names)}))"
        return f"local function {name}({', '.join([*parameters, '...'])})\n{body}\nend\n{call}"

    def tail_call(self, depth: int, names: list[str], inside: bool) -> str:
        body = self.block(depth, names, inside)
        inner = f"(function(...)\n{body}\nreturn ... end)(...)"
        return f"log((function(...) return {inner} end)({self.value(names)}))"

    def metamethod(self, depth: int, names: list[str], inside: bool) -> str:
        event = self.random.choice(list(_METAMETHODS))
        body = self.block(depth, names, inside)
        return (
            f"do local meta = {{}}\nfunction meta.__{event}(...) log('{event}', ...)\n{body}\nend\n"
            "local m, n = setmetatable({}, meta), setmetatable({}, meta)\n"
            f"log('meta', pcall(function() return {_METAMETHODS[event]} end)) end"
        )


_SIMPLE: Final = (_Writer.log, _Writer.local, _Writer.error, _Writer.give_up, _Writer.operation)
_ALL: Final = (
    *_SIMPLE,
    *(_Writer.close, _Writer.give_back, _Writer.protected, _Writer.coroutine, _Writer.wrapped),
    *(_Writer.numeric_loop, _Writer.generic_loop, _Writer.repeat_loop, _Writer.jump),
    *(_Writer.function, _Writer.tail_call, _Writer.metamethod, _Writer.close, _Writer.protected),
)
