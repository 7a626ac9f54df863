"""Requests as a test looks at them; credentials in them are redacted."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, Final

import attrs
import httpx

REDACTED: Final = "[redacted]"
"""Stands in place of a credential."""

_SCHEME: Final = re.compile(r"(Basic|Bearer) .", re.IGNORECASE | re.DOTALL)


@attrs.frozen
class RecordedRequest:
    """A request that was sent: the operation by its name in the client, method, URL, header fields and content."""

    operation: str
    method: str
    url: str
    headers: httpx.Headers
    content: bytes = b""

    @property
    def json(self) -> Any:
        """The content as JSON; None when there is no content."""
        return json.loads(self.content) if self.content else None

    @property
    def params(self) -> httpx.QueryParams:
        """The parameters in the query."""
        return httpx.URL(self.url).params


def recorded(operation: str, request: httpx.Request, credentials: Mapping[str, Collection[str]]) -> RecordedRequest:
    """Return `request`, whose content has been read, without its credentials, the names of which are given by place."""
    url = request.url.copy_with(username=None, password=None)
    for name in set(credentials.get("query", ())) & set(url.params):
        url = url.copy_set_param(name, REDACTED)
    headers = request.headers.copy()
    for name in {"authorization", "cookie", "proxy-authorization", *map(str.lower, credentials.get("header", ()))}:
        if name in headers:
            scheme = _SCHEME.match(headers[name])
            headers[name] = f"{scheme[1]} {REDACTED}" if scheme else REDACTED
    return RecordedRequest(operation, request.method, str(url), headers, request.content)
