"""The lines that switch between coroutines: what a yield or a loop is about comes in, Python goes out.

    coroutine.yield(r1)        state.thread = th.resumer; t = yield r1; state.thread = th
    for x in wrapped           for r4 in (i0 := direct(r0, r1, r2)):
                                   if r4 is None: r4 = given(r0)

A generator sets the running thread itself, so that a loop can go through it with nobody in between
(see coroutines). It yields one value as it is; None where there is another number of them, which
are in `given` then. It gets what results are, one value as it is, others as a tuple. Only a loop
sends None, for its own control values.
"""

from __future__ import annotations

from pylua.hints import Final

__all__ = ["START", "yielding"]

START: Final = "th = state.thread"
"""The first line of a generator."""


def yielding(arguments: str, takes_more: bool) -> str:
    """Yields `arguments`, and puts what comes back into `t`: the first value at least, or all of them."""
    is_one = arguments and "," not in arguments and "*" not in arguments
    values = arguments if is_one else f"th.given = ({arguments}{',' if arguments else ''})"
    if takes_more:
        values = f"x = {values}"
    before = "" if values == arguments else f"{values}; "
    given = "" if not is_one else "x" if takes_more else arguments
    after = "; t = received(t, x)" if takes_more else ""
    return f"{before}state.thread = th.resumer; t = yield {given}; state.thread = th{after}"
