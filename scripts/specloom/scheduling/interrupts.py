"""Hold back Ctrl-C while something must not be left half done."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def held_back() -> Iterator[None]:
    """Deliver SIGINT only afterwards; threads and forks that start meanwhile never get it (POSIX alone)."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def out_of_reach() -> Iterator[None]:
    """Hold SIGINT back while processes start, which never get it then.

    Ctrl-C reaches every process of a terminal: those that work for this one are not to die of it, but to be ended by
    it in order.
    """
    # In some versions of Python its own start, with that of the first process, would let SIGINT through again.
    resource_tracker.ensure_running()
    with held_back():
        yield
