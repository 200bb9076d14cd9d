"""LuaRuntime: every expectation here is checked against lupa too, whose conventions these are."""

from __future__ import annotations

from typing import Any

import lupa.lua54
import pytest

import pylua


@pytest.fixture(params=[pylua, lupa.lua54], ids=["pylua", "lupa"])
def module(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def lua(module: Any) -> Any:
    return module.LuaRuntime()


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("nil", None),
        ("true", True),
        ("1", 1),
        ("1.0", 1.0),
        ("2^53", 2.0**53),
        ("math.mininteger", -(2**63)),
        ("'text'", "text"),
        ("'\\u{E9}'", "é"),
        ("1, nil, 'x'", (1, None, "x")),
        ("nil, nil", (None, None)),
        ("table.unpack({}, 1, 0)", None),
        ("python.none", None),
    ],
)
def test_values_from_lua(lua: Any, expression: str, value: Any) -> None:
    result = lua.eval(expression)
    assert result == value
    assert type(result) is type(value)


@pytest.mark.parametrize(
    ("value", "described"),
    [
        (None, "nil nil"),
        (True, "boolean true"),
        (7, "number 7"),
        (7.0, "number 7.0"),
        (-(2**63), "number -9223372036854775808"),
        ("é", "string é"),
        (b"\x00\x41", "string \x00A"),
        ([1], "userdata [1]"),
        ((1, 2), "userdata (1, 2)"),
        ({"a": 1}, "userdata {'a': 1}"),
        (int, "userdata <class 'int'>"),
    ],
)
def test_values_to_lua(lua: Any, value: Any, described: str) -> None:
    assert lua.eval("function(v) return type(v) .. ' ' .. tostring(v) end")(value) == described


def test_large_integers_need_a_handler(module: Any, lua: Any) -> None:
    identity = lua.eval("function(...) return ... end")
    with pytest.raises(OverflowError):
        identity(2**63)
    lua.set_overflow_handler(float)
    assert identity(2**63) == 2.0**63
    assert module.LuaRuntime(overflow_handler=str).eval("function(n) return n end")(2**70) == str(2**70)


def test_python_objects_keep_their_identity(lua: Any) -> None:
    thing = object()
    assert lua.eval("function(a, b) return a == b, a end")(thing, thing) == (True, thing)


def test_encodings(module: Any) -> None:
    assert module.LuaRuntime(encoding="latin-1").eval("'\\xE9'") == "é"
    raw = module.LuaRuntime(encoding=None)
    assert raw.eval(b"'\\xff'") == b"\xff"
    assert raw.eval("string").lower(b"ABC") == b"abc"
    assert raw.eval("type(...)", "text") == b"userdata"
    with pytest.raises(UnicodeDecodeError):
        module.LuaRuntime().eval("'\\xff'")


def test_runtimes_do_not_mix(module: Any, lua: Any) -> None:
    with pytest.raises(module.LuaError, match="cannot mix objects from different Lua runtimes"):
        lua.globals().t = module.LuaRuntime().table()


# --- chunks -------------------------------------------------------------------------------------


def test_execute_eval_compile(module: Any, lua: Any) -> None:
    assert lua.execute("x = ...; return x + 1, ...", 1) == (2, 1)
    assert lua.eval("...", 1, 2) == (1, 2)
    function = lua.compile("return ...")
    assert function(3) == 3
    assert lua.execute(b"return 1") == 1
    assert lua.execute(bytearray(b"return 1")) == 1
    with pytest.raises(TypeError, match="Expected string, got <class 'int'>"):
        lua.eval(1)
    with pytest.raises(module.LuaSyntaxError, match="error loading code: "):
        lua.eval("x = 1")
    with pytest.raises(module.LuaSyntaxError) as caught:
        lua.compile("x =", name="=name")
    assert str(caught.value) == "name:1: unexpected symbol near <eof>"
    with pytest.raises(module.LuaSyntaxError, match="attempt to load a text chunk"):
        lua.compile("return 1", mode="b")


def test_binary_chunks(module: Any) -> None:
    raw = module.LuaRuntime(encoding=None)
    chunk = raw.eval("string.dump(function(...) return 'binary', ... end)")
    assert raw.execute(chunk, 1) == (b"binary", 1)
    assert raw.compile(chunk, mode="b")(2) == (b"binary", 2)


