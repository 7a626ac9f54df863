"""Keep Python from looking for garbage while a package is built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, at_leisure: bool = False) -> Iterator[None]:
    """Look for unreachable circles of objects afterwards, and only among what was made meanwhile.

    With `at_leisure` that is left to Python, which looks at all objects now and then: a process that builds nothing
    more may end before.

    A spec of a megabyte makes millions of objects, of which nearly all are in use until the end: to look at them again
    and again would take a quarter of the time, and the memory that it gives back is none that is ever missed.
    """
    enabled = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        if at_leisure:
            gc.freeze()  # `unfreeze` makes all of them old
        else:
            gc.collect(0)
        gc.unfreeze()
        if enabled:
            gc.enable()
