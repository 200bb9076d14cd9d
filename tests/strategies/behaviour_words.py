"""The words of generated programs: the Lua code around them, edge values, patterns, formats.

The prelude defines what every program uses: `emit` shows values unmistakably, `tick` and
`enter` spend fuel, `try` and `plain` and `sorted` keep what Lua leaves open out of sight.
"""

from __future__ import annotations

__all__ = [
    "BINARY",
    "EVENTS",
    "FLOATS",
    "FORMATS",
    "INTEGERS",
    "NUMERIC",
    "PACKS",
    "PATTERNS",
    "POSTLUDE",
    "PRELUDE",
    "STRINGS",
]

FUEL = 600
CALLS = 40
"""Calls of the program's own functions: few, because real Lua's limit of C levels counts the host's, too."""

PRELUDE = r"""
collectgarbage("stop")  -- no finalizer of the host calls a hook
local fuel = FUEL
local function tick()
  fuel = fuel - 1
  if fuel < 0 then error("out of fuel", 0) end
end
local calls = CALLS
local function enter()
  calls = calls - 1
  if calls < 0 then error("out of calls", 0) end
end
local function show(value)
  if math.type(value) == "integer" then return string.format("%d", value) end
  if value ~= value then return "nan" end
  if type(value) == "number" then return string.format("%.17g f", value) end
  if type(value) == "string" then return string.format("%q", #value > 300 and value:sub(1, 300) or value) end
  if type(value) == "boolean" or value == nil then return tostring(value) end
  return type(value)
end
local lines = {}
local function emit(...)
  if #lines > 2000 then return end
  local words = table.pack(...)
  for i = 1, words.n do words[i] = show(words[i]) end
  lines[#lines + 1] = table.concat(words, " ")
end
local function clip(value)
  if type(value) == "string" then return value:sub(1, 120) end
  return value
end
local function plain(value)
  local kind = type(value)
  if kind == "table" or kind == "function" or kind == "thread" then return kind end
  return value
end
local function try(default, f, ...)
  local ok, value = pcall(f, ...)
  if ok and (value ~= nil or default == nil) then return value end
  if not ok then emit("failed", value) end
  return default
end
local function text(value) return tostring(plain(value)) end
local function sorted(map)  -- unseen by hooks: the order of `next` is open
  local hook, mask, count = debug.gethook()
  debug.sethook()
  local list = {}
  for key, value in next, map do list[#list + 1] = show(key) .. "=" .. show(value) end
  table.sort(list)
  if hook then debug.sethook(hook, mask, count) end
  return table.concat(list, ",")
end
"""

POSTLUDE = """
local ok, message = pcall(main)
emit("end", ok, message)
if type(message) == "table" then emit(sorted(message)) end
return table.concat(lines, "\\n")
"""

INTEGERS = [
    "0", "1", "-1", "2", "3", "7", "10", "-5", "100", "127", "128", "-128", "255", "256", "65535", "65536",
    "131071", "1 << 31", "1 << 53", "(1 << 53) + 1", "math.maxinteger", "math.mininteger",
    "math.maxinteger - 1", "math.mininteger + 1", "0x7fffffff", "-2147483648", "0xffffffffffffffff",
]  # fmt: skip
FLOATS = [
    "0.0", "-0.0", "0.5", "1.0", "-1.5", "2.0", "3.25", "1e15", "1e16", "2^53", "2^63", "-2^63", "2^1023",
    "1e308", "5e-324", "0.1", "1/3", "math.huge", "-math.huge", "0/0", "math.pi", "1e100", "-7.0", "255.0",
]  # fmt: skip
STRINGS = [
    '""', '"a"', '"abc"', '"10"', '"0x10"', '" 5 "', '"1e1"', '"3.0"', '"hello world"', '"\\0"', '"a\\0b"',
    '"\\255\\128"', '"x=1, y=2"', '"%d"', '"key"', '"-7"', '"\\u{20AC}"', '"aXbXc"', '"  trim  "', '"nan"',
    '"9223372036854775807"', '"9223372036854775808"', '"1e400"', '"(a(b)c)"', '"THE END"',
]  # fmt: skip
PATTERNS = [
    ".", "%a+", "%d*", "(%w+)", "l+", "^a", "b$", "[%a_]+", "[^x]-x", "()", "(.)(.)", "%s*", "%b()", "%f[%w]%w+",
    "a-b", "(a*)b", "[a-c]", "%x+", "x?", ".-", "%z", "[]]", "%", "(", "[a", "%1", "%f", "(()", "[%",
]  # fmt: skip
FORMATS = [
    "%d", "%5d", "%-5d|", "%05d", "%+d", "%x", "%X", "%#x", "%o", "%c", "%s", "%10s|", "%-10s|", "%.2s", "%q",
    "%g", "%.3f", "%e", "%.0f", "%a", "%i", "%u", "%5.1f", "%%", "%.20s", "%y", "%", "%10q", "%+.3e", "%.14g",
]  # fmt: skip
PACKS = [
    "b",
    "B",
    "<h",
    ">h",
    "<i4",
    ">I4",
    "<j",
    "<d",
    ">f",
    "z",
    "s1",
    "<s2",
    "i3",
    "<i16",
    "c4",
    "!4 b i4",
    "x b",
]
BINARY = [
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "^",
    "&",
    "|",
    "~",
    "<<",
    ">>",
    "..",
    "==",
    "~=",
    "<",
    "<=",
    ">",
    ">=",
]
NUMERIC = ["+", "-", "*", "/", "//", "%", "+", "-", "*"]
EVENTS = [
    "add",
    "sub",
    "mul",
    "div",
    "mod",
    "pow",
    "unm",
    "idiv",
    "band",
    "bor",
    "bxor",
    "shl",
    "shr",
    "bnot",
]
PRELUDE = PRELUDE.replace("FUEL", str(FUEL), 1).replace("CALLS", str(CALLS), 1)
