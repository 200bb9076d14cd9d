"""The code of small functions in place of calls: what is replaced, and what frames it means."""

from __future__ import annotations

import pytest

from pylua import LuaRuntime
from pylua.jit.inlining import Callee, inline
from pylua.jit.notes import Notes
from pylua.jit.translation import translate
from pylua.loading import load_chunk
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.decoding import decode
from pylua.vm.state import State


class Kind:
    """Stands for the class of a function's closures."""


def callee_of(source: str) -> Callee:
    state = State()
    open_libraries(state)
    main = load_chunk(state, source, "=x").prototype
    decode(main)
    nested = main.prototypes[0]
    return Callee(translate(nested, Notes(), "one"), Kind, nested.parameter_count, nested.is_vararg)


def inlined(source: str, *texts: str, certain: dict[str, object] | None = None) -> list[str]:
    """Lines with calls of the first function in `source`, each an instruction; `certain`: what names are."""
    callee = callee_of(source)
    lines = [(0, text, pc) for pc, text in enumerate(texts)]
    made = inline(lines, [{} for _ in lines], lambda pc, form: [callee], certain or {})
    return [" " * depth + text for depth, text, _ in made.lines]


def test_what_is_certain_is_not_asked() -> None:
    source = "local function f(p) return p.x end"
    assert inlined(source, "r5 = v0.one(r1)", certain={"v0": Kind()}) == [
        "a1_r1 = r1.x",
        "if a1_r1 is None: raise HandOver",
        "r5 = a1_r1",
    ]


def test_arguments_are_taken_as_they_are_where_nothing_changes_them() -> None:
    assert inlined("local function f(p) return p.x end", "r5 = v0.one(r1)") == [
        "if v0.__class__ is F1:",
        " a1_r1 = r1.x",
        " if a1_r1 is None: raise HandOver",
        " r5 = a1_r1",
        "else:",
        " r5 = v0.one(r1)",
    ]


def test_parameters_that_are_assigned_get_variables() -> None:
    source = "local function f(n, m) for i = 1, 3 do n = n * 0.5 end return n end"
    made = inlined(source, "r5 = v0.one(r1)")
    assert " a1_r0 = r1" in made
    assert " a1_r1 = None" in made


def test_returns_in_the_middle_leave_a_loop_that_runs_once() -> None:
    source = "local function f(a, b) if a then if b then return 1 end end a = {} a.x = b return a end"
    made = inlined(source, "r5 = v0.one(r1)")
    assert " while True:" in made
    assert any(line.strip() == "break" for line in made)
    assert " while True:" not in inlined(source, "return v0.one(r1)")


def test_what_cannot_be_told_stays_a_call() -> None:
    source = "local function f(a) return a end"
    for call in ("r5 = v0.one(*top)", "r5 = v0.one(r1, r2)", "r5 = v0.one(r1) + v0.one(r2)", "r5 = n(r1)"):
        assert inlined(source, call) == [call]


def test_returns_from_loops_leave_all_of_them() -> None:
    source = "local function f(t) for i = 1, 3 do for j = 1, 3 do if t[j] then return i end end end end"
    made = [line.strip() for line in inlined(source, "r5 = v0.one(r1)")]
    assert "a1_done = True; break" in made
    assert made.count("if a1_done: break") == 2
    assert not any("done" in line for line in inlined(source, "return v0.one(r1)"))


def test_callees_of_any_number_of_arguments_get_a_tuple() -> None:
    source = "local function f(a, ...) local b = ... return b end"
    assert " a1_va = (r2, r3,)" in inlined(source, "r5 = v0.one(r1, r2, r3)")
    assert " a1_va = ()" in inlined(source, "r5 = v0.one(r1)")
    assert inlined(source, "r5 = v0.one(*top)") == ["r5 = v0.one(*top)"]
    source = "local function f(...) local a = ... return a end"
    assert inlined(source, "r5 = v0.one(*top)")[0] == "if v0.__class__ is F1:"


def test_texts_and_fields_keep_their_names() -> None:
    made = inlined("local function f(p) p.t = 'r1 return' p.r0 = 1 end", "v0.one(r1)")
    assert " r1.t = 'r1 return'" in made
    assert " r1.r0 = 1" in made


SOURCE = """
local function check(n) if n < 0 then error("negative", 2) end return n end
local function root(n) local m = check(n) return m ^ 0.5 end
local function run(n) local r = root(n) return r end
return run
"""


@pytest.mark.parametrize("engine", ["vm", "auto", "jit"])
def test_errors_name_the_lines_of_all_functions(engine: str) -> None:
    runtime = LuaRuntime(engine=engine)
    run = runtime.execute(SOURCE, name="=code")
    for n in range(200):
        run(n)
    with pytest.raises(Exception, match=r"code:3: negative"):
        run(-1)


def test_hot_callers_do_without_the_call() -> None:
    runtime = LuaRuntime()
    run = runtime.execute(SOURCE, name="=code")
    for n in range(200):
        run(n)
    tier = runtime._state.fast_tier
    sources = [translation.source for translation in tier.translations.values()]  # type: ignore[union-attr]
    assert any("a1_" in source for source in sources)


def test_who_calls_himself_keeps_his_upvalues() -> None:
    lua = LuaRuntime()
    lua.execute(
        "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end "
        "for _ = 1, 20 do fib(12) end"
    )
    sources = [made.source for made in lua._state.fast_tier.translations.values()]
    fib = next(source for source in sources if "def lua_1(" in source)
    assert "v0 = me\n" in fib and "v0 is me" not in fib
    assert "a1_v0" not in fib
