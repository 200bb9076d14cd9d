"""Compiled chunks kept in the user's cache folder: a text comes in, the Prototype kept for it goes out.

    store = user_store()                      None if PYLUA_CACHE is empty
    key = store.key_of(text, "@file.lua")
    store.put(key, prototype)
    store.get(key, "@file.lua")               the same function again

A file's name is the hash of the text, its chunk name, and what tells versions of pylua and Python apart. It
holds

    magic = "pyluaC1\\n"
    check = 32 bytes: BLAKE2b of the rest, keyed with the secret in the file `key`
    function = marshal: (line_defined, last_line_defined, parameter_count, is_vararg, stack_size,
                code as 32-bit words, constants with True and False, upvalues, nested functions,
                line_deltas as bytes, absolute_lines, local_variables)

Only who can read `key` (the user: mode 0600, in a folder of mode 0700) can make a file that passes the
check; anything else is as if it were not there. Hence what is read was written by `put` and needs no
verifier. A store that cannot be written is no error.
"""

from __future__ import annotations

import marshal
import os
import sys
from array import array

from pylua.bytecode.prototype import LocalVariable, Prototype, UpvalueSource
from pylua.hints import Any, Final
from pylua.values.contexts import suppress
from pylua.values.types import FALSE, TRUE

try:
    from _blake2 import blake2b  # hashlib takes 3 ms to be imported
except ImportError:  # pragma: no cover
    from hashlib import blake2b

__all__ = ["ChunkStore", "user_store"]

MAGIC: Final = b"pyluaC1\n"
_CHECK_SIZE: Final = 32
_VARIABLE: Final = "PYLUA_CACHE"
_MOST: Final = 1000
"""So many chunks are kept at most; half of them, those not changed longest, go when there are more."""


def user_store() -> ChunkStore | None:
    """The store in the folder that PYLUA_CACHE names, else in the user's cache folder."""
    folder = os.environ.get(_VARIABLE)
    if folder is None:
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
        folder = os.path.join(base or os.path.expanduser("~/.cache"), "pylua")
    return ChunkStore(folder) if os.path.isabs(folder) else None


class ChunkStore:
    """Chunks by key, in one folder, which is made when the first chunk is put there."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._secret: bytes | None = None
        self._version: str | None = None

    def key_of(self, *parts: str) -> str:
        """The name for what is compiled from these `parts` by this very pylua and Python."""
        if self._version is None:
            self._version = f"{sys.implementation.cache_tag} {_fingerprint()}"
        lengths = ",".join(str(len(part)) for part in parts)
        text = "\n".join((self._version, lengths, *parts))
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()

    def get(self, key: str, source: str) -> Prototype | None:
        """The function kept under `key`, of a chunk named `source`, if there is one that can be trusted."""
        secret = self._read_secret()
        if secret is None:
            return None
        try:
            with open(os.path.join(self.folder, key), "rb") as file:
                kept = file.read()
        except OSError:
            return None
        start = len(MAGIC) + _CHECK_SIZE
        if kept[: len(MAGIC)] != MAGIC or kept[len(MAGIC) : start] != _check(kept[start:], secret):
            return None
        return _prototype(marshal.loads(kept[start:]), source)

    def put(self, key: str, prototype: Prototype) -> None:
        """Keeps a function that was just compiled."""
        with suppress(OSError):
            secret = self._read_secret() or self._make_secret()
            content = marshal.dumps(_fields(prototype))
            path = os.path.join(self.folder, key)
            part = f"{path}.{os.getpid()}"
            with open(part, "wb") as file:
                file.write(MAGIC + _check(content, secret) + content)
            os.replace(part, path)
            self._prune()

    # --- the secret -----------------------------------------------------------------------------

    def _read_secret(self) -> bytes | None:
        """What only the user knows, if there is such a thing."""
        if self._secret is None:
            with suppress(OSError), open(os.path.join(self.folder, "key"), "rb") as file:
                status = os.fstat(file.fileno())
                if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o077):
                    return None
                secret = file.read()
                self._secret = secret if len(secret) == _CHECK_SIZE else None
        return self._secret

    def _make_secret(self) -> bytes:
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        secret = os.urandom(_CHECK_SIZE)
        number = os.open(os.path.join(self.folder, "key"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(number, "wb") as file:
            file.write(secret)
        self._secret = secret
        return secret

    def _prune(self) -> None:
        with os.scandir(self.folder) as entries:
            files = [entry for entry in entries if entry.name != "key"]
        if len(files) > _MOST:
            files.sort(key=lambda entry: entry.stat().st_mtime)
            for entry in files[: _MOST // 2]:
                os.unlink(entry.path)


def _fingerprint() -> str:
    """What changes when the compiler does: the sizes and times of its files."""
    package = os.path.dirname(os.path.dirname(__file__))
    found = []
    with suppress(OSError):
        for part in ("bytecode", "compiler", "syntax"):
            with os.scandir(os.path.join(package, part)) as entries:
                found += [(e.name, e.stat().st_size, e.stat().st_mtime_ns) for e in entries if e.is_file()]
    return repr(sorted(found))


def _check(content: bytes, secret: bytes) -> bytes:
    return blake2b(content, digest_size=_CHECK_SIZE, key=secret).digest()


# --- functions as what marshal writes -----------------------------------------------------------


def _fields(function: Prototype) -> tuple[Any, ...]:
    return (
        function.line_defined,
        function.last_line_defined,
        function.parameter_count,
        function.is_vararg,
        function.stack_size,
        array("I", function.code).tobytes(),
        [True if each is TRUE else False if each is FALSE else each for each in function.constants],
        [(each.name, each.in_stack, each.index, each.kind) for each in function.upvalues],
        [_fields(nested) for nested in function.prototypes],
        array("b", function.line_deltas).tobytes(),
        function.absolute_lines,
        [(each.name, each.start_pc, each.end_pc) for each in function.local_variables],
    )


def _prototype(fields: tuple[Any, ...], source: str) -> Prototype:
    function = Prototype(source, *fields[:5])
    code, constants, upvalues, nested, line_deltas, absolute_lines, local_variables = fields[5:]
    function.code = array("I", code).tolist()
    function.constants = [TRUE if each is True else FALSE if each is False else each for each in constants]
    function.upvalues = [UpvalueSource(*each) for each in upvalues]
    function.prototypes = [_prototype(each, source) for each in nested]
    function.line_deltas = array("b", line_deltas).tolist()
    function.absolute_lines = absolute_lines
    function.local_variables = [LocalVariable(*each) for each in local_variables]
    return function
