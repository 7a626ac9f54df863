"""Requests and answers as the sandbox sees them, free of any server."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import attrs

Headers = tuple[tuple[str, str], ...]


@attrs.frozen
class Request:
    """A request: `path` as sent (percent-encoded), `query` without the `?`, header names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Headers = attrs.field(default=(), repr=False)
    body: bytes = attrs.field(default=b"", repr=False)

    def header_values(self, name: str) -> list[str]:
        """Return the values of the header `name` (lower case), one for each line that it was sent on."""
        return [value for key, value in self.headers if key == name]

    def query_values(self, name: str) -> list[str]:
        """Return the decoded values of the query parameter `name`, one for each time that it is given."""
        return [value for key, value in parse_qsl(self.query, keep_blank_values=True) if key == name]

    def cookie_values(self, name: str) -> list[str]:
        """Return the values of the cookie `name`, one for each time that it is sent."""
        pairs = (pair.strip().partition("=") for line in self.header_values("cookie") for pair in line.split(";"))
        return [value for key, _, value in pairs if key == name]


@attrs.frozen
class Reply:
    """An answer, ready to be sent; `delay` is in seconds."""

    status: int
    headers: Headers = ()
    body: bytes = attrs.field(default=b"", repr=False)
    delay: float = 0.0


def json_reply(status: int, value: Any, *, media_type: str = "application/json", headers: Headers = ()) -> Reply:
    """Return an answer with `value` as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(status, (("content-type", media_type), *headers), body)


def problem(status: int, detail: str, *, headers: Iterable[tuple[str, str]] = ()) -> Reply:
    """Return problem details (RFC 9457) for what HTTP itself refuses and no spec describes."""
    value = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return json_reply(status, value, media_type="application/problem+json", headers=tuple(headers))
