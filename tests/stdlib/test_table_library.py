"""The library `table` against real Lua: results, errors, and which accesses metamethods see."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stdlib.calls import CALLS

EXPRESSIONS = """
table.concat({1, 2.5, "x", -0.0, 2^53, 2^63}, ", ")
table.concat({}, "x")
table.concat({1, 2, 3}, "x", 2)
table.concat({1, 2, 3}, 7, 2, 3)
table.concat({1, 2, 3}, ",", 3, 2)
table.concat({1, {}, 3})
table.concat({1, nil, 3}, ",", 1, 3)
table.concat({true})
table.concat({}, "x", 1, 3)
table.concat({[math.maxinteger] = "z"}, ",", math.maxinteger, math.maxinteger)
table.concat({}, ",", math.maxinteger, math.maxinteger)
table.concat({[-1] = "a", [0] = "b", "c"}, ",", -1)
table.concat({1, 2, 3}, {})
table.concat({1, 2, 3}, ",", "a")
table.concat({1, 2, 3}, ",", "2", "3")
table.concat("abc")
table.concat()
table.concat(setmetatable({}, {__len = function () return 1e300 end}))
table.concat(setmetatable({}, {__len = function () return "3" end, __index = function (_, k) return k end}))
table.insert({}, 1)
table.insert({})
table.insert()
table.insert({}, 1, 2, 3)
table.insert({}, 2, 2)
table.insert({}, 0, 2)
table.insert({}, -1, 2)
table.insert({1, 2}, 4, 2)
table.insert({}, "x", 2)
table.insert({}, 1.5, 2)
table.insert(nil, 2)
table.insert("x", 2)
table.insert(setmetatable({}, {__len = function () return -5 end}), -3, "x")
table.insert(setmetatable({}, {__len = function () return -5 end}), -5, "x")
table.insert(setmetatable({}, {__len = function () return math.maxinteger end}), "x")
table.insert(setmetatable({}, {__len = function () return "abc" end}), "x")
table.remove({})
table.remove({}, 0)
table.remove({}, 1)
table.remove({}, 2)
table.remove({1, 2, 3})
table.remove({1, 2, 3}, 1)
table.remove({1, 2, 3}, 4)
table.remove({1, 2, 3}, 5)
table.remove({1, 2, 3}, 0)
table.remove({1, 2, 3}, nil)
table.remove({[0] = "z"})
table.remove({[0] = "z"}, 0)
table.remove({1}, "x")
table.remove()
table.remove(setmetatable({}, {__len = function () return -1 end}), 5)
table.unpack()
table.unpack(nil, 1, 0)
table.unpack(nil, 1, 2)
table.unpack(5)
table.unpack("abc")
table.unpack("abc", 1, 2)
table.unpack({1, 2}, "a")
table.unpack({1, 2, 3}, -1, 1)
table.unpack({1, 2, 3}, 2, nil)
table.unpack({1, 2, 3}, 2, 6)
table.unpack({1, 2, 3}, 3, 2)
table.unpack({}, 1, 1e7)
table.unpack({}, math.mininteger, math.maxinteger)
table.unpack({[math.maxinteger] = 1}, math.maxinteger - 1, math.maxinteger)
select("#", table.unpack({}, 1, 200))
table.pack().n
table.pack(nil, nil).n
table.pack(1, nil, 3)[3]
table.move()
table.move({}, 1)
table.move({}, 1, 2, 3, 4)
table.move(1, 1, 2, 3)
table.move({}, 0, math.maxinteger, 1)
table.move({}, math.mininteger, -1, 1)
table.move({}, 1, math.maxinteger, 2)
table.move({}, 1, 2, math.maxinteger)
table.concat(table.move({1, 2, 3}, 1, 3, 2), ",")
table.concat(table.move({1, 2, 3}, 2, 3, 1), ",")
table.concat(table.move({1, 2, 3}, 1, 3, 3, {7, 8}), ",")
table.concat(table.move({1, 2, 3}, 1, 0, 3, {7, 8}), ",")
#table.move({1, 2, 3, 4}, 5, 6, 3)
table.sort()
table.sort({1}, 5)
table.sort({2, 1}, 5)
table.sort({1, "x"})
table.sort({{}, {}})
table.sort({1, nil, 3})
table.sort({1, 2, 3, 4, 5}, function () return true end)
table.sort({3, 2, 1}, function () error("stop", 0) end)
table.sort(setmetatable({}, {__len = function () return math.maxinteger end}))
table.sort(setmetatable({}, {__len = function () return -1 end}), error)
table.sort({3, 1, 2}, coroutine.yield)
"""


@pytest.mark.parametrize("expression", EXPRESSIONS.strip().splitlines())
def test_expression(expression: str) -> None:
    CALLS.assert_same_result("script", f"return {expression}")


LOGGED = """
local log = {}
local items = {5, 3, 8, 1, 9, 2, 8}
local proxy = setmetatable({}, {
  __index = function (_, k) log[#log + 1] = "get " .. k; return items[k] end,
  __newindex = function (_, k, v) log[#log + 1] = "set " .. k; items[k] = v end,
  __len = function () log[#log + 1] = "len"; return #items end,
})
local results = table.pack(%s)
return table.concat(log, " "), table.concat(items, " "), results.n
"""


@pytest.mark.parametrize(
    "call",
    [
        "table.concat(proxy, ',')",
        "table.insert(proxy, 7)",
        "table.insert(proxy, 2, 7)",
        "table.remove(proxy)",
        "table.remove(proxy, 2)",
        "table.remove(proxy, #items + 1)",
        "table.unpack(proxy)",
        "table.move(proxy, 1, 3, 2) == proxy",
        "table.move(proxy, 2, 4, 1) == proxy",
        "table.move(proxy, 1, 3, 2, {})",
        "table.move({1, 2}, 1, 2, 3, proxy)",
        "table.sort(proxy)",
        "table.sort(proxy, function (a, b) log[#log + 1] = a .. '<' .. b; return a > b end)",
    ],
)
def test_accesses_through_metamethods(call: str) -> None:
    CALLS.assert_same_result("script", LOGGED % call)


def test_metamethods_of_numbers_make_a_list() -> None:
    CALLS.assert_same_result(
        "script",
        """
        local meta = {__index = function (n, k) return n * k end, __len = function () return 3 end}
        debug.setmetatable(5, meta)
        local joined = table.concat(5, ",")
        local _, message = pcall(table.insert, 5, 1)
        meta.__newindex = function () end
        local ok = pcall(table.insert, 5, 1)
        debug.setmetatable(5, nil)
        return joined, message, ok
        """,
    )


OPERATIONS = st.lists(
    st.one_of(
        st.builds("table.insert(t, {})".format, st.sampled_from(["'a'", "1", "2.5", "nil", "#t"])),
        st.builds(
            "table.insert(t, {}, {})".format, st.integers(-1, 9), st.sampled_from(["'b'", "3", "false"])
        ),
        st.builds("table.remove(t, {})".format, st.integers(-1, 9)),
        st.just("table.remove(t)"),
        st.builds(
            "table.move(t, {}, {}, {})".format, st.integers(0, 6), st.integers(0, 6), st.integers(1, 8)
        ),
        st.builds("t[#t + {}] = 'c'".format, st.integers(1, 3)),
        st.builds("return table.unpack(t, {}, {})".format, st.integers(-1, 4), st.integers(0, 9)),
        st.builds("return table.concat(t, ',', {}, {})".format, st.integers(0, 3), st.integers(0, 5)),
        st.just("table.sort(t, function (a, b) return tostring(a) < tostring(b) end)"),
        st.just("t = table.pack(table.unpack(t))"),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(OPERATIONS)
def test_sequences_of_operations(operations: list[str]) -> None:
    """The length is reported only while the list has no holes: with holes any border is right."""
    steps = "\n".join(f"note(pcall(function () {operation} end))" for operation in operations)
    CALLS.assert_same_result(
        "script",
        f"""
        local t, lines = {{}}, {{}}
        local function note(...)
          local texts = table.pack(...)
          for i = 1, texts.n do texts[i] = tostring(texts[i]) end
          lines[#lines + 1] = table.concat(texts, " ")
        end
        local holes = false
        local function check()
          local last = 0
          for k in pairs(t) do if math.type(k) == "integer" and k > last then last = k end end
          for i = 1, last do if t[i] == nil then holes = true end end
        end
        {steps.replace("note(", "check() if holes then t, holes = {}, false end note(")}
        return table.concat(lines, ";")
        """,
    )


KEYS = st.lists(st.integers(0, 9), max_size=150)


@settings(max_examples=100, deadline=None)
@given(
    KEYS, st.sampled_from(["a.key < b.key", "a.key > b.key", "a.key <= b.key", "(a.key + b.key) % 3 == 0"])
)
def test_sort_leaves_ties_and_errors_as_real_lua_does(keys: list[int], order: str) -> None:
    """Contradictory orders too: the same comparisons lead to the same permutation or error."""
    items = ", ".join(f"{{key = {key}, place = {place}}}" for place, key in enumerate(keys))
    CALLS.assert_same_result(
        "script",
        f"""
        local t, count = {{{items}}}, 0
        local ok, message = pcall(table.sort, t, function (a, b) count = count + 1; return {order} end)
        for i, item in ipairs(t) do t[i] = item.key .. ":" .. item.place end
        return ok, message, count, table.concat(t, " ")
        """,
    )


VALUES = st.one_of(
    st.lists(st.integers(-(2**63), 2**63 - 1)),
    st.lists(st.floats(allow_nan=False)),
    st.lists(st.one_of(st.integers(-5, 5), st.floats(-5, 5))),
    st.lists(st.text(st.characters(max_codepoint=255))),
)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_sort_without_an_order_function(values: list[object]) -> None:
    items = ", ".join(map(literal, values))
    CALLS.assert_same_result(
        "script",
        f"""
        local t = {{{items}}}
        table.sort(t)
        for i = 1, #t do t[i] = string.format("%q", t[i]) end
        return table.concat(t, " ")
        """,
    )


def literal(value: object) -> str:
    """A Lua literal for a number or a string."""
    if isinstance(value, str):
        return '"' + "".join(f"\\{ord(character):03}" for character in value) + '"'
    if isinstance(value, float):
        return {"inf": "1e999", "-inf": "-1e999"}.get(str(value), value.hex())
    return "math.mininteger" if value == -(2**63) else str(value)
