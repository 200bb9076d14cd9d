"""How much memory a state takes: everything its roots lead to goes in, bytes come out.

    measure(state, threads)  ->  37763

Counted are Lua's objects with their arrays and dicts, strings, numbers that are objects of
their own, frames and code; not what Python itself keeps for native functions.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from itertools import chain

from pylua.bytecode.prototype import Prototype
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.values.functions import LuaFunction, NativeFunction, Upvalue
from pylua.values.table import Table, new_table
from pylua.values.userdata import Userdata
from pylua.vm.thread import Frame, NativeFrame, Thread

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["measure"]

_MEASURED: Final = (
    Table,
    LuaFunction,
    NativeFunction,
    Upvalue,
    Userdata,
    Thread,
    Frame,
    NativeFrame,
    Prototype,
    list,
    dict,
)


class _Measured(dict[type, bool]):
    """Whether objects of a type count, and are looked into."""

    def __missing__(self, kind: type) -> bool:
        is_measured = issubclass(kind, _MEASURED)
        self[kind] = is_measured
        return is_measured


_is_measured: Final = _Measured()
_TABLE: Final = sys.getsizeof(new_table())
_NUMBER: Final = sys.getsizeof(0.5)
_SMALL: Final = 256
"""Python shares the integers up to here."""
_DECODED: Final = sys.getsizeof((0, 0, 0, 0)) + 8
"""Bytes of an instruction in the VM's own form."""


def measure(state: State, threads: Iterable[Thread]) -> int:
    """The bytes that everything reachable in `state`, and its `threads`, take now."""
    total = 0
    texts: set[str] = set()
    seen: set[int] = {id(state)}
    frontier: list[Any] = [*_roots(state), *threads]
    while frontier:
        seen.update(map(id, frontier))
        size, contents = _look_into(frontier)
        total += size
        fresh = {}
        for each in contents:
            kind = type(each)
            if kind is str:
                texts.add(each)
            elif kind is float or (kind is int and each > _SMALL):
                total += _NUMBER
            elif _is_measured[kind] and id(each) not in seen:
                fresh[id(each)] = each
        frontier = list(fresh.values())
    return total + sum(map(sys.getsizeof, texts))


def _roots(state: State) -> list[Any]:
    metatables = [each for each in state.type_metatables.values() if each is not None]
    return [state.registry, state.globals, state.loaded, state.thread, *metatables]


def _look_into(objects: list[Any]) -> tuple[int, Iterable[Any]]:
    """The bytes that `objects` take, and what they refer to.

    Most objects are tables, which are looked into together with their array and dict: that
    is four times as fast as a generic walk.
    """
    tables = [each for each in objects if type(each) is Table]
    others = [each for each in objects if type(each) is not Table] if len(tables) < len(objects) else []
    arrays = [table.array_part for table in tables]
    hashes = [table.hash_part for table in tables]
    size = _TABLE * len(tables) + sum(map(sys.getsizeof, chain(arrays, hashes, others)))
    contents: list[Iterable[Any]] = [
        [table.metatable for table in tables],
        *arrays,
        *filter(None, hashes),
        *(each.values() for each in hashes if each),
    ]
    for each in others:
        if type(each) is Prototype:
            size += _code_size(each)
            contents += each.constants, each.prototypes
        elif type(each) is Frame:
            size += sys.getsizeof(each.registers)
            contents += each.registers, each.varargs, (each.function, *(each.open_upvalues or {}).values())
        else:
            contents.append(gc.get_referents(each))
            if type(each) is dict:
                contents.append(_names(each))
    return size, chain.from_iterable(contents)


def _code_size(prototype: Prototype) -> int:
    """Instructions, as numbers and in the VM's own form, and debug information."""
    parts = (
        prototype.code,
        prototype.constants,
        prototype.prototypes,
        prototype.line_deltas,
        prototype.absolute_lines,
        prototype.local_variables,
        prototype.upvalues,
    )
    count = len(prototype.code)
    decoded = 0 if prototype.decoded is None else count * _DECODED
    return sum(map(sys.getsizeof, parts)) + count * _NUMBER + decoded


def _names(table: dict[Any, Any]) -> Iterator[str]:
    """The strings among the keys, which CPython does not give as referents of a dict of strings."""
    return (key for key in table if type(key) is str)
