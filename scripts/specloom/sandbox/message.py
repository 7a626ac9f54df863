"""Requests and answers as the sandbox sees them, free of any server."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

import attrs

from specloom.sandbox.json_text import json_bytes
from specloom.sandbox.xml import xml_bytes

Headers = tuple[tuple[str, str], ...]

_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}
_STATUS_LINES: Final = [f"HTTP/1.1 {code} {_PHRASES.get(code, '')}\r\n".encode() for code in range(600)]

_LINES: Final = {
    "text/event-stream": b"data: %b\n\n",
    "application/x-ndjson": b"%b\n",
    "application/jsonl": b"%b\n",
    "application/json-seq": b"\x1e%b\n",
}
"""How media types for series of values write one of them."""

Damage = Literal["drop", "reset", "lose", "cut", "garbage", "malformed", "slow"]
"""How an answer can be spoilt on its way to the caller."""


@attrs.define
class Request:
    """A request: `path` as sent (percent-encoded), `query` without the `?`, header names in lower case.

    It is never changed, but frozen classes take several times as long to make.
    `peer` is the address that it came from; None inside this process, or over a Unix socket.
    """

    method: str
    path: str
    query: str = ""
    headers: Headers = attrs.field(default=(), repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    peer: str | None = None
    _by_name: dict[str, list[str]] | None = attrs.field(default=None, init=False, repr=False, eq=False)

    def header_values(self, name: str) -> list[str]:
        """Return the values of the header `name` (lower case), one for each line that it was sent on."""
        if self._by_name is None:
            self._by_name = {}
            for key, value in self.headers:
                self._by_name.setdefault(key, []).append(value)
        return self._by_name.get(name, [])

    def query_values(self, name: str) -> list[str]:
        """Return the decoded values of the query parameter `name`, one for each time that it is given."""
        return [value for key, value in parse_qsl(self.query, keep_blank_values=True) if key == name]

    def cookie_values(self, name: str) -> list[str]:
        """Return the values of the cookie `name`, one for each time that it is sent."""
        pairs = (pair.strip().partition("=") for line in self.header_values("cookie") for pair in line.split(";"))
        return [value for key, _, value in pairs if key == name]


@attrs.define
class Reply:
    """An answer, ready to be sent and never changed; `delay` is in seconds, `damage` is done to it on the way."""

    status: int
    headers: Headers = ()
    body: bytes = attrs.field(default=b"", repr=False)
    delay: float = 0.0
    damage: Damage | None = None

    def with_headers(self, headers: Iterable[tuple[str, str]]) -> Reply:
        """Return this answer with `headers` in place of those of the same names."""
        added = tuple(headers)
        names = {name for name, _ in added}
        return attrs.evolve(self, headers=(*(pair for pair in self.headers if pair[0] not in names), *added))


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON: `application/json`, or with the suffix `+json` (RFC 6839, 3.1)."""
    name = media_type.partition(";")[0].strip().lower()
    return name.endswith(("/json", "+json"))


def definite(media_type: str) -> str:
    """Return a media type as it stands, and of a range one that it has."""
    kind, _, rest = media_type.partition("/")
    if "*" not in media_type:
        return media_type
    return {"*": "application/json", "application": "application/json", "text": "text/plain", "image": "image/png"}.get(
        kind, f"{kind}/{rest.replace('*', 'octet-stream')}"
    )


def body_bytes(media_type: str, value: Any) -> bytes:
    """Return `value` as the body of a message; a string stands for itself where the media type is not JSON."""
    name = media_type.partition(";")[0].strip().lower()
    if name in _LINES:
        return _LINES[name] % (value.encode() if isinstance(value, str) else json_bytes(value))
    if isinstance(value, str) and not is_json(media_type):
        return value.encode()
    if name.endswith(("/xml", "+xml")):
        return xml_bytes(value)
    return json_bytes(value)


def header_text(value: Any) -> str:
    """Return `value` as a header field can hold it: in latin-1, without control characters (RFC 9110, 5.5)."""
    text = value if isinstance(value, str) else json_bytes(value).decode()
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text).encode("latin-1", "replace").decode("latin-1")


def json_reply(status: int, value: Any, *, media_type: str = "application/json", headers: Headers = ()) -> Reply:
    """Return an answer with `value` as JSON."""
    return Reply(status, (("content-type", media_type), *headers), json_bytes(value))


def problem(status: int, detail: str, *, headers: Iterable[tuple[str, str]] = ()) -> Reply:
    """Return problem details (RFC 9457) for what HTTP itself refuses and no spec describes."""
    value = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return json_reply(status, value, media_type="application/problem+json", headers=tuple(headers))


def raw_reply(reply: Reply) -> bytes:
    """Return an answer as HTTP/1.1 writes it, for where no server does."""
    return raw_head(reply) + reply.body


def raw_head(reply: Reply, fields: Iterable[tuple[bytes, bytes]] = (), *, is_last: bool = False) -> bytes:
    """Return the status line and the header fields of an answer, `fields` among them (RFC 9112, 4 and 5).

    After the last answer the connection is closed.
    """
    lines = [f"{name}: {value}\r\n" for name, value in reply.headers]
    if reply.status not in {204, 304}:  # those have no length (RFC 9110, 8.6)
        lines.append(f"content-length: {len(reply.body)}\r\n")
    if is_last:
        lines.append("connection: close\r\n")
    text = "".join(lines)
    if text.count("\n") != len(lines):
        raise ValueError("a header field of the answer has a line break")
    given = b"".join([b"%b: %b\r\n" % field for field in fields])
    return b"%b%b%b\r\n" % (_STATUS_LINES[reply.status], given, text.encode("latin-1"))