def test_require(module: Any, lua: Any) -> None:
    assert lua.require("string").upper("x") == "X"
    lua.execute("package.preload.m = function(...) return {...} end")
    result, where = lua.require("m")
    assert list(result.values()) == ["m", ":preload:"]
    assert where == ":preload:"
    with pytest.raises(TypeError, match="modulename must be a string"):
        lua.require(1)
    lua.execute("require = nil")
    with pytest.raises(module.LuaError, match="require is not defined"):
        lua.require("string")


# --- tables -------------------------------------------------------------------------------------


def test_tables(lua: Any) -> None:
    table = lua.eval("{10, 20, 30, x = 'y'}")
    assert len(table) == 3
    assert table[1] == 10
    assert table.x == table["x"] == "y"
    assert table[99] is None
    assert table.missing is None
    table.x = None
    table[4] = 40
    del table[4]
    assert list(table) == list(table.keys()) == [1, 2, 3]
    assert list(table.values()) == [10, 20, 30]
    assert list(table.items()) == [(1, 10), (2, 20), (3, 30)]
    assert dict(table) == {1: 10, 2: 20, 3: 30}
    assert 2 in table
    assert table
    assert table != lua.eval("{}")
    assert repr(table).startswith("<Lua table at 0x")
    assert str(lua.eval("setmetatable({}, {__tostring = function() return 'shown' end})")) == "shown"


def test_table_metamethods(lua: Any) -> None:
    table = lua.execute("""
        log = {}
        return setmetatable({1, 2}, {
            __index = function(_, k) return k .. '?' end,
            __newindex = function(_, k, v) log[#log + 1] = k end,
            __call = function(_, ...) return select('#', ...) end,
            __len = function() return 99 end,
        })""")
    assert table.name == "name?"
    table.other = 1
    assert list(lua.globals().log.values()) == ["other"]
    assert table(1, None, 3) == 3
    assert len(table) == 2


def test_making_tables(lua: Any) -> None:
    assert list(lua.table(1, 2, x=3).items()) == [(1, 1), (2, 2), ("x", 3)]
    assert list(lua.table_from([1, 2], {"k": "v"}, [3]).items()) == [(1, 1), (2, 2), (3, 3), ("k", "v")]
    assert list(lua.table_from({None: 1}).keys()) == [None]
    assert lua.table_from(lua.table(a=1)).a == 1
    cycle: dict[str, Any] = {"list": [1, [2]]}
    cycle["self"] = cycle
    table = lua.table_from(cycle, recursive=True)
    assert table["self"]["self"].list[2][1] == 2
    assert lua.table_from({"list": [1]}).list == [1]
    with pytest.raises(TypeError):
        lua.table_from(1)


def test_functions_have_no_items(lua: Any) -> None:
    function = lua.eval("function() end")
    with pytest.raises(TypeError, match="not supported on functions"):
        function["x"]
    with pytest.raises(AttributeError, match="not supported on functions"):
        function.x  # noqa: B018
    with pytest.raises(TypeError, match="iteration is only supported for tables"):
        iter(function)
    with pytest.raises(TypeError, match=r"cannot be instantiated|instantiated manually"):
        type(function)()


def test_lua_type(module: Any, lua: Any) -> None:
    types = ["{}", "print", "coroutine.create(print)", "io.stdout", "1"]
    kinds = [module.lua_type(lua.eval(expression)) for expression in types]
    assert kinds == ["table", "function", "function", "userdata", None]
    assert module.lua_type(None) is None


# --- coroutines ---------------------------------------------------------------------------------


def test_coroutines(lua: Any) -> None:
    function = lua.eval("function(n) for i = 1, n do coroutine.yield(i, i * i) end return 'end' end")
    assert list(function.coroutine(2)) == [(1, 1), (2, 4), "end"]
    echo = lua.eval("function(...) while true do coroutine.yield(select('#', ...)) end end")
    thread = echo.coroutine(1, 2)
    assert thread
    assert next(thread) == 2
    started = lua.eval("coroutine.create(function() coroutine.yield(1) end)")
    thread = started()
    assert list(thread) == [1]
    assert not thread
    with pytest.raises(StopIteration):
        next(thread)


