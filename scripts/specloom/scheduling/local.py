"""A process pool that outlives its processes: what a killed one was working on is done again."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, ParamSpec, TypeVar

from specloom.scheduling.interrupts import out_of_reach
from specloom.scheduling.pool import Pool

P = ParamSpec("P")
T = TypeVar("T")

_MAX_ATTEMPTS: Final = 3


class LocalExecutor(Executor):
    """Runs calls in processes of their own, each again in new ones, up to three times, when its process is killed."""

    def __init__(self, jobs: int | None = None) -> None:
        """Take the number of processes, by default one for each core."""
        self._jobs = jobs or os.cpu_count() or 1
        self._lock = threading.RLock()
        self._pool: Pool | None = None
        self._ended = self._given_up = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a call; `fn`, its arguments and its result have to be picklable."""
        if self._ended:
            raise RuntimeError("it was shut down")
        outer: Future[T] = Future()
        self._start(outer, lambda pool: pool.submit(fn, *args, **kwargs), 1)
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as in Executor
        """End the processes, once all calls are done."""
        self._ended = True
        if self._pool is not None:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def terminate(self) -> None:
        """End the processes now, whatever they are doing."""
        self._ended = self._given_up = True
        if self._pool is not None:
            self._pool.terminate()
        self.shutdown(cancel_futures=True)

    def _start(self, outer: Future[T], call: Callable[[Pool], Future[T]], attempt: int) -> None:
        with self._lock, out_of_reach():
            try:
                pool = self._pool or self._new()
                inner = call(pool)
            except BrokenProcessPool:
                pool = self._new()
                inner = call(pool)

        def finish(done: Future[T]) -> None:
            if done.cancelled() or self._given_up:
                outer.cancel()
            error = None if done.cancelled() else done.exception()
            if outer.cancelled():
                return
            if isinstance(error, BrokenProcessPool) and attempt < _MAX_ATTEMPTS:
                self._replace(pool)
                self._start(outer, call, attempt + 1)
            elif error is not None:
                _set(outer, lambda: outer.set_exception(error))
            else:
                _set(outer, lambda: outer.set_result(done.result()))

        inner.add_done_callback(finish)

    def _new(self) -> Pool:
        # Forking a process with threads, such as that of a progress bar, may end in a deadlock.
        self._pool = Pool(self._jobs, multiprocessing.get_context("spawn"))
        return self._pool

    def _replace(self, broken: Pool) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = None


def _set(outer: Future[Any], write: Callable[[], None]) -> None:
    """Write the result of a future, unless it is cancelled at this very moment."""
    if outer.set_running_or_notify_cancel():
        write()
