"""The package library: results and messages as real Lua's, and modules from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vm.engines import assert_same, run_pylua

EXPRESSIONS = """
require()
require({})
require("string") == string
select("#", require("string"))
require("_G") == _G
pcall(require, "no.such.module")
package.config
package.searchpath("a.b", "?.x;dir/?/y;z")
package.searchpath("a.b", "?.x", "")
package.searchpath("a.b", "?", ".", "+")
package.searchpath("a.b", "?;", "b", "c")
package.searchpath("a", "")
package.searchpath("a", ";")
package.searchpath("a")
package.searchpath()
#package.searchers
type(package.preload), type(package.loaded), package.loaded.package == package
package.loaded == debug.getregistry()._LOADED
package.preload == debug.getregistry()._PRELOAD
package.loadlib()
package.loadlib("x")
select(2, pcall(package.searchers[1], "x"))
select(2, pcall(package.searchers[2]))
select("#", package.searchers[4]("x"))
""".strip().splitlines()

SCRIPTS = {
    "preload": """
        package.preload.m = function(...) return {...} end
        local m, where = require "m"
        return m[1], m[2], where, require "m" == m, select("#", require "m")""",
    "a module that returns nothing": """
        package.preload.m = function() end
        local a, b = require "m"
        return a, b, package.loaded.m""",
    "a module that returns false": """
        local calls = 0
        package.preload.m = function() calls = calls + 1; return false end
        return require "m", require "m", calls""",
    "a module that sets itself": """
        package.preload.m = function(name) package.loaded[name] = "itself" end
        return require "m" """,
    "own searchers": """
        package.searchers = {
            function(name) return "\\n\\tfirst does not know " .. name end,
            function() end,
            function() return 12 end,
            function(name) if name == "known" then return function(...) return {...} end, {7} end end,
        }
        local m, extra = require "known"
        return m[1], m[2] == extra, extra[1], select(2, pcall(require, "unknown"))""",
    "searchers must be a table": "package.searchers = 1; return pcall(require, 'x')",
    "path must be a string": "package.path = nil; return pcall(require, 'x')",
    "cpath must be a string": "package.path = ''; package.cpath = {}; return pcall(require, 'x')",
    "a number is a path": "package.path = 1; package.cpath = ''; return pcall(require, 'x')",
    "an error in a module": """
        package.preload.m = function() error("inside", 0) end
        return pcall(require, "m")""",
    "an error in a searcher": """
        package.searchers = {function() error("searching", 0) end}
        return pcall(require, "m")""",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(expression: str) -> None:
    assert_same(f"return {expression}")


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_script(script: str) -> None:
    assert_same(f"package.path, package.cpath = './?.nothing', './?.nolib'\n{script}")


def test_modules_in_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "good.lua").write_text("# first line\nreturn {name = ..., file = select(2, ...)}")
    (tmp_path / "deep" / "er.lua").write_text("return 'deeper'")
    (tmp_path / "bad.lua").write_text("return +")
    (tmp_path / "lib.so").write_bytes(b"\x7fELF")
    prefix = f"package.path = '{tmp_path}/?.lua'; package.cpath = '{tmp_path}/?.none'; "
    assert_same(prefix + "local m, file = require 'good'; return m.name, m.file, file")
    assert_same(prefix + "return require 'deep.er'")
    assert_same(prefix + "return pcall(require, 'bad')")
    assert_same(prefix + f"return package.searchpath('deep.er', '{tmp_path}/?.no;{tmp_path}/?.lua')")
    assert_same(f"return loadfile('{tmp_path}/good.lua', 't', {{select = select}})('x', 'y').file")
    assert_same(f"return dofile('{tmp_path}/deep/er.lua')")
    assert_same(f"return pcall(dofile, '{tmp_path}/bad.lua')")
    assert_same(f"return loadfile('{tmp_path}')")


def test_c_libraries_are_refused(tmp_path: Path) -> None:
    (tmp_path / "lib.so").write_bytes(b"\x7fELF")
    refusal = "dynamic libraries not enabled; check your Lua installation"
    assert run_pylua(f"return package.loadlib('{tmp_path}/lib.so', '*')") == f"true\nnil\n{refusal}\nabsent"
    for name in ("lib", "lib.sub"):
        source = f"package.path = ''; package.cpath = '{tmp_path}/?.so'; return pcall(require, '{name}')"
        assert run_pylua(source) == (
            f"true\nfalse\nerror loading module '{name}' from file '{tmp_path}/lib.so':\n\t{refusal}"
        )


def test_a_module_may_yield() -> None:
    source = """
        package.preload.m = function() return coroutine.yield("from the module") end
        local co = coroutine.wrap(function() return (require "m") end)
        return co(), co("answer")"""
    assert run_pylua(source) == "true\nfrom the module\nanswer"
