"""Have a few things under way at a time, however many there are to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from typing import TypeVar

from specloom.scheduling.interrupts import out_of_reach

Item = TypeVar("Item")
T = TypeVar("T")


def width(executor: Executor) -> int:
    """Return how many calls keep all processes of an executor busy: what it says itself, or four for each core."""
    return int(getattr(executor, "width", 4 * (os.cpu_count() or 1)))


def under_way(
    start: Callable[[Item], Future[T]], items: Iterable[Item], most: int, give_up: Callable[[], None] | None = None
) -> Generator[tuple[Item, Future[T]]]:
    """Start items, `most` at once, and yield each with its future once that is done; nothing is held of it then.

    When the caller goes no further, such as on an exception, what has begun is waited for, and the rest never begins.
    With `give_up` that is called instead, which has to end all of it.
    """
    pending = iter(items)
    waiting: dict[Future[T], Item] = {}
    try:
        while True:
            with out_of_reach():
                for item in islice(pending, most - len(waiting)):
                    waiting[start(item)] = item
            if not waiting:
                return
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                yield waiting.pop(future), future
            finished.clear()
    except BaseException:
        if give_up is not None:
            # Nothing is cancelled: a pool whose processes were ended fails to tell that to what is.
            give_up()
        else:
            for future in waiting:
                future.cancel()
        raise
    finally:
        # One that is cancelled may never tell those who wait for it: some executors forget it at once.
        wait([future for future in waiting if not future.cancelled()])
