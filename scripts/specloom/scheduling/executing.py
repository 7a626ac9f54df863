"""Give out an executor, and gather what it makes of tasks."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from specloom.scheduling.local import LocalExecutor
from specloom.spec import SpecloomError

Task = TypeVar("Task")
Result = TypeVar("Result")


@contextlib.contextmanager
def executor(jobs: int | None = None, scheduler: str | None = None) -> Iterator[Executor]:
    """Yield an executor: `jobs` processes of this machine (by default one for each core), or a Dask cluster.

    `scheduler` is the address of the cluster's scheduler, such as `tcp://host:8786`. On an exception in the block, such
    as KeyboardInterrupt, what is not done is given up, and no process of ours is left. Raises SpecloomError when there
    is no such scheduler, or its workers cannot do our work.
    """
    if scheduler is not None:
        # It is an optional extra, and slow to import.
        from specloom.scheduling.cluster import cluster_executor  # noqa: PLC0415

        with cluster_executor(scheduler) as cluster:
            yield cluster
        return
    local = LocalExecutor(jobs)
    try:
        yield local
    except BaseException:
        local.terminate()
        raise
    local.shutdown()


def completed(
    workers: Executor, function: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[tuple[int, Result]]:
    """Yield (index of the task, result) of each task as soon as it is done; `function` and tasks have to be picklable.

    Raises what `function` raises, and SpecloomError when a process that works on a task is killed again and again, or
    the cluster is lost.
    """
    futures = {workers.submit(function, task): index for index, task in enumerate(tasks)}
    try:
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                raise SpecloomError(
                    "a process was killed while it worked, each of several times",
                    remedy="try again with fewer jobs; memory may be short",
                ) from None
            except CancelledError:
                raise SpecloomError(
                    "the scheduler of the cluster was lost while it worked", remedy="see whether it still runs"
                ) from None
    finally:
        for future in futures:
            future.cancel()
