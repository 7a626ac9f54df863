"""Requests and answers as they go over the wire, byte by byte, and the ways to a server."""

from __future__ import annotations

import http.client
import time
from typing import Protocol
from urllib.parse import SplitResult

import attrs

from specloom.spec import SpecloomError


@attrs.frozen
class Request:
    """A request as it is sent: `target` is what follows the base URL, with its query."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


@attrs.frozen
class Answer:
    """An answer as it came; `seconds` is how long it took."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    seconds: float = 0.0


class Wire(Protocol):
    """A way to a server."""

    def send(self, request: Request) -> Answer:
        """Send a request and return the answer. Raises SpecloomError when none comes."""

    def close(self) -> None:
        """Close the connection."""


class HttpWire:
    """A connection that is kept open; it adds Host and Content-Length, and nothing else."""

    def __init__(self, parts: SplitResult, timeout: float) -> None:
        """Take the parts of a base URL, and how long to wait for an answer, in seconds."""
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=timeout)
        self._prefix = parts.path.rstrip("/")

    def send(self, request: Request) -> Answer:
        """Send a request and return the answer. Raises SpecloomError when none comes."""
        try:
            return self._send(request)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise SpecloomError(
                f"no answer to {request.method} from {self._connection.host}: {type(error).__name__}",
                remedy="see whether the server still runs",
            ) from None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _send(self, request: Request) -> Answer:
        connection = self._connection
        started = time.perf_counter()
        connection.putrequest(request.method, self._prefix + request.target, skip_accept_encoding=True)
        for name, value in request.headers:
            connection.putheader(name, value)
        if request.body is not None and "content-length" not in {name.lower() for name, _ in request.headers}:
            connection.putheader("content-length", str(len(request.body)))
        connection.endheaders(request.body)
        response = connection.getresponse()
        body = response.read()
        return Answer(response.status, tuple(response.getheaders()), body, time.perf_counter() - started)
