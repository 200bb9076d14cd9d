"""Binary chunks: a Prototype to bytes (`dump`) and back (`undump`), in Lua 5.4's own format.

    chunk     = signature "\\x1bLua", version 0x54, format 0, "\\x19\\x93\\r\\n\\x1a\\n",
                sizes 4 8 8 of instruction, integer and float, integer 0x5678, float 370.5,
                number of upvalues (byte), function
    function  = source (string), line_defined, last_line_defined (sizes),
                parameter_count, is_vararg, stack_size (bytes),
                code, constants, upvalues, prototypes, debug
    code      = size, that many 4-byte instructions
    constants = size, that many: tag byte, then 8 bytes of a number or a string
    upvalues  = size, that many: in_stack, index, kind (bytes)
    prototypes = size, that many functions; a source equal to the parent's is left out
    debug     = line deltas (size, bytes), absolute lines (size, pairs of sizes),
                local variables (size, each: name, start_pc, end_pc), upvalue names (size, strings)
    size      = 7 bits a byte, highest first, the last byte with its top bit set
    string    = size of the text plus 1 (0: there is none), bytes

A stripped chunk has no source and empty debug lists. Numbers are little-endian. `undump`
has the code verified, so that no chunk can do to the VM what no source text could.
"""

from __future__ import annotations

import struct
from array import array

from pylua.bytecode.prototype import LONGEST_SHORT_STRING, LocalVariable, Prototype, UpvalueSource
from pylua.errors import LuaSyntaxError
from pylua.hints import Any, Final
from pylua.values.types import FALSE, TRUE

__all__ = ["SIGNATURE", "dump", "undump"]

SIGNATURE: Final = b"\x1bLua"
_VERSION: Final = 0x54
_FORMAT: Final = 0
_DATA: Final = b"\x19\x93\r\n\x1a\n"
_SIZES: Final = (("Instruction", 4), ("lua_Integer", 8), ("lua_Number", 8))
_CHECK_INTEGER: Final = 0x5678
_CHECK_FLOAT: Final = 370.5

_NIL, _FALSE, _TRUE, _INTEGER, _FLOAT, _SHORT_STRING, _LONG_STRING = 0x00, 0x01, 0x11, 0x03, 0x13, 0x04, 0x14
_MAX_INT: Final = (1 << 31) - 1
_MAX_SIZE: Final = (1 << 64) - 1
_MAX_NESTING: Final = 190
"""PUC counts the C stack here; its compiler can't nest functions deeper than this."""

_integer = struct.Struct("<q")
_float = struct.Struct("<d")


# --- writing ------------------------------------------------------------------------------


def dump(prototype: Prototype, strip: bool) -> bytes:
    """The binary chunk of a function; without debug information if `strip`."""
    out = bytearray(SIGNATURE)
    out += bytes((_VERSION, _FORMAT)) + _DATA + bytes(size for _, size in _SIZES)
    out += _integer.pack(_CHECK_INTEGER) + _float.pack(_CHECK_FLOAT)
    out.append(len(prototype.upvalues))
    _write_function(out, prototype, None, strip)
    return bytes(out)


def _write_function(out: bytearray, function: Prototype, parent_source: str | None, strip: bool) -> None:
    source = None if strip or function.source == parent_source else function.source
    _write_string(out, source)
    _write_size(out, function.line_defined)
    _write_size(out, function.last_line_defined)
    out += bytes((function.parameter_count, function.is_vararg, function.stack_size))
    _write_size(out, len(function.code))
    out += struct.pack(f"<{len(function.code)}I", *function.code)
    _write_constants(out, function)
    _write_size(out, len(function.upvalues))
    for upvalue in function.upvalues:
        out += bytes((upvalue.in_stack, upvalue.index, upvalue.kind))
    _write_size(out, len(function.prototypes))
    for nested in function.prototypes:
        _write_function(out, nested, function.source, strip)
    if strip:
        out += b"\x80\x80\x80\x80"
    else:
        _write_debug(out, function)


def _write_constants(out: bytearray, function: Prototype) -> None:
    _write_size(out, len(function.constants))
    for value in function.constants:
        kind = type(value)
        if kind is str:
            out.append(_SHORT_STRING if len(value) <= LONGEST_SHORT_STRING else _LONG_STRING)
            _write_string(out, value)
        elif kind is int:
            out.append(_INTEGER)
            out += _integer.pack(value)
        elif kind is float:
            out.append(_FLOAT)
            out += _float.pack(value)
        else:
            out.append(_NIL if value is None else _TRUE if value is TRUE else _FALSE)


def _write_debug(out: bytearray, function: Prototype) -> None:
    _write_size(out, len(function.line_deltas))
    out += array("b", function.line_deltas).tobytes()
    _write_size(out, len(function.absolute_lines))
    for pc, line in function.absolute_lines:
        _write_size(out, pc)
        _write_size(out, line)
    _write_size(out, len(function.local_variables))
    for variable in function.local_variables:
        _write_string(out, variable.name)
        _write_size(out, variable.start_pc)
        _write_size(out, variable.end_pc)
    _write_size(out, len(function.upvalues))
    for upvalue in function.upvalues:
        _write_string(out, upvalue.name)


