"""Table constructors (§3.4.9).

{1, 2, n = 3, f()}      NEWTABLE, its sizes filled in at the end; EXTRAARG
                        LOADI, LOADI      positional items wait in registers
                        SETFIELD "n"      named ones are stored at once
                        CALL f            the last may have many values
                        SETLIST           stores what waits, 50 at a time
"""

from __future__ import annotations

from pylua.bytecode.opcodes import MAX_C, Op, encode_abc, encode_ax
from pylua.compiler.dispatch import expression
from pylua.compiler.fetching import set_result_count
from pylua.compiler.function_builder import FunctionBuilder
from pylua.compiler.indexing import field_of, index_of, store
from pylua.compiler.operands import REGISTER, Operand
from pylua.compiler.placing import fetch_plain, to_next_register
from pylua.hints import Final
from pylua.syntax.ast import KeyedItem, NamedItem, TableConstructor

__all__ = ["table_constructor"]

_BATCH: Final = 50
"""So many positional items are stored by one SETLIST."""

_KEYWORDS: Final = frozenset({"nil", "true", "false", "not", "function"})


class _List:
    """The positional items: `stored` ones are in the table, `waiting` ones in registers, or `last`."""

    __slots__ = ("function", "last", "stored", "table", "waiting")

    def __init__(self, function: FunctionBuilder, table: int) -> None:
        self.function = function
        self.table = table
        self.stored = 0
        self.waiting = 0
        self.last: Operand | None = None

    def add(self, item: Operand) -> None:
        """Takes an item, whose number of values is settled when the next one comes."""
        self.last = item
        self.waiting += 1

    def settle(self) -> None:
        """Puts the last item into its register; stores the batch if it is full."""
        if self.last is None:
            return
        to_next_register(self.function, self.last)
        self.last = None
        if self.waiting == _BATCH:
            self._store(_BATCH)
            self.stored += _BATCH
            self.waiting = 0

    def finish(self) -> int:
        """Stores the rest, all values of the last item included; returns the number known to exist."""
        if self.waiting == 0:
            return self.stored
        if self.last is not None and self.last.has_several_values:
            set_result_count(self.function, self.last, -1)
            self._store(0)
            return self.stored + self.waiting - 1
        if self.last is not None:
            to_next_register(self.function, self.last)
        self._store(self.waiting)
        return self.stored + self.waiting

    def _store(self, count: int) -> None:
        """Adds a SETLIST of `count` values, or of all up to the top if `count` is 0."""
        extra, offset = divmod(self.stored, MAX_C + 1)
        function = self.function
        function.emit(encode_abc(Op.SETLIST, self.table, count, offset, 1 if extra else 0))
        if extra:
            function.emit(encode_ax(Op.EXTRAARG, extra))
        function.free_register = self.table + 1


def table_constructor(function: FunctionBuilder, node: TableConstructor) -> Operand:
    function.position = node.open
    pc = function.emit(Op.NEWTABLE)
    function.emit(Op.EXTRAARG)
    table = function.reserve(1)
    function.position = node.open + 1
    items = _List(function, table)
    keyed = 0
    for number, item in enumerate(node.items):
        if number:
            function.position += 1
            items.settle()
        _note_leading_name(function)
        if type(item) is NamedItem:
            _named_item(function, table, item)
            keyed += 1
        elif type(item) is KeyedItem:
            _keyed_item(function, table, item)
            keyed += 1
        else:
            items.add(expression(function, item.value))
    function.position = node.close + 1
    _set_sizes(function, pc, table, items.finish(), keyed)
    return Operand(REGISTER, table)


def _note_leading_name(function: FunctionBuilder) -> None:
    """An item that begins with a name may be `name = value`: the lexer has to look further."""
    text = function.unit.texts[function.position]
    if (text[0].isalpha() or text[0] == "_") and text not in _KEYWORDS:
        function.unit.note_peek(function.position)


def _named_item(function: FunctionBuilder, table: int, item: NamedItem) -> None:
    before = function.free_register
    function.position = item.position + 2
    target = Operand(REGISTER, table)
    field_of(function, target, item.name)
    store(function, target, expression(function, item.value))
    function.free_register = before


def _keyed_item(function: FunctionBuilder, table: int, item: KeyedItem) -> None:
    before = function.free_register
    function.position = item.open + 1
    key = expression(function, item.key)
    fetch_plain(function, key)
    function.position += 2
    target = Operand(REGISTER, table)
    index_of(function, target, key)
    store(function, target, expression(function, item.value))
    function.free_register = before


def _set_sizes(function: FunctionBuilder, pc: int, table: int, listed: int, keyed: int) -> None:
    """Tells NEWTABLE how large the table will be."""
    hash_size = (keyed - 1).bit_length() + 1 if keyed else 0
    extra, array_size = divmod(listed, MAX_C + 1)
    function.code[pc] = encode_abc(Op.NEWTABLE, table, hash_size, array_size, 1 if extra else 0)
    function.code[pc + 1] = encode_ax(Op.EXTRAARG, extra)
