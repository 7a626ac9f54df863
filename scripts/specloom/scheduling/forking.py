"""Fork this process, where that is safe: the other has all that was imported here."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any

from specloom.scheduling.interrupts import held_back


def may_fork() -> bool:
    """Say whether this process may be forked: one with threads, such as that of a progress bar, may end in a deadlock.

    On other systems than Linux, what the system itself brings is not safe to fork.
    """
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def forked(target: Callable[..., None], *arguments: Any) -> Iterator[BaseProcess]:
    """Start a process that calls `target`; in the end it is gone, whether it was done or not."""
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    # Ctrl-C reaches every process of a terminal; it is this one that ends the other.
    with held_back(), warnings.catch_warnings():
        # The thread that lets a process end with its parent waits, and holds nothing.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    try:
        yield process
    finally:
        process.terminate()
        process.join()
