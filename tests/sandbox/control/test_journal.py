"""The journal is read with filters, and followed as server-sent events."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from specloom.sandbox import RunningSandbox, Sandbox
from specloom.sandbox.control.events import Event, EventStream
from specloom.sandbox.store import StoreError
from specloom.spec import Api

Source = Callable[[int], Awaitable[list[Event]]]
NORTH = {"authorization": "Bearer sandbox-north-token"}
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture
def url(apis: list[Api]) -> Iterator[str]:
    """A sandbox whose journal is empty."""
    with RunningSandbox(Sandbox(apis)) as sandbox:
        yield sandbox.url


def _cancel(url: str, number: int = 1, **headers: str) -> int:
    target = f"{url}/fastpod/v1/orders/F237-120723-{number:06}/cancel"
    return httpx.post(target, headers=headers or NORTH).status_code


def _journal(url: str, **query: Any) -> list[dict[str, Any]]:
    answer = httpx.get(f"{url}/_sandbox/journal", params=query).raise_for_status()
    entries: list[dict[str, Any]] = answer.json()["entries"]
    return entries


def test_an_entry_has_the_request_and_its_answer(url: str) -> None:
    _cancel(url)
    entry = _journal(url)[0]
    assert (entry["api"], entry["operation"], entry["tenant"]) == ("fastpod", "cancelOrder", "north")
    assert (entry["method"], entry["target"]) == ("POST", "/fastpod/v1/orders/F237-120723-000001/cancel")
    assert entry["changed"] == ["order F237-120723-000001"]
    assert json.loads(entry["response"]["body"])["data"]["order_status"] == "cancelled"


def test_no_credential_is_in_the_journal(url: str) -> None:
    _cancel(url)
    _cancel(url, authorization="Bearer some-secret-of-mine")
    httpx.post(f"{url}/hypertrack/orders/order-1/cancel", auth=("sandbox-north", "sandbox-north-secret"))
    text = httpx.get(f"{url}/_sandbox/journal").text
    assert len(json.loads(text)["entries"]) == 3
    for secret in ("sandbox-north-token", "some-secret-of-mine", "sandbox-north-secret", "c2FuZGJveC1ub3J0aD"):
        assert secret not in text


QUERIES: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [200, 422, 401, 404]),
    ({"api": "fastpod"}, [200, 422, 401]),
    ({"api": "other"}, []),
    ({"operation": "cancelPickup"}, [404]),
    ({"status": 401}, [401]),
    ({"tenant": "north", "api": "fastpod"}, [200, 422]),
    ({"limit": 2}, [200, 422]),
    ({"limit": 2, "newest": "true"}, [401, 404]),
    ({"newest": "true", "tenant": "north", "limit": 1, "api": "fastpod"}, [422]),
]


def test_filters_narrow_it_together(url: str) -> None:
    _cancel(url)
    _cancel(url)
    _cancel(url, authorization="Bearer no")
    httpx.post(f"{url}/fuuffy/v1/pickup/cancel", headers=NORTH, json={"order_id": "1"})
    found = [[entry["status"] for entry in _journal(url, **query)] for query, _ in QUERIES]
    assert found == [statuses for _, statuses in QUERIES]
    last = _journal(url)[1]["number"]
    assert [entry["status"] for entry in _journal(url, after=last)] == [401, 404]


@contextmanager
def _following(url: str, **headers: str) -> Iterator[Iterator[dict[str, str]]]:
    """Follow the journal; once this is entered, nothing new is missed."""
    with httpx.stream("GET", f"{url}/_sandbox/journal", headers={**EVENTS, **headers}, timeout=10) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        lines = answer.iter_lines()
        assert next(lines) == "retry: 1000"
        assert next(lines) == ""
        yield _events(lines)


def _events(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if line:
            event[name] = value
        elif event:
            yield event
            event = {}


def test_new_entries_come_as_events(url: str) -> None:
    _cancel(url)
    with _following(url) as events:
        _cancel(url, 2)
        event = next(events)
    entry = json.loads(event["data"])
    assert entry == _journal(url)[1]
    assert event["id"] == str(entry["number"])


def test_a_stream_goes_on_after_the_last_event_that_came(url: str) -> None:
    for number in (1, 2, 3):
        _cancel(url, number)
    first = _journal(url)[0]["number"]
    with _following(url, **{"last-event-id": str(first)}) as events:
        found = [json.loads(next(events)["data"]) for _ in range(2)]
    assert found == _journal(url)[1:]


def test_a_number_of_a_journal_that_is_gone_starts_from_the_beginning(url: str) -> None:
    _cancel(url)
    with _following(url, **{"last-event-id": "123456"}) as events:
        assert json.loads(next(events)["data"]) == _journal(url)[0]


def test_events_are_filtered(url: str) -> None:
    with httpx.stream("GET", f"{url}/_sandbox/journal?status=422&after=0", headers=EVENTS, timeout=10) as answer:
        _cancel(url)
        _cancel(url)
        event = next(_events(line for line in answer.iter_lines() if not line.startswith("retry")))
    assert json.loads(event["data"])["status"] == 422


def test_what_is_no_number_of_an_event_is_refused(url: str) -> None:
    for given in ("x", "-1", "1.5", "9" * 30, ""):
        answer = httpx.get(f"{url}/_sandbox/journal", headers={**EVENTS, "last-event-id": given})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "Last-Event-ID"


def test_a_stream_ends_when_the_sandbox_stops(apis: list[Api]) -> None:
    ended = threading.Event()
    with RunningSandbox(Sandbox(apis)) as sandbox, _following(sandbox.url) as events:

        def read() -> None:
            assert list(events) == []
            ended.set()

        reader = threading.Thread(target=read)
        reader.start()
        sandbox.__exit__(None, None, None)
        reader.join(10)
    assert ended.is_set()


class _Listener:
    """One end of an ASGI connection; it leaves after some messages."""

    def __init__(self, stays_for: int) -> None:
        self.parts: list[bytes] = []
        self._stays_for = stays_for
        self._left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, event: Any) -> None:
        self.parts.append(event.get("body", b""))
        if len(self.parts) == self._stays_for:
            self._left.set()


def _stream(source: Source, after: int = 0, heartbeat: float = 60.0) -> EventStream:
    return EventStream(status=200, source=source, after=after, is_closing=lambda: False, heartbeat=heartbeat)


def test_a_comment_keeps_a_quiet_stream_alive() -> None:
    async def source(_: int) -> list[Event]:
        return []

    async def listen() -> list[bytes]:
        listener = _Listener(stays_for=4)
        await _stream(source, heartbeat=0.01).respond(listener.receive, listener.send)
        return listener.parts

    assert asyncio.run(listen())[2:4] == [b": nothing new\n\n"] * 2


def test_who_left_is_asked_for_nothing_more() -> None:
    asked: list[int] = []

    async def source(after: int) -> list[Event]:
        asked.append(after)
        return [Event(after + 1, "x")]

    async def listen() -> None:
        listener = _Listener(stays_for=4)
        await _stream(source, after=7).respond(listener.receive, listener.send)

    asyncio.run(listen())
    assert asked == [7, 8]


def test_a_stream_ends_when_the_database_fails() -> None:
    async def source(_: int) -> list[Event]:
        raise StoreError("the disk is full")

    async def listen() -> list[bytes]:
        listener = _Listener(stays_for=9)
        await _stream(source).respond(listener.receive, listener.send)
        return listener.parts

    assert asyncio.run(listen()) == [b"", b"retry: 1000\n\n", b""]
