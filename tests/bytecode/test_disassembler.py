"""Listings are laid out as luac's: compared with one that luac made of the same chunk."""

from __future__ import annotations

import re
from pathlib import Path

from pylua.bytecode.disassembler import disassemble, instruction_text
from pylua.bytecode.dump import dump, undump
from pylua.bytecode.opcodes import INSTRUCTIONS, Op, encode_abc, encode_abx, encode_ax
from pylua.bytecode.prototype import Prototype
from pylua.loading import load_text

GOLDEN = Path(__file__).with_name("golden")


def listing(source: str, full: bool = False) -> str:
    return re.sub("0x[0-9a-f]+", "ADDRESS", disassemble(load_text(source, "=x"), full))


def test_full_listing_equals_luacs() -> None:
    source = (GOLDEN / "listing.lua").read_text(encoding="latin-1")
    text = re.sub("0x[0-9a-f]+", "ADDRESS", disassemble(load_text(source, "@listing.lua"), True))
    assert text == (GOLDEN / "listing.txt").read_text(encoding="latin-1")


def test_the_golden_listing_has_every_instruction() -> None:
    """Except LOADKX, which needs more than 131,072 constants."""
    text = (GOLDEN / "listing.txt").read_text(encoding="latin-1")
    shown = set(re.findall(r"\]\t([A-Z0-9]+)", text))
    assert {row.name for row in INSTRUCTIONS} - shown == {"LOADKX"}


def test_short_listing() -> None:
    assert listing("return x + 1") == (
        "\nmain <x:0,0> (6 instructions at ADDRESS)\n"
        "0+ params, 2 slots, 1 upvalue, 0 locals, 1 constant, 0 functions\n"
        "\t1\t[1]\tVARARGPREP\t0\n"
        '\t2\t[1]\tGETTABUP \t0 0 0\t; _ENV "x"\n'
        "\t3\t[1]\tADDI     \t0 0 1\n"
        "\t4\t[1]\tMMBINI   \t0 1 6 0\t; __add\n"
        "\t5\t[1]\tRETURN   \t0 2 1\t; 1 out\n"
        "\t6\t[1]\tRETURN   \t0 1 1\t; 0 out\n"
    )


def test_stripped_functions_have_neither_lines_nor_names() -> None:
    prototype = undump(dump(load_text("local a = x", "=x"), strip=True), "=x")
    text = disassemble(prototype, True)
    assert "main <?:0,0>" in text
    assert "\t2\t[-]\tGETTABUP \t0 0 0\t; - " in text


def test_titles_tell_the_source() -> None:
    titles = {"@dir/a.lua": "dir/a.lua", "=stdin": "stdin", "return 1": "(string)", "\x1bLua": "(bstring)"}
    for name, shown in titles.items():
        prototype = load_text("", "=x")
        prototype.source = name
        assert disassemble(prototype, False).startswith(f"\nmain <{shown}:0,0>")


def test_odd_code_is_shown_all_the_same() -> None:
    """The disassembler is also for code that the verifier refuses."""
    code = [
        encode_abx(Op.LOADK, 0, 99),
        encode_abc(Op.GETUPVAL, 0, 9, 0),
        encode_abc(Op.MMBIN, 0, 0, 255),
        encode_abx(Op.CLOSURE, 0, 5),
        127,
        encode_abx(Op.LOADKX, 0, 0),
        encode_ax(Op.EXTRAARG, 7),
    ]
    shown = [instruction_text(Prototype(code=code), pc) for pc in range(len(code))]
    assert shown == [
        "LOADK    \t0 99\t; ?",
        "GETUPVAL \t0 9\t; -",
        "MMBIN    \t0 0 255\t; ?",
        "CLOSURE  \t0 5\t; ?",
        "OP_127",
        "LOADKX   \t0\t; ?",
        "EXTRAARG \t7",
    ]
