"""Lark's LALR table → the automaton that the generated parser runs: the same language, fewer steps.

A third of Lark's reductions only rename (`sum: product`): they build nothing. Each state is
joined with the states such reductions would lead to, so that they vanish:

    before:  1 * 2 ⟶ product ⟶ sum ⟶ concatenated ⟶ … ⟶ expression      after:  1 * 2 ⟶ expression
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from lark import Lark
from lark.grammar import Rule

__all__ = ["END_OF_TEXT", "Automaton", "State", "build_automaton"]

END_OF_TEXT = "$END"


@dataclass(slots=True)
class State:
    """What may come next: tokens to take, rules to reduce by, and where a reduced symbol leads."""

    shifts: dict[str, int] = field(default_factory=dict)
    reductions: dict[str, Rule] = field(default_factory=dict)
    gotos: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Automaton:
    """State 0 is the start; the state that `chunk` leads to takes the end of the text and stays.

    `rules` are those that build something.
    """

    states: list[State]
    rules: list[Rule]
    terminals: list[str]
    nonterminals: list[str]


def build_automaton(lark: Lark) -> Automaton:
    """The automaton of a LALR grammar, without renaming reductions."""
    states = _Builder(lark).build()
    chunk = states[0].gotos["chunk"]
    states[chunk].shifts[END_OF_TEXT] = chunk
    return Automaton(
        states,
        [rule for rule in lark.rules if not _is_renaming(rule)],
        sorted({name for state in states for name in (*state.shifts, *state.reductions)}),
        sorted({name for state in states for name in state.gotos}),
    )


Parts = tuple[tuple[str, int], ...]
"""A joined state: Lark's states, each with the symbol that leads to it from the state below.

The first was reached by taking a symbol, the others by renaming that symbol over and over.
"""


def _is_renaming(rule: Rule) -> bool:
    return len(rule.expansion) == 1 and rule.alias is None


class _Builder:
    """Joins Lark's states and numbers the joined ones in the order in which they are met.

    Lark's own numbers differ from run to run, so names decide every order.
    """

    def __init__(self, lark: Lark) -> None:
        table = lark.parser.parser._parse_table
        self.table: dict[int, dict[str, tuple[object, int | Rule]]] = table.states
        self.numbers: dict[Parts, int] = {}
        self.states: list[State] = []
        self.waiting: deque[Parts] = deque()
        self._number((("", table.start_states["start"]),))

    def build(self) -> list[State]:
        while self.waiting:
            parts = self.waiting.popleft()
            self._fill(self.states[self.numbers[parts]], parts)
        return _without_twins(self.states)

    def _number(self, parts: Parts) -> int:
        if parts not in self.numbers:
            self.numbers[parts] = len(self.states)
            self.states.append(State())
            self.waiting.append(parts)
        return self.numbers[parts]

    def _fill(self, state: State, parts: Parts) -> None:
        """What the joined state does on each symbol: what its last renamed part does."""
        for symbol in sorted({symbol for _, part in parts for symbol in self.table[part]}):
            if symbol.islower():
                state.gotos[symbol] = self._number(self._joined(symbol, parts))
                continue
            argument = self._action(symbol, parts)
            if isinstance(argument, Rule):
                state.reductions[symbol] = argument
            elif argument is not None:
                state.shifts[symbol] = self._number(self._joined(symbol, parts))

    def _action(self, terminal: str, parts: Parts) -> int | Rule | None:
        """Lark's action on `terminal` after all renamings: a state to shift to, a rule, or None."""
        reached_by = dict(parts)
        part = parts[0][1]
        while True:
            argument = self.table[part].get(terminal, (None, None))[1]
            if not isinstance(argument, Rule) or not _is_renaming(argument):
                return argument
            part = reached_by[argument.origin.name]

    def _joined(self, symbol: str, below: Parts) -> Parts:
        """The state reached over `symbol` from `below`, and those that renamings reach."""
        parts = {symbol: self._target(symbol, below)}
        for state in (waiting := list(parts.values())):
            for name in sorted(self._renamed(state) - parts.keys()):
                parts[name] = self._target(name, below)
                waiting.append(parts[name])
        return tuple(parts.items())

    def _renamed(self, state: int) -> set[str]:
        """The symbols to which a state may rename the one on top."""
        arguments = [argument for _, argument in self.table[state].values()]
        rules = [argument for argument in arguments if isinstance(argument, Rule)]
        return {rule.origin.name for rule in rules if _is_renaming(rule)}

    def _target(self, symbol: str, below: Parts) -> int:
        targets = {self.table[part][symbol][1] for _, part in below if symbol in self.table[part]}
        states = [target for target in targets if isinstance(target, int)]
        assert len(states) == 1, f"{symbol} leads {len(states)} ways from {below}"
        return states[0]


def _without_twins(states: list[State]) -> list[State]:
    """The same automaton with states that do the same made one, until all differ."""
    groups = [0] * len(states)
    while True:
        signatures: dict[object, int] = {}
        refined = [
            signatures.setdefault(_signature(state, group, groups), len(signatures))
            for state, group in zip(states, groups, strict=True)
        ]
        if refined == groups:
            break
        groups = refined
    firsts = [groups.index(group) for group in range(len(signatures))]
    return [
        State(
            {symbol: groups[target] for symbol, target in states[first].shifts.items()},
            states[first].reductions,
            {symbol: groups[target] for symbol, target in states[first].gotos.items()},
        )
        for first in firsts
    ]


def _signature(state: State, group: int, groups: list[int]) -> object:
    return (
        group,
        frozenset((symbol, groups[target]) for symbol, target in state.shifts.items()),
        frozenset(state.reductions.items()),
        frozenset((symbol, groups[target]) for symbol, target in state.gotos.items()),
    )
