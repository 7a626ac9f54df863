"""A pool of processes that can be ended while they work."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext
from types import TracebackType

from specloom.scheduling.orphans import end_with_parent


class Pool(ProcessPoolExecutor):
    """A pool whose processes end with this one, or earlier."""

    def __init__(self, jobs: int, context: BaseContext) -> None:
        """Take the number of processes, and how they are started."""
        self._others = set(multiprocessing.active_children())
        super().__init__(jobs, mp_context=context, initializer=end_with_parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """Wait for what is under way, or end it when something failed or was interrupted."""
        if error is not None:
            self.terminate()
        return super().__exit__(kind, error, trace)

    def terminate(self) -> None:
        """End the processes now; what they are doing fails with BrokenProcessPool."""
        for process in set(multiprocessing.active_children()) - self._others:
            process.terminate()
