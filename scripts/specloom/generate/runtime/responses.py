"""What came back for a call, as plain values without anything of the request."""

from __future__ import annotations

import json
import re
from typing import Any, Final, Generic, TypeVar

import httpx
from attrs import field, frozen

T_co = TypeVar("T_co", covariant=True)

_CHARSET: Final = re.compile(r""";\s*charset\s*=\s*["']?([a-z0-9_.:-]{1,40})""", re.ASCII | re.IGNORECASE)


@frozen
class RawResponse:
    """An answer as it came: status, headers (names in any case) and the bytes of the body, Content-Encoding undone."""

    status_code: int
    headers: httpx.Headers = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The media type in lower case, without parameters; "" when the answer names none."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text, in the charset that the answer names, or in UTF-8; what cannot be read is replaced."""
        charset = _CHARSET.search(self.headers.get("content-type", ""))
        if charset is not None:
            try:
                return self.content.decode(charset[1], "replace")
            except (LookupError, ValueError, Warning):  # no charset of that name, or one of Python's own
                pass
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Return the body read as JSON. Raises ValueError when it is none, RecursionError when it is too deep."""
        return json.loads(self.content)


@frozen
class Response(RawResponse, Generic[T_co]):
    """An answer with what it was read as, the number of attempts and the seconds that the call took in all."""

    parsed: T_co
    attempts: int
    elapsed: float
