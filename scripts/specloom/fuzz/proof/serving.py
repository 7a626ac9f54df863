"""A thin layer around an ASGI app that changes what it is asked, or what it answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

import attrs

from specloom.fuzz.wire import AsgiApp
from specloom.spec.expression import ABSENT

Event = MutableMapping[str, Any]
Headers = tuple[tuple[str, str], ...]


@attrs.frozen
class Asked:
    """A request as an app is given it: `path` and `query` as sent, names of headers in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Headers = attrs.field(default=(), repr=False)
    body: bytes = attrs.field(default=b"", repr=False)

    @property
    def json(self) -> Any:
        """The JSON value of the body; ABSENT when it has none."""
        return _parsed(self.body)

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case)."""
        return next((value for key, value in self.headers if key == name), None)

    def with_header(self, name: str, value: str | None) -> Asked:
        """Return the request with this one value of the header `name` (lower case), or without it."""
        return attrs.evolve(self, headers=_with(self.headers, name, value))

    def with_json(self, value: Any) -> Asked:
        """Return the request with `value` as its body."""
        return attrs.evolve(self, body=json.dumps(value).encode())


@attrs.frozen
class Told:
    """An answer of an app; names of headers in lower case."""

    status: int
    headers: Headers = ()
    body: bytes = attrs.field(default=b"", repr=False)

    @property
    def json(self) -> Any:
        """The JSON value of the body; ABSENT when it has none."""
        return _parsed(self.body)

    def with_header(self, name: str, value: str | None) -> Told:
        """Return the answer with this one value of the header `name` (lower case), or without it."""
        return attrs.evolve(self, headers=_with(self.headers, name, value))

    def with_json(self, value: Any) -> Told:
        """Return the answer with `value` as its body."""
        return attrs.evolve(self, body=json.dumps(value, ensure_ascii=False).encode())


Ask = Callable[[Asked], Awaitable[Told]]
Change = Callable[[Asked, Ask], Awaitable[Told]]
"""Answers a request, and may ask the app behind it, as often as it likes."""


def wrapped(app: AsgiApp, change: Change) -> AsgiApp:
    """Return an app that answers as `change` says; what is under `/_sandbox/` goes to `app` unchanged."""

    async def ask(asked: Asked) -> Told:
        return await _ask(app, asked)

    async def outer(scope: Event, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/_sandbox/"):
            await app(scope, receive, send)
            return
        told = await change(await _read(scope, receive), ask)
        headers = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in told.headers]
        if told.status != 204:  # noqa: PLR2004 - No Content has no length (RFC 9110, 8.6)
            headers = [pair for pair in headers if pair[0] != b"content-length"]
            headers.append((b"content-length", str(len(told.body)).encode()))
        await send({"type": "http.response.start", "status": told.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else told.body})

    return outer


async def _read(scope: Event, receive: Callable[[], Awaitable[Event]]) -> Asked:
    chunks, more = [], True
    while more:
        event = await receive()
        chunks.append(event.get("body", b""))
        more = event.get("more_body", False)
    path = scope.get("raw_path") or quote(scope["path"]).encode()
    headers = tuple((key.decode("latin-1").lower(), value.decode("latin-1")) for key, value in scope["headers"])
    query = scope["query_string"].decode("latin-1")
    return Asked(scope["method"].upper(), path.decode("latin-1"), query, headers, b"".join(chunks))


async def _ask(app: AsgiApp, asked: Asked) -> Told:
    """Return what `app` answers."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": asked.path,
        "raw_path": asked.path.encode("latin-1"),
        "query_string": asked.query.encode("latin-1"),
        "root_path": "",
        "headers": [(key.encode("latin-1"), value.encode("latin-1")) for key, value in asked.headers],
        "client": None,
        "server": None,
    }
    status, body = 500, b""
    headers: Headers = ()

    async def receive() -> Event:
        return {"type": "http.request", "body": asked.body, "more_body": False}

    async def send(event: Event) -> None:
        nonlocal status, headers, body
        if event["type"] == "http.response.start":
            status = event["status"]
            pairs = event.get("headers", ())
            headers = tuple((key.decode("latin-1").lower(), value.decode("latin-1")) for key, value in pairs)
        else:
            body += event.get("body", b"")

    await app(scope, receive, send)
    return Told(status, headers, body)


def _with(headers: Headers, name: str, value: str | None) -> Headers:
    rest = tuple(pair for pair in headers if pair[0] != name)
    return rest if value is None else (*rest, (name, value))


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return ABSENT
