"""Ways to look at the fast tier: the Python that functions become, and what became of them in a run.

python_listing(prototype, lines)   ->   "-- function <file:1>\n  …Python…   -- Lua line"
statistics(state)                  ->   "fast   file:3   2 translations, left 4 times: line 7 (4)"
"""

from __future__ import annotations

from collections.abc import Iterator

from pylua.bytecode.prototype import Prototype
from pylua.hints import TYPE_CHECKING, Final
from pylua.jit.flow import Untranslatable
from pylua.jit.notes import Notes
from pylua.jit.translation import Translation, translate
from pylua.values.chunk_names import chunk_id

if TYPE_CHECKING:
    from pylua.vm.state import State

__all__ = ["python_listing", "statistics"]

_WIDTH: Final = 64


def python_listing(prototype: Prototype, source: list[str]) -> str:
    """The Python of a function and of those within it, beside the lines of `source`.

    It is the code that knows nothing of operands yet; a run refines it.
    """
    return "\n".join(_listings(prototype, source))


def _listings(prototype: Prototype, source: list[str]) -> Iterator[str]:
    try:
        yield _beside(translate(prototype, Notes(), "one"), prototype, source)
    except Untranslatable as reason:
        yield f"# function at line {prototype.line_defined}: stays with the VM, {reason}\n"
    for nested in prototype.prototypes:
        yield from _listings(nested, source)


def _beside(translation: Translation, prototype: Prototype, source: list[str]) -> str:
    shown: list[str] = []
    last = -1
    for number, text in enumerate(translation.source.splitlines(), 1):
        line = prototype.line_of(translation.pcs[number])
        indented = " " * 3 * (len(text) - len(text.lstrip())) + text
        if line != last and 0 < line <= len(source):
            shown.append(f"{indented:<{_WIDTH}}  # {line}: {source[line - 1].strip()}")
            last = line
        else:
            shown.append(indented)
    return "\n".join(shown) + "\n"


def statistics(state: State) -> str:
    """One line for each function that was translated, or was to be: how it runs, what was in the way."""
    tier = state.fast_tier
    known = tier.known_prototypes() if hasattr(tier, "known_prototypes") else []
    lines = [_statistics_line(prototype) for prototype in known]
    return "\n".join(lines) + "\n" if lines else "no function was called often enough\n"


def _statistics_line(prototype: Prototype) -> str:
    notes: Notes = prototype.notes
    place = f"{chunk_id(prototype.source or '=?')}:{prototype.line_defined}"
    if notes.reason is not None:
        return f"vm    {place}  {notes.reason}"
    left = [f"line {prototype.line_of(pc)} ({count})" for pc, (count, _) in sorted(notes.left_at.items())]
    where = f", left at {', '.join(left)}" if left else ""
    return f"fast  {place}  translated {notes.translations} times{where}"
