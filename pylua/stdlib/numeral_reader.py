"""Reads numbers from files: the format "n" of `read` (§6.8).

file at "  0x1p4 rest"   ->   16.0, file at " rest"
file at "12e;"           ->   None, file at ";"       (what was taken is lost)
"""

from __future__ import annotations

from pylua.hints import Any, Final
from pylua.values.late import late_pattern
from pylua.values.numerals import read_numeral

__all__ = ["NumeralReader"]

_LONGEST_NUMERAL: Final = 200
_SPACES: Final = b" \t\n\v\f\r"
_DIGITS: Final = b"0123456789"
_HEX_DIGITS: Final = b"0123456789abcdefABCDEF"
_COMMON: Final = late_pattern(rb"[ \t\n\v\f\r]*([-+]?[0-9]{1,90}(?:\.[0-9]{0,90})?)[^0-9.eExX]")
"""A decimal numeral and a character that ends it for sure."""


class NumeralReader:
    """Reads one numeral, a character at a time, looking one character ahead."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.text = b""
        self.current = b""
        self.too_long = False

    def read(self) -> int | float | None:
        """The number, or None."""
        common = _COMMON.match(self.file.peek(1))
        if common is not None:  # all of it is in the buffer: four times as fast
            self.file.read(common.end(1))
            return read_numeral(common[1].decode("latin-1"))
        return self._read_carefully()

    def _read_carefully(self) -> int | float | None:
        self._look()
        while self.current and self.current in _SPACES:
            self._skip()
        self._accept(b"-+")
        digits, exponent_marks, count = _DIGITS, b"eE", 0
        if self._accept(b"0"):
            if self._accept(b"xX"):
                digits, exponent_marks = _HEX_DIGITS, b"pP"
            else:
                count = 1
        count += self._accept_all(digits)
        if self._accept(b"."):
            count += self._accept_all(digits)
        if count > 0 and self._accept(exponent_marks):
            self._accept(b"-+")
            self._accept_all(_DIGITS)
        return None if self.too_long else read_numeral(self.text.decode("latin-1"))

    def _look(self) -> None:
        self.current = self.file.peek(1)[:1]

    def _skip(self) -> None:
        self.file.read(1)
        self._look()

    def _accept(self, choices: bytes) -> bool:
        """Takes the current character if it is one of `choices`."""
        if not self.current or self.current not in choices:
            return False
        if len(self.text) >= _LONGEST_NUMERAL:
            self.too_long = True
            return False
        self.text += self.current
        self._skip()
        return True

    def _accept_all(self, choices: bytes) -> int:
        count = 0
        while self._accept(choices):
            count += 1
        return count
