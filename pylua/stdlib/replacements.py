"""string.gsub's work for any kind of replacement (§6.4): subject, pattern and replacement come in.

    replace(state, "a1b2", PATTERNS["%d"], "<%0>", None)           ->  ("a<1>b<2>", 2)
    replace(state, "a1b2", PATTERNS["%a"], {a = "A"}, None)        ->  ("A1b2", 2)
    replace(state, "a1b2", PATTERNS["%a"], string.upper, 1)        ->  ("A1b2", 1)

Tables and functions give a string, a number, or nil or false to keep the match. Where a text can be
divided at all matches at once (see pattern_pieces), that is done first, and costs next to nothing if
there are none.
"""

from __future__ import annotations

from collections.abc import Sequence

from pylua.errors import LibraryError, NativeFault
from pylua.hints import TYPE_CHECKING, Any, Final
from pylua.stdlib.substitution import finished, put_between, substitute, template
from pylua.values.functions import NativeFunction
from pylua.values.numerals import write_number
from pylua.values.table import Table
from pylua.values.types import FALSE, LuaValue, type_name
from pylua.vm.native import is_function, type_error

if TYPE_CHECKING:
    from pylua.stdlib.patterns import Pattern
    from pylua.stdlib.substitution import Replacement
    from pylua.vm.state import Repeated, State

__all__ = ["replace"]

_ONLY_TEXTS: Final = {str}
_MUCH_TEXT: Final = 1_000_000
"""Longer subjects go match by match: a list of all matches can take sixty times their memory."""


def replace(
    state: State, subject: str, pattern: Pattern, replacement: LuaValue, limit: int | None
) -> tuple[str, int]:
    """What gsub gives."""
    if replacement.__class__ is not str and not isinstance(replacement, Table):
        if type(replacement) is int or type(replacement) is float:
            replacement = write_number(replacement)
        elif not is_function(replacement):
            type_error(replacement, 3, "string/function/table")
    split = pattern.split if limit is None and len(subject) <= _MUCH_TEXT else None
    if split is not None:
        between = split.between(subject)
        if between is None:
            return subject, 0
        if replacement.__class__ is str and "%" not in replacement:
            return replacement.join(between), len(between) - 1
        pieces = _divided(state, pattern, replacement, between, split.matches(subject))
        return subject if pieces is None else "".join(pieces), len(between) - 1
    if limit is None:
        limit = len(subject) + 1
    if replacement.__class__ is str:
        return substitute(subject, pattern, template(replacement, pattern), limit)
    first = pattern.search(subject, 0) if limit > 0 else None
    if first is None:
        return subject, 0
    if isinstance(replacement, Table):
        return substitute(subject, pattern, _by_table(state, replacement), limit, first)
    if _is_alone(state, replacement):
        return substitute(subject, pattern, _by_native(state, replacement), limit, first)
    with state.repeated_calls(replacement, pattern.capture_count or 1) as repeated:
        return substitute(subject, pattern, _by_function(repeated, pattern), limit, first)


# --- one match after the other --------------------------------------------------------------------


def _by_table(state: State, table: Table) -> Replacement:
    """What gives the text for a match and its captures: the table's value for the first one."""

    def text_for(text: str, captures: tuple[LuaValue, ...]) -> str | None:
        key = finished(captures[0])
        value = table.raw_get(key)
        if value is None and table.metatable is not None:
            value = state.index(table, key)
        return _as_text(value)

    return text_for


def _by_function(repeated: Repeated, pattern: Pattern) -> Replacement:
    """What calls a function with the captures of a match."""

    def text_for(text: str, captures: tuple[LuaValue, ...]) -> str | None:
        if pattern.has_unfinished:
            raise LibraryError("unfinished capture")
        try:
            value = repeated.target.many(*captures)
        except BaseException as fault:
            value = repeated.recover(fault)
        return value if value.__class__ is str else _as_text(_first(value))

    return text_for


def _by_native(state: State, function: NativeFunction) -> Replacement:
    """`_by_function` for one that calls nothing (see `_is_alone`)."""

    def text_for(text: str, captures: tuple[LuaValue, ...]) -> str | None:
        return _as_text(_call_native(state, function, *map(finished, captures)))

    return text_for


def _is_alone(state: State, function: Any) -> bool:
    """Whether a native gives one value and calls nothing, so that nobody sees where it is called."""
    if type(function) is not NativeFunction or function.one != function.call:
        return False
    return not state.must_keep_to_vm(state.thread)


# --- all matches at once: the match is the only capture -------------------------------------------


def _divided(
    state: State, pattern: Pattern, replacement: LuaValue, between: list[str], matches: Sequence[str]
) -> list[str] | None:
    """The pieces of the result, None if all matches are kept."""
    if isinstance(replacement, Table) and replacement.metatable is None:
        values = list(map(replacement.hash_part.get, matches))
        if set(map(type, values)) == _ONLY_TEXTS:
            return put_between(between, values)
        return _kept_or_put(between, matches, [_as_text(value) for value in values])
    if isinstance(replacement, Table):
        text_for: Any = _by_table(state, replacement)
        return _kept_or_put(between, matches, [text_for(match, (match,)) for match in matches])
    if replacement.__class__ is str:
        text_for = template(replacement, pattern)
        return put_between(between, [text_for(match, (match,)) for match in matches])
    return _kept_or_put(between, matches, _texts_by_function(state, replacement, matches))


def _kept_or_put(between: list[str], matches: Sequence[str], texts: list[str | None]) -> list[str] | None:
    """The pieces with `texts` in the places of the matches that have one; None if no match has."""
    if None not in texts:
        return put_between(between, texts)
    if texts.count(None) == len(texts):
        return None
    pieces = put_between(between, matches)
    for place, text in enumerate(texts):
        if text is not None:
            pieces[2 * place + 1] = text
    return pieces


def _texts_by_function(state: State, function: Any, matches: Sequence[str]) -> list[str | None]:
    if _is_alone(state, function):
        return [_as_text(_call_native(state, function, match)) for match in matches]
    if len(matches) == 1:  # to prepare for many calls costs as much as two
        return [_as_text(_first(state.call_many(function, (match,)))) for match in matches]
    texts: list[str | None] = []
    with state.repeated_calls(function, 1) as repeated:
        for match in matches:
            try:
                value = repeated.target.many(match)
            except BaseException as fault:
                value = repeated.recover(fault)
            texts.append(value if value.__class__ is str else _as_text(_first(value)))
    return texts


def _call_native(state: State, function: NativeFunction, *captures: LuaValue) -> LuaValue:
    """The result of a native that is alone; the VM has the messages if it fails."""
    try:
        return function.call(*captures)
    except NativeFault:
        return state.call(function, *captures)[0]


# --- results --------------------------------------------------------------------------------------


def _first(results: Any) -> LuaValue:
    if results.__class__ is tuple or results.__class__ is list:
        return results[0] if results else None
    return results


def _as_text(value: LuaValue) -> str | None:
    """What a table or function gave for a match, as text; None keeps the match."""
    if type(value) is str:
        return value
    if value is None or value is FALSE:
        return None
    if type(value) is int or type(value) is float:
        return write_number(value)
    raise LibraryError(f"invalid replacement value (a {type_name(value)})")
