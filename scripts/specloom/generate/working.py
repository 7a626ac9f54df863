"""Build packages in several processes at once."""

from __future__ import annotations

import os
import shutil
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from specloom.generate.garbage import uncollected
from specloom.generate.preloading import preloaded
from specloom.generate.result import Counts
from specloom.generate.shipping import Order, Shipment, build_shipment
from specloom.generate.timing import build_timed
from specloom.scheduling import under_way, width
from specloom.scheduling.pool import Pool
from specloom.spec import Place, SpecloomError


@attrs.frozen
class Task:
    """A package to build: its spec, the new folder to build it in, and what it is made of.

    `spare` says that a core is left for part of it.
    """

    api: str
    spec: Path
    folder: Path
    made_of: Mapping[str, str]
    spare: bool = False


LARGE: Final = 200_000
"""The bytes from which on it pays to give part of a package to another process."""

Done = Callable[[Task, Counts, float], None]
"""Is told each task that is done, what the package holds, and the seconds it took."""

Failed = Callable[[Task, SpecloomError], None]
"""Is told each task that failed, and why."""

_Outcome = tuple[Counts, float] | SpecloomError


def work(
    tasks: Sequence[Task],
    done: Done,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    failed: Failed | None = None,
) -> None:
    """Build the packages of all `tasks`, `jobs` at once (by default one for each core), or by `executor`.

    The largest specs come first, since one that came last would keep all others waiting. What is under way is a few
    packages, however many there are. When a task fails, the others go on all the same; then `failed` has been told, or
    without it the SpecloomError of the first such task is raised. When it is interrupted, no task runs any more on
    return.
    """
    jobs = jobs or os.cpu_count() or 1
    ordered = deque(sorted(tasks, key=_size, reverse=True))
    if jobs > len(ordered):
        ordered = deque(attrs.evolve(task, spare=_size(task) >= LARGE) for task in ordered)
    if executor is not None:
        outcomes = _shipped(ordered, executor)
    elif jobs > 1 and (len(ordered) > 1 or not _may_build_here(ordered)):
        outcomes = _in_processes(ordered, min(jobs, len(ordered)))
    else:
        outcomes = _one_by_one(ordered)
    failures: dict[str, SpecloomError] = {}
    # Whatever happens, no process is left.
    with closing(outcomes):
        for task, outcome in outcomes:
            if not isinstance(outcome, SpecloomError):
                done(task, *outcome)
            elif failed is not None:
                failed(task, outcome)
            else:
                failures[task.api] = outcome
    for task in tasks:
        if task.api in failures:
            raise failures[task.api]


def _size(task: Task) -> int:
    try:
        return task.spec.stat().st_size
    except OSError:  # whoever reads it says so
        return 0


def _may_build_here(tasks: Iterable[Task]) -> bool:
    """Say whether this process may build `tasks`: with a spare core it is forked, which it must not be with threads."""
    return threading.active_count() == 1 or not any(task.spare for task in tasks)


def _one_by_one(tasks: deque[Task]) -> Generator[tuple[Task, _Outcome]]:
    """Build in this process."""
    for task in tasks:
        try:
            outcome: _Outcome = build_timed(task.spec, task.folder, task.made_of, spare=task.spare)
        except SpecloomError as error:
            outcome = error
        yield task, outcome


def _in_processes(tasks: deque[Task], jobs: int) -> Generator[tuple[Task, _Outcome]]:
    """Build in processes of this machine; one that is killed costs no package but the one that it died of."""
    models = not tasks[0].spare
    with uncollected(at_leisure=True):
        while tasks:
            suspects: list[Task] = []
            with Pool(jobs, preloaded(models=models)) as pool:
                started = under_way(partial(_submitted, pool), _until(suspects, tasks), 2 * jobs, pool.terminate)
                with closing(started):
                    for task, future in started:
                        if isinstance(future.exception(), BrokenProcessPool):
                            suspects.append(task)
                        else:
                            yield task, _outcome(future)
            for task in suspects:
                yield task, _alone(task)


def _until(suspects: list[Task], tasks: deque[Task]) -> Iterator[Task]:
    """Take from `tasks` until a process was killed, which ends all processes of its pool."""
    while tasks and not suspects:
        yield tasks.popleft()


def _submitted(pool: Pool, task: Task) -> Future[tuple[Counts, float]]:
    try:
        return pool.submit(build_timed, task.spec, task.folder, task.made_of, spare=task.spare)
    except BrokenProcessPool as error:
        broken: Future[tuple[Counts, float]] = Future()
        broken.set_exception(error)
        return broken


def _alone(task: Task) -> _Outcome:
    """Build a package that a process may have died of, with nothing else beside it."""
    shutil.rmtree(task.folder, ignore_errors=True)
    with Pool(1, preloaded()) as pool:
        try:
            return _outcome(_submitted(pool, attrs.evolve(task, spare=False)))
        except BrokenProcessPool:
            return SpecloomError(
                "the process that generated the package was killed",
                place=Place(task.spec),
                remedy="memory may be short; `dmesg` may say who killed it",
            )


def _outcome(future: Future[tuple[Counts, float]]) -> _Outcome:
    try:
        return future.result()
    except SpecloomError as error:
        return error


def _shipped(tasks: deque[Task], executor: Executor) -> Generator[tuple[Task, _Outcome]]:
    """Build by an executor whose processes may have no access to our files."""
    unreadable: list[tuple[Task, SpecloomError]] = []

    def orders() -> Iterator[tuple[Task, Order]]:
        for task in tasks:
            try:
                yield task, Order.of(task.spec, task.made_of)
            except SpecloomError as error:
                unreadable.append((task, error))

    def start(ordered: tuple[Task, Order]) -> Future[Shipment]:
        return executor.submit(build_shipment, ordered[1])

    with closing(under_way(start, orders(), width(executor))) as started:
        for (task, _), future in started:
            yield task, _received(task, future)
    yield from unreadable


def _received(task: Task, future: Future[Shipment]) -> _Outcome:
    """Unpack what was built; an error that does not come from building is that of the workers who died of it."""
    try:
        shipment = future.result()
    except SpecloomError as error:
        return error
    except CancelledError:
        raise SpecloomError(
            "the scheduler of the cluster was lost while it worked", remedy="see whether it still runs"
        ) from None
    except Exception as error:  # noqa: BLE001 - each library of clusters has its own
        return SpecloomError(
            f"no worker could build the package: {type(error).__name__}: {error}",
            place=Place(task.spec),
            remedy="see what the workers say; memory may be short",
        )
    shipment.unpack(task.folder)
    return shipment.counts, shipment.seconds
