"""A request as values of its parameters and body, before it is written out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

import attrs

from specloom.fuzz.probes.passes import Pass
from specloom.fuzz.scope import request_scope
from specloom.fuzz.targets import KnownRecord
from specloom.fuzz.wire import Request
from specloom.spec import Operation
from specloom.spec.expression import ABSENT


@attrs.frozen(slots=False)
class Draft:
    """The values of a request to `operation`, by part and name; `body` is ABSENT where none is sent.

    `records` are those that it names, one for each element of a batch.
    """

    operation: Operation
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    headers: Mapping[str, Any]
    body: Any = ABSENT
    records: tuple[KnownRecord, ...] = ()

    @cached_property
    def scope(self) -> dict[str, Any]:
        """The scope of runtime expressions."""
        return request_scope(self.operation, self.path, self.query, self.headers, self.body)

    def request(self, credential: Pass) -> Request:
        """Return the request that carries `credential`."""
        path = self.operation.path
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}", quote(_joined(value), safe=""))
        pairs = [pair for name, value in self.query.items() for pair in _pairs(name, value)]
        pairs += list(credential.query)
        query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
        headers = [(name, _joined(value).encode().decode("latin-1")) for name, value in self.headers.items()]
        content = None
        if self.body is not ABSENT:
            content = encoded(self.body)
            headers.append(("Content-Type", self.media_type))
        return Request(
            self.operation.method.upper(),
            f"{path}?{query}" if query else path,
            (*credential.headers, *headers),
            content,
        )

    @property
    def media_type(self) -> str:
        """The media type that its body is sent as."""
        body = self.operation.body
        return body.media_types[0].name if body is not None and body.media_types else "application/json"


def encoded(value: Any) -> bytes:
    """Return a JSON value as UTF-8; lone surrogates stay escaped."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def text_of(value: Any) -> str:
    """Return the text of a scalar as a parameter has it."""
    return value if isinstance(value, str) else json.dumps(value)


def _joined(value: Any) -> str:
    return ",".join(map(text_of, value)) if isinstance(value, list) else text_of(value)


def _pairs(name: str, value: Any) -> list[tuple[str, str]]:
    """Return a parameter of the query in the default style form with explode (OpenAPI 3.1, 4.8.12.2)."""
    return [(name, text_of(each)) for each in value] if isinstance(value, list) else [(name, text_of(value))]
