"""Programs that build a random heap, let go of most of it and report what collections leave.

Every object is a table with an `id`. Some are weak, some have finalizers, of which some take
their object back into life; references go through strong fields, through entries of weak
tables, through closures and suspended coroutines. After each of three collections the program
reports what the roots lead to, and each finalizer reports what its object still holds.
"""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["heap_programs"]

_MOST_OBJECTS = 9
_PROLOGUE = """
collectgarbage("stop")   -- a collection begun while the heap is built knows modes that change later
local reports = {}
local name
function name(value)
  if type(value) == "table" then return "o" .. value.id end
  if type(value) == "function" then return "f(" .. name(value()) .. ")" end
  return tostring(value)
end
local function held(value) return function() return value end end
local function suspended(value)
  local resume = coroutine.wrap(function() while true do coroutine.yield(value) end end)
  resume()
  return resume
end
local function entries(object)
  local list = {}
  for key, value in next, object do
    if key ~= "id" then list[#list + 1] = name(key) .. "=" .. name(value) end
  end
  table.sort(list)
  return table.concat(list, ",")
end
local roots = {}
local function report_all(label)
  local seen, list = {}, {}
  local function visit(object)
    if seen[object] then return end
    seen[object] = true
    list[#list + 1] = name(object) .. "{" .. entries(object) .. "}"
    for key, value in next, object do
      if type(key) == "function" then key = key() end
      if type(value) == "function" then value = value() end
      if type(key) == "table" then visit(key) end
      if type(value) == "table" then visit(value) end
    end
  end
  for _, object in ipairs(roots) do visit(object) end
  table.sort(list)
  reports[#reports + 1] = label .. ": " .. table.concat(list, " ")
end
local function finalize(object)
  reports[#reports + 1] = "gc " .. name(object) .. "{" .. entries(object) .. "}"
end
local function resurrect(object)
  finalize(object)
  roots[#roots + 1] = object
end
local o = {}
"""
_EPILOGUE = """
o = nil
for round = 1, 3 do collectgarbage() report_all("round " .. round) end
return table.concat(reports, "\\n")
"""

_numbers = st.integers(1, _MOST_OBJECTS)
_metatables = st.sampled_from(
    (
        '{__mode = "k"}',
        '{__mode = "v"}',
        '{__mode = "kv"}',
        "{__gc = finalize}",
        "{__gc = resurrect}",
        '{__gc = finalize, __mode = "k"}',
        '{__gc = resurrect, __mode = "v"}',
        '{__gc = finalize, __mode = "kv"}',
    )
)
_set_metatable = st.builds(lambda i, metatable: f"setmetatable(o[{i}], {metatable})", _numbers, _metatables)
_late_mode = st.builds(
    lambda i, mode: (
        f'do local m = getmetatable(o[{i}]) or {{}} setmetatable(o[{i}], m) m.__mode = "{mode}" end'
    ),
    _numbers,
    st.sampled_from(("k", "v", "kv")),
)
_field = st.builds(lambda i, key, j: f"o[{i}].{key} = o[{j}]", _numbers, st.sampled_from("xyz"), _numbers)
_item = st.builds(lambda i, key, j: f"o[{i}][{key}] = o[{j}]", _numbers, st.integers(1, 3), _numbers)
_entry = st.builds(lambda i, key, j: f"o[{i}][o[{key}]] = o[{j}]", _numbers, _numbers, _numbers)
_plain_entry = st.builds(lambda i, key, j: f"o[{i}][o[{key}]] = {j}", _numbers, _numbers, _numbers)
_function = st.builds(
    lambda i, key, hold, j: f"o[{i}].{key} = {hold}(o[{j}])",
    _numbers,
    st.sampled_from("xyz"),
    st.sampled_from(("held", "suspended")),
    _numbers,
)
_function_key = st.builds(
    lambda i, hold, j, k: f"o[{i}][{hold}(o[{j}])] = o[{k}]",
    _numbers,
    st.sampled_from(("held", "suspended")),
    _numbers,
    _numbers,
)
_links = st.one_of(_field, _item, _entry, _entry, _plain_entry, _function, _function_key)
_statements = st.lists(
    st.one_of(_set_metatable, _late_mode, _links, _links),
    min_size=3,
    max_size=24,
)


def _program(statements: list[str], kept: list[int]) -> str:
    objects = f"for i = 1, {_MOST_OBJECTS} do o[i] = {{id = i}} end"
    roots = f"for _, i in ipairs{{{', '.join(map(str, kept))}}} do roots[#roots + 1] = o[i] end"
    return "\n".join((_PROLOGUE, objects, *statements, roots, _EPILOGUE))


heap_programs = st.builds(_program, _statements, st.lists(_numbers, max_size=3))
"""Chunks that return their report as one string."""
