"""Send server-sent events (HTML Living Standard, 9.2) for as long as somebody listens."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

import attrs

from specloom.sandbox.message import Headers, Reply
from specloom.sandbox.store import StoreError

HEARTBEAT: Final = 15.0
"""Seconds without an event after which a comment is sent, so that nothing in between takes the connection for dead."""

_INTERVAL: Final = 0.2
# Between events that come one after the other: whoever follows a busy journal leaves time for what it is about.
_PAUSE: Final = 0.02
_ASGI = MutableMapping[str, Any]
_log = logging.getLogger(__name__)

HEADERS: Final[Headers] = (("content-type", "text/event-stream"), ("cache-control", "no-store"))
"""The headers of a stream."""


@attrs.frozen
class Event:
    """An event: a number that grows, and a JSON value."""

    number: int
    data: Any = attrs.field(repr=False)

    def encoded(self) -> bytes:
        """Return the event as it goes over the wire; JSON has no line breaks here."""
        return f"id: {self.number}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n".encode()


@attrs.define(kw_only=True)
class EventStream(Reply):
    """An answer that goes on until the caller leaves, the sandbox stops or the database fails.

    `source` gives the events after a number, and is asked every 0.2 s: the journal may be written by another process.
    `after` is the number to start from, `is_closing` says that the stream has to end, and `heartbeat` is in seconds.
    """

    source: Callable[[int], Awaitable[list[Event]]]
    after: int
    is_closing: Callable[[], bool]
    heartbeat: float = HEARTBEAT

    async def respond(self, receive: Callable[[], Awaitable[_ASGI]], send: Callable[[_ASGI], Awaitable[None]]) -> None:
        """Send the whole answer (ASGI 3.0)."""
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send(_part(b"retry: 1000\n\n"))
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await self._send_events(send, gone)
        except StoreError as error:
            _log.warning("the database failed, and a stream of events ends: %s", error)
        finally:
            gone.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def _send_events(self, send: Callable[[_ASGI], Awaitable[None]], gone: asyncio.Future[None]) -> None:
        after, quiet_since = self.after, time.monotonic()
        while not gone.done() and not self.is_closing():
            events = await self.source(after)
            if events:
                await send(_part(b"".join(event.encoded() for event in events)))
                after = events[-1].number
            elif time.monotonic() - quiet_since >= self.heartbeat:
                await send(_part(b": nothing new\n\n"))
            else:
                await asyncio.wait({gone}, timeout=_INTERVAL)
                continue
            quiet_since = time.monotonic()
            await asyncio.wait({gone}, timeout=_PAUSE)


def _part(content: bytes) -> _ASGI:
    return {"type": "http.response.body", "body": content, "more_body": True}


async def _disconnected(receive: Callable[[], Awaitable[_ASGI]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
