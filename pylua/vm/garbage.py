"""Garbage collection as Lua scripts see it: weak tables, finalizers and when they come (§2.5).

Python's reference counts and its cyclic collector free the memory. What a Lua collection adds
is here; nothing of it happens between collections:

    dead registers are dropped           reachability.drop_dead_registers
    weak tables let go                   values.weakening.Weakening
    marked objects are let go            finalizers.let_go
    gc.collect()                         entries die, guards find dead objects
    everything else is held again        restore, hold_again
    finalizers run

Collections come when a script asks for one, or when it has allocated enough: the VM adds the
size of each new object to `debt` and lets a collection come once it is above zero. The pace
depends on counts only, never on time.
"""

from __future__ import annotations

import gc
import sys
from _weakref import ref

from pylua.hints import TYPE_CHECKING, Final
from pylua.values.contexts import suppress
from pylua.values.late import late_module
from pylua.values.table import Table
from pylua.values.types import LuaValue, type_name
from pylua.values.userdata import Userdata
from pylua.values.watching import TELLING_EVENTS, tell_metatable
from pylua.values.weakening import Weakening, is_object
from pylua.vm.finalizers import Finalizers, call_finalizer

if TYPE_CHECKING:
    from pylua.vm import ephemerons, memory, reachability
    from pylua.vm.state import State
    from pylua.vm.thread import Thread
else:
    ephemerons = late_module("pylua.vm.ephemerons")
    memory = late_module("pylua.vm.memory")
    reachability = late_module("pylua.vm.reachability")

__all__ = [
    "CLOSURE_SIZE",
    "COLLECTION_DUE",
    "RESULT_SIZE",
    "STRING_SIZE",
    "TABLE_SIZE",
    "Collector",
    "Pace",
    "collect_between_instructions",
]

TABLE_SIZE: Final = 250
"""Bytes of an empty table, with its array and dict."""
CLOSURE_SIZE: Final = 250
STRING_SIZE: Final = 50
RESULT_SIZE: Final = 50
"""Bytes that a native function may have allocated."""
COLLECTION_DUE: Final[list[LuaValue]] = []
"""Stands for "let `collect_between_instructions` run now" where the VM gives results."""
_THREAD: Final = 1000
"""Bytes of a new thread with its first frame."""
_RESOURCE: Final = 20_000
"""Counted for a userdata with a finalizer: what it holds (a file) is scarcer than memory."""
_FIRST_LIMIT: Final = 2_000_000
_LEAST_LIMIT: Final = 200_000
_THOROUGH_EVERY: Final = 4
_BLOCK_SIZE: Final = 64
"""Bytes of a block of Python's allocator, on average."""
_WORK_PER_STEP: Final = 25
"""Bytes of live objects that a step gets through per byte of its size (as PUC Lua about does)."""


class Pace:
    """The collector's parameters, as `collectgarbage` sets and tells them."""

    def __init__(self) -> None:
        self.is_generational = False
        self.is_stopped = False
        self.pause = 200
        """Percentage: how far memory grows before the next collection starts."""
        self.step_multiplier = 100
        self.step_size = 1 << 13


