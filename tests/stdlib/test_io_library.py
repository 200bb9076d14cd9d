"""The library `io`: the same steps on the same files in pylua and in real Lua; the host's streams."""

from __future__ import annotations

import contextlib
import gc
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pylua.loading import load_chunk
from pylua.stdlib.files import write_stdout
from pylua.stdlib.open_libraries import open_libraries
from pylua.vm.state import State
from tests.stdlib.calls import CALLS

CONTENT = "hello\nworld\n0x1p4 12abc nan\n\n  -7.5e1,99\n\0\xff last"

SCRIPT = """
local path = %r
local function note(...)
  local texts = table.pack(...)
  for i = 1, texts.n do
    local value = texts[i]
    texts[i] = type(value) == "string" and string.format("%%q", value)
      or io.type(value) and io.type(value) or type(value) == "function" and "function" or tostring(value)
  end
  return table.concat(texts, " ")
end
local lines = {}
local function try(f, ...) lines[#lines + 1] = note(pcall(f, ...)) end
%s
return table.concat(lines, "\\n")
"""


def assert_same(folder: Path, steps: str, content: str = CONTENT) -> None:
    """Runs `steps` in both engines on a file `path` with `content`; compares notes and the file."""
    path = folder / "file"
    outcomes = []
    for engine in (CALLS.expected, CALLS.actual):
        path.write_bytes(content.encode("latin-1"))
        notes = engine("script", SCRIPT % (str(path), steps))
        outcomes.append((notes, path.read_bytes() if path.exists() else None))
    assert outcomes[1] == outcomes[0], steps