def test_sending_into_coroutines(lua: Any) -> None:
    thread = lua.eval("function(a) while true do a = coroutine.yield(a) end end").coroutine("first")
    with pytest.raises(TypeError, match="can't send non-None value"):
        thread.send(1)
    assert thread.send(None) == "first"
    assert thread.send(5) == 5
    assert thread.send((6, 7)) == 6
    with pytest.raises(TypeError, match="not a function"):
        lua.eval("print").coroutine()


# --- errors -------------------------------------------------------------------------------------


def test_error_messages(module: Any, lua: Any) -> None:
    with pytest.raises(module.LuaError) as caught:
        lua.execute("local t = nil\nreturn t.x")
    assert str(caught.value) == (
        "[string \"<python>\"]:2: attempt to index a nil value (local 't')\n"
        'stack traceback:\n\t[string "<python>"]:2: in main chunk'
    )
    with pytest.raises(module.LuaError) as caught:
        lua.execute("error('message', 0)")
    assert str(caught.value) == (
        "message\nstack traceback:\n\t[string \"<python>\"]:1: in main chunk\n\t[C]: in function 'error'"
    )
    lua.execute("debug = nil")
    with pytest.raises(module.LuaError, match=r"^message$"):
        lua.execute("error('message', 0)")


def test_python_exceptions_pass_through(lua: Any) -> None:
    fault = KeyError("from Python")

    def fail() -> None:
        raise fault

    with pytest.raises(KeyError) as caught:
        lua.eval("function(f) local g <const> = f; g() end")(fail)
    assert caught.value is fault
    assert lua.eval("pcall(...)", fail) == (False, fault)
    caught_text = lua.eval("select(2, pcall(...))", fail)
    assert caught_text is fault
    assert lua.eval("tostring(select(2, pcall(...)))", fail) == "'from Python'"


def test_errors_pass_through_python(module: Any, lua: Any) -> None:
    raising = lua.eval("function() error('inner', 0) end")

    def relay() -> None:
        raising()

    with pytest.raises(module.LuaError, match="inner"):
        lua.eval("function(f) f() end")(relay)

    def swallow() -> str:
        try:
            raising()
        except module.LuaError:
            return "swallowed"
        return "not raised"

    assert lua.eval("function(f) return f() end")(swallow) == "swallowed"


# --- Python objects in Lua ----------------------------------------------------------------------


class Account:
    """Something to be used from Lua."""

    kind = "savings"

    def __init__(self) -> None:
        self.balance = 100

    def deposit(self, amount: int, times: int = 1) -> int:
        self.balance += amount * times
        return self.balance


def test_attributes_and_methods(lua: Any) -> None:
    account = Account()
    assert lua.eval("function(a) return a.balance, a.kind, a:deposit(5), a.deposit(5) end")(account) == (
        100,
        "savings",
        105,
        110,
    )
    lua.execute("local a = ...; a.balance = 1", account)
    assert account.balance == 1
    with pytest.raises(AttributeError):
        lua.execute("return (...).missing", account)
    assert lua.eval("function(a) return a:deposit(python.args{10, times=3}) end")(account) == 31


def test_items(module: Any, lua: Any) -> None:
    data = {"key": "value", "items": 1}
    assert lua.eval("function(d) return d.key, d['items'] end")(data) == ("value", 1)
    assert lua.eval("function(d) return python.as_attrgetter(d).items end")(data)() == data.items()
    assert lua.eval("function(d) return python.as_itemgetter(d)[0] end")(module.as_attrgetter([5])) == 5
    lua.execute("local d = ...; d.new = true", data)
    assert data["new"] is True
    with pytest.raises(KeyError):
        lua.eval("function(d) return d.missing end")(data)


def test_iteration(lua: Any) -> None:
    collect = """
        function(iterate, ...)
            local seen = {}
            for a, b in iterate(...) do seen[#seen + 1] = tostring(a) .. ' ' .. tostring(b) end
            return table.concat(seen, ', ')
        end"""
    run = lua.eval(collect)
    python = lua.globals().python
    assert run(python.iter, [1, None, 2]) == "1 nil, None nil, 2 nil"
    assert run(python.iterex, [(1, 2), (None, 3)]) == "1 2, None 3"
    assert run(python.enumerate, ["a", None]) == "0 a, 1 nil"
    assert run(python.enumerate, ["a"], 5) == "5 a"