class Collector:
    """The memory of one state: what is weak, what is to be finalized, how much was allocated."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.pace = Pace()
        self.finalizers = Finalizers()
        self.debt = -_FIRST_LIMIT
        """Bytes allocated beyond what the pace allows; above zero a collection is due."""
        self.first_dead = 0
        """When a collection is due: the register of the running frame from which on all are dead."""
        self.is_busy = False
        """A finalizer runs or the state closes: no collection can start."""
        self._threads: list[ref[Thread]] = []
        self._weak_tables: list[ref[Table]] = []
        self.plain_metatables: dict[int, Table] = {}
        """Metatables without `__mode` that were set since the last collection, by identity."""
        self._known_plain: list[ref[Table]] = []
        """Those that were set before; any of them may get a `__mode` at any time."""
        self._start = self.debt
        """`debt` when the last collection ended."""
        self._limit = _FIRST_LIMIT
        self._base: int | None = None
        """Bytes in use when the last collection ended, known from the first count() after it."""
        self._blocks = sys.getallocatedblocks()
        """Python's allocated blocks at that time."""
        self._progress = 0.0
        """Bytes that steps got through since then, of `_work` if that is known."""
        self._work: int | None = None
        self._allocated_before = 0
        """Bytes allocated until the last collection."""
        self._measured = 0
        self._measured_at = -_FIRST_LIMIT
        self._permanent = 0
        """How many marked objects live as long as the state."""
        self._entries = 0
        self._automatic_collections = 0

    # --- metatables -------------------------------------------------------------------------

    def set_metatable(self, value: LuaValue, metatable: Table | None) -> None:
        """Gives `value` (for values without one of their own: its type) a metatable.

        Tables and userdata are marked for finalization if the metatable has `__gc` by now.
        """
        if not isinstance(value, (Table, Userdata)):
            self.state.type_metatables[type_name(value)] = metatable
            tell_metatable(self.state.type_metatables)
            return
        value.metatable = metatable
        tell_metatable(value)
        if metatable is None:
            return
        events = metatable.hash_part
        metatable.is_plain = TELLING_EVENTS.isdisjoint(events)
        if self.state.fast_tier is not None and ("__gc" in events or "__mode" in events):
            self.state.fast_tier.count_allocations()
        if "__gc" in events:
            self.finalizers.mark(value)
            if isinstance(value, Userdata):
                self.debt += _RESOURCE
        if "__mode" in events:
            if isinstance(value, Table):
                self._weak_tables.append(ref(value))
        else:
            self.plain_metatables[id(metatable)] = metatable

    def settle(self) -> None:
        """The libraries are open: what is marked by now (standard files) asks for no collections."""
        self._permanent = len(self.finalizers.guards)
        self.debt = self._start = -self._limit

    def _find_late_weak_tables(self) -> None:
        """Notes the tables whose metatable got its `__mode` after it was set."""
        known = [metatable for each in self._known_plain if (metatable := each()) is not None]
        metatables = {**{id(each): each for each in known}, **self.plain_metatables}
        self.plain_metatables.clear()
        late = [each for each in metatables.values() if "__mode" in each.hash_part]
        self._known_plain = [ref(each) for each in metatables.values() if "__mode" not in each.hash_part]
        if not late:
            return
        identities = set(map(id, late))
        for table in gc.get_referrers(*late):
            if isinstance(table, Table) and id(table.metatable) in identities:
                self._weak_tables.append(ref(table))

    # --- a collection -----------------------------------------------------------------------

    def collect(self, is_thorough: bool = True) -> None:
        """One complete collection, but for the finalizers, which then wait in `finalizers.pending`.

        Only a thorough one finds tables that keep themselves alive (vm/ephemerons.py): that
        takes as long as all the rest.
        """
        self.state.pending = None
        self._find_late_weak_tables()
        reachability.drop_dead_registers(self.living_threads())
        weakening = Weakening()
        was_enabled = gc.isenabled()
        gc.disable()  # it must not come while only some tables are weak
        marked = self.finalizers.let_go()
        try:
            self._weaken_tables(weakening)
            gc.collect()
            while self._let_go_of_values(weakening, is_thorough):
                marked += self.finalizers.let_go_of_found()
                gc.collect()
        finally:
            self.finalizers.hold_again(marked)
            returned = weakening.restore(self._find_resurrected(weakening))
            self._weak_tables += map(ref, returned)
            self._entries = weakening.entry_count
            self.finalizers.queue_found()
            if was_enabled:
                gc.enable()
        self._progress = 0.0
        self._work = None
        self._begin_cycle()

    def _begin_cycle(self) -> None:
        self._base = None
        self._blocks = sys.getallocatedblocks()
        self._allocated_before += self.debt - self._start
        self.debt = self._start = -self._limit

    def note_thread(self, thread: Thread) -> None:
        """A thread was made: its registers will be looked after."""
        self._threads.append(ref(thread))
        self.debt += _THREAD

    def living_threads(self) -> list[Thread]:
        """All threads that are not freed."""
        threads = [thread for each in self._threads if (thread := each()) is not None]
        self._threads = list(map(ref, threads))
        return threads

    def _weaken_tables(self, weakening: Weakening) -> None:
        registered = {id(table): table for each in self._weak_tables if (table := each()) is not None}
        self._weak_tables = list(map(ref, registered.values()))
        # `__mode` may be in a weak table itself: all modes are read before anything is let go.
        tables = [table for table in registered.values() if table.metatable is not None]
        modes = [(table, table.metatable.raw_get("__mode")) for table in tables if table.metatable]
        for table, mode in modes:
            if type(mode) is str and ("k" in mode or "v" in mode):
                weakening.weaken(table, mode)

    def _let_go_of_values(self, weakening: Weakening, is_thorough: bool) -> bool:
        """Takes values off keys that keep them alive without their table; whether more may be dead now."""
        resurrected = self._find_resurrected(weakening)
        has_dropped = weakening.drop_values(weakening.dead_tables(resurrected), resurrected)
        has_dropped |= weakening.take_values_back(weakening.resurrected_tables(resurrected), resurrected)
        if has_dropped or not is_thorough:
            return has_dropped
        return weakening.take_values_back(
            ephemerons.find_self_kept_tables(weakening, self._barriers()), resurrected
        )

    def _barriers(self) -> tuple[LuaValue, ...]:
        """What is always alive."""
        state = self.state
        return state, self, state.registry, state.globals, state.loaded, state.main_thread

    def _find_resurrected(self, weakening: Weakening) -> dict[int, LuaValue]:
        """What objects found dead lead to, by identity, if weak tables may want to know."""
        if not self.finalizers.found or not weakening.is_damaged():
            return {}
        seen: dict[int, LuaValue] = {id(barrier): barrier for barrier in self._barriers()}
        objects: dict[int, LuaValue] = {}
        roots = [guard.object for guard in self.finalizers.found]
        while roots:
            reachability.follow(roots, seen)
            # Containers made since may have the identities of objects that are freed.
            objects = {identity: each for identity, each in seen.items() if is_object[type(each)]}
            roots = [each for each in weakening.values_of_keys(objects) if id(each) not in seen]
            roots = roots or weakening.find_hidden(objects)
        return objects

    # --- when collections come --------------------------------------------------------------

    def collect_fully(self) -> None:
        """A collection with its finalizers, as `collectgarbage()` asks for."""
        self.collect()
        self.run_pending()

    def automatic(self) -> None:
        """A collection at the VM's own pace, with its finalizers."""
        if self.pace.is_stopped or self.is_busy:
            self.debt -= self._limit
            self._start -= self._limit
            return
        self._find_late_weak_tables()
        finalizers = self.finalizers
        is_needed = bool(len(finalizers.guards) > self._permanent or finalizers.pending or self._weak_tables)
        if is_needed or not gc.isenabled():
            self._automatic_collections += 1
            self.collect(is_thorough=self._automatic_collections % _THOROUGH_EVERY == 0)
        self._set_limit(is_needed)
        self._begin_cycle()
        self.run_pending()

    def _set_limit(self, is_needed: bool) -> None:
        """How much is allocated until the next automatic collection.

        Python's collector goes through all its objects: two thirds as many must be made in
        between. That, and so many new objects for all else that is gone through, keeps
        collections to about a fifth of the time that making the objects takes.
        """
        objects = 10 * (self._entries + len(self.living_threads()))
        objects += 2 * (len(self.finalizers.guards) + len(self._known_plain))
        if is_needed:
            objects += len(gc.get_objects()) * 2 // 3
        growth = max(self.pace.pause - 100, 10) / 100
        least = _LEAST_LIMIT if is_needed else _FIRST_LIMIT
        self._limit = max(least, int(objects * TABLE_SIZE * growth))

    def step(self, kilobytes: int) -> bool:
        """Some work towards a collection; whether that completed one (§6.1 collectgarbage "step")."""
        if self.pace.is_generational:
            self.collect(is_thorough=False)
            self.run_pending()
            return False
        if self._work is None:
            self._work = self._measured_recently()
        size = kilobytes * 1024 if kilobytes > 0 else self.pace.step_size
        self._progress += size * _WORK_PER_STEP * max(self.pace.step_multiplier, 1) / 100
        if self._progress < self._work:
            return False
        self.collect_fully()
        return True

    def _measured_recently(self) -> int:
        """Bytes of live objects; measured again when a quarter as much was allocated since."""
        allocated = self._allocated_before + self.debt - self._start
        if allocated - self._measured_at > max(self._measured // 4, _LEAST_LIMIT):
            self._measured = memory.measure(self.state, self.living_threads())
            self._measured_at = allocated
        return self._measured

    def count(self) -> int:
        """Bytes in use: those of live objects, and of dead ones that no collection has cleared.

        Live objects are measured. What was allocated since the last collection and is more than
        the growth of Python's memory must be dead; later counts go on from that base.
        """
        live = memory.measure(self.state, self.living_threads())
        allocated = self.debt - self._start
        if self._base is None:
            growth = max(sys.getallocatedblocks() - self._blocks, 0) * _BLOCK_SIZE
            self._base = live - min(allocated, growth)
        return max(live, self._base + allocated)

    # --- finalizers -------------------------------------------------------------------------

    def run_pending(self) -> None:
        """Runs the finalizers of the objects that wait for it; not within a finalizer."""
        if self.is_busy:
            return
        self.is_busy = True
        try:
            self._run_pending()
        finally:
            self.is_busy = False

    def _run_pending(self) -> None:
        pending = self.finalizers.pending
        while pending:
            call_finalizer(self.state, pending.popleft())

    def close(self) -> None:
        """The end of the state: every marked object is finalized, last marked first (§4.6 lua_close).

        A finalizer may call it again (os.exit with close): the rest is done there.
        """
        self.is_busy = True
        self.finalizers.queue_all()
        self._run_pending()

    def __del__(self) -> None:
        """A state that nobody refers to any more is closed, unless only standard files are left."""
        finalizers = self.finalizers
        marked = len(finalizers.guards) + len(finalizers.found) + len(finalizers.pending)
        if marked > self._permanent and not sys.is_finalizing():
            with suppress(Exception):  # there is nobody to tell
                self.close()


def collect_between_instructions(state: State) -> None:
    """A collection is due in the running Lua frame, whose registers from `first_dead` on are dead."""
    collector = state.collector
    reachability.clear_from(state.thread.frames[-1], collector.first_dead)
    collector.automatic()
