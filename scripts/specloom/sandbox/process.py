"""Serve a sandbox from a process of its own, so that it does not share the interpreter with who calls it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Sequence
from multiprocessing import resource_tracker
from pathlib import Path
from types import TracebackType
from typing import Self

from specloom.sandbox.app import Sandbox
from specloom.sandbox.limits import LIMITS, Limits
from specloom.sandbox.server import base_url, listen, serve_quietly
from specloom.spec import load_api


class SandboxProcess:
    """A sandbox for the given specs, served for as long as the `with` block lasts."""

    def __init__(self, specs: Sequence[Path], host: str = "127.0.0.1", port: int = 0, limits: Limits = LIMITS) -> None:
        """Take the specs and where to serve them; by default on any free loopback port. Raises SpecloomError."""
        self._listener = listen(host, port)
        self.url = base_url(self._listener)
        # Spawned, not forked: a fork copies locks that other threads may hold.
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_serve, args=(list(specs), self._listener, limits), daemon=True)

    @property
    def pid(self) -> int | None:
        """The id of the process; None before it is started."""
        return self._process.pid

    def __enter__(self) -> Self:
        """Start to serve; the socket listens already, so a request may be sent at once."""
        # A Ctrl-C now would leave a child that waits for what it is to run; it is delivered a moment later.
        # The tracker is started before, as its start lets signals through again.
        resource_tracker.ensure_running()
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        self._listener.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop and wait for the process."""
        self._process.terminate()
        self._process.join()


def _serve(specs: list[Path], listener: socket.socket, limits: Limits) -> None:
    # Ctrl-C reaches the whole process group; who started this process decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=follow_parent, daemon=True).start()
    serve_quietly(Sandbox(load_api(path) for path in specs), listener, limits)


def follow_parent() -> None:
    """End this process when the one that started it is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
