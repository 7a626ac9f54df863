"""Load a sandbox for a while and see whether its memory stays what it was."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figure import Figure, Sample
from bench.sandbox.loading import load, write_requests
from bench.sandbox.measuring import CACHE
from bench.sandbox.requests import work_of
from bench.sandbox.serving import Server, ours, write_spec
from specloom.spec import find_specs, load_api

SECONDS: Final = 60
LIMIT: Final = 2.0
"""Megabytes by which the memory may grow after the first third."""

_RECORDS: Final = 1_000


def soak(seconds: int = SECONDS) -> Iterator[Figure]:
    """Load a sandbox in memory with requests that are carried out or refused, records being reset once a second.

    Yields by how many megabytes its memory is larger at most in the last third than in the second.
    """
    work = next(work for work in (work_of(load_api(path)) for path in find_specs()) if work is not None)
    CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as name:
        folder = Path(name)
        write_spec(folder, work.api, {work.transition.record: work.seeds(_RECORDS)})
        requests = [*work.valid(_RECORDS), *[work.refused()] * 10]
        with ours(folder, work.api, work.refused()) as server:
            watch = _Watch(server, f"{server.url}/_sandbox/{work.api.name}/reset")
            watch.start()
            load(server, write_requests(requests, folder / "requests"), seconds)
            watch.stop()
        third = len(watch.memory) // 3
        growth = max(watch.memory[-third:]) - max(watch.memory[third : 2 * third])
        yield Figure("sandbox", f"growth of memory in {seconds} s under load", "MB", Sample((growth,)), limit=LIMIT)


class _Watch(threading.Thread):
    """Looks at the memory of a server, and resets its records, about once a second."""

    def __init__(self, server: Server, reset: str) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._reset = reset
        self._stopped = threading.Event()
        self.memory: list[float] = []

    def run(self) -> None:
        """Watch until it is stopped."""
        while not self._stopped.wait(1.0):
            self.memory.append(self._server.memory())
            urllib.request.urlopen(urllib.request.Request(self._reset, method="POST")).close()  # noqa: S310 - ours

    def stop(self) -> None:
        """Stop to watch."""
        self._stopped.set()
        self.join()
