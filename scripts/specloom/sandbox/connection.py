"""A connection of uvicorn's that bounds what a caller can send, and hands itself to the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

from uvicorn import Config
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.server import ServerState

from specloom.sandbox.direct import DirectProtocol
from specloom.sandbox.limits import LIMITS, Limits
from specloom.sandbox.message import problem, raw_reply

LINGER: Final = 2.0
"""How many seconds of further input are read and dropped after a refusal, lest a TCP reset destroys the answer."""


class _RefusedError(Exception):
    """A request is refused while it is still being read."""


class Connection(DirectProtocol):
    """Serves one connection; requests beyond `limits` are refused with problem details, and the connection ends."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        """Take what uvicorn gives, and the limits."""
        super().__init__(config, server_state, app_state, _loop)
        self._limits = limits
        self._reading_head = True
        self._arriving = False
        self._is_short = False
        self._body_size = 0
        self._unread: int | None = None
        self._refusal: tuple[int, str] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Start to wait for a request."""
        super().connection_made(transport)
        self.flow = _Flow(transport, self)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to wait."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; what comes after a refusal is dropped."""
        if self._refusal is not None:
            return
        # A head that begins and ends in one short piece is short.
        self._is_short = not self._arriving and len(data) <= self._limits.head
        super().data_received(data)
        if self._arriving:
            if self._reading_head:
                self._bound_head(len(data))
            if self._timer is None:
                self._wait()

    def on_message_begin(self) -> None:
        """Start to read a request."""
        super().on_message_begin()
        self._arriving = self._reading_head = True
        self._body_size = 0
        self._unread = None

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field; what bounds the head bounds their number until it is complete."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Refuse a head that says too much or what it may not, else start to answer."""
        limits, headers = self._limits, self.headers
        if len(headers) > limits.fields or (not self._is_short and _size(headers) > limits.head):
            self._stop(431, f"a head may have {limits.fields} fields and {limits.head} bytes")
        if len(self.url) > limits.target:
            self._stop(414, f"path and query may have {limits.target} bytes")
        names = [name for name, _ in headers]
        if names.count(b"host") != 1 and (b"host" in names or self.parser.get_http_version() == "1.1"):
            self._stop(400, "send one Host header (RFC 9112, 3.2)")
        for name, value in headers:
            if name == b"content-length" and value.isdigit() and int(value) > limits.body:
                self._stop(413, f"a body may have {limits.body} bytes")
            elif name == b"expect" and value.lower() == b"100-continue":
                self.expect_100_continue = True
        super().on_headers_complete()
        self._reading_head = False

    def on_body(self, body: bytes) -> None:
        """Take a part of the body, which may not become too long."""
        self._body_size += len(body)
        if self._body_size > self._limits.body:
            self._stop(413, f"a body may have {self._limits.body} bytes")
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop to wait for the request."""
        self._arriving = False
        if self._timer is not None:
            self._stop_waiting()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser could not read, or what was refused while it did."""
        self._refuse(*(self._refusal or (400, msg)))

    def _bound_head(self, size: int) -> None:
        """Refuse a head that does not end; the parser keeps to itself what it has of a field."""
        # Other requests may stand before this one where it began, so that piece is not counted.
        self._unread = 0 if self._unread is None else self._unread + size
        if self._unread > self._limits.head:
            self._refuse(431, f"a head may have {self._limits.head} bytes")

    def _stop(self, status: int, detail: str) -> None:
        """Refuse the request from within the parser, which an exception stops."""
        self._refusal = status, detail
        raise _RefusedError(detail)

    def _refuse(self, status: int, detail: str) -> None:
        """Answer with `status` and end the connection; when answers are owed to earlier requests, end it after them."""
        self._refusal = status, detail
        self._stop_waiting()
        if self._reading_head and self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False
            return
        if not self._reading_head and (self.pipeline or self.cycle.response_started):
            self.transport.close()
            return
        self.transport.write(raw_reply(problem(status, detail, headers=[("connection", "close")])))
        self.transport.write_eof()
        self._timer = self.loop.call_later(LINGER, self.transport.close)

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self._limits.seconds, self._late)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        if not self._arriving:
            self.transport.close()
        elif self.pipeline or (self._reading_head and self.cycle is not None and not self.cycle.response_complete):
            self._wait()  # it is not read while earlier requests are answered
        else:
            self._refuse(408, f"a request has to arrive within {self._limits.seconds:g} seconds")


def _size(headers: Iterable[tuple[bytes, bytes]]) -> int:
    return sum(len(name) + len(value) for name, value in headers)


class _Flow(FlowControl):
    """Reads no further while requests wait that came before, so that these stay few."""

    def __init__(self, transport: asyncio.Transport, connection: Connection) -> None:
        super().__init__(transport)
        self._connection = connection

    def resume_reading(self) -> None:
        """Read on, unless requests wait."""
        if not self._connection.pipeline:
            super().resume_reading()
