"""What `contextlib` has under these names, without the module, which takes 0.9 ms to import.

with suppress(OSError): os.remove(path)      goes on behind the block if that fails

@contextmanager
def paused(): …; yield x; …                  with paused() as x:
"""

from __future__ import annotations

from pylua.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import contextmanager, suppress
else:

    class suppress:
        """Ends a block at an exception of one of some kinds."""

        def __init__(self, *kinds):
            self.kinds = kinds

        def __enter__(self):
            return None

        def __exit__(self, kind, error, traceback):
            return kind is not None and issubclass(kind, self.kinds)

    class _Steps:
        """A generator that yields once: what it does before is done before the block, the rest behind."""

        def __init__(self, steps):
            self.steps = steps

        def __enter__(self):
            return next(self.steps)

        def __exit__(self, kind, error, traceback):
            if error is None:
                next(self.steps, None)
                return False
            try:
                self.steps.throw(error)
            except StopIteration as end:
                return end is not error
            except BaseException as raised:
                if raised is not error:
                    raise
                # Fast code is found by the traceback: the generator's frames do not belong to it.
                error.__traceback__ = traceback
            return False

    def contextmanager(make):
        """Makes a context manager of a function that makes a generator."""

        def manager(*values, **named):
            return _Steps(make(*values, **named))

        manager.__doc__ = make.__doc__
        return manager


__all__ = ["contextmanager", "suppress"]
