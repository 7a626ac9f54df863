"""Read the journal, at once or as it grows."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final

from specloom.sandbox.control.asked import Asked
from specloom.sandbox.control.events import HEADERS, Event, EventStream
from specloom.sandbox.control.refusals import refused
from specloom.sandbox.faults import RequestFault
from specloom.sandbox.message import Headers, Reply, json_reply
from specloom.sandbox.store import Entry, Store

_FILTERS: Final = ("api", "operation", "status", "tenant")
_LIMIT: Final = 100
_BATCH: Final = 200
_LARGEST: Final = 2**53 - 1


class Journal:
    """Answers requests for the journal."""

    def __init__(self, store: Store, is_closing: Callable[[], bool]) -> None:
        """Take the store that keeps the journal, and what says that streams have to end."""
        self._store = store
        self._is_closing = is_closing

    async def read(self, asked: Asked) -> Reply:
        """Give entries; a stream of those to come to who accepts that alone."""
        filters: dict[str, Any] = {name: asked.query[name] for name in _FILTERS if name in asked.query}
        if asked.request.method == "GET" and _wants_events(asked):
            return await self._follow(asked, filters)
        entries = await self._store.journal(
            **filters,
            after=asked.query.get("after", 0),
            limit=asked.query.get("limit", _LIMIT),
            newest=asked.query.get("newest", False),
        )
        last = await self._store.last_entry()
        return json_reply(200, {"last": last, "entries": [entry_json(entry) for entry in entries]})

    async def _follow(self, asked: Asked, filters: dict[str, Any]) -> Reply:
        given = asked.request.header_values("last-event-id")
        if given and not (given[0].isascii() and given[0].isdigit() and int(given[0][:17]) <= _LARGEST):
            return refused(400, [RequestFault("header", ("Last-Event-ID",), "this is no number of an entry")])
        last = await self._store.last_entry()
        after = int(given[0]) if given else asked.query.get("after", last)
        # A number that is not reached yet is one of a journal that is gone.
        return EventStream(
            status=200,
            headers=HEADERS,
            source=self._source(filters),
            after=after if after <= last else 0,
            is_closing=self._is_closing,
        )

    def _source(self, filters: dict[str, Any]) -> Callable[[int], Awaitable[list[Event]]]:
        async def source(after: int) -> list[Event]:
            entries = await self._store.journal(**filters, after=after, limit=_BATCH)
            return [Event(entry.number, entry_json(entry)) for entry in entries]

        return source


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as `JournalEntry` of openapi.yaml has it."""
    return {
        "number": entry.number,
        "at": datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "api": entry.api,
        "operation": entry.operation,
        "tenant": entry.tenant,
        "method": entry.method,
        "target": entry.target,
        "status": entry.status,
        "seconds": entry.seconds,
        "changed": list(entry.changed),
        "request": _message(entry.request_headers, entry.request_body),
        "response": _message(entry.response_headers, entry.response_body),
    }


def _message(headers: Headers, body: bytes) -> dict[str, Any]:
    try:
        text, encoding = body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = base64.b64encode(body).decode(), "base64"
    return {"headers": [{"name": name, "value": value} for name, value in headers], "body": text, "encoding": encoding}


def _wants_events(asked: Asked) -> bool:
    accepted = ",".join(asked.request.header_values("accept")).lower()
    return "text/event-stream" in accepted and "application/json" not in accepted
