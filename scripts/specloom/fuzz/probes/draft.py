"""A request as values of its parameters and body, before it is written out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote

import attrs

from specloom.fuzz.probes.passes import Pass
from specloom.fuzz.scope import request_scope
from specloom.fuzz.targets import KnownRecord
from specloom.fuzz.wire import Request
from specloom.fuzz.writing import chosen, header_text, path_text, query_text, write_body
from specloom.spec import Operation
from specloom.spec.api import MediaType
from specloom.spec.expression import ABSENT

_IN_A_PATH: Final = "/!$&'()*+,;=:@-._~%?{}"
"""What the template of a path holds as it is: what a path may hold (RFC 3986, 3.3), and what marks its parts."""


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
        known = {(each.location, each.name): each for each in self.operation.parameters}
        path = quote(self.operation.path.partition("#")[0], safe=_IN_A_PATH)
        for name, value in self.path.items():
            path = path.replace(f"{{{quote(name, safe=_IN_A_PATH)}}}", path_text(known.get(("path", name)), value))
        path, _, fixed = path.partition("?")
        parts = [
            part for name, value in self.query.items() for part in query_text(known.get(("query", name)), name, value)
        ]
        parts += [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in credential.query]
        query = "&".join([*filter(None, [fixed]), *parts])
        headers = [
            (name, header_text(known.get(("header", name)), value).encode().decode("latin-1"))
            for name, value in self.headers.items()
        ]
        content = None
        if self.body is not ABSENT:
            chosen_type = self._chosen
            body = write_body(self.media_type, self.body, None if chosen_type is None else chosen_type.encoded)
            content = body.content
            headers.append(("Content-Type", body.media_type))
        return Request(
            self.operation.method.upper(),
            f"{path}?{query}" if query else path,
            (*credential.headers, *headers),
            content,
        )

    @property
    def media_type(self) -> str:
        """The media type that its body is sent as."""
        media_type = self._chosen
        return "application/json" if media_type is None else media_type.name

    @property
    def _chosen(self) -> MediaType | None:
        return None if self.operation.body is None else chosen(self.operation.body.media_types)
