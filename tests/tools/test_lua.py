"""The command `pylua` as a process: output, messages, exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(
    *arguments: str, stdin: str = "", env: dict[str, str] | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LUA_")}
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [sys.executable, "-m", "pylua", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment | (env or {}),
        timeout=60,
        check=False,
    )


def test_script_with_arguments(tmp_path: Path) -> None:
    script = tmp_path / "script.lua"
    script.write_text(
        "#!/usr/bin/env pylua\n"
        "local here = debug.getinfo(1, 'S').source:sub(2)\n"
        "print(#arg, arg[1], arg[2], ({...})[2], arg[0] == here, arg[-1])"
    )
    done = run("-e ", str(script), "a", "-b")
    assert done.stdout == "2\ta\t-b\t-b\ttrue\t-e \n"
    assert done.returncode == 0


def test_options_in_order() -> None:
    done = run(
        "-v", "-e", "a = 1", "-l", "string", "-lm=math", "-e", "print(a, string.len('abc'), m.type(1))"
    )
    version, line, rest = done.stdout.split("\n")
    assert version.startswith("pylua ")
    assert version.endswith("PUC-Rio")
    assert (line, rest) == ("1\t3\tinteger", "")


def test_standard_input_is_a_script() -> None:
    assert run(stdin="print(#arg, arg[0])").stdout.startswith("0\t")
    assert run("-", "x", stdin="print(..., arg[0])").stdout == "x\t-\n"


def test_messages_and_exit_codes(tmp_path: Path) -> None:
    script = "fails.lua"
    (tmp_path / script).write_text("local function f()\n  error('reason')\nend\nf()\n")
    done = run(script, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        f"pylua: {script}:2: reason\nstack traceback:\n\t[C]: in function 'error'\n"
        f"\t{script}:2: in local 'f'\n\t{script}:4: in main chunk\n\t[C]: in ?\n"
    )
    assert run("no/such/file").stderr == "pylua: cannot open no/such/file: No such file or directory\n"
    assert run("-e", "x").stderr == "pylua: (command line):1: syntax error near <eof>\n"
    assert run("-e", "error({})").stderr.startswith("pylua: (error object is a table value)\n")
    assert run("-e", "error()").stderr.startswith("pylua: (error object is a nil value)\n")
    source = "error(setmetatable({}, {__tostring = function() return 'shown' end}))"
    assert run("-e", source).stderr == "pylua: shown\n"
    assert run("-e", "arg = 1", "-", stdin="").stderr == "pylua: 'arg' is not a table\n"


@pytest.mark.parametrize(
    ("code", "status"),
    [("os.exit()", 0), ("os.exit(false)", 1), ("os.exit(7)", 7), ("os.exit(3, true)", 3), ("error()", 1)],
)
def test_exit_codes(code: str, status: int) -> None:
    done = run("-e", f"io.write('written') {code}")
    assert (done.returncode, done.stdout) == (status, "written")


def test_closing_the_state() -> None:
    source = """
        local x <close> = setmetatable({}, {__close = function() print 'closed' end})
        setmetatable({}, {__gc = function() print 'finalized' end})
        os.exit(true, true)"""
    assert run("-e", source).stdout == "closed\nfinalized\n"
    assert run("-e", "setmetatable({}, {__gc = function() print 'finalized' end})").stdout == "finalized\n"


def test_environment() -> None:
    show = "print(X, package.path)"
    done = run("-e", show, env={"LUA_INIT": "X = 1", "LUA_INIT_5_4": "X = 2", "LUA_PATH": "a;;b"})
    found, path = done.stdout.rstrip("\n").split("\t")
    assert found == "2"
    assert path.startswith("a;/usr/local/share/lua/5.4/?.lua;")
    assert path.endswith(";./?/init.lua;b")
    assert run("-E", "-e", show, env={"LUA_INIT": "X = 1", "LUA_PATH": "a"}).stdout.startswith("nil\t/usr")
    assert run("-e", show, env={"LUA_PATH_5_4": "y", "LUA_PATH": "x"}).stdout == "nil\ty\n"
    failed = run("-e", "", env={"LUA_INIT": "error('msg', 1)"})
    assert failed.stderr.startswith("pylua: LUA_INIT:1: msg\n")


def test_initial_file(tmp_path: Path) -> None:
    script = tmp_path / "init.lua"
    script.write_text("print('initial', arg[1])")
    assert run("-", "x", env={"LUA_INIT": f"@{script}"}).stdout == "initial\tx\n"


def test_warnings() -> None:
    assert run("-e", "warn('off')").stderr == ""
    done = run("-W", "-e", "warn('a', 'b') warn('@off') warn('c') warn('@on') warn('@x') warn('', '@on')")
    assert done.stderr == "Lua warning: ab\nLua warning: @on\n"


def test_interactive_mode() -> None:
    lines = "1 + 1\nx =\n5\nx, nil\nfor i = 1, 2 do\nprint(i) end\n= 'old'\nerror('e', 0)\na b\n"
    done = run("-i", "-e", "_PROMPT, _PROMPT2 = '', ''", stdin=lines)
    echoed = set(lines.splitlines())
    shown = [line for line in done.stdout.splitlines()[1:] if line not in echoed]
    assert shown == ["2", "5\tnil", "1", "2", "old", ""]
    assert (
        done.stderr
        == "e\nstack traceback:\n\t[C]: in function 'error'\n\tstdin:1: in main chunk\n\t[C]: in ?\n"
        + ("stdin:1: syntax error near 'b'\n")
    )


def test_prompts_and_endings() -> None:
    done = run("-i", stdin="f(\n")
    assert done.stdout.endswith("> f(\n>> > \n")
    assert done.stderr == "stdin:1: unexpected symbol near <eof>\n"
    broken = run("-i", "-e", "print = nil", stdin="10\n")
    assert broken.stderr == "error calling 'print' (attempt to call a nil value)\n"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("arg = setmetatable({}, {__len = function() error('e', 0) end})", "pylua: e\n"),
        (
            "arg = setmetatable({}, {__len = function() return 'x' end})",
            "pylua: object length is not an integer\n",
        ),
    ],
)
def test_errors_outside_of_chunks(code: str, message: str) -> None:
    done = run("-e", code, "-")
    assert (done.returncode, done.stderr) == (1, message)


def test_errors_of_the_prompt_end_the_program() -> None:
    done = run(
        "-i", "-e", "_PROMPT = setmetatable({}, {__tostring = function() error('e', 0) end})", stdin="1\n"
    )
    assert (done.returncode, done.stderr) == (1, "e\n")


def test_results_of_a_binary_chunk(tmp_path: Path) -> None:
    script = tmp_path / "chunk.luac"
    run("-e", f"io.open('{script}', 'wb'):write('# comment\\n', string.dump(function() print('binary') end))")
    assert run(str(script)).stdout == "binary\n"


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_interrupts() -> None:
    source = "pcall(function() print 'started' io.stdout:flush() while true do end end) print 'went on'"
    source += " local ok, message = pcall(function() while true do end end)"
    with subprocess.Popen(
        [sys.executable, "-m", "pylua", "-e", source], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        process.send_signal(signal.SIGINT)
        for _ in range(100):
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
            else:
                break
        assert process.returncode == -signal.SIGINT
        assert process.stdout.read() in ("", "went on\n")
