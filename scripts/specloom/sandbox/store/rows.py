"""Turn records, keys and journal entries into the columns of a table, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from specloom.sandbox.json_text import json_bytes
from specloom.sandbox.store.interface import Entry, Headers

Row = tuple[Any, ...]

COLUMNS: Final = (
    "at",
    "api",
    "operation",
    "tenant",
    "method",
    "target",
    "request_headers",
    "request_body",
    "status",
    "response_headers",
    "response_body",
    "seconds",
    "changed",
)
"""The columns of an entry after its number."""

_MAX_KEY: Final = 500


def json_text(value: Any) -> str:
    """Return `value` as JSON, which has no control characters."""
    return json_bytes(value).decode()


def key_text(value: Any) -> str:
    """Return the value of a key as it is looked up; a hash of long ones, as indexes of PostgreSQL hold 2.7 KB."""
    text = json_text(value)
    return text if len(text) <= _MAX_KEY else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entry_row(entry: Entry) -> Row:
    """Return an entry as `COLUMNS`."""
    return (
        entry.at,
        entry.api,
        entry.operation,
        entry.tenant,
        entry.method,
        entry.target,
        _headers_text(entry.request_headers),
        entry.request_body,
        entry.status,
        _headers_text(entry.response_headers),
        entry.response_body,
        entry.seconds,
        "\n".join(entry.changed),
    )


def read_entry(row: Sequence[Any]) -> Entry:
    """Return the entry that a number and `COLUMNS` tell of."""
    number, at, api, operation, tenant, method, target, asked, body, status, told, answer, seconds, changed = row
    return Entry(
        number,
        at,
        api,
        operation,
        tenant,
        method,
        target,
        _headers(asked),
        bytes(body),
        status,
        _headers(told),
        bytes(answer),
        seconds,
        tuple(changed.split("\n")) if changed else (),
    )


def _headers_text(headers: Headers) -> str:
    """Return headers as lines; they hold no line breaks (RFC 9110, 5.5)."""
    return "\n".join([f"{name}:{value}" for name, value in headers])


def _headers(text: str) -> Headers:
    lines = (line.partition(":") for line in text.split("\n")) if text else ()
    return tuple((name, value) for name, _, value in lines)
