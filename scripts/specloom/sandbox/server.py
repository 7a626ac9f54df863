"""Serve a sandbox over HTTP with uvicorn."""

from __future__ import annotations

import contextlib
import gc
import socket
import threading
from collections.abc import Iterator
from functools import partial
from types import TracebackType
from typing import Final, Self

import uvicorn

from specloom.sandbox.app import Sandbox
from specloom.sandbox.connection import Connection
from specloom.sandbox.limits import LIMITS, Limits
from specloom.spec import SpecloomError

_STOP_LIMIT: Final = 30.0


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port` (0 for any free one).

    Raises SpecloomError when the address cannot be had, such as a port in use.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise SpecloomError(
            f"cannot listen on {host}:{port}: {error.strerror or error}",
            remedy="choose another --port (0 takes any free one) or --host, or stop what uses it",
        ) from None


def base_url(listener: socket.socket) -> str:
    """Return the URL that `listener` can be reached at."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(sandbox: Sandbox, listener: socket.socket) -> None:
    """Serve `sandbox` on `listener` until the process is told to stop (SIGINT or SIGTERM)."""
    gc.freeze()  # what is there now stays, and need not be looked at again and again
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises the signal again when it has stopped
        _Closing(_config(sandbox), sandbox).run(sockets=[listener])


def serve_quietly(sandbox: Sandbox, listener: socket.socket, limits: Limits = LIMITS) -> None:
    """Serve `sandbox` on `listener` for as long as the process lives, leaving its signals alone."""
    _Quiet(_config(sandbox, limits), sandbox).run(sockets=[listener])


class RunningSandbox:
    """A sandbox served on a thread, for as long as the `with` block lasts."""

    def __init__(self, sandbox: Sandbox, host: str = "127.0.0.1", port: int = 0) -> None:
        """Take what to serve and where; by default on any free loopback port. Raises SpecloomError."""
        self._listener = listen(host, port)
        self._server = _Quiet(_config(sandbox), sandbox)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)
        self.url = base_url(self._listener)

    def __enter__(self) -> Self:
        """Start to serve; the socket listens already, so a request may be sent at once."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop and wait for the thread."""
        self._server.should_exit = True
        self._thread.join(_STOP_LIMIT)
        self._listener.close()


class _Server(uvicorn.Server):
    """A server that lets the answers end that have no end of their own before it waits for all."""

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox) -> None:
        super().__init__(config)
        self._sandbox = sandbox

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close all connections."""
        # What tests wrap around a sandbox is an application, and need not be one itself.
        if isinstance(self._sandbox, Sandbox):
            self._sandbox.close_streams()
        await super().shutdown(sockets)


class _Closing(_Server):
    """A server that closes the sandbox when it has stopped."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close all connections, and then the sandbox."""
        await super().shutdown(sockets)
        await self._sandbox.close()


class _Quiet(_Server):
    """A server that leaves the signals of the process alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _config(sandbox: Sandbox, limits: Limits = LIMITS) -> uvicorn.Config:
    return uvicorn.Config(
        sandbox,
        http=partial(Connection, limits=limits),  # type: ignore[arg-type]  # called as the class is
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=1,
    )
