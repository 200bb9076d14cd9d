"""Functions whose code stands in the code of others: which may, and who drops code when they change.

hosts.finder_for(f)   ->   find(g, "one")  ->  Callee(translation of g, class of its closures, 2)
hosts.drop(g)         ->   f is translated again: code of g stands in its code
"""

from __future__ import annotations

from _weakref import ref
from functools import cache

from pylua.bytecode.prototype import Prototype
from pylua.hints import TYPE_CHECKING, Final
from pylua.jit.flow import Untranslatable
from pylua.jit.inlining import LONGEST, Callee, is_small
from pylua.jit.kinds import ANYTHING, roughly
from pylua.jit.notes import notes_of
from pylua.jit.translation import draft

if TYPE_CHECKING:
    from pylua.jit.kinds import Known
    from pylua.jit.tier import FastTier
    from pylua.jit.translation import CalleeFinder, Draft, Translation

__all__ = ["Hosts"]

_LONGEST_RECURSION: Final = 60
"""Instructions of a function whose code stands for its calls of itself."""
_MOST_SPECIAL: Final = 6
"""Translations of one function for certain kinds of arguments."""
_DEEP: Final = " " * 15
"""Blocks so deep may be too deep for Python, which is to be known before the code stands in others."""
_LOSSES: Final = 8
"""How often code may be dropped because of code of others that stands in it, before it has to do without."""


class Hosts:
    """Of one FastTier."""

    def __init__(self, tier: FastTier) -> None:
        self.tier = tier

    def finder_for(self, host: Prototype, made: Draft | None = None) -> CalleeFinder | None:
        """What finds functions whose code may stand in that of `host`, whose draft may be `made` already."""
        if not self._may_host(host):
            return None

        def find_other(callee: Prototype, form: str, given: list[Known]) -> Callee | None:
            found = None if callee is host else self._code_of(callee, form, given)
            if found is not None:
                notes_of(callee).hosts.append(ref(host))
            return found

        @cache
        def find_own(form: str, given: tuple[Known, ...]) -> Callee | None:
            is_made = made is not None and made.form == form and not any(each != ANYTHING for each in given)
            return self._own_code_of(host, form, given, find_other, made if is_made else None)

        def find(callee: Prototype, form: str, given: list[Known]) -> Callee | None:
            if callee is host:
                return find_own(form, _roughly(given, set(range(host.parameter_count))))
            return find_other(callee, form, given)

        return find

    def _may_host(self, prototype: Prototype) -> bool:
        """Instructions and allocations are counted by the function that they are of."""
        tier = self.tier
        return (
            not (tier.counts_instructions or tier.counts_allocations) and notes_of(prototype).losses < _LOSSES
        )

    def _code_of(self, prototype: Prototype, form: str, given: list[Known]) -> Callee | None:
        translation = self._translation(prototype, form) if self._may_stand(prototype) else None
        if translation is None or not is_small(translation):
            return None
        known = _roughly(given, translation.wished)
        if any(each != ANYTHING for each in known):
            translation = self._special(prototype, form, known) or translation
        return Callee(translation, prototype.fast_class, prototype.parameter_count, prototype.is_vararg)

    def _may_stand(self, prototype: Prototype) -> bool:
        self.tier.hasten(prototype)
        notes = notes_of(prototype)
        is_fast = prototype.fast_class is not None and notes.reason is None
        return is_fast and not notes.is_open_ended

    def _special(self, prototype: Prototype, form: str, given: tuple[Known, ...]) -> Translation | None:
        """The code of a method for arguments of which this is known, if it is small."""
        special = notes_of(prototype).special
        key = form, given
        if key not in special:
            if len(special) >= _MOST_SPECIAL or prototype in self.tier.generating:
                return None
            self.tier.generating.add(prototype)
            try:
                begun = draft(prototype, notes_of(prototype), form, given)
                special[key] = _if_small(begun, self.finder_for(prototype, begun))
            except Untranslatable:
                return None
            finally:
                self.tier.generating.discard(prototype)
        return special[key]  # type: ignore[no-any-return]

    def _own_code_of(
        self,
        host: Prototype,
        form: str,
        given: tuple[Known, ...],
        find_other: CalleeFinder,
        made: Draft | None,
    ) -> Callee | None:
        """The code that stands for a function's calls of itself: with such calls left in it."""
        notes = notes_of(host)
        if not self._may_stand(host) or len(host.code) > _LONGEST_RECURSION:
            return None
        translation = _if_small(made or draft(host, notes, form, given), find_other)
        if translation is None:
            return None
        return Callee(translation, host.fast_class, host.parameter_count, host.is_vararg)

    def _translation(self, prototype: Prototype, form: str) -> Translation | None:
        """The code of one of a function's methods, generated now if it was not called yet.

        It is compiled if it is called: a quarter of these never is.
        """
        translations = self.tier.translations
        uncompiled = notes_of(prototype).uncompiled
        found = translations.get(id(getattr(prototype.fast_class, form).__code__)) or uncompiled.get(form)
        if found is None and prototype not in self.tier.generating:
            try:
                found = self.tier.translation_of(prototype, form)
                uncompiled |= dict.fromkeys(found.forms(form), found)
                if _DEEP in found.source:
                    self.tier.generate(prototype, form)
            except Untranslatable:
                uncompiled.clear()
                return None
        return found

    def drop(self, prototype: Prototype) -> list[Prototype]:
        """The functions to be translated again, as the code of `prototype` that stands in theirs is old."""
        notes = notes_of(prototype)
        hosts, notes.hosts = notes.hosts, []
        dropped = [host for host in {each() for each in hosts} if host is not None]
        for host in dropped:
            notes_of(host).losses += 1
        return dropped

    def take(self, host: Prototype, pc: int, callee: Prototype) -> bool:
        """Whether a call in `host` should be replaced, now that `callee` is fast."""
        notes = notes_of(host)
        is_known = any(known() is callee for known in notes.callees.get(pc, ()))
        if not is_known or not self._may_host(host):
            return False
        notes.losses += 1
        return True


def _if_small(made: Draft, find_callee: CalleeFinder | None) -> Translation | None:
    """The translation, if it may stand in other code; what is too long already is not finished."""
    translation = None if made.size > LONGEST else made.finish(find_callee)
    return translation if translation is not None and is_small(translation) else None


def _roughly(given: list[Known], wished: set[int]) -> tuple[Known, ...]:
    """What is known of the arguments that it helps to know something of: one of few kinds for each."""
    return tuple(roughly(known) if number in wished else ANYTHING for number, known in enumerate(given))
