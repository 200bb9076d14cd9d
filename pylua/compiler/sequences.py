"""Statements in order, with their labels, and blocks with a scope of their own (§3.3.1, §3.3.4)."""

from __future__ import annotations

from pylua.compiler.blocks import enter_scope, find_label, leave_scope, place_label
from pylua.compiler.dispatch import STATEMENTS
from pylua.compiler.function_builder import FunctionBuilder
from pylua.syntax.ast import Block, Label

__all__ = ["block", "statements"]


def statements(function: FunctionBuilder, body: Block, first: int = 0) -> None:
    """Compiles a block's statements from number `first` on; ends at the token that ended the block."""
    nodes = body.statements
    count = len(nodes)
    index = first
    while index < count:
        node = nodes[index]
        kind = type(node)
        if kind is Label:
            index = _labels(function, body, index)
        else:
            STATEMENTS[kind](function, node)
            index += 1
        function.free_register = function.local_registers
    function.position = body.end


def block(function: FunctionBuilder, body: Block) -> None:
    """Compiles a block in a new scope."""
    enter_scope(function)
    statements(function, body)
    leave_scope(function)


def _labels(function: FunctionBuilder, body: Block, first: int) -> int:
    """Places labels that follow one another, the last one first; returns where they end.

    Labels at the end of a block (but not before `until`, which sees the block's variables)
    count as outside the scope of its variables.
    """
    nodes = body.statements
    labels: list[Label] = []
    end = first
    while end < len(nodes) and type(node := nodes[end]) is Label:
        labels.append(node)
        end += 1
    function.position = body.end if end == len(nodes) else nodes[end].start
    is_last = end == len(nodes) and function.unit.texts[body.end] != "until"
    for label in reversed(labels):
        known = find_label(function, label.name)
        if known is not None:
            raise function.semantic_fault(f"label '{label.name}' already defined on line {known.line}")
        place_label(function, label.name, function.unit.lines[label.start], is_last)
    return end
