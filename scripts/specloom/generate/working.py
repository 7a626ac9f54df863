"""Build packages in several processes at once."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TypeVar

import attrs

from specloom.generate.result import Counts
from specloom.generate.shipping import Order, Shipment, build_shipment
from specloom.scheduling.interrupts import held_back
from specloom.spec import SpecloomError


@attrs.frozen
class Task:
    """A package to build: its spec, the new folder to build it in, and what it is made of."""

    api: str
    spec: Path
    folder: Path
    made_of: Mapping[str, str]


T = TypeVar("T")

Done = Callable[[Task, Counts, float], None]
"""Is told each task that is done, what the package holds, and the seconds it took."""


def work(tasks: Sequence[Task], done: Done, *, jobs: int | None = None, executor: Executor | None = None) -> None:
    """Build the packages of all `tasks`, `jobs` at once (by default one for each core), or by `executor`.

    Raises the SpecloomError of the first task that fails, after all have ended. When it is interrupted, no task runs
    any more on return.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(tasks))
    if executor is not None:
        _work(tasks, done, lambda task: _shipped(executor, task), _received)
    elif jobs > 1:
        with ProcessPoolExecutor(jobs, mp_context=_context()) as pool:
            _work(tasks, done, lambda task: pool.submit(build_timed, task), lambda _, built: built)
    else:
        for task in tasks:
            done(task, *build_timed(task))


def _context() -> BaseContext:
    """Return how processes are started: where it can be done, from one that has imported what builds packages.

    Forking this process, which may have threads such as that of a progress bar, might end in a deadlock.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["specloom.generate.building"])
    return context


def build_timed(task: Task) -> tuple[Counts, float]:
    """Build the package of `task`; return what it holds and the seconds that it took."""
    start = time.perf_counter()
    from specloom.generate.building import build  # noqa: PLC0415 - slow to import, and not needed when nothing changed

    counts = build(task.spec, task.folder, task.made_of)
    return counts, time.perf_counter() - start


def _shipped(executor: Executor, task: Task) -> Future[Shipment]:
    """Build a package by an executor that may have no access to our files."""
    return executor.submit(build_shipment, Order.of(task.spec, task.made_of))


def _received(task: Task, shipment: Shipment) -> tuple[Counts, float]:
    shipment.unpack(task.folder)
    return shipment.counts, shipment.seconds


def _work(
    tasks: Sequence[Task],
    done: Done,
    start: Callable[[Task], Future[T]],
    receive: Callable[[Task, T], tuple[Counts, float]],
) -> None:
    # Ctrl-C reaches every process of a terminal. The workers are not to die of it: this process ends them in order.
    with held_back():
        futures = {start(task): index for index, task in enumerate(tasks)}
    failures: dict[int, SpecloomError] = {}
    try:
        for future in as_completed(futures):
            try:
                counts, seconds = receive(tasks[futures[future]], future.result())
            except SpecloomError as error:
                failures[futures[future]] = error
            else:
                done(tasks[futures[future]], counts, seconds)
    except BrokenProcessPool:
        raise SpecloomError(
            "a process that generates a package was killed", remedy="try again with fewer jobs; memory may be short"
        ) from None
    finally:
        for future in futures:
            future.cancel()
        wait(futures)
    if failures:
        raise failures[min(failures)]
