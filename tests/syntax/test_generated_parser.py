"""The generated parser against stock Lark, which reads the grammar by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from lark import Tree

from grammar.actions import BUILDS, GROWS
from grammar.generate_parser import OUTPUT_PATH, generate
from grammar.reference_parser import parse_with_lark, stock_parser
from pylua.syntax.lexer import with_plain_line_ends
from pylua.syntax.parser import parse
from pylua.syntax.prelude import strip_file_prelude
from tests.strategies.programs import programs
from tests.syntax.sources import EVERY_ALTERNATIVE, SCRIPTS, script_text


def test_the_committed_parser_is_what_the_generator_writes() -> None:
    assert OUTPUT_PATH.read_text(encoding="utf-8") == generate()


def test_sources_use_every_alternative_of_the_grammar() -> None:
    tree: Tree[object] = stock_parser().parse(EVERY_ALTERNATIVE)
    used = {subtree.data for subtree in tree.iter_subtrees()}
    assert used == {*BUILDS, *GROWS, "chunk"}


def _assert_same_ast(source: str) -> None:
    expected = parse_with_lark(with_plain_line_ends(source))
    assert parse(source, "=x") == expected


def test_every_alternative_builds_what_stock_lark_builds() -> None:
    _assert_same_ast(EVERY_ALTERNATIVE)


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_give_the_ast_of_stock_lark(name: str) -> None:
    try:
        source = strip_file_prelude(script_text(name))
        expected = parse_with_lark(with_plain_line_ends(source))
    except Exception:  # a script about syntax errors: test_syntax_errors compares those
        return
    assert parse(source, "=x") == expected


@settings(max_examples=40, deadline=None)
@given(programs())
def test_generated_programs_give_the_ast_of_stock_lark(source: str) -> None:
    _assert_same_ast(source)


def test_long_left_associative_chains_need_no_recursion() -> None:
    terms = 20_000
    chain = parse("return a" + "+a" * terms, "=x").body.statements[0]
    depth = 0
    node = chain.values[0]  # type: ignore[union-attr]
    while hasattr(node, "left"):
        node, depth = node.left, depth + 1
    assert depth == terms
