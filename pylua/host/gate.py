"""Whose turn it is in a Lua state: the host's threads come in, one at a time, and go.

    taken = True; free.pop() … free.append(TOKEN)     the short way, while nobody is in: atomic, 20 ns
    held = gate.enter() … gate.leave(held)            waits for others, and lets in who is in already

Who has come the short way is found in the frames of its thread, if it asks again: a lock would take
70 ns of each call, the number of a thread 35. While nobody is in, and on the short way for calls,
`c_levels` of the main thread is that of a call, 1, so that nothing has to be counted there.
"""

from __future__ import annotations

import sys
from _thread import RLock, allocate_lock, get_ident

from pylua.hints import Final
from pylua.values.contexts import suppress
from pylua.vm.thread import Thread

__all__ = ["TOKEN", "Gate", "Held"]

TOKEN: Final = None
_TOKENS: Final = [TOKEN]

Held = tuple[bool, int | None]
"""What `leave` does: whether it gives the token back, and who was `owner` before."""


class Gate:
    """Of one State.

    Handlers of signals may come to call Lua too, and CPython runs them after calls: where a token changes
    hands, nothing is called between this and what tells of it.
    """

    __slots__ = ("_handed", "_lock", "_main", "_owner", "_wakes", "free", "wanted")
    shorts: Final[set[int]] = set()
    """The code of functions that go the short way, by identity (hashing code takes up to 90 µs on 3.13).

    Their variable `gate` is it; if in, they have `taken`.
    """

    def __init__(self, main: Thread) -> None:
        self.free: Final = [TOKEN]
        """The token, while nobody is in."""
        self.wanted = False
        """Whether somebody waits: who has put the token back calls `hand_over`."""
        self._main = main
        self._owner: int | None = None
        """The thread that is in and has come, or come again, the long way."""
        self._lock = RLock()
        self._handed: list[None] = []
        """The token, while it is put aside for who waits."""
        self._wakes = allocate_lock()
        self._wakes.acquire()
        main.c_levels = 1

    def enter(self) -> Held:
        """Comes in, as soon as no other thread is."""
        me, owner = get_ident(), self._owner
        if owner == me:
            return False, me
        if not self.free and self._is_in():
            self._owner = me
            return False, None
        self._lock.acquire()
        try:
            while self._owner != me:
                self._take(me)
        except BaseException:  # of the host: an interrupt
            if self._owner == me:
                self.leave((True, None))
            else:
                self._lock.release()
            raise
        self.wanted = False
        return True, None

    def leave(self, held: Held) -> None:
        """Goes, if that is what coming in has been."""
        takes_leave, owner = held
        if not takes_leave:
            self._owner = owner
            return
        self._main.c_levels = 1
        self._owner = None
        self.free[:] = _TOKENS
        self._lock.release()

    def hand_over(self) -> None:
        """Gives the token, which has just been put back, to who waits, if nobody was faster."""
        try:
            self.free.pop()
        except IndexError:
            return
        self._handed.append(TOKEN)
        with suppress(RuntimeError):  # awake already
            self._wakes.release()

    def _take(self, me: int) -> None:
        """Takes the token, or waits until it may be there."""
        for place in (self.free, self._handed):
            if place:
                try:
                    del place[0]
                    self._owner = me
                    self._main.c_levels = 0
                except IndexError:
                    continue
                return
        if self.wanted:
            self._wakes.acquire()
        else:
            self.wanted = True  # who puts the token back from now on hands it over

    def _is_in(self) -> bool:
        """Whether this thread has come in the short way, and is still in."""
        frame = sys._getframe(1)
        while frame is not None:
            if id(frame.f_code) in self.shorts:
                gate = frame.f_locals.get("gate") or frame.f_globals.get("gate")
                if gate is self and frame.f_locals.get("taken"):
                    return True
            frame = frame.f_back  # type: ignore[assignment]
        return False
