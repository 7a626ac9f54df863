"""Send requests to an ASGI application (ASGI 3.0) in this process, as an HTTP server would hand them over."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote_to_bytes

from specloom.fuzz.wire.message import Answer, NoAnswerError, Request

_Event = MutableMapping[str, Any]
AsgiApp = Callable[[_Event, Callable[[], Awaitable[_Event]], Callable[[_Event], Awaitable[None]]], Awaitable[None]]


class AsgiWire:
    """Sends requests to an application; an exception that it lets out is a 500, as servers make of it."""

    def __init__(
        self, app: AsgiApp, prefix: str = "", timeout: float = 10.0, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        """Take the application, the path that targets are below, and how long to wait for an answer, in seconds.

        `clock` tells the time, in seconds, by which answers are measured.
        """
        self._app = app
        self._prefix = prefix.rstrip("/")
        self._timeout = timeout
        self._clock = clock
        self._loop = asyncio.new_event_loop()
        self._finish = weakref.finalize(self, self._loop.close)

    def close(self) -> None:
        """Close the event loop; a wire that nobody holds any more does so by itself."""
        self._finish()

    def send(self, request: Request) -> Answer:
        """Send a request and return its answer. Raises NoAnswerError when none comes."""
        return self._loop.run_until_complete(self._send(request))

    async def _send(self, request: Request) -> Answer:
        exchange = _Exchange(request.body or b"")
        started = self._clock()
        try:
            async with asyncio.timeout(self._timeout):
                await self._app(self._scope(request), exchange.receive, exchange.send)
        except TimeoutError:
            raise NoAnswerError(f"no answer to {request.method} in time") from None
        except Exception as error:  # noqa: BLE001 - whatever the application fails with, a server would answer
            if exchange.status:
                raise NoAnswerError(f"the answer to {request.method} broke off: {type(error).__name__}") from None
            return Answer(500, (("content-type", "text/plain"),), b"", self._clock() - started)
        if not exchange.status:
            raise NoAnswerError(f"no answer to {request.method}: the application returned without one")
        body = b"" if request.method == "HEAD" else b"".join(exchange.chunks)
        return Answer(exchange.status, tuple(exchange.headers), body, self._clock() - started)

    def _scope(self, request: Request) -> _Event:
        raw_path, _, query = f"{self._prefix}{request.target}".partition("?")
        headers = [(name.lower(), value) for name, value in request.headers]
        names = {name for name, _ in headers}
        if "host" not in names:
            headers.insert(0, ("host", "127.0.0.1"))
        if request.body is not None and names.isdisjoint({"content-length", "transfer-encoding"}):
            headers.append(("content-length", str(len(request.body))))
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": unquote_to_bytes(raw_path.encode("latin-1")).decode("utf-8", "replace"),
            "raw_path": raw_path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": "",
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }


class _Exchange:
    """One request and what the application answers to it."""

    def __init__(self, body: bytes) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.chunks: list[bytes] = []
        self._body: bytes | None = body

    async def receive(self) -> _Event:
        """Hand over the body, and after it that the client is gone."""
        body, self._body = self._body, None
        if body is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, event: _Event) -> None:
        """Take a part of the answer."""
        if event["type"] == "http.response.start":
            self.status = event["status"]
            pairs = event.get("headers", ())
            self.headers = [(bytes(name).decode("latin-1"), bytes(value).decode("latin-1")) for name, value in pairs]
        elif event["type"] == "http.response.body":
            self.chunks.append(event.get("body", b""))
