"""Serve a sandbox from several processes that share a listener and a database."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import socket
import threading
import time
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final, NoReturn

import attrs

from specloom.sandbox.app import Sandbox
from specloom.sandbox.console import Snippets
from specloom.sandbox.process import follow_parent
from specloom.sandbox.server import serve
from specloom.sandbox.store import open_store
from specloom.sandbox.store.sqlite_database import Sync
from specloom.spec import Api, SpecloomError, load_api

_SHORT_LIFE: Final = 2.0
"""A worker that fails within so many seconds would do so again and again."""

_STOP_LIMIT: Final = 10.0


@attrs.frozen
class Setup:
    """What a sandbox is made of: the specs, what names the database, how durable changes are; the rest as `Sandbox`."""

    specs: tuple[Path, ...]
    db: str | None = attrs.field(default=None, repr=False)  # it may hold a password
    sync: Sync = "normal"
    control_token: str | None = attrs.field(default=None, repr=False, kw_only=True)
    snippets: Snippets | None = attrs.field(default=None, kw_only=True)

    def apis(self) -> list[Api]:
        """Read the specs. Raises SpecloomError."""
        return [load_api(path) for path in self.specs]

    def sandbox(self, apis: list[Api]) -> Sandbox:
        """Return a sandbox of `apis`, with its database open. Raises SpecloomError."""
        store = open_store(self.db, sync=self.sync)
        return Sandbox(apis, store, control_token=self.control_token, snippets=self.snippets)


class Workers:
    """Serves a sandbox from this process, or from several others that share its database."""

    def __init__(self, setup: Setup, count: int = 1) -> None:
        """Take what the sandbox is made of, and how many processes serve it.

        Raises SpecloomError when the database cannot be used, or when there is none to share.
        """
        if count > 1 and setup.db is None:
            raise SpecloomError(
                "workers share their records through a database, and none is named",
                remedy="give --db FILE or --db postgresql://USER:PASSWORD@HOST:PORT/DATABASE as well",
            )
        self._setup = setup
        self._count = count
        # With workers, this makes the tables and the seeds, and shows what is wrong before any of them starts.
        self.apis = setup.apis()
        self._sandbox = setup.sandbox(self.apis)

    def serve(self, listener: socket.socket) -> None:
        """Serve on `listener` until this process is told to stop (SIGINT or SIGTERM).

        A worker that dies is replaced. Raises SpecloomError when one fails as soon as it has started.
        """
        if self._count == 1:
            serve(self._sandbox, listener)
            return
        asyncio.run(self._sandbox.close())
        signal.signal(signal.SIGTERM, _stop)
        workers: dict[SpawnProcess, float] = {}
        try:
            while True:
                while len(workers) < self._count:
                    workers[self._started(listener)] = time.monotonic()
                wait([worker.sentinel for worker in workers])
                for worker in [each for each in workers if not each.is_alive()]:
                    self._check(worker, time.monotonic() - workers.pop(worker))
        except KeyboardInterrupt:
            pass
        finally:
            _end(list(workers))

    def _started(self, listener: socket.socket) -> SpawnProcess:
        # Spawned, not forked: a connection to a database does not outlive a fork.
        worker = multiprocessing.get_context("spawn").Process(target=_work, args=(self._setup, listener), daemon=True)
        worker.start()
        return worker

    def _check(self, worker: SpawnProcess, seconds: float) -> None:
        if worker.exitcode and worker.exitcode > 0 and seconds < _SHORT_LIFE:
            raise SpecloomError(
                f"a worker failed as soon as it had started (exit code {worker.exitcode})",
                remedy="see what it printed, and try with one worker",
            )


def _work(setup: Setup, listener: socket.socket) -> None:
    threading.Thread(target=follow_parent, daemon=True).start()
    serve(setup.sandbox(setup.apis()), listener)


def _end(workers: list[SpawnProcess]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(_STOP_LIMIT)
        worker.kill()


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt
