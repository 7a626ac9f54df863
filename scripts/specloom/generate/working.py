"""Build packages in several processes at once."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import attrs

from specloom.generate.interrupts import held_back
from specloom.generate.result import Counts
from specloom.spec import SpecloomError


@attrs.frozen
class Task:
    """A package to build: its spec, the new folder to build it in, and what it is made of."""

    api: str
    spec: Path
    folder: Path
    made_of: Mapping[str, str]


Done = Callable[[Task, Counts, float], None]
"""Is told each task that is done, what the package holds, and the seconds it took."""


def work(tasks: Sequence[Task], done: Done, *, jobs: int | None = None, executor: Executor | None = None) -> None:
    """Build the packages of all `tasks`, `jobs` at once (by default one for each core), or by `executor`.

    Raises the SpecloomError of the first task that fails, after all have ended. When it is interrupted, no task runs
    any more on return.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(tasks))
    if executor is not None:
        _work(tasks, done, executor)
    elif jobs > 1:
        # Forking a process with threads, such as that of a progress bar, may end in a deadlock.
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
            _work(tasks, done, pool)
    else:
        for task in tasks:
            done(task, *build_timed(task))


def build_timed(task: Task) -> tuple[Counts, float]:
    """Build the package of `task`; return what it holds and the seconds that it took."""
    start = time.perf_counter()
    from specloom.generate.building import build  # noqa: PLC0415 - slow to import, and not needed when nothing changed

    counts = build(task.spec, task.folder, task.made_of)
    return counts, time.perf_counter() - start


def _work(tasks: Sequence[Task], done: Done, executor: Executor) -> None:
    # Ctrl-C reaches every process of a terminal. The workers are not to die of it: this process ends them in order.
    with held_back():
        futures: dict[Future[tuple[Counts, float]], int] = {
            executor.submit(build_timed, task): index for index, task in enumerate(tasks)
        }
    failures: dict[int, SpecloomError] = {}
    try:
        for future in as_completed(futures):
            try:
                counts, seconds = future.result()
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
