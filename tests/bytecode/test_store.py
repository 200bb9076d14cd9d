"""Compiled chunks in the user's cache folder: what comes out is what was put in, or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pylua.bytecode.dump import dump
from pylua.bytecode.prototype import Prototype
from pylua.bytecode.store import ChunkStore, user_store
from pylua.loading import load_text
from tests.strategies.behaviour import generate

SOURCE = """
local a <const>, b = 5, {1.5, -0.0, 1e308 * 10, "text\\0\\255", [[long string, longer than forty characters, as it is]]}
local function f(x, ...) for i = 1, x do b[i] = function() return a, x, i, y end end goto done ::done:: return true, false, nil end
return f(3, b)
"""


def same(left: Prototype, right: Prototype) -> bool:
    return dump(left, False) == dump(right, False)


@pytest.fixture
def store(tmp_path: Path) -> ChunkStore:
    return ChunkStore(str(tmp_path / "folder"))


def kept(store: ChunkStore, source: str = SOURCE) -> str:
    key = store.key_of(source, "@name")
    store.put(key, load_text(source, "@name"))
    return key


def test_what_is_put_comes_out(store: ChunkStore) -> None:
    key = kept(store)
    found = ChunkStore(store.folder).get(key, "@name")
    assert found is not None
    assert same(found, load_text(SOURCE, "@name"))


@given(st.integers(0, 10_000))
def test_generated_programs_come_out(seed: int) -> None:
    source = str(generate(seed))
    with TemporaryDirectory() as folder:
        store = ChunkStore(folder)
        found = store.get(kept(store, source), "@name")
    assert found is not None
    assert same(found, load_text(source, "@name"))


def test_nothing_is_found_where_nothing_is(store: ChunkStore) -> None:
    assert store.get("0" * 40, "@name") is None
    kept(store)
    assert store.get(store.key_of(SOURCE, "@other"), "@other") is None
    assert store.get(store.key_of(SOURCE + " ", "@name"), "@name") is None


def test_damaged_files_are_as_if_not_there(store: ChunkStore) -> None:
    key = kept(store)
    path = Path(store.folder, key)
    content = path.read_bytes()
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert store.get(key, "@name") is None
        path.write_bytes(content[:place])
        assert store.get(key, "@name") is None
    path.write_bytes(content)
    assert store.get(key, "@name") is not None


def test_what_others_have_written_is_not_trusted(store: ChunkStore, tmp_path: Path) -> None:
    key = kept(store)
    stranger = ChunkStore(str(tmp_path / "stranger"))
    stranger.put(key, load_text("return os.execute('true')", "@name"))
    Path(stranger.folder, key).rename(Path(store.folder, key))
    assert store.get(key, "@name") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no such modes here")
def test_a_key_that_others_can_read_is_no_key(store: ChunkStore) -> None:
    key = kept(store)
    secret = Path(store.folder, "key")
    assert secret.stat().st_mode & 0o777 == 0o600
    secret.chmod(0o644)
    assert ChunkStore(store.folder).get(key, "@name") is None


def test_folders_that_cannot_be_written_are_no_error(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("")
    store = ChunkStore(str(occupied / "folder"))
    assert store.get(kept(store), "@name") is None


def test_the_oldest_chunks_go(store: ChunkStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pylua.bytecode.store._MOST", 4)
    for number in range(9):
        key = kept(store, f"return {number}")
        os.utime(Path(store.folder, key), (number, number))
    assert len(os.listdir(store.folder)) <= 6
    assert store.get(key, "@name") is not None


def test_the_folder_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for value, folder in (("", None), (str(tmp_path), tmp_path), ("here", None)):
        monkeypatch.setenv("PYLUA_CACHE", value)
        found = user_store()
        assert (found and Path(found.folder)) == folder
    monkeypatch.delenv("PYLUA_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    found = user_store()
    assert found is not None
    assert Path(found.folder) == tmp_path / "pylua"


def test_the_command_keeps_what_it_loads(tmp_path: Path) -> None:
    (tmp_path / "module.lua").write_text("return {name = ...}")
    script = tmp_path / "script.lua"
    script.write_text("print(require('module').name, debug.traceback())")

    def run() -> str:
        environment = {**os.environ, "PYLUA_CACHE": str(tmp_path / "cache")}
        command = [sys.executable, "-m", "pylua", "-e", "x = 1", "script.lua"]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    first = run()
    assert first == "module\tstack traceback:\n\tscript.lua:1: in main chunk\n\t[C]: in ?\n"
    assert len(os.listdir(tmp_path / "cache")) == 4  # the option, the script, the module, and the key
    assert run() == first
    script.write_text("print('changed')")
    assert run() == "changed\n"
