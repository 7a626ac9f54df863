"""One request on its way to an answer, and what the journal keeps of both."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from typing import Final

from specloom.sandbox.message import Headers, Reply, Request
from specloom.sandbox.store import MAX_BODY, Entry
from specloom.spec import Api

REDACTED: Final = "[redacted]"
"""What stands in the journal for a credential."""

_SECRET_HEADERS: Final = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key"})


class Redactor:
    """Takes the credentials out of a request."""

    def __init__(self, apis: Iterable[Api]) -> None:
        """Take the APIs whose security schemes say where credentials stand."""
        schemes = [scheme for api in apis for scheme in api.security_schemes.values() if scheme.type == "apiKey"]
        keys = {str(scheme.parameter) for scheme in schemes if scheme.location == "query"}
        self._headers = _SECRET_HEADERS | {str(s.parameter).lower() for s in schemes if s.location == "header"}
        names = "|".join(map(re.escape, sorted(keys)))
        self._query = re.compile(f"(^|&)({names})=[^&]*") if keys else None

    def headers(self, headers: Headers) -> Headers:
        """Return headers without the values of those that hold credentials."""
        secret = self._headers
        return tuple([(name, REDACTED if name in secret else value) for name, value in headers])

    def target(self, request: Request) -> str:
        """Return the path with the query, without the values of keys in it."""
        if not request.query:
            return request.path
        query = request.query if self._query is None else self._query.sub(rf"\1\2={REDACTED}", request.query)
        return f"{request.path}?{query}"


class Exchange:
    """A request and, as they become known, the operation and the tenant that it is for."""

    __slots__ = ("_at", "_redactor", "_started", "api", "is_written", "operation", "request", "tenant")

    def __init__(self, request: Request, redactor: Redactor) -> None:
        """Take a request that has just arrived."""
        self._redactor = redactor
        self._at = time.time()
        self._started = time.perf_counter()
        self.request = request
        self.api: str | None = None
        self.operation: str | None = None
        self.tenant: str | None = None
        self.is_written = False

    def entry(self, reply: Reply, changed: Sequence[str] = ()) -> Entry:
        """Return the journal entry of the request and `reply`, which has changed the records named in `changed`."""
        request = self.request
        return Entry(
            0,
            self._at,
            self.api,
            self.operation,
            self.tenant,
            request.method,
            self._redactor.target(request),
            self._redactor.headers(request.headers),
            request.body[:MAX_BODY],
            reply.status,
            reply.headers,
            reply.body[:MAX_BODY],
            time.perf_counter() - self._started,
            tuple(changed),
        )
