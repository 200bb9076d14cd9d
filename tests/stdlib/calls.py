"""One call of a library function in pylua and in real Lua: do both give the same?

    CALLS.assert_same("string", "rep", "ab", 2)

Results are compared with their types (floats to the last bit), errors by their messages.
"""

from __future__ import annotations

from typing import Any, Final

import lupa.lua54

from pylua.errors import LuaError
from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.values.types import FALSE, TRUE
from pylua.vm.state import State

__all__ = ["CALLS"]

_DRIVERS: Final = """
local function describe(...)
  local texts = {}
  for i = 1, select("#", ...) do
    local value = select(i, ...)
    local kind = math.type(value) or type(value)
    local text = kind == "function" and "" or kind == "float" and string.format("%a", value)
      or string.format("%q", value)
    texts[i] = kind .. " " .. text
  end
  return table.concat(texts, "\\n")
end

local drivers = {}

function drivers.call(library, name, ...)
  return describe(pcall(_G[library][name], ...))
end

function drivers.iterate(library, name, ...)      -- all values of an iterator
  local lines = {}
  local ok, message = pcall(function (...)
    for a, b, c, d in _G[library][name](...) do lines[#lines + 1] = describe(a, b, c, d) end
  end, ...)
  return table.concat(lines, "\\n") .. "\\n" .. describe(ok, message)
end

function drivers.replace(kind, subject, pattern, ...)      -- gsub with a table or a function
  local calls = {}
  local answers = {nil, false, "x", 1, 2.5, "%1", {}}
  local function answer(...)
    calls[#calls + 1] = describe(...)
    return answers[(#calls + #describe(...)) % 8]
  end
  local replacement = answer
  if kind == "table" then
    replacement = setmetatable({a = "A", b = false, [1] = "one", c = 7}, {__index = function (_, key)
      return answer(key) end})
  end
  return describe(pcall(string.gsub, subject, pattern, replacement, ...)) .. table.concat(calls, "\\n")
end

function drivers.script_with(source, ...)
  local chunk, message = load(source, "=script")
  if not chunk then return message end
  return describe(pcall(chunk, ...))
end

drivers.script = drivers.script_with

return function (driver, ...) return drivers[driver](...) end
"""

_BOOLEANS: Final = {True: TRUE, False: FALSE}


class Calls:
    """Both engines, each opened once."""

    def __init__(self) -> None:
        reference: Any = lupa.lua54.LuaRuntime(encoding="latin-1")
        self._reference = reference.globals().load(_DRIVERS, "=drivers")()
        self._state = State()
        open_libraries(self._state)
        self._driver = self._state.call(load_chunk(self._state, _DRIVERS, "=drivers"))[0]

    def expected(self, driver: str, *arguments: Any) -> str:
        return str(self._reference(driver, *arguments))

    def actual(self, driver: str, *arguments: Any) -> str:
        values = [_BOOLEANS[value] if type(value) is bool else value for value in arguments]
        try:
            return str(self._state.call(self._driver, driver, *values)[0])
        except LuaError as error:
            return f"uncaught: {error}"

    def assert_same_result(self, driver: str, *arguments: Any) -> None:
        expected, actual = self.expected(driver, *arguments), self.actual(driver, *arguments)
        assert actual == expected, f"{driver}{arguments!r}\n--- expected\n{expected}\n--- got\n{actual}"

    def assert_same(self, library: str, name: str, *arguments: Any) -> None:
        self.assert_same_result("call", library, name, *arguments)


CALLS: Final = Calls()