def test_tuples_may_be_unpacked(module: Any, lua: Any) -> None:
    source = "function(f) return select('#', f()) end"
    assert lua.eval(source)(lambda: (1, 2)) == 1
    unpacking = module.LuaRuntime(unpack_returned_tuples=True)
    assert unpacking.eval(source)(lambda: (1, 2)) == 2


def test_the_python_module(module: Any, lua: Any) -> None:
    assert lua.eval("python.eval('[x * 2 for x in (1, 2)]')") == [2, 4]
    local_value = 12
    assert lua.eval("python.eval('local_value')") == local_value
    assert lua.eval("python.builtins.len('four')") == 4
    assert lua.eval("type(python.as_function(python.builtins.len))") == "function"
    assert lua.eval("python.as_function(python.builtins.len)") is len
    assert lua.eval("require 'python' == python") is True
    bare = module.LuaRuntime(register_eval=False, register_builtins=False)
    assert bare.eval("python.eval, python.builtins") == (None, None)
    assert lua.eval("getmetatable(python.builtins).__name") == "POBJECT"
    assert lua.eval("pcall(python.iter, {})")[1] == "bad argument #1 to 'python.iter' (not a python object)"


def test_attribute_filter(module: Any) -> None:
    def only_public(obj: Any, name: Any, is_setting: bool) -> Any:
        if not isinstance(name, str) or name.startswith("_") or is_setting:
            raise AttributeError("access denied")
        return name

    lua = module.LuaRuntime(attribute_filter=only_public)
    assert lua.eval("function(a) return a.balance end")(Account()) == 100
    for source in ("function(a) return a.__class__ end", "function(a) a.balance = 1 end"):
        with pytest.raises(AttributeError, match="access denied"):
            lua.eval(source)(Account())


def test_attribute_handlers(module: Any) -> None:
    stored: dict[str, Any] = {}
    lua = module.LuaRuntime(
        attribute_handlers=(
            lambda obj, name: f"<{name}>",
            lambda obj, name, value: stored.__setitem__(name, value),
        )
    )
    assert lua.eval("function(a) a.x = 1; return a.y end")(Account()) == "<y>"
    assert stored == {"x": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"attribute_filter": 1}, "attribute_filter must be callable"),
        ({"attribute_handlers": 1}, "attribute_handlers must be a sequence of two callables"),
        ({"attribute_handlers": (1, 2)}, "attribute_handlers must be a sequence of two callables"),
        (
            {"attribute_filter": print, "attribute_handlers": (print, None)},
            "attribute_filter and attribute_handlers are mutually exclusive",
        ),
        ({"overflow_handler": 1}, "overflow_handler must be callable"),
    ],
)
def test_wrong_settings(module: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        module.LuaRuntime(**options)


def test_named_arguments(module: Any, lua: Any) -> None:
    @module.unpacks_lua_table
    def shown(*args: Any, **kwargs: Any) -> str:
        return f"{args} {sorted(kwargs.items())}"

    class Shop:
        @module.unpacks_lua_table_method
        def sell(self, *args: Any, **kwargs: Any) -> str:
            return f"{args} {sorted(kwargs.items())}"

    assert lua.eval("function(f) return f{1, 2, b=3} end")(shown) == "(1, 2) [('b', 3)]"
    assert lua.eval("function(f) return f(1, {}) end")(shown).startswith("(1, <Lua table")
    assert lua.eval("function(s) return s:sell{1, b=3} end")(Shop()) == "(1,) [('b', 3)]"
    assert lua.eval("function(f) return select(2, pcall(f, {[1.5]=1})) end")(shown).args == (
        "table key is neither an integer nor a string",
    )


def test_collector(lua: Any) -> None:
    lua.execute("weak = setmetatable({}, {__mode = 'v'}); weak[1] = {}")
    lua.gccollect()
    assert lua.eval("weak[1]") is None
    with lua.nogc():
        assert lua.eval("collectgarbage('isrunning')") is False
    assert lua.eval("collectgarbage('isrunning')") is True
    assert lua.lua_version == (5, 4)
    assert lua.lua_implementation == "Lua 5.4"
