"""Send requests over HTTP/1.1, byte for byte as they are written."""

from __future__ import annotations

import http.client
import select
import socket
import ssl
import time
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from specloom.fuzz.wire.message import Answer, NoAnswerError, Request


class HttpWire:
    """Sends requests over one kept connection; adds Host and Content-Length where they are missing, and no other."""

    def __init__(self, base_url: str, timeout: float) -> None:
        """Take the URL that targets are below, and how long to wait for an answer, in seconds."""
        parts = urlsplit(base_url)
        self._secure = parts.scheme == "https"
        self._address = (parts.hostname or "", parts.port or (443 if self._secure else 80))
        self._host = parts.netloc.rpartition("@")[2]
        self._prefix = parts.path.rstrip("/")
        self._timeout = timeout
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        """Return this wire, which is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def send(self, request: Request) -> Answer:
        """Send a request and return its answer. Raises NoAnswerError when none comes."""
        content = self._written(request)
        try:
            kept = self._kept()
            try:
                return self._exchange(kept or self._connect(), request.method, content)
            except (http.client.RemoteDisconnected, ConnectionError):
                # A server may close a connection that is idle (RFC 9112, 9.5); without a byte of an answer on one that
                # was kept, that is what happened.
                if kept is None:
                    raise
                self.close()
                return self._exchange(self._connect(), request.method, content)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            reason = "no answer in time" if isinstance(error, TimeoutError) else str(error) or type(error).__name__
            raise NoAnswerError(
                f"{self._host} gave no answer to {request.method}: {reason}",
                remedy="see whether the server still runs, and what it logged",
            ) from None

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(self._address, self._timeout)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._secure:
            connection = ssl.create_default_context().wrap_socket(connection, server_hostname=self._address[0])
        self._socket = connection
        return connection

    def _kept(self) -> socket.socket | None:
        """Return the connection that was kept; None when there is none, or when the server has closed it or spoken."""
        if self._socket is not None and select.select([self._socket], [], [], 0)[0]:
            self.close()
        return self._socket

    def _exchange(self, connection: socket.socket, method: str, content: bytes) -> Answer:
        started = time.perf_counter()
        connection.sendall(content)
        response = http.client.HTTPResponse(connection, method=method)
        try:
            response.begin()
            body = response.read()
        finally:
            response.close()
        if response.will_close:
            self.close()
        return Answer(response.status, tuple(response.getheaders()), body, time.perf_counter() - started)

    def _written(self, request: Request) -> bytes:
        names = {name.lower() for name, _ in request.headers}
        headers = list(request.headers)
        if "host" not in names:
            headers.insert(0, ("host", self._host))
        if request.body is not None and names.isdisjoint({"content-length", "transfer-encoding"}):
            headers.append(("content-length", str(len(request.body))))
        lines = [f"{request.method} {self._prefix}{request.target} HTTP/1.1", *(f"{n}: {v}" for n, v in headers)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + (request.body or b"")