STEPS = {
    "open": """
        try(io.open) try(io.open, {}) try(io.open, path, "rw") try(io.open, path, "")
        try(io.open, path, "r+bb")
        try(io.open, path .. "x") try(io.open, path .. "x\\0y") try(io.open, path .. "/x", "w")
        try(io.open, path .. "/..", "w") try(io.open, path, 5) try(io.open, path, "a+b")
    """,
    "read formats": """
        local f = io.open(path)
        try(f.read, f, "x") try(f.read, f, "") try(f.read, f, {}) try(f.read, f, 1.5)
        try(f.read, f, "*l")
        try(f.read, f, "*L", "l") try(f.read, f, "n", 1, "n") try(f.read, f, "n") try(f.read, f, 0)
        try(f.read, f, "all")
        try(f.read, f, "a") try(f.read, f, "l") try(f.read, f, 0) try(f.read, f, "n") try(f.read, f, 5)
        try(f.read, f) try(f.seek, f, "set") try(f.read, f, 3, "l", 100000, 1) try(f.write, f, "x")
        try(f.flush, f)
        try(f.read) try(f.read, 5) try(f.read, f, -1) try(f.close, f) try(f.close, f) try(f.read, f)
        lines[#lines + 1] = tostring(f)
    """,
    "write": """
        local f = io.open(path, "w")
        try(f.write, f, 1, 2.5, "x", -0.0, 1e100, 1/0, 2.0) try(f.write, f, {})
        try(f.write, f, "kept", nil)
        try(f.seek, f) try(f.read, f) try(f.read, f, 0) try(f.read, f, "a") try(f.read, f, "n")
        try(f.lines, f)
        try(f:lines()) try(f.setvbuf, f, "no") try(f.setvbuf, f, "x") try(f.setvbuf, f)
        try(f.setvbuf, f, "full", 100)
        try(f.setvbuf, f, "line", {}) try(f.seek, f, "bad") try(f.seek, f, "set", -1)
        try(f.seek, f, "set", 1.5)
        try(f.seek, f, "cur", -2) try(f.seek, f, "end", 3) try(f.write, f, "!") try(f.flush, f)
        try(f.close, f)
    """,
    "lines": """
        try(io.lines, path .. "x") try(io.lines, {}) try(io.lines, path, table.unpack({}, 1, 251))
        try(io.lines, path, table.unpack({}, 1, 250))
        try(function () for l in io.lines(path) do try(function () return l end) end end)
        try(function () for a, b in io.lines(path, 1, "L") do try(function () return a, b end) end end)
        try(function () for l in io.lines(path, "x") do end end)
        try(function () for l in io.lines(path, {}) do end end)
        local next_line = io.lines(path) while next_line() do end try(next_line)
        local f = io.open(path) next_line = f:lines("n") try(next_line) f:close() try(next_line)
        try(f.lines, f)
        try(select, "#", io.lines(path))
        local g = select(4, io.lines(path)) getmetatable(g).__close(g) lines[#lines + 1] = tostring(g)
        getmetatable(g).__close(g) try(getmetatable(g).__close, 5) try(getmetatable(g).__gc)
    """,
    "default files": """
        try(io.input, path .. "x") try(io.input, {}) try(io.input, true) try(io.output, false)
        io.input(path) try(io.read, "l", "L") try(io.read, "x") try(io.lines()) try(io.lines(nil, 2))
        io.input():close() try(io.read) try(io.lines) try(io.input)
        io.output(path) try(io.write, "new", 5) try(io.flush) try(io.close) try(io.write, "x")
        try(io.close) try(io.flush)
        io.output(io.stdout) io.input(io.stdin)
    """,
    "types": """
        try(io.type) try(io.type, 5) try(io.type, io.stdout) local f = io.open(path)
        try(io.type, f) f:close() try(io.type, f)
        local meta = getmetatable(f) try(function () return meta.__name, type(meta.__index) end)
        try(meta.__tostring, 5) try(function () return f.nothing end) try(function () f.x = 1 end)
        try(function () return #f end)
        try(io.close, 5) try(io.close, nil) try(io.stdin.close, io.stdin) try(io.stderr.close, io.stderr)
        try(io.stdout.read, io.stdout) try(io.stdin.write, io.stdin, "x")
    """,
    "to-be-closed": """
        local kept
        do local f <close> = io.open(path) kept = f end lines[#lines + 1] = tostring(kept)
        for l in io.lines(path) do break end
        try(function () local f <close> = io.open(path) kept = f error("out", 0) end)
        lines[#lines + 1] = tostring(kept)
    """,
    "tmpfile": """
        local f = io.tmpfile() f:write("abc") try(f.seek, f, "set", 1) try(f.read, f, "a")
        try(f.close, f)
    """,
    "appending": """
        local f = io.open(path, "a+") try(f.seek, f) try(f.read, f, 2) try(f.write, f, "Z")
        try(f.seek, f)
        try(f.read, f, 1) try(f.seek, f, "set", 1) try(f.read, f, "l") f:close()
        f = io.open(path, "a") try(f.seek, f) try(f.seek, f, "set", 0) try(f.write, f, "Q")
        try(f.seek, f) f:close()
    """,
    "a folder": """
        local f = io.open(path .. "/../.") or io.open(path:gsub("file$", "")) try(f.read, f)
        try(f.read, f, "a")
        try(f.read, f, 0) try(f.read, f, "n") try(f.write, f, "x") try(f.seek, f, "set", 0)
        try(f.close, f)
    """,
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_steps(tmp_path: Path, steps: str) -> None:
    assert_same(tmp_path, steps)


OPERATIONS = st.lists(
    st.one_of(
        st.builds("f.read, f, {!r}".format, st.sampled_from(["l", "L", "n", "a"])),
        st.builds("f.read, f, {}".format, st.sampled_from([0, 1, 3, 50])),
        st.builds("f.write, f, {!r}".format, st.sampled_from(["x", "line\n", "0123456789" * 3, ""])),
        st.builds("f.seek, f, 'set', {}".format, st.integers(-1, 60)),
        st.builds("f.seek, f, 'end', {}".format, st.integers(-20, 2)),
        st.builds("f.seek, f, 'cur', {}".format, st.integers(-9, 9)),
        st.just("f.flush, f"),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["r", "w", "a", "r+", "w+", "a+"]), OPERATIONS)
def test_sequences_of_operations(tmp_path: Path, mode: str, operations: list[str]) -> None:
    """Between reading and writing C demands a seek: one that moves nowhere is put there."""
    steps = [f"local f = io.open(path, '{mode}')"]
    for previous, operation in zip(["", *operations], operations, strict=False):
        kinds = {previous[:6], operation[:6]}
        if kinds == {"f.read", "f.writ"}:
            steps.append("try(f.seek, f, 'cur', 0)")
        steps.append(f"try({operation})")
    steps.append("f:close()")
    assert_same(tmp_path, "\n".join(steps).replace("\n", " ").replace("line ", "line\\n"))


NUMERALS = st.lists(
    st.sampled_from([*"019.-+eExXpPaFn \n", "0x", "12", "1e5", ".5", "0" * 150, "inf"]),
    max_size=14,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NUMERALS)
def test_reading_numbers(tmp_path: Path, content: str) -> None:
    """Valid or not, the same prefix is consumed."""
    reads = "try(f.read, f, 'n') try(f.seek, f) " * 3
    assert_same(tmp_path, f"local f = io.open(path) {reads} try(f.read, f, 'a') f:close()", content)


# --- the host's side -------------------------------------------------------------------------


def run(source: str) -> list[object]:
    """The results of `source` in pylua."""
    state = State()
    open_libraries(state)
    return state.call(load_chunk(state, source, "=test"))


def test_failing_device() -> None:
    """As with C's streams, what could not be written is lost, and closing succeeds then."""
    source = """
    local f = io.open("/dev/full", "w")
    local results = {f:write("x")}
    for _, result in ipairs{table.pack(f:flush()), table.pack(f:close())} do
      results[#results + 1] = tostring(result[1]) .. " " .. tostring(result[2])
    end
    f = io.open("/dev/full", "w") f:setvbuf("no")
    results[#results + 1] = tostring(select(2, f:write("x")))
    results[#results + 1] = tostring(f:close())
    return table.unpack(results, 2)
    """
    space = "No space left on device"
    assert run(source) == [f"nil {space}", "true nil", space, "true"]


def test_popen() -> None:
    assert run("return io.popen('echo hi; cat /dev/null'):read('a')") == ["hi\n"]
    assert run("return select(2, io.popen('exit 3'):close())") == ["exit", 3]
    assert run("return select(2, io.popen('kill -9 $$'):close())") == ["signal", 9]
    assert run("return tostring(io.popen('true'):close())") == ["true"]
    with pytest.raises(Exception, match="invalid mode"):
        run("io.popen('true', 'rw')")


def test_popen_writes_and_sees_what_was_written_before(tmp_path: Path) -> None:
    source = f"""
    local f = io.open("{tmp_path}/a", "w") f:write("buffered")
    local p = io.popen("cat {tmp_path}/a - > {tmp_path}/b", "w")
    p:write(" text")
    local _, message, code = p:seek()
    return p:close() and message, code, select(2, p.close)
    """
    assert run(source) == ["Illegal seek", 29]
    assert (tmp_path / "b").read_text() == "buffered text"


def test_output_goes_to_the_redirected_stream_in_order() -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        run("print('a') io.write('b\\n') io.stdout:write('\\u{e9}\\n')")
        print("c")
    assert out.getvalue() == "a\nb\né\nc\n"


def test_bytes_reach_a_binary_stream_unchanged() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    with contextlib.redirect_stdout(out):
        print("text")
        write_stdout("\xff\xc3")
        write_stdout("\xa9")
        print("é")
    out.flush()
    assert raw.getvalue() == b"text\n\xff\xc3\xa9" + "é\n".encode()


@pytest.mark.parametrize(
    "stream", [io.StringIO("1 2\nline\nrest"), io.TextIOWrapper(io.BytesIO(b"1 2\nline\nrest"))]
)
def test_input_comes_from_the_redirected_stream(monkeypatch: pytest.MonkeyPatch, stream: object) -> None:
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("return io.read('n', 'n', 'L', 'l', 1, 'a', 0)") == [1, 2, "\n", "line", "r", "est", None]


def test_reading_a_pipe_waits_for_no_more_than_it_needs() -> None:
    """A line is answered before the next one is sent."""
    script = "io.stdout:setvbuf('line') for line in io.lines() do print('got ' .. line) end"
    with subprocess.Popen(
        [sys.executable, "-m", "pylua", "-e", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for word in ("one", "two"):
            process.stdin.write(word + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == f"got {word}\n"
        process.stdin.close()
    assert process.returncode == 0


def test_files_left_open_are_flushed_at_exit(tmp_path: Path) -> None:
    path = tmp_path / "out"
    for end in ("", "os.exit(0)", "os.exit(0, true)"):
        script = f"f = io.open('{path}', 'w') f:write('data') g = {{f}} g.g = g {end}"
        subprocess.run([sys.executable, "-m", "pylua", "-e", script], check=True)
        assert path.read_text() == "data"
        path.unlink()


def test_standard_error_is_written_at_once() -> None:
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        run("io.stderr:write('bad ', 5, '\\n')")
    assert err.getvalue() == "bad 5\n"


def test_closed_standard_output_is_an_error_value() -> None:
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    with contextlib.redirect_stdout(closed):
        assert run("return select(2, io.write('x'))") == ["Bad file descriptor", 9]


def test_unreachable_files_are_closed(tmp_path: Path) -> None:
    path = tmp_path / "out"
    source = f"io.open('{path}', 'w'):write('data') collectgarbage() return io.open('{path}'):read('a')"
    assert run(source) == ["data"]


def test_files_in_cycles_are_flushed_quietly(tmp_path: Path) -> None:
    """Python may finalize the objects of a cycle in any order."""
    path = tmp_path / "out"
    source = f"""
    for i = 1, 20 do
      local f = io.open('{path}' .. i, 'w') f:write('data')
      debug.setmetatable(f, {{file = f}})
    end
    """
    run(source)
    gc.collect()
    assert [file.read_text() for file in tmp_path.iterdir()] == ["data"] * 20