def _write_size(out: bytearray, size: int) -> None:
    if size < 0x80:
        out.append(size | 0x80)
        return
    groups = [size & 0x7F | 0x80]
    size >>= 7
    while size:
        groups.append(size & 0x7F)
        size >>= 7
    out += bytes(reversed(groups))


def _write_string(out: bytearray, text: str | None) -> None:
    if text is None:
        _write_size(out, 0)
    else:
        _write_size(out, len(text) + 1)
        out += text.encode("latin-1")


# --- reading ------------------------------------------------------------------------------


def undump(data: bytes, chunk_name: str) -> Prototype:
    """The main function of a binary chunk; LuaSyntaxError says what is wrong with it."""
    from pylua.bytecode.verifier import MalformedCode, verify  # noqa: PLC0415 (most runs only dump, if that)

    reader = _Reader(data, _display_name(chunk_name))
    reader.header()
    reader.byte()
    function = reader.function(None, 0)
    try:
        verify(function)
    except MalformedCode as fault:
        raise reader.fault(str(fault)) from None
    return function


def _display_name(chunk_name: str) -> str:
    if chunk_name[:1] in ("@", "="):
        return chunk_name[1:]
    return "binary string" if chunk_name[:1] == "\x1b" else chunk_name


class _Reader:
    """Takes a chunk apart from front to back."""

    __slots__ = ("data", "name", "position")

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self.position = 0

    def fault(self, reason: str) -> LuaSyntaxError:
        return LuaSyntaxError(f"{self.name}: bad binary format ({reason})")

    # --- pieces

    def block(self, size: int) -> bytes:
        start = self.position
        end = start + size
        if end > len(self.data):
            raise self.fault("truncated chunk")
        self.position = end
        return self.data[start:end]

    def byte(self) -> int:
        position = self.position
        if position >= len(self.data):
            raise self.fault("truncated chunk")
        self.position = position + 1
        return self.data[position]

    def size(self, limit: int = _MAX_INT) -> int:
        value = 0
        limit >>= 7
        while True:
            byte = self.byte()
            if value >= limit:
                raise self.fault("integer overflow")
            value = value << 7 | byte & 0x7F
            if byte & 0x80:
                return value

    def count(self, smallest_item: int) -> int:
        """The length of a list; refused at once if so many items can't follow."""
        count = self.size()
        if count * smallest_item > len(self.data) - self.position:
            raise self.fault("truncated chunk")
        return count

    def optional_string(self) -> str | None:
        size = self.size(_MAX_SIZE)
        return None if size == 0 else self.block(size - 1).decode("latin-1")

    # --- structure

    def header(self) -> None:
        self.literal(SIGNATURE, "not a binary chunk")
        if self.byte() != _VERSION:
            raise self.fault("version mismatch")
        if self.byte() != _FORMAT:
            raise self.fault("format mismatch")
        self.literal(_DATA, "corrupted chunk")
        for type_name, size in _SIZES:
            if self.byte() != size:
                raise self.fault(f"{type_name} size mismatch")
        if _integer.unpack(self.block(8))[0] != _CHECK_INTEGER:
            raise self.fault("integer format mismatch")
        if _float.unpack(self.block(8))[0] != _CHECK_FLOAT:
            raise self.fault("float format mismatch")

    def literal(self, expected: bytes, reason: str) -> None:
        if self.block(len(expected)) != expected:
            raise self.fault(reason)

    def function(self, parent_source: str | None, depth: int) -> Prototype:
        if depth > _MAX_NESTING:
            raise self.fault("functions nested too deeply")
        function = Prototype()
        source = self.optional_string()
        function.source = parent_source if source is None else source
        function.line_defined = self.size()
        function.last_line_defined = self.size()
        function.parameter_count = self.byte()
        function.is_vararg = self.byte() != 0
        function.stack_size = self.byte()
        count = self.count(4)
        function.code = list(struct.unpack(f"<{count}I", self.block(4 * count)))
        function.constants = [self.constant() for _ in range(self.count(1))]
        function.upvalues = [self.upvalue() for _ in range(self.count(3))]
        function.prototypes = [self.function(function.source, depth + 1) for _ in range(self.count(1))]
        self.debug(function)
        return function

    def constant(self) -> Any:
        tag = self.byte()
        if tag in (_SHORT_STRING, _LONG_STRING):
            text = self.optional_string()
            if text is None:
                raise self.fault("bad format for constant string")
            return text
        if tag == _INTEGER:
            return _integer.unpack(self.block(8))[0]
        if tag == _FLOAT:
            return _float.unpack(self.block(8))[0]
        if tag not in _SINGLE_VALUES:
            raise self.fault("invalid constant")
        return _SINGLE_VALUES[tag]

    def upvalue(self) -> UpvalueSource:
        in_stack, index, kind = self.block(3)
        return UpvalueSource(None, in_stack != 0, index, kind)

    def debug(self, function: Prototype) -> None:
        count = self.count(1)
        function.line_deltas = array("b", self.block(count)).tolist()
        function.absolute_lines = [(self.size(), self.size()) for _ in range(self.count(2))]
        function.local_variables = [
            LocalVariable(self.optional_string(), self.size(), self.size()) for _ in range(self.count(3))
        ]
        if self.count(1):
            for upvalue in function.upvalues:
                upvalue.name = self.optional_string()


_SINGLE_VALUES: Final[dict[int, Any]] = {_NIL: None, _FALSE: FALSE, _TRUE: TRUE}
