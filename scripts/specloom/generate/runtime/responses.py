"""What came back for a call, as plain values without anything of the request."""

from __future__ import annotations

import json
from typing import Any, Generic, TypeVar

import httpx
from attrs import field, frozen

T_co = TypeVar("T_co", covariant=True)


@frozen
class RawResponse:
    """An answer as it came: status, headers (names in any case) and the decoded bytes of the body."""

    status_code: int
    headers: httpx.Headers = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The media type in lower case, without parameters; "" when the answer names none."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text: UTF-8, as JSON has it (RFC 8259, section 8.1), with what is no UTF-8 replaced."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Return the body read as JSON. Raises ValueError when it is none."""
        return json.loads(self.content)


@frozen
class Response(RawResponse, Generic[T_co]):
    """An answer with what it was read as, the number of attempts and the seconds that the call took in all."""

    parsed: T_co
    attempts: int
    elapsed: float
